"""The shape of one rule's words; the words themselves stand in words_*.py."""

from __future__ import annotations

from dataclasses import dataclass


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
    blocks: bool = False

    def message(self, language: str) -> str:
        """What is wrong, in ``zh`` or ``en``."""
        return {"zh": self.zh, "en": self.en}[language]

    def remedy(self, language: str) -> str:
        """What to do, in ``zh`` or ``en``."""
        return {"zh": self.fix_zh, "en": self.fix_en}[language]
