"""Tests of the district pages as a browser shows them: the atlas by keys, its views, and its weight."""

from __future__ import annotations

import gzip
import re
import time
from pathlib import Path

import browser
import pandas as pd
import pytest

from shuangbei import languages, load, periods
from shuangbei.maps import atlas
from shuangbei.pages import atlas as atlas_pages

VIEW = "districts/atlas-tech-enterprises-newest-38.html"
EDITIONS = pytest.mark.parametrize("edition", ["", "en/"], ids=["zh", "en"])
LIMIT = 150 * 1024
ARROWS = {"up": "ArrowUp", "right": "ArrowRight", "down": "ArrowDown", "left": "ArrowLeft"}
FOCUSED = """() => { const one = document.activeElement; return [one.dataset.unit, one.getAttribute('role'),
  one.getAttribute('aria-label')]; }"""


@pytest.fixture(scope="module")
def both_vintages(site, tmp_path_factory):
    """The page of the atlas with made-up figures for every unit of 38 and of 37, beside its scripts."""
    root = tmp_path_factory.mktemp("atlas")
    (root / "assets").symlink_to(site / "assets")
    (root / "districts").mkdir()
    page = (site / VIEW).read_text(encoding="utf-8")
    for vintage, period in (("38", "2024"), ("37", "2025Q4")):
        units = list(load.units(vintage).index)
        rows = pd.DataFrame(
            {
                "geo_id": units,
                "indicator_id": "tech_enterprises",
                "period": period,
                "vintage": vintage,
                "value": range(1, len(units) + 1),
                "qualifier": "exact",
                "source_id": "s001",
                "status": "A",
                "note": "",
                "t": periods.time_of(period),
            }
        )
        text = drawn(rows.astype({"value": float}), atlas.View("tech_enterprises", period, vintage))
        (root / "districts" / f"{vintage}.html").write_text(replaced(page, text), encoding="utf-8")
    with browser.server(root, languages.POLICY) as served:
        yield served


