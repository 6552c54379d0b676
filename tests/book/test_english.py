"""Tests of the English edition: nothing left in Chinese, the same numbers, the same links.

The pages are those of the first build of test_build.py.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from shuangbei.publish import translations

HAN = re.compile(r"[\u4e00-\u9fff]")
FULL_WIDTH = re.compile(r"[，。；：！？、（）【】]")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


def pairs(site: Path) -> dict[str, tuple[BeautifulSoup, BeautifulSoup]]:
    """Pages of both editions by their common address."""
    names = sorted(path.relative_to(site / "en").as_posix() for path in (site / "en").rglob("*.html"))
    return {
        name: tuple(
            BeautifulSoup((folder / name).read_text(encoding="utf-8"), "html.parser")
            for folder in (site, site / "en")
        )
        for name in names
    }


@pytest.fixture(scope="module")
def both(site):
    """All pages of both editions, parsed once for this file."""
    return pairs(site)


def texts(page: BeautifulSoup):
    """Texts of a page that are not said to be in another language."""
    for text in page.find("body").find_all(string=True):
        foreign = text.find_parent(lambda tag: tag.get("lang", "en")[:2] in ("zh", "ja"))
        if not foreign and text.parent.name not in ("script", "style"):
            yield str(text)


def test_no_english_page_says_anything_in_chinese_without_saying_so(both):
    left = [
        (name, text.strip()[:60])
        for name, (_, page) in both.items()
        for text in texts(page)
        if HAN.search(text) or FULL_WIDTH.search(text)
    ]
    assert not left


def test_names_for_screen_readers_and_titles_are_english_too(both):
    left = []
    for name, (_, page) in both.items():
        for tag in page.find_all(True):
            said = [tag.get(key, "") for key in ("aria-label", "alt", "title", "placeholder")]
            content = tag.get("content", "") if tag.name == "meta" else ""
            if HAN.search(" ".join([*said, content])) and tag.get("lang", "en")[:2] != "zh":
                left.append((name, str(tag)[:120]))
        if HAN.search(page.title.get_text()):
            left.append((name, page.title.get_text()))
    assert not left


def test_only_quotations_and_names_of_sources_are_in_chinese(both):
    """Chinese marked as such is rare in prose: it explains a term or quotes a source."""
    for name, (_, page) in both.items():
        marked = "".join(tag.get_text() for tag in page.select("main p [lang=zh-CN], main li [lang=zh-CN]"))
        assert len(HAN.findall(marked)) < 400, name


def significant(text: str) -> set[str]:
    """Numbers by their digits alone: 974.24亿元 is CNY 97.424 billion, 8.6万 is 86,000."""
    text = re.sub(rf"\d+月|\d+日|\b\d{{1,2}} (?={MONTHS})", " ", text)
    found = (number.replace(",", "").replace(".", "").strip("0") for number in NUMBER.findall(text))
    return {digits for digits in found if len(digits) >= 3}


def main_text(page: BeautifulSoup) -> str:
    """What stands in the page itself, without what quotes Chinese in either edition."""
    copy = BeautifulSoup(str(page.find("main")), "html.parser")
    for tag in copy.select("[lang], code, pre, textarea, .citation, .source-title, .quotation"):
        tag.decompose()
    return copy.get_text(" ")


def test_both_editions_of_a_page_state_the_same_numbers(both):
    checked = 0
    for name, (chinese, english) in both.items():
        if not name.startswith(("progress/", "index", "plan/", "districts/", "method")):
            continue
        zh, en = significant(main_text(chinese)), significant(main_text(english))
        checked += len(zh)
        assert zh == en, (name, sorted(zh - en), sorted(en - zh))
    assert checked > 400


def test_both_editions_have_the_same_anchors_figures_and_cards(both):
    for name, (chinese, english) in both.items():
        for what in (".commitment-card", "figure", "table", "h1, h2, h3", "img"):
            assert len(chinese.select(what)) == len(english.select(what)), (name, what)
        own = [
            {
                tag["id"]
                for tag in page.select("main [id]")
                if re.match(r"[a-z]+-", tag["id"]) and not HAN.search(tag["id"])
            }
            for page in (chinese, english)
        ]
        targets = {one for one in own[0] if re.search(r"-20\d\d$|^fig-|^task-|^office-", one)}
        assert targets <= own[1], name


def test_every_page_names_its_twin_to_search_engines(both, site):
    for name, (chinese, english) in both.items():
        if name.startswith("embed/") or name in ("search.html", "404.html"):
            continue
        for page in (chinese, english):
            named = {tag["hreflang"] for tag in page.select("link[rel=alternate][hreflang]")}
            assert named >= {"zh-CN", "en"}, name


def test_every_catalogue_is_complete_and_keeps_roles_links_and_numbers():
    assert len(translations.catalogues()) > 30
    assert not translations.check()


ENTRY = '#: a.md\nmsgid "{source}"\nmsgstr "{text}"\n'


@pytest.mark.parametrize(
    ("source", "text", "rule"),
    [
        ("今年", "", "empty"),
        ("{glue:text}`a.md::n:,d`家", "firms", "kept"),
        ("见[方法](method.md)", "See [method](about.md)", "kept"),
        ("字段 `value`", "the field value", "kept"),
        ("超过一千家", "over 12,345 firms", "number"),
        ("达到", "Met，and more", "punctuation"),
    ],
)
def test_a_translation_with_a_fault_is_named_with_its_rule(tmp_path, monkeypatch, source, text, rule):
    monkeypatch.setattr(translations.paths, "ROOT", tmp_path)
    path = tmp_path / "a.po"
    head = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    path.write_text(head + ENTRY.format(source=source, text=text), encoding="utf-8")
    assert [(fault.file, fault.rule) for fault in translations.faults(path)] == [("a.po", rule)]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("到2025年底过没过1万家", "whether 10,000 was passed by the end of 2025"),
        ("{glue:text}`a.md::n:,d`家，见[甲](a.md)", "See [A](a.md): {glue:text}`a.md::n:,d` firms"),
        ("文号是渝府办发〔2023〕26号", "document Yufubanfa [2023] No. 26 (渝府办发〔2023〕26号)"),
    ],
)
def test_a_faithful_translation_has_no_fault(tmp_path, monkeypatch, source, text):
    monkeypatch.setattr(translations.paths, "ROOT", tmp_path)
    path = tmp_path / "a.po"
    head = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    path.write_text(head + ENTRY.format(source=source, text=text), encoding="utf-8")
    assert not list(translations.faults(path))


MEASURED = re.compile(r"-?\d+(\.\d+)?")


def grid(path: Path) -> list[list[str]]:
    """Rows of a figure's file, its headings first."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def powers(zh: list[str], en: list[str]) -> set[float]:
    """Factors between the numbers of a column in both editions: one, where its unit is the same."""
    pairs_ = [(float(a), float(b)) for a, b in zip(zh, en, strict=True) if float(a) or float(b)]
    return {round(a / b, 9) for a, b in pairs_}


