"""Chart form of every map of the districts: boundaries or equal squares, as the edition has it."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import geopandas as gpd
import pandas as pd
import shapely

from shuangbei import choropleth, load, map_page, spatial, tilemap
from shuangbei.map_grammar import Grammar

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
    frame: pd.DataFrame, width: str, *, grammar: Grammar, title: str = "",
    notes: Sequence[str] = (), line: str = "",
) -> alt.LayerChart:
    """
    Draw the districts in the form that the edition has chosen.

    Whatever draws the city asks this function, so that one word in ``edition.yaml`` takes every
    boundary off the site.

    Parameters
    ----------
    frame : pandas.DataFrame
        From :func:`shuangbei.spatial.on_units`, or of ``join``.
    width, grammar, title, notes, line
        As :func:`shuangbei.choropleth.draw`.

    Returns
    -------
    altair.LayerChart
        Every part at a fixed place in pixels.
    """
    told = {"grammar": grammar, "title": title, "notes": notes, "line": line}
    if form() == "tiles":
        return tilemap.draw(frame, width, **told)
    return choropleth.draw(placed(frame), width, **told)


def placed(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    """Give the units of a frame their boundaries, if it does not have them (EPSG:4326)."""
    if isinstance(frame, gpd.GeoDataFrame):
        return frame
    return spatial.boundaries(frame["vintage"].iloc[0]).merge(frame, on="geo_id", validate="1:1")


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
        columns = int(spatial.tiles(vintage)["column"].max()) + 1
        laid = tilemap.squares(vintage, width / columns)
        whole = shapely.transform(laid["shape"].to_numpy(), lambda xy: xy.round(1))
        return gpd.GeoDataFrame({"geo_id": laid["geo_id"]}, geometry=list(whole))
    frame = spatial.boundaries(vintage)
    return map_page.on_page(frame, map_page.page_box(frame), (0, 0), width, tolerance=tolerance)
