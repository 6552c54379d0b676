"""What each unit publishes of what the plan needs by district, of when, and what it does not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypedDict, cast

import pandas as pd

from shuangbei import load, memory
from shuangbei.measures import league


def region_sum(values: pd.DataFrame, region: str, vintage: str) -> float | None:
    """
    Sum of a count over the units of a region; None unless every one of them is known.

    Parameters
    ----------
    values : pandas.DataFrame
        One row per unit, of one indicator, period and vintage: ``geo_id``, ``value``, ``period``
        and ``qualifier``.
    region : str
        A region of the code list, such as ``X-central``, or one that is made of regions.
    vintage : str
        Of the divisions.

    Raises
    ------
    NotDrawable
        If a row is no unit of the vintage, a unit has two rows, or the figures are of several
        periods or not all exact.
    """
    load.check_places(values, vintage)
    if values["period"].nunique() > 1 or (values["qualifier"] != "exact").any():
        raise load.NotDrawable("figures of several periods, or bounds among them, have no sum")
    members = load.members_of(region, vintage)
    known = values.set_index("geo_id")["value"].reindex(members)
    return None if known.isna().any() else float(known.sum())


def needed() -> pd.DataFrame:
    """
    The indicators of the plan's commitments that could be known by district, in the plan's order.

    Returns
    -------
    pandas.DataFrame, indexed by ``indicator_id``
        ``name``, ``agency_id``, ``agency`` (who would publish it) and ``note`` (what is missing).
    """
    return _needed().copy(deep=False)


@memory.remembered
def _needed() -> pd.DataFrame:
    rows = load.codelist("needs")
    rows = rows[rows["by_district"] == "yes"]
    return rows.assign(
        name=rows["indicator_id"].map(load.codelist("indicators")["name"]),
        agency=rows["agency_id"].map(load.codelist("agencies")["name"]),
    )


def published(observations: pd.DataFrame, vintage: str) -> pd.DataFrame:
    """
    The newest figure of each unit of a vintage for each indicator that is needed.

    Parameters
    ----------
    observations : pandas.DataFrame
        All of the districts, as :func:`shuangbei.load.observations` gives them.
    vintage : str
        Of the divisions; figures compiled on another one are not those of these units.

    Returns
    -------
    pandas.DataFrame, one row per unit and needed indicator
        ``geo_id``, ``indicator_id``, ``known``, ``period``, ``t``, ``value``, ``qualifier`` and
        ``source_id``; missing where nothing is public.
    """
    pairs = pd.MultiIndex.from_product(
        [load.units(vintage).index, needed().index], names=["geo_id", "indicator_id"]
    )
    rows = observations[observations["vintage"] == vintage]
    newest = rows.sort_values("t", kind="stable").drop_duplicates(["geo_id", "indicator_id"], keep="last")
    columns = ["period", "t", "value", "qualifier", "source_id"]
    found = newest.set_index(["geo_id", "indicator_id"])[columns].reindex(pairs).reset_index()
    return found.assign(known=found["value"].notna())


def gap(observations: pd.DataFrame, vintage: str) -> pd.DataFrame:
    """
    How many of the needed indicators each unit has a published figure of, and the newest date.

    Returns
    -------
    pandas.DataFrame, one row per unit, in the order of the code list
        ``geo_id``, ``value`` (how many; a zero is a known zero), ``needed`` (of how many),
        ``period`` and ``t`` of the newest figure (missing where there is none), and
        ``has_targets`` (whether the unit has published targets of its own).
    """
    found = published(observations, vintage)
    targets = observations[load.is_target(observations["indicator_id"])]
    # Targets for an area that has changed since are not those of the unit of that name.
    hold = (targets["vintage"] == vintage) | ~targets["geo_id"].isin(load.changed())
    own = set(targets.loc[hold, "geo_id"])
    rows = []
    for unit, group in found.groupby("geo_id", sort=False):
        known = group[group["known"]].sort_values("t", kind="stable")
        newest = known.iloc[-1] if len(known) else None
        rows.append(
            {
                "geo_id": unit,
                "value": float(len(known)),
                "needed": len(group),
                "period": "" if newest is None else newest["period"],
                "t": float("nan") if newest is None else newest["t"],
                "has_targets": unit in own,
            }
        )
    return pd.DataFrame(rows)


def best_covered(observations: pd.DataFrame, by: Sequence[str] = ("vintage",)) -> pd.DataFrame:
    """
    The rows that know the largest share of the units of their divisions; of equals, the newest.

    Parameters
    ----------
    observations : pandas.DataFrame
        Rows of districts, of one indicator.
    by : sequence of str
        Columns that set the rows apart, ``vintage`` among them: ``("vintage", "period")`` looks
        for a period too.

    Returns
    -------
    pandas.DataFrame
        Of one vintage (and period), as they stand.

    Raises
    ------
    shuangbei.load.NotDrawable
        If there is no row.
    """
    if observations.empty:
        raise load.NotDrawable("no figures of districts, so there is no best covered period or vintage")
    order = load.succession()

    def rank(rows: pd.DataFrame) -> tuple[float, int, float]:
        vintage = rows["vintage"].iloc[0]
        share = rows["geo_id"].nunique() / len(load.units(vintage))
        return share, order.index(vintage), rows["t"].max()

    return max((rows for _, rows in observations.groupby(list(by))), key=rank)


def totals(observations: pd.DataFrame, indicator_id: str, regions: Sequence[str]) -> pd.DataFrame:
    """
    How many units of each region have a figure of the same date, and their sum where all have one.

    Parameters
    ----------
    observations : pandas.DataFrame
        All of the districts, as :func:`shuangbei.load.observations` gives them.
    indicator_id : str
        A count of what belongs to one unit alone, such as enterprises.
    regions : sequence of str
        Of the code list; those that are made of regions too.

    Returns
    -------
    pandas.DataFrame, indexed by ``region``, in the order given
        ``period`` and ``vintage`` of the date that most of its units have an exact figure of (of
        equals the newest; empty where no unit has one), ``n_known`` of ``n_units``, and ``total``,
        missing unless all are known: bounds and figures whose date the source does not say add up
        to nothing that is known.
    """
    rows = load.at_level(observations, "district")
    exact = (rows["qualifier"] == "exact") & (rows["status"] != league.INFERRED)
    rows = rows[(rows["indicator_id"] == indicator_id) & exact]
    return pd.DataFrame([_total(rows, region) for region in regions]).set_index("region")


class _Total(TypedDict):
    """A row of :func:`totals`."""

    region: str
    period: str
    vintage: str
    n_known: int
    n_units: int
    total: float | None


def _total(rows: pd.DataFrame, region: str) -> _Total:
    order = load.succession()
    newest = order[-1]
    best: _Total = {
        "region": region,
        "period": "",
        "vintage": newest,
        "n_known": 0,
        "n_units": len(load.members_of(region, newest)),
        "total": None,
    }
    # In the order of time; of one time the newer divisions last, which win where as much is known.
    ordered = rows.assign(division=rows["vintage"].map(order.index))
    groups = ordered.groupby(["t", "division", "vintage", "period"])
    keys = cast("Iterable[tuple[tuple[float, int, str, str], pd.DataFrame]]", groups)
    for (_, _, vintage, period), own in keys:
        members = load.members_of(region, vintage)
        n_known = int(own["geo_id"].isin(members).sum())
        if n_known and n_known / len(members) >= best["n_known"] / best["n_units"]:
            best = {
                "region": region,
                "period": period,
                "vintage": vintage,
                "n_known": n_known,
                "n_units": len(members),
                "total": region_sum(own, region, vintage),
            }
    return best


def on_units(observations: pd.DataFrame, vintage: str) -> pd.DataFrame:
    """
    The :func:`gap` as a frame that maps draw: a count for every unit, which no source states.

    Returns
    -------
    pandas.DataFrame, one row per unit
        As :func:`shuangbei.load.on_units`, every unit known; ``needed`` and ``has_targets``,
        and ``newest`` (period of the newest figure, or empty).  The count has no period and no
        source of its own; those of the figures that it counts are :func:`sources`.
    """
    counted = gap(observations, vintage).rename(columns={"period": "newest"})
    return load.on_units(
        counted.assign(
            indicator_id="needed_indicators_published",
            vintage=vintage,
            period="",
            qualifier="exact",
            source_id="",
        ),
        vintage,
    )


def sources(observations: pd.DataFrame, vintage: str) -> list[str]:
    """Return the sources of the figures that :func:`gap` counts, sorted."""
    return sorted(set(published(observations, vintage)["source_id"].dropna()))
