"""Pages of the atlas: the choices that lead to a view, its map, tiles, ranking and table; as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Protocol, cast

import pandas as pd

from shuangbei import load, memory, words
from shuangbei.maps import atlas, classes, form, legend, svg, tiles
from shuangbei.pages import clues, data, html, places

_GROUPS = {
    "needed": ("可分区县公布的指标", "What could be published by district"),
    "other": ("其他公布的指标", "Other published figures"),
    "targets": ("区县自己定的目标", "Targets of the districts"),
}
_FEW = 5  # so many periods stand side by side


@memory.answer
def views() -> tuple[atlas.View, ...]:
    """Return the views of the atlas; which there are does not change with a value."""
    return tuple(atlas.views(load.observations("districts")))


@memory.answer
def first() -> atlas.View:
    """Return the view that the atlas opens with."""
    return atlas.first(load.observations("districts"))


def page_of(view: atlas.View) -> str:
    """
    Name of the page of a view.

    All views stand in one folder, the hub among them: a script can put one in the place of
    another, and every address on the page still holds.
    """
    return f"districts/atlas-{view.slug}"


def choices(view: atlas.View, link: html.Link) -> str:
    """What else can be looked at: indicators, divisions and periods of this one, forms."""
    label = words.pick("选择指标、时期和形式", "Choose indicator, period and form")
    same = [one for one in views() if one.indicator_id == view.indicator_id]
    vintages = list(dict.fromkeys(one.vintage for one in same))
    rows = [_periods([one for one in same if one.vintage == view.vintage], view, link)]
    if len(vintages) > 1:
        firsts = [next(one for one in same if one.vintage == vintage) for vintage in vintages]
        rows.insert(
            0,
            _row(
                words.say("divisions"),
                [(load.label("vintages", one.vintage), one, one.vintage == view.vintage) for one in firsts],
                link,
            ),
        )
    return (
        f'<nav class="atlas-choices" aria-label="{label}">{_indicators(view, link)}{"".join(rows)}'
        f"{_ways()}</nav>"
    )


def _when(view: atlas.View) -> str:
    return words.pick("最近一次", "newest") if view.period == atlas.NEWEST else words.period(view.period)


def _indicators(view: atlas.View, link: html.Link) -> str:
    """All indicators that can be looked at, by group; the first view of each."""
    firsts: dict[str, atlas.View] = {}
    for one in views():
        firsts.setdefault(one.indicator_id, one)
    names = load.codelist("indicators")["name"]
    parts = []
    for group, ids in atlas.groups().items():
        items = "".join(
            f"<li>{_anchor(escape(names[i]), firsts[i], i == view.indicator_id, link)}</li>"
            for i in ids
            if i in firsts
        )
        if items:
            parts.append(f'<p class="local-title">{words.pick(*_GROUPS[group])}</p><ul>{items}</ul>')
    return _folded(words.say("indicator"), escape(names[view.indicator_id]), "".join(parts))


def _folded(name: str, chosen: str, content: str) -> str:
    """A choice among many: closed it says what is chosen."""
    return (
        f'<details class="atlas-many"><summary>{name}{words.say("colon")}<strong>{chosen}</strong>'
        f"</summary><div>{content}</div></details>"
    )


def _periods(views: list[atlas.View], view: atlas.View, link: html.Link) -> str:
    name = words.say("period")
    if len(views) <= _FEW:
        return _row(name, [(_when(one), one, one == view) for one in views], link)
    items = "".join(f"<li>{_anchor(escape(_when(one)), one, one == view, link)}</li>" for one in views)
    return _folded(name, escape(_when(view)), f"<ul>{items}</ul>")


def _row(name: str, choices: list[tuple[str, atlas.View, bool]], link: html.Link) -> str:
    """Choices side by side: their words, where they lead, whether it is the one that is shown."""
    items = "".join(f"<li>{_anchor(escape(said), one, current, link)}</li>" for said, one, current in choices)
    return f'<div class="atlas-row"><span>{name}</span><ul>{items}</ul></div>'


def _anchor(said: str, view: atlas.View, current: bool, link: html.Link) -> str:
    mark = ' aria-current="true"' if current else ""
    return f'<a href="{link(page_of(view), "")}" data-atlas="{view.slug}"{mark}>{said}</a>'


def forms() -> dict[str, str]:
    """Names of the forms that a view is shown in, by the anchor of each."""
    found = {
        "atlas-map": words.pick("地图", "Map"),
        "atlas-tiles": words.pick("方格", "Tiles"),
        "atlas-ranking": words.pick("排名", "Ranking"),
        "atlas-table": words.pick("表格", "Table"),
    }
    if form.form() == "tiles":
        del found["atlas-map"]
    return found


def _ways() -> str:
    items = "".join(f'<li><a href="#{anchor}">{name}</a></li>' for anchor, name in forms().items())
    return (
        f'<div class="atlas-row atlas-forms"><span>{words.pick("形式", "Form")}</span><ul>{items}</ul></div>'
    )


HUB = "book/districts/index"
_FIGURES = "figures/index"
_BAR = 240  # pixels of the longest bar


def hub(link: html.Link) -> str:
    """The atlas as the page of the districts opens with it."""
    return html_of(first(), link)


def html_of(view: atlas.View, link: html.Link) -> str:
    """
    A view, whole: it can be read without a script, and a script shows one form at a time.

    Parameters
    ----------
    view : shuangbei.maps.atlas.View
    link : callable
        ``link(page, anchor)`` returns the address of a page from this one.
    """
    seen = atlas.see(view, load.of_indicators(view.indicator_id))
    title = escape(words.practice_told(atlas.title(view)))
    return (
        f'<div class="atlas" data-view="{view.slug}"><h2 class="atlas-title" id="atlas">{title}</h2>'
        f"{choices(view, link)}{_key(seen)}{_forms(seen, link)}{_derived(seen, link)}{_origin(seen, link)}</div>"
    )


def _key(seen: atlas.Seen) -> str:
    """How many are known, the classes with their numbers, and how they were made."""
    entries = legend.legend(seen.rows, seen.grammar)
    unit = legend.unit_words(seen.grammar)
    border = [] if seen.middle is None else [classes.border(seen.middle)]
    told = [
        unit,
        seen.grammar.method,
        *border,
        *([_dates(seen)] if seen.reason == "dates" else []),
        _no_newer(seen.view),
    ]
    notes = words.say("semicolon").join(one for one in told if one)
    return (
        f'<p class="atlas-coverage">{escape(legend.coverage_line(seen.rows))}</p>'
        '<svg class="visually-hidden" width="0" height="0" aria-hidden="true">'
        f"{svg.hatch('atlas-key')}{svg.stripes(svg.derived('atlas-key'))}</svg>"
        f"{svg.key(entries, 'atlas-key', 'map-key')}"
        f'<p class="quiet atlas-method">{escape(notes)}</p>'
    )


def _derived(seen: atlas.Seen, link: html.Link) -> str:
    """What the stripes rest on and what must hold for it, where there are any."""
    ids = [one for one in dict.fromkeys(seen.rows.get("clue_id", ())) if one]
    return "".join(clues.ruled_out(link, one) for one in ids)


def _no_newer(view: atlas.View) -> str:
    """Say where an indicator has no map of the divisions of today that its figures are none of them."""
    today = load.succession()[-1]
    drawn = {(one.indicator_id, one.vintage) for one in views()}
    if (view.indicator_id, today) in drawn:
        return ""
    return words.pick(
        f"{load.label('vintages', today)}的数还没有查到，没有图",
        f"no map of the {load.label('vintages', today)}: no such figure was found yet",
    )


def _origin(seen: atlas.Seen, link: html.Link) -> str:
    """Where the figures come from, and where to take them."""
    ids = sorted(set(seen.known["source_id"]))
    sources = words.join([html.source(one) for one in ids])
    file = link("", data.for_readers("observations/districts"))
    taken = words.pick(
        f'数据：<a href="{file}" download>各区县的观测值（CSV）</a>。可以下载、嵌入、引用的图：',
        f'Data: <a href="{file}" download>observations of the districts (CSV)</a>. Charts to download, embed and cite: ',
    )
    figures = f'<a href="{link(_FIGURES, "")}">{words.pick("全部图", "all charts and maps")}</a>'
    said = words.say("sources") + words.say("colon") + sources
    return f'<p class="quiet atlas-origin">{said}<br>{taken}{figures}</p>'


def _dates(seen: atlas.Seen) -> str:
    dated = seen.known.sort_values("t")["period"]
    spans = words.period(dated.iloc[0]), words.period(dated.iloc[-1])
    return words.pick(
        f"时点从{spans[0]}到{spans[1]}都有，不作排名", f"Dates from {spans[0]} to {spans[1]}; not a ranking"
    )


class _Row(Protocol):
    """A row of :attr:`shuangbei.maps.atlas.Seen.rows`."""

    geo_id: str
    name: str
    region: str
    value: float
    shown: str
    known: bool
    fill: str
    place: float
    derived: float
    clue_id: str
    t: float
    when: str
    note: str
    source_id: str


def _rows(frame: pd.DataFrame) -> Iterable[_Row]:
    return cast("Iterable[_Row]", frame.itertuples())


def _forms(seen: atlas.Seen, link: html.Link) -> str:
    looks = {
        row.geo_id: svg.Look(row.fill, row.known, said(row, seen), derived=row.derived == row.derived)
        for row in _rows(seen.rows)
    }
    about = atlas.title(seen.view) + words.say("semicolon") + legend.describe(seen.rows, seen.grammar)
    drawn = {"atlas-map": _map, "atlas-tiles": _squares}
    sections = [
        _section(anchor, name, drawn[anchor](seen, looks, about))
        for anchor, name in forms().items()
        if anchor in drawn
    ]
    help_ = words.pick(
        "点一个区县，或者用方向键在区县之间移动，回车打开它的页面。",
        "Tap a district, or move between them with arrow keys; Enter opens its page.",
    )
    opened = words.pick("打开它的页面", "Open its page")
    # It stands below the maps and stays in sight: what it says may take one line or two.
    sections.append(
        f'<p class="atlas-told js-only"><strong></strong> <a href="#atlas" hidden>{opened}</a>'
        f' <span class="quiet">{help_}</span></p>'
    )
    sections.append(_section("atlas-ranking", forms()["atlas-ranking"], _ranking(seen, link)))
    sections.append(_section("atlas-table", forms()["atlas-table"], _table(seen, link)))
    return "".join(sections)


def _section(anchor: str, name: str, content: str) -> str:
    return (
        f'<section class="atlas-form" id="{anchor}"><h3 class="atlas-form-name">{name}</h3>{content}'
        "</section>"
    )


def said(row: _Row, seen: atlas.Seen) -> str:
    """Name, figure, place and date of a unit in one line, as a screen reader says it."""
    parts = [row.shown]
    if row.place == row.place:  # a missing place is not equal to itself
        parts.append(_place(row.place, seen.among))
    if row.when:
        parts.append(row.when)
    return row.name + words.say("colon") + words.say("comma").join(parts)


def _place(place: float, among: int) -> str:
    return words.pick(f"第{int(place)}名（共{among}个）", f"rank {int(place)} of {among}")


def _map(seen: atlas.Seen, looks: dict[str, svg.Look], about: str) -> str:
    city, inner = svg.boundary_drawing(seen.view.vintage)
    part = words.say("enlarged")
    return (
        f'<div class="map-plane">{svg.drawn(city, looks, "hatch-map", about=about)}'
        f'<div class="map-inset"><p>{part}</p>{svg.drawn(inner, looks, "hatch-inset")}</div></div>'
        f'<p class="quiet">{_foot(seen, True)}</p>'
    )


def _squares(seen: atlas.Seen, looks: dict[str, svg.Look], about: str) -> str:
    plan = svg.tile_drawing(seen.view.vintage)
    return (
        f'<div class="map-tiles">{svg.drawn(plan, looks, "hatch-tiles", about=about)}</div>'
        f'<p class="quiet">{escape(tiles.told())}{words.say("semicolon")}{_foot(seen, False)}</p>'
    )


def _foot(seen: atlas.Seen, boundaries: bool) -> str:
    return escape(words.say("semicolon").join(legend.foot_notes(seen.view.vintage, boundaries=boundaries)))


def _ranking(seen: atlas.Seen, link: html.Link) -> str:
    """Places with bars, where a ranking is fair; where it is not, the reason."""
    ranked = seen.rows[seen.rows["place"].notna()].sort_values(["place", "geo_id"])
    if ranked.empty:
        reason = load.row("league_reasons", seen.reason)["definition"]
        return f"<p>{escape(reason)}</p>"
    most = ranked["value"].max()
    items = "".join(
        f'<li value="{int(row.place)}">{_name(row, link)} {_bar(row.value, most)}'
        f" <span>{escape(row.shown)}</span></li>"
        for row in _rows(ranked)
    )
    left = len(seen.rows) - len(ranked)
    told = words.pick(
        f"同一时点有{seen.among}个区县的数可比，{len(ranked)}个定得了名次，其余{left}个区县没有名次。",
        f"{seen.among} figures of this date can be compared; {len(ranked)} districts have a rank,"
        f" the other {left} have none.",
    )
    return f'<p class="quiet">{told}</p><ol class="ranking">{items}</ol>'


def _bar(value: float, most: float) -> str:
    wide = max(value, 0) / most * _BAR if most > 0 else 0
    return (
        f'<svg class="ranking-bar" viewBox="0 0 {_BAR} 12" width="{_BAR}" height="12"'
        f' preserveAspectRatio="none" aria-hidden="true"><rect width="{wide:.1f}" height="12"/></svg>'
    )


def _name(row: _Row, link: html.Link) -> str:
    return f'<a href="{link(places.page(row.geo_id), "")}" data-unit="{row.geo_id}">{escape(row.name)}</a>'


def _table(seen: atlas.Seen, link: html.Link) -> str:
    regions = load.codelist("geographies")["name"]
    rows = seen.rows.assign(
        order=seen.rows["place"].fillna(len(seen.rows)), least=-seen.rows["value"].fillna(-1)
    )
    if seen.grammar.best_first:
        rows = rows.assign(least=rows["value"].fillna(len(rows)))
    rows = rows.sort_values(["order", "known", "least", "geo_id"], ascending=[True, False, True, True])
    cells = [
        [
            _name(row, link),
            _sorted(row.value, escape(row.shown)) + _note(row),
            _sorted(row.place, words.number(row.place) if row.place == row.place else "—"),
            _sorted(row.t, row.when or "—"),
            escape(regions[row.region]),
            row.source_id if row.known else _clue(row, link),
        ]
        for row in _rows(rows)
    ]
    columns = [
        words.say("district"),
        words.say("value"),
        words.say("rank"),
        words.say("period"),
        words.say("region"),
        words.say("sources"),
    ]
    return html.table(columns, cells, atlas.title(seen.view), "atlas-table sortable")


def _clue(row: _Row, link: html.Link) -> str:
    """In the place of a source the clue that a derived class rests on."""
    if row.derived != row.derived:
        return words.NOTHING
    return f'<a href="{clues.address(row.clue_id, link)}">{escape(words.say("clue"))}</a>'


def _note(row: _Row) -> str:
    """What the data say beside a figure, such as that its date is inferred."""
    return f'<span class="cell-note">{escape(row.note)}</span>' if row.known and row.note else ""


def _sorted(value: float, shown: str) -> str:
    """A cell with the number that it is sorted by; what is not known has none and stands last."""
    return f'<data value="{value:g}">{shown}</data>' if value == value else shown
