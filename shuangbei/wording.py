"""Words, numbers and periods as readers of each language write them; no data, no markup."""

from __future__ import annotations

import math

from shuangbei import load, paths

_WORDS = {
    "history": ("公开数字", "published figures"),
    "path": ("计划路径", "path of the plan"),
    "milestone": ("2025年目标", "2025 milestone"),
    "target": ("目标", "target"),
    "outlook": ("按近年步伐推算", "at the recent pace"),
    "outlook_range": ("最慢与最快步伐之间", "between the slowest and fastest pace"),
    "nation": ("全国", "nation"),
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
    "year_end": ("年底", "end of year"),
    "needs": ("所需研发投入强度", "intensity needed"),
    "none_public": ("没有查到公开数字", "no public figure was found"),
    "break": ("口径可能变化", "scope may differ"),
    "colon": ("：", ": "),
    "list": ("、", ", "),
    "semicolon": ("；", "; "),
    "stop": ("。", ". "),
    "open": ("（", " ("),
    "close": ("）", ")"),
}
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_SIGNS = {"over": ("超", "over "), "nearly": ("近", "nearly "), "about": ("约", "about "),
          "estimate": ("预计", "an estimated ")}
MINUS = "−"


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


def period(code: str) -> str:
    """
    A period in words: ``2024年``, ``2024年上半年``, ``2024年三季度``, ``2025年10月``.

    Examples
    --------
    >>> period("2025-10"), period("2024H1"), period("2023")
    ('2025年10月', '2024年上半年', '2023年')
    """
    year, rest = code[:4], code[4:]
    if not rest:
        return pick(f"{year}年", year)
    part = int(rest[1:])
    if rest[0] == "H":
        return pick(f"{year}年{'上下'[part - 1]}半年", f"H{part} {year}")
    if rest[0] == "Q":
        return pick(f"{year}年{'一二三四'[part - 1]}季度", f"Q{part} {year}")
    return pick(f"{year}年{part}月", f"{_MONTHS[part - 1]} {year}")


def periods(code: str) -> str:
    """
    One period, or a span of years, in words.

    Examples
    --------
    >>> periods("2024-2026"), periods("2025-10"), periods("")
    ('2024—2026年', '2025年10月', '')
    """
    if not code:
        return ""
    first, _, last = code.partition("-")
    if len(first) == len(last) == 4:
        return pick(f"{first}—{last}年", f"{first}–{last}")
    return period(code)


def since(t: float) -> str:
    """Return the beginning of a span in words: ``2022年底以来``, ``since the end of 2022``."""
    article = "the " if round(t * 12) % 12 == 0 else ""
    return pick(f"{moment(t)}以来", f"since {article}{moment(t)}")


def moment(t: float) -> str:
    """
    A point of decimal time in words, by month: 2026.0 is the end of 2025.

    Examples
    --------
    >>> moment(2026.0), moment(2025 + 10 / 12)
    ('2025年底', '2025年10月')
    """
    months = round(t * 12)
    year, month = divmod(months - 1, 12)
    if month == 11:
        return pick(f"{year}年底", f"end of {year}")
    return pick(f"{year}年{month + 1}月", f"{_MONTHS[month]} {year}")


def number(value: float, decimals: int = 0) -> str:
    """
    A number with thousands separators and a true minus sign.

    Examples
    --------
    >>> number(9123), number(-0.09, 2), number(974.24, 2)
    ('9,123', '−0.09', '974.24')
    """
    if value is None or math.isnan(value):
        return "—"
    rounded = round(value, decimals)
    return f"{rounded if rounded else abs(rounded):,.{decimals}f}".replace("-", MINUS)


def quantity(value: float, unit: str, decimals: int = 0) -> str:
    """
    A number with its unit: ``9,123家``, ``974.24亿元``, ``CNY 97.4 billion``.

    Parameters
    ----------
    value : float
        In the unit ``unit`` of ``data/units.csv``.
    unit : str
        Code of the unit.
    decimals : int
        Decimal places that the number carries.
    """
    if paths.language() == "en" and unit == "cny_100m":
        return f"CNY {number(value / 10, decimals + 1)} billion"
    name = load.label("units", unit)
    if unit == "percent":
        return f"{number(value, decimals)}%"
    return pick(f"{number(value, decimals)}{name}", f"{number(value, decimals)} {name}")


def qualified(value: float, unit: str, qualifier: str, decimals: int = 0) -> str:
    """Return :func:`quantity` with the word that makes it a bound or an estimate, if it is one."""
    return pick(*_SIGNS.get(qualifier, ("", ""))) + quantity(value, unit, decimals)


def places(row, about) -> int:
    """
    Decimal places for an observation: those its source printed, if it printed this unit.

    Parameters
    ----------
    row : row of :func:`shuangbei.load.observations`
    about : row of the indicators
    """
    if row.unit == about["unit"]:
        return len(row.printed.partition(".")[2])
    return int(about["decimals"])


def printed(row, about) -> str:
    """Return the value of an observation as people read it, without its unit."""
    return number(row.value, places(row, about))


def computed_places(value: float, decimals: int) -> int:
    """
    Decimal places for a computed value: no more than its size can bear.

    Examples
    --------
    >>> [computed_places(v, 2) for v in (1490.0, 898.24, 33.06)]
    [0, 1, 2]
    """
    size = abs(value)
    return min(decimals, 0 if size >= 1000 else 1 if size >= 100 else decimals)


def as_printed(row, about) -> str:
    """Return :func:`printed`, followed by the source's own form where it used another unit."""
    if row.unit == about["unit"]:
        return printed(row, about)
    source = f"{row.printed}{pick('', ' ')}{load.label('units', row.unit)}"
    return f"{printed(row, about)}{say('open')}{pick('原文', 'printed as ')}{source}{say('close')}"
