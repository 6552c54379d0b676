"""Tests of figures and maps in light and in dark, on paper and in frames, as a browser paints them.

They need the system's Chromium; without one they are skipped, except where CI is set.
"""

from __future__ import annotations

import zlib

import pytest
from coloraide import Color

CHAPTER = "progress/technology-contracts.html"
MAP, TIERS = "progress/regions.html", "district-tiers"
LIGHT, DARK = (255, 255, 255), (18, 24, 31)
# The colours that parts of a drawing are painted in.
PAINTED = """(query) => [...document.querySelectorAll(query)].map((one) => getComputedStyle(one).fill)"""


def pixel(page, x: float, y: float) -> tuple[int, ...]:
    """Colour of one point of the window: a PNG of one pixel, which no filter of lines changes."""
    png = page.screenshot(clip={"x": x, "y": y, "width": 1, "height": 1})
    place, packed = 8, b""
    while place < len(png):
        length, kind = int.from_bytes(png[place : place + 4]), png[place + 4 : place + 8]
        packed += png[place + 8 : place + 8 + length] if kind == b"IDAT" else b""
        place += length + 12
    return tuple(zlib.decompress(packed)[1:4])


def ground(page, query: str) -> tuple[int, ...]:
    """Colour of a picture just inside its upper left corner, once it has come."""
    found = page.locator(query).first
    found.scroll_into_view_if_needed()
    page.wait_for_function(
        "(q) => { const one = document.querySelector(q); return one.complete && one.naturalWidth }", arg=query
    )
    box = found.bounding_box()
    return pixel(page, round(box["x"]) + 8, round(box["y"]) + 8)


@pytest.fixture
def opened(chromium, address):
    """Open a page in a scheme of the system, and close all when the test is over."""
    contexts = []

    def open_(name: str, **options):
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{address}/{name}")
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize(("scheme", "colour"), [("light", LIGHT), ("dark", DARK)])
def test_a_figure_stands_on_the_ground_of_the_page_as_the_system_has_it(opened, scheme, colour, script):
    page = opened(CHAPTER, color_scheme=scheme, java_script_enabled=script)
    assert ground(page, ".report-figure img") == colour == pixel(page, 2, 450)


@pytest.mark.parametrize(("scheme", "colour"), [("light", DARK), ("dark", LIGHT)])
def test_a_figure_follows_the_switch_of_the_site_against_the_system(opened, scheme, colour):
    page = opened(CHAPTER, color_scheme=scheme)
    page.locator(".theme-switch").click()
    assert ground(page, ".report-figure img") == colour == pixel(page, 2, 450)


@pytest.mark.parametrize("chosen", [False, True], ids=["system", "switch"])
def test_figures_and_maps_are_light_on_paper(opened, chosen):
    page = opened(MAP, color_scheme="light" if chosen else "dark")
    if chosen:
        page.locator(".theme-switch").click()
    assert ground(page, ".report-figure img") == DARK
    page.emulate_media(media="print")
    assert ground(page, ".report-figure img") == LIGHT
    page.goto(page.url.replace(MAP, "districts/index.html"))
    fills = page.evaluate(PAINTED, ".map-units path[fill='#1f5d8c']")
    assert fills and set(fills) == {"rgb(31, 93, 140)"}


def test_a_picture_by_its_own_address_is_light_for_every_reader(opened):
    page = opened(f"figures/{TIERS}/wide.svg", color_scheme="dark")
    assert pixel(page, 2, 2) == LIGHT
    assert page.evaluate("document.querySelectorAll('text').length")


@pytest.mark.parametrize(
    ("asked", "colour"), [("", DARK), ("?theme=light", LIGHT), ("?theme=dark", DARK), ("?theme=x", DARK)]
)
def test_a_frame_follows_the_reader_unless_its_address_asks_for_a_scheme(opened, asked, colour):
    page = opened(f"embed/{TIERS}.html{asked}", color_scheme="dark")
    assert ground(page, "img") == colour == pixel(page, 2, 2)
    page.emulate_media(color_scheme="light")
    assert ground(page, "img") == (DARK if asked == "?theme=dark" else LIGHT)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["tech-contracts-2027", "rd-intensity-2027"])
def test_words_of_an_interactive_figure_can_be_read_in_both_schemes(opened, scheme, name):
    page = opened(f"figures/{name}/", color_scheme=scheme)
    page.locator("[data-figure-interactive]").first.click()
    page.wait_for_selector(".figure-live svg text")
    paper = page.evaluate("getComputedStyle(document.querySelector('.figure-live')).backgroundColor")
    own = page.evaluate("getComputedStyle(document.querySelector('.figure-live svg')).backgroundColor")
    assert paper == f"rgb{LIGHT if scheme == 'light' else DARK}" and own == "rgba(0, 0, 0, 0)"
    words = set(page.evaluate(PAINTED, ".figure-live svg text"))
    assert words
    for colour in words:
        assert Color(colour).contrast(Color(paper), method="wcag21") >= 4.5, colour


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_forced_colours_a_map_keeps_its_ground_its_classes_and_its_words_together(opened, scheme):
    plain, forced = (
        opened("districts/index.html", color_scheme=scheme, forced_colors=how) for how in ("none", "active")
    )
    for query in (".map-plane .map-names text", ".map-units path[fill^='#']"):
        assert plain.evaluate(PAINTED, query) == forced.evaluate(PAINTED, query)
    grounds = [
        page.evaluate("getComputedStyle(document.querySelector('.map-plane')).backgroundColor")
        for page in (plain, forced)
    ]
    assert grounds == [f"rgb{LIGHT if scheme == 'light' else DARK}"] * 2
