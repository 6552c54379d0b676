"""Chart form of every map of the districts: boundaries or equal squares, as the edition has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import geopandas as gpd
import pandas as pd
import shapely

from shuangbei import load
from shuangbei.maps import choropleth, classes, projection, tiles

FORMS = ("boundaries", "tiles")


class UnknownForm(ValueError):
    """A form of maps that the site does not have."""


def form() -> str:
    """
    How this edition draws maps: ``boundaries`` or ``tiles``, from ``maps`` in ``edition.yaml``.

    Raises
    ------
    UnknownForm
        If the edition says something else, or nothing.
    """
    chosen = load.edition().get("maps", "")
    if chosen not in FORMS:
        raise UnknownForm(f"edition.yaml: maps: {chosen or '(missing)'}; use {' or '.join(FORMS)}")
    return chosen


def draw(
    frame: pd.DataFrame,
    width: str,
    *,
    grammar: classes.Grammar,
    title: str = "",
    notes: Sequence[str] = (),
    line: str = "",
) -> alt.LayerChart:
    """
    Draw the districts in the form that the edition has chosen.

    Whatever draws the city asks this function, so that one word in ``edition.yaml`` takes every
    boundary off the site.

    Parameters
    ----------
    frame : pandas.DataFrame
        From :func:`shuangbei.load.on_units`, or of ``join``.
    width, grammar, title, notes, line
        As :func:`shuangbei.maps.choropleth.draw`.

    Returns
    -------
    altair.LayerChart
        Every part at a fixed place in pixels.
    """
    told: dict[str, Any] = {"grammar": grammar, "title": title, "notes": notes, "line": line}
    if form() == "tiles":
        return tiles.draw(frame, width, **told)
    return choropleth.draw(placed(frame), width, **told)


def placed(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    """Give the units of a frame their boundaries, if it does not have them (EPSG:4326)."""
    if isinstance(frame, gpd.GeoDataFrame):
        return frame
    return load.boundaries(frame["vintage"].iloc[0]).merge(frame, on="geo_id", validate="1:1")


def shapes(vintage: str, width: float, *, tolerance: float = 0.6) -> gpd.GeoDataFrame:
    """
    The units of a vintage on a page of ``width`` pixels, in the form of the edition.

    Parameters
    ----------
    vintage : str
        ``38`` or ``37``.
    width : float
        Pixels from the western to the eastern end.
    tolerance : float
        Pixels below which boundaries are generalised.

    Returns
    -------
    geopandas.GeoDataFrame
        ``geo_id`` and ``geometry`` in pixels from the upper left corner (no CRS), sorted by id.
    """
    if form() == "tiles":
        columns = int(load.tiles(vintage)["column"].max()) + 1
        laid = tiles.squares(vintage, width / columns)
        whole = shapely.transform(laid["shape"].to_numpy(), lambda xy: xy.round(1))
        return gpd.GeoDataFrame({"geo_id": laid["geo_id"]}, geometry=list(whole))
    frame = load.boundaries(vintage)
    return projection.on_page(frame, projection.page_box(frame), (0, 0), width, tolerance=tolerance)
