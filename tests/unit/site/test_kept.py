"""Tests of finished pages that are kept from build to build."""

from __future__ import annotations

import pytest
from changes import replace

from shuangbei.site import kept


def test_a_kept_page_is_given_back_until_something_that_it_rests_on_changes(two_indicators, tmp_path):
    entry = tmp_path / "kept" / "page.html"
    whole = kept.Kept(b"<p>\n10</p>", {"cards/page.png": b"\n\x00", "cards/b.png": b""})
    kept.write(entry, "key", {two_indicators}, whole)
    assert kept.read(entry, "key") == whole
    assert kept.read(entry, "another") is None
    replace(two_indicators, "10", "11")
    assert kept.read(entry, "key") is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-1],
        lambda content: content[:20],
        lambda content: b"",
        lambda content: content.replace(b"<p>", b"<q>"),
        lambda content: b"[]\n" + content,
        lambda content: content.replace(b'"data/', b'"date/'),
        lambda content: content.replace(b'"cards/page.png": 1', b'"cards/page.png": 2'),
    ],
)
def test_a_damaged_kept_page_is_none(two_indicators, tmp_path, damage):
    entry = tmp_path / "kept" / "page.html"
    kept.write(entry, "key", {two_indicators}, kept.Kept(b"<p>10</p>", {"cards/page.png": b"1"}))
    entry.write_bytes(damage(entry.read_bytes()))
    assert kept.read(entry, "key") is None
