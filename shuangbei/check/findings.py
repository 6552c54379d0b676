"""What a rule hands on: where it is breached, and facts for the words; no words, no rules."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

Fact = str | tuple[str, str]
Facts = dict[str, Fact]


@dataclass(frozen=True)
class Finding:
    """
    One breach of one rule, before it is put into words.

    Parameters
    ----------
    file : str
        Path below the data folder, with forward slashes.
    row : int or None
        Line number as Excel shows it (the header is 1); None for a whole file.
    field : str
        Column, or several joined by ``", "``; ``""`` for a whole file.
    value : str
        The offending text as it stands in the file.
    rule : str
        A rule of ``messages.yaml``.
    facts : mapping
        Words that the message needs besides these; a pair is (Chinese, English).
    """

    file: str
    row: int | None
    field: str
    value: str
    rule: str
    facts: Mapping[str, Fact] = dataclasses.field(default_factory=dict)

    @property
    def cell(self) -> tuple[str, int | None, str]:
        """Where the finding is: file, row and field."""
        return self.file, self.row, self.field
