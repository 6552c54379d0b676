"""Tests of the built pages: every link answers, nothing comes from elsewhere, nothing is left over.

The pages are those of the first build of test_build.py, in both editions.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import os
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from functools import cache as remember
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from shuangbei import paths

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LOADED = (
    ("script", "src"),
    ("link", "href"),
    ("img", "src"),
    ("iframe", "src"),
    ("source", "srcset"),
    ("source", "src"),
    ("video", "src"),
    ("object", "data"),
)
# Pages that are no pages of the book: for readers who are lost, and for other people's pages.
SERVICE = re.compile(r"(en/)?(404|search)\.html|(en/)?(embed|figures)/.*")
# Pages made for districts, which the page of all districts leads to.
OF_DISTRICTS = re.compile(r"(en/)?districts/(?!index|map|league|publication).*")
LANGUAGES = {"zh": "zh-CN", "en": "en"}
# Links that name an address for machines and load nothing.
NAMED = {"canonical", "alternate"}


@remember
def soup(path: Path) -> BeautifulSoup:
    """A page, parsed once."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def pages(site: Path) -> dict[str, BeautifulSoup]:
    """Every page that readers are led to, by address."""
    found = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*.html"))}
    return {name: soup(path) for name, path in found.items()}


def read(site: Path) -> dict[str, BeautifulSoup]:
    """The pages of the book in both editions."""
    return {name: page for name, page in pages(site).items() if not SERVICE.fullmatch(name)}


def language(name: str) -> str:
    """The language of a page by its address."""
    return "en" if name.startswith("en/") else "zh"


@remember
def visible(path: Path) -> str:
    """The text that a reader sees or hears; names in a map are broken there, and said in full."""
    main = soup(path).find("main")
    broken = {id(text) for names in main.select(".map-names") for text in names.find_all(string=True)}
    texts = [
        text
        for text in main.find_all(string=True)
        if text.parent.name not in ("script", "style", "template") and id(text) not in broken
    ]
    return "\n".join(texts)


@remember
def anchors(path: Path) -> set[str]:
    """The places of a page that a link can lead to."""
    return {tag["id"] for tag in soup(path).find_all(id=True)}


def test_every_page_of_the_toc_stands_at_its_address(site):
    assert len(read(site)) > 60
    assert {
        "index.html",
        "plan/matrix.html",
        "progress/patents.html",
        "districts/map.html",
        "data/gaps.html",
        "method.html",
    } <= set(read(site))
    assert not [name for name in pages(site) if name.startswith(("book/", "notebooks/"))]


def test_every_link_anchor_and_asset_answers(site):
    dead = []
    for name, page in pages(site).items():
        links = [(tag.name, tag[key]) for tag, key in _links(page)]
        for kind, link in links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = _target(site, name, unquote(parts.path))
            if not target.is_file() or (
                parts.fragment
                and target.suffix == ".html"
                and (unquote(parts.fragment) not in anchors(target))
            ):
                dead.append((name, kind, link))
    assert not dead


def _target(site: Path, name: str, path: str) -> Path:
    """The file that a link of the page ``name`` leads to."""
    if not path:
        return site / name
    # Only the page for lost readers has addresses from the root: it is shown anywhere.
    base = site if path.startswith("/") else (site / name).parent
    found = Path(os.path.normpath(base / path.lstrip("/")))
    return found / "index.html" if found.is_dir() else found


def _links(page: BeautifulSoup):
    for kind, key in (*LOADED, ("a", "href"), ("form", "action")):
        for tag in page.find_all(kind, attrs={key: True}):
            if tag[key] not in ("#", ""):
                yield tag, key


def test_no_page_loads_anything_from_another_host(site):
    loaded = [
        (name, tag.get(key))
        for name, page in pages(site).items()
        for kind, key in LOADED
        for tag in page.find_all(kind, attrs={key: True})
        if not NAMED & set(tag.get("rel", []))
    ]
    assert len(loaded) > 1000
    assert not [(name, where) for name, where in loaded if re.match(r"(https?:)?//", where)]


