"""Numbers, their units and magnitudes as readers of each language write them; no data, no markup."""

from __future__ import annotations

import math
import re

from shuangbei import load, paths
from shuangbei.words import language
from shuangbei.words.cells import NOTHING, Cell

# Zeros between a unit of ``data/units.csv`` and what it counts: 1亿元 is CNY 100,000,000.
ZEROS = {
    "cny_10k": 4,
    "cny_100m": 8,
    "cny_1bn": 9,
    "cny_1tn": 12,
    "sqm_10k": 4,
    "enterprise_10k": 4,
    "item_10k": 4,
    "patent_10k": 4,
}
_LONGEST = 3  # decimal places beside a scale word
_WORDS = ((12, "trillion"), (9, "billion"), (6, "million"))
# Powers of ten, and the name, from a unit to the one that an English column or axis is headed by.
_HEADED = {
    "cny_10k": (-2, "CNY million"),
    "cny_100m": (-1, "CNY billion"),
    "cny_1bn": (0, "CNY billion"),
    "cny_1tn": (0, "CNY trillion"),
    "sqm_10k": (-2, "million square metres"),
    "enterprise_10k": (4, "enterprises"),
    "item_10k": (4, "items"),
    "patent_10k": (4, "patents"),
}


def magnitude(value: float, unit: str, decimals: int) -> tuple[float, int, str]:
    """
    Split a number as English says it: figure, its decimal places, and the scale word.

    Parameters
    ----------
    value : float
        In ``unit``, one of :data:`ZEROS`.
    decimals : int
        Decimal places that the number carries in that unit.

    Examples
    --------
    >>> magnitude(974.24, "cny_100m", 2), magnitude(0.24, "cny_100m", 2), magnitude(3.69, "patent_10k", 2)
    ((97.424, 3, 'billion'), (24.0, 0, 'million'), (36900.0, 0, ''))
    >>> magnitude(19500.27, "cny_100m", 2)
    (1950.027, 3, 'billion')
    """
    kept, zeros = round(value, decimals), ZEROS[unit]
    size = abs(kept) * 10**zeros
    for power, word in _WORDS:
        figure, places = shifted(kept, zeros - power, decimals)
        # 1.950027 trillion is harder to read than 1,950.027 billion.
        if size >= 10**power and places <= _LONGEST:
            return figure, places, word
    return *shifted(kept, zeros, decimals), ""


def shifted(value: float, powers: int, decimals: int) -> tuple[float, int]:
    """
    Move the point of a number by powers of ten; its decimal places move with it.

    Every digit that is there stays, and none is added: a figure keeps the place of its last
    digit, except that a whole number takes no zeros after the point.

    Examples
    --------
    >>> shifted(974.24, -1, 2), shifted(0.4785, 2, 4), shifted(1300, -1, 0)
    ((97.424, 3), (47.85, 2), (130.0, 0))
    """
    places = max(decimals - powers, 0)
    figure = round(round(value, decimals) * 10.0**powers, places)
    if decimals == 0:
        places = len(f"{figure:.{places}f}".rstrip("0").partition(".")[2]) if places else 0
    return figure, places


def is_scaled(unit: str) -> bool:
    """
    Whether a unit counts in 万, 亿 or more, so that a quantity has a scale word.

    Examples
    --------
    >>> is_scaled("cny_100m"), is_scaled("enterprise")
    (True, False)
    """
    return unit in ZEROS


def is_money(unit: str) -> bool:
    """
    Whether a unit counts money, so that English puts its name before the number.

    Examples
    --------
    >>> is_money("cny_100m"), is_money("enterprise")
    (True, False)
    """
    return bool(load.row("units", unit)["quantity"] == "money")


def power_between(unit: str, other: str) -> int:
    """
    Powers of ten from a unit to the one that an English column of ``other`` is headed by.

    Examples
    --------
    >>> power_between("cny_1tn", "cny_100m"), power_between("enterprise_10k", "enterprise")
    (3, 4)
    """
    return ZEROS.get(unit, 0) - ZEROS.get(other, 0) + _HEADED.get(other, (0,))[0]


def heading(unit: str) -> tuple[int, str] | None:
    """
    Powers of ten to, and name of, the unit of an English column; None if it is the unit itself.

    Examples
    --------
    >>> heading("cny_100m"), heading("enterprise")
    ((-1, 'CNY billion'), None)
    """
    return _HEADED.get(unit)


_SIGNS = {
    "over": ("超", "over "),
    "nearly": ("近", "nearly "),
    "about": ("约", "about "),
    "estimate": ("预计", "an estimated "),
}
_COUNTS = (
    "零一二三四五六七八九十",
    ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
)
_ORDINALS = ("rank", "tier")
MINUS = "−"


