"""Tests of shuangbei.site.addresses: where pages stand, whatever folder their text is in."""

from __future__ import annotations

import json

import pytest
import yaml

from shuangbei import paths
from shuangbei.site.addresses import address_of

# Published: others link to them. A change here is a broken link somewhere.
PUBLISHED = {
    "book/index": "index",
    "book/method": "method",
    "book/plan/tasks": "plan/tasks",
    "book/data/index": "data/index",
    "notebooks/high-tech-enterprises": "progress/high-tech-enterprises",
    "notebooks/districts": "districts/map",
    "book/districts/index": "districts/index",
    "genindex": "genindex",
    "search": "search",
}
BOOK = {
    "book/index": "# Home\n\n```{toctree}\nplan/tasks\n../notebooks/regions\n"
                  "../notebooks/districts\n```\n\n[to a chapter](../notebooks/regions.md#a-part)\n",
    "book/plan/tasks": "# Tasks\n\n[map](../../notebooks/districts.md), [home](../index.md)\n",
    "notebooks/regions": "# Regions\n\n(a-part)=\n## A part\n\n[tasks](../book/plan/tasks.md)\n",
    "notebooks/districts": "# Map\n\n[regions](regions.md)\n",
}


@pytest.mark.parametrize(("docname", "address"), PUBLISHED.items())
def test_a_published_address_stays(docname, address):
    assert address_of(docname) == address


def test_every_page_of_the_toc_has_an_address_of_its_own_without_folders_of_the_repository():
    toc = yaml.safe_load((paths.ROOT / "_toc.yml").read_text(encoding="utf-8"))
    pages = [toc["root"], *(c["file"] for part in toc["parts"] for c in part["chapters"])]
    found = [address_of(page) for page in pages]
    assert len(set(found)) == len(found) > 30
    assert not [one for one in found if one.startswith(("book/", "notebooks/"))]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A small book, built with the project's builder."""
    from sphinx.application import Sphinx

    folder = tmp_path_factory.mktemp("book")
    for name, text in BOOK.items():
        path = folder / "source" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    settings = {"extensions": ["myst_nb", "shuangbei.site"], "root_doc": "book/index",
                "html_theme": "basic", "myst_heading_anchors": 2, "nb_execution_mode": "off"}
    app = Sphinx(folder / "source", None, folder / "pages", folder / "trees", "html",
                 confoverrides=settings, status=None, warning=None)
    app.build()
    assert app.statuscode == 0
    return folder / "pages"


def test_pages_are_written_where_their_address_says(built):
    written = {path.relative_to(built).as_posix() for path in built.rglob("*.html")}
    assert {"index.html", "plan/tasks.html", "progress/regions.html",
            "districts/map.html"} <= written
    assert not [name for name in written if name.startswith(("book/", "notebooks/"))]


@pytest.mark.parametrize(("page", "link"), [
    ("index.html", 'href="progress/regions.html#a-part"'),
    ("plan/tasks.html", 'href="../districts/map.html"'),
    ("plan/tasks.html", 'href="../index.html"'),
    ("progress/regions.html", 'href="../plan/tasks.html"'),
    ("districts/map.html", 'href="../progress/regions.html"'),
])
def test_links_between_pages_follow_the_addresses(built, page, link):
    assert link in (built / page).read_text(encoding="utf-8")


def test_the_search_leads_to_addresses_and_keeps_its_words(built):
    text = (built / "searchindex.js").read_text(encoding="utf-8")
    assert text.startswith("Search.setIndex(") and text.endswith(")")
    index = json.loads(text[len("Search.setIndex("):-1])
    assert set(index["docnames"]) == {"index", "plan/tasks", "progress/regions", "districts/map"}
    assert "region" in index["terms"] or "region" in index["titleterms"]
