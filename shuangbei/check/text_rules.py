"""Rules about sources and their dates, spans of validity, and texts that exist in two languages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from shuangbei.check.edition import Edition
from shuangbei.check.periods import span
from shuangbei.check.problem import Finding
from shuangbei.check.tables import Row, Table, Tables

_CHINESE = re.compile("[\u3400-\u9fff]")
# Chinese punctuation, kana and full-width forms are no English either.
_NO_ENGLISH = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff01-\uff9f]")
# What invented figures cite; no real figure does, so that the two cannot be taken for one another.
_PRACTICE = "s000"
_DATES = ("published", "issued", "accessed", "valid_from", "valid_to")
_ORDERED = (("published", "accessed"), ("valid_from", "valid_to"))
_CUT_OFF = ("本期数据截止日", "this edition’s cut-off")
_PUBLISHED = ("本期发布日", "this edition’s publication")


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
        facts = {"language": words}
        yield Finding(table.file, row.number, column, text, "wrong-language", facts)


def _dates(table: Table, row: Row, columns: list[str], edition: Edition) -> Iterator[Finding]:
    spans = {column: span(row[column]) for column in columns if row[column]}
    for column, when in spans.items():
        if when is None:
            yield Finding(table.file, row.number, column, row[column], "date-impossible")
    limits = {
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


def _too_late(
    table: Table, row: Row, column: str, limit: dt.date, name: tuple[str, str]
) -> Finding:
    facts = {"limit": str(limit), "limit_name": name}
    return Finding(table.file, row.number, column, row[column], "date-future", facts)