def test_the_file_of_every_figure_has_the_same_shape_and_the_same_numbers_in_both_editions(site):
    """亿元 stands in a column of CNY billion, so a whole column may differ by a power of ten."""
    files = sorted(path.relative_to(site / "en") for path in (site / "en").glob("figures/*/data.csv"))
    assert len(files) > 20
    checked = 0
    for name in files:
        zh, en = grid(site / name), grid(site / "en" / name)
        assert [len(row) for row in zh] == [len(row) for row in en], name
        for chinese, english in zip(zip(*zh, strict=True), zip(*en, strict=True), strict=True):
            # A year is a number in English alone: 2024年.
            years = any(re.fullmatch(r"\d{4}年", cell) for cell in chinese)
            both_ = [(a, b) for a, b in zip(chinese[1:], english[1:], strict=True)]
            numeric = [(a, b) for a, b in both_ if MEASURED.fullmatch(a) or MEASURED.fullmatch(b)]
            if years or not numeric:
                continue
            assert all(MEASURED.fullmatch(a) and MEASURED.fullmatch(b) for a, b in numeric), (
                name,
                chinese[0],
                english[0],
            )
            factors = powers(*zip(*numeric, strict=True))
            assert factors <= {1.0} or factors in ({10.0}, {100.0}, {10000.0}), (name, english[0], factors)
            checked += len(numeric)
    assert checked > 150
