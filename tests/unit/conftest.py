"""What tests of several folders start from; asserts nothing."""

from __future__ import annotations

import changes
import pytest


@pytest.fixture
def two_indicators(tmp_path, monkeypatch):
    """The table of :mod:`changes`, in a data folder of its own."""
    path = tmp_path / "observations" / "some.csv"
    path.parent.mkdir()
    path.write_text(changes.HEAD + changes.ROWS, encoding="utf-8")
    monkeypatch.setenv("SHUANGBEI_DATA", str(tmp_path))
    return path
