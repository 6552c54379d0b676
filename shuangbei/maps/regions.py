"""Chart form: what the plan promises for the three regions, on the map; targets, no figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

import altair as alt
import geopandas as gpd
import pandas as pd
import shapely

from shuangbei import charts, load, words
from shuangbei.maps import choropleth, classes, form, labels, layers, legend, projection, tiles

# The plan is older than the change of November 2025, which left the regions as they were.
VINTAGE = "38"
_SIGNS = {"gt": (">", ">"), "ge": ("≥", "≥")}
_WORDS = {"gt": ("超过", "over "), "ge": ("至少", "at least ")}
_KEY, _STEP = 12, 20  # pixels above the legend, and from one of its lines to the next
_WIDTHS = {"wide": 720, "narrow": 328}


@dataclass(frozen=True)
class _Promise:
    """What is promised for one region: its name, target (in words, in short, bare), units, colour."""

    region: str
    name: str
    said: str
    short: str
    bare: str
    target: float
    units: tuple[str, ...]
    fill: str


def targets(indicator_id: str, chart_id: str) -> alt.TopLevelMixin:
    """
    The targets of one indicator for the regions, as a figure.

    Parameters
    ----------
    indicator_id : str
        With commitments for regions in ``data/commitments.csv``.
    chart_id : str
        Address of the figure.

    Raises
    ------
    ValueError
        If the plan sets no target for a region, or not for all at the same date.
    """
    rows = _commitments(indicator_id)
    promises = _promises(rows)
    about, when = load.indicator(indicator_id), words.period(rows["due"].iloc[0])
    title = words.pick(
        f"三个片区{when}的目标：{about['name']}",
        f"Targets of the three regions for {when}: {_lower(about['name'])}",
    )
    unit = words.column(about["unit"])
    names = load.units(VINTAGE)["name"]
    table = pd.DataFrame(
        {
            load.label("levels", "region"): [one.name for one in promises],
            words.headed(words.say("target"), unit): [
                words.cell(one.target, about["unit"]) for one in promises
            ],
            load.label("levels", "district"): [
                words.join([names[unit] for unit in one.units]) for one in promises
            ],
        }
    )
    said = words.join([f"{one.name}{words.say('colon')}{one.said}" for one in promises])
    alt_text = f"{title}{words.say('semicolon')}{said}{words.say('stop').strip()}"
    card = charts.identity(chart_id, title, alt_text, table, unit, [])
    return charts.figure(partial(draw, promises, when), card)


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _commitments(indicator_id: str) -> pd.DataFrame:
    plan = load.commitments()
    levels = load.codelist("geographies")["level"]
    rows = plan[(plan["indicator_id"] == indicator_id) & (plan["geo_id"].map(levels) == "region")]
    if rows.empty or rows["due"].nunique() > 1:
        raise ValueError(f"{indicator_id}: the plan sets no targets for regions at one date")
    return rows


def _promises(rows: pd.DataFrame) -> list[_Promise]:
    """Largest target first, in the darkest colour."""
    rows = rows.sort_values("value", ascending=False)
    names = load.codelist("geographies")["name"]
    found = []
    each = cast("Iterable[load.CommitmentRow]", rows.itertuples())
    for row, fill in zip(each, classes.RAMPS[len(rows)][::-1], strict=True):
        texts, sign = words.pick(*_WORDS[row.relation]), words.pick(*_SIGNS[row.relation])
        figure, number = words.quantity(row.value, row.unit), words.number(row.value)
        found.append(
            _Promise(
                row.geo_id,
                names[row.geo_id],
                texts + figure,
                sign + words.pick(figure, number),
                sign + number,
                row.value,
                tuple(load.members_of(row.geo_id, VINTAGE)),
                fill,
            )
        )
    return found


def draw(promises: list[_Promise], when: str, width: str) -> alt.LayerChart:
    """
    Draw the regions in the form of the edition: colour, border and target of each.

    Parameters
    ----------
    promises : list
        From the plan, one for each region.
    when : str
        Year of the targets in words.
    width : str
        ``wide`` (720 px) or ``narrow`` (328 px, legend above).

    Raises
    ------
    ValueError
        If ``width`` is neither.
    """
    if width not in _WIDTHS:
        raise ValueError(f"width {width!r}: use {' or '.join(_WIDTHS)}")
    top = 2 if width == "wide" else _KEY + _STEP * len(promises)
    tiled = form.form() == "tiles"
    stack, foot = (_squares if tiled else _areas)(_frame(promises, when), promises, width, top)
    chosen = replace(projection.form(width, len(promises)), map_top=top, foot=foot, named=False)
    note = words.pick(
        f"颜色和数字是{when}的目标，不是现有家数",
        f"Colours and numbers are targets for {when}, not counts",
    )
    line = words.pick(
        f"《行动计划》给三个片区定的{when}目标", f"Targets of the action plan for {when}, by region"
    )
    about = [*([tiles.told()] if tiled else []), *legend.foot_notes(VINTAGE, boundaries=not tiled)]
    return layers.sheet(stack, _key(promises), chosen, line=line, title="", foot=[note, *about])


def _frame(promises: list[_Promise], when: str) -> pd.DataFrame:
    """Every unit with what the map says of it: the target of its region."""
    rows = [
        {
            "geo_id": unit,
            "region": one.region,
            "fill": one.fill,
            "when": when,
            "shown": words.pick(
                f"属{one.name}，片区目标{one.said}", f"{one.name}, target of the region {one.said}"
            ),
        }
        for one in promises
        for unit in one.units
    ]
    names = load.units(VINTAGE)["name"]
    frame = pd.DataFrame(rows).sort_values("geo_id", ignore_index=True)
    return frame.assign(name=frame["geo_id"].map(names), short="", vintage=VINTAGE)


def _key(promises: list[_Promise]) -> layers.Key:
    """One line for each region, in the empty upper left corner."""
    swatches, texts = [], []
    for i, one in enumerate(promises):
        y = _KEY + _STEP * i
        n = words.pick(f"{len(one.units)}个区县", f"{len(one.units)} units")
        text = f"{one.name} {one.short}{words.say('open')}{n}{words.say('close')}"
        swatches.append((layers.swatch(0, y), one.fill, legend.PUBLISHED))
        texts.append(labels.Words(24, y, text, 12, layers.INK))
    return layers.Key(swatches, texts)


def _areas(
    frame: pd.DataFrame, promises: list[_Promise], width: str, top: int
) -> tuple[list[alt.Chart], int]:
    """Boundaries: thin between units, thick between regions, and the target in each region."""
    whole = load.boundaries(VINTAGE).merge(frame, on="geo_id", validate="1:1")
    box, wide = projection.page_box(whole), _WIDTHS[width]
    page = projection.on_page(whole, box, (0, top), wide)
    view = projection.view(box, box, (0, top), wide)
    # Vega-Lite gives layers one projection where they differ in scale and shift alone; a frame
    # round the page, which cuts nothing, keeps this layer's own.
    units = choropleth.view(
        choropleth.plane(VINTAGE, box),
        page,
        scale=view.scale,
        translate=view.translate,
        clipExtent=[[-1, -1], [wide + 1, top + 2 * wide]],
    )
    outlines = page[["region", "geometry"]].dissolve("region").geometry
    names = [word for one in promises for word in _label(outlines[one.region], one)]
    # On a wide page the foot stands beside the south-eastern end, as on every map.
    foot = top + projection.form("wide", 0).foot if width == "wide" else round(page.total_bounds[3]) + 14
    return [units, _borders(outlines), layers.texts(names, "center")], foot


def _borders(outlines: gpd.GeoSeries) -> alt.Chart:
    lines = shapely.union_all([shape.boundary for shape in outlines])
    return layers.lines(shapely.line_merge(lines), layers.INK, 1.6)


def _label(shape: shapely.Geometry, one: _Promise) -> list[labels.Words]:
    """Name and target in the widest place of a region; where it is narrow, the target alone."""
    for lines in ([one.name, one.short], [one.short], [one.bare]):
        found = labels.names(shape, lines, classes.ink_on(one.fill))
        if len(found) == len(lines):
            return found
    return labels.over(shape, one.bare, classes.NAME)


def _squares(
    frame: pd.DataFrame, promises: list[_Promise], width: str, top: int
) -> tuple[list[alt.Chart], int]:
    """Squares: each with its name, and a thick line round each region."""
    side = tiles.SIDES[width]
    placed = frame.merge(tiles.squares(VINTAGE, side, top), on="geo_id", validate="1:1")
    names = [word for lines in labels.in_squares(placed).values() for word in lines]
    full = gpd.GeoDataFrame(
        placed[["region"]],
        geometry=[
            shapely.box(left, upper, right + tiles.GAP, lower + tiles.GAP)
            for left, upper, right, lower in (shape.bounds for shape in placed["shape"])
        ],
    )
    outlines = full.dissolve("region").geometry
    foot = round(max(shape.bounds[3] for shape in placed["shape"])) + 16
    return [tiles.units(placed), _borders(outlines), layers.texts(names, "center")], foot
