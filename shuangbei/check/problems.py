"""The way from a finding to the words of messages.yaml, in Chinese or English; no checks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shuangbei.check.contract import load_yaml
from shuangbei.check.findings import Fact, Finding

_MESSAGES = Path(__file__).with_name("messages.yaml")
_REST = {
    "zh": "这个文件的其余内容没有检查。",
    "en": " The rest of this file was not checked.",
}


@dataclass(frozen=True)
class Words:
    """
    What a rule says in both languages.

    Parameters
    ----------
    zh, en : str
        What is wrong, with ``{field}``, ``{value}``, ``{file}`` and the rule's own facts.
    fix_zh, fix_en : str
        What to do about it, for someone who works in Excel.
    blocks : bool
        True if the rest of the file cannot be checked.
    """

    zh: str
    en: str
    fix_zh: str
    fix_en: str
    blocks: bool

    def message(self, language: str) -> str:
        """What is wrong, in ``zh`` or ``en``."""
        return {"zh": self.zh, "en": self.en}[language]

    def remedy(self, language: str) -> str:
        """What to do, in ``zh`` or ``en``."""
        return {"zh": self.fix_zh, "en": self.fix_en}[language]


@dataclass(frozen=True)
class Problem:
    """
    A finding in the words of one language.

    ``file``, ``row``, ``field``, ``value`` and ``rule`` as in
    :class:`shuangbei.check.findings.Finding`; ``message`` says what is wrong and ``remedy`` what
    to do about it.
    """

    file: str
    row: int | None
    field: str
    value: str
    rule: str
    message: str
    remedy: str


@cache
def rules() -> dict[str, Words]:
    """
    The words of every rule, in the order of ``messages.yaml``; read once, when first wanted.

    Raises
    ------
    TypeError
        If a rule lacks one of its five entries or has another one.
    """
    return {rule: Words(**entries) for rule, entries in load_yaml(_MESSAGES).items()}


def problem(finding: Finding, language: str) -> Problem:
    """
    Put a finding into the words of ``language`` (``zh`` or ``en``).

    Raises
    ------
    KeyError
        If the rule has no words, or its words need a fact that the finding lacks.
    """
    words = rules()[finding.rule]
    facts = {name: _in(language, fact) for name, fact in finding.facts.items()}
    facts |= {"file": finding.file, "field": finding.field, "value": finding.value}
    message = words.message(language).format_map(facts)
    if words.blocks:
        message += _REST[language]
    return Problem(
        file=finding.file,
        row=finding.row,
        field=finding.field,
        value=finding.value,
        rule=finding.rule,
        message=message,
        remedy=words.remedy(language).format_map(facts),
    )


def _in(language: str, fact: Fact) -> str:
    return fact if isinstance(fact, str) else fact[language == "en"]
