"""Tests of the search in a browser: what is typed leads where it should, in both editions."""

from __future__ import annotations

import gzip
import json
import re

import pytest
import yaml

from shuangbei import load, paths

QUERIES = yaml.safe_load((paths.ROOT / "tests/search/queries.yaml").read_text(encoding="utf-8"))
FOLDER = {"zh": "", "en": "en/"}
ASKED = [(language, query) for language in FOLDER for query in QUERIES[language]]
FIRST = 5
# Of all queries of an edition: led to the right place among the first five, and at once.
AMONG, AT_ONCE = 0.95, 0.85
ASK_ALL = """async (queries) => {
    const { search } = await report.asset("Search");
    const found = {};
    for (const query of queries) {
        const { results, unknown, partial, slipped, notes } = await search(query);
        const first = results.slice(0, 5).map((one) => one.address);
        found[query] = { first, number: results.length, unknown, partial, slipped, notes };
    }
    return found;
}"""


def has(page, selector: str, said: str) -> None:
    """Wait until a part of the page says something; without code in strings, which the policy refuses."""
    from playwright.sync_api import expect

    expect(page.locator(selector)).to_contain_text(said)


def titled(page, said: str) -> None:
    """Wait until the title of the page begins with something."""
    from playwright.sync_api import expect

    expect(page).to_have_title(re.compile(f"^{said}"))


@pytest.fixture
def page(chromium, address):
    """A new page of a wide window; complaints of the browser and requests elsewhere fail the test."""
    context = chromium.new_context(viewport={"width": 1200, "height": 800}, base_url=address)
    opened, said = context.new_page(), []
    opened.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on(
        "request", lambda request: said.append(request.url) if not request.url.startswith(address) else None
    )
    yield opened
    context.close()
    assert not said


@pytest.fixture(scope="module")
def answers(chromium, address):
    """For each edition, what every query found; all asked in one page."""
    found = {}
    for language, folder in FOLDER.items():
        opened = chromium.new_page()
        opened.goto(f"{address}/{folder}search.html")
        found[language] = opened.evaluate(ASK_ALL, [one["q"] for one in QUERIES[language]])
        opened.close()
    return found


def leads(address: str, wanted: str) -> bool:
    """Whether a result is the wanted place, or any place of the wanted page."""
    return address == wanted or ("#" not in wanted and address.partition("#")[0] == wanted)


@pytest.mark.parametrize(("language", "query"), ASKED, ids=[f"{a}-{b['q']}" for a, b in ASKED])
def test_a_query_is_answered_by_the_right_place(answers, language, query):
    found = answers[language][query["q"]]
    if query.get("none"):
        assert found["number"] == 0
    else:
        looked = found["first"][:1] if query.get("first") else found["first"]
        assert any(leads(address, wanted) for address in looked for wanted in query["to"]), found["first"]


def test_a_number_is_not_the_beginning_of_a_longer_one(answers):
    tasks = [address for address in answers["zh"]["任务1"]["first"] if "#task-t" in address]
    assert tasks == ["plan/tasks.html#task-t01"]


def test_most_queries_are_led_to_the_right_place_at_once(answers):
    for language in FOLDER:
        shown = [(one, answers[language][one["q"]]["first"]) for one in QUERIES[language] if "to" in one]
        hits = [[any(leads(to, wanted) for wanted in one["to"]) for to in first] for one, first in shown]
        assert sum(any(hit[:FIRST]) for hit in hits) >= AMONG * len(hits)
        assert sum(any(hit[:1]) for hit in hits) >= AT_ONCE * len(hits)


def test_a_query_answers_alike_with_and_without_blanks(answers):
    found = answers["zh"]
    for together, apart in (
        ("重庆高新技术企业", "重庆 高新技术企业"),
        ("gaoxinjishuqiye", "gao xin ji shu qi ye"),
    ):
        assert found[together]["first"] == found[apart]["first"]


def test_a_slip_is_mended_and_said(answers):
    assert answers["en"]["inovation platforms"]["slipped"] == [["inovation", "innovation"]]
    assert answers["zh"]["高薪技术企业"]["slipped"] == [["高薪技术企业", "高新技术企业"]]


