"""Tests of shuangbei.site.addresses: where pages stand, whatever folder their text is in."""

from __future__ import annotations

import pytest
import yaml

from shuangbei import languages, paths
from shuangbei.site import addresses

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
    assert addresses.address_of(docname) == address


def test_every_page_of_the_toc_has_an_address_of_its_own_without_folders_of_the_repository():
    toc = yaml.safe_load((paths.ROOT / "_toc.yml").read_text(encoding="utf-8"))
    pages = [toc["root"], *(c["file"] for part in toc["parts"] for c in part["chapters"])]
    found = [addresses.address_of(page) for page in pages]
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
    settings = {
        "extensions": ["myst_nb", "shuangbei.site"],
        "root_doc": "book/index",
        "html_theme": "report",
        "myst_heading_anchors": 2,
        "nb_execution_mode": "off",
    }
    app = Sphinx(
        folder / "source",
        None,
        folder / "pages",
        folder / "trees",
        "html",
        confoverrides=settings,
        status=None,
        warning=None,
    )
    app.build()
    assert app.statuscode == 0
    return folder / "pages"


def test_pages_are_written_where_their_address_says(built):
    written = {path.relative_to(built).as_posix() for path in built.rglob("*.html")}
    assert {"index.html", "plan/tasks.html", "progress/regions.html", "districts/map.html"} <= written
    assert not [name for name in written if name.startswith(("book/", "notebooks/"))]


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("index.html", 'href="progress/regions.html#a-part"'),
        ("plan/tasks.html", 'href="../districts/map.html"'),
        ("plan/tasks.html", 'href="../index.html"'),
        ("progress/regions.html", 'href="../plan/tasks.html"'),
        ("districts/map.html", 'href="../progress/regions.html"'),
    ],
)
def test_links_between_pages_follow_the_addresses(built, page, link):
    assert link in (built / page).read_text(encoding="utf-8")


def test_an_edition_shares_the_files_at_the_root_of_the_site(monkeypatch):
    monkeypatch.setenv("SHUANGBEI_LANG", "en")
    assert addresses.from_page("index.html", "data/status.json") == "../data/status.json"
    assert addresses.from_page("progress/regions.html", "assets/a.css") == "../../assets/a.css"
    assert addresses.from_page("progress/regions.html", "") == "../../"
    monkeypatch.setenv("SHUANGBEI_LANG", "zh")
    assert addresses.from_page("index.html", "data/status.json") == "data/status.json"


@pytest.mark.parametrize(
    ("language", "other", "link"),
    [("zh", "en", "../en/plan/tasks.html"), ("en", "zh", "../../plan/tasks.html")],
)
def test_a_page_leads_to_itself_in_the_other_edition(monkeypatch, language, other, link):
    monkeypatch.setenv("SHUANGBEI_LANG", language)
    assert addresses.across("plan/tasks.html", other) == link


def test_an_absolute_address_names_edition_and_page_and_an_index_by_its_folder():
    base = "https://a.example/report"
    assert languages.absolute(base, "plan/tasks.html", "en") == f"{base}/en/plan/tasks.html"
    assert languages.absolute(base, "figures/x/index.html", "zh") == f"{base}/figures/x/"


def test_the_book_has_no_search_of_sphinx(built):
    assert not list(built.rglob("searchindex.js"))
