"""Where the classes of a map begin: a stated method, at round numbers that cut the same units apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor, log10

import jenkspy
import numpy as np

CLASSES = 5
METHODS = ("quantiles", "natural_breaks", "equal_interval", "given")
_STEPS = (5, 2, 1)
_FINEST = 7  # significant digits, at which the search for a round number ends


@dataclass(frozen=True)
class Cuts:
    """
    Where the classes begin.

    ``lows`` holds the lower bound of each class, rising; a value equal to a bound belongs to the
    class that it begins.  The first bound is the least value or below it.  ``method`` is one of
    :data:`METHODS`.
    """

    lows: tuple[float, ...]
    method: str


def round_between(low: float, high: float, near: float) -> float:
    """
    Find the roundest number above ``low`` and not above ``high``; of several, that next to ``near``.

    Examples
    --------
    >>> round_between(1934, 2316, 2100), round_between(0.26, 0.31, 0.28), round_between(-3, 4, 1)
    (2000.0, 0.3, 0.0)

    Raises
    ------
    ValueError
        If there is no number between the two.
    """
    if not low < high:
        raise ValueError(f"no number lies above {low} and not above {high}")
    if low < 0 <= high:
        return 0.0
    size = floor(log10(max(abs(low), abs(high))))
    for exponent in range(size, size - _FINEST, -1):
        for step in (Decimal(digit).scaleb(exponent) for digit in _STEPS):
            first = int(Decimal(str(low)) // step)
            found = [float(step * (first + i)) for i in range(0, 12)]
            fitting = [number for number in found if low < number <= high]
            if fitting:
                return min(fitting, key=lambda number: abs(number - near))
    return high


def cuts(
    values: Sequence[float], method: str, *, given: Sequence[float] = (), n_classes: int = CLASSES
) -> Cuts:
    """
    Divide values into classes by a method, and write the bounds as round numbers.

    Each bound is moved to the roundest number that leaves every value in its class, so that a
    legend can be read and nothing is decided by rounding.

    Parameters
    ----------
    values : sequence of float
        The known values, at least one.
    method : str
        ``quantiles`` (as many units in each class), ``natural_breaks`` (classes as alike within
        as can be; Fisher's exact algorithm [1]_), ``equal_interval``, or ``given``.
    given : sequence of float
        For ``given``: bounds between the classes, rising.
    n_classes : int
        At most so many; fewer where there are fewer different values.

    Raises
    ------
    ValueError
        If there is no value, the method is unknown, or given bounds do not rise or are more than a
        map has colours for.

    References
    ----------
    .. [1] W. D. Fisher, "On grouping for maximum homogeneity", Journal of the American
       Statistical Association 53 (284), 1958; as jenkspy computes it.
    """
    known = np.unique(np.asarray(values, dtype=float))
    if not len(known):
        raise ValueError("no values to divide into classes")
    if method not in METHODS:
        raise ValueError(f"method {method!r} is not known; use {', '.join(METHODS)}")
    bounds = _given(given) if method == "given" else _found(values, known, method, n_classes)
    first = _first(known[0], bounds)
    return Cuts((first, *(bound for bound in bounds if bound > first)), method)


def _given(given: Sequence[float]) -> list[float]:
    bounds = [float(bound) for bound in given]
    if not bounds or bounds != sorted(set(bounds)):
        raise ValueError(f"given bounds {list(given)} do not rise; write each once, in order")
    if len(bounds) >= CLASSES:
        raise ValueError(
            f"{len(bounds)} given bounds make {len(bounds) + 1} classes, which a map cannot tell"
            f" apart; write at most {CLASSES - 1} in data/map_scales.csv"
        )
    return bounds


def _found(values: Sequence[float], known: np.ndarray, method: str, n_classes: int) -> list[float]:
    """Inner bounds of a scheme, each where it cuts the same values, as round as can be."""
    n = min(n_classes, len(known))
    if n == 1:
        return []
    bounds = []
    for bound in _ends(np.asarray(values, dtype=float), method, n):
        below, above = known[known <= bound], known[known > bound]
        if len(below) and len(above):
            bounds.append(round_between(below[-1], above[0], bound))
    return sorted(set(bounds))


def _ends(values: np.ndarray, method: str, n: int) -> np.ndarray:
    """Where all but the last of ``n`` classes end, two at least; a value on an end still belongs to it."""
    if method == "quantiles":
        return np.percentile(values, 100 * np.arange(1, n) / n)
    if method == "equal_interval":
        return np.linspace(values.min(), values.max(), n + 1)[1:-1]
    return np.array(jenkspy.jenks_breaks(values, n_classes=n)[1:-1])


def _first(least: float, bounds: list[float]) -> float:
    """Lower bound of the first class: nothing below it is known."""
    if least >= 0:
        return 0.0
    step = 10.0 ** floor(log10(abs(least)))
    below = floor(least / step) * step
    return min(below, bounds[0] - step) if bounds else below
