"""Figures of districts that a chapter's cell ends in, or the reason why there is none; no drawing."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any

import altair as alt
import pandas as pd

from shuangbei import charts, load, measures, words
from shuangbei.maps import classes, form, legend
from shuangbei.measures import publication
from shuangbei.pages import html

_ITEM = "item"
# Bounds between none, one, a few, several and most of what is needed.
_STEPS = (1, 2, 5, 10)


def show(indicator_id: str) -> alt.TopLevelMixin | html.Html:
    """
    The map of an indicator of the plan, or, while no district has a figure, the reason.

    The newest figure of each unit is drawn, on the divisions of which most units have a figure, so
    that a map appears as soon as a figure stands in ``data/``, and one figure on other divisions
    takes no other away.

    Parameters
    ----------
    indicator_id : str
        With a row in ``data/needs.csv``.

    Returns
    -------
    altair chart or shuangbei.pages.html.Html
        The figure ``district-<indicator>``, or a paragraph that says why there is none and who
        would publish it.

    Raises
    ------
    shuangbei.load.UnknownCode
        If the indicator is none of the plan's commitments.
    """
    need = load.row("needs", indicator_id)
    rows = _of_districts(indicator_id)
    if rows.empty:
        return absent(indicator_id)
    frame = newest(indicator_id)
    known = frame[frame["known"]]
    middle = classes.middle(indicator_id, known["period"])
    grammar = classes.of(indicator_id, known["value"], None if middle is None else float(middle["value"]))
    others = [one for one in rows["vintage"].unique() if one != frame["vintage"].iloc[0]]
    notes = [
        *([] if grammar.middle is None or middle is None else [classes.border(middle)]),
        *_notes(frame, need, others),
    ]
    title = _title(known, load.indicator(indicator_id)["name"])
    said = title + words.say("semicolon") + legend.describe(frame, grammar)
    card = charts.identity(
        f"district-{indicator_id.replace('_', '-')}",
        title,
        said,
        table(frame, grammar),
        words.column(grammar.unit),
        sorted(set(known["source_id"])),
    )
    return charts.figure(partial(form.draw, frame, grammar=grammar, notes=notes), card)


def newest(indicator_id: str) -> pd.DataFrame:
    """
    The newest figure of each unit, on the divisions of which the largest share is known.

    Of divisions known alike, the newer; figures on the others are in the atlas.

    Returns
    -------
    pandas.DataFrame
        From :func:`shuangbei.load.on_units`: every unit, known or not.

    Raises
    ------
    shuangbei.load.NotDrawable
        If no district has a figure.
    """
    rows = publication.best_covered(_any_of_districts(indicator_id))
    return load.on_units(load.newest(rows), rows["vintage"].iloc[0])


def with_derived(frame: pd.DataFrame) -> pd.DataFrame:
    """
    Put beside units without a figure the class that follows for them by elimination: never a figure.

    Parameters
    ----------
    frame : pandas.DataFrame
        From :func:`shuangbei.load.on_units`, of an indicator of classes.

    Returns
    -------
    pandas.DataFrame
        As :func:`shuangbei.measures.with_eliminated` gives it.
    """
    return measures.with_eliminated(frame)


def found(indicator_id: str) -> pd.DataFrame:
    """
    The newest figure of each unit that has one, whatever its divisions; from old to new.

    A sentence that counts the districts with a figure counts these.

    Returns
    -------
    pandas.DataFrame
        Rows of :func:`shuangbei.load.observations`, one for each unit.

    Raises
    ------
    shuangbei.load.NotDrawable
        If no district has a figure.
    """
    return load.newest(_any_of_districts(indicator_id)).sort_values("t", kind="stable")


def sources(*indicator_ids: str) -> list[str]:
    """
    Return the sources of what :func:`show` draws and :func:`found` counts; none without a figure.

    Parameters
    ----------
    *indicator_ids : str
        Those that a chapter shows.
    """
    named = set()
    for one in indicator_ids:
        if not _of_districts(one).empty:
            named |= {*newest(one)["source_id"].dropna(), *found(one)["source_id"]}
    return sorted(named)


def _any_of_districts(indicator_id: str) -> pd.DataFrame:
    rows = _of_districts(indicator_id)
    if rows.empty:
        raise load.NotDrawable(f"{indicator_id}: no district has a published figure")
    return rows


def _of_districts(indicator_id: str) -> pd.DataFrame:
    return load.at_level(load.of_indicators(indicator_id), "district")


def absent(*indicator_ids: str) -> html.Html:
    """
    Why indicators have no map, and who would publish what it takes; a paragraph for each.

    Parameters
    ----------
    *indicator_ids : str
        With rows in ``data/needs.csv``.
    """
    return html.Html("".join(_reason(load.row("needs", one)) for one in indicator_ids))


def _reason(need: pd.Series) -> str:
    who = _agency(need)
    name = load.indicator(need["indicator_id"])["name"]
    if need["by_district"] == "yes":
        head = words.pick(f"{name}没有区县地图：", f"{name}, no map of the districts: ")
        said = words.pick(
            f"各区县的数没有查到。{need['note']}应由{who}公布。",
            f"figures by district were not found. {need['note']} The {who} would publish it.",
        )
    else:
        head = words.pick(f"{name}不分区县：", f"{name}, not counted by district: ")
        note = words.pick(need["note"], need["note"][0].lower() + need["note"][1:])
        said = words.pick(
            f"{note}全市的数应由{who}公布。", f"{note} The {who} would publish the figure of the city."
        )
    return f'<p class="no-map"><strong>{escape(head)}</strong>{escape(said)}</p>'


def table(frame: pd.DataFrame, grammar: classes.Grammar) -> pd.DataFrame:
    """
    The table of a map, whose figures and dates carry their values.

    Parameters
    ----------
    frame : pandas.DataFrame
        From :func:`shuangbei.load.on_units` or of ``join``, one row per unit.
    grammar : Grammar
        From :mod:`shuangbei.maps.classes`.

    Returns
    -------
    pandas.DataFrame
        That of :func:`shuangbei.maps.legend.table`; values and periods are
        :class:`shuangbei.words.Cell`.
    """
    told = legend.table(frame, grammar)
    rows = frame.set_index("name").loc[told.iloc[:, 0]]
    value, when = words.say("value"), words.say("period")
    told[value] = [
        _cell(shown, row, grammar.unit) for shown, row in zip(told[value], rows.itertuples(), strict=True)
    ]
    told[when] = [
        words.Cell(shown, period=code if known else "")
        for shown, code, known in zip(told[when], rows["period"], rows["known"], strict=True)
    ]
    return told


def _cell(shown: str, row: Any, unit: str) -> str:
    """A figure with its digits; a tier, and an amount that a scale word cuts short, are words."""
    if getattr(row, "derived_period", ""):
        return words.Cell(shown, in_file=False)
    if unit == "tier" or words.is_scaled(unit):
        return shown
    if not row.known:
        return words.Cell(shown, number="", alone=False)
    digits = words.digits(row.value, words.decimals(row, {"unit": unit}))
    return words.Cell(shown, number=digits, alone=False)


def _agency(need: pd.Series) -> str:
    row = load.row("agencies", need["agency_id"])
    return words.pick(row["short_zh"], row["name"])


def _title(known: pd.DataFrame, name: str) -> str:
    periods = known["period"].unique()
    if len(periods) == 1:
        when = words.period(periods[0])
        return words.pick(f"各区县的{name}（{when}）", f"{name} by district, {when}")
    return words.pick(f"各区县最近一次公布的{name}", f"{name}: newest published figure of each district")


def _notes(frame: pd.DataFrame, need: pd.Series, others: list[str]) -> list[str]:
    """Lines at the foot: dates that differ, who would publish what is missing, other divisions."""
    notes = []
    if frame.loc[frame["known"], "period"].nunique() > 1:
        notes.append(words.pick("各区县的时点不同，不作排名", "Each figure has its own date; not a ranking"))
    if not frame["known"].all():
        who = _agency(need)
        notes.append(
            words.pick(
                f"斜线：未见公开数字，应由{who}公布",
                f"Hatched: no published figure; the {who} would publish it",
            )
        )
    for label in (load.label("vintages", one) for one in others):
        notes.append(
            words.pick(f"按{label}公布的数见区县图集", f"Figures on {label} are in the atlas of districts")
        )
    return notes


def published(vintage: str) -> alt.TopLevelMixin:
    """
    The publication gap: of how many indicators of the plan each unit has a published figure.

    Parameters
    ----------
    vintage : str
        Of the divisions, ``38`` or ``37``.

    Returns
    -------
    altair chart
        The figure ``district-publication``.
    """
    observations = load.observations("districts")
    frame = publication.on_units(observations, vintage)
    grammar = classes.graded(frame["value"], _ITEM, "given", given=_STEPS)
    needed = int(frame["needed"].iloc[0])
    some = int((frame["value"] > 0).sum())
    line = words.pick(
        f"{some} / {len(frame)} 个区县至少查到{needed}项中的一项",
        f"{some} of {len(frame)} districts and counties: at least one of the {needed} found",
    )
    title = words.pick(
        "可以按区县公布的指标，各区县查到几项公开数字",
        "Number of indicators with a published figure, by district",
    )
    card = charts.identity(
        "district-publication",
        title,
        _described(title, line, frame, grammar),
        _gap_table(frame, observations, vintage),
        words.column(_ITEM),
        publication.sources(observations, vintage),
    )
    return charts.figure(partial(form.draw, frame, grammar=grammar, line=line), card)


def _described(title: str, line: str, frame: pd.DataFrame, grammar: classes.Grammar) -> str:
    """Every class with its units; those that publish nothing are counted."""
    rows = legend.classify(frame, grammar)
    parts = [title, line]
    for entry in legend.legend(frame, grammar).itertuples():
        names = rows.loc[(rows["fill"] == entry.fill) & (rows["value"] > 0), "name"]
        listed = words.say("colon") + words.join(list(names)) if len(names) else ""
        parts.append(f"{entry.label}{words.say('open')}{entry.n}{words.say('close')}{listed}")
    return words.say("semicolon").join(parts) + words.say("stop").strip()


def _gap_table(frame: pd.DataFrame, observations: pd.DataFrame, vintage: str) -> pd.DataFrame:
    """Every unit with the indicators it publishes, and when the newest figure is of; most first."""
    found = publication.published(observations, vintage)
    names = load.codelist("indicators")["name"]
    listed = (
        found[found["known"]]
        .groupby("geo_id")["indicator_id"]
        .agg(lambda ids: words.parted([names[one] for one in ids]))
        .to_dict()
    )
    rows = frame.sort_values(["value", "geo_id"], ascending=[False, True])
    return pd.DataFrame(
        {
            words.say("district"): rows["name"],
            words.headed(words.pick("查到", "Found"), words.column(_ITEM)): [
                words.cell(value, _ITEM) for value in rows["value"]
            ],
            words.pick("哪些指标", "Which"): [listed.get(unit, words.NOTHING) for unit in rows["geo_id"]],
            words.say("period"): [words.period_cell(one) if one else words.NOTHING for one in rows["newest"]],
        }
    ).reset_index(drop=True)


def how_drawn() -> html.Html:
    """Return a paragraph on how the maps of this edition are drawn."""
    said = words.pick(
        "图用等面积投影，左上或者下方是中心城区的放大图。",
        "Maps are in an equal-area projection; the enlargement, upper left or below,"
        " is of the central urban area.",
    )
    if form.form() == "tiles":
        said = words.pick(
            "图是方格示意图，每个区县一格，大小相同，只表示大致方位，不表示边界。",
            "Maps show each district as a square of one size, about where it lies;"
            " no line on them is a boundary.",
        )
    return html.Html(f"<p>{escape(said)}</p>")
