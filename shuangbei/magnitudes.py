"""How English writes numbers that Chinese counts in 万 and 亿; scale words and factors, no data."""

from __future__ import annotations

# Zeros between a unit of ``data/units.csv`` and what it counts: 1亿元 is CNY 100,000,000.
ZEROS = {"cny_10k": 4, "cny_100m": 8, "cny_1bn": 9, "cny_1tn": 12, "sqm_10k": 4,
         "enterprise_10k": 4, "item_10k": 4, "patent_10k": 4}
_LONGEST = 3  # decimal places beside a scale word
_WORDS = ((12, "trillion"), (9, "billion"), (6, "million"))
# Powers of ten, and the name, from a unit to the one that an English column or axis is headed by.
_HEADED = {"cny_10k": (-2, "CNY million"), "cny_100m": (-1, "CNY billion"),
           "cny_1bn": (0, "CNY billion"), "cny_1tn": (0, "CNY trillion"),
           "sqm_10k": (-2, "million square metres"), "enterprise_10k": (4, "enterprises"),
           "item_10k": (4, "items"), "patent_10k": (4, "patents")}


def spoken(value: float, unit: str, decimals: int) -> tuple[float, int, str]:
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
    >>> spoken(974.24, "cny_100m", 2), spoken(0.24, "cny_100m", 2), spoken(3.69, "patent_10k", 2)
    ((97.424, 3, 'billion'), (24.0, 0, 'million'), (36900.0, 0, ''))
    >>> spoken(19500.27, "cny_100m", 2)
    (1950.027, 3, 'billion')
    """
    kept, zeros = round(value, decimals), ZEROS[unit]
    size = abs(kept) * 10**zeros
    for power, word in _WORDS:
        figure, places = moved(kept, zeros - power, decimals)
        # 1.950027 trillion is harder to read than 1,950.027 billion.
        if size >= 10**power and places <= _LONGEST:
            return figure, places, word
    return *moved(kept, zeros, decimals), ""


def moved(value: float, powers: int, decimals: int) -> tuple[float, int]:
    """
    Move the point of a number by powers of ten; its decimal places move with it.

    Every digit that is there stays, and none is added: a figure keeps the place of its last
    digit, except that a whole number takes no zeros after the point.

    Examples
    --------
    >>> moved(974.24, -1, 2), moved(0.4785, 2, 4), moved(1300, -1, 0)
    ((97.424, 3), (47.85, 2), (130.0, 0))
    """
    places = max(decimals - powers, 0)
    figure = round(round(value, decimals) * 10.0**powers, places)
    if decimals == 0:
        places = len(f"{figure:.{places}f}".rstrip("0").partition(".")[2]) if places else 0
    return figure, places


def between(unit: str, other: str) -> int:
    """
    Powers of ten from a unit to the one that an English column of ``other`` is headed by.

    Examples
    --------
    >>> between("cny_1tn", "cny_100m"), between("enterprise_10k", "enterprise")
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
