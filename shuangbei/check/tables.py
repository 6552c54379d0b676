"""Files as rows of text: separators, header and length of rows are judged where they are read."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from shuangbei.check.contract import OBSERVATIONS, Spec
from shuangbei.check.findings import Finding


@dataclass(frozen=True)
class Row:
    """One line of a file: its number as Excel shows it, and its cells by column."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


@dataclass(frozen=True)
class Table:
    """A file whose bytes and header are in order."""

    spec: Spec
    rows: tuple[Row, ...]

    @property
    def file(self) -> str:
        """Path below the data folder."""
        return self.spec.file

    @cached_property
    def by_key(self) -> dict[str, Row]:
        """Rows by the first column of the key; the first row wins where a key is repeated."""
        found: dict[str, Row] = {}
        for row in self.rows:
            found.setdefault(row[self.spec.key[0]], row)
        return found


@dataclass(frozen=True)
class Tables:
    """All readable files; what is missing here has been reported already."""

    by_name: Mapping[str, Table] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Table]:
        return iter(self.by_name.values())

    def has(self, *names: str) -> bool:
        """True if all of these files could be read."""
        return all(name in self.by_name for name in names)

    def rows(self, name: str) -> tuple[Row, ...]:
        """Rows of one file; none if it could not be read."""
        table = self.by_name.get(name)
        return table.rows if table else ()

    def places(self, name: str) -> Iterator[tuple[Table, Row]]:
        """Rows of one file, each with its file; none if it could not be read."""
        table = self.by_name.get(name)
        if table:
            yield from ((table, row) for row in table.rows)

    def lookup(self, name: str, code: str) -> Row | None:
        """The row of a code; None if code or file are unknown, which has been reported."""
        table = self.by_name.get(name)
        return table.by_key.get(code) if table else None

    @property
    def observations(self) -> list[Table]:
        """The readable files of observations/."""
        return [table for name, table in self.by_name.items() if name.startswith(OBSERVATIONS)]


def read_table(spec: Spec, text: str) -> tuple[Table | None, list[Finding]]:
    """
    Read the text of one file as a table.

    Returns
    -------
    tuple
        The table, or None if its columns cannot be told apart, and what was found.
    """
    separator = _separator(spec, text)
    if separator:
        return None, [separator]
    lines, broken = _lines(spec, text)
    if broken:
        return None, [broken]
    header = check_header(spec, lines[0])
    if header:
        return None, header
    return _table(spec, lines)


def _separator(spec: Spec, text: str) -> Finding | None:
    first = text.split("\n", 1)[0]
    for character, rule, shown in ((";", "semicolons", ";"), ("\t", "tabs", "TAB")):
        if len(spec.columns) > 1 and "," not in first and character in first:
            return Finding(spec.file, 1, "", shown, rule)
    return None


def _lines(spec: Spec, text: str) -> tuple[list[list[str]], Finding | None]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[list[str]] = []
    try:
        lines.extend(reader)
    except csv.Error as error:
        return [], Finding(spec.file, len(lines) + 1, "", str(error), "quotes")
    return lines, None


def check_header(spec: Spec, header: list[str]) -> list[Finding]:
    """Missing, extra, renamed, repeated and reordered columns; empty if the header is right."""
    wanted = spec.columns
    if header == wanted:
        return []
    twice = [name for place, name in enumerate(header) if name and name in header[:place]]
    if twice:
        return [Finding(spec.file, 1, name, name, "column-twice") for name in twice]
    missing = [name for name in wanted if name not in header]
    extra = [name for name in header if name not in wanted]
    if not missing and not extra:
        return [_out_of_order(spec, header)]
    renamed = _renamed(spec, header, missing, extra)
    found = [Finding(spec.file, 1, name, other, "column-renamed") for name, other in renamed.items()]
    gone = [name for name in missing if name not in renamed]
    new = [name for name in extra if name not in renamed.values()]
    places = {name: str(wanted.index(name) + 1) for name in gone}
    found += [Finding(spec.file, 1, name, "", "column-missing", {"place": places[name]}) for name in gone]
    return found + [Finding(spec.file, 1, name, name, "column-extra") for name in new]


def _renamed(spec: Spec, header: list[str], missing: list[str], extra: list[str]) -> dict[str, str]:
    """Wanted name -> name found in its place, or one that is nearly the same."""
    renamed: dict[str, str] = {}
    same_length = len(header) == len(spec.columns)
    for name in missing:
        left = [other for other in extra if other not in renamed.values()]
        place = spec.columns.index(name)
        near = difflib.get_close_matches(name, left, 1, 0.7)
        if same_length and header[place] in left:
            renamed[name] = header[place]
        elif near:
            renamed[name] = near[0]
    return renamed


def _out_of_order(spec: Spec, header: list[str]) -> Finding:
    place = next(n for n, name in enumerate(spec.columns) if header[n] != name)
    name = spec.columns[place]
    facts = {"place": str(place + 1), "columns": ", ".join(spec.columns)}
    return Finding(spec.file, 1, name, header[place], "column-order", facts)


def _table(spec: Spec, lines: list[list[str]]) -> tuple[Table, list[Finding]]:
    width = len(spec.columns)
    rows, found = [], []
    for number, line in enumerate(lines[1:], start=2):
        if not any(line):
            found.append(Finding(spec.file, number, "", "", "row-blank"))
            continue
        if len(line) != width:
            facts = {"found": str(len(line)), "wanted": str(width)}
            shown = line[-1] if len(line) < width else line[width]
            found.append(Finding(spec.file, number, "", shown, "row-length", facts))
        padded = (line + [""] * width)[:width]
        rows.append(Row(number, dict(zip(spec.columns, padded, strict=True))))
    return Table(spec, tuple(rows)), found
