"""Tests of the digest of everything that all pages rest on beside the content of data/."""

from __future__ import annotations

import shutil

import pytest

from shuangbei import paths
from shuangbei.publish import frame

FILES = (
    "_config.yml",
    "_toc.yml",
    "requirements.txt",
    "book/method.md",
    "notebooks/regions.md",
    "shuangbei/load/tables.py",
    "shuangbei/site/kept.py",
    "shuangbei/site/theme/page.html",
    "shuangbei/site/theme/css/base.css",
    "locale/en/LC_MESSAGES/book/method.po",
    "maps/a.json",
    "archive/2026Q2.zip",
)


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A small repository of files that a build reads."""
    for name in (*FILES, "data/a.csv", "notes.txt", "tests/test_a.py", "_build/cache/a.html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("one", encoding="utf-8")
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", FILES)
def test_an_edit_of_anything_but_data_makes_every_page_anew(house, name):
    before = frame.digest()
    (house / name).write_text("two", encoding="utf-8")
    assert frame.digest() != before


@pytest.mark.parametrize("name", ["book/method.md", "data/a.csv", "maps/a.json"])
def test_a_removed_file_makes_every_page_anew(house, name):
    before = frame.digest()
    (house / name).unlink()
    assert frame.digest() != before


def test_a_new_file_of_data_makes_every_page_anew_because_pages_list_them(house):
    before = frame.digest()
    (house / "data" / "b.csv").write_text("one", encoding="utf-8")
    assert frame.digest() != before


@pytest.mark.parametrize(
    "name",
    [
        "data/a.csv",
        "notes.txt",
        "tests/test_a.py",
        "_build/cache/a.html",
        "locale/en/LC_MESSAGES/book/method.mo",
        "book/.method.md.swp",
    ],
)
def test_values_of_data_and_what_no_build_reads_make_no_page_anew(house, name):
    before = frame.digest()
    (house / name).write_text("two", encoding="utf-8")
    assert frame.digest() == before


def test_a_copy_of_the_repository_is_the_same_wherever_it_lies(house, tmp_path_factory, monkeypatch):
    before = frame.digest()
    there = tmp_path_factory.mktemp("copy") / "house"
    shutil.copytree(house, there)
    monkeypatch.setattr(paths, "ROOT", there)
    assert frame.digest() == before
