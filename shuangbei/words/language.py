"""The language of the run, and the recurring words and lists of charts and tables; no data, no numbers."""

from __future__ import annotations

from shuangbei import paths

_WORDS = {
    "history": ("公开数字", "published figures"),
    "path": ("计划路径", "path of the plan"),
    "target": ("目标", "Target"),
    "outlook": ("按近年步伐推算", "at the recent pace"),
    "nation": ("全国", "Nation"),
    "city": ("重庆", "Chongqing"),
    "exact": ("确数", "exact"),
    "over": ("下限", "lower bound"),
    "nearly": ("上限", "upper bound"),
    "about": ("约数", "approximate"),
    "estimate": ("预计值", "estimate"),
    "period": ("时期", "Period"),
    "value": ("数值", "Value"),
    "qualifier": ("性质", "Kind of figure"),
    "sources": ("来源", "Sources"),
    "unit": ("单位", "Unit"),
    "colon": ("：", ": "),
    "list": ("、", ", "),
    "semicolon": ("；", "; "),
    "stop": ("。", ". "),
    "open": ("（", " ("),
    "close": ("）", ")"),
}
STRAIGHT = str.maketrans("‘’“”", "''\"\"")


def pick(zh: str, en: str) -> str:
    """Return the text in the language of the run."""
    return zh if paths.language() == "zh" else en


def say(word: str) -> str:
    """
    One word or phrase of charts and tables in the language of the run.

    Raises
    ------
    KeyError
        If the phrase is not in the list of this module.
    """
    return pick(*_WORDS[word])


def join(items: list[str]) -> str:
    """Join a list as readers write one: ``甲、乙`` or ``a, b``."""
    return say("list").join(items)


def parted(items: list[str]) -> str:
    """Join names that hold commas themselves: ``甲、乙`` or ``a, b; c``."""
    return pick("、", "; ").join(items)


def listed(items: list[str]) -> str:
    """Join a list for a sentence: ``甲、乙、丙`` or ``a, b and c``."""
    *first, last = items
    return join([*first, last]) if paths.language() == "zh" or not first else f"{join(first)} and {last}"
