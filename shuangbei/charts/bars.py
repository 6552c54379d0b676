"""Bars: what the plan promises side by side, and promises that are judged year by year."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

import altair as alt
import pandas as pd

from shuangbei import load, pictures, words
from shuangbei.charts import card, theme

if TYPE_CHECKING:
    from shuangbei.measures import Assessment

OPEN = "#ffffff"
_SIZES = {"wide": 84, "narrow": 46}


def targets(chart_id: str, title: str, commitment_ids: list[str]) -> alt.TopLevelMixin:
    """
    The targets of several commitments in one unit, as bars; nothing that has been achieved.

    Parameters
    ----------
    commitment_ids : list of str
        Rows of the register with the same unit.

    Raises
    ------
    ValueError
        If the commitments differ in unit.
    """
    rows = load.commitments().loc[commitment_ids]
    units = set(rows["unit"])
    if len(units) > 1:
        raise ValueError(f"bars of different units in one chart: {', '.join(sorted(units))}")
    unit = units.pop()
    factor, unit_name = theme.display_scale(rows["value"].max(), unit)
    names = rows["geo_id"].map(load.codelist("geographies")["name"])
    data = pd.DataFrame(
        {
            "name": names,
            "y": rows["value"] * factor,
            "text": [theme.label(v, unit, factor, 0, 3) for v in rows["value"]],
            "said": _promised(names, rows["value"], unit),
        }
    )
    exact = [words.cell(value, unit) for value in rows["value"]]
    head = words.headed(words.say("target"), words.column(unit))
    table = pd.DataFrame({words.say("area"): names, head: exact})
    said = words.join(
        [f"{area} {words.quantity(value, unit)}" for area, value in zip(names, rows["value"], strict=True)]
    )
    alt_text = f"{title}{words.say('colon')}{said}{words.say('stop').strip()}"
    made = card.identity(chart_id, title, alt_text, table, unit_name, [])
    return card.figure(partial(_draw_targets, data), made)


def _promised(names: pd.Series, values: pd.Series, unit: str) -> list[str]:
    head = words.say("target") + words.say("colon")
    return [
        words.observed(name, head + words.quantity(value, unit))
        for name, value in zip(names, values, strict=True)
    ]


def _draw_targets(data: pd.DataFrame, width: str) -> alt.LayerChart:
    order = list(data["name"])
    y = alt.Y("name:N", sort=order, axis=alt.Axis(title=None, labelColor=theme.INK, labelPadding=8))
    x = alt.X("y:Q", axis=None, scale=alt.Scale(domainMin=0))
    bars = (
        alt.Chart(data)
        .mark_bar(size=26, fill=OPEN, stroke=theme.PLAN, strokeDash=[4, 3], strokeWidth=1.6)
        .encode(x, y, alt.Description("said:N"))
    )
    texts = (
        alt.Chart(data)
        .mark_text(align="left", dx=6, fontWeight="bold", color=theme.PLAN, aria=False)
        .encode(x, y, text=alt.Text("text:N"))
    )
    # Names on the left and numbers on the right take what they need; the bars take the rest.
    room = sum(max(pictures.width(text, 13) for text in data[side]) for side in ("name", "text"))
    whole = theme.WIDE if width == "wide" else theme.NARROW
    return cast(alt.LayerChart, alt.layer(bars, texts)).properties(
        width=round(whole - room - 40), height=46 * len(data)
    )


def yearly(assessment: Assessment, title: str) -> alt.TopLevelMixin:
    """
    A promise that holds each year: one bar per year, the bar to reach, and years not known.

    Parameters
    ----------
    assessment : shuangbei.measures.Assessment
        Of a commitment that is due each year.
    """
    unit = assessment.commitment["unit"]
    goal = assessment.target.value
    decimals = int(load.indicator(assessment.commitment["indicator_id"])["decimals"])
    judged = [_judged(year, unit, decimals) for year in assessment.years]
    largest = max([goal, *(year.value for year in assessment.years if year.value is not None)])
    factor, unit_name = theme.display_scale(largest, unit)
    data = pd.DataFrame(
        {
            "year": [year.year for year in assessment.years],
            "y": pd.Series([year.value for year in assessment.years], dtype=float) * factor,
            "verdict": [_verdict(year) for year in assessment.years],
            "said": judged,
            "text": [theme.label(year.value, unit, factor, decimals) for year in assessment.years],
        }
    )
    table = pd.DataFrame(
        {
            words.say("period"): [words.period_cell(str(year)) for year in data["year"]],
            words.headed(words.say("value"), words.column(unit)): [
                _reached(year, unit, decimals) for year in assessment.years
            ],
            words.headed(words.say("target"), words.column(unit)): [words.cell(goal, unit, decimals)]
            * len(data),
            words.say("mark"): data["verdict"],
        }
    )
    bar = words.pick("每年要达到{}", "each year asks for {}").format(words.quantity(goal, unit))
    said = words.say("semicolon").join([bar, *judged])
    made = card.identity(
        assessment.commitment["commitment_id"],
        title,
        f"{title}{words.say('colon')}{said}{words.say('stop').strip()}",
        table,
        unit_name,
        list(assessment.source_ids),
    )
    return card.figure(partial(_draw_yearly, data, goal * factor, unit_name), made)


def _reached(year, unit: str, decimals: int) -> words.Cell:
    cell = words.cell(year.value, unit, decimals)
    return cell if year.value is None else cell.among(words.signed(cell, year.qualifier))


def _judged(year, unit: str, decimals: int) -> str:
    """A year with its value and verdict: ``2023年：10家（达到）``, ``2024年：未查到``."""
    head = words.period(str(year.year)) + words.say("colon")
    if year.value is None:
        return head + _verdict(year)
    value = words.qualified(year.value, unit, year.qualifier, decimals)
    return head + value + words.say("open") + _verdict(year) + words.say("close")


def _verdict(year) -> str:
    if year.met is not None:
        return words.say("met") if year.met else words.say("missed")
    if year.due:
        return words.pick("未查到", "not found")
    return words.pick("未到期", "not due")


def _draw_yearly(data: pd.DataFrame, goal: float, unit: str, width: str) -> alt.LayerChart:
    x = alt.X("year:O", axis=alt.Axis(title=None, labelAngle=0))
    top = max([goal, *data["y"].dropna()]) * 1.25
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, top]), axis=alt.Axis(title=unit))
    known, unknown = data[data["y"].notna()], data[data["y"].isna()]
    said = alt.Description("said:N")
    bars = alt.Chart(known).mark_bar(size=_SIZES[width], color=theme.CITY).encode(x, y, said)
    gaps = (
        alt.Chart(unknown.assign(y=goal))
        .mark_bar(size=_SIZES[width], fill=OPEN, stroke=theme.PLAN, strokeDash=[3, 3])
        .encode(x, y, said)
    )
    words = (
        alt.Chart(unknown.assign(y=goal / 2))
        .mark_text(color=theme.QUIET, aria=False, fontSize=13 if width == "wide" else 10)
        .encode(x, y, text=alt.Text("verdict:N"))
    )
    values = (
        alt.Chart(known)
        .mark_text(dy=14, color="#ffffff", fontWeight="bold", aria=False)
        .encode(x, y, text=alt.Text("text:N"))
    )
    line = (
        alt.Chart(pd.DataFrame({"y": [goal]}))
        .mark_rule(color=theme.PLAN, strokeDash=[6, 4], strokeWidth=1.8, aria=False)
        .encode(y=y)
    )
    parts = (gaps, bars, line, words, values)
    return cast(alt.LayerChart, alt.layer(*parts)).properties(width=theme.pixels(width), height=260)
