"""Classes of a map and their colours: by tier, by breaks, by sides of a border; no words of a legend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from shuangbei import load, words
from shuangbei.maps import breaks

RAMPS = {  # light to dark is low to high; each step shows in grey, and to the colour-blind
    1: ("#4a86b5",),
    2: ("#bcd3e3", "#4a86b5"),
    3: ("#bcd3e3", "#6b9dc4", "#1f5d8c"),
    4: ("#bcd3e3", "#86b0cf", "#4a86b5", "#1f5d8c"),
    5: ("#dfeaf2", "#b4cfe2", "#86b0cf", "#4a86b5", "#1f5d8c"),
}
# Below and above a middle: two hues, and in grey still light to dark.
SIDES = ("#f6dcb8", "#dcaa70", "#5b93bd", "#1c4f7a")
# So few units do not fill five classes.
_MANY = 10


@dataclass(frozen=True)
class Grammar:
    """
    How values become colours: class i holds the values from ``lows[i]`` to below the next.

    ``labels`` and ``fills`` go with ``lows``; ``unit`` is a code of ``data/units.csv``;
    ``best_first`` says that small is good; ``method`` says in words how the classes were made;
    ``middle`` is the bound between two sides, if they have one.
    """

    lows: tuple[float, ...]
    labels: tuple[str, ...]
    fills: tuple[str, ...]
    unit: str
    best_first: bool = False
    method: str = ""
    decimals: int = 0
    middle: float | None = None


def tier(number: int) -> str:
    """
    Name of a tier of the innovation index, counted from 1, the best.

    Examples
    --------
    >>> tier(1)
    '第一梯队'
    """
    return words.pick(f"第{'一二三四'[number - 1]}梯队", f"Tier {number}")


def tiers(n: int) -> Grammar:
    """
    Grammar of an ordinal value: the tiers (梯队) 1 to ``n``, the first the darkest.

    Raises
    ------
    ValueError
        If ``n`` is not 2, 3 or 4.
    """
    if n not in (2, 3, 4):
        raise ValueError(f"{n} tiers cannot be told apart in one map; 2 to 4 can")
    lows = tuple(range(1, n + 1))
    return Grammar(
        lows,
        tuple(map(tier, lows)),
        RAMPS[n][::-1],
        "tier",
        True,
        words.pick(
            "分级：来源公布的梯队，只给来源点了名的区县上色",
            "Classes: the tiers that the source publishes; only districts that it names are coloured",
        ),
    )


def _methods() -> dict[str, str]:
    return {
        "quantiles": words.pick("分位数，各级的区县数相近", "quantiles, about as many units in each"),
        "natural_breaks": words.pick("自然断点，同级的数相近", "natural breaks, alike within each"),
        "equal_interval": words.pick("等间距", "equal steps"),
        "given": words.pick("按指定的界限", "at given bounds"),
    }


def _decimals(numbers: Iterable[float], least: int) -> int:
    """Decimal places that print every number as it is, and not fewer than ``least``."""
    # Ten digits: a sum of decimal fractions ends in noise that nobody printed.
    return max(least, *(-int(Decimal(format(number, ".10g")).as_tuple().exponent) for number in numbers))


def _labels(lows: Sequence[float], unit: str, decimals: int) -> tuple[str, ...]:
    """Words of the classes; the last number of a class is the one before the next begins."""

    def number(value: float) -> str:
        return words.cell(value, unit, decimals)

    if len(lows) == 1:
        return (words.pick("公布的数", "Published figures"),)
    step = 10.0**-decimals
    ends = [number(high - step) for high in lows[1:]]
    first = (
        number(lows[0])
        if number(lows[0]) == ends[0]
        else words.pick(f"{number(lows[1])}以下", f"under {number(lows[1])}")
    )
    # A class that holds one number, such as 0 or 1, is that number.
    middle = [
        end if number(low) == end else f"{number(low)}–{end}"
        for low, end in zip(lows[1:-1], ends[1:], strict=False)
    ]
    return (first, *middle, words.pick(f"{number(lows[-1])}及以上", f"{number(lows[-1])} and over"))


def graded(
    values: Sequence[float] | pd.Series,
    unit: str,
    method: str,
    *,
    decimals: int = 0,
    given: Sequence[float] = (),
) -> Grammar:
    """
    Grammar of a count, an amount or a share: up to five classes, by a stated method.

    Parameters
    ----------
    values : sequence of float
        Of the known units, in the base unit; fewer than ten make fewer classes, one for two.
    unit : str
        Code of ``data/units.csv``.
    method : str
        One of :data:`shuangbei.maps.breaks.METHODS`.
    decimals : int
        With which the indicator is printed; bounds are finer only where values or cuts are.
    given : sequence of float
        Bounds for the method ``given``.

    Raises
    ------
    ValueError
        As :func:`shuangbei.maps.breaks.cuts`.
    """
    known = [float(value) for value in values]
    room = breaks.CLASSES if len(known) >= _MANY else max(1, len(known) // 2)
    found = breaks.cuts(known, method, given=given, n_classes=room)
    n, decimals = len(found.lows), _decimals([*known, *found.lows], decimals)
    # A single class says that there is a figure, and was not made by any method.
    told = (
        ""
        if n == 1
        else words.pick(f"分级：{_methods()[method]}，共{n}级", f"Classes: {_methods()[method]}; {n} classes")
    )
    return Grammar(found.lows, _labels(found.lows, unit, decimals), RAMPS[n], unit, False, told, decimals)


def sides(
    values: Sequence[float] | pd.Series,
    middle: float,
    unit: str,
    *,
    decimals: int = 0,
    method: str = "quantiles",
) -> Grammar:
    """
    Grammar of values on both sides of a middle, such as the city's own: two classes on each.

    The far classes begin at the same distance from the middle, the median distance.  Where that
    leaves no room for four classes, as around a middle of zero of what is never negative, the
    values are graded.

    Parameters
    ----------
    values : sequence of float
        Of the known units, in the base unit.
    middle : float
        A value equal to it counts as above.
    unit, decimals
        As in :func:`graded`.
    method : str
        Of the graded scale.
    """
    least, decimals = min(values), _decimals([*values, middle], decimals)
    far = sorted(abs(float(value) - middle) for value in values)
    step = round(far[len(far) // 2], decimals) or 10.0**-decimals
    if least >= 0 and step >= middle:
        step = round(middle / 2, decimals)  # what is never negative has no bound below zero
    below, above = round(middle - step, decimals), round(middle + step, decimals)
    if not below < middle < above or (least >= 0 and below <= 0):
        return graded(values, unit, method, decimals=decimals)
    lows = (min(least, middle - 2 * step), below, middle, above)
    low, mid, high = (words.cell(bound, unit, decimals) for bound in lows[1:])
    labels = (
        words.pick(f"比{mid}低，不到{low}", f"below {mid}: under {low}"),
        words.pick(f"比{mid}低，{low}起", f"below {mid}: {low} and over"),
        words.pick(f"{mid}及以上，不到{high}", f"{mid} and over, under {high}"),
        words.pick(f"{high}及以上", f"{high} and over"),
    )
    told = words.pick(f"分级：以{mid}为界，两边各分两级", f"Classes: two on each side of {mid}")
    return Grammar(lows, labels, SIDES, unit, False, told, decimals, middle)


def border(middle: pd.Series) -> str:
    """Say that the middle of two sides is the city's own figure: from :func:`middle`."""
    about = load.indicator(middle["indicator_id"])
    said = words.qualified(middle["value"], about["unit"], middle["qualifier"], words.decimals(middle, about))
    when = words.period(middle["period"])
    return words.pick(f"中间的界：全市{when}，{said}", f"The middle is the city's own figure: {said}, {when}")


