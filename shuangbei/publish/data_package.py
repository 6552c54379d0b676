"""The data as published: the package's files, its descriptor, the workbook and the zip; computes nothing."""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

from shuangbei import check, load, measures, paths, writing
from shuangbei.publish import clues

_README, _FIELDS = "说明 README", "字段 Fields"
_WIDEST, _NARROWEST = 60, 8
_TRUE = "true"


def sheet_name(resource: str) -> str:
    """
    Name of the sheet of a resource; Excel allows no slash in it.

    Examples
    --------
    >>> sheet_name("observations/enterprises")
    'observations-enterprises'
    """
    return resource.replace("/", "-")


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _wide(cells: list[str]) -> int:
    """Width of a column in characters; a Chinese one takes the room of two."""
    longest = max(sum(2 if ord(sign) > 0x2E80 else 1 for sign in cell) for cell in cells)
    return min(max(longest + 2, _NARROWEST), _WIDEST)


class _Book:
    """A workbook that is being written, with its formats; one for each number of decimals."""

    def __init__(self, made: dt.datetime, title: str) -> None:
        import xlsxwriter  # 0.1 s that only this file pays

        self.content = BytesIO()
        self.book = xlsxwriter.Workbook(self.content, {"in_memory": True})
        self.book.set_properties({"title": title, "created": made})
        self.head = self.book.add_format({"bold": True, "bg_color": "#E8EEF5", "border": 1})
        self.text = self.book.add_format({"num_format": "@", "valign": "top"})
        self.link = self.book.add_format({"font_color": "#14508C", "underline": 1})
        self._numbers: dict[int, Any] = {}

    def number(self, printed: str) -> Any:
        """A format that shows as many decimals as were printed."""
        decimals = len(printed.partition(".")[2])
        if decimals not in self._numbers:
            shown = "0." + "0" * decimals if decimals else "0"
            self._numbers[decimals] = self.book.add_format({"num_format": shown, "valign": "top"})
        return self._numbers[decimals]

    def sheet(self, name: str, rows: list[list[str]], types: list[str]) -> Any:
        """Write a sheet: the head stays in view, columns are as wide as what they hold."""
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, title in enumerate(rows[0]):
            sheet.write_string(0, column, title, self.head)
            sheet.set_column(column, column, _wide([row[column] for row in rows]), self.text)
        for place, row in enumerate(rows[1:], 1):
            for column, cell in enumerate(row):
                self._cell(sheet, (place, column), cell, types[column])
        if len(rows) > 1:
            sheet.autofilter(0, 0, len(rows) - 1, len(rows[0]) - 1)
        return sheet

    def _cell(self, sheet: Any, place: tuple[int, int], cell: str, kind: str) -> None:
        if not cell:
            return
        if kind in ("number", "integer"):
            sheet.write_number(*place, float(cell), self.number(cell))
        elif kind == "boolean":
            sheet.write_boolean(*place, cell.lower() == _TRUE)
        else:
            # As text whatever it looks like: no cell of ours is a formula or an address.
            sheet.write_string(*place, cell, self.text)

    def bytes(self) -> bytes:
        """Close the workbook and return it."""
        self.book.close()
        return self.content.getvalue()


def _about(package: dict, edition: dict[str, str], address: str) -> list[list[str]]:
    """What the first sheet says, in both languages."""
    licence = package["licenses"][0]
    return [
        ["项目 Item", "内容 Content"],
        ["名称", package["title"]],
        ["Title", package["title_en"]],
        ["期次 Edition", edition["edition"]],
        ["资料查到 Sources searched to", edition["cut_off"]],
        ["发布 Published", edition["published"]],
        ["许可 Licence", f"{licence['name']}  {licence['path']}"],
        ["网址 Address", address],
        ["字段 Fields", f"见工作表“{_FIELDS}” · see the sheet “{_FIELDS}”"],
        ["提示", "每个工作表与一个CSV文件相同；代码和时期是文字，数值是数字，空格就是没有数字。"],
        [
            "Note",
            "Each sheet equals one CSV file; codes and periods are text, values are"
            " numbers, an empty cell states nothing.",
        ],
    ]