def test_what_the_plan_does_not_cover_is_said(answers):
    assert "没有这方面的承诺" in answers["zh"]["就业"]["notes"][0]
    assert "no commitment on this" in answers["en"]["unemployment"]["notes"][0]
    assert not answers["zh"]["专利"]["notes"]


def test_where_no_place_has_all_words_those_with_some_are_given_and_it_is_said(answers):
    found = answers["zh"]["瞪羚 万盛 孵化器"]
    assert found["partial"] and found["number"]


def test_there_are_enough_queries_of_each_edition_and_none_stands_twice():
    for language, least in (("zh", 150), ("en", 100)):
        typed = [one["q"] for one in QUERIES[language]]
        assert len(typed) >= least and len(set(typed)) == len(typed)
        assert sum(bool(one.get("none")) for one in QUERIES[language]) >= 2


def places(index: dict) -> set[str]:
    """Every place that a result can lead to."""
    pages = [address for address, _, _ in index["pages"]]
    found = {f"{pages[one['p']]}#{one['a']}" for one in index["records"] if "a" in one}
    return found | {*pages, *(f"figures/{one['i'][0]}/" for one in index["records"] if "i" in one)}


def test_every_place_that_a_query_should_lead_to_is_in_the_index(site):
    for language, folder in FOLDER.items():
        wanted = {place for one in QUERIES[language] for place in one.get("to", [])}
        known = places(read(site, folder))
        assert wanted <= known, wanted - known


def test_every_word_of_the_list_leads_to_a_place_of_the_site_or_to_words_that_stand_on_it(site):
    said = load.table("search_words")
    for language, folder in FOLDER.items():
        index = read(site, folder)
        dead = set(said["leads_to"]) - places(index) - {""}
        assert not dead, dead
        everything = json.dumps(index, ensure_ascii=False).lower()
        strange = [words for words in said[f"means_{language}"] if words.lower() not in everything]
        assert not strange, strange


def read(site, folder: str, name: str = "index") -> dict:
    text = (site / folder / "search" / f"{name}.js").read_text(encoding="utf-8")
    return json.loads(text.removeprefix("report.give(").removesuffix(");\n"))


@pytest.mark.parametrize(("name", "most"), [("index", 150_000), ("words", 30_000)])
def test_the_index_is_light_enough_for_a_phone(site, name, most):
    for folder in FOLDER.values():
        content = (site / folder / "search" / f"{name}.js").read_bytes()
        assert len(gzip.compress(content, 9)) <= most


def test_the_characters_that_are_folded_are_light_enough_for_a_phone(site):
    for folder in FOLDER.values():
        folds = read(site, folder, "words")["folds"]
        assert len(folds[0]) == len(folds[1]) > 300
        assert len(gzip.compress("".join(folds).encode(), 9)) <= 40_000


def test_both_editions_index_the_same_pages_and_every_figure_once(site):
    chinese, english = (read(site, folder) for folder in FOLDER.values())
    assert [one[0] for one in chinese["pages"]] == [one[0] for one in english["pages"]]
    for index in (chinese, english):
        figures = [one["i"][0] for one in index["records"] if "i" in one]
        assert len(figures) == len(set(figures)) > 20
        assert all((site / "figures" / name / "narrow.svg").is_file() for name in figures)


def test_every_anchor_of_the_index_stands_on_its_page(site):
    for folder in FOLDER.values():
        index = read(site, folder)
        texts = [(site / folder / address).read_text(encoding="utf-8") for address, _, _ in index["pages"]]
        dead = [
            one["a"] for one in index["records"] if "a" in one and f'id="{one["a"]}"' not in texts[one["p"]]
        ]
        assert not dead


def test_what_the_site_does_not_know_of_a_query_is_said(page):
    page.goto("/search.html?q=研发投入强度咕噜")
    page.wait_for_selector(".search-results > li")
    assert "“咕噜”" in page.inner_text(".search-count")


