"""The built site that the tests of this folder look at; built once, asserts nothing.

``pytest -n 2 --dist loadfile`` keeps the tests of a file in one process; the processes share
the first build.  Without these options all still holds, but may be built more than once.
"""

from __future__ import annotations

import os

import browser
import pytest
from filelock import FileLock
from workshop import Workshop

from shuangbei import languages


@pytest.fixture(scope="session")
def first_build(tmp_path_factory):
    """The copy of the repository that whoever came first has built; for looking at only."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "build"
    folder.mkdir(exist_ok=True)
    made = Workshop(folder)
    with FileLock(folder / "lock"):
        if not made.is_built:
            made.build_first()
    yield made
    made.forget()


@pytest.fixture(scope="session")
def workshop(first_build, tmp_path_factory):
    """A built copy for this process alone; tests put back what they change."""
    try:
        (first_build.root.parent / "claimed").mkdir()
    except FileExistsError:
        made = Workshop(tmp_path_factory.mktemp("build"))
        made.build_first()
        yield made
        made.forget()
    else:
        yield first_build


@pytest.fixture(scope="session")
def site(first_build):
    """Folder of the pages of the first build, which no later build touches."""
    if first_build.first.status:
        pytest.fail(f"the site does not build:\n{first_build.first.output}")
    return first_build.published


@pytest.fixture(scope="module")
def chromium():
    """A browser for the tests of a file; without one they are skipped, but fail where CI is set."""
    reason = browser.missing()
    if reason and os.environ.get("CI"):
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
    with browser.opened() as opened:
        yield opened


@pytest.fixture(scope="module")
def address(site):
    """Address of the built site on this machine, served with its policy."""
    with browser.server(site, languages.POLICY) as served:
        yield served
