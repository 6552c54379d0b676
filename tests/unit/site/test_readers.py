"""Tests of the tables for people with a spreadsheet."""

from __future__ import annotations

import csv
import io
import re

import pytest

from shuangbei import load, paths
from shuangbei.pages import data
from shuangbei.site import readers

# A month is a date; the number of a section is none.
DATE_LIKE = re.compile(r"[0-9]{1,2}[-/][0-9]{1,2}")


def of(resource: str) -> dict:
    return next(one for one in data.package()["resources"] if one["name"] == resource)


@pytest.mark.parametrize("code", paths.LANGUAGES)
def test_every_table_for_readers_begins_with_the_mark_of_utf8_and_holds_no_cell_that_becomes_a_date(
    code, speak
):
    speak(code)
    for resource in data.package()["resources"]:
        content = readers.written(readers.table(resource))
        assert content.startswith(b"\xef\xbb\xbf"), resource["name"]
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert len(rows) == len(load.table(resource["path"].removesuffix(".csv"))) + 1
        assert len({len(row) for row in rows}) == 1
        assert not [cell for row in rows for cell in row if DATE_LIKE.fullmatch(cell)], resource["name"]
        assert len(set(rows[0])) == len(rows[0]), "two columns of one name"


def test_a_table_for_readers_is_in_their_language_and_keeps_numbers_as_printed(speak):
    raw = load.table("observations/districts")
    for code, name, chinese in (("zh", "高新技术企业数", True), ("en", "High-tech enterprises", False)):
        speak(code)
        head, *rows = readers.table(of("observations/districts"))
        assert [row[head.index("数值" if chinese else "Value")] for row in rows] == list(raw["value"])
        assert any(name in row for row in rows)
        assert bool(re.search("[\u4e00-\u9fff]", "".join(head))) == chinese
        assert len(head) == len(raw.columns) - 1, "the note of the other language is left out"
