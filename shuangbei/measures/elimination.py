"""What follows by elimination: the class of areas that no source names, where no other is left for them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from shuangbei import load, memory


@dataclass(frozen=True)
class Elimination:
    """
    The class that the areas ``geo_ids`` belong to, as no other is left for them.

    ``sizes`` holds each class with the number of its members, ``named`` with how many of them the
    source names; the members of ``geo_ids`` are those that are missing from ``named``.
    """

    clue_id: str
    indicator_id: str
    period: str
    vintage: str
    value: int
    geo_ids: tuple[str, ...]
    sizes: tuple[tuple[str, int], ...]
    named: tuple[tuple[str, int], ...]
    source_id: str
    name: load.Twin
    assumptions: tuple[load.Twin, ...]


@memory.remembered
def eliminations() -> tuple[Elimination, ...]:
    """
    What follows by elimination, as far as it does: an entry that no longer leaves anybody is left out.

    Method: all classes but one are named in full, the sizes add up to all areas of the division, and
    so whoever is not named is a member of the one.
    """
    found = (_eliminated(one) for one in load.exclusions())
    return tuple(one for one in found if one is not None)


def eliminated(indicator_id: str, geo_id: str) -> Elimination | None:
    """
    Return what follows of the newest period for one area, or None.

    Parameters
    ----------
    indicator_id : str
        Of classes, such as ``sti_index_tier``.
    geo_id : str
        A unit of the division that the sizes are of, which :class:`Elimination` names.
    """
    found = [one for one in eliminations() if one.indicator_id == indicator_id and geo_id in one.geo_ids]
    return max(found, key=lambda one: one.period, default=None)


def with_eliminated(frame: pd.DataFrame) -> pd.DataFrame:
    """
    Put beside the units without a figure what follows for them by elimination.

    It follows for the division whose classes were counted, and stands beside figures of its period.

    Parameters
    ----------
    frame : pandas.DataFrame
        From :func:`shuangbei.load.on_units`, of one indicator: at least one unit is known.

    Returns
    -------
    pandas.DataFrame
        ``frame``, whose figures are as they were, with ``derived`` (the class, missing where
        nothing follows), ``derived_period`` and ``clue_id`` (empty there).
    """
    known = frame[frame["known"]]
    shown = {(*pair, vintage) for *pair, vintage in known[["indicator_id", "period", "vintage"]].to_numpy()}
    by_area = {
        area: one
        for one in sorted(eliminations(), key=lambda one: one.period)
        if (one.indicator_id, one.period, one.vintage) in shown
        for area in one.geo_ids
    }
    units = zip(frame["geo_id"], frame["known"], strict=True)
    found = [None if is_known else by_area.get(geo_id) for geo_id, is_known in units]
    return frame.assign(
        derived=[float("nan") if one is None else float(one.value) for one in found],
        derived_period=["" if one is None else one.period for one in found],
        clue_id=["" if one is None else one.clue_id for one in found],
    )


def _eliminated(one: load.Exclusion) -> Elimination | None:
    areas = load.units(one.vintage).index
    rows = load.of_indicators(one.indicator_id)
    rows = rows[(rows["period"] == one.period) & (rows["vintage"] == one.vintage)]
    rows = rows[rows["geo_id"].isin(areas) & (rows["qualifier"] == "exact")]
    named = tuple((code, int((rows["value"] == float(code)).sum())) for code, _ in one.sizes)
    left = tuple(area for area in areas if area not in set(rows["geo_id"]))
    sizes = dict(one.sizes)
    lacking = {code: sizes[code] - n for code, n in named if sizes[code] != n}
    if sum(sizes.values()) != len(areas) or list(lacking.values()) != [len(left)]:
        return None
    return Elimination(
        one.exclusion_id,
        one.indicator_id,
        one.period,
        one.vintage,
        int(next(iter(lacking))),
        left,
        one.sizes,
        named,
        one.source_id,
        one.name,
        one.assumptions,
    )
