"""Published values in words: as printed, as a reader says them, with their bounds; computes nothing."""

from __future__ import annotations

from typing import Any

from shuangbei import load, paths
from shuangbei.words import dates, language, numbers
from shuangbei.words.cells import Cell


def decimals(row: Any, about: Any) -> int:
    """
    Decimal places of an observation in the unit of its indicator: the digits its source printed.

    Parameters
    ----------
    row : row of :func:`shuangbei.load.observations`
    about : row of the indicators
    """
    decimals = len(row.printed.partition(".")[2])
    if row.unit == about["unit"]:
        return decimals
    powers = numbers.ZEROS.get(row.unit, 0) - numbers.ZEROS.get(about["unit"], 0)
    return max(decimals - powers, 0)


def bare(row: Any, about: Any) -> str:
    """Return the value of an observation as people read it, without its unit."""
    return numbers.number(row.value, decimals(row, about))


def kind_of_figure(row: Any) -> str:
    """Return what kind of figure an observation is; one that is provisional or of an inferred date says so."""
    kind, *rest = _kinds(row)
    return numbers.headed(kind, *rest) if rest else kind


def _kinds(row: Any) -> list[str]:
    """The kind of a figure, and that it is provisional or of an inferred date, if its kind does not say so."""
    told = (row.status == "P" and row.qualifier != "estimate") or row.status == "I"
    return [language.say(row.qualifier), *([load.label("statuses", row.status).lower()] if told else [])]


def printed(row: Any, about: Any) -> Cell:
    """
    Return a value as a column shows it, with the source's own form if its unit was another.

    The form of the source repeats the number, so that the cell says no more than its digits.
    """
    if row.unit == about["unit"]:
        return numbers.cell(row.value, row.unit, decimals(row, about))
    if paths.language() == "en":
        return _converted(row, about["unit"])
    places = decimals(row, about)
    shown = f"{numbers.number(row.value, places)}（原文{row.printed}{load.label('units', row.unit)}）"
    return Cell(shown, number=numbers.digits(row.value, places))


def stated(row: Any) -> str:
    """Return the figure in its source's unit, the one that :func:`shuangbei.words.column` names."""
    decimals = len(row.printed.partition(".")[2])
    return language.pick(row.printed, numbers.cell(float(row.printed), row.unit, decimals))


def _converted(row: Any, base: str) -> Cell:
    """The digits of the source in the unit of an English column, and how they were printed."""
    number, decimals = float(row.printed), len(row.printed.partition(".")[2])
    powers = numbers.power_between(row.unit, base)
    moved = numbers.shifted(number, powers, decimals)
    figure, digits = numbers.number(*moved), numbers.digits(*moved)
    if powers == 0:
        return Cell(figure, number=digits)
    source = numbers.quantity(number, row.unit, decimals)
    if numbers.ZEROS[row.unit] == 4:  # counted in 万, which English has no word for
        money = "CNY " if numbers.is_money(row.unit) else ""
        source = f"{numbers.number(number, decimals)}, in units of {money}10,000"
    return Cell(f"{figure} (the source prints {source})", number=digits)


def value(row: Any) -> str:
    """
    Return a published value with period, unit and kind: ``2024年：974.24亿元（确数）``.

    Parameters
    ----------
    row : row of :func:`shuangbei.load.observations`, as ``itertuples`` gives it
    """
    about = load.indicator(row.indicator_id)
    said = numbers.qualified(row.value, about["unit"], row.qualifier, decimals(row, about))
    kind = language.say("open") + _kind(row) + language.say("close")
    return dates.period(row.period) + language.say("colon") + said + kind


def _kind(row: Any) -> str:
    """The kind of figure, as it stands between brackets: ``确数``, ``确数，初步``."""
    return language.say("comma").join(_kinds(row))


def observed(name: str, sentence: str) -> str:
    """
    Name the line that a point belongs to.

    Examples
    --------
    >>> observed("全国", "2024年：2.69%（确数）")
    '全国，2024年：2.69%（确数）'
    """
    return name + language.say("comma") + sentence


def target_value(moment: str, quantity: str) -> str:
    """
    Return what the plan promises for a moment.

    Examples
    --------
    >>> target_value("2027年底", "12,800家")
    '2027年底目标：12,800家'
    """
    return language.pick(f"{moment}目标：{quantity}", f"Target for {moment}: {quantity}")
