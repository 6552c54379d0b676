"""The readable files of the package as rows of text, with look-ups; no rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from shuangbei.check.contract import OBSERVATIONS, Spec


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

    def table(self, name: str) -> Table | None:
        """One file, or None if it could not be read."""
        return self.by_name.get(name)

    def rows(self, name: str) -> tuple[Row, ...]:
        """Rows of one file; none if it could not be read."""
        table = self.by_name.get(name)
        return table.rows if table else ()

    def lookup(self, name: str, code: str) -> Row | None:
        """The row of a code; None if code or file are unknown, which has been reported."""
        table = self.by_name.get(name)
        return table.by_key.get(code) if table else None

    @property
    def observations(self) -> list[Table]:
        """The readable files of observations/."""
        return [table for name, table in self.by_name.items() if name.startswith(OBSERVATIONS)]
