"""What every test starts from: an environment and a cache of its own; asserts nothing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from shuangbei import paths

# What takes longest begins first, so that no process is left alone with it at the end; and what
# needs no site, while another process builds the one that most tests of pages look at.
_FIRST = (
    "tests/book/test_build.py",
    "tests/book/test_practice_edition.py",
    "tests/book/test_kept_pages.py",
    "tests/test_house.py",
    "tests/book/test_browser.py",
    "tests/book/test_pages.py",
    "tests/book/test_english.py",
    "tests/data/test_contract.py",
    "tests/unit/publish/test_practice.py",
    "tests/unit/maps/test_district_map.py",
    "tests/unit/measures/test_measures_properties.py",
)
_OURS = ("SHUANGBEI_DATA", "SHUANGBEI_BUILD", "SHUANGBEI_RENDERER", "SHUANGBEI_SPEAKS")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first; all others, and the tests of a file, keep their order."""
    places = {str(paths.ROOT / name): place for place, name in enumerate(_FIRST)}
    items.sort(key=lambda item: places.get(str(item.path), len(places)))


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    """A folder for pictures and results, so that no test writes into ``_build``."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def own_environment(cache):
    """Chinese, the data of the repository, the cache of the session; all put back afterwards."""
    before, kept = dict(os.environ), paths.CACHE
    for name in _OURS:
        os.environ.pop(name, None)
    os.environ["SHUANGBEI_LANG"] = "zh"
    paths.CACHE = cache
    yield
    paths.CACHE = kept
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def speak():
    """Choose the language of the run: ``speak("en")``."""

    def choose(code: str) -> None:
        os.environ["SHUANGBEI_LANG"] = code

    return choose


@pytest.fixture(scope="session")
def spare_data(tmp_path_factory):
    """A copy of the data package in this process."""
    return Path(shutil.copytree(paths.ROOT / "data", tmp_path_factory.mktemp("spare") / "data"))


@pytest.fixture
def data(spare_data, monkeypatch):
    """
    A copy of the data package that the test reads and may change.

    It lies in one place and is put back with its times, so that what tests before it have worked
    out from files that this one leaves alone still holds.
    """
    monkeypatch.setenv("SHUANGBEI_DATA", str(spare_data))
    yield spare_data
    own = {path.relative_to(spare_data) for path in spare_data.rglob("*") if path.is_file()}
    real = {path.relative_to(paths.ROOT / "data"): path for path in (paths.ROOT / "data").rglob("*")}
    for name in own - real.keys():
        (spare_data / name).unlink()
    for name, path in real.items():
        if path.is_file() and (name not in own or _state(path) != _state(spare_data / name)):
            shutil.copy2(path, spare_data / name)


def _state(path: Path) -> tuple[int, int]:
    return path.stat().st_mtime_ns, path.stat().st_size