def test_the_address_carries_the_query_and_going_back_brings_it_back(page):
    page.goto("/search.html?q=专利")
    page.wait_for_selector(".search-results > li")
    assert page.input_value("#search-page-field") == "专利" and "专利" in page.title()
    page.fill("#search-page-field", "孵化器")
    page.press("#search-page-field", "Enter")
    titled(page, "孵化器")
    assert "q=%E5%AD%B5%E5%8C%96%E5%99%A8" in page.url
    page.go_back()
    titled(page, "专利")
    assert page.input_value("#search-page-field") == "专利"


def test_going_back_brings_the_query_that_was_read_before_another_was_typed(page):
    page.goto("/search.html?q=专利")
    page.wait_for_selector(".search-results > li")
    page.fill("#search-page-field", "孵")  # every step of typing takes the place of the one before
    titled(page, "孵 ")
    page.fill("#search-page-field", "孵化器")
    titled(page, "孵化器")
    page.go_back()
    titled(page, "专利")


def test_the_other_language_is_asked_the_same(page):
    page.goto("/search.html?q=专利")
    page.wait_for_selector(".search-results > li")
    page.locator(".masthead a.language").click()
    page.wait_for_selector(".search-results > li")
    assert "/en/search.html" in page.url and page.input_value("#search-page-field") == "专利"


def test_results_say_chapter_and_passage_and_show_figures(page):
    page.goto("/search.html?q=技术合同成交额")
    page.wait_for_selector(".search-results > li")
    assert "条结果" in page.inner_text(".search-count")
    first = page.locator(".search-results > li").first
    assert "›" in first.locator(".search-trail").inner_text()
    assert set(page.locator(".search-results mark").all_inner_texts()) == {"技术合同成交额"}
    picture = page.locator(".search-results img").first
    picture.scroll_into_view_if_needed()
    loaded = """(image) => image.decode().then(() => image.naturalWidth)"""
    assert picture.evaluate(loaded) > 0


def test_a_single_character_finds_what_has_it_and_pages_named_so_come_first(page):
    page.goto("/search.html?q=专")
    page.wait_for_selector(".search-results > li")
    assert page.locator(".search-results a").first.get_attribute("href").endswith("/progress/patents.html")
    assert set(page.locator(".search-results mark").all_inner_texts()) == {"专"}


def test_words_are_marked_as_they_stand_on_the_page(page):
    page.goto("/en/search.html?q=rd intensities")
    page.wait_for_selector(".search-results > li")
    assert {"R&D", "intensity"} <= set(page.locator(".search-results mark").all_inner_texts())


def test_more_results_are_listed_when_asked_for(page):
    page.goto("/search.html?q=企业")
    page.wait_for_selector(".search-results > li")
    before = page.locator(".search-results > li").count()
    page.click(".search-more")
    assert page.locator(".search-results > li").count() > before
    assert page.evaluate("document.activeElement.closest('.search-results') !== null")


def test_without_an_answer_the_lists_of_everything_stay(page):
    page.goto("/search.html?q=香蕉火箭咖啡")
    has(page, ".search-count", "没有找到“香蕉火箭咖啡”")
    assert page.is_visible(".search-help") and page.locator(".search-results > li").count() == 0


def test_what_is_typed_is_never_read_as_markup(page):
    page.goto("/search.html?q=%3Cimg src=x onerror=alert(1)%3E专利")
    has(page, ".search-count", "。")
    assert page.locator(".search-page img[src='x']").count() == 0
    page.goto("/search.html?q=%3Cb%3E香蕉火箭%3C/b%3E")
    has(page, ".search-count", "<b>香蕉火箭</b>")


def test_suggestions_are_reached_and_left_by_keyboard(page):
    page.goto("/progress/patents.html")
    page.focus("#search-field")
    page.keyboard.type("小巨人")
    page.wait_for_selector(".search-suggestions a")
    links = page.locator(".search-suggestions a")
    assert 2 <= links.count() <= 9
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.search-suggestions') !== null")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "search-field"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "search-field"
    assert page.is_hidden(".search-suggestions")


