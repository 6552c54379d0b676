"""Tests of shuangbei.build.archive: what was promised to stay stays."""

from __future__ import annotations

import zipfile

import pytest

from shuangbei import load
from shuangbei.build import archive

EDITION = load.edition()["edition"]


@pytest.fixture(autouse=True)
def own_archive(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "ARCHIVE", tmp_path / "archive")


def site_of(folder, edition: str = EDITION, text: str = "一"):
    for room in ("embed", "en/embed"):
        for name in ("a.html", "a/wide.svg", "frame.css"):
            path = folder / room / edition / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text + room, encoding="utf-8")
        (folder / room / "a.html").write_text("现在的", encoding="utf-8")
    (folder / "index.html").write_text("首页", encoding="utf-8")
    return folder


def test_only_the_framed_figures_of_the_edition_are_kept_in_both_languages(tmp_path):
    kept = archive.freeze(site_of(tmp_path / "site"))
    assert kept.name == f"{EDITION}.zip"
    assert zipfile.ZipFile(kept).namelist() == [
        f"{room}/{EDITION}/{name}" for room in ("embed", "en/embed")
        for name in ("a/wide.svg", "a.html", "frame.css")]


def test_the_same_pages_give_the_same_archive(tmp_path):
    one = archive.freeze(site_of(tmp_path / "one"))
    first = one.read_bytes()
    one.unlink()
    assert archive.freeze(site_of(tmp_path / "two")).read_bytes() == first


def test_an_edition_is_kept_once(tmp_path):
    kept = archive.freeze(site_of(tmp_path / "site"))
    before = kept.read_bytes()
    with pytest.raises(archive.AlreadyKept, match="已经归档.*delete that file first"):
        archive.freeze(site_of(tmp_path / "later", text="二"))
    assert kept.read_bytes() == before


def test_a_site_of_another_edition_cannot_be_kept(tmp_path):
    with pytest.raises(archive.NothingToKeep, match="请先构建网站.*build the site first"):
        archive.freeze(site_of(tmp_path / "site", edition="1999Q1"))
    assert not list(tmp_path.glob("archive/*"))


def test_earlier_editions_return_into_every_new_site(tmp_path, monkeypatch):
    archive.freeze(site_of(tmp_path / "old"))
    monkeypatch.setattr(load, "edition", lambda: {"edition": "2099Q1"})
    new = site_of(tmp_path / "new", edition="2099Q1", text="二")
    assert archive.restore(new) == [EDITION]
    assert (new / "embed" / EDITION / "a.html").read_text(encoding="utf-8") == "一embed"
    assert (new / "en/embed" / EDITION / "a/wide.svg").read_text(encoding="utf-8") == "一en/embed"
    assert (new / "embed/2099Q1/a.html").read_text(encoding="utf-8") == "二embed"


def test_what_is_kept_wins_over_what_was_just_built(tmp_path):
    archive.freeze(site_of(tmp_path / "old"))
    again = site_of(tmp_path / "again", text="改过")
    archive.restore(again)
    assert (again / "embed" / EDITION / "a.html").read_text(encoding="utf-8") == "一embed"
    assert (again / "embed/a.html").read_text(encoding="utf-8") == "现在的"


def test_without_an_archive_nothing_is_restored(tmp_path):
    assert archive.restore(site_of(tmp_path / "site")) == []


@pytest.mark.parametrize("name", ["index.html", "embed/a.html", f"embed/{EDITION}/../../index.html",
                                  "embed/1999Q1/a.html"])
def test_an_archive_writes_nowhere_but_into_its_edition(tmp_path, name):
    kept = archive.freeze(site_of(tmp_path / "site"))
    with zipfile.ZipFile(kept, "a") as bundle:
        bundle.writestr(name, "x")
    new = tmp_path / "new"
    with pytest.raises(archive.Strange):
        archive.restore(new)
    assert not new.exists()
