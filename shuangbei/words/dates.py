"""Periods, days and sections of the plan as readers of each language write them; no data."""

from __future__ import annotations

from shuangbei import paths
from shuangbei.words import language

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


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
        return language.pick(f"{year}年", year)
    part = int(rest[1:])
    if rest[0] == "H":
        return language.pick(f"{year}年{'上下'[part - 1]}半年", f"H{part} {year}")
    if rest[0] == "Q":
        return language.pick(f"{year}年{'一二三四'[part - 1]}季度", f"Q{part} {year}")
    return language.pick(f"{year}年{part}月", f"{MONTHS[part - 1]} {year}")


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
        return language.pick(f"{first}—{last}年", f"{first}–{last}")
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
    return language.pick(
        f"《行动计划》第{'零一二三'[int(part)]}部分第{item}项",
        f"Action plan, part {('', 'one', 'two', 'three')[int(part)]}, item {item}",
    )


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


def dated(t: float, basis: str = "point") -> str:
    """
    A point of decimal time as a cell of a table or the start of a line has it: ``2025年底``, ``End of 2025``.

    Parameters
    ----------
    t : float
        Decimal year.
    basis : str
        Of the indicator, see :func:`moment`.
    """
    said = moment(t, basis).removeprefix("the ")
    return said[:1].upper() + said[1:]


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
        return language.pick(f"{year}年底", f"the end of {year}")
    if month == 11:
        return language.pick(f"{year}年", str(year))
    return language.pick(f"{year}年{month + 1}月", f"{MONTHS[month]} {year}")
