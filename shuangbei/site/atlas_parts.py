"""A view of the atlas as HTML: key, map, squares, ranking and table, below what can be chosen."""

from __future__ import annotations

from html import escape

from shuangbei import (
    atlas,
    load,
    map_classes,
    map_grammar,
    map_layers,
    markup,
    practice,
    spatial,
    tilemap,
    wording,
)
from shuangbei.site import atlas_choices, map_svg, places
from shuangbei.site.atlas_choices import Link

pick = wording.pick
HUB = "book/districts/index"
_FIGURES = "figures/index"
_BAR = 240  # pixels of the longest bar


def hub(link: Link) -> str:
    """The atlas as the page of the districts opens with it."""
    return html_of(atlas_choices.catalogue()[2], link)


def html_of(view: atlas.View, link: Link) -> str:
    """
    A view, whole: it can be read without a script, and a script shows one form at a time.

    Parameters
    ----------
    view : shuangbei.atlas.View
    link : callable
        ``link(page, anchor)`` returns the address of a page from this one.
    """
    seen = atlas.see(view, atlas_choices.catalogue()[0])
    title = escape(practice.told(atlas.title(view)))
    return (f'<div class="atlas" data-view="{view.slug}"><h2 class="atlas-title" id="atlas">{title}</h2>'
            f"{atlas_choices.choices(view, link)}{_key(seen)}{_forms(seen, link)}{_origin(seen, link)}</div>")


def _key(seen: atlas.Seen) -> str:
    """How many are known, the classes with their numbers, and how they were made."""
    entries = map_classes.legend(seen.rows, seen.grammar)
    items = "".join(
        f'<li><svg class="map-swatch" viewBox="0 0 18 12" width="18" height="12" aria-hidden="true">'
        f'<rect width="18" height="12" fill="{entry.fill if entry.known else "url(#atlas-key)"}"/></svg>'
        f"{escape(entry.label)} <strong>{entry.n}</strong></li>" for entry in entries.itertuples())
    unit = map_layers.unit_words(seen.grammar)
    border = [] if seen.middle is None else [map_grammar.border(seen.middle)]
    told = [unit, seen.grammar.method, *border, *([_dates(seen)] if seen.reason == "dates" else []),
            _no_newer(seen.view)]
    notes = wording.say("semicolon").join(one for one in told if one)
    return (f'<p class="atlas-coverage">{escape(map_classes.coverage_line(seen.rows))}</p>'
            '<svg class="visually-hidden" width="0" height="0" aria-hidden="true">'
            f'{map_svg.hatch("atlas-key")}</svg><ul class="map-key">{items}</ul>'
            f'<p class="quiet atlas-method">{escape(notes)}</p>')


def _no_newer(view: atlas.View) -> str:
    """Say where an indicator has no map of the divisions of today that its figures are none of them."""
    today = spatial.succession()[-1]
    drawn = {(one.indicator_id, one.vintage) for one in atlas_choices.catalogue()[1]}
    if (view.indicator_id, today) in drawn:
        return ""
    return pick(f"{load.label('vintages', today)}的数还没有查到，没有图",
                f"no map of the {load.label('vintages', today)}: no such figure was found yet")


def _origin(seen: atlas.Seen, link: Link) -> str:
    """Where the figures come from, and where to take them."""
    ids = sorted(set(seen.known["source_id"]))
    sources = wording.join([markup.source(one) for one in ids])
    file = link("", "data/observations/districts.csv")
    taken = pick(f'数据：<a href="{file}" download>districts.csv</a>。可以下载、嵌入、引用的图：',
                 f'Data: <a href="{file}" download>districts.csv</a>. Figures to download, embed and cite: ')
    figures = f'<a href="{link(_FIGURES, "")}">{pick("全部图", "all figures")}</a>'
    said = wording.say("sources") + wording.say("colon") + sources
    return f'<p class="quiet atlas-origin">{said}<br>{taken}{figures}</p>'


def _dates(seen: atlas.Seen) -> str:
    dated = seen.known.sort_values("t")["period"]
    spans = wording.period(dated.iloc[0]), wording.period(dated.iloc[-1])
    return pick(f"时点从{spans[0]}到{spans[1]}都有，不作排名",
                f"Dates from {spans[0]} to {spans[1]}; not a ranking")


def _forms(seen: atlas.Seen, link: Link) -> str:
    looks = {row.geo_id: map_svg.Look(row.fill, row.known, said(row, seen)) for row in seen.rows.itertuples()}
    about = atlas.title(seen.view) + wording.say("semicolon") + map_classes.describe(seen.rows, seen.grammar)
    drawn = {"atlas-map": _map, "atlas-tiles": _squares}
    sections = [_section(anchor, name, drawn[anchor](seen, looks, about))
                for anchor, name in atlas_choices.forms().items() if anchor in drawn]
    help_ = pick("点一个区县，或者用方向键在区县之间移动，回车打开它的页面。",
                 "Tap a district, or move between them with arrow keys; Enter opens its page.")
    opened = pick("打开它的页面", "Open its page")
    # It stands below the maps and stays in sight: what it says may take one line or two.
    sections.append(f'<p class="atlas-told js-only"><strong></strong> <a href="#atlas" hidden>{opened}</a>'
                    f' <span class="quiet">{help_}</span></p>')
    sections.append(_section("atlas-ranking", atlas_choices.forms()["atlas-ranking"], _ranking(seen, link)))
    sections.append(_section("atlas-table", atlas_choices.forms()["atlas-table"], _table(seen, link)))
    return "".join(sections)


