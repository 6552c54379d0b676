"""Tests of pages on paper, and of tables that are taken into another program."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from pypdf import PdfReader

from shuangbei import languages, paths

# One page of every kind.
PAGES = [
    "index.html",
    "method.html",
    "plan/matrix.html",
    "plan/tasks.html",
    "districts/league.html",
    "districts/map.html",
    "districts/yongchuan.html",
    "progress/technology-contracts.html",
    "data/sources.html",
    "data/clues.html",
    "figures/tech-contracts-2027/index.html",
]
# Text of a page that is for screens only, or drawn as a picture, has no place in this.
_HEADS = (
    "[...document.querySelectorAll('main th')].filter(one => one.checkVisibility()).map(one => one.innerText)"
)
_LANDSCAPE = ("plan/matrix.html", "districts/league.html")
_COPIED = """name => {
  const range = document.createRange();
  range.selectNode(document.querySelector(name));
  getSelection().removeAllRanges(); getSelection().addRange(range);
  return String(getSelection());
}"""


@pytest.fixture(scope="module")
def page(chromium):
    opened = chromium.new_page(viewport={"width": 1200, "height": 900})
    yield opened
    opened.close()


def letters(text: str) -> str:
    """Without blanks, hyphens of broken words, and the compatibility forms that fonts name signs by."""
    return re.sub(r"[\s\u00ad]", "", unicodedata.normalize("NFKC", text)).replace("\u2010", "-")


def is_in(wanted: str, text: str) -> bool:
    """Tell whether a text holds another one; fonts name some signs by radicals that stand for nothing else."""
    signs = (f"[{one}\u2e80-\u2eff]" if one.isalnum() else ".?" for one in letters(wanted))
    return re.search("".join(signs), text) is not None


def printed(page, address: str, name: str) -> tuple[list[str], PdfReader]:
    """Heads of the tables as a screen shows them, and the sheets that a printer is given."""
    assert page.goto(f"{address}/{name}").ok, name
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    heads = page.evaluate(_HEADS)
    content = page.pdf(prefer_css_page_size=True, print_background=False)
    page.emulate_media(media="screen")
    return heads, PdfReader(io.BytesIO(content))


@pytest.mark.parametrize(
    "name", [languages.prefix(code) + name for code in paths.LANGUAGES for name in PAGES]
)
def test_paper_holds_every_head_of_every_table_and_the_address_of_the_page(page, address, name):
    heads, sheets = printed(page, address, name)
    text = letters("".join(sheet.extract_text() for sheet in sheets.pages))
    assert not [head for head in heads if not is_in(head, text)]
    assert is_in(page.locator("h1").evaluate("one => one.firstChild.textContent"), text)
    assert is_in(page.locator("link[rel=canonical]").get_attribute("href"), text)


@pytest.mark.parametrize("code", paths.LANGUAGES)
def test_the_matrix_lies_on_wide_sheets_with_who_leads_as_black_as_who_is_responsible(page, address, code):
    name = f"{languages.prefix(code)}plan/matrix.html"
    _, sheets = printed(page, address, name)
    text = letters("".join(sheet.extract_text() for sheet in sheets.pages))
    for role in ("lead", "responsible"):
        cells = page.locator(f"table.matrix .role-{role}").all_inner_texts()
        assert text.count(letters(cells[0])) >= len(cells) > 0
    sizes = [(float(sheet.mediabox.width), float(sheet.mediabox.height)) for sheet in sheets.pages]
    assert [width > height for width, height in sizes].count(True) >= 1
    page.emulate_media(media="print")
    colours = {
        page.locator(f"table.matrix .role-{role}").first.evaluate("one => getComputedStyle(one).color")
        for role in ("lead", "responsible")
    }
    page.emulate_media(media="screen")
    assert colours == {"rgb(0, 0, 0)"}


@pytest.mark.parametrize("name", ["index.html", "en/index.html", "progress/high-tech-enterprises.html"])
def test_a_table_pasted_as_text_keeps_one_line_for_each_of_its_rows(page, address, name):
    page.goto(f"{address}/{name}")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    for place in range(page.locator("main table").count()):
        page.evaluate(
            "([at]) => document.querySelectorAll('main table')[at].setAttribute('data-copied', at)", [place]
        )
        wanted = f"[data-copied='{place}']"
        if not page.locator(wanted).evaluate("one => one.checkVisibility()"):
            continue
        rows = page.locator(f"{wanted} tr").count() + page.locator(f"{wanted} caption").count()
        copied = page.evaluate(_COPIED, wanted).strip("\n").split("\n")
        assert len([line for line in copied if line.strip()]) <= rows, copied[:8]


@pytest.mark.parametrize("code", paths.LANGUAGES)
def test_no_cell_of_a_table_is_taken_for_a_date_by_a_spreadsheet(page, address, code):
    for name in PAGES:
        assert page.goto(f"{address}/{languages.prefix(code)}{name}").ok, name
        cells = page.evaluate(
            "[...document.querySelectorAll('main :is(th, td)')].map(one => one.textContent.trim())"
        )
        assert not [cell for cell in cells if re.fullmatch(r"[0-9]{1,2}[-/][0-9]{1,2}", cell)], name


def test_every_table_that_a_page_offers_as_csv_begins_with_the_mark_of_utf8(site):
    linked = set()
    for path in site.rglob("*.html"):
        for target in re.findall(r'href="([^"]+\.csv)"', path.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                linked.add((path.parent / target).resolve())
    plain = site.resolve() / "data"
    # The package's own files are offered to programs, on the page of the data alone.
    for file in linked:
        of_package = file.is_relative_to(plain) and not file.is_relative_to(plain / "readers")
        assert of_package or file.read_bytes().startswith(b"\xef\xbb\xbf"), file.name
    assert len([file for file in linked if "readers" in file.parts]) > 50