def drawn(rows: pd.DataFrame, view: atlas.View) -> str:
    """A view of made-up figures as the atlas draws it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(atlas_pages, "views", lambda: (view,))
        patch.setattr(load, "of_indicators", lambda indicator_id: rows)
        return atlas_pages.html_of(view, lambda page, anchor: f"{page}.html")


def replaced(page: str, atlas_html: str) -> str:
    """A built page with another view in the place of its own."""
    start, end = page.index('<div class="atlas"'), page.index("</main>")
    return f"{page[:start]}{atlas_html}</section>{page[end:]}"


def walk(page, form: str) -> dict[str, str]:
    """Visit every unit by arrow keys alone; what the focused unit is called, by unit."""
    ways = page.evaluate(
        "form => Object.fromEntries([...document.querySelectorAll(`#${form} [role=option]`)]"
        ".map(one => [one.dataset.unit, {...one.dataset}]))",
        form,
    )
    heard, here = {}, page.evaluate(FOCUSED)[0]
    while True:
        unit, role, name = page.evaluate(FOCUSED)
        assert (unit, role) == (here, "option")
        heard[unit] = name
        route = shortest(ways, here, set(ways) - set(heard))
        if not route:
            return heard
        for arrow, here in route:  # noqa: B007  the walk goes on from the last one
            page.keyboard.press(ARROWS[arrow])


def shortest(ways: dict, start: str, wanted: set[str]) -> list[tuple[str, str]]:
    """The fewest arrows from a unit to one that is wanted, each with where it leads."""
    routes, seen = [[(None, start)]], {start}
    while routes:
        route = routes.pop(0)
        if route[-1][1] in wanted:
            return route[1:]
        for arrow in ARROWS:
            there = ways[route[-1][1]].get(arrow)
            if there and there not in seen:
                seen.add(there)
                routes.append([*route, (arrow, there)])
    return []


@pytest.mark.parametrize("form", ["atlas-map", "atlas-tiles"])
@pytest.mark.parametrize("vintage", ["38", "37"])
def test_arrow_keys_visit_every_unit_and_say_its_name_figure_and_place(
    chromium, both_vintages, vintage, form
):
    page = chromium.new_page()
    page.goto(f"{both_vintages}/districts/{vintage}.html#{form}")
    page.wait_for_selector(f"#{form} [role=option]")
    page.locator(".atlas-forms a").last.focus()
    page.keyboard.press("Tab")
    heard = walk(page, form)
    units = load.units(vintage)["name"]
    assert set(heard) == set(units.index)
    for number, unit in enumerate(units.index, start=1):
        assert re.match(
            rf"{units[unit]}：{number}家，第{len(units) + 1 - number}名（共{len(units)}个），", heard[unit]
        ), heard[unit]
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)[1] != "option"  # one stop
    page.close()


def test_the_unit_that_is_chosen_is_marked_in_the_table_and_enter_opens_its_page(chromium, address):
    page = chromium.new_page()
    page.goto(f"{address}/{VIEW}")
    page.wait_for_selector("[role=option]")
    page.locator("#atlas-map [data-unit='500118']").focus()
    assert page.locator("tr.chosen a").get_attribute("data-unit") == "500118"
    assert "永川区" in page.locator(".atlas-told strong").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/districts/yongchuan.html")
    page.close()


@EDITIONS
def test_another_view_comes_without_a_reload_and_the_way_back_too(chromium, address, edition):
    page = chromium.new_page()
    page.goto(f"{address}/{edition}{VIEW}#atlas-tiles")
    page.wait_for_selector("#atlas-tiles [role=option]")
    page.evaluate("window.same = true")
    title = page.title()
    page.locator(".atlas-many summary").first.click()
    page.locator("[data-atlas='rd-intensity-newest-38']").click()
    page.wait_for_url("**/atlas-rd-intensity-newest-38.html#atlas-tiles")
    assert page.evaluate("window.same") and page.title() != title
    assert page.locator("#atlas-tiles").is_visible() and not page.locator("#atlas-map").is_visible()
    other = page.locator("a.language").get_attribute("href")
    assert other.endswith("atlas-rd-intensity-newest-38.html#atlas-tiles")  # the form stays, too
    page.go_back()
    page.wait_for_selector(".atlas[data-view='tech-enterprises-newest-38']")
    assert page.evaluate("window.same") and page.title() == title
    page.close()


def test_the_way_back_shows_the_view_of_its_address_also_after_another_form(chromium, address):
    page = chromium.new_page()
    page.goto(f"{address}/{VIEW}")
    page.wait_for_selector("[role=option]")
    page.locator(".atlas-forms a[href='#atlas-tiles']").click()
    page.locator(".atlas-many summary").first.click()
    page.locator("[data-atlas='rd-intensity-newest-38']").click()
    page.wait_for_url("**/atlas-rd-intensity-newest-38.html#atlas-tiles")
    page.go_back()
    page.wait_for_selector(".atlas[data-view='tech-enterprises-newest-38']")
    assert page.locator("#atlas-tiles").is_visible()
    page.close()


def test_of_two_views_asked_for_the_later_one_stays_though_the_first_answers_last(chromium, address):
    page = chromium.new_page()
    page.route("**/atlas-rd-intensity-newest-38.html", lambda route: (time.sleep(0.8), route.continue_()))
    page.goto(f"{address}/{VIEW}")
    page.wait_for_selector("[role=option]")
    page.locator(".atlas-many summary").first.click()
    page.evaluate("""() => { for (const slug of ['rd-intensity-newest-38', 'high-tech-enterprises-newest-38'])
        document.querySelector(`[data-atlas='${slug}']`).click(); }""")
    page.wait_for_url("**/atlas-high-tech-enterprises-newest-38.html")
    page.wait_for_timeout(1500)
    assert page.locator(".atlas").get_attribute("data-view") == "high-tech-enterprises-newest-38"
    page.close()


def test_published_places_sort_as_numbers(chromium, address):
    page = chromium.new_page()
    page.goto(f"{address}/districts/league.html")
    table = page.locator("table.sortable", has=page.locator("th", has_text="第几")).last
    table.locator("thead button", has_text="第几").click()
    places = table.locator("tbody tr td:nth-child(3)").all_inner_texts()
    found = [int(re.match(r"\d+", one)[0]) for one in places]
    assert found == sorted(found) and max(found) > 9
    page.close()


def test_a_table_sorts_by_its_numbers_and_keeps_what_is_not_known_last(chromium, address):
    page = chromium.new_page()
    page.goto(f"{address}/{VIEW}#atlas-table")
    head = page.locator(".atlas-table thead button").nth(1)
    values = (
        "[...document.querySelectorAll('.atlas-table tbody tr')]"
        ".map(r => r.cells[1].querySelector('data')?.value ?? '')"
    )
    for sort, order in (("ascending", 1), ("descending", -1)):
        head.click()
        assert page.locator(".atlas-table [aria-sort]").get_attribute("aria-sort") == sort
        found = page.evaluate(values)
        known = [float(one) for one in found if one]
        assert known == sorted(known, reverse=order < 0) and len(known) > 3
        assert not any(found[len(known) :])
    page.close()


@EDITIONS
def test_without_scripts_every_form_of_a_view_is_there(chromium, address, edition):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{edition}{VIEW}")
    for form in ("atlas-map", "atlas-tiles", "atlas-ranking", "atlas-table"):
        assert page.locator(f"#{form}").is_visible()
    context.close()


@EDITIONS
def test_no_view_of_the_atlas_weighs_more_than_it_may(site, edition):
    shared = sum(
        len(gzip.compress(path.read_bytes()))
        for path in (site / "assets").iterdir()
        if re.fullmatch(r"(report|atlas)\.\w+\.(css|js)", path.name)
    )
    weights = {
        path.name: shared + len(gzip.compress(path.read_bytes()))
        for path in Path(site, edition, "districts").glob("*.html")
    }
    assert len(weights) > 40
    assert not {name: size for name, size in weights.items() if size > LIMIT}
