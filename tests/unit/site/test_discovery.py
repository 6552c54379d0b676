"""Tests of what machines are told of pages and of the site: head, JSON-LD, feed, sitemap, icons."""

from __future__ import annotations

import json
import re
import struct
from dataclasses import replace
from io import BytesIO
from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.utils import new_document
from PIL import Image

from shuangbei import languages, load, paths, pictures, words
from shuangbei.pages import html, plan
from shuangbei.publish import sitemap
from shuangbei.site import directives
from shuangbei.site.discovery import cards, dataset, feed, heads, social, structured

BASE = "https://report.example/under/"
SITE = structured.Site("Report", f"{BASE}en/", BASE, "Office", "en", "2001-03-04", "2001Q1")
ABOUT = structured.About(
    'A <b> & "title"',
    "One sentence.",
    f"{BASE}en/plan/tasks.html",
    structured.Image(f"{BASE}en/figures/f/figure.png", "What it shows", 1400, 900),
    ((f"{BASE}en/", "Home"), (f"{BASE}en/plan/tasks.html", "Tasks")),
)
ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def head(lines: list[str]) -> BeautifulSoup:
    return BeautifulSoup("\n".join(lines), "html.parser")


def contents(lines: list[str], attribute: str) -> dict[str, str]:
    found = [tag for tag in head(lines).find_all("meta") if tag.get(attribute)]
    assert len({tag[attribute] for tag in found}) == len(found), "something is said twice"
    return {tag[attribute]: tag["content"] for tag in found}


def graph(found: list[dict]) -> dict[str, dict]:
    whole = json.loads(structured.text(found))
    assert whole["@context"] == "https://schema.org"
    return {node["@type"]: node for node in whole["@graph"]}


def test_what_is_shared_says_title_sentence_address_and_picture():
    lines = heads.open_graph(SITE, ABOUT, "en", is_home=False)
    said = contents(lines, "property")
    assert said["og:title"] == ABOUT.title and said["og:description"] == ABOUT.description
    assert said["og:url"] == ABOUT.address and said["og:image"] == ABOUT.image.address
    assert said["og:image:alt"] == "What it shows" and said["og:type"] == "article"
    assert (said["og:image:width"], said["og:image:height"]) == ("1400", "900")
    assert (said["og:locale"], said["og:locale:alternate"]) == ("en_GB", "zh_CN")
    assert contents(lines, "name")["twitter:card"] == "summary_large_image"


def test_the_home_page_is_a_website_and_a_picture_of_unknown_size_states_none():
    bare = replace(ABOUT, image=structured.Image("https://report.example/card.png", "Card"))
    said = contents(heads.open_graph(SITE, bare, "zh", is_home=True), "property")
    assert said["og:type"] == "website" and said["og:locale"] == "zh_CN"
    assert "og:image:width" not in said


@pytest.mark.parametrize("code", paths.LANGUAGES)
def test_both_editions_name_the_same_alternates(code, speak):
    speak(code)
    links = head(heads.alternates(BASE, "plan/tasks.html")).find_all("link")
    assert {link["hreflang"]: link["href"] for link in links} == {
        "zh-CN": f"{BASE}plan/tasks.html",
        "en": f"{BASE}en/plan/tasks.html",
        "x-default": f"{BASE}plan/tasks.html",
    }


def test_nothing_in_the_data_for_machines_can_end_its_element():
    nasty = replace(ABOUT, title="</script><script>alert(1)</script>", description="<!-- & -->")
    element = heads.json_ld([structured.article(SITE, nasty, "x")])
    inside = element.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in inside and ">" not in inside and "&" not in inside
    assert json.loads(inside)["@graph"][0]["headline"] == nasty.title