def _section(anchor: str, name: str, content: str) -> str:
    return (f'<section class="atlas-form" id="{anchor}"><h3 class="atlas-form-name">{name}</h3>{content}'
            "</section>")


def said(row: object, seen: atlas.Seen) -> str:
    """Name, figure, place and date of a unit in one line, as a screen reader says it."""
    parts = [row.shown]
    if row.place == row.place:  # a missing place is not equal to itself
        parts.append(_place(row.place, seen.among))
    if row.known:
        parts.append(row.when)
    return row.name + wording.say("colon") + pick("，", ", ").join(parts)


def _place(place: float, among: int) -> str:
    return pick(f"第{int(place)}名（共{among}个）", f"rank {int(place)} of {among}")


def _map(seen: atlas.Seen, looks: dict[str, map_svg.Look], about: str) -> str:
    city, inner = map_svg.boundaries(seen.view.vintage)
    part = pick("中心城区（局部放大）", "Central urban area, enlarged")
    return (f'<div class="map-plane">{map_svg.drawn(city, looks, "hatch-map", about=about)}'
            f'<div class="map-inset"><p>{part}</p>{map_svg.drawn(inner, looks, "hatch-inset")}</div></div>'
            f'<p class="quiet">{_foot(seen, True)}</p>')


def _squares(seen: atlas.Seen, looks: dict[str, map_svg.Look], about: str) -> str:
    plan = map_svg.tiles(seen.view.vintage)
    return (f'<div class="map-tiles">{map_svg.drawn(plan, looks, "hatch-tiles", about=about)}</div>'
            f'<p class="quiet">{escape(tilemap.told())}{wording.say("semicolon")}{_foot(seen, False)}</p>')


def _foot(seen: atlas.Seen, boundaries: bool) -> str:
    return escape(wording.say("semicolon").join(map_layers.foot_notes(seen.view.vintage, boundaries)))


def _ranking(seen: atlas.Seen, link: Link) -> str:
    """Places with bars, where a ranking is fair; where it is not, the reason."""
    ranked = seen.rows[seen.rows["place"].notna()].sort_values(["place", "geo_id"])
    if ranked.empty:
        reason = load.row("league_reasons", seen.reason)["definition"]
        return f"<p>{escape(reason)}</p>"
    most = ranked["value"].max()
    items = "".join(f'<li value="{int(row.place)}">{_name(row, link)} {_bar(row.value, most)}'
                    f" <span>{escape(row.shown)}</span></li>" for row in ranked.itertuples())
    left = len(seen.rows) - len(ranked)
    told = pick(f"同一时点有{seen.among}个区县的数可比，{len(ranked)}个定得了名次，其余{left}个区县没有名次。",
                f"{seen.among} figures of this date can be compared; {len(ranked)} districts have a rank,"
                f" the other {left} have none.")
    return f'<p class="quiet">{told}</p><ol class="ranking">{items}</ol>'


def _bar(value: float, most: float) -> str:
    wide = max(value, 0) / most * _BAR if most > 0 else 0
    return (f'<svg class="ranking-bar" viewBox="0 0 {_BAR} 12" width="{_BAR}" height="12"'
            f' preserveAspectRatio="none" aria-hidden="true"><rect width="{wide:.1f}" height="12"/></svg>')


def _name(row: object, link: Link) -> str:
    return (f'<a href="{link(places.page(row.geo_id), "")}" data-unit="{row.geo_id}">'
            f"{escape(row.name)}</a>")


def _table(seen: atlas.Seen, link: Link) -> str:
    regions = load.codelist("geographies")["name"]
    rows = seen.rows.assign(order=seen.rows["place"].fillna(len(seen.rows)),
                            least=-seen.rows["value"].fillna(-1))
    if seen.grammar.best_first:
        rows = rows.assign(least=rows["value"].fillna(len(rows)))
    rows = rows.sort_values(["order", "known", "least", "geo_id"], ascending=[True, False, True, True])
    cells = [[_name(row, link), _sorted(row.value, escape(row.shown)) + _note(row),
              _sorted(row.place, wording.number(row.place) if row.place == row.place else "—"),
              _sorted(row.t, row.when or "—"), escape(regions[row.region]),
              row.source_id if row.known else "—"] for row in rows.itertuples()]
    columns = [pick("区县", "District or county"), wording.say("value"), pick("名次", "Rank"),
               wording.say("period"), pick("片区", "Region"), wording.say("sources")]
    return markup.table(columns, cells, atlas.title(seen.view), "atlas-table sortable")


def _note(row: object) -> str:
    """What the data say beside a figure, such as that its date is inferred."""
    return f'<span class="cell-note">{escape(row.note)}</span>' if row.known and row.note else ""


def _sorted(value: float, shown: str) -> str:
    """A cell with the number that it is sorted by; what is not known has none and stands last."""
    return f'<data value="{value:g}">{shown}</data>' if value == value else shown

