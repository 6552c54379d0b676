"""Tests of the pages as a browser shows them: to eyes, to screen readers, to keyboards, on paper.

They need the system's Chromium; without one they are skipped, except where CI is set: there a
missing browser is a failure, because nothing would have been looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache as remember
from pathlib import Path

import browser
import pytest

from shuangbei import languages

NARROWEST = 320
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


@remember
def axe_source() -> str:
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


# To compare colours takes longest, so it is asked apart, and of each kind of text once.
NO_CONTRAST = """async () => (await axe.run(document,
    {rules: {'color-contrast': {enabled: false}}, resultTypes: ['violations']}))
  .violations.map(one => `${one.id} ${one.nodes[0].html.slice(0, 160)}`)"""
# Texts that have the same names from the top of the page down to them, the same colours below them and
# the same type are of one kind.
CONTRAST = """async (judged) => {
  const known = new Set(judged), above = new Map([[document.documentElement, '']]), kinds = new Map();
  const ground = (one) => {
    if (!above.has(one)) {
      const style = getComputedStyle(one);
      above.set(one, `${ground(one.parentElement)}>${one.localName}.${[...one.classList].join('.')}`
        + `${style.backgroundColor}${style.backgroundImage.slice(0, 20)}${style.opacity}`);
    }
    return above.get(one);
  };
  for (const one of document.body.querySelectorAll('*')) {
    const says = [...one.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!says || !one.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})) continue;
    const {color, fill, fontSize, fontWeight} = getComputedStyle(one);
    const kind = `${ground(one)} ${color} ${fill} ${fontSize} ${fontWeight}`;
    const alike = kinds.get(kind) ?? kinds.set(kind, []).get(kind);
    if (!known.has(kind) && alike.length < 4) alike.push(one);
  }
  const asked = [...kinds.values()].flat();
  if (!asked.length) return {wrong: [], judged: []};
  const found = await axe.run({include: asked},
    {runOnly: {type: 'rule', values: ['color-contrast']}, resultTypes: ['violations']});
  return {wrong: found.violations.flatMap(rule => rule.nodes)
      .map(node => `color-contrast ${node.html.slice(0, 160)}`), judged: [...kinds.keys()]};
}"""


@dataclass
class Seen:
    """What was found on the pages of an edition: by page, and what was asked of other hosts."""

    wrong: dict[str, list[str]] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)
    wide: dict[str, int] = field(default_factory=dict)
    elsewhere: list[str] = field(default_factory=list)
    judged: dict[str, set[str]] = field(default_factory=lambda: {"light": set(), "dark": set()})


def contrast(page, seen: Seen) -> list[str]:
    """Texts of a page that stand out too little, in light and in dark; kinds judged before are left out."""
    wrong = []
    for scheme, judged in seen.judged.items():
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate(CONTRAST, sorted(judged))
        judged.update(found["judged"])
        wrong += [f"{scheme}: {one}" for one in found["wrong"]]
    page.emulate_media(color_scheme="light")
    return wrong


def sized(page, width: str):
    """The page at a phone's or a desk's width."""
    wide, high = WIDTHS[width]
    page.set_viewport_size({"width": wide, "height": high})
    return page


def look(page, name: str, seen: Seen, on_a_phone: bool) -> None:
    """Look at an open page at all widths; what is wrong goes to ``seen``."""
    needed = page.evaluate("document.documentElement.scrollWidth")
    if needed > NARROWEST:
        seen.wide[name] = needed
    page.evaluate(axe_source())
    found = []
    if on_a_phone:
        found += [f"phone: {one}" for one in sized(page, "phone").evaluate(NO_CONTRAST)]
    found += sized(page, "desk").evaluate(NO_CONTRAST) + contrast(page, seen)
    if found:
        seen.wrong[name] = [" ".join(one.split()) for one in found]


def of_every_kind(site: Path, edition: str) -> set[str]:
    """Pages that between them have every kind of part, that is every class of the style sheet in use."""
    marked = re.compile(r'<([\w-]+)\b[^>]*?\bclass="([^"]*)"')
    parts = {
        name: set(marked.findall((site / name).read_text(encoding="utf-8")))
        for name in addresses(site, edition)
    }
    left, chosen = set().union(*parts.values()), {f"{edition}{name}" for name in KEY_PAGES}
    left -= set().union(*(parts[name] for name in chosen))
    while left:
        best = max(sorted(parts), key=lambda name: len(parts[name] & left))
        chosen.add(best)
        left -= parts[best]
    return chosen


@pytest.fixture(scope="module")
def visited(chromium, address, site):
    """``visited(edition)``: every page opened once, at the narrowest width, then widened."""

    @remember
    def visit(edition: str) -> Seen:
        seen, phone = Seen(), of_every_kind(site, edition)
        page = page_of(chromium, "phone", color_scheme="light")
        page.on(
            "request",
            lambda asked: seen.elsewhere.append(asked.url) if not asked.url.startswith(address) else None,
        )
        for name in addresses(site, edition):
            page.wrong.clear()
            page.set_viewport_size({"width": NARROWEST, "height": 600})
            page.goto(f"{address}/{name}")
            look(page, name, seen, name in phone)
            said = [one for one in page.wrong if not name.endswith("404.html") or "404" not in one]
            if said:
                seen.said[name] = said
        page.context.close()
        return seen

    return visit


@EDITIONS
def test_axe_finds_nothing_wrong_and_every_text_stands_out_in_light_and_dark(visited, edition):
    seen = visited(edition)
    assert not seen.wrong
    assert all(len(judged) > 100 for judged in seen.judged.values())


@EDITIONS
def test_the_console_stays_empty_and_nothing_is_asked_of_another_host(visited, edition):
    assert not visited(edition).said
    assert not visited(edition).elsewhere


@EDITIONS
def test_no_page_needs_scrolling_sideways_on_the_narrowest_screen(visited, edition):
    assert not visited(edition).wide


FAULTY = """<!doctype html><html lang="en"><title>x</title><main><h1>A heading</h1><p class="dim">Too pale</p>
<p class="dim">as pale</p><img src="x.png" width="900" height="9"></main><style>.dim {color: #bbb} body {color: #000}
@media (prefers-color-scheme: dark) {h1 {color: #eee}}</style>"""


def test_faults_of_each_kind_are_seen(chromium):
    page, seen = page_of(chromium, "phone", color_scheme="light"), Seen()
    page.set_viewport_size({"width": NARROWEST, "height": 600})
    page.set_content(FAULTY)
    look(page, "faulty", seen, on_a_phone=True)
    page.context.close()
    assert seen.wide["faulty"] > 900
    found = [re.sub(r"(<\w+).*", r"\1", one) for one in seen.wrong["faulty"]]
    assert {"phone: image-alt <img", "image-alt <img", "light: color-contrast <p"} <= set(found)
    assert found.count("light: color-contrast <p") == 2 and "dark: color-contrast <h1" in found


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
