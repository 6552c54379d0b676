"""The language of the run, and the recurring words of charts, tables and pages; no data, no numbers."""

from __future__ import annotations

import re

from shuangbei import paths

_CLAUSE = re.compile(r"[，。；：？！]|[,.;:?!](?=\s)")

_WORDS = {
    "history": ("公开数字", "published figures"),
    "path": ("计划路径", "path of the plan"),
    "target": ("目标", "Target"),
    "outlook": ("按近年步伐推算", "at the recent pace"),
    "nation": ("全国", "Nation"),
    "city": ("重庆", "Chongqing"),
    "exact": ("确数", "exact"),
    "rounded": ("公布数", "as published"),
    "over": ("下限", "lower bound"),
    "nearly": ("上限", "upper bound"),
    "about": ("约数", "approximate"),
    "estimate": ("预计值", "estimate"),
    "period": ("时期", "Period"),
    "value": ("数值", "Value"),
    "qualifier": ("性质", "Kind of figure"),
    "sources": ("来源", "Sources"),
    "unit": ("单位", "Unit"),
    # Headings and words that several pages write.
    "indicator": ("指标", "Indicator"),
    "district": ("区县", "District or county"),
    "district_short": ("区县", "District"),
    "area": ("地区", "Area"),
    "region": ("片区", "Region"),
    "divisions": ("区划", "Divisions"),
    "mark": ("看什么", "Question"),
    "verdict": ("标记", "Mark"),
    "commitment": ("承诺", "Commitment"),
    "mark_to_date": ("至今进度", "To date"),
    "mark_milestone": ("2025年目标", "2025 milestone"),
    "mark_outlook": ("到期展望", "Outlook"),
    "clue": ("线索", "Clue"),
    "provisional": ("暂定", "provisional"),
    "met": ("达到", "met"),
    "missed": ("未达到", "missed"),
    "goal": ("目标", "target"),
    "would_publish": ("应由谁公布", "Who would publish it"),
    "not_found": ("没有查到的公开数字", "Figures that were not found"),
    "missing": ("缺什么", "What is missing"),
    "when_due": ("照往例何时可见", "When it is usually out"),
    "reason": ("原因", "Reason"),
    "note": ("说明", "Note"),
    "source_number": ("编号", "No."),
    "document": ("文件", "Document"),
    "publisher": ("发布者", "Publisher"),
    "date": ("日期", "Date"),
    "directness": ("等级", "Kind of source"),
    "rank": ("名次", "Rank"),
    "known_districts": ("有数的区县", "Districts with a figure"),
    "read_first": ("先看这一点", "Read this first"),
    "embed": ("嵌入", "Embed"),
    "cite": ("引用", "Cite"),
    "no_figure": ("未见公开数字", "No published figure"),
    "enlarged": ("中心城区（局部放大）", "Central urban area, enlarged"),
    "all_figures": ("全部图", "All charts and maps"),
    # Signs between words.
    "colon": ("：", ": "),
    "comma": ("，", ", "),
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
    One recurring word, heading or sign in the language of the run.

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
    """Join names that may hold commas themselves: ``甲、乙``, ``甲，引乙；丙`` or ``a, b; c``."""
    return pick("；" if any("，" in one for one in items) else "、", "; ").join(items)


def listed(items: list[str]) -> str:
    """Join a list for a sentence: ``甲、乙、丙`` or ``a, b and c``."""
    *first, last = items
    return join([*first, last]) if paths.language() == "zh" or not first else f"{join(first)} and {last}"


def clipped(text: str, most: int) -> str:
    """
    Return a text of at most so many characters, cut after a clause if it must be.

    Examples
    --------
    >>> clipped("One, two and three.", 12), clipped("一、二，三四五六。", 6), clipped("Short.", 9)
    ('One…', '一、二…', 'Short.')
    """
    if len(text) <= most:
        return text
    ends = [end.start() for end in _CLAUSE.finditer(text, 0, most - 1)]
    return (text[: ends[-1]] if ends else text[: most - 1]) + "…"


def introduced(title: str, said: str) -> str:
    """
    Return a description after its title, unless it begins with it anyway.

    Examples
    --------
    >>> introduced("合同", "从一到二"), introduced("合同", "合同；从一到二")
    ('合同：从一到二', '合同；从一到二')
    """
    return said if said.startswith(title) else title + say("colon") + said
