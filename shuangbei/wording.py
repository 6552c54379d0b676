"""Words, numbers and periods as readers of each language write them; no data, no markup."""

from __future__ import annotations

import math
import re

from shuangbei import load, magnitudes, paths

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
MONTHS = ("January February March April May June July August September October November"
          " December").split()
_SIGNS = {"over": ("超", "over "), "nearly": ("近", "nearly "), "about": ("约", "about "),
          "estimate": ("预计", "an estimated ")}
_ORDINALS = ("rank", "tier")
MINUS = "−"
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")


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
    return join([*first, last]) if paths.language() == "zh" or not first else \
        f"{join(first)} and {last}"


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
    return pick(f"{year}年{part}月", f"{MONTHS[part - 1]} {year}")


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


def section(code: str) -> str:
    """
    The place in the plan that a commitment is cited by.

    Examples
    --------
    >>> section("1(2)"), section("2-14"), section("3(2)")
    ('《行动计划》第一部分第2项', '《行动计划》第二部分第14项', '《行动计划》第三部分第2项')
    """
    part, item = code.rstrip(")").replace("(", "-").split("-")
    return pick(f"《行动计划》第{'零一二三'[int(part)]}部分第{item}项",
                f"Action plan, part {part}, item {item}")


def day(date: str) -> str:
    """
    A date in words.

    Examples
    --------
    >>> day("2026-11-20"), day("2026-03"), day("")
    ('2026年11月20日', '2026年3月', '')
    """
    parts = [int(part) for part in date.split("-")] if date else []
    if paths.language() == "zh":
        return "".join(f"{part}{unit}" for part, unit in zip(parts, "年月日", strict=False))
    words = [str(part) for part in parts[2:]] + [MONTHS[part - 1] for part in parts[1:2]]
    return " ".join([*words, *(str(part) for part in parts[:1])])


def moment(t: float, basis: str = "point") -> str:
    """
    A point of decimal time in words, by month: 2026.0 is the end of 2025.

    Parameters
    ----------
    t : float
        Decimal year.
    basis : str
        Of the indicator: only what stands at a ``point`` of time is said of the end of a year;
        a flow or a share is said of the year.

    Examples
    --------
    >>> moment(2026.0), moment(2026.0, "period"), moment(2025 + 10 / 12)
    ('2025年底', '2025年', '2025年10月')
    """
    months = round(t * 12)
    year, month = divmod(months - 1, 12)
    if month == 11 and basis == "point":
        return pick(f"{year}年底", f"the end of {year}")
    if month == 11:
        return pick(f"{year}年", str(year))
    return pick(f"{year}年{month + 1}月", f"{MONTHS[month]} {year}")


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
    A number with its unit: ``9,123家``, ``974.24亿元``, ``CNY 97.424 billion``.

    Parameters
    ----------
    value : float
        In the unit ``unit`` of ``data/units.csv``.
    unit : str
        Code of the unit.
    decimals : int
        Decimal places that the number carries in that unit.
    """
    name = load.label("units", unit)
    if unit == "percent":
        return f"{number(value, decimals)}%"
    if paths.language() == "zh":
        return f"{number(value, decimals)}{name}"
    figure = amount(value, unit, decimals)
    if unit.startswith("cny_"):
        return f"{MINUS}CNY {figure[1:]}" if figure.startswith(MINUS) else f"CNY {figure}"
    if unit in _ORDINALS:
        return f"{name} {figure}"
    if unit in magnitudes.ZEROS:
        name = re.sub("^10,000 ", "", name)
    return f"{figure} {_one(name) if figure == '1' else name}"


def amount(value: float, unit: str, decimals: int = 0) -> str:
    """
    A number with its scale and without what it counts: ``600万``, ``6 million``.

    Parameters
    ----------
    value, unit, decimals
        As in :func:`quantity`.
    """
    if value is None or math.isnan(value):
        return number(value)
    if paths.language() == "zh":
        return number(value, decimals) + re.match("[万亿]*", load.label("units", unit)).group()
    if unit not in magnitudes.ZEROS:
        return number(value, decimals)
    figure, places, word = magnitudes.spoken(value, unit, decimals)
    return f"{number(figure, places)} {word}".strip()


def column(unit: str) -> str:
    """Return the name of the unit that a column or an axis of figures is in: ``CNY billion``."""
    headed_ = magnitudes.heading(unit) if paths.language() == "en" else None
    return headed_[1] if headed_ else load.label("units", unit)


def cell(value: float, unit: str, decimals: int = 0) -> str:
    """
    A number in the unit that :func:`column` names.

    Parameters
    ----------
    value, unit, decimals
        As in :func:`quantity`.
    """
    headed_ = magnitudes.heading(unit) if paths.language() == "en" else None
    if value is None or math.isnan(value) or headed_ is None:
        return number(value, decimals)
    return number(*magnitudes.moved(value, headed_[0], decimals))


def drawn(text: str) -> str:
    """Return a text for a picture, whose Chinese font draws curly quotes as wide as a character."""
    return pick(text, text.translate(_STRAIGHT))


def _one(name: str) -> str:
    """Name of a unit for exactly one: ``patent per CNY 100 million``."""
    return re.sub(r"^(\w+)s\b", r"\1", name)


def qualified(value: float, unit: str, qualifier: str, decimals: int = 0) -> str:
    """Return :func:`quantity` with the word that makes it a bound or an estimate, if it is one."""
    return signed(quantity(value, unit, decimals), qualifier)


def headed(word: str, unit_name: str) -> str:
    """Return the heading of a column with its unit: ``数值（家）``."""
    return f"{word}{say('open')}{unit_name}{say('close')}"


def signed(text: str, qualifier: str) -> str:
    """Return a number with the word that makes it a bound or an estimate: ``近600``."""
    return pick(*_SIGNS.get(qualifier, ("", ""))) + text


def shown(text: str, qualifier: str) -> str:
    """Return :func:`signed` as a picture or a narrow column has room for it: ``est. 600``."""
    return pick("预计", "est. ") + text if qualifier == "estimate" else signed(text, qualifier)


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
