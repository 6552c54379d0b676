"""Tests of finished pages that are kept from build to build."""

from __future__ import annotations

import os

import pytest

from shuangbei.site import kept

HEAD = "indicator_id,geo_id,value\n"


@pytest.fixture
def table(tmp_path, monkeypatch):
    """A table of observations of two indicators, in a data folder of its own."""
    path = tmp_path / "observations" / "some.csv"
    path.parent.mkdir()
    path.write_text(HEAD + "a,1,10\nb,1,20\na,2,30\n", encoding="utf-8")
    monkeypatch.setenv("SHUANGBEI_DATA", str(tmp_path))
    return path


def write(path, text):
    """Write a file so that it has another time, however coarse the clock of the disk is."""
    before = path.stat().st_mtime_ns
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(before + 10**9, before + 10**9))


def replace(path, old, new):
    write(path, path.read_text(encoding="utf-8").replace(old, new))


def test_a_kept_page_is_given_back_until_something_that_it_rests_on_changes(table, tmp_path):
    entry = tmp_path / "kept" / "page.html"
    kept.write(entry, "key", {table}, b"<p>\n10</p>")
    assert kept.read(entry, "key") == b"<p>\n10</p>"
    assert kept.read(entry, "another") is None
    replace(table, "10", "11")
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
    ],
)
def test_a_damaged_kept_page_is_none(table, tmp_path, damage):
    entry = tmp_path / "kept" / "page.html"
    kept.write(entry, "key", {table}, b"<p>10</p>")
    entry.write_bytes(damage(entry.read_bytes()))
    assert kept.read(entry, "key") is None