def test_a_suggestion_leads_to_its_place_from_any_depth(page):
    page.goto("/en/progress/patents.html")
    page.focus("#search-field")
    page.fill("#search-field", "little giant")  # at once: a slow keyboard suggests for half of it
    page.wait_for_selector(".search-suggestions a")
    page.locator(".search-suggestions a", has_text="2027").first.click()
    assert page.url.endswith("/en/progress/leading-firms.html#little-giants-2027")


def test_all_results_and_the_enter_key_lead_to_the_search_page(page):
    page.goto("/plan/tasks.html")
    page.focus("#search-field")
    page.keyboard.type("专利")
    page.wait_for_selector(".search-suggestions .search-all")
    assert page.get_attribute(".search-suggestions .search-all", "href").endswith(
        "/search.html?q=%E4%B8%93%E5%88%A9"
    )
    page.keyboard.press("Enter")
    page.wait_for_selector(".search-results > li")
    assert "/search.html?q=" in page.url


def test_nothing_is_searched_while_a_word_is_being_composed(page):
    page.goto("/plan/tasks.html")
    with page.expect_response("**/search/index.js"):
        page.focus("#search-field")
    page.evaluate("""() => {
        const field = document.querySelector('#search-field');
        field.dispatchEvent(new CompositionEvent('compositionstart'));
        field.value = 'yong';
        field.dispatchEvent(new InputEvent('input', { isComposing: true, bubbles: true }));
    }""")
    page.wait_for_timeout(600)
    assert page.is_hidden(".search-suggestions")
    page.evaluate("""() => {
        const field = document.querySelector('#search-field');
        field.value = '永川';
        field.dispatchEvent(new CompositionEvent('compositionend'));
    }""")
    page.wait_for_selector(".search-suggestions a")


def test_the_search_is_fetched_only_when_it_is_asked_for(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/plan/tasks.html")
    page.wait_for_timeout(300)
    assert not [url for url in asked if "search" in url]
    with page.expect_response("**/search/index.js"):
        page.focus("#search-field")


def test_without_scripts_the_search_page_lists_everything(site):
    from bs4 import BeautifulSoup

    for folder in FOLDER.values():
        text = (site / folder / "search.html").read_text(encoding="utf-8")
        main = BeautifulSoup(text, "html.parser").find("main")
        assert "JavaScript" in main.find("noscript").get_text()
        links = {tag["href"] for tag in main.select(".search-help a")}
        assert {"data/sources.html", "plan/offices.html", "districts/index.html"} <= links
        assert len([link for link in links if link.startswith("progress/") and "#" in link]) == 28


@pytest.mark.parametrize("lost", ["**/search/index.js", "**/search/words.js", "**/assets/search.*.js"])
def test_when_a_part_of_the_search_is_lost_the_page_says_so_and_leads_to_the_list_of_pages(
    chromium, address, lost
):
    opened = chromium.new_page()
    opened.route(lost, lambda route: route.abort())
    opened.goto(f"{address}/search.html?q=专利")
    has(opened, ".search-notes", "没有加载成功")
    assert opened.input_value("#search-page-field") == "专利"
    assert opened.is_visible(".search-help")
    assert opened.get_attribute(".search-notes a", "href") == "#all-pages"
    assert opened.locator("#all-pages a").count() > 20
    opened.close()


@pytest.mark.parametrize("lost", ["**/search/index.js", "**/assets/search.*.js"])
def test_a_field_whose_search_is_lost_says_so_and_asks_again(chromium, address, lost):
    opened = chromium.new_page()
    opened.route(lost, lambda route: route.abort())
    opened.goto(f"{address}/en/plan/tasks.html")
    opened.fill("#search-field", "patents")
    has(opened, ".search-suggestions", "could not be loaded")
    opened.unroute(lost)
    opened.fill("#search-field", "patent")
    opened.wait_for_selector(".search-suggestions li a")
    opened.close()


@pytest.mark.parametrize("width", [320, 1200])
def test_results_fit_the_window(chromium, address, width):
    opened = chromium.new_page(viewport={"width": width, "height": 700})
    opened.goto(f"{address}/search.html?q=研发投入强度")
    opened.wait_for_selector(".search-results > li")
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    opened.close()
