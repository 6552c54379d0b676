"""The built site that the tests of this folder look at; built once, asserts nothing."""

from __future__ import annotations

import pytest

from workshop import Workshop


@pytest.fixture(scope="session")
def workshop(tmp_path_factory):
    """A copy of the repository with its first build done; tests put back what they change."""
    made = Workshop(tmp_path_factory.mktemp("build"))
    made.build_first()
    return made


@pytest.fixture(scope="session")
def site(workshop):
    """Folder of the pages of the first build, which no later build touches."""
    if workshop.first.status:
        pytest.fail(f"the site does not build:\n{workshop.first.output}")
    return workshop.published
