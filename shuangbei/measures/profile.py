"""What is known of one district or zone, and how far along it is: measures on frames, no words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, cast

import pandas as pd

from shuangbei import load, memory, periods
from shuangbei.measures import league, publication, targets

OLD, NEW = "38", "37"
TIER = "sti_index_tier"
_KINDS: dict[str, type[str] | Literal["Int64"]] = {
    "geo_id": str,
    "place": "Int64",
    "reason": str,
    "indicator_id": str,
    "period": str,
    "vintage": str,
    "among": "Int64",
}
_NONE = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in _KINDS.items()})


@dataclass(frozen=True, eq=False)
class Observed:
    """
    All figures of the districts, and what is worked out from all of them once.

    ``figures`` has every figure that is no target: needed indicators first, the newest of each
    first, with ``is_needed``, ``place`` and ``among`` (of how many; both missing where there is no
    place), ``reason`` (code of ``data/league_reasons.csv`` or empty) and ``is_before`` (compiled on
    an area that the unit no longer has).  ``newest`` has the newest of each indicator and area;
    ``figures_of`` and ``newest_of`` have the rows of both by area.  ``vintages`` are those of each
    unit, newest first.
    """

    figures: pd.DataFrame
    newest: pd.DataFrame
    targets: pd.DataFrame
    needed: pd.DataFrame
    vintages: dict[str, tuple[str, ...]]
    broken: frozenset[str]
    figures_of: dict[str, pd.DataFrame]
    newest_of: dict[str, pd.DataFrame]


@memory.remembered
def current() -> Observed:
    """:func:`observed` of the data of this process; to be looked at, not changed."""
    return _observed(load.observations("districts"), league.current())


def observed(observations: pd.DataFrame) -> Observed:
    """
    Work out once what every profile uses.

    Parameters
    ----------
    observations : pandas.DataFrame
        All of the districts, as :func:`shuangbei.load.observations` gives them.
    """
    return _observed(observations, league.leagues(observations))


def _observed(observations: pd.DataFrame, leagues: Sequence[league.League]) -> Observed:
    lived, needed, broken = vintages(), publication.needed(), load.redrawn()
    figures_ = _ordered(observations, needed, leagues).assign(
        is_before=lambda f: f["geo_id"].isin(broken) & (f["vintage"] == OLD)
    )
    newest_ = figures_.drop_duplicates(["geo_id", "indicator_id"])
    targets_ = league.own_targets(observations)
    return Observed(
        figures_,
        newest_,
        targets_,
        needed,
        lived,
        broken,
        load.split(figures_, "geo_id"),
        load.split(newest_, "geo_id"),
    )


def vintages() -> dict[str, tuple[str, ...]]:
    """
    The vintages of the divisions that have each unit, newest first; zones have none.

    Examples
    --------
    >>> [vintages()[one] for one in ("500118", "500105", "500157")]
    [('37', '38'), ('38',), ('37',)]
    """
    units = {one: set(load.units(one).index) for one in (NEW, OLD)}
    return {
        geo_id: tuple(one for one in (NEW, OLD) if geo_id in units[one])
        for geo_id in sorted(units[NEW] | units[OLD])
    }


def _ordered(
    observations: pd.DataFrame, needed: pd.DataFrame, leagues: Sequence[league.League]
) -> pd.DataFrame:
    """Every figure that is no target, in the order of reading, with its place."""
    rows = observations[~load.is_target(observations["indicator_id"])]
    rank = {one: place for place, one in enumerate([*needed.index, TIER])}
    # Of two vintages of one date, the newer divisions come first.
    rows = rows.assign(
        rank=rows["indicator_id"].map(rank).fillna(len(rank)),
        late=-rows["t"],
        is_needed=rows["indicator_id"].isin(needed.index),
    )
    rows = rows.sort_values(
        ["geo_id", "rank", "indicator_id", "late", "vintage"], kind="stable", ignore_index=True
    ).drop(columns=["rank", "late"])
    one = ["indicator_id", "period", "vintage", "geo_id"]
    return rows.merge(_standings(leagues), "left", one).fillna({"reason": ""})


def _standings(leagues: Sequence[league.League]) -> pd.DataFrame:
    """Place of each figure, among how many, and why there is none; zones stand in no league."""
    found = [
        one.rows[["geo_id", "place", "reason"]].assign(
            indicator_id=one.indicator_id,
            period=one.period,
            vintage=one.vintage,
            among=one.rows["place"].where(one.rows["place"].isna(), one.among),
        )
        for one in leagues
    ]
    return pd.concat([_NONE, *found], ignore_index=True)


def figures(known: Observed, geo_id: str) -> pd.DataFrame:
    """Return every published figure of an area: needed indicators first, the newest of each first."""
    return known.figures_of.get(geo_id, known.figures.iloc[:0])


def newest(known: Observed, geo_id: str) -> pd.DataFrame:
    """
    The newest figure of each indicator of an area, in the order of :func:`figures`.

    A figure with a later date takes the place of an earlier one; nothing is added up.
    """
    return known.newest_of.get(geo_id, known.newest.iloc[:0])


def missing(known: Observed, geo_id: str) -> pd.DataFrame:
    """Return the rows of :func:`publication.needed` of which an area has no published figure."""
    have = set(newest(known, geo_id)["indicator_id"])
    return known.needed[~known.needed.index.isin(have)]


def own_targets(known: Observed, geo_id: str, now: float) -> pd.DataFrame:
    """
    The targets that an area has set itself, the latest due first, with how far along it is.

    Parameters
    ----------
    known : Observed
    geo_id : str
        A unit or a zone.
    now : float
        The cut-off date in decimal years.

    Returns
    -------
    pandas.DataFrame
        As :func:`stood` gives them.
    """
    none, found = _stood(known, now)
    return found.get(geo_id, none)


@memory.remembered
def _stood(known: Observed, now: float) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """No target, and the targets of each area that has set itself any."""
    rows = stood(known.targets, now)
    return rows.iloc[:0], load.split(rows, "geo_id")


def stood(own: pd.DataFrame, now: float) -> pd.DataFrame:
    """
    Any rows of :func:`shuangbei.measures.league.own_targets` with ``standing``, see :func:`standing`.

    Returns
    -------
    pandas.DataFrame
        By area, the latest due first; of one indicator the newer divisions first.
    """
    order = {one: place for place, one in enumerate(publication.needed().index)}
    own = own.assign(late=-own["due"].map(periods.time_of), rank=own["indicator_id"].map(order))
    own = own.assign(is_older=own["vintage"] != NEW)
    own = own.sort_values(["geo_id", "late", "rank", "indicator_id", "is_older"], ignore_index=True)
    return own.drop(columns=["late", "rank", "is_older"]).assign(
        standing=[standing(row, now) for row in cast("Iterable[Seen]", own.itertuples())]
    )


class Seen(Protocol):
    """A row of :func:`shuangbei.measures.league.own_targets`: a target, and the figure that tells of it."""

    due: str
    target: float
    target_qualifier: str
    period: str
    value: float
    qualifier: str
    status: str


def standing(row: Seen, now: float) -> str:
    """
    Say what a figure tells of a target, and no more than that.

    ``none``: there is no figure.  ``reached``: the figure is at the target, or above one that
    was to be exceeded, see :func:`shuangbei.measures.meets`.  ``undated``: the source of the figure
    does not say its date.  ``running``: it is not, and the target is not due.  ``unknown``: the
    target was due, and no figure of that date is public.  ``short``: the figure of the date is
    below the target.  ``open``: such a figure is a bound that decides nothing.  ``late``: the
    figure is from after the date, whatever it is, and does not tell where the area stood then.

    Parameters
    ----------
    row : row of :func:`shuangbei.measures.league.own_targets`
    now : float
        The cut-off date in decimal years.
    """
    if pd.isna(row.value):
        return "none"
    if row.status == league.INFERRED:
        return "undated"
    due, when = periods.time_of(row.due), periods.time_of(row.period)
    if when > due:
        return "late"
    relation = "gt" if row.target_qualifier == "over" else "ge"
    seen = targets.Observation(when, row.period, row.value, qualifier=row.qualifier)
    met = targets.reaches(seen, targets.Target(relation, row.target, due, "stock"))
    if met:
        return "reached"
    if when < due:
        return "running" if due > now else "unknown"
    return "open" if met is None else "short"


@memory.remembered
def region_of(geo_id: str) -> str:
    """
    The region that the plan gives targets to, and an area lies in; empty for a zone.

    Examples
    --------
    >>> region_of("500118"), region_of("500229"), region_of("X-wansheng")
    ('X-new-urban', 'X-clusters', '')
    """
    places, with_targets = load.codelist("geographies"), set(load.commitments()["geo_id"])
    here: str = places["parent"][geo_id]
    while here in places.index and places["level"][here] == "region":
        if here in with_targets:
            return here
        here = places["parent"][here]
    return ""


def neighbours(known: Observed, geo_id: str) -> tuple[list[str], list[str]]:
    """
    A unit and its neighbours on its newest vintage, and the indicators that any of them has.

    Indicators are those that the plan needs by district, and the tier, which comes first.
    """
    if geo_id not in known.vintages:
        return [], []
    near = [geo_id, *load.neighbours(known.vintages[geo_id][0])[geo_id]]
    have = set(known.newest.loc[known.newest["geo_id"].isin(near), "indicator_id"])
    return near, [one for one in (TIER, *known.needed.index) if one in have]


def beside(known: Observed, geo_id: str) -> pd.DataFrame:
    """
    The newest figures of a unit and its neighbours, on the divisions that the unit is of.

    Returns
    -------
    pandas.DataFrame
        One row per area and indicator of :func:`neighbours`, as :attr:`Observed.newest`.  Beside a
        unit that is no more, neighbours with another area since stand as they were then, if any
        figure tells; ``is_other`` marks what was compiled on another area than that of the unit's
        time.
    """
    near, shared = neighbours(known, geo_id)
    rows = known.figures[known.figures["geo_id"].isin(near) & known.figures["indicator_id"].isin(shared)]
    if not near:
        return rows.assign(is_other=False)
    own = known.vintages[geo_id][0]
    other = rows["geo_id"].isin(known.broken) & (rows["vintage"] != own)
    rows = rows.assign(is_other=other)
    if own == OLD:
        rows = rows.sort_values("is_other", kind="stable")
    return rows.drop_duplicates(["geo_id", "indicator_id"])


def moved(geo_id: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of the crosswalk that lead from a unit elsewhere, and those that lead to it."""
    none, away, here = _moves()
    return away.get(geo_id, none), here.get(geo_id, none)


