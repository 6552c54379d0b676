"""Tests of the data package as an Excel workbook: read back, it equals the files."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from shuangbei import check, load, paths
from shuangbei.publish import data_package

ADDRESS = "https://report.example/"


@pytest.fixture(scope="module")
def package():
    return check.descriptor(paths.data_dir())


@pytest.fixture(scope="module")
def made(package):
    return data_package.content(package, paths.data_dir(), load.edition(), ADDRESS)


@pytest.fixture(scope="module")
def book(made):
    return openpyxl.load_workbook(io.BytesIO(made))


def as_printed(cell) -> str:
    """A cell as the file would print it."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, bool):
        return str(cell.value).lower()
    if isinstance(cell.value, int | float):
        decimals = len(cell.number_format.partition(".")[2])
        return f"{Decimal(repr(cell.value)):.{decimals}f}"
    return cell.value


def files(package) -> dict[str, list[list[str]]]:
    read = {}
    for one in package["resources"]:
        with (paths.data_dir() / one["path"]).open(encoding="utf-8", newline="") as file:
            read[one["name"]] = list(csv.reader(file))
    return read


def test_every_file_has_a_sheet_and_the_first_two_explain_them(book, package):
    names = [data_package.sheet_name(one["name"]) for one in package["resources"]]
    assert book.sheetnames == ["说明 README", "字段 Fields", *names]


def test_every_cell_equals_the_file(book, package):
    for name, rows in files(package).items():
        sheet = book[data_package.sheet_name(name)]
        written = [[as_printed(cell) for cell in row] for row in sheet.iter_rows()]
        assert written == [
            [cell.lower() if cell in ("TRUE", "FALSE") else cell for cell in row] for row in rows
        ], name


def test_codes_are_text_and_values_are_numbers(book):
    sheet = book["observations-districts"]
    head = [cell.value for cell in sheet[1]]
    geo, value = head.index("geo_id"), head.index("value")
    assert all(isinstance(row[geo].value, str) for row in sheet.iter_rows(min_row=2))
    assert all(isinstance(row[value].value, int | float) for row in sheet.iter_rows(min_row=2))


def test_no_cell_is_a_formula(book):
    assert not [
        cell.coordinate
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def test_the_head_of_a_sheet_stays_in_view_and_columns_fit_what_they_hold(book, package):
    for one in package["resources"]:
        sheet = book[data_package.sheet_name(one["name"])]
        assert sheet.freeze_panes == "A2"
        assert all(8 <= column.width <= 62 for column in sheet.column_dimensions.values())


def test_the_first_sheet_says_edition_licence_and_address_and_leads_to_the_others(book, package):
    sheet = book["说明 README"]
    said = {row[0].value: row[1].value for row in sheet.iter_rows()}
    assert said["期次 Edition"] == load.edition()["edition"]
    assert package["licenses"][0]["path"] in said["许可 Licence"]
    assert said["网址 Address"] == ADDRESS
    led = {cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert led == {f"'{data_package.sheet_name(one['name'])}'!A1" for one in package["resources"]}


def test_the_dictionary_names_every_column(book, package):
    rows = list(book["字段 Fields"].iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[1]) for row in rows] == [
        (data_package.sheet_name(one["name"]), field["name"])
        for one in package["resources"]
        for field in one["schema"]["fields"]
    ]


def test_the_same_data_give_the_same_bytes(made, package):
    again = data_package.content(package, paths.data_dir(), load.edition(), ADDRESS)
    assert again == made
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        assert {entry.date_time[:3] for entry in packed.infolist()} == {(1980, 1, 1)}
        about = packed.read("docProps/core.xml").decode()
    assert set(re.findall(r">(\d{4}-\d\d-\d\d)T", about)) == {load.edition()["published"]}


def test_text_that_looks_like_a_formula_or_a_number_stays_text(tmp_path):
    (tmp_path / "a.csv").write_text("code,value\n=1+1,2.50\n007,\n", encoding="utf-8")
    fields = [{"name": "code", "type": "string"}, {"name": "value", "type": "number"}]
    package = {
        "title": "t",
        "title_en": "t",
        "licenses": [{"name": "n", "path": "p"}],
        "resources": [
            {"name": "a", "path": "a.csv", "title": "a", "title_en": "a", "schema": {"fields": fields}}
        ],
    }
    made = data_package.content(package, tmp_path, load.edition(), ADDRESS)
    sheet = openpyxl.load_workbook(io.BytesIO(made))["a"]
    assert [sheet["A2"].value, sheet["A2"].data_type, sheet["A3"].value] == ["=1+1", "s", "007"]
    assert (sheet["B2"].value, sheet["B2"].number_format, sheet["B3"].value) == (2.5, "0.00", None)
