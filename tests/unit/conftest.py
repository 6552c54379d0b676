"""What tests of several folders start from; asserts nothing."""

from __future__ import annotations

import changes
import made_data
import pytest


@pytest.fixture
def two_indicators(tmp_path, monkeypatch):
    """The table of :mod:`changes`, in a data folder of its own."""
    path = tmp_path / "observations" / "some.csv"
    path.parent.mkdir()
    path.write_text(changes.HEAD + changes.ROWS, encoding="utf-8")
    monkeypatch.setenv("SHUANGBEI_DATA", str(tmp_path))
    return path


@pytest.fixture
def made(tmp_path, monkeypatch):
    """The package of :mod:`made_data`, in force."""
    folder = made_data.lay_out(tmp_path / "data")
    monkeypatch.setenv("SHUANGBEI_DATA", str(folder))
    return folder
