"""The city beside the nation, year by year, for a promise that is measured against the nation."""

from __future__ import annotations

from functools import partial

import altair as alt
import pandas as pd

from shuangbei import charts, lines, load, wording


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
    ends = pd.DataFrame([(last["t"] - 1, last["value"], last["geo"], _said(last))
                         for last in (frame.iloc[-1] for frame in pair)],
                        columns=["x", "y", "name", "text"])
    card = charts.identity(assessment.commitment["commitment_id"], title, _alt(pair, title),
                           _table(pair), unit, list(dict.fromkeys(together["source_id"])))
    draw = partial(lines.draw, lines.points_of(together, "geo"), names, unit, False,
                   extra=partial(_labels, ends))
    return charts.figure(draw, card)


def _said(row: pd.Series) -> str:
    """The value as printed, with the word that makes it a bound, an estimate or provisional."""
    if row["status"] == "P" and row["qualifier"] == "exact":
        return wording.pick("初步", "provisional ") + charts.printed(row)
    return wording.signed(charts.printed(row), row["qualifier"])


def _labels(ends: pd.DataFrame, x: alt.X, y: alt.Y, color: alt.Color) -> list[alt.Chart]:
    return [alt.Chart(ends).mark_text(dy=-14, fontWeight="bold").encode(
        x, y, color, text="text:N")]


def _table(pair: list[pd.DataFrame]) -> pd.DataFrame:
    """Every period of either side; the gap where both are known."""
    city, nation = (frame.set_index("period") for frame in pair)
    periods = sorted({*city.index, *nation.index}, key=load.time_of)
    rows = []
    for period in periods:
        sides = [frame.loc[period] if period in frame.index else None for frame in (city, nation)]
        gap = "—" if None in [None if side is None else 0 for side in sides] else wording.number(
            sides[0]["value"] - sides[1]["value"], 2)
        said = ["—" if side is None else _said(side) for side in sides]
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
