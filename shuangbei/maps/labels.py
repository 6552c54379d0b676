"""Every name on every map: its short form, size, lines and place; measures text, draws no shape."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, cast

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from shuangbei import pictures, words
from shuangbei.maps import classes


@dataclass(frozen=True)
class Words:
    """A line of text: ``x`` and the middle ``y`` in pixels, ``align`` is left or center."""

    x: float
    y: float
    text: str
    size: int
    colour: str
    align: str = "left"
    halo: bool = False  # stands partly on its neighbours


def text_box(words: Words) -> shapely.Polygon:
    """Return the box in pixels that a line of text takes, with a little air."""
    wide, high = pictures.width(words.text, words.size) + 4, words.size * 1.15
    left = words.x - (wide / 2 if words.align == "center" else 2)
    return shapely.box(left, words.y - high / 2, left + wide, words.y + high / 2)


def _spot(shape: shapely.Geometry, wide: float, high: float) -> tuple[float, float] | None:
    """Find the centre of a box of that size that lies in the shape, next to its widest place."""
    left, top, right, bottom = shape.bounds
    if shape.is_empty or right - left < wide or bottom - top < high:
        return None
    rows = np.linspace(top + high / 2, bottom - high / 2, 25)
    columns = np.linspace(left + wide / 2, right - wide / 2, 25)
    xs, ys = (grid.ravel() for grid in np.meshgrid(columns, rows))
    boxes = shapely.box(xs - wide / 2, ys - high / 2, xs + wide / 2, ys + high / 2)
    room = shape.buffer(1)
    shapely.prepare(room)
    inside = shapely.contains(room, boxes)
    if not inside.any():
        return None
    widest = shapely.maximum_inscribed_circle(shape, tolerance=1).coords[0]
    far = np.hypot(xs[inside] - widest[0], ys[inside] - widest[1])
    best = np.argmin(far)
    return float(xs[inside][best]), float(ys[inside][best])


def over(shape: shapely.Geometry, line: str, colour: str) -> list[Words]:
    """Put a line on the middle of a shape that is too small for it; it needs a halo."""
    x, y = shapely.maximum_inscribed_circle(shape, tolerance=1).coords[0]
    return [Words(round(x, 1), round(y, 1), line, 10, colour, "center", halo=True)]


def names(shape: shapely.Geometry, lines: list[str], colour: str) -> list[Words]:
    """
    Put lines of text into a shape: all, or the first alone, a little smaller, or none.

    Parameters
    ----------
    shape : shapely.Geometry
        In pixels; where text may stand.

    Returns
    -------
    list of Words
        Centred, next to the widest place of the shape; empty where not even the first line fits.
    """
    for kept in (lines, lines[:1]):
        for size in (12, 11, 10):
            wide = max(pictures.width(line, size) for line in kept) + 2
            spot = _spot(shape, wide, len(kept) * size * 1.2)
            if spot:
                x, top = round(spot[0], 1), spot[1] - (len(kept) - 1) / 2 * size * 1.2
                return [
                    Words(x, round(top + i * size * 1.2, 1), line, size, colour, "center")
                    for i, line in enumerate(kept)
                ]
    return []


def short(name: str) -> str:
    """Take the kind of unit off a name where the map needs the room."""
    chinese = re.sub(r"(土家族|苗族)+自治县$|新区$|[区县]$", "", name)
    if chinese != name:
        return chinese if len(chinese) > 1 else name
    return words.drawn(re.sub(r"( District| County| New Area| .*Autonomous County)$", "", name))


class _Unit(Protocol):
    """A row of what is named: ``short`` is its number, ``fill`` the colour under the words."""

    geo_id: str
    name: str
    short: str
    fill: str
    geometry: shapely.Geometry
    shape: shapely.Polygon


def _units(page: pd.DataFrame) -> Iterable[_Unit]:
    return cast("Iterable[_Unit]", page.itertuples())


def on_map(
    page: gpd.GeoDataFrame, enlarged: shapely.Polygon, named: Container[str]
) -> dict[str, list[Words]]:
    """
    Names on the whole map, beside the box of the enlargement, and under a name its number.

    Every district that the enlargement has not named is named, over its neighbours if need be:
    English names are longer than some districts are wide.

    Parameters
    ----------
    page : geopandas.GeoDataFrame, one row per unit
        ``geo_id``, ``name``, ``short`` (the number; empty where none is to stand there), ``fill``
        and ``geometry`` in pixels.
    enlarged : shapely.Polygon
        In pixels: the part of the map that is enlarged elsewhere; names stay off it.
    named : container of str
        Ids of the units that have their name there.

    Returns
    -------
    dict of str to list of Words
        By id; an empty list where nothing fits.
    """
    return {row.geo_id: _placed(row, enlarged, row.geo_id not in named) for row in _units(page)}


def in_enlargement(page: gpd.GeoDataFrame, window: shapely.Polygon) -> dict[str, list[Words]]:
    """
    Names in the enlargement, off its frame: a district that is wholly in view is always named.

    Parameters
    ----------
    page : geopandas.GeoDataFrame
        As for :func:`on_map`, of the units in view.
    window : shapely.Polygon
        In pixels.

    Returns
    -------
    dict of str to list of Words
        By id; an empty list where nothing fits.
    """
    frame = shapely.LineString(window.exterior.coords)
    return {row.geo_id: _placed(row, frame, row.geometry.disjoint(frame)) for row in _units(page)}


def _placed(row: _Unit, spared: shapely.Geometry, is_needed: bool) -> list[Words]:
    """Name and number of a unit where they fit beside what is spared."""
    name = short(row.name)
    found = names(row.geometry.difference(spared.buffer(2)), [name, *_below(row)], classes.ink_on(row.fill))
    return found or (over(row.geometry, name, classes.NAME) if is_needed else [])


def _below(row: _Unit) -> list[str]:
    return [row.short] if row.short else []


# A whole name is no smaller than 10 px; one in two lines no smaller than 9.
_WHOLE, _BROKEN, _STEP = (12, 11, 10), (10, 9), 1.12
# Of a name in pinyin: initial, vowels, and n or ng unless they begin the next syllable.
_SYLLABLE = re.compile("(?:[zcs]h|[bcdfghjklmnpqrstwxyz])?[aeiou]+(?:ng?(?![aeiou]))?'?", re.I)


def in_squares(page: pd.DataFrame) -> dict[str, list[Words]]:
    """
    Names in the middle of squares, and under a name its number where it fits.

    A name is broken between two syllables where it is too long for one line.

    Parameters
    ----------
    page : pandas.DataFrame, one row per unit
        ``geo_id``, ``name``, ``short`` (the number; empty where none is to stand there), ``fill``
        and ``shape``, a square in pixels.

    Returns
    -------
    dict of str to list of Words
        By id.
    """
    return {
        row.geo_id: in_square(short(row.name), _below(row), row.shape, classes.ink_on(row.fill))
        for row in _units(page)
    }


def in_square(name: str, below: list[str], square: shapely.Polygon, colour: str) -> list[Words]:
    """
    Put a name, and lines below it where they fit, into the middle of a square.

    Parameters
    ----------
    name : str
        Broken between two syllables where it is too long for one line.
    below : list of str
        Left out where there is no room.
    square : shapely.Polygon
        In pixels.
    colour : str
        Of the words.
    """
    parts = halves(name)
    left, top, right, bottom = square.bounds
    for lines, sizes in (
        ([name, *below], _WHOLE),
        ([*parts, *below], _BROKEN),
        ([name], _WHOLE),
        (parts, _BROKEN),
    ):
        for size in sizes:
            if (
                max(pictures.width(line, size) for line in lines) <= right - left - 1
                and len(lines) * size * _STEP <= bottom - top
            ):
                return _centred(lines, size, square, colour)
    return _centred(parts, _BROKEN[-1], square, colour)


def _centred(
    lines: list[str], size: int, square: shapely.Polygon, colour: str, step: float = _STEP
) -> list[Words]:
    x, y = square.centroid.coords[0]
    first = y - (len(lines) - 1) / 2 * size * step
    return [
        Words(round(x, 1), round(first + i * size * step, 1), line, size, colour, "center")
        for i, line in enumerate(lines)
    ]


# Pixels of the largest name of one size, letters of a name that needs no second line, line height.
_LARGEST, _SHORT, _CLOSE = 22, 5, 1.1


def of_one_size(names: Mapping[str, str], squares: Mapping[str, shapely.Polygon]) -> dict[str, list[Words]]:
    """
    Names alone in the middle of their squares, all as large as the widest allows.

    Parameters
    ----------
    names : mapping of str to str
        Names in full by id.
    squares : mapping of str to shapely.Polygon
        In pixels, of one size, by id.

    Returns
    -------
    dict of str to list of Words
        By id; a long name in two lines.
    """
    lines = {one: _parts(short(names[one])) for one in squares}
    widest = max(pictures.width(part, 1) for parts in lines.values() for part in parts)
    left, _, right, _ = next(iter(squares.values())).bounds
    size = min(_LARGEST, int((right - left - 2) / widest))
    return {one: _centred(lines[one], size, square, classes.NAME, _CLOSE) for one, square in squares.items()}


def _parts(name: str) -> list[str]:
    return halves(name) if name.isascii() and len(name) > _SHORT else [name]


def roomy(page: gpd.GeoDataFrame, size: float) -> frozenset[str]:
    """Return the units whose widest place has room for their name at a size in pixels."""
    return frozenset(
        row.geo_id
        for row in _units(page)
        if pictures.width(short(row.name), size)
        <= 2 * shapely.maximum_inscribed_circle(row.geometry, tolerance=1).length
    )


def halves(name: str) -> list[str]:
    """
    Break a name in two between syllables, so that the wider part is as narrow as can be.

    Examples
    --------
    >>> halves("Shapingba"), halves("Nan'an"), halves("Fu")
    (['Sha-', 'pingba'], ["Nan'", 'an'], ['Fu'])
    """
    syllables = _SYLLABLE.findall(name)
    if len(syllables) < 2 or "".join(syllables) != name:
        return [name]
    firsts = ["".join(syllables[:i]) for i in range(1, len(syllables))]
    ways = [[first if first.endswith("'") else first + "-", name.removeprefix(first)] for first in firsts]
    return min(ways, key=lambda way: max(pictures.width(part, 1) for part in way))
