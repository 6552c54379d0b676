"""Named numbers and words for prose; every figure in a sentence of a chapter comes from here."""

from __future__ import annotations

from shuangbei import load, wording


class ClaimNoLongerHolds(ValueError):
    """The figures no longer support a sentence of the chapter; the sentence must be rewritten."""


def publish(**named: float | int | str) -> None:
    """
    Make values available to the chapter's prose through glue.

    Parameters
    ----------
    **named : float, int or str
        Name to value; names are lower_snake and unique in the chapter.

    Raises
    ------
    ValueError
        If a value is missing (None or NaN): prose never shows a blank.
    """
    from myst_nb import glue

    for name, value in named.items():
        if value is None or value != value:
            raise ValueError(f"fact {name!r} has no value; check the series that it comes from")
        glue(name, value, display=False)


def claim(sentence: str, holds: bool) -> None:
    """
    Tie a worded claim of the chapter (rose, highest, below) to the figures behind it.

    Raises
    ------
    ClaimNoLongerHolds
        If new figures contradict the sentence, so that it cannot be published by accident.
    """
    if not holds:
        raise ClaimNoLongerHolds(wording.pick(
            f"正文中的说法“{sentence}”与最新数字不符，请改写这句话",
            f"the claim {sentence!r} no longer fits the figures; rewrite the sentence"))


def value_of(indicator_id: str, period: str, geo_id: str = load.CITY) -> float:
    """
    One published value, in the indicator's unit.

    Raises
    ------
    ValueError
        If no value is published for that period; the message lists the periods that are.
    """
    series = load.series(indicator_id, geo_id)
    found = series.loc[series["period"] == period, "value"]
    if found.empty:
        known = ", ".join(series["period"]) or "none"
        raise ValueError(f"{indicator_id} {geo_id}: no value for {period}; known: {known}")
    return float(found.iloc[0])


def latest_of(indicator_id: str, geo_id: str = load.CITY):
    """
    The latest observation of one indicator: a row of :func:`load.series`.

    Raises
    ------
    ValueError
        If nothing is published for that area.
    """
    series = load.series(indicator_id, geo_id)
    if series.empty:
        raise ValueError(f"{indicator_id} {geo_id}: no observation")
    return series.iloc[-1]
