"""What a check hands on: a finding without language, and the problem a reader sees; no rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Fact = str | tuple[str, str]


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
        A key of :data:`shuangbei.check.messages.RULES`.
    facts : mapping
        Words that the message needs besides these; a pair is (Chinese, English).
    """

    file: str
    row: int | None
    field: str
    value: str
    rule: str
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def cell(self) -> tuple[str, int | None, str]:
        """Where the finding is: file, row and field."""
        return self.file, self.row, self.field


@dataclass(frozen=True)
class Problem:
    """
    A finding in the words of one language.

    ``file``, ``row``, ``field``, ``value`` and ``rule`` as in :class:`Finding`; ``message``
    says what is wrong and ``remedy`` what to do about it.
    """

    file: str
    row: int | None
    field: str
    value: str
    rule: str
    message: str
    remedy: str
