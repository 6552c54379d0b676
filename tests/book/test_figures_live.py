"""Tests of figures in a browser: the interactive view, its address, and frames on another site.

They need the system's Chromium; without one they are skipped, except where CI is set.
"""

from __future__ import annotations

import re

import browser
import pytest

CONTRACTS, MAP, NATION = "tech-contracts-2027", "district-tiers", "rd-intensity-2027"
SAID = "document.querySelector('.figure-live [aria-live]').textContent"
FOCUSED = "document.activeElement.getAttribute('aria-label')"
# Walks the map from district to district by arrow keys and counts those it comes to.
WALK = """async () => {
  const live = document.querySelector('.figure-live');
  const current = () => Number(live.querySelector('[data-point][tabindex="0"]').dataset.point);
  const all = new Set([...live.querySelectorAll('[data-point]')].map((one) => one.dataset.point));
  const seen = new Set([current()]), queue = [current()];
  while (queue.length) {
    const from = queue.shift();
    for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
      live.querySelector(`[data-point="${from}"]`).focus();
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
      if (!seen.has(current())) { seen.add(current()); queue.push(current()); }
    }
  }
  return [all.size, seen.size];
}"""


@pytest.fixture
def page(chromium, address):
    """A page on which nothing may go wrong and that may ask no other host."""
    context = chromium.new_context(viewport={"width": 1280, "height": 1600})
    page, wrong = context.new_page(), []
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(address) else wrong.append(asked.url))
    page.wrong = wrong
    yield page
    context.close()


def start(page, where: str) -> None:
    page.goto(where)
    page.locator("[data-figure-interactive]").first.click()
    page.wait_for_selector(".figure-live svg [data-point][tabindex='0']")
    page.wait_for_function(f"{FOCUSED} && {SAID}")


def walk(page, *keys: str) -> str:
    for key in keys:
        page.keyboard.press(key)
    return page.evaluate(SAID)


def test_the_interactive_view_opens_from_the_site_alone_and_within_its_policy(page, address):
    start(page, f"{address}/figures/{CONTRACTS}/")
    assert page.locator(".figure-picture picture").is_hidden()
    assert page.evaluate("document.querySelectorAll('style').length") == 0
    page.keyboard.press("Escape")
    assert page.locator(".figure-picture img").is_visible() and not page.locator(".figure-live").count()
    assert page.evaluate("document.activeElement.matches('[data-figure-interactive]')")
    assert not page.wrong


def test_arrows_move_in_time_and_every_point_says_a_sentence(page, address):
    start(page, f"{address}/figures/{CONTRACTS}/")
    assert walk(page, "Home") == "2022年：630.4亿元（公布数）" == page.evaluate(FOCUSED)
    assert walk(page, "ArrowRight", "ArrowRight") == "2024年：974.24亿元（公布数）"
    assert page.locator(".figure-tip").inner_text() == "2024年：974.24亿元（公布数）"
    assert walk(page, "ArrowLeft") == "2023年：865.1亿元（公布数）"
    assert walk(page, "End", "ArrowRight") == "2027年目标：1,300亿元"
    assert page.locator(".figure-live [tabindex='0']").count() == 1
    assert not page.wrong


def test_arrows_up_and_down_move_between_lines(page, address):
    start(page, f"{address}/figures/{NATION}/")
    assert walk(page, "Home", "ArrowRight", "ArrowRight") == "重庆市，2019年：1.99%（公布数）"
    assert walk(page, "ArrowUp") == "全国，2019年：2.23%（公布数）"
    assert walk(page, "ArrowDown") == "重庆市，2019年：1.99%（公布数）"


def test_every_district_of_a_map_is_reached_by_arrows_alone(page, address):
    start(page, f"{address}/figures/{MAP}/")
    assert page.evaluate(WALK) == [38, 38]
    assert not page.wrong


