"""The city beside the nation, year by year, for a promise that is measured against the nation."""

from __future__ import annotations

from functools import partial

import altair as alt
import pandas as pd

from shuangbei import charts, lines, load, wording


def against_nation(assessment, title: str) -> alt.TopLevelMixin:
    """
    Two lines, city and nation, over every year that either has published.

    Parameters
    ----------
    assessment : shuangbei.status.Assessment
        Of a commitment of kind ``benchmark``.
    """
    indicator_id = assessment.commitment["indicator_id"]
    unit = load.label("units", load.indicator(indicator_id)["unit"])
    pair = [load.series(indicator_id, area) for area in (load.CITY, load.NATION)]
    together = pd.concat(pair, ignore_index=True)
    points = pd.DataFrame({
        "x": together["t"] - 1, "y": together["value"], "name": together["geo"],
        "qualifier": together["qualifier"],
    })
    names = [frame["geo"].iloc[0] for frame in pair]
    ends = pd.DataFrame([(frame["t"].iloc[-1] - 1, frame["value"].iloc[-1],
                          charts.printed(frame.iloc[-1])) for frame in pair],
                        columns=["x", "y", "text"]).assign(name=names)
    card = charts.identity(assessment.commitment["commitment_id"], title,
                           _alt(assessment, title), _table(assessment), unit,
                           list(assessment.source_ids))
    return charts.figure(partial(_draw, points, ends, names, unit), card)


def _table(assessment) -> pd.DataFrame:
    gap = assessment.series
    return pd.DataFrame({
        wording.say("period"): gap["period"].map(wording.period),
        f"{wording.say('city')}{wording.say('open')}%{wording.say('close')}":
            list(gap["printed"]),
        f"{wording.say('nation')}{wording.say('open')}%{wording.say('close')}":
            [wording.number(value, 2) for value in gap["nation"]],
        wording.pick("相差（百分点）", "Gap (percentage points)"):
            [wording.number(value, 2) for value in gap["value"]],
        wording.say("qualifier"): gap["qualifier"].map(wording.say),
        wording.say("sources"): [wording.join(list(dict.fromkeys(pair))) for pair in
                                 zip(gap["source_id"], gap["source_id_nation"], strict=True)],
    })


def _alt(assessment, title: str) -> str:
    parts = [title]
    for _, row in assessment.series.iloc[[0, -1]].iterrows():
        parts.append(wording.pick("{0}重庆{1}%、全国{2}%", "{0}: Chongqing {1}%, nation {2}%").format(
            wording.period(row["period"]), row["printed"], wording.number(row["nation"], 2)))
    return wording.say("semicolon").join(parts) + wording.say("stop").strip()


def _draw(points: pd.DataFrame, ends: pd.DataFrame, names: list[str], unit: str,
          width: str) -> alt.LayerChart:
    x, y = lines.axes(points, unit, False, width)
    color = alt.Color("name:N", scale=alt.Scale(domain=names, range=lines.COLORS[:2]),
                      legend=alt.Legend(offset=34))
    parts = [alt.Chart(points).mark_line(strokeWidth=2.4).encode(x, y, color)]
    parts += charts.observed(points, x, y, color)
    parts.append(alt.Chart(ends).mark_text(dy=-14, fontWeight="bold").encode(
        x, y, color, text="text:N"))
    return alt.layer(*parts).properties(width=charts.pixels(width), height=lines.HEIGHT[width])
