"""Bounds of the marks as the method page states them, from the constants that the marks are made with."""

from __future__ import annotations

from collections.abc import Callable

from shuangbei import measures, words

RULES: dict[str, Callable[[], str]] = {
    "on_track": lambda: words.number(measures.ON_TRACK, 2),
    "slightly_behind": lambda: words.number(measures.SLIGHTLY_BEHIND, 2),
    "near_miss": lambda: words.quantity(measures.NEAR_MISS * 100, "percent"),
    "window": lambda: words.counted(int(measures.WINDOW_YEARS)),
    "fewest": lambda: words.counted(measures.FEWEST),
}


def rule(name: str) -> str:
    """
    One bound of the marks in words.

    Parameters
    ----------
    name : str
        One of :data:`RULES`.

    Raises
    ------
    KeyError
        If no rule has that name.

    Examples
    --------
    >>> float(rule("on_track")) == measures.ON_TRACK
    True
    """
    return RULES[name]()
