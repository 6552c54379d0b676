"""Tests of the pages as a browser shows them: to eyes, to screen readers, to keyboards, on paper.

They need the system's Chromium; without one they are skipped, except where CI is set: there a
missing browser is a failure, because nothing would have been looked at.
"""

from __future__ import annotations

import re
from pathlib import Path

import browser
import pytest

from shuangbei import languages

WIDTHS = {"phone": (360, 780), "desk": (1280, 900)}
EDITIONS = pytest.mark.parametrize("edition", ["", "en/"], ids=["zh", "en"])
# Every page of the book, and of the pages made for figures and districts some of each kind.
SAMPLED = re.compile(
    r"(en/)?figures/((tech-contracts-2027|district-tiers|industry-shares)/)?index\.html|"
    r"(en/)?embed/(tech-contracts-2027|district-tiers)\.html|"
    r"(en/)?districts/(yongchuan|beibei|jiangbei|liangjiang|wansheng|atlas-rd-intensity-newest-38)"
    r"\.html"
)
MADE = re.compile(r"(en/)?(figures|embed)/|(en/)?districts/(?!index|map|league|publication)")
KEY_PAGES = (
    "index.html",
    "progress/technology-contracts.html",
    "plan/matrix.html",
    "search.html",
    "districts/index.html",
    "districts/yongchuan.html",
)
# Between them they have every kind of part; its dark colours are the same on every page.
COLOURED = {
    *KEY_PAGES,
    "404.html",
    "data/index.html",
    "data/sources.html",
    "data/datalog.html",
    "districts/league.html",
    "districts/map.html",
    "districts/publication.html",
    "plan/glossary.html",
    "plan/offices.html",
    "plan/tasks.html",
    "progress/leading-firms.html",
    "progress/regions.html",
    "districts/beibei.html",
    "figures/tech-contracts-2027/index.html",
    "staff.html",
}
SHIFTS = """() => new Promise(done => { let sum = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; })
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 400); })"""


def addresses(site: Path, edition: str) -> list[str]:
    """Pages of an edition that are looked at, relative to the site."""
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    own = [name for name in names if name.startswith("en/") == bool(edition)]
    return [name for name in own if not MADE.match(name) or SAMPLED.fullmatch(name)]