def test_an_article_names_its_publisher_its_licence_its_data_and_its_picture():
    found = graph([structured.publisher(SITE), structured.article(SITE, ABOUT, f"{BASE}#data")])
    article, publisher = found["Article"], found["Organization"]
    assert article["publisher"]["@id"] == publisher["@id"] == f"{BASE}#publisher"
    assert article["license"] == structured.LICENCE
    assert article["isBasedOn"]["@id"] == f"{BASE}#data"
    assert article["image"]["url"] == ABOUT.image.address and article["image"]["width"] == 1400
    assert article["dateModified"] == "2001-03-04" and article["inLanguage"] == "en"


def test_the_trail_is_numbered_from_the_home_page():
    steps = graph([structured.breadcrumb(ABOUT)])["BreadcrumbList"]["itemListElement"]
    assert [(s["position"], s["name"], s["item"]) for s in steps] == [
        (1, "Home", f"{BASE}en/"),
        (2, "Tasks", f"{BASE}en/plan/tasks.html"),
    ]


@pytest.mark.parametrize("code", paths.LANGUAGES)
def test_the_data_set_is_described_from_the_contract(code, speak):
    speak(code)
    told = structured.dataset(SITE, dataset.data(ABOUT, f"{BASE}data/"))
    urls = {one["contentUrl"]: one["encodingFormat"] for one in told["distribution"]}
    files = {path.relative_to(paths.data_dir()).as_posix() for path in paths.data_dir().rglob("*.csv")}
    named = {url.removeprefix(f"{BASE}data/") for url in urls if url.endswith(".csv")}
    assert named == files | {"clues.csv"}
    assert urls[f"{BASE}data/datapackage.zip"] == "application/zip"
    assert urls[f"{BASE}data/status.json"] == "application/json"
    assert 50 <= len(told["description"]) <= 5000
    assert told["version"] == "2001Q1" and told["license"] == structured.LICENCE
    assert re.fullmatch(r"\d{4}/\d{4}", told["temporalCoverage"])
    assert len(told["variableMeasured"]) == len(load.codelist("indicators"))
    chinese = re.search(
        r"[\u4e00-\u9fff]",
        told["name"] + told["description"] + told["spatialCoverage"]["name"] + str(told["variableMeasured"]),
    )
    assert bool(chinese) == (code == "zh")


def test_a_site_that_can_be_searched_says_how():
    told = structured.website(SITE, "What it is.", f"{BASE}en/search.html")
    assert told["potentialAction"]["target"]["urlTemplate"] == f"{BASE}en/search.html?q={{q}}"


def application(known: dict) -> SimpleNamespace:
    env = SimpleNamespace(shuangbei_figures=known)
    return SimpleNamespace(env=env)


def page(*shown: str) -> nodes.document:
    made = new_document("page")
    made += [directives.report_part(name="plan-verdict", options={})]
    made += [directives.report_part(name="plan-figure", options={"figure_id": name}) for name in shown]
    return made


def test_a_page_is_shown_by_its_first_figure_and_a_figure_by_itself():
    known = {"one": ("notebooks/a", {}, {}), "two": ("notebooks/b", {}, {}), "three": ("notebooks/b", {}, {})}
    app = application(known)
    assert heads.main_figure(app, "notebooks/b", page()) == "two"
    assert heads.main_figure(app, "book/index", page("three", "one")) == "three"
    assert heads.main_figure(app, "book/about", page()) is None
    assert heads.main_figure(app, "figures/one/index", None) == "one"
    assert heads.main_figure(app, "figures/index", None) is None


def test_the_sentence_of_a_page_is_the_one_in_its_head_or_the_one_it_was_given():
    made = page()
    made += nodes.meta(name="description", content="From the page")
    assert heads.description_of(made, {"description": "given"}) == "From the page"
    assert heads.description_of(None, {"description": "given"}) == "given"
    assert heads.description_of(page(), {}) == ""