def test_a_pointer_shows_what_the_keyboard_says(page, address):
    start(page, f"{address}/progress/technology-contracts.html")
    box = page.locator(".figure-live [data-point='1']").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2 + 8, box["y"] + 5)
    page.wait_for_function(f"{SAID} === '2023年：865.1亿元（公布数）'")
    assert page.locator(".figure-tip").is_visible()
    assert "?" not in page.url


@pytest.fixture
def phone(chromium):
    """A page on a screen that is touched."""
    context = chromium.new_context(viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("name", "sentence"), [(CONTRACTS, "2023年：865.1亿元（公布数）"), (MAP, "城口县：第三梯队（2022年）")]
)
def test_a_tap_beside_a_point_chooses_the_nearest_and_its_sentence_stays(phone, address, name, sentence):
    phone.goto(f"{address}/figures/{name}/")
    phone.locator("[data-figure-interactive]").tap()
    phone.wait_for_selector(".figure-live svg [data-point][tabindex='0']")
    mark = phone.locator(f".figure-live [aria-label='{sentence}']").first
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    beside = box["x"] - 9 if name == MAP else box["x"] + box["width"] / 2 - 14
    phone.touchscreen.tap(beside, box["y"] + box["height"] / 2 - (0 if name == MAP else 32))
    assert phone.evaluate(SAID) == sentence
    assert phone.locator(".figure-tip").is_visible()
    assert "点图上任意一处" in phone.locator(".figure-help").inner_text()


def test_escape_on_the_button_returns_to_the_picture_and_nowhere_else_does(page, address):
    start(page, f"{address}/figures/{CONTRACTS}/")
    page.locator(".figure-data summary").focus()
    page.keyboard.press("Escape")
    assert page.locator(".figure-live").count() == 1
    page.locator("[data-figure-interactive]").focus()
    page.keyboard.press("Escape")
    assert not page.locator(".figure-live").count() and page.locator(".figure-picture img").is_visible()


@pytest.mark.parametrize(("prefix", "words"), [("", "左右滑动"), ("en/", "Swipe sideways")])
def test_a_wide_table_says_in_words_that_it_can_be_moved(phone, address, prefix, words):
    phone.goto(f"{address}/{prefix}figures/{CONTRACTS}/")
    hint = "getComputedStyle(document.querySelector('.figure-data .table-scroll'), '::before')"
    assert words in phone.evaluate(f"{hint}.content")
    phone.set_viewport_size({"width": 1280, "height": 900})
    assert words not in phone.evaluate(f"{hint}.content")


def test_on_paper_a_heading_of_columns_stays_with_its_rows(page, address):
    page.goto(f"{address}/figures/{CONTRACTS}/")
    page.emulate_media(media="print")
    for place, rule in (("thead", "breakAfter"), ("tbody tr:first-child", "breakBefore")):
        assert page.evaluate(f"getComputedStyle(document.querySelector('{place}')).{rule}") == "avoid"


@pytest.mark.parametrize(
    ("prefix", "words"), [("", {"互动图", "数据点"}), ("en/", {"interactive chart", "data point"})]
)
def test_kinds_of_things_are_named_in_the_language_of_the_page(page, address, prefix, words):
    page.goto(f"{address}/{prefix}figures/{CONTRACTS}/")
    page.locator("[data-figure-interactive]").click()
    page.wait_for_selector(".figure-live svg [data-point][tabindex='0']")
    named = page.evaluate(
        "[...document.querySelectorAll('.figure-live[aria-roledescription],"
        " .figure-live [aria-roledescription]')]"
        ".map((one) => one.getAttribute('aria-roledescription'))"
    )
    assert set(named) == words