def page_of(chromium, width: str, **options):
    """A new page of a phone's or a desk's width, with a list of what went wrong on it."""
    wide, high = WIDTHS[width]
    context = chromium.new_context(viewport={"width": wide, "height": high}, **options)
    page = context.new_page()
    page.wrong = []
    page.on(
        "console", lambda said: page.wrong.append(said.text) if said.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    return page


def axe_source() -> str:
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


ALL_RULES = "{}"
CONTRAST = "{runOnly: {type: 'rule', values: ['color-contrast']}}"
NO_CONTRAST = "{rules: {'color-contrast': {enabled: false}}}"


def violations(page, rules: str) -> list[str]:
    """What axe finds wrong on a page: rule and the first place."""
    found = page.evaluate(
        f"axe.run(document, Object.assign({rules}, {{resultTypes: ['violations']}}))"
        ".then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html.slice(0, 160)))"
    )
    return [" ".join(one.split()) for one in found]


@EDITIONS
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_wrong_and_the_console_stays_empty(chromium, address, site, edition, width):
    assert set(addresses(site, "")) >= COLOURED
    page, axe, wrong = page_of(chromium, width), axe_source(), {}
    elsewhere = []
    page.on(
        "request", lambda asked: elsewhere.append(asked.url) if not asked.url.startswith(address) else None
    )
    for name in addresses(site, edition):
        page.wrong.clear()
        page.emulate_media(color_scheme="light")
        page.goto(f"{address}/{name}")
        page.evaluate(axe)
        if width == "desk" and not edition:
            found = violations(page, ALL_RULES)
            if name in COLOURED:
                page.emulate_media(color_scheme="dark")
                found += [f"dark {one}" for one in violations(page, CONTRAST)]
        else:  # colours are the same on a phone and in English, and to compare them takes longest
            found = violations(page, NO_CONTRAST)
        found += [one for one in page.wrong if name.endswith("404.html") is False or "404" not in one]
        if found:
            wrong[name] = found
    page.context.close()
    assert not wrong
    assert not elsewhere


@EDITIONS
def test_no_page_needs_scrolling_sideways_on_the_narrowest_screen(chromium, address, site, edition):
    page = page_of(chromium, "phone")
    page.set_viewport_size({"width": 320, "height": 600})
    wide = {}
    for name in addresses(site, edition):
        page.goto(f"{address}/{name}")
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > 320:
            wide[name] = needed
    page.context.close()
    assert not wide


@EDITIONS
def test_nothing_moves_while_a_page_arrives_in_pieces(chromium, site, edition):
    with browser.server(site, languages.POLICY, pause=0.02) as slow:
        for width in WIDTHS:
            page = page_of(chromium, width)
            for name in KEY_PAGES:
                page.goto(f"{slow}/{edition}{name}")
                assert page.evaluate(SHIFTS) == 0, (width, name)
            page.context.close()


@EDITIONS
def test_without_scripts_every_word_number_and_picture_is_there(chromium, address, edition):
    with_scripts, without = page_of(chromium, "desk"), page_of(chromium, "desk", java_script_enabled=False)
    for name in KEY_PAGES[:3]:
        texts = []
        for page in (with_scripts, without):
            page.goto(f"{address}/{edition}{name}")
            text = page.locator("main").inner_text()
            texts.append({line for line in text.splitlines() if line.strip()})
        assert len(texts[1]) > 20
        only = texts[0] - texts[1]
        assert not [line for line in only if re.search(r"\d{3}", line)], name
        pictures = without.locator("main img")
        for number in range(pictures.count()):
            pictures.nth(number).scroll_into_view_if_needed()
            assert pictures.nth(number).bounding_box()["height"] > 60
    for page in (with_scripts, without):
        page.context.close()


REACHABLE = """() => [...document.querySelectorAll(
    'a[href], button, input, summary, textarea, select, [tabindex="0"]')]
  .filter(one => one.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})
    && one.getClientRects().length && !one.disabled && one.tabIndex >= 0).length"""
FOCUSED = """() => { const one = document.activeElement;
  if (!one || one === document.body) return null;
  one.dataset.seen = '1';
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  return {shown: parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none',
          size: box.width * box.height, html: one.outerHTML.slice(0, 120)}; }"""


@EDITIONS
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["index.html", "progress/technology-contracts.html"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(chromium, address, edition, width, name):
    page = page_of(chromium, width)
    page.goto(f"{address}/{edition}{name}")
    wanted, unseen = page.evaluate(REACHABLE), []
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at is None:
            break
        if not at["shown"] or not at["size"]:
            unseen.append(at["html"])
    reached = page.evaluate("document.querySelectorAll('[data-seen]').length")
    page.context.close()
    assert not unseen
    assert reached >= wanted > 40


def test_the_first_key_leads_past_the_head_to_the_text(chromium, address):
    page = page_of(chromium, "desk")
    page.goto(f"{address}/method.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.context.close()


def test_the_choice_of_dark_or_light_is_kept_from_page_to_page(chromium, address):
    page = page_of(chromium, "desk", color_scheme="light")
    page.goto(f"{address}/index.html")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator(".theme-switch").click()
    page.goto(f"{address}/method.html")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert light == "rgb(255, 255, 255)" != dark
    assert page.locator(".theme-switch").get_attribute("aria-pressed") == "true"
    page.context.close()


def test_the_menu_of_the_phone_opens_without_scripts_and_closes_with_escape(chromium, address):
    plain = page_of(chromium, "phone", java_script_enabled=False)
    plain.goto(f"{address}/index.html")
    plain.locator(".thumb summary").click()
    assert plain.locator(".sheet a").first.is_visible()
    plain.context.close()
    page = page_of(chromium, "phone")
    page.goto(f"{address}/index.html")
    page.locator(".thumb summary").click()
    page.keyboard.press("Escape")
    assert not page.locator(".sheet a").first.is_visible()
    page.context.close()


def test_on_paper_there_is_no_navigation_but_every_table_and_the_addresses_of_links(chromium, address):
    page = page_of(chromium, "desk")
    page.goto(f"{address}/progress/technology-contracts.html")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for gone in (".sections", ".local", ".thumb", ".turn", ".masthead .search", ".figure-actions"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.locator("details.figure-data table").first.is_visible()
    link = page.locator("main p a[href*='districts/map']").first
    printed = link.evaluate("one => getComputedStyle(one, '::after').content")
    assert "/districts/map.html" in printed
    page.context.close()