def middle(indicator_id: str, periods: Iterable[str]) -> pd.Series | None:
    """
    The city's own figure that a map of two sides may have as its middle.

    Parameters
    ----------
    indicator_id : str
        Of the map.
    periods : iterable of str
        Of the figures on it.

    Returns
    -------
    pandas.Series or None
        A row of :func:`shuangbei.load.series`; None where the scale has no middle, the figures are
        of several periods, or the city has none of theirs: a district that stood above the city
        in 2020 may lie below what the city has reached since.
    """
    when = set(periods)
    if len(when) != 1 or load.row("map_scales", indicator_id)["scale"] != "sides":
        return None
    own = load.series(indicator_id)
    same = own[own["period"].isin(when)]
    return None if same.empty else same.iloc[0]


def of(indicator_id: str, values: Sequence[float] | pd.Series, middle: float | None = None) -> Grammar:
    """
    Grammar of an indicator, as ``data/map_scales.csv`` chooses it.

    Parameters
    ----------
    indicator_id : str
        With a row in ``data/map_scales.csv``.
    values : sequence of float
        Of the known units, in the base unit; at least one.
    middle : float, optional
        The city's own value, for a scale of two sides; without it the scale is graded.

    Raises
    ------
    shuangbei.load.UnknownCode
        If the indicator has no row there.
    """
    scale = load.row("map_scales", indicator_id)
    about = load.indicator(indicator_id)
    if scale["scale"] == "tier":
        return tiers(int(scale["cuts"]))
    decimals = int(about["decimals"])
    if scale["scale"] == "sides" and middle is not None:
        return sides(values, middle, about["unit"], decimals=decimals, method=scale["method"])
    given = [float(cut) for cut in scale["cuts"].split()]
    return graded(values, about["unit"], scale["method"], decimals=decimals, given=given)


NAME = "#0b1016"  # 4.5 : 1 and more on every colour but the darkest, which takes white
DARKEST = (RAMPS[3][-1], SIDES[-1])


def ink_on(fill: str) -> str:
    """Return the colour of words on a class."""
    return "#ffffff" if fill in DARKEST else NAME
