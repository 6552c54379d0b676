"""Tests of pages for who goes by keys, enlarges pages or chooses colours of their own, in a browser.

They need the system's Chromium; without one they are skipped, except where CI is set.
"""

from __future__ import annotations

import pytest
from coloraide import Color

PAGES = (
    "index.html",
    "plan/matrix.html",
    "districts/index.html",
    "progress/technology-contracts.html",
    "districts/yongchuan.html",
)
# A phone, a desk, and a desk at 400 %.
SCREENS = ((390, 664), (1280, 800), (320, 256))
# From so many places of a page Tab is pressed so many times.
STARTS, STEPS = 4, 12
# Focuses the stop at which a stretch of Tab begins: every page is looked at here and there.
BEGIN = """part => { const stops = [...document.querySelectorAll(
    'a[href], button, input, summary, textarea, select, [tabindex="0"]')]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled && one.tabIndex >= 0);
  stops[Math.floor(part * (stops.length - 1))].focus(); return stops.length; }"""
# How much of what has the focus is seen: in a grid of points, those that show it; and whether a
# bar lies over one of them.
SEEN = """() => { const one = document.activeElement;
  if (!one || one === document.body) return null;
  const points = [...one.getClientRects()].filter(box => box.width && box.height).flatMap(box =>
    [0.1, 0.3, 0.5, 0.7, 0.9].flatMap(x => [0.1, 0.5, 0.9].map(y =>
      document.elementFromPoint(box.left + x * box.width, box.top + y * box.height))));
  const bar = '.thumb, .practice-banner, .atlas-told';
  const over = points.filter(at => at && at.closest(bar) && !at.closest(bar).contains(one));
  return {seen: points.filter(at => at && (one.contains(at) || at === one.parentElement)).length,
    covered: over.length, html: one.outerHTML.slice(0, 120)}; }"""


def opened(chromium, where: str, width: int, height: int, **options):
    # What glides into view would be looked at before it is there.
    context = chromium.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce", **options
    )
    page = context.new_page()
    go(page, where)
    return page


def go(page, where: str) -> None:
    """Open an address, and wait for the script of an atlas."""
    page.goto(where)
    page.wait_for_function("![...document.querySelectorAll('.atlas')].some(one => !one.dataset.form)")


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_what_has_the_focus_is_never_behind_a_bar(chromium, address, width, height):
    hidden, looked = [], 0
    page = opened(chromium, f"{address}/index.html", width, height)
    for name in PAGES:
        go(page, f"{address}/{name}")
        for start in range(STARTS):
            page.evaluate(BEGIN, start / STARTS)
            for _ in range(STEPS):
                page.keyboard.press("Tab")
                found = page.evaluate(SEEN)
                if found is None:
                    break
                looked += 1
                if not found["seen"] or found["covered"]:
                    hidden.append((name, start, found))
    page.context.close()
    assert not hidden
    assert looked > 0.9 * len(PAGES) * STARTS * STEPS


# Height of what stays in sight while the page is scrolled, as a part of the screen.
STAYING = """async () => { scrollTo(0, document.documentElement.scrollHeight / 2);
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  return [...document.querySelectorAll('body *')].filter(one => {
    const {position} = getComputedStyle(one), box = one.getBoundingClientRect();
    return position === 'fixed' && box.width > innerWidth / 2 && box.height && box.top < innerHeight
      || position === 'sticky' && one.matches('.practice-banner, .atlas-told');
  }).reduce((sum, one) => sum + one.getBoundingClientRect().height, 0) / innerHeight; }"""


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_bars_take_less_than_a_fifth_of_any_screen_and_nothing_of_a_low_one(chromium, address, width, height):
    page = opened(chromium, f"{address}/index.html", width, height)
    for name in PAGES:
        page.goto(f"{address}/{name}")
        part = page.evaluate(STAYING)
        assert part < 0.2 and (height > 400 or not part), name
    page.context.close()


def test_the_menu_opens_where_the_bar_is_part_of_a_low_page(chromium, address):
    page = opened(chromium, f"{address}/index.html", 320, 256)
    page.locator(".thumb summary").click()
    assert page.locator(".sheet").bounding_box()["width"] > 300
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.context.close()


# What is looked at: the first of each, its colours, and what is asked of it beside those of others.
LOOK = """selector => [...document.querySelectorAll(selector)].filter(one => one.checkVisibility()).map(one => {
  const {color, backgroundColor, borderBottomColor, borderTopWidth} = getComputedStyle(one);
  return {color, background: backgroundColor, line: borderBottomColor, edge: parseFloat(borderTopWidth)};})"""


def contrast(one: str, other: str) -> float:
    """Contrast of two colours as a browser states them, rgb(r, g, b)."""
    lights = sorted(Color(text).luminance() for text in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.fixture(params=["light", "dark"])
def forced(chromium, address, request):
    """A page where colours are the reader's, and the theme that was kept is the other one."""
    page = opened(
        chromium, f"{address}/method.html", 1280, 900, forced_colors="active", color_scheme=request.param
    )
    other = {"light": "dark", "dark": "light"}[request.param]
    page.evaluate(f"localStorage.setItem('theme', '{other}')")
    yield page
    page.context.close()


@pytest.mark.parametrize(
    ("name", "chosen", "others"),
    [
        ("districts/index.html", ".atlas-row [aria-current]", ".atlas-row a:not([aria-current])"),
        ("districts/index.html", ".sections [aria-current]", ".sections a:not([aria-current])"),
        (
            "progress/technology-contracts.html",
            ".figure-actions [aria-pressed=true]",
            ".figure-actions a",
        ),
    ],
)
def test_in_forced_colours_what_is_chosen_looks_unlike_the_others(forced, address, name, chosen, others):
    forced.goto(f"{address}/{name}")
    forced.evaluate(
        "document.querySelectorAll('.figure-actions [aria-pressed]')[0]?.setAttribute('aria-pressed', 'true')"
    )
    own, rest = (forced.evaluate(LOOK, selector) for selector in (chosen, others))
    assert own and rest
    assert {one["background"] for one in own}.isdisjoint(one["background"] for one in rest)
    assert all(contrast(one["color"], one["background"]) >= 4.5 for one in own)


def test_in_forced_colours_fields_have_edges_and_only_the_open_section_a_line(forced, address):
    forced.goto(f"{address}/search.html")
    paper = forced.evaluate(LOOK, "body")[0]["background"]
    for one in forced.evaluate(LOOK, "input[type=search], form button"):
        assert one["edge"] >= 1 and one["line"] != paper
    forced.goto(f"{address}/districts/index.html")
    assert {one["line"] for one in forced.evaluate(LOOK, ".sections a:not([aria-current])")} == {paper}


def test_in_forced_colours_marks_are_read_whatever_theme_was_kept(forced, address):
    forced.goto(f"{address}/index.html")
    paper = forced.evaluate(LOOK, "body")[0]["background"]
    marks = forced.evaluate(LOOK, ".verdict, .verdict-shape")
    assert len(marks) > 28
    assert min(contrast(one["color"], paper) for one in marks) >= 4.5
    assert not forced.locator(".theme-switch").is_visible()
