"""The city beside the nation, year by year, for a promise that is measured against the nation."""

from __future__ import annotations

from functools import partial

import altair as alt
import pandas as pd

from shuangbei import charts, lines, load, periods, printed, wording


def against_nation(assessment, title: str) -> alt.TopLevelMixin:
    """
    Two lines, city and nation, over every period that either has published.

    Parameters
    ----------
    assessment : shuangbei.status.Assessment
        Of a commitment of kind ``benchmark``.
    title : str
        Title in the language of the run.
    """
    indicator_id = assessment.commitment["indicator_id"]
    unit = load.label("units", load.indicator(indicator_id)["unit"])
    pair = [load.series(indicator_id, area) for area in (load.CITY, load.NATION)]
    together = pd.concat(pair, ignore_index=True)
    names = [frame["geo"].iloc[0] for frame in pair]
    latest = [frame.iloc[-1] for frame in pair]
    ends = pd.DataFrame([(last["t"] - 1, last["value"], last["geo"], _shown(last))
                         for last in latest], columns=["x", "y", "name", "text"])
    card = charts.identity(assessment.commitment["commitment_id"], title, _alt(pair, title),
                           _table(pair), unit, list(dict.fromkeys(together["source_id"])))
    draw = partial(lines.draw, lines.points_of(together, "geo"), names, unit, False,
                   extra=partial(_labels, ends))
    return charts.figure(draw, card)


def _bare(row: pd.Series) -> str:
    return printed.bare(row, load.indicator(row["indicator_id"]))


def _said(row: pd.Series) -> str:
    """The value as printed, with the word that makes it a bound, an estimate or provisional."""
    if row["status"] == "P" and row["qualifier"] == "exact":
        return wording.pick("初步", "provisional ") + _bare(row)
    return wording.signed(_bare(row), row["qualifier"])


def _shown(row: pd.Series) -> str:
    """Return :func:`_said` as a picture or a cell has room for it."""
    estimate = row["qualifier"] == "estimate"
    return wording.shown(_bare(row), "estimate") if estimate else _said(row)


def _labels(ends: pd.DataFrame, x: alt.X, y: alt.Y, color: alt.Color) -> list[alt.Chart]:
    """The latest value of each line, away from the other line: above the higher, below the lower."""
    above, below = ends.nlargest(1, "y"), ends.nsmallest(1, "y")
    return [alt.Chart(frame).mark_text(fontWeight="bold", aria=False, **place).encode(
        x, y, color, text="text:N")
        for frame, place in ((above, {"dy": -14}), (below, {"dy": 17, "dx": -2, "align": "left"}))]


def _table(pair: list[pd.DataFrame]) -> pd.DataFrame:
    """Every period of either side; the gap where both are known."""
    city, nation = (frame.set_index("period") for frame in pair)
    codes = sorted({*city.index, *nation.index}, key=periods.time_of)
    rows = []
    for period in codes:
        sides = [frame.loc[period] if period in frame.index else None for frame in (city, nation)]
        gap = "—" if None in [None if side is None else 0 for side in sides] else wording.number(
            sides[0]["value"] - sides[1]["value"], 2)
        said = ["—" if side is None else _shown(side) for side in sides]
        sources = [side["source_id"] for side in sides if side is not None]
        rows.append([wording.period(period), *said, gap, wording.join(list(dict.fromkeys(sources)))])
    return pd.DataFrame(rows, columns=[
        wording.say("period"), wording.headed(wording.say("city"), "%"),
        wording.headed(wording.say("nation"), "%"),
        wording.pick("相差（百分点）", "Gap (percentage points)"), wording.say("sources")])


def _alt(pair: list[pd.DataFrame], title: str) -> str:
    said = []
    for frame in pair:
        first, last = frame.iloc[0], frame.iloc[-1]
        said.append(wording.pick("{0}{1}{2}%，{3}{4}%", "{0}: {2}% in {1}, {4}% in {3}").format(
            first["geo"], wording.period(first["period"]), _said(first),
            wording.period(last["period"]), _said(last)))
    return wording.say("semicolon").join([title, *said]) + wording.say("stop").strip()