def test_no_style_sheet_or_picture_loads_anything_from_another_host(site):
    for path in [*site.rglob("*.css"), *site.glob("figures/*/*.svg")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"url\([\"']?(https?:)?//|@import [\"'](https?:)?//|href=\"https?:", text), path


def test_no_page_names_a_service_that_stock_books_load_from(site):
    for name in pages(site):
        text = (site / name).read_text(encoding="utf-8").lower()
        assert not [
            word for word in ("thebe", "unpkg", "jsdelivr", "mathjax", "binder", "require.js") if word in text
        ], name


def test_every_page_says_what_language_it_is_in(site):
    for name, page in pages(site).items():
        assert page.html["lang"] == LANGUAGES[language(name)], name


def test_every_page_stands_in_both_editions_and_leads_to_its_twin(site):
    names = set(pages(site))
    chinese = {name for name in names if language(name) == "zh"}
    assert names == chinese | {f"en/{name}" for name in chinese}
    for name, page in read(site).items():
        link = page.select_one("header a.language")
        twin = name.removeprefix("en/") if language(name) == "en" else f"en/{name}"
        assert _target(site, name, link["href"]) == site / twin, name
        assert link["hreflang"] == link["lang"] == LANGUAGES[language(twin)]


def test_every_page_has_a_title_and_a_description_of_its_own(site):
    titles = [page.title.get_text() for page in read(site).values()]
    assert len(set(titles)) == len(titles)
    said = {}
    for name, page in read(site).items():
        found = page.find("meta", attrs={"name": "description"})
        assert found and bool(CHINESE.search(found["content"])) == (language(name) == "zh"), name
        said.setdefault(found["content"], []).append(name)
    assert not [names for names in said.values() if len(names) > 1]


def test_every_picture_has_words_and_a_size(site):
    seen = 0
    for name, page in pages(site).items():
        for image in page.find_all("img"):
            seen += 1
            # In a list of links a picture repeats the words of its link.
            spoken = image.get("alt", "").strip() or image.find_parent("a")
            assert spoken, (name, image.get("src"))
            assert image.get("width", "").isdigit() and image.get("height", "").isdigit(), name
    assert seen > 20


def test_every_table_says_what_it_is_and_which_cells_are_heads(site):
    nameless, headless = [], []
    for name, page in read(site).items():
        for table in page.find_all("table"):
            first = table.find("th")
            caption = table.find("caption")
            said = (caption and caption.get_text(strip=True)) or table.get("aria-label")
            if not said:
                nameless.append((name, table.get_text(" ", strip=True)[:40]))
            if first is None or any(
                head.get("scope") not in ("col", "row", "colgroup", "rowgroup")
                for head in table.find_all("th")
            ):
                headless.append((name, said))
    assert not nameless
    assert not headless


def test_every_row_of_a_table_is_as_wide_as_its_head(site):
    for name, page in read(site).items():
        for table in page.select("table"):
            widths = {
                sum(int(cell.get("colspan", 1)) for cell in row.find_all(["th", "td"]))
                for row in table.find_all("tr")
            }
            assert len(widths) == 1, (name, table.get_text(" ", strip=True)[:40])


def test_nothing_is_left_over_where_a_value_should_stand(site):
    left = re.compile(
        r"\bNaN\b|\bnan\b|<NA>|\bNaT\b|Traceback|\{glue|\{code-cell|"
        r"\{plan-|::\w+:|\binf\b|undefined|\[\[|\{\{|[{｛]\w*[}｝]`|:tags:"
    )
    found = [(name, hit.group()) for name in read(site) for hit in left.finditer(visible(site / name))]
    assert not found
    # In English "None" may begin a sentence, but is never all that a cell says.
    assert not [
        name
        for name, page in read(site).items()
        if (language(name) == "zh" and re.search(r"\bNone\b", visible(site / name)))
        or any(cell.get_text(strip=True) == "None" for cell in page.select("td"))
    ]
    assert not [name for name in read(site) if re.search("[{`]", _prose(site / name))]


