"""Tests of shuangbei.site.assets: what all pages share."""

from __future__ import annotations

import pytest

from shuangbei.site import assets


@pytest.fixture
def registered(monkeypatch):
    """Nothing registered by others; what the test registers is gone after it."""
    for name, empty in (("_registered", {}), ("_unnamed", set())):
        monkeypatch.setattr(assets, name, empty)
    yield
    monkeypatch.undo()
    assets._own.cache_clear()
    assets.address.cache_clear()


def test_a_script_that_holds_data_is_published_and_no_page_names_it(registered, tmp_path):
    assets.register("code.js", b"1")
    assets.register("data.js", b"2", is_named=False)
    named = assets.modules("progress/regions.html")
    assert named["code"] == f"../{assets.address('code.js')}" and "data" not in named
    assets.write(tmp_path)
    assert (tmp_path / assets.address("data.js")).read_bytes() == b"2"