def test_the_feed_names_the_newest_edition_first_and_every_time_in_full():
    entries = [
        feed.Entry("id:1", BASE, "2001-01-02", "Old", "said"),
        feed.Entry("id:2", BASE, "2001-04-05", "New & <better>", "said", ("met: 2",)),
    ]
    told = feed.Feed(f"{BASE}feed.xml", BASE, "Editions", "Office", "en")
    root = ElementTree.fromstring(feed.atom(told, entries))
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    assert [e.text for e in root.findall("a:entry/a:title", ATOM)] == ["New & <better>", "Old"]
    assert root.find("a:updated", ATOM).text == "2001-04-05T00:00:00+08:00"
    assert root.find("a:link[@rel='self']", ATOM).get("href") == f"{BASE}feed.xml"
    assert "met: 2" in root.find("a:entry/a:content", ATOM).text
    needed = ("id", "title", "updated")
    assert all(
        entry.find(f"a:{name}", ATOM).text for entry in root.findall("a:entry", ATOM) for name in needed
    )


def test_the_manifest_is_json_with_icons_of_the_sizes_it_states():
    icons = {"192": "a.png", "512": "b.png", "maskable": "c.png"}
    told = json.loads(feed.manifest("Report", "R", "en", icons))
    assert [one["src"] for one in told["icons"]] == ["a.png", "b.png", "c.png"]
    assert told["icons"][2]["purpose"] == "maskable" and told["lang"] == "en"


@pytest.mark.parametrize("whole", [False, True])
def test_icons_have_the_size_they_are_asked_for_and_are_the_same_each_time(whole):
    drawn = cards.icon(48, whole)
    assert cards.size_of(drawn) == (48, 48) and drawn == cards.icon(48, whole)


def test_the_icon_that_systems_cut_fills_its_square():
    plain, whole = cards.icon(64), cards.icon(64, whole=True)
    assert plain != whole and b"PNG" in whole[:8]


def test_the_icon_that_browsers_ask_for_unasked_holds_a_picture():
    content = cards.favicon_ico()
    reserved, kind, count = struct.unpack("<HHH", content[:6])
    size, offset = struct.unpack("<II", content[14:22])
    assert (reserved, kind, count) == (0, 1, 1) and len(content) == size + offset
    assert cards.size_of(content[offset:]) == (32, 32)


@pytest.mark.parametrize("field", ["title", "number", "when", "mark", "sentence", "source", "foot", "shape"])
def test_each_word_of_a_card_and_the_shape_of_its_mark_leave_ink(field):
    whole = cards.Card(
        "Site",
        "Title",
        "10,416",
        "2026",
        "Met",
        html.shape("to_date", "met"),
        "One sentence.",
        "Source",
        "Foot",
    )
    drawn = cards.draw(whole)
    assert cards.size_of(drawn) == (cards.WIDTH, cards.HEIGHT)
    assert drawn != cards.draw(replace(whole, **{field: ""}))


@pytest.mark.parametrize("number", ["1,234,567家", "nearly 6 million square metres", "9 " * 60])
@pytest.mark.parametrize("word", ["重庆市高新技术企业", "W", "一、二"])
def test_nothing_on_a_card_stands_at_its_edges_however_long_its_words_are(word, number):
    long = word * 400
    told = cards.Card(long, long, number, "September 2026", "达到", "", long, long, "2026")
    with Image.open(BytesIO(cards.draw(told))) as drawn:
        levels = np.asarray(drawn.convert("L"))
    ground = levels[2, 600]
    assert (levels[:40] == ground)[:, 40:].all() and (levels[-24:] == ground)[:, 40:].all()
    assert (levels[:, -40:] == ground).all()


def test_a_card_stops_at_a_character_that_its_font_lacks():
    with pytest.raises(pictures.Unreadable, match="U\\+1F600"):
        cards.draw(cards.Card("", "\U0001f600"))


