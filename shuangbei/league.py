"""Who stands where among units measured alike, who moved, and who is how far along its own targets."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from shuangbei import load, spatial

# Published places and shares of others are no measure of a unit's own size.
_NOT_RANKED = ("rank", "tier")
_TARGET = "_target"
_FEWEST = 2


@dataclass(frozen=True)
class League:
    """
    Units measured alike: one indicator, one period, one vintage of the divisions.

    ``rows`` has ``geo_id``, ``value``, ``qualifier``, ``source_id`` and ``place`` (1 is the
    largest; ties share a place; missing for a bound, which has none).  ``reason`` is a code of
    ``data/league_reasons.csv`` that says why there are no places, or empty.
    """

    indicator_id: str
    period: str
    vintage: str
    rows: pd.DataFrame
    reason: str = ""


def league(observations: pd.DataFrame, indicator_id: str, period: str, vintage: str) -> League:
    """
    Rank the districts and counties by one indicator in one period.

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
    rows = spatial.at_level(observations, "district")
    rows = rows[(rows["indicator_id"] == indicator_id) & (rows["period"] == period)
                & (rows["vintage"] == vintage)]
    return _of(rows, indicator_id, period, vintage)


def _of(rows: pd.DataFrame, indicator_id: str, period: str, vintage: str) -> League:
    """The league of rows that are all of one indicator, period and vintage."""
    reason = _unfair(rows, indicator_id)
    exact = rows["qualifier"].isin(("exact", "about", "estimate"))
    place = rows["value"].where(exact & (reason == "")).rank(method="min", ascending=False)
    found = rows.assign(place=place.astype("Int64"))
    found = found.sort_values(["place", "value", "geo_id"], ascending=[True, False, True])
    columns = ["geo_id", "value", "qualifier", "source_id", "place"]
    return League(indicator_id, period, vintage, found[columns].reset_index(drop=True), reason)


def _unfair(rows: pd.DataFrame, indicator_id: str) -> str:
    if load.indicator(indicator_id)["unit"] in _NOT_RANKED:
        return "ordinal"
    if len(rows) < _FEWEST:
        return "too_few"
    if set(rows["qualifier"]) & {"over", "nearly"} and len(rows) - sum(
            rows["qualifier"].isin(("over", "nearly"))) < _FEWEST:
        return "bounds"
    return ""


def leagues(observations: pd.DataFrame) -> list[League]:
    """Return the leagues of every indicator, period and vintage that any unit has a figure of."""
    rows = spatial.at_level(observations, "district")
    rows = rows[~rows["indicator_id"].str.endswith(_TARGET)]
    # A period names its own end, so that the order of the ends is that of the periods.
    ordered = rows.assign(end=rows["period"].map(load.time_of))
    groups = ordered.groupby(["indicator_id", "end", "vintage", "period"])
    return [_of(own, indicator_id, period, vintage)
            for (indicator_id, _, vintage, period), own in groups]


def moved(before: League, after: League) -> pd.DataFrame:
    """
    Change of place among the units that have one in both leagues, counted among these alone.

    Returns
    -------
    pandas.DataFrame
        ``geo_id``, ``before``, ``after`` (places among the units of both) and ``change``
        (positive: moved up).

    Raises
    ------
    spatial.NotDrawable
        If the leagues rank different indicators or vintages: those are not the same units.
    """
    if (before.indicator_id, before.vintage) != (after.indicator_id, after.vintage):
        raise spatial.NotDrawable(
            f"places in {before.indicator_id} of vintage {before.vintage} and in"
            f" {after.indicator_id} of vintage {after.vintage} cannot be compared")
    both = before.rows.dropna(subset="place").merge(
        after.rows.dropna(subset="place"), on="geo_id", suffixes=("_before", "_after"))
    places = {when: both[f"value_{when}"].rank(method="min", ascending=False).astype(int)
              for when in ("before", "after")}
    found = pd.DataFrame({"geo_id": both["geo_id"], **places})
    return found.assign(change=found["before"] - found["after"]).sort_values(
        ["after", "geo_id"], ignore_index=True)


def own_targets(observations: pd.DataFrame) -> pd.DataFrame:
    """
    The targets that districts and zones have set themselves, beside their newest figures.

    Parameters
    ----------
    observations : pandas.DataFrame
        All of the districts; targets are indicators whose id ends in ``_target``, and their
        period is the year they are due.

    Returns
    -------
    pandas.DataFrame, one row per area, indicator and year
        ``geo_id``, ``indicator_id`` (that of the figures), ``due``, ``target``,
        ``target_qualifier``, ``target_source``; ``value``, ``qualifier``, ``period``,
        ``source_id`` of the newest figure and ``share`` (of the target); missing where there is
        none.
    """
    is_target = observations["indicator_id"].str.endswith(_TARGET)
    targets = observations[is_target]
    targets = targets.assign(measured=targets["indicator_id"].str.removesuffix(_TARGET))
    figures = observations[~is_target].sort_values("t").drop_duplicates(
        ["indicator_id", "geo_id"], keep="last")
    joined = targets.merge(figures, how="left", left_on=["measured", "geo_id"],
                           right_on=["indicator_id", "geo_id"], suffixes=("_due", ""))
    return pd.DataFrame({
        "geo_id": joined["geo_id"], "indicator_id": joined["measured"],
        "due": joined["period_due"], "target": joined["value_due"],
        "target_qualifier": joined["qualifier_due"], "target_source": joined["source_id_due"],
        "value": joined["value"], "qualifier": joined["qualifier"], "period": joined["period"],
        "source_id": joined["source_id"], "share": joined["value"] / joined["value_due"],
    }).sort_values(["geo_id", "indicator_id", "due"], ignore_index=True)
