"""The one table of rules in both languages, and the way from a finding to words; no checks."""

from __future__ import annotations

from shuangbei.check.problem import Finding, Problem
from shuangbei.check.words import Words
from shuangbei.check.words_cells import CELLS
from shuangbei.check.words_cross import CROSS
from shuangbei.check.words_files import FILES
from shuangbei.check.words_series import SERIES

RULES: dict[str, Words] = {**FILES, **CELLS, **CROSS, **SERIES}

_REST = {
    "zh": "这个文件的其余内容没有检查。",
    "en": " The rest of this file was not checked.",
}


def problem(finding: Finding, language: str) -> Problem:
    """
    Put a finding into the words of ``language`` (``zh`` or ``en``).

    Raises
    ------
    KeyError
        If the rule has no words, or its words need a fact that the finding lacks.
    """
    words = RULES[finding.rule]
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


def _in(language: str, fact: str | tuple[str, str]) -> str:
    return fact if isinstance(fact, str) else fact[language == "en"]
