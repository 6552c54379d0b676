"""Rules about one cell or row: traces of Excel, dates, texts in two languages; what sources may say."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator

from shuangbei.check.edition import Edition
from shuangbei.check.findings import Facts, Finding
from shuangbei.check.tables import Row, Table, Tables
from shuangbei.periods import span

_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?", re.ASCII)
_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_EXCEL_ERROR = re.compile(r"#(N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!)|#{2,}")
_EXCEL_DATE = re.compile(
    r"\d{1,4}[/.]\d{1,2}([/.]\d{1,4})?"  # 2025/10/1
    r"|[A-Za-z]{3}-\d{2}|\d{1,2}-[A-Za-z]{3}(-\d{2,4})?"  # Oct-25, 31-Oct-2025
    r"|\d{4}年.*|\d{5}",  # 2025年10月; the serial number of a day
    re.ASCII,
)
_TIMES = {"period", "date", "published", "accessed", "valid_from", "valid_to"}
_CHINESE = re.compile("[\u3400-\u9fff]")
# Chinese punctuation, kana and full-width forms are no English either.
_NO_ENGLISH = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff01-\uff9f]")
# What invented figures cite; no real figure does, so that the two cannot be taken for one another.
_PRACTICE = "s000"
_DATES = ("date", "published", "issued", "accessed", "valid_from", "valid_to")
_ORDERED = (("published", "accessed"), ("valid_from", "valid_to"))
_CUT_OFF = ("本期数据截止日", "this edition’s cut-off")
_PUBLISHED = ("本期发布日", "this edition’s publication")


def check_cells(table: Table) -> Iterator[Finding]:
    """Yield at most one finding per cell of a table."""
    for column in table.spec.columns:
        free = table.spec.is_free_text(column)
        number = table.spec.field(column)["type"] in ("number", "integer")
        for row in table.rows:
            text = row[column]
            rule = _rule(text, column, free=free, number=number) if text else ""
            if rule:
                facts = {"plain": _plain(text)}
                yield Finding(table.file, row.number, column, text, rule, facts)


def _rule(text: str, column: str, *, free: bool, number: bool) -> str:
    if text != text.strip():
        return "blank-edge"
    if _EXCEL_ERROR.fullmatch(text):
        return "excel-error"
    if not free and _has_full_width(text):
        return "full-width"
    if text[0] in "=+@" or (text[0] == "-" and not text[1:2].isdigit()):
        return "formula"
    if number:
        return _number_rule(text)
    if column in _TIMES and _EXCEL_DATE.fullmatch(text):
        return "excel-date"
    return ""


def _number_rule(text: str) -> str:
    if _THOUSANDS.fullmatch(text):
        return "thousands"
    return "" if _NUMBER.fullmatch(text) else "number-form"


def _has_full_width(text: str) -> bool:
    return any("\uff01" <= character <= "\uff5e" or character == "\u3000" for character in text)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().replace(",", "")


def same_code(first: str, second: str) -> bool:
    """True if two codes differ only in blanks or width, so that one typing error made both."""
    return _plain(first) == _plain(second)


def is_number(text: str) -> bool:
    """True if a cell holds a plain decimal number."""
    return bool(_NUMBER.fullmatch(text))


def check_texts(tables: Tables, edition: Edition) -> Iterator[Finding]:
    """Yield what dates and bilingual texts of any file breach."""
    for table in tables:
        dates = [column for column in _DATES if column in table.spec.columns]
        for row in table.rows:
            yield from _languages(table, row)
            yield from _wrong_language(table, row)
            yield from _dates(table, row, dates, edition)
    yield from _practice(tables, edition)


def _practice(tables: Tables, edition: Edition) -> Iterator[Finding]:
    for row in tables.rows("sources"):
        if row["source_id"] == _PRACTICE and not edition.practice:
            yield Finding("sources.csv", row.number, "source_id", _PRACTICE, "practice-source")


def _languages(table: Table, row: Row) -> Iterator[Finding]:
    for zh in table.spec.columns:
        en = zh.removesuffix("_zh") + "_en"
        if zh.endswith("_zh") and en in row.cells and bool(row[zh]) != bool(row[en]):
            empty, other = (en, zh) if row[zh] else (zh, en)
            yield Finding(table.file, row.number, empty, "", "one-language", {"other": other})


def _wrong_language(table: Table, row: Row) -> Iterator[Finding]:
    for column in table.spec.columns:
        text = row[column]
        chinese = _CHINESE.search(text)
        # A sign such as % is the same in both languages.
        alike = text == row.cells.get(column.removesuffix("_zh") + "_en")
        if column.endswith("_en") and _NO_ENGLISH.search(text):
            words = ("英文", "English")
        elif column.endswith("_zh") and text and not chinese and not alike:
            words = ("中文", "Chinese")
        else:
            continue
        yield Finding(table.file, row.number, column, text, "wrong-language", {"language": words})


def _dates(table: Table, row: Row, columns: list[str], edition: Edition) -> Iterator[Finding]:
    spans = {column: span(row[column]) for column in columns if row[column]}
    for column, when in spans.items():
        if when is None:
            yield Finding(table.file, row.number, column, row[column], "date-impossible")
    limits = {
        "date": (edition.cut_off, _CUT_OFF),
        "published": (edition.cut_off, _CUT_OFF),
        "issued": (edition.published, _PUBLISHED),
        "accessed": (edition.published, _PUBLISHED),
    }
    for column, (limit, name) in limits.items():
        when = spans.get(column)
        if when and limit and when[0] > limit:
            yield _too_late(table, row, column, limit, name)
            return
    for first, last in _ORDERED:
        begin, end = spans.get(first), spans.get(last)
        if begin and end and begin[0] > end[1]:
            facts = {"other": last, "other_value": row[last]}
            yield Finding(table.file, row.number, first, row[first], "date-order", facts)


def _too_late(table: Table, row: Row, column: str, limit: dt.date, name: tuple[str, str]) -> Finding:
    facts: Facts = {"limit": str(limit), "limit_name": name}
    return Finding(table.file, row.number, column, row[column], "date-future", facts)
