"""Pages that no text of the book stands behind: one for each view of the atlas, each district and zone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from html import escape

from sphinx.util.osutil import relative_uri

from shuangbei import load, words
from shuangbei.maps import atlas as atlas_maps
from shuangbei.measures import profile
from shuangbei.pages import atlas, places, profile_sections
from shuangbei.pages import profile as profile_pages
from shuangbei.site import addresses, kept


def _made() -> set[str]:
    """Names of the pages that are no documents of the book: those of districts, and of all figures."""
    return (
        {places.page(one) for one in places.every()}
        | {atlas.page_of(one) for one in atlas.views()}
        | {"figures/index"}
    )


def link_from(builder, here: str) -> Callable[[str, str], str]:
    """
    Return ``link(page, anchor)``, which gives the address of a page or a shared file from ``here``.

    It raises ``ValueError`` for a name that is neither a page of the book nor one of a district.
    """
    made = _made()

    def link(docname: str, anchor: str) -> str:
        if not docname:
            return addresses.from_page(here, anchor)
        if docname not in builder.env.found_docs and docname not in made:
            raise ValueError(f"a link leads to {docname}, which is not a page of the book")
        target = relative_uri(here, builder.get_target_uri(docname))
        return f"{target}#{anchor}" if anchor else target

    return link


def collect_atlas(app) -> Iterator[kept.Page]:
    """Yield a page for every view of the atlas, if the book has the page that leads to them."""
    if atlas.HUB not in app.builder.env.found_docs:
        return
    for view in atlas.views():
        name = atlas.page_of(view)
        yield from kept.page(app, name, partial(_atlas, app, name, view))


def _atlas(app, name: str, view: atlas_maps.View) -> kept.Page:
    link = link_from(app.builder, app.builder.get_target_uri(name))
    title = atlas_maps.title(view)
    described = words.pick(
        f"重庆各区县的{title}：地图、方格、排名和表格，没有公开数字的区县写明没有。",
        f"{title}, by district of Chongqing: map, tiles, ranking and table;"
        " districts without a published figure are shown as such.",
    )
    context = {
        "title": words.pick("五色图：", "Atlas: ") + title,
        "description": described,
        "body": atlas.html_of(view, link),
        "trail": [(link(atlas.HUB, ""), words.pick("区县", "Districts"))],
    }
    return name, context, "atlas.html"


HUB = "book/districts/index"


def _beside(app, here: str, geo_id: str) -> dict[str, str]:
    there = places.page(geo_id)
    return {
        "link": app.builder.get_relative_uri(here, there),
        "title": escape(load.label("geographies", geo_id)),
    }


def collect_profiles(app) -> Iterator[kept.Page]:
    """Yield the page of every unit and zone, if the book has the page that leads to them."""
    if HUB not in app.builder.env.found_docs:
        return
    for geo_id in places.every():
        name = places.page(geo_id)
        yield from kept.page(app, name, partial(_profile, app, name, geo_id))


def _profile(app, name: str, geo_id: str) -> kept.Page:
    order = places.every()
    place = order.index(geo_id)
    link = link_from(app.builder, app.builder.get_target_uri(name))
    one = profile_sections.place(profile.current(), geo_id)
    html = profile_pages.body(one, link)
    context = {
        "title": escape(one.name, quote=False),
        "body": html,
        "description": profile_pages.described(one),
        "contents": html.contents,
        "prev": _beside(app, name, order[place - 1]) if place else None,
        "next": _beside(app, name, order[place + 1]) if place + 1 < len(order) else None,
    }
    return name, context, "profile.html"


def setup(app) -> None:
    """Let the builder write the pages of the atlas, and those of districts and zones, too."""
    app.connect("html-collect-pages", collect_atlas)
    app.connect("html-collect-pages", collect_profiles)
