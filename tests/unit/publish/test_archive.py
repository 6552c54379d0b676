"""Tests of shuangbei.publish.archive: what was promised to stay stays."""

from __future__ import annotations

import zipfile
from xml.etree import ElementTree

import pandas as pd
import pytest

from shuangbei import load
from shuangbei.publish import archive
from shuangbei.site.discovery import feed

EDITION, PUBLISHED = load.edition()["edition"], load.edition()["published"]
ATOM = {"a": feed.ATOM}


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
    for home in ("", "en/"):
        about = feed.Feed(f"https://a.example/{home}feed.xml", f"https://a.example/{home}", "a", "b", "zh")
        own = feed.entry_id(about.home, PUBLISHED, "zh", edition)
        entry = feed.Entry(own, about.home, PUBLISHED, edition, text, text)
        (folder / home / "feed.xml").write_text(feed.atom(about, [entry]), encoding="utf-8")
    (folder / "index.html").write_text("首页", encoding="utf-8")
    return folder


def test_only_the_framed_figures_of_the_edition_are_kept_in_both_languages(tmp_path):
    kept = archive.freeze(site_of(tmp_path / "site"))
    assert kept.name == f"{EDITION}.zip"
    assert zipfile.ZipFile(kept).namelist() == [
        *(
            f"{room}/{EDITION}/{name}"
            for room in ("embed", "en/embed")
            for name in ("a/wide.svg", "a.html", "frame.css")
        ),
        "feed.xml",
        "en/feed.xml",
    ]


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


@pytest.mark.parametrize(
    "name", ["index.html", "embed/a.html", f"embed/{EDITION}/../../index.html", "embed/1999Q1/a.html"]
)
def test_an_archive_writes_nowhere_but_into_its_edition(tmp_path, name):
    kept = archive.freeze(site_of(tmp_path / "site"))
    with zipfile.ZipFile(kept, "a") as bundle:
        bundle.writestr(name, "x")
    new = tmp_path / "new"
    with pytest.raises(archive.Strange, match="请从代码仓库取回.*from the repository"):
        archive.restore(new)
    assert not new.exists()


def test_a_damaged_archive_is_named_and_nothing_is_written(tmp_path):
    kept = archive.freeze(site_of(tmp_path / "site"))
    kept.write_bytes(kept.read_bytes()[:200])
    with pytest.raises(archive.Strange, match=f"archive/{EDITION}.zip 坏了"):
        archive.restore(tmp_path / "new")
    assert not (tmp_path / "new").exists()


def registered(monkeypatch, rows: list[tuple[str, str]]):
    known = pd.DataFrame(rows, columns=["edition", "issued"])
    monkeypatch.setattr(load, "table", lambda name: {"editions": known}[name])


def test_an_edition_that_is_not_registered_stops_a_build(monkeypatch):
    registered(monkeypatch, [("1999Q1", "1999-05-01")])
    with pytest.raises(archive.Missing, match=f"没有本期这一行：{EDITION},{PUBLISHED}"):
        archive.verify()


def test_an_earlier_edition_without_its_archive_stops_a_build(monkeypatch):
    registered(monkeypatch, [("1999Q1", "1999-05-01"), (EDITION, PUBLISHED)])
    with pytest.raises(archive.Missing, match="1999Q1 版发布过，但没有归档.*run.py freeze"):
        archive.verify()


def test_an_archive_of_an_edition_that_nobody_registered_stops_a_build(tmp_path, monkeypatch):
    archive.freeze(site_of(tmp_path / "site")).rename(tmp_path / "archive" / "1999Q1.zip")
    registered(monkeypatch, [(EDITION, PUBLISHED)])
    with pytest.raises(archive.Strange):
        archive.verify()


def test_what_is_there_is_in_order():
    archive.verify()


def test_the_feed_of_a_new_edition_names_the_earlier_one_as_it_was_named_then(tmp_path, monkeypatch):
    archive.freeze(site_of(tmp_path / "old", text="那时的话"))
    later = {"edition": "2099Q1", "published": "2099-05-01"}
    monkeypatch.setattr(load, "edition", lambda: later)
    monkeypatch.setitem(globals(), "PUBLISHED", later["published"])
    new = site_of(tmp_path / "new", edition="2099Q1", text="现在的话")
    archive.restore(new)
    for name in ("feed.xml", "en/feed.xml"):
        found = ElementTree.parse(new / name).getroot().findall("a:entry", ATOM)
        assert [one.findtext("a:title", None, ATOM) for one in found] == ["2099Q1", EDITION]
        assert [one.findtext("a:summary", None, ATOM) for one in found] == ["现在的话", "那时的话"]
        assert found[0].findtext("a:id", None, ATOM) != found[1].findtext("a:id", None, ATOM)
        old = found[1].find("a:link", ATOM).get("href")
        assert old.endswith(f"about.html#edition-{EDITION}"), "readers of feeds drop entries of one address"
