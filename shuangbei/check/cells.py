"""Rules about the characters of a single cell, mostly the traces that Excel leaves."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from shuangbei.check.problem import Finding
from shuangbei.check.tables import Table

_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?", re.ASCII)
_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_EXCEL_ERROR = re.compile(r"#(N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!)|#{2,}")
_EXCEL_DATE = re.compile(
    r"\d{1,4}[/.]\d{1,2}([/.]\d{1,4})?"  # 2025/10/1
    r"|[A-Za-z]{3}-\d{2}|\d{1,2}-[A-Za-z]{3}(-\d{2,4})?"  # Oct-25, 31-Oct-2025
    r"|\d{4}年.*|\d{5}",  # 2025年10月; the serial number of a day
    re.ASCII,
)
_TIMES = {"period", "published", "accessed", "valid_from", "valid_to"}


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