def number(value: float | None, decimals: int = 0) -> str:
    """
    A number with thousands separators and a true minus sign.

    Examples
    --------
    >>> number(9123), number(-0.09, 2), number(974.24, 2)
    ('9,123', '−0.09', '974.24')
    """
    if value is None or math.isnan(value):
        return NOTHING
    return f"{_rounded(value, decimals):,.{decimals}f}".replace("-", MINUS)


def digits(value: float | None, decimals: int = 0) -> str:
    """
    A number as programs read it: the digits of :func:`number`; empty if there is none.

    Examples
    --------
    >>> digits(9123), digits(-0.09, 2), digits(float("nan"))
    ('9123', '-0.09', '')
    """
    if value is None or math.isnan(value):
        return ""
    return f"{_rounded(value, decimals):.{decimals}f}"


def _rounded(value: float, decimals: int) -> float:
    """A rounded number that is never minus nought."""
    rounded = round(value, decimals)
    return rounded if rounded else abs(rounded)


def counted(n: int) -> str:
    """
    A whole number up to ten as a word, as it stands in a sentence: ``五``, ``five``.

    Raises
    ------
    IndexError
        If it is more than ten.

    Examples
    --------
    >>> counted(5)
    '五'
    """
    zh, en = _COUNTS
    return language.pick(zh[n], en[n])


def quantity(value: float | None, unit: str, decimals: int = 0) -> str:
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
        return f"{number(value, decimals)}{'个' * (unit == 'percentage_point')}{name}"
    figure = amount(value, unit, decimals)
    if is_money(unit):
        return f"{MINUS}CNY {figure[1:]}" if figure.startswith(MINUS) else f"CNY {figure}"
    if unit in _ORDINALS:
        return f"{name} {figure}"
    if unit in ZEROS:
        name = re.sub("^10,000 ", "", name)
    return f"{figure} {_one(name) if figure == '1' else name}"


def amount(value: float | None, unit: str, decimals: int = 0) -> str:
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
        return number(value, decimals) + "".join(re.findall("^[万亿]*", load.label("units", unit)))
    if unit not in ZEROS:
        return number(value, decimals)
    figure, places, word = magnitude(value, unit, decimals)
    return f"{number(figure, places)} {word}".strip()


def column(unit: str) -> str:
    """Return the name of the unit that a column or an axis of figures is in: ``CNY billion``."""
    headed_ = heading(unit) if paths.language() == "en" else None
    return headed_[1] if headed_ else load.label("units", unit)


def cell(value: float | None, unit: str, decimals: int = 0) -> Cell:
    """
    A number in the unit that :func:`column` names, with its digits as a value.

    Parameters
    ----------
    value, unit, decimals
        As in :func:`quantity`.
    """
    headed_ = heading(unit) if paths.language() == "en" else None
    if value is not None and not math.isnan(value) and headed_ is not None:
        value, decimals = shifted(value, headed_[0], decimals)
    return Cell(number(value, decimals), number=digits(value, decimals))


def drawn(text: str) -> str:
    """Return a text for a picture, whose Chinese font draws curly quotes as wide as a character."""
    return language.pick(text, text.translate(language.STRAIGHT))


def _one(name: str) -> str:
    """Name of a unit for exactly one: ``patent per CNY 100 million``."""
    return re.sub(r"^(\w+)s\b", r"\1", name)


def qualified(value: float | None, unit: str, qualifier: str, decimals: int = 0) -> str:
    """Return :func:`quantity` with the word that makes it a bound or an estimate, if it is one."""
    return signed(quantity(value, unit, decimals), qualifier)


def headed(word: str, unit_name: str) -> str:
    """Return the heading of a column with its unit: ``数值（家）``."""
    return f"{word}{language.say('open')}{unit_name}{language.say('close')}"


def signed(text: str, qualifier: str) -> str:
    """Return a number with the word that makes it a bound or an estimate: ``近600``."""
    return language.pick(*_SIGNS.get(qualifier, ("", ""))) + text


def shown(text: str, qualifier: str) -> str:
    """Return :func:`signed` as a picture or a narrow column has room for it: ``est. 600``."""
    return language.pick("预计", "est. ") + text if qualifier == "estimate" else signed(text, qualifier)


def computed_decimals(value: float, decimals: int) -> int:
    """
    Decimal places for a computed value: no more than its size can bear.

    Examples
    --------
    >>> [computed_decimals(v, 2) for v in (1490.0, 898.24, 33.06)]
    [0, 1, 2]
    """
    size = abs(value)
    return min(decimals, 0 if size >= 1000 else 1 if size >= 100 else decimals)