@memory.remembered
def _moves() -> tuple[pd.DataFrame, dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """No row of the crosswalk; those that lead elsewhere by where they come from, and by where they lead."""
    walk = load.crosswalk()
    walk = walk[(walk["share"] != "same") & (walk["geo_id"] != walk["successor"])]
    return walk.iloc[:0], load.split(walk, "geo_id"), load.split(walk, "successor")


def asked(geo_id: str) -> pd.DataFrame:
    """
    What the plan asks of an area, in the plan's order; zones are asked only what names or means them.

    Returns
    -------
    pandas.DataFrame
        Rows of ``task_places.csv`` with ``what`` in the language of the run.
    """
    rows = _tasks()
    mine = rows["geo_id"] == geo_id
    if load.row("geographies", geo_id)["level"] == "district":
        mine |= rows["geo_id"] == load.CITY
    return rows[mine].reset_index(drop=True)


@memory.remembered
def _tasks() -> pd.DataFrame:
    """Who is asked what, in the plan's order."""
    order = {one: place for place, one in enumerate(load.codelist("tasks").index)}
    rows = load.texts("task_places", ("what",))
    return rows.sort_values("task_id", key=lambda ids: ids.map(order), kind="stable")


def notes(geo_id: str) -> pd.DataFrame:
    """Return the rows of ``place_notes.csv`` of an area, in order, ``note`` in the run's language."""
    none, found = _notes()
    return found.get(geo_id, none)


@memory.remembered
def _notes() -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """No note, and the notes of each area that has any."""
    rows = load.texts("place_notes", ("note",))
    rows = rows.sort_values("order", key=lambda column: column.astype(int), kind="stable")
    return rows.iloc[:0], load.split(rows, "geo_id")
