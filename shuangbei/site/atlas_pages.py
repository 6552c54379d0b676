"""Pages of the atlas that are generated, one for each view; their words stand in atlas_parts."""

from __future__ import annotations

from collections.abc import Iterator

from shuangbei import atlas, wording
from shuangbei.site import atlas_choices, atlas_parts, directives

Page = tuple[str, dict, str]


def collect(app) -> Iterator[Page]:
    """Yield a page for every view of the atlas, if the book has the page that leads to them."""
    if atlas_parts.HUB not in app.builder.env.found_docs:
        return
    for view in atlas_choices.catalogue()[1]:
        name = atlas_choices.page(view)
        link = directives.link_from(app.builder, app.builder.get_target_uri(name))
        title = atlas.title(view)
        described = wording.pick(f"重庆各区县的{title}：地图、方格、排名和表格，没有公开数字的区县写明没有。",
                                 f"{title}, by district of Chongqing: map, tiles, ranking and table;"
                                 " districts without a public figure are shown as such.")
        yield name, {"title": wording.pick("五色图：", "Atlas: ") + title, "description": described,
                     "body": atlas_parts.html_of(view, link),
                     "trail": [(link(atlas_parts.HUB, ""), wording.pick("区县", "Districts"))]}, "atlas.html"


def setup(app) -> None:
    """Let the builder write the pages of the atlas too."""
    app.connect("html-collect-pages", collect)
