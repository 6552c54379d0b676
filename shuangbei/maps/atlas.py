"""What the atlas can show: indicators, periods and divisions with figures of districts; no drawing."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from shuangbei import load, measures, periods, words
from shuangbei.maps import classes, legend
from shuangbei.measures import league, publication

NEWEST = "newest"


@dataclass(frozen=True)
class View:
    """One indicator in one period (or the newest figure of each unit) on one vintage."""

    indicator_id: str
    period: str
    vintage: str

    @property
    def slug(self) -> str:
        """The view's part of an address: ``tech-enterprises-newest-38``."""
        return f"{self.indicator_id.replace('_', '-')}-{self.period.lower()}-{self.vintage}"


@dataclass(frozen=True)
class Seen:
    """
    A view with its figures.

    ``rows`` are those of :func:`shuangbei.maps.legend.classify` with ``place`` (missing where
    there is none); ``reason`` is a code of ``data/league_reasons.csv``, or empty; ``among`` counts
    the figures that were compared; ``middle`` is the city's own figure, where the classes lie on
    both sides of it.
    """

    view: View
    rows: pd.DataFrame
    grammar: classes.Grammar
    reason: str
    among: int
    middle: pd.Series | None = None

    @property
    def known(self) -> pd.DataFrame:
        """The rows with a published figure."""
        return self.rows[self.rows["known"]]


def groups() -> dict[str, list[str]]:
    """
    Indicators by what they are to the plan: ``needed``, ``other``, ``targets``; in order.

    Only indicators that ``data/map_scales.csv`` gives a scale are drawn; published places of
    few units are no map.
    """
    drawn = list(load.codelist("map_scales").index)
    needed = [one for one in publication.needed().index if one in drawn]
    targets = [one for one in drawn if one.endswith(load.TARGET)]
    other = [one for one in drawn if one not in needed and one not in targets]
    return {"needed": needed, "other": other, "targets": targets}


def views(observations: pd.DataFrame) -> list[View]:
    """
    Return every view that has a figure: by group and indicator, newest divisions and periods first.

    Where an indicator has several periods, the first of its views is the newest figure of each
    unit; targets are shown year by year.

    Parameters
    ----------
    observations : pandas.DataFrame
        All of the districts, as :func:`shuangbei.load.observations` gives them.
    """
    rows = load.at_level(observations, "district")
    keys = rows[["indicator_id", "vintage", "period", "t"]].drop_duplicates()
    found = []
    for indicator_id in (one for group in groups().values() for one in group):
        own = keys[keys["indicator_id"] == indicator_id]
        # The newest divisions first: 37 came after 38.
        for vintage in sorted(own["vintage"].unique(), key=load.succession().index, reverse=True):
            codes = own[own["vintage"] == vintage].sort_values("t", ascending=False)["period"]
            if len(codes) > 1 and not indicator_id.endswith(load.TARGET):
                found.append(View(indicator_id, NEWEST, vintage))
            found += [View(indicator_id, period, vintage) for period in codes]
    return found


def see(view: View, observations: pd.DataFrame) -> Seen:
    """
    Look up the figures of a view, with class, words and place of every unit.

    Raises
    ------
    shuangbei.load.NotDrawable
        If the view has no figure.
    """
    # The few rows of the view first: the rest is done for each of hundreds of views.
    rows = observations[
        (observations["indicator_id"] == view.indicator_id) & (observations["vintage"] == view.vintage)
    ]
    rows = load.at_level(rows, "district")
    rows = load.newest(rows) if view.period == NEWEST else rows[rows["period"] == view.period]
    frame = load.on_units(rows, view.vintage)
    if load.row("map_scales", view.indicator_id)["scale"] == "tier":
        frame = measures.with_eliminated(frame)
    middle = classes.middle(view.indicator_id, rows["period"])
    grammar = classes.of(view.indicator_id, rows["value"], None if middle is None else middle["value"])
    places, among, reason = _league(rows, view)
    placed = legend.classify(frame, grammar).assign(place=frame["geo_id"].map(places))
    return Seen(view, placed, grammar, reason, among, None if grammar.middle is None else middle)


def _league(rows: pd.DataFrame, view: View) -> tuple[dict[str, int], int, str]:
    """Places by unit and among how many; none, and why, where the figures cannot be compared."""
    if view.indicator_id.endswith(load.TARGET):
        return {}, 0, "targets"
    codes = rows["period"].unique()
    if len(codes) > 1:
        return {}, 0, "dates"
    found = league.league(rows, view.indicator_id, codes[0], view.vintage)
    placed = found.rows.dropna(subset="place")
    return dict(zip(placed["geo_id"], placed["place"].astype(int), strict=True)), found.among, found.reason


def title(view: View) -> str:
    """Name of a view: indicator and period."""
    name = load.indicator(view.indicator_id)["name"]
    return name + words.say("open") + when(view) + words.say("close")


def when(view: View) -> str:
    """Return the period of a view in words."""
    if view.period == NEWEST:
        return words.pick("各区县最近一次公布", "newest published figure of each")
    return words.period(view.period)


def first(observations: pd.DataFrame) -> View:
    """Return the view that shows the largest share of units, and of several such the newest."""
    rows = load.at_level(observations, "district")
    counted = rows.groupby(["indicator_id", "vintage", "period"])["geo_id"].nunique()
    totals = load.codelist("vintages")["n_units"]

    def rank(view: View) -> tuple[float, float]:
        known = int(counted.loc[(view.indicator_id, view.vintage, view.period)])
        return known / int(totals[view.vintage]), periods.time_of(view.period)

    return max((one for one in views(observations) if one.period != NEWEST), key=rank)
