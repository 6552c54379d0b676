"""Tests of the built pages as machines find them: heads, JSON-LD, feed, sitemap, pictures."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
import yaml
from bs4 import BeautifulSoup

from shuangbei import paths
from shuangbei.site.discovery import cards

CHINESE = re.compile(r"[\u4e00-\u9fff]")
UNLISTED = re.compile(r"(en/)?(404|search)\.html|(en/)?embed/.*")
BASE = yaml.safe_load((paths.ROOT / "_config.yml").read_text(encoding="utf-8"))["html"]["baseurl"]


@cache
def head(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8").partition("</head>")[0], "html.parser")


def found_pages(site: Path) -> dict[str, BeautifulSoup]:
    """Heads of the pages that readers should find, by file."""
    names = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*.html"))}
    return {name: head(path) for name, path in names.items() if not UNLISTED.fullmatch(name)}


def meta(page: BeautifulSoup, name: str) -> str:
    tags = page.find_all("meta", attrs={"name": name}) + page.find_all("meta", property=name)
    assert len(tags) == 1, f"{name} stands {len(tags)} times"
    return tags[0]["content"]


def file_of(site: Path, address: str) -> Path:
    """The file of the built site that an absolute address of ours leads to."""
    assert address.startswith(BASE), address
    name = address.removeprefix(BASE)
    return site / (f"{name}index.html" if not name or name.endswith("/") else name)


def graphs(page: BeautifulSoup) -> dict[str, dict]:
    scripts = page.find_all("script", type="application/ld+json")
    return {node["@type"]: node for one in scripts for node in json.loads(one.string)["@graph"]}


def test_every_page_has_one_sentence_of_its_own_in_its_language(site):
    sentences = {}
    for name, page in found_pages(site).items():
        said = meta(page, "description")
        assert len(said) >= 15, name
        assert bool(CHINESE.search(said)) == (not name.startswith("en/")), f"{name}: {said}"
        sentences.setdefault(said, []).append(name)
    assert not [names for names in sentences.values() if len(names) > 1]


def test_every_page_names_its_own_address_and_both_editions_name_each_other(site):
    for name, page in found_pages(site).items():
        own = page.find("link", rel="canonical")["href"]
        assert file_of(site, own) == site / name
        links = {link["hreflang"]: link["href"] for link in page.find_all("link", hreflang=True)}
        assert set(links) == {"zh-CN", "en", "x-default"} and own in links.values()
        assert links["x-default"] == links["zh-CN"]
        for address in links.values():
            other = head(file_of(site, address)).find_all("link", hreflang=True)
            assert {link["hreflang"]: link["href"] for link in other} == links


def test_the_picture_that_is_shown_for_a_page_is_there_in_the_size_it_states(site):
    for name, page in found_pages(site).items():
        picture = file_of(site, meta(page, "og:image"))
        sizes = int(meta(page, "og:image:width")), int(meta(page, "og:image:height"))
        assert cards.size_of(picture.read_bytes()) == sizes, name
        assert meta(page, "twitter:image") == meta(page, "og:image")
        assert bool(CHINESE.search(meta(page, "og:image:alt"))) == (not name.startswith("en/"))


def test_every_page_is_shown_by_a_card_of_its_own_that_nobody_has_to_crop(site):
    shown = {}
    for name, page in found_pages(site).items():
        picture = file_of(site, meta(page, "og:image"))
        assert cards.size_of(picture.read_bytes()) == (1200, 630), name
        assert len(meta(page, "og:image:alt")) <= 400, name
        shown.setdefault(picture.read_bytes(), []).append(name)
    assert not [names for names in shown.values() if len(names) > 1]


def test_the_data_for_machines_is_read_and_speaks_of_the_page(site):
    for name, page in found_pages(site).items():
        told, own = graphs(page), page.find("link", rel="canonical")["href"]
        assert "Organization" in told, name
        subject = next(
            told[kind] for kind in ("WebSite", "Dataset", "Article", "ImageObject") if kind in told
        )
        assert own in (subject["url"], subject.get("acquireLicensePage"), subject["@id"]), name
        if "BreadcrumbList" in told:
            steps = [one["item"] for one in told["BreadcrumbList"]["itemListElement"]]
            assert steps[-1] == own and all(file_of(site, step).is_file() for step in steps)


def test_every_file_that_the_data_set_offers_is_there(site):
    for name in ("data/index.html", "en/data/index.html"):
        offered = graphs(head(site / name))["Dataset"]["distribution"]
        missing = [one["contentUrl"] for one in offered if not file_of(site, one["contentUrl"]).is_file()]
        assert offered and not missing


def test_pages_that_say_nothing_of_their_own_ask_not_to_be_listed(site):
    names = ["404.html", "search.html", "en/404.html", "en/search.html"]
    names += [path.relative_to(site).as_posix() for path in site.glob("embed/*.html")]
    for name in names:
        assert "noindex" in meta(head(site / name), "robots"), name


def test_the_sitemap_lists_exactly_the_pages_that_should_be_found(site):
    root = ElementTree.parse(site / "sitemap.xml")
    listed = [one.text for one in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(set(listed)) == len(listed)
    assert {file_of(site, address) for address in listed} == {site / name for name in found_pages(site)}


@pytest.mark.parametrize("folder", ["", "en/"])
def test_feed_manifest_and_icons_are_where_pages_say(site, folder):
    for name, page in found_pages(site).items():
        if name.startswith("en/") == bool(folder):
            for rel in ("icon", "apple-touch-icon", "manifest"):
                href = page.find("link", rel=rel)["href"]
                assert (site / name).parent.joinpath(href).resolve().is_file(), (name, rel)
    told = json.loads((site / folder / "site.webmanifest").read_text(encoding="utf-8"))
    for one in told["icons"]:
        picture = (site / folder / one["src"]).resolve()
        size = int(one["sizes"].partition("x")[0])
        assert cards.size_of(picture.read_bytes()) == (size, size)
    feed = ElementTree.parse(site / folder / "feed.xml").getroot()
    home = feed.find("{http://www.w3.org/2005/Atom}link[@rel='alternate']").get("href")
    assert file_of(site, home) == site / folder / "index.html"
    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    links = [entry.find("{http://www.w3.org/2005/Atom}link").get("href") for entry in entries]
    assert len(set(links)) == len(links) > 0
    for link in links:
        page, _, anchor = link.partition("#")
        assert f'id="{anchor}"' in file_of(site, page).read_text(encoding="utf-8")


def test_every_address_that_machines_get_begins_with_the_base_of_the_settings(site):
    host = urlsplit(BASE).netloc
    for name, page in found_pages(site).items():
        absolute = [tag.get("content", "") for tag in page.find_all("meta")]
        absolute += [tag["href"] for tag in page.find_all("link")]
        strange = {urlsplit(one).netloc for one in absolute if re.match("https?://", one)} - {host}
        assert not strange, name
