"""What every test starts from: an environment and a cache of its own; asserts nothing."""

from __future__ import annotations

import os

import pytest

from shuangbei import paths

_OURS = ("SHUANGBEI_DATA", "SHUANGBEI_BUILD", "SHUANGBEI_RENDERER", "SHUANGBEI_SPEAKS")


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
