"""Parts of the pages on the league and on what is public: places, targets, gaps, as HTML; no other parts."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any, Protocol, cast

import pandas as pd

from shuangbei import load, periods, words
from shuangbei.measures import league, profile, publication
from shuangbei.pages import cells, html, places

_NOTHING = "—"


def _observations() -> pd.DataFrame:
    return load.observations("districts")


def figure(row: Any, indicator_id: str) -> str:
    """Return a figure in words, with the sign of a bound, and the number that it is sorted by."""
    about = load.indicator(indicator_id)
    shown = words.qualified(row.value, about["unit"], row.qualifier, int(about["decimals"]))
    return f'<data value="{row.value:g}">{escape(shown)}</data>'


def best() -> list[league.League]:
    """Return one league of each indicator: the newest with places, else the newest of all."""
    found: dict[str, league.League] = {}
    for one in league.current():  # in the order of time, the newer divisions last
        if not one.reason or found.get(one.indicator_id, one).reason:
            found[one.indicator_id] = one
    return list(found.values())


def standings(link: html.Link) -> str:
    """The league of every indicator that has one, and the reasons of those that have none."""
    leagues = best()
    ranked = "".join(_league(one, link) for one in leagues if not one.reason)
    none = [one for one in leagues if one.reason and one.reason != "ordinal"]
    nobody = words.pick("这一期没有能排名次的指标。", "No indicator can be ranked in this edition.")
    nothing = "" if ranked else f"<p>{nobody}</p>"
    return ranked + nothing + _unranked(none)


class _OfArea(Protocol):
    """A row about one district or zone."""

    geo_id: str


class _Placed(_OfArea, Protocol):
    """A row of :class:`shuangbei.measures.league.League`."""

    place: float
    note: str
    source_id: str


class _Moved(_OfArea, Protocol):
    """A row of :func:`shuangbei.measures.league.moved`."""

    before: int
    after: int
    change: int


class _Need(Protocol):
    """A row of :func:`shuangbei.measures.publication.needed`."""

    indicator_id: str
    name: str
    agency: str
    note: str


def _league(one: league.League, link: html.Link) -> str:
    about = load.indicator(one.indicator_id)
    total = len(load.units(one.vintage))
    rows = [
        [
            places.place_link(row.geo_id, link),
            _place(row.place) + _note(_why(row)),
            figure(row, one.indicator_id) + _note(row.note),
            row.source_id,
        ]
        for row in cast("Iterable[_Placed]", one.rows.itertuples())
    ]
    columns = [
        words.say("district"),
        words.say("rank"),
        words.say("value"),
        words.say("sources"),
    ]
    caption = words.pick(
        f"{about['name']}，{words.period(one.period)}：{total}个区县里有{len(rows)}个的数",
        f"{about['name']}, {words.period(one.period)}: figures of {len(rows)} of {total} units",
    )
    return html.table(columns, rows, caption, "league-table sortable")


def _why(row: Any) -> str:
    """Why a figure of a league has no place; nothing where it has one."""
    return load.label("league_reasons", row.reason) if row.reason else ""


def _note(text: str) -> str:
    return f'<span class="cell-note">{escape(text)}</span>' if text else ""


def _place(place: float) -> str:
    return _NOTHING if pd.isna(place) else f'<data value="{int(place)}">{int(place)}</data>'


def _unranked(leagues: list[league.League]) -> str:
    if not leagues:
        return ""
    reasons = load.codelist("league_reasons")["definition"]
    names = load.codelist("indicators")["name"]
    rows = [
        [
            escape(names[one.indicator_id]) + _note(reasons[one.reason]),
            escape(words.period(one.period)),
            str(len(one.rows)),
        ]
        for one in leagues
    ]
    columns = [
        words.pick("指标，为什么不排", "Indicator, and why it is not ranked"),
        words.pick("最近时点", "Newest date"),
        words.say("known_districts"),
    ]
    return html.table(columns, rows, words.pick("不排名次的指标", "Indicators without ranks"))


def moves(link: html.Link) -> str:
    """Change of place of the units that have one in both of the two newest leagues of an indicator."""
    by_series: dict[tuple[str, str], dict[float, league.League]] = {}
    for one in league.current():
        if not one.reason:
            # A year and its last month end at the same time: nobody moves between them.
            by_series.setdefault((one.indicator_id, one.vintage), {})[periods.time_of(one.period)] = one
    newest = [list(found.values())[-2:] for found in by_series.values() if len(found) > 1]
    tables = [_moves(before, after, link) for before, after in newest]
    said = "".join(tables)
    none = words.pick(
        "还没有哪个指标有两个时点能比。", "No indicator has two dates yet that can be compared."
    )
    return said or f"<p>{none}</p>"


def _moves(before: league.League, after: league.League, link: html.Link) -> str:
    moved = league.moved(before, after)
    if len(moved) < 2:
        return ""
    rows = [
        [places.place_link(row.geo_id, link), _place(row.before), _place(row.after), _change(row.change)]
        for row in cast("Iterable[_Moved]", moved.itertuples())
    ]
    when = words.period(before.period), words.period(after.period)
    columns = [
        words.say("district"),
        *(escape(one) for one in when),
        words.pick("升降", "Change"),
    ]
    about = load.indicator(after.indicator_id)["name"]
    caption = words.pick(
        f"{about}：{when[0]}到{when[1]}的名次", f"{about}: ranks from {when[0]} to {when[1]}"
    )
    return html.table(columns, rows, caption, "sortable")


def _change(change: int) -> str:
    shown = {True: f"▲ {change}", False: f"▼ {-change}"}[change > 0] if change else words.pick("不变", "same")
    return f'<data value="{change}">{shown}</data>'


def own_targets(link: html.Link) -> str:
    """Targets that districts and zones have set themselves, and how far along they are."""
    found = profile.stood(profile.current().targets, load.cut_off_time())
    stood = cast("Iterable[_OfArea]", found.itertuples())
    rows = [[places.place_link(row.geo_id, link), *cells.own_target(row)] for row in stood]
    columns = [words.say("area"), *cells.own_target_columns()]
    caption = words.pick(
        "区县和功能区自己定的目标，走了多远", "Own targets of districts and zones, and how far along they are"
    )
    return html.table(columns, rows, caption)


def published_places(link: html.Link) -> str:
    """Places that institutions have published, as they stand; nothing is ranked here."""
    found = load.at_level(_observations(), "district")
    found = found[found["unit"] == "rank"].sort_values(
        ["indicator_id", "t", "value"], ascending=[True, False, True]
    )
    rows = [
        [
            places.place_link(row.geo_id, link),
            escape(row.indicator),
            _place(row.value) + _note(row.note),
            _dated(row),
            row.source_id,
        ]
        for row in cast("Iterable[load.ObservationRow]", found.itertuples())
    ]
    columns = [
        words.say("district"),
        words.pick("名次", "Ranked by"),
        words.pick("第几", "Rank"),
        words.say("period"),
        words.say("sources"),
    ]
    return html.table(columns, rows, words.pick("公布过的名次", "Published ranks"), "sortable wide-paper")


def gap_table(link: html.Link) -> str:
    """How many of the needed indicators each unit has published, and of when the newest is."""
    tables, counted = [], load.codelist("vintages")["n_units"]
    for vintage in (one for one in reversed(load.succession()) if counted[one]):
        found = publication.gap(_observations(), vintage)
        if (found["value"] == 0).all():
            tables.append(_none_yet(vintage))
            continue
        rows = [_gap(row, link) for row in found.sort_values(["value", "t"], ascending=False).itertuples()]
        columns = [
            words.say("district"),
            words.pick("查到几项", "Indicators found"),
            words.pick("最新的数", "Newest figure"),
            words.pick("自己定了目标", "Own targets"),
        ]
        needed = int(found["needed"].iloc[0])
        caption = load.label("vintages", vintage) + words.pick(
            f"：可分区县公布的{needed}项里查到几项",
            f": found, of {needed} indicators that could be published by district",
        )
        tables.append(html.table(columns, rows, caption, "sortable"))
    return "".join(tables)


def _none_yet(vintage: str) -> str:
    label = load.label("vintages", vintage)
    said = words.pick(
        f"可分区县公布的指标，按{label}统计的，一项也没有查到。",
        f"Of the indicators that could be published by district, not one figure compiled on the {label}"
        " was found.",
    )
    return f"<p>{escape(said)}</p>"


def _dated(row: Any) -> str:
    """The period of a figure, sorted by its end."""
    return f'<data value="{row.t:g}">{escape(words.period(row.period))}</data>'


def _gap(row: Any, link: html.Link) -> list[str]:
    newest = _NOTHING if pd.isna(row.t) else _dated(row)
    return [
        places.place_link(row.geo_id, link),
        f'<data value="{int(row.value)}">{int(row.value)}</data>',
        newest,
        words.pick("有", "yes") if row.has_targets else _NOTHING,
    ]


def needs(link: html.Link) -> str:
    """Each needed indicator: how many units have published it, who would publish all, what is missing."""
    found = load.at_level(_observations(), "district")
    counted = found.groupby(["indicator_id", "vintage"])["geo_id"].nunique()
    rows = [
        [
            escape(row.name),
            _counts(cast("pd.Series | None", counted.get(row.indicator_id))),
            escape(row.agency),
            escape(row.note),
        ]
        for row in cast("Iterable[_Need]", publication.needed().itertuples())
    ]
    columns = [
        words.say("indicator"),
        words.say("known_districts"),
        words.pick("该由谁公布", "Who would publish it"),
        words.pick("还缺什么", "What is missing"),
    ]
    return html.table(
        columns,
        rows,
        words.pick(
            "可分区县公布的指标和公布机关",
            "Indicators that could be published by district, and who would publish them",
        ),
    )


def _counts(by_vintage: pd.Series | None) -> str:
    """Units with a figure, of how many; a line for each vintage of the divisions that has any."""
    if by_vintage is None:
        return "0"
    totals = load.codelist("vintages")["n_units"]
    return "<br>".join(
        f"{n} / {totals[vintage]}" for vintage, n in zip(by_vintage.index, by_vintage, strict=True)
    )