def test_the_address_of_a_figure_restores_its_state(page, address):
    start(page, f"{address}/figures/{CONTRACTS}/")
    walk(page, "Home", "ArrowRight")
    page.locator(".figure-data summary").click()
    page.wait_for_url("**/?view=interactive&point=1&table=closed")
    there = page.url
    page.goto(f"{address}/404.html")
    page.wrong.clear()
    page.goto(there)
    page.wait_for_selector(".figure-live svg .current")
    assert page.evaluate(SAID) == "2023年：865.1亿元（公布数）"
    assert not page.locator(".figure-data").get_attribute("open")
    copied = page.locator("[data-figure-link]").get_attribute("data-copy-text")
    assert copied.endswith(f"/figures/{CONTRACTS}/?view=interactive&point=1&table=closed")


def test_another_width_draws_the_other_form_and_keeps_the_point(page, address):
    start(page, f"{address}/figures/{NATION}/")
    wide = page.locator(".figure-live svg").bounding_box()["width"]
    said = walk(page, "Home", "ArrowRight")
    page.set_viewport_size({"width": 400, "height": 900})
    page.wait_for_function(
        f"document.querySelector('.figure-live svg').getBoundingClientRect().width"
        f" < {wide - 100} && {FOCUSED}"
    )
    assert page.evaluate(FOCUSED) == said
    assert page.evaluate("document.documentElement.scrollWidth") == 400


def test_without_a_network_the_picture_stays_and_words_say_why(page, address):
    page.goto(f"{address}/figures/{CONTRACTS}/")
    page.route("**/spec*.js", lambda route: route.abort())
    page.locator("[data-figure-interactive]").click()
    page.wait_for_selector(".figure-trouble")
    assert "没有打开" in page.locator(".figure-trouble").inner_text()
    assert page.locator(".figure-picture img").is_visible()


def test_the_day_of_access_is_filled_in_by_a_script_and_left_out_without_one(chromium, address):
    for scripts in (True, False):
        context = chromium.new_context(java_script_enabled=scripts)
        page = context.new_page()
        page.goto(f"{address}/figures/{CONTRACTS}/")
        said = page.locator("#cite-gb").inner_text()
        assert bool(re.search(r"\(\d{4}-\d\d-\d\d\)\[\d{4}-\d\d-\d\d\]\. ", said)) is scripts
        assert bool(re.search(r"\(\d{4}-\d\d-\d\d\)\. ", said)) is not scripts
        assert ("urldate" in page.locator("#cite-bibtex").inner_text()) is scripts
        assert page.locator("[data-figure-interactive]").is_visible() is scripts
        context.close()


def test_frames_on_another_site_take_the_height_of_their_figures(chromium, site, tmp_path):
    with browser.server(site) as ours, browser.server(tmp_path) as theirs:
        edition = next(path.name for path in (site / "embed").iterdir() if path.is_dir())
        frames = "".join(
            f'<iframe src="{ours}/embed/{name}.html" title="x" width="100%" height="50" data-shuangbei>'
            "</iframe>"
            for name in (CONTRACTS, f"{edition}/{MAP}")
        )
        (tmp_path / "page.html").write_text(
            f'<!doctype html><title>x</title><body>{frames}<iframe id="other" src="page2.html"></iframe>'
            f'<script src="{ours}/embed/embed.js" async></script>',
            encoding="utf-8",
        )
        (tmp_path / "page2.html").write_text(
            "<!doctype html><title>y</title><script>"
            "parent.postMessage({type: 'shuangbei-figure', height: 4000}, '*')</script>",
            encoding="utf-8",
        )
        context = chromium.new_context(viewport={"width": 400, "height": 900})
        page = context.new_page()
        page.goto(f"{theirs}/page.html")
        page.wait_for_function(
            "[...document.querySelectorAll('[data-shuangbei]')]"
            ".every((one) => parseInt(one.style.height) > 300)"
        )
        heights = page.evaluate("[...document.querySelectorAll('iframe')].map((one) => one.style.height)")
        assert len(set(heights[:2])) == 2 and heights[2] == ""
        inner = page.frames[1]
        assert inner.evaluate("document.documentElement.scrollHeight") <= int(heights[0][:-2]) + 1
        assert inner.locator("a[target=_top]").count() == 1
        context.close()
