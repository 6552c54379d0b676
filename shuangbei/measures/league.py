"""Who stands where among units measured alike, who moved, and who is how far along its own targets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, cast

import numpy as np
import pandas as pd

from shuangbei import load, memory, periods

# Published places and shares of others are no measure of a unit's own size.
_NOT_RANKED = ("rank", "tier")
SHARE = 0.5  # of all units: a place among fewer would mislead, whatever it is called
_NONE = -1  # the row of no figure
# Of data/statuses.csv: the source does not say the date; not to be compared with the one before.
INFERRED, BREAK = "I", "B"
_COLUMNS = ["geo_id", "value", "qualifier", "status", "source_id", "note", "place", "reason"]


@dataclass(frozen=True)
class League:
    """
    Units measured alike: one indicator, one period, one vintage of the divisions.

    ``rows`` has ``geo_id``, ``value``, ``qualifier``, ``status``, ``source_id``, ``note``, ``place``
    (1 is the largest, equals share a place; missing where there is none) and ``reason`` (a code of
    ``data/league_reasons.csv`` for a row without a place, or empty).  ``reason`` of the league says
    why nobody has a place, or is empty; ``among`` counts the figures that can be compared.
    """

    indicator_id: str
    period: str
    vintage: str
    rows: pd.DataFrame
    reason: str
    among: int


def league(observations: pd.DataFrame, indicator_id: str, period: str, vintage: str) -> League:
    """
    Rank the districts and counties by one indicator in one period.

    A place is given to an exact figure alone, and only where no bound leaves it open: one that is
    known to be over 5 stands above a 4, and may stand on either side of a 6.  Figures whose source
    does not say their date are shown and not compared.  Where fewer than half of the units can be
    compared nobody has a place.  What is about or expected is taken at its value.

    Parameters
    ----------
    observations : pandas.DataFrame
        As :func:`shuangbei.load.observations` gives them; zones and regions are left out.
    indicator_id, period, vintage : str
        What is ranked.

    Returns
    -------
    League
        Best place first; without places where ranking would be unfair.
    """
    rows = load.at_level(observations, "district")
    rows = rows[
        (rows["indicator_id"] == indicator_id) & (rows["period"] == period) & (rows["vintage"] == vintage)
    ]
    return _of(rows, indicator_id, period, vintage)


def _of(rows: pd.DataFrame, indicator_id: str, period: str, vintage: str) -> League:
    """The league of rows that are all of one indicator, period and vintage."""
    alike = rows[rows["status"] != INFERRED]
    unfair = _unfair(alike, indicator_id, vintage)
    places = {} if unfair else _places(alike)
    unfair = unfair or ("" if places else "bounds")
    own = [places.get(geo_id) for geo_id in rows["geo_id"]]
    why = [
        "" if place else unfair or ("date_inferred" if status == INFERRED else "bound")
        for place, status in zip(own, rows["status"], strict=True)
    ]
    found = rows.assign(place=pd.array(own, dtype="Int64"), reason=why)[_COLUMNS]
    found = found.sort_values(["place", "value", "geo_id"], ascending=[True, False, True], ignore_index=True)
    return League(indicator_id, period, vintage, found, unfair, len(alike))


def _unfair(alike: pd.DataFrame, indicator_id: str, vintage: str) -> str:
    if load.indicator(indicator_id)["unit"] in _NOT_RANKED:
        return "ordinal"
    return "too_few" if len(alike) < SHARE * len(load.units(vintage)) else ""


def _places(rows: pd.DataFrame) -> dict[str, int]:
    """Places of the exact figures that no bound leaves open, by unit."""
    values = {kind: np.sort(own.to_numpy()) for kind, own in rows.groupby("qualifier")["value"]}
    own = rows[rows["qualifier"] == "exact"]
    exact = own["value"].to_numpy()

    def above(kind: str) -> np.ndarray:
        """How many figures of that kind are above each exact one."""
        found = values.get(kind, np.empty(0))
        return len(found) - np.searchsorted(found, exact, "right")

    # Over 3 may be more than 4 or 3 itself, and up to 5 may be less: then the place is not known.
    n_over = len(values.get("over", ()))
    fixed = (above("over") == n_over) & (above("nearly") == 0)
    places = 1 + above("exact") + above("about") + above("estimate") + n_over
    return dict(zip(own["geo_id"][fixed], places[fixed].tolist(), strict=True))


def leagues(observations: pd.DataFrame) -> list[League]:
    """
    Return the leagues of every indicator, period and vintage that any unit has a figure of.

    By indicator and in the order of time; of one time the newer divisions last.
    """
    rows = load.at_level(observations, "district")
    rows = rows[~load.is_target(rows["indicator_id"])]
    order = load.succession()
    ordered = rows.assign(end=rows["period"].map(periods.time_of), division=rows["vintage"].map(order.index))
    groups = ordered.groupby(["indicator_id", "end", "division", "vintage", "period"])
    keys = cast("Iterable[tuple[tuple[str, float, int, str, str], pd.DataFrame]]", groups)
    return [_of(own, indicator_id, period, vintage) for (indicator_id, _, _, vintage, period), own in keys]


@memory.remembered
def current() -> tuple[League, ...]:
    """:func:`leagues` of the data of this process; to be looked at, not changed."""
    return tuple(leagues(load.observations("districts")))


def moved(before: League, after: League) -> pd.DataFrame:
    """
    Change of place among the units that have one in both leagues, counted among these alone.

    A unit whose definition may have changed since is left out: its figures cannot be compared.

    Returns
    -------
    pandas.DataFrame
        ``geo_id``, ``before``, ``after`` (places among the units of both) and ``change``
        (positive: moved up).

    Raises
    ------
    load.NotDrawable
        If the leagues rank different indicators or vintages: those are not the same units.
    """
    if (before.indicator_id, before.vintage) != (after.indicator_id, after.vintage):
        raise load.NotDrawable(
            f"places in {before.indicator_id} of vintage {before.vintage} and in"
            f" {after.indicator_id} of vintage {after.vintage} cannot be compared"
        )
    kept = after.rows[after.rows["status"] != BREAK]
    both = before.rows.dropna(subset="place").merge(
        kept.dropna(subset="place"), on="geo_id", suffixes=("_before", "_after")
    )
    places = {
        when: both[f"value_{when}"].rank(method="min", ascending=False).astype(int)
        for when in ("before", "after")
    }
    found = pd.DataFrame({"geo_id": both["geo_id"], **places})
    return found.assign(change=found["before"] - found["after"]).sort_values(
        ["after", "geo_id"], ignore_index=True
    )


def own_targets(observations: pd.DataFrame) -> pd.DataFrame:
    """
    The targets that districts and zones have set themselves, each beside the figure that tells most of it.

    That is the last figure up to the date that the target is due, else the first one after it: what
    came later does not tell where an area stood then.  Of a unit whose area has changed, targets
    stand beside figures of the same divisions alone.

    Parameters
    ----------
    observations : pandas.DataFrame
        All of the districts; targets are those of :func:`shuangbei.load.is_target`, and their
        period is the year they are due.

    Returns
    -------
    pandas.DataFrame, one row per area, indicator, year and vintage
        ``geo_id``, ``indicator_id`` (that of the figures), ``vintage``, ``is_redrawn`` (the unit had
        another area before), ``due``, ``target``, ``target_half_step`` (half of its last printed
        digit), ``target_qualifier``, ``target_source``; ``value``, ``qualifier``, ``period``,
        ``status``, ``source_id`` of the figure and ``share`` (of the target); missing where there
        is none.  A figure whose source does not say its date stands
        there only where no other does.
    """
    is_target = load.is_target(observations["indicator_id"])
    targets = observations[is_target]
    targets = targets.assign(measured=load.measured_by(targets["indicator_id"]), area=_areas(targets))
    own = observations[~is_target & observations["geo_id"].isin(targets["geo_id"])]
    telling = _telling(targets, own.assign(area=_areas(own)))
    joined = targets.reset_index(drop=True).join(telling)
    return pd.DataFrame(
        {
            "geo_id": joined["geo_id"],
            "indicator_id": joined["measured"],
            "vintage": joined["vintage"],
            "is_redrawn": joined["geo_id"].isin(load.redrawn()),
            "due": joined["period"],
            "target": joined["value"],
            "target_half_step": joined["half_step"],
            "target_qualifier": joined["qualifier"],
            "target_source": joined["source_id"],
            "value": joined["value_seen"],
            "qualifier": joined["qualifier_seen"],
            "period": joined["period_seen"],
            "status": joined["status_seen"],
            "source_id": joined["source_id_seen"],
            "share": joined["value_seen"] / joined["value"],
        }
    ).sort_values(["geo_id", "indicator_id", "due", "vintage"], ignore_index=True)


def _areas(rows: pd.DataFrame) -> list[str]:
    """The vintage of each row whose unit had another area in the other one, else nothing."""
    return list(rows["vintage"].where(rows["geo_id"].isin(load.changed()), ""))


class _OwnTarget(Protocol):
    """A row of the targets that areas have set themselves, with what tells of it."""

    geo_id: str
    measured: str
    area: str
    period: str


def _telling(targets: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """The figure that tells most of each target, in the order of the targets; missing where none is."""
    order = load.succession()
    figures = figures.assign(division=figures["vintage"].map(order.index))
    figures = figures.sort_values(["t", "division"], ignore_index=True)
    found = []
    for row in cast("Iterable[_OwnTarget]", targets.itertuples()):
        own = figures[
            (figures["geo_id"] == row.geo_id)
            & (figures["indicator_id"] == row.measured)
            & (figures["area"] == row.area)
        ]
        dated = own["status"] != INFERRED
        own = own[dated] if dated.any() else own
        # A figure of the due year itself has the same end, whether it is given by month or by year.
        in_time = own["t"] <= periods.time_of(row.period)
        chosen = own[in_time] if in_time.any() else own[own["t"] == own["t"].min()]
        found.append(chosen.index.max() if len(chosen) else _NONE)
    columns = ["value", "qualifier", "period", "status", "source_id"]
    return figures[columns].reindex(found).reset_index(drop=True).add_suffix("_seen")
