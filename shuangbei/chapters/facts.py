"""Named numbers and words for prose; every figure in a sentence of a chapter comes from here."""

from __future__ import annotations

from shuangbei import load, words


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


def money(value: float, decimals: int = 0) -> str:
    """
    A sum in words, unit included: the two languages count in different units.

    Parameters
    ----------
    value : float
        In 亿元, the base unit of money.
    decimals : int
        Decimal places of ``value`` that the sentence states.

    Examples
    --------
    >>> money(974.24, 2)
    '974.24亿元'
    """
    return words.quantity(value, "cny_100m", decimals)


def claim(sentence: str, holds: bool) -> None:
    """
    Tie a worded claim of the chapter (rose, highest, below) to the figures behind it.

    Raises
    ------
    ClaimNoLongerHolds
        If new figures contradict the sentence, so that it cannot be published by accident.
    """
    if not holds:
        _refuse(
            f"正文中的说法“{sentence}”与最新数字不符。请改写这一章里有关的句子，"
            f'并改写代码里的 facts.claim("{sentence}", …) 这一行',
            f"the claim {sentence!r} no longer fits the figures; rewrite the sentences of this"
            f" chapter that say so, and the line facts.claim({sentence!r}, …)",
        )


def _refuse(zh: str, en: str) -> None:
    """
    Stop the chapter, unless its figures are invented.

    The sentences speak of real figures.  Practice figures cannot make one of them wrong, and
    every page that prints them says so; a missing value stops a practice edition too.
    """
    if not load.is_practice():
        raise ClaimNoLongerHolds(words.pick(zh, en))


def exact(*observed) -> float | list[float]:
    """
    The value of observations that a sentence states without a word such as 超 or 预计.

    Parameters
    ----------
    *observed : rows of :func:`shuangbei.load.series`, or ``latest`` of a mark
        Each has ``value`` and ``qualifier``.

    Returns
    -------
    float, or list of float if several are given

    Raises
    ------
    ClaimNoLongerHolds
        If one has become a bound or an estimate: the sentence must then say so.
    """
    for row in observed:
        if row.qualifier != "exact":
            _refuse(
                f"{row.period}的数现在是“{words.say(row.qualifier)}”，正文却当确数写，请改写这句话",
                f"the figure for {row.period} is now {row.qualifier!r}, but the prose states it as"
                " exact; rewrite the sentence",
            )
    values = [float(row.value) for row in observed]
    return values[0] if len(values) == 1 else values


def value_of(indicator_id: str, period: str, geo_id: str = load.CITY, qualifier: str = "exact") -> float:
    """
    One published value, in the indicator's unit, for a sentence that knows its qualifier.

    Parameters
    ----------
    qualifier : str
        What kind of figure the sentence says it is; ``exact`` where it says nothing.

    Raises
    ------
    ValueError
        If no value is published for that period; the message lists the periods that are.
    ClaimNoLongerHolds
        If the figure is of another kind than the sentence says.
    """
    series = load.series(indicator_id, geo_id)
    found = series[series["period"] == period]
    if found.empty:
        known = ", ".join(series["period"]) or "none"
        raise ValueError(f"{indicator_id} {geo_id}: no value for {period}; known: {known}")
    return float(_of_kind(found.iloc[0], qualifier)["value"])


def latest_of(indicator_id: str, geo_id: str = load.CITY, qualifier: str = "exact"):
    """
    The latest observation of one indicator: a row of :func:`load.series`.

    Parameters
    ----------
    qualifier : str
        What kind of figure the sentence says it is, as in :func:`value_of`.

    Raises
    ------
    ValueError
        If nothing is published for that area.
    ClaimNoLongerHolds
        If the latest figure is of another kind than the sentence says.
    """
    series = load.series(indicator_id, geo_id)
    if series.empty:
        raise ValueError(f"{indicator_id} {geo_id}: no observation")
    return _of_kind(series.iloc[-1], qualifier)


def _of_kind(row, qualifier: str):
    if row["qualifier"] != qualifier:
        now, said = words.say(row["qualifier"]), words.say(qualifier)
        _refuse(
            f"{row['indicator']} {row['period']}现在是“{now}”，正文按“{said}”写，请改写这句话",
            f"{row['indicator']} {row['period']} is now “{now}”, but the prose says “{said}”;"
            " rewrite the sentence",
        )
    return row
