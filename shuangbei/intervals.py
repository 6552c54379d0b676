"""Intervals that printed numbers leave, and arithmetic on them that encloses every possible result; no data."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import simpleeval
from mpmath import iv

Ends = tuple[Decimal, Decimal]
_NOISE = 6  # digits beyond those shown, after which binary arithmetic alone speaks
# The ends of the figure itself are both of the result; a bound takes one end of its formula.
EQUAL, AT_LEAST, AT_MOST = "formula", "at_least", "at_most"
# Such a number enters a formula as its fraction, and leaves it as a percentage or its points.
HUNDREDTHS = ("percent", "percentage_point")
_FRACTION = Decimal("0.01")
_NODES = (ast.Expr, ast.BinOp, ast.UnaryOp, ast.Name, ast.Constant)


@dataclass(frozen=True)
class Interval:
    """
    Values from ``low`` to ``high``, both included; None is an end that is open to infinity.

    Ends are floats that enclose the exact value, never rounded towards it.
    """

    low: float | None
    high: float | None

    @classmethod
    def between(cls, low: Decimal | float, high: Decimal | float) -> Interval:
        """
        Return the interval between two ends, of which infinite ones are open.

        Examples
        --------
        >>> Interval.between(Decimal("0.5"), Decimal("Infinity"))
        Interval(low=0.5, high=None)
        """
        return cls(*(float(end) if math.isfinite(end) else None for end in (low, high)))

    def meets(self, other: Interval) -> bool:
        """Tell whether both have a value in common: whether a thing can be in both."""
        below = self.high is not None and other.low is not None and self.high < other.low
        above = self.low is not None and other.high is not None and other.high < self.low
        return not (below or above)

    def encloses(self, other: Interval) -> bool:
        """Tell whether all of another interval lies in it."""
        low = self.low is None or (other.low is not None and self.low <= other.low)
        return low and (self.high is None or (other.high is not None and other.high <= self.high))


class UpsideDown(ValueError):
    """Bounds between which nothing lies: the lower one, and the upper one below it."""

    def __init__(self, low: float, high: float) -> None:
        super().__init__(f"no less than {low:g} and no more than {high:g}: nothing lies between")
        self.low, self.high = low, high


def outward(end: float, decimals: int, rounding: str) -> float:
    """
    Round an end of an interval away from it, so that the rounded one still encloses what it did.

    Examples
    --------
    >>> from decimal import ROUND_CEILING, ROUND_FLOOR
    >>> outward(10028.77, 0, ROUND_FLOOR), outward(10140.47, 0, ROUND_CEILING)
    (10028.0, 10141.0)
    """
    known = Decimal(end).quantize(Decimal(1).scaleb(-decimals - _NOISE))
    return float(known.quantize(Decimal(1).scaleb(-decimals), rounding))


def interval_of(printed: str, qualifier: str, *, step: Decimal | None) -> Ends:
    """
    The interval that a printed number leaves, in its own unit; its ends may be infinite.

    Method: half a step to either side; ``over`` v is from v on, ``nearly`` v is up to v.

    Parameters
    ----------
    printed : str
        The number as its source printed it.
    qualifier : str
        Code of ``qualifiers.csv``; ``about`` leaves no interval that could be named.
    step : decimal.Decimal or None
        What it was rounded to; None where it is exact.

    Raises
    ------
    ValueError
        If the number is only said to be about right.

    Examples
    --------
    >>> interval_of("91", "exact", step=Decimal(1))
    (Decimal('90.5'), Decimal('91.5'))
    """
    value, infinite = Decimal(printed), Decimal("Infinity")
    if qualifier == "about":
        raise ValueError(f"about {printed} leaves no interval: the source does not say how near it is")
    if qualifier == "over":
        return value, infinite
    if qualifier == "nearly":
        return -infinite, value
    half = (step or Decimal(0)) / 2
    return value - half, value + half


def published(
    printed: str, qualifier: str, unit: Mapping[str, str], *, rounded_to: int | None = None
) -> Ends:
    """
    The interval that a published number leaves, in the base unit of its quantity.

    Parameters
    ----------
    printed, qualifier : str
        As in :func:`interval_of`.
    unit : mapping of str to str
        The row of ``units.csv``: ``factor`` and ``whole``.
    rounded_to : int or None
        What the source evidently rounded to, in the unit as printed; None for its last digit.

    Raises
    ------
    ValueError
        If the number is only said to be about right.
    """
    factor = Decimal(unit["factor"])
    low, high = interval_of(printed, qualifier, step=_step(printed, unit, rounded_to))
    return low * factor, high * factor


def _step(printed: str, unit: Mapping[str, str], rounded_to: int | None) -> Decimal | None:
    """What a number was rounded to, in its own unit; None for a count to the single one."""
    if rounded_to is not None:
        return Decimal(rounded_to)
    decimals = len(printed.partition(".")[2])
    if decimals == 0 and unit["whole"] == "yes" and Decimal(unit["factor"]) == 1:
        return None
    return Decimal(1).scaleb(-decimals)


def in_formula(ends: Ends, unit: str) -> Ends:
    """Return ends as a formula takes them: those of a percentage as fractions."""
    low, high = ends
    return (low * _FRACTION, high * _FRACTION) if unit in HUNDREDTHS else ends


def bounded(formulas: Iterable[tuple[str, str]], named: Mapping[str, Ends], unit: str) -> Interval:
    """
    The interval that one formula gives, or that one of each bound leaves between them.

    Parameters
    ----------
    formulas : iterable of (str, str)
        Kind (``formula``, ``at_least``, ``at_most``) and text.
    named : mapping of str to (decimal.Decimal, decimal.Decimal)
        The ends of each name, from :func:`in_formula`.
    unit : str
        Unit of the result, a base unit.

    Raises
    ------
    UpsideDown
        If the bound from below lies above the one from above.

    Examples
    --------
    >>> bounded([("at_least", "a"), ("at_most", "b")], {"a": (Decimal(1),) * 2, "b": (Decimal(9),) * 2}, "item")
    Interval(low=1.0, high=9.0)
    """
    low: float | None = None
    high: float | None = None
    for kind, text in formulas:
        result = evaluate(text, named, 100 if unit in HUNDREDTHS else 1)
        low = result.low if kind in (EQUAL, AT_LEAST) else low
        high = result.high if kind in (EQUAL, AT_MOST) else high
    if low is not None and high is not None and low > high:
        raise UpsideDown(low, high)
    return Interval(low, high)


def evaluate(formula: str, named: Mapping[str, Ends], scale: int = 1) -> Interval:
    """
    Work out a formula over intervals; the result encloses every value that it can take.

    Parameters
    ----------
    formula : str
        ``+ - * /`` and brackets over the names and whole numbers.
    named : mapping of str to (decimal.Decimal, decimal.Decimal)
        The ends of each; they may be infinite.
    scale : int
        What the result is multiplied by: 100 for a percentage.

    Raises
    ------
    simpleeval.InvalidExpression
        If the formula asks for anything else.

    Examples
    --------
    >>> evaluate("a - b", {"a": (Decimal(5), Decimal(6)), "b": (Decimal(1), Decimal(2))})
    Interval(low=3.0, high=5.0)
    """
    names = {name: iv.mpf([_text(low), _text(high)]) for name, (low, high) in named.items()}
    operators: dict[type[ast.AST], Callable[..., Any]] = {
        ast.Add: _between(operator.add),
        ast.Sub: _between(operator.sub),
        ast.Mult: _between(operator.mul),
        ast.Div: _between(operator.truediv),
        ast.USub: operator.neg,
    }
    calculator = simpleeval.SimpleEval(operators=operators, functions={}, names=names)
    # It knows attributes and items too, which a formula has none of.
    calculator.nodes = {kind: node for kind, node in calculator.nodes.items() if kind in _NODES}
    return _ends(iv.mpf(calculator.eval(formula)) * scale)


def _text(end: Decimal) -> str:
    """An end as mpmath reads it, which rounds it outward: no decimal is a binary number."""
    return str(end) if end.is_finite() else str(float(end))


def _between(operation: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """An operation on intervals alone: 1 / 3 of two whole numbers would be cut to one float."""
    return lambda left, right: operation(iv.mpf(left), iv.mpf(right))


def _ends(found: Any) -> Interval:
    low, high = float(found.a), float(found.b)
    if low != low or high != high:
        return Interval(None, None)
    return Interval.between(low, high)