def _contents(package: dict, counts: dict[str, int]) -> list[list[str]]:
    return [
        ["工作表 Sheet", "内容", "Content", "行数 Rows"],
        *(
            [sheet_name(one["name"]), one["title"], one["title_en"], str(counts[one["name"]])]
            for one in package["resources"]
        ),
    ]


def _dictionary(package: dict) -> list[list[str]]:
    """Every column of every sheet: its type, its name and what it says, in both languages."""
    head = ["工作表 Sheet", "字段 Column", "类型 Type", "名称", "Title", "说明", "Description"]
    keys = ("name", "type", "title", "title_en", "description", "description_en")
    return [
        head,
        *(
            [sheet_name(one["name"]), *(field.get(key, "") for key in keys)]
            for one in package["resources"]
            for field in one["schema"]["fields"]
        ),
    ]


def _first_sheet(book: _Book, about: list[list[str]], contents: list[list[str]]) -> None:
    sheet = book.sheet(_README, about, ["string"] * 2)
    sheet.autofilter(0, 0, 0, 0)
    sheet.set_column(0, 0, 30, book.text)
    sheet.set_column(1, 2, _WIDEST, book.text)
    top = len(about) + 1
    for column, title in enumerate(contents[0]):
        sheet.write_string(top, column, title, book.head)
    for place, (name, *titles, count) in enumerate(contents[1:], top + 1):
        sheet.write_url(place, 0, f"internal:'{name}'!A1", book.link, name)
        for column, title in enumerate(titles, 1):
            sheet.write_string(place, column, title, book.text)
        sheet.write_number(place, 3, int(count))


def content(package: dict, data: Path, edition: dict[str, str], address: str) -> bytes:
    """
    Return the workbook; the same data give the same bytes.

    Parameters
    ----------
    package : dict
        Descriptor of the data package with its schemas in place.
    data : pathlib.Path
        Folder of its files.
    edition : dict
        Of ``data/edition.yaml``: edition, cut_off, published.
    address : str
        Absolute address of the site.
    """
    made = dt.datetime.fromisoformat(edition["published"])
    files = {one["name"]: _rows(data / one["path"]) for one in package["resources"]}
    counts = {name: len(rows) - 1 for name, rows in files.items()}
    book = _Book(made, package["title"])
    _first_sheet(book, _about(package, edition, address), _contents(package, counts))
    dictionary = _dictionary(package)
    book.sheet(_FIELDS, dictionary, ["string"] * len(dictionary[0]))
    for one in package["resources"]:
        types = {field["name"]: field["type"] for field in one["schema"]["fields"]}
        rows = files[one["name"]]
        book.sheet(sheet_name(one["name"]), rows, [types[name] for name in rows[0]])
    return book.bytes()


def write_json(path: Path, content: object) -> None:
    """Write all of a file or nothing of it."""
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    writing.write(path, text.encode())


def _package_files(descriptor: dict) -> list[Path]:
    """Files of the data package: what its contract names, and nothing that lies beside it."""
    data = paths.data_dir()
    beside = {
        data / "datapackage.yaml",
        data / "edition.yaml",
        data / "derivations.yaml",
        *data.glob("README*.md"),
        *(p for p in data.glob("schemas/*.yaml") if not p.name.startswith(".")),
    }
    named = {data / resource["path"] for resource in descriptor["resources"]}
    return sorted(beside | named)


def publish_data(pages: Path, base: str) -> None:
    """
    Write the published interfaces below ``pages/data``.

    They are ``status.json``, ``clues.json`` and ``clues.csv``, the data package with its files, the
    package as one zip, and as one workbook.  ``base`` is the address of the site.
    """
    target = pages / "data"
    descriptor = check.descriptor(paths.data_dir())
    files = _package_files(descriptor)
    for path in files:
        copy = target / path.relative_to(paths.data_dir())
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    write_json(target / "datapackage.json", descriptor)
    write_json(target / "status.json", measures.register())
    writing.write(target / "clues.json", clues.json_file())
    writing.write(target / "clues.csv", clues.csv_file())
    named = {path.relative_to(paths.data_dir()).as_posix(): path.read_bytes() for path in files}
    writing.write(target / "datapackage.zip", writing.zip_of(named))
    book = content(descriptor, paths.data_dir(), load.edition(), base)
    (target / "datapackage.xlsx").write_bytes(book)
