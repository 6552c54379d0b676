"""Tests of the site as it is when a reader opens it from a disk, by a double click on index.html.

A browser then refuses modules and fetch, and shows the listing of a folder in the place of its page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from urllib.parse import unquote

import pytest

NAMED = re.compile(r'\b(?:href|src|srcset|action)="(?![a-z]+:|//|#)([^"#?]*)')
CONTRACTS, MAP = "tech-contracts-2027", "district-tiers"
EDITIONS = pytest.mark.parametrize("edition", ["", "en/"], ids=["zh", "en"])


def test_every_relative_address_of_a_page_is_that_of_a_file(site):
    wrong = defaultdict(set)
    # The page for lost readers is served at any address, so it names all from the root of the host.
    for page in (path for path in site.rglob("*.html") if path.name != "404.html"):
        for named in set(NAMED.findall(page.read_text(encoding="utf-8"))):
            if named and not (page.parent / unquote(named)).is_file():
                wrong[named].add(page.relative_to(site).as_posix())
    assert not wrong


def test_no_page_asks_for_a_module(site):
    assert not [path for path in site.rglob("*.html") if 'type="module"' in path.read_text(encoding="utf-8")]


@pytest.fixture
def page(chromium):
    """A page on which nothing may go wrong."""
    context = chromium.new_context(viewport={"width": 1280, "height": 1600})
    page, wrong = context.new_page(), []
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert not wrong


@EDITIONS
def test_from_the_home_page_links_lead_to_pages_and_the_other_language(page, site, edition):
    home = site / edition / "index.html"
    page.goto(home.as_uri())
    with page.expect_navigation():
        page.locator(".sections a").nth(2).click()
    page.locator("main h1").wait_for()
    assert page.url.startswith(home.parent.as_uri())
    with page.expect_navigation():
        page.locator(".masthead a[hreflang]").click()
    assert page.evaluate("document.documentElement.lang") == ("zh-CN" if edition else "en")


def test_a_link_to_a_folder_that_a_script_has_made_leads_to_its_page(page, site):
    page.goto((site / "index.html").as_uri())
    page.evaluate(
        f"document.querySelector('main').innerHTML = '<a id=made href=\"figures/{CONTRACTS}/#cite\">x</a>'"
    )
    page.locator("#made").click()
    page.wait_for_url(f"**/figures/{CONTRACTS}/index.html#cite")


@EDITIONS
@pytest.mark.parametrize("name", [CONTRACTS, MAP])
def test_a_figure_is_drawn_when_it_is_asked_for(page, site, edition, name):
    page.goto((site / edition / f"figures/{name}/index.html").as_uri())
    page.locator("[data-figure-interactive]").click()
    page.wait_for_selector(".figure-live svg [data-point][tabindex='0']")
    assert page.locator(".figure-live svg [data-point]").count() > 3
    page.wait_for_function("location.search.includes('point=0')")
    page.set_viewport_size({"width": 400, "height": 900})
    page.wait_for_function("document.querySelector('.figure-live svg').getBoundingClientRect().width < 400")


def test_a_figure_of_a_chapter_leads_to_its_page(page, site):
    page.goto((site / "progress/technology-contracts.html").as_uri())
    page.locator(".figure-actions a[href$='#cite']").first.click()
    page.wait_for_url("**/figures/*/index.html#cite")
    assert page.locator("[data-today]").first.inner_text()


@EDITIONS
def test_the_atlas_changes_its_form_and_its_view(page, site, edition):
    page.goto((site / edition / "districts/index.html").as_uri())
    page.locator(".atlas-forms a").last.click()
    page.locator("#atlas-map").wait_for(state="hidden")
    assert page.locator("#atlas-table").is_visible()
    page.locator("#atlas-table thead button").last.click()
    page.locator("#atlas-table [aria-sort]").wait_for()
    assert page.locator("#atlas-table [aria-sort]").count() == 1
    before = page.locator(".atlas-title").inner_text()
    page.locator(".atlas-row a[data-atlas]:not([aria-current])").first.click()
    page.wait_for_url("**/atlas-*.html#atlas-table")
    page.locator("#atlas-map").wait_for(state="hidden")
    assert page.locator(".atlas-title").inner_text() != before and page.locator("#atlas-table").is_visible()
    page.locator(".atlas-forms a").first.click()
    page.locator("#atlas-map").wait_for()
    page.locator("#atlas-map [data-unit]").first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.atlas-told strong').innerText")


@EDITIONS
def test_what_is_downloaded_has_a_name_that_tells_figure_and_language(page, site, edition):
    page.goto((site / edition / f"figures/{CONTRACTS}/index.html").as_uri())
    with page.expect_download() as kept:
        page.locator(".figure-actions a[href$='.csv']").click()
    assert kept.value.suggested_filename == f"{CONTRACTS}.{'en' if edition else 'zh'}.csv"


def test_the_choice_of_dark_or_light_is_kept_from_page_to_page(page, site):
    page.goto((site / "index.html").as_uri())
    page.locator(".theme-switch").click()
    chosen = page.evaluate("document.documentElement.dataset.theme")
    page.goto((site / "method.html").as_uri())
    assert page.evaluate("document.documentElement.dataset.theme") == chosen in ("dark", "light")
