"""Tests that every page says one thing with one word: the list of terms in ``locale/terms.csv`` holds.

In the list forms are parted by ``|``; a form is a regular expression, an exception is plain text within
which a form may stand.
"""

from __future__ import annotations

import csv
import re
from functools import cache

import pytest
import spoken

from shuangbei import paths
from shuangbei.publish import translations

LIST = paths.ROOT / "locale" / "terms.csv"
LANGUAGES = ("zh", "en")
# Where first uses are told: the staff handbook and the pages of the data speak of files.
HANDBOOKS = ("book/staff", "book/data/")


def terms() -> list[dict[str, str]]:
    with LIST.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def all_texts() -> tuple[spoken.Spoken, ...]:
    return tuple(spoken.texts())


def parts(cell: str) -> list[str]:
    return [one for one in cell.split("|") if one]


def wrong(text: str, row: dict[str, str], language: str) -> list[str]:
    """Forms of a text that the row of a term does not allow."""
    for allowed in parts(row[f"except_{language}"]):
        text = text.replace(allowed, " ")
    return [found[0] for form in parts(row[f"not_{language}"]) for found in re.finditer(form, text)]


def told(one: spoken.Spoken, form: str, row: dict[str, str]) -> str:
    right, why = row[one.language], row[f"why_{one.language}"]
    return f"{one.file}:{one.line}: “{form}” → {right or '—'} ({why})"


def test_no_text_uses_a_form_that_the_list_of_terms_does_not_allow():
    faults = [
        told(one, form, row)
        for row in terms()
        for one in all_texts()
        for form in wrong(one.text, row, one.language)
    ]
    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_source_is_read_in_both_languages(language):
    kinds = {one.file.rsplit(".", 1)[1] for one in all_texts() if one.language == language}
    assert kinds >= {"md", "csv", "yaml", "py", "html"}
    assert language == "zh" or "po" in kinds


@pytest.mark.parametrize(
    ("folder", "text", "line"),
    [
        ("book/a.md", "# 页\n\n这个数只见于转载。\n", 3),
        ("notebooks/a.md", '```{code-cell} python\nwords.pick("图", "Chart of the carriers")\n```\n', 2),
        ("locale/en/a.po", 'msgid "图"\nmsgstr "Its public figure"\n', 2),
        ("data/a.csv", "code,name_zh,name_en\na,一份二手副本,x\n", 2),
        ("data/a.yaml", "a: b\ntitle: 判断用语\n", 2),
        ("shuangbei/pages/a.py", 'def f(n):\n    return words.pick(f"数{n}", f"the verdict of {n}")\n', 2),
        ("shuangbei/site/theme/a.html", '<p>{{ t("图", "Use this figure") }}</p>\n', 1),
    ],
)
def test_a_wrong_form_is_named_with_file_line_and_what_is_right(tmp_path, folder, text, line):
    path = tmp_path / folder
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    found = [
        told(one, form, row)
        for one in spoken.texts(tmp_path)
        for row in terms()
        for form in wrong(one.text, row, one.language)
    ]
    assert len(found) == 1
    assert found[0].startswith(f"{folder}:{line}: “") and " → " in found[0]


def test_code_and_addresses_are_no_words():
    assert not any("reprint" in one.text for one in spoken.texts() if one.file.endswith("interfaces.po"))


def test_a_term_allows_itself_and_says_why_it_was_chosen():
    for row in terms():
        for language in LANGUAGES:
            assert not wrong(row[language], row, language), row
            assert not row[f"not_{language}"] or row[f"why_{language}"], row


def test_no_exception_is_left_that_nothing_needs():
    known = {
        language: "\n".join(one.text for one in all_texts() if one.language == language)
        for language in LANGUAGES
    }
    left = [
        allowed
        for row in terms()
        for language in LANGUAGES
        for allowed in parts(row[f"except_{language}"])
        if allowed not in known[language]
    ]
    assert not left


def test_an_established_name_is_told_where_a_page_first_uses_the_short_one():
    missing = []
    for row in (row for row in terms() if row["first_use_en"]):
        for path in translations.catalogues():
            name = path.relative_to(paths.ROOT).as_posix()
            said = [one for one in all_texts() if one.file == name and len(one.text) > 80][1:]
            first = next((one for one in said if row["en"].strip("“”") in one.text.lower()), None)
            if first and row["first_use_en"] not in first.text and not any(one in name for one in HANDBOOKS):
                missing.append(f"{name}:{first.line}: {row['en']}: {row['first_use_en']}")
    assert not missing, "\n" + "\n".join(missing)


# Chinese with half-width stops between characters, and a stop written twice.
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!][\u4e00-\u9fff]|[，。；：、]{2}")


def test_chinese_sentences_have_full_width_stops():
    faults = [f"{one.file}:{one.line}: {one.text[:60]}" for one in all_texts() if HALF_WIDTH.search(one.text)]
    assert not faults, "\n" + "\n".join(faults)