@pytest.mark.parametrize("code", paths.LANGUAGES)
def test_the_card_of_a_commitments_figure_says_its_newest_number_and_its_mark(code, speak):
    speak(code)
    site = structured.Site("Name", BASE, BASE, "P", code, "2026-01-01", "2026Q1")
    for found in plan.assessments().values():
        figure = {"id": found.commitment["commitment_id"], "publishers": ["Bureau"]}
        own = social.of_page(site, ABOUT, figure, True)
        assert own.mark == words.mark_word(
            "to_date", found.to_date.mark, provisional=bool(found.to_date.provisional)
        )
        shared = social.of_page(site, ABOUT, figure, False)
        assert not (shared.mark or shared.number or shared.source), "it would be said under another's name"
        if found.to_date.latest is None:
            assert not own.number
        elif found.commitment["relation"] != "gt_benchmark":
            printed = found.series[found.series["period"] == found.to_date.latest.period]["printed"].iloc[-1]
            digits = re.sub(r"[^0-9]", "", printed).rstrip("0")
            assert digits in re.sub(r"[^0-9]", "", own.number) and own.when


def test_a_file_that_is_no_png_has_no_size():
    with pytest.raises(ValueError, match="PNG"):
        cards.size_of(b"<svg/>")


@pytest.mark.parametrize("code", paths.LANGUAGES)
def test_the_site_and_its_pages_agree_on_addresses(code):
    for here in ("index.html", "plan/tasks.html", "figures/a/index.html"):
        name = languages.prefix(code) + here
        assert languages.located(BASE, name) == languages.absolute(BASE, here, code)


NAMES = [
    "404.html",
    "data/index.html",
    "embed/a.html",
    "embed/2001Q1/a.html",
    "en/404.html",
    "en/data/index.html",
    "en/embed/a.html",
    "en/index.html",
    "index.html",
    "only/here.html",
    "search.html",
]


@pytest.fixture
def built(tmp_path):
    """A small site in both editions."""
    for name in NAMES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('<a href="index.html">x</a><script src="assets/a.js"></script>')
    sitemap.write(tmp_path, BASE, "2001-03-04")
    return tmp_path


def test_the_sitemap_lists_what_readers_should_find_and_nothing_else(built):
    root = ElementTree.parse(built / "sitemap.xml")
    assert [one.text for one in root.findall("s:url/s:loc", MAP)] == [
        f"{BASE}data/",
        f"{BASE}en/data/",
        f"{BASE}en/",
        BASE,
        f"{BASE}only/here.html",
    ]
    assert {one.text for one in root.findall("s:url/s:lastmod", MAP)} == {"2001-03-04"}


def test_the_sitemap_names_the_other_edition_where_there_is_one(built):
    root = ElementTree.parse(built / "sitemap.xml")
    links = {
        url.find("s:loc", MAP).text: {
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", MAP)
        }
        for url in root.findall("s:url", MAP)
    }
    both = {"zh-CN": f"{BASE}data/", "en": f"{BASE}en/data/"}
    assert links[f"{BASE}data/"] == links[f"{BASE}en/data/"] == both
    assert links[f"{BASE}only/here.html"] == {"zh-CN": f"{BASE}only/here.html"}


def test_robots_are_told_where_the_sitemap_is(built):
    assert f"Sitemap: {BASE}sitemap.xml" in (built / "robots.txt").read_text(encoding="utf-8")


def test_the_page_for_lost_readers_leads_home_from_any_depth(built):
    chinese, english = ((built / name).read_text(encoding="utf-8") for name in ("404.html", "en/404.html"))
    assert 'href="/under/index.html"' in chinese and 'src="/under/assets/a.js"' in chinese
    assert 'href="/under/en/index.html"' in english
    assert 'href="index.html"' in (built / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "kept",
    ['href="#main"', 'href="/a"', 'href="https://a.example/b"', 'content="a/b"', 'href="mailto:a@b.example"'],
)
def test_what_holds_anywhere_is_left_as_it_is(kept):
    assert sitemap.rooted(f"<a {kept}>", "404.html", BASE) == f"<a {kept}>"


def test_the_base_address_is_the_one_of_the_settings_and_ends_with_a_slash(tmp_path, monkeypatch):
    assert sitemap.base().startswith("http") and sitemap.base().endswith("/")
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    (tmp_path / "_config.yml").write_text("html: {baseurl: report.example}")
    with pytest.raises(ValueError, match="report.example"):
        sitemap.base()