@remember
def _prose(path: Path) -> str:
    page = soup(path)
    code = {id(text) for tag in page.find_all(["code", "pre"]) for text in tag.find_all(string=True)}
    return "\n".join(
        text
        for text in page.find("main").find_all(string=True)
        if id(text) not in code and text.parent.name not in ("script", "style")
    )


def test_no_minus_zero_and_no_floating_point_noise_is_shown(site):
    noise = re.compile(r"[-−]0(?:\.0+)?(?![\d.])|\d\.\d{6,}|\de[-+]\d\d")
    assert not [(name, hit.group()) for name in read(site) for hit in noise.finditer(_prose(site / name))]


def test_headings_run_in_order_from_one_title(site):
    for name, page in read(site).items():
        levels = [int(head.name[1]) for head in page.find("main").find_all(re.compile("^h[1-6]$"))]
        assert levels[0] == 1 and levels.count(1) == 1, name
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), (name, levels)


def test_no_anchor_stands_twice_on_a_page(site):
    for name, page in pages(site).items():
        names = Counter(tag["id"] for tag in page.find_all(id=True))
        assert not {one for one, times in names.items() if times > 1}, name


def test_every_commitment_has_its_anchor_on_its_page_with_its_card_below(site):
    text = (paths.ROOT / "data" / "commitments.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 28
    for row in rows:
        page = pages(site)[f"progress/{row['chapter']}.html"]
        place = page.find(id=row["commitment_id"])
        assert place is not None, row["commitment_id"]
        card = place.find_next(class_="commitment-card")
        assert row["name_zh"] in card.find("caption").get_text()
        assert len(card.select("tbody tr")) == 3
        english = pages(site)[f"en/progress/{row['chapter']}.html"]
        card = english.find(id=row["commitment_id"]).find_next(class_="commitment-card")
        assert row["name_en"] in card.find("caption").get_text()


def test_the_marks_of_a_card_are_those_of_status_json(site):
    codes = (paths.ROOT / "data" / "marks.csv").read_text(encoding="utf-8")
    words = {(row["mark"], row["code"]): row["name_zh"] for row in csv.DictReader(io.StringIO(codes))}
    text = (paths.ROOT / "data" / "commitments.csv").read_text(encoding="utf-8")
    chapter = {row["commitment_id"]: row["chapter"] for row in csv.DictReader(io.StringIO(text))}
    for entry in json.loads((site / "data" / "status.json").read_text(encoding="utf-8")):
        page = pages(site)[f"progress/{chapter[entry['commitment_id']]}.html"]
        card = page.find(id=entry["commitment_id"]).find_next(class_="commitment-card")
        shown = [word.get_text() for word in card.select(".verdict-word")]
        doubts = ("provisional", "milestone_provisional", "outlook_provisional")
        assert shown == [
            words[mark, entry[mark]] + "（暂定）" * bool(entry[doubt])
            for mark, doubt in zip(("to_date", "milestone", "outlook"), doubts, strict=True)
        ]


def folders(edition: Path) -> dict[str, Path]:
    """The folders of an edition's figures by their ids."""
    return {path.name: path for path in sorted((edition / "figures").iterdir()) if path.is_dir()}


def test_every_figure_has_both_pictures_with_words_as_text_in_its_language(site):
    found = {**folders(site), **{f"en/{name}": one for name, one in folders(site / "en").items()}}
    assert len(found) > 50
    for name, folder in found.items():
        assert {path.name for path in folder.iterdir()} >= {"wide.svg", "narrow.svg"}
        for form in ("wide", "narrow"):
            root = ElementTree.parse(folder / f"{form}.svg").getroot()
            texts = [node.text or "" for node in root.iter("{http://www.w3.org/2000/svg}text")]
            assert bool(CHINESE.search("".join(texts))) == (language(name) == "zh"), (name, form)
            assert not {"null", "NaN", "undefined", "nan"} & set(texts), (folder.name, form)


def test_every_figure_of_a_page_has_caption_table_and_the_size_of_its_picture(site):
    seen = set()
    for name, page in read(site).items():
        for figure in page.select("figure.report-figure"):
            image, source = figure.find("img"), figure.find("source")
            seen.add(figure["id"].removeprefix("fig-"))
            assert figure.find("figcaption").get_text(strip=True)
            assert figure.select("details table caption")
            for tag, key in ((image, "src"), (source, "srcset")):
                picture = (site / name).parent / tag[key].removesuffix("#scheme")
                head = picture.read_text(encoding="utf-8").partition(">")[0]
                size = [round(float(n)) for n in re.findall(r' (?:width|height)="([\d.]+)"', head)]
                assert sorted(size) == sorted([int(tag["width"]), int(tag["height"])]), figure["id"]
    assert seen == set(folders(site)) == set(folders(site / "en"))


def test_a_narrow_picture_fits_a_phone(site):
    for folder in [*folders(site).values(), *folders(site / "en").values()]:
        head = (folder / "narrow.svg").read_text(encoding="utf-8").partition(">")[0]
        assert float(re.search(r' width="([\d.]+)"', head)[1]) <= 360, folder.name


def test_no_file_knows_where_it_was_built(site, first_build):
    marks = [str(first_build.root), str(paths.ROOT), first_build.root.name, str(Path.home()) + "/"]
    marks = [mark.encode() for mark in marks if len(mark) > 3]
    for path in site.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not [mark for mark in marks if mark in content], path


def test_nothing_of_the_workbench_is_published(site):
    names = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    assert not [
        name
        for name in names
        if re.search(
            r"\.(py|pyc|ipynb|doctree|buildinfo|md|log)$|(^|/)(_sources|reports|jupyter_execute)/|"
            r"objects\.inv$",
            name,
        )
    ]


def test_the_contents_name_every_page_of_the_book(site):
    for home in ("index.html", "en/index.html"):
        page = pages(site)[home]
        own = {
            name
            for name in read(site)
            if language(name) == language(home) and not OF_DISTRICTS.fullmatch(name)
        }
        for nav in (page.select_one("nav.map"), page.select_one("nav.thumb")):
            listed = {
                _target(site, home, link["href"]).relative_to(site).as_posix()
                for link in nav.select("a[href]")
            }
            assert own - {home} <= listed


def test_the_page_of_all_districts_leads_to_every_page_of_one_and_to_every_indicator(site):
    for prefix in ("", "en/"):
        home = f"{prefix}districts/index.html"
        listed = {
            _target(site, home, link["href"]).relative_to(site).as_posix()
            for link in pages(site)[home].select("main a[href]")
            if not link["href"].startswith("http")
        }
        made = {
            name for name in read(site) if OF_DISTRICTS.fullmatch(name) and name.startswith(prefix or "d")
        }
        profiles = {name for name in made if "/atlas-" not in name}
        assert len(profiles) == 46 and profiles <= listed
        views = made - profiles
        first = {re.sub(r"-(newest|20\w+(-\d\d)?)-3[78]\.html", "", name) for name in views & listed}
        assert first == {re.sub(r"-(newest|20\w+(-\d\d)?)-3[78]\.html", "", name) for name in views}


def test_the_link_of_a_heading_is_no_part_of_its_name_and_no_stop_of_tab(site):
    seen = 0
    for name, page in read(site).items():
        for link in page.select("a.headerlink"):
            seen += 1
            assert (link["aria-hidden"], link["tabindex"]) == ("true", "-1"), name
            assert bool(CHINESE.search(link["title"])) == (language(name) == "zh"), name
    assert seen > 200


def test_no_column_of_notes_is_empty(site):
    for name, page in read(site).items():
        for table in page.select("table.data-table"):
            for at, head in enumerate(table.select("thead th")):
                if head.get_text(strip=True) in ("说明", "Note"):
                    cells = [row.find_all(["th", "td"])[at] for row in table.select("tbody tr")]
                    assert any(cell.get_text(strip=True) for cell in cells), (name, table.caption)


def test_a_title_with_kana_is_marked_as_japanese_and_nothing_else_is(site):
    for name, page in read(site).items():
        kana = [
            text
            for text in page.find("main").find_all(string=re.compile("[\u3041-\u30ff]"))
            if text.parent.name not in ("script", "style")
        ]
        assert not [text for text in kana if not text.find_parent(lang="ja")], name
        marked = [one.get_text() for one in page.select("[lang=ja]")]
        assert all(re.search("[\u3041-\u30ff]", text) for text in marked), name
    assert pages(site)["data/sources.html"].select("[lang=ja]")


def test_offices_stand_beside_the_notes_on_them_and_not_below(site):
    for name in ("plan/offices.html", "en/plan/offices.html"):
        assert {head.name for head in pages(site)[name].select("[id^=office-]")} == {"h2"}


def test_the_marks_on_the_home_page_are_a_list_with_a_name(site):
    for name in ("index.html", "en/index.html"):
        assert "28" in pages(site)[name].select_one("ol.marks-strip")["aria-label"]


@pytest.mark.parametrize("folder", ["", "en/"])
@pytest.mark.parametrize("width", [320, 360, 400, 1280])
def test_the_table_of_regions_is_whole_on_every_screen(chromium, address, folder, width):
    opened = chromium.new_page(viewport={"width": width, "height": 780})
    opened.goto(f"{address}/{folder}index.html")
    frame = opened.locator(".places .table-scroll")
    assert frame.evaluate("one => one.scrollWidth - one.clientWidth") <= 0
    assert frame.get_attribute("tabindex") is None
    opened.close()


def test_a_table_is_a_stop_of_tab_only_while_it_scrolls(chromium, address):
    opened = chromium.new_page(viewport={"width": 360, "height": 780})
    opened.goto(f"{address}/data/gaps.html")
    frame = opened.locator(".table-scroll").first
    assert (frame.get_attribute("tabindex"), frame.get_attribute("role")) == ("0", "region")
    assert frame.get_attribute("aria-label")
    opened.set_viewport_size({"width": 2400, "height": 780})
    opened.wait_for_selector(".table-scroll:not([tabindex])")
    opened.goto(f"{address}/en/index.html")
    opened.set_viewport_size({"width": 320, "height": 780})
    opened.locator(".answer > details > summary").click()
    opened.wait_for_selector(".answer > details .table-scroll[role=region][tabindex='0']")
    opened.close()


def test_without_scripts_every_table_can_be_reached_by_tab(site):
    frames = [frame for page in read(site).values() for frame in page.select(".table-scroll")]
    assert len(frames) > 100
    assert all(frame["tabindex"] == "0" and frame["aria-label"] for frame in frames)


def test_a_link_to_a_row_of_a_closed_table_opens_and_shows_it(chromium, address):
    opened = chromium.new_page(viewport={"width": 1200, "height": 700})
    opened.goto(f"{address}/districts/map.html#area-500118")
    row = opened.locator("#area-500118")
    assert row.is_visible() and "永川区" in row.inner_text()
    opened.wait_for_function(
        "() => { const at = document.getElementById('area-500118').getBoundingClientRect();"
        " return at.top >= 0 && at.bottom <= innerHeight; }"
    )
    opened.close()


def test_paper_shows_no_triangles_and_repeats_the_head_of_a_table(chromium, address):
    opened = chromium.new_page()
    opened.emulate_media(media="print")
    opened.goto(f"{address}/progress/high-tech-enterprises.html")
    look = (
        "one => { const it = getComputedStyle(one); return [it.listStyleType, it.display, it.breakAfter]; }"
    )
    assert opened.locator("main summary").first.evaluate(look)[0] == "none"
    assert opened.locator("main thead").first.evaluate(look)[1:] == ["table-header-group", "avoid"]
    opened.close()


def test_pages_of_paper_are_numbered(site):
    sheet = "".join(path.read_text(encoding="utf-8") for path in site.glob("assets/report.*.css"))
    assert re.search(r"@page[^}]*@bottom-center[^}]*counter\(page\)", sheet)
