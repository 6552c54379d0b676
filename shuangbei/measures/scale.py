"""What a rounded figure lets one say: the marks that it may stand for, and whether one can be given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """
    The mark at the published number, and the neighbour that rounding may turn it into.

    ``mark`` is None where what the number may stand for spans more than two neighbours.
    """

    mark: str | None
    neighbour: str | None = None


def read(scale: Sequence[str], published: str, possible: Iterable[str]) -> Reading:
    """
    The mark of a figure that is an interval.

    A mark is given if all that the figure may stand for has it, or has it or one neighbour.

    Parameters
    ----------
    scale : sequence of str
        All marks from the best to the worst.
    published : str
        The mark of the number as it was published.
    possible : iterable of str
        The marks at the ends of the interval.

    Examples
    --------
    >>> scale = ("good", "fair", "poor")
    >>> read(scale, "fair", ["fair", "good"])
    Reading(mark='fair', neighbour='good')
    >>> read(scale, "fair", ["good", "poor"])
    Reading(mark=None, neighbour=None)
    """
    places = sorted({scale.index(mark) for mark in (published, *possible)})
    if places[-1] - places[0] > 1:
        return Reading(None)
    other = [scale[place] for place in places if scale[place] != published]
    return Reading(published, other[0] if other else None)
