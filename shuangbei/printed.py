"""Observations as people read them: the digits that a source printed, their unit, their kind."""

from __future__ import annotations

from shuangbei import load, magnitudes, paths, wording


def places(row, about) -> int:
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
    powers = magnitudes.ZEROS.get(row.unit, 0) - magnitudes.ZEROS.get(about["unit"], 0)
    return max(decimals - powers, 0)


def bare(row, about) -> str:
    """Return the value of an observation as people read it, without its unit."""
    return wording.number(row.value, places(row, about))


def kind(row) -> str:
    """Return what kind of figure an observation is; a provisional exact one says so too."""
    if row.status == "P" and row.qualifier != "estimate":
        provisional = load.label("statuses", "P")
        return wording.headed(wording.say(row.qualifier), provisional)
    return wording.say(row.qualifier)


def cell(row, about) -> str:
    """Return a value as a column shows it, with the source's own form if its unit was another."""
    if row.unit == about["unit"]:
        return wording.cell(row.value, row.unit, places(row, about))
    if paths.language() == "en":
        return _converted(row, about["unit"])
    return f"{bare(row, about)}（原文{row.printed}{load.label('units', row.unit)}）"


def stated(row) -> str:
    """Return the figure in its source's unit, the one that :func:`wording.column` names."""
    decimals = len(row.printed.partition(".")[2])
    return wording.pick(row.printed, wording.cell(float(row.printed), row.unit, decimals))


def _converted(row, base: str) -> str:
    """The digits of the source in the unit of an English column, and how they were printed."""
    number, decimals = float(row.printed), len(row.printed.partition(".")[2])
    powers = magnitudes.between(row.unit, base)
    figure = wording.number(*magnitudes.moved(number, powers, decimals))
    if powers == 0:
        return figure
    source = wording.quantity(number, row.unit, decimals)
    if magnitudes.ZEROS[row.unit] == 4:  # counted in 万, which English has no word for
        money = "CNY " if row.unit.startswith("cny_") else ""
        source = f"{wording.number(number, decimals)}, in units of {money}10,000"
    return f"{figure} (the source prints {source})"
