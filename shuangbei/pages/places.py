"""Who has a page of its own among districts and zones, its address, and the lists of them; as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import cast

from shuangbei import load, measures, memory, words
from shuangbei.measures import profile
from shuangbei.pages import cells, html

_KIND = re.compile(r" (?:\w+(?: and \w+)? Autonomous County|District|County|New Area)$")
LEVELS = ("district", "zone")


def every() -> list[str]:
    """Ids of all that have a page: the units of either vintage in the order of the code list, zones."""
    levels = load.codelist("geographies")["level"]
    return [geo_id for level in LEVELS for geo_id in levels.index[levels == level]]


@memory.remembered
def slug(geo_id: str) -> str:
    """
    The last part of a place's address: its name in letters, the same in both editions.

    Raises
    ------
    shuangbei.load.UnknownCode
        If there is no such area.

    Examples
    --------
    >>> slug("500118"), slug("500243"), slug("500157"), slug("X-wansheng")
    ('yongchuan', 'pengshui', 'liangjiang', 'wansheng')
    """
    row = load.row("geographies", geo_id)
    if row["level"] == "district":
        return re.sub(r"[^a-z]+", "-", _KIND.sub("", row["name_en"]).lower())
    return geo_id.removeprefix("X-").lower()


def page(geo_id: str) -> str:
    """Name of the page of a district or a zone, such as ``districts/yongchuan``."""
    return f"districts/{slug(geo_id)}"


def place_link(geo_id: str, link: html.Link) -> str:
    """Return the name of a district or a zone, linked to its page."""
    return f'<a href="{link(page(geo_id), "")}">{escape(load.label("geographies", geo_id))}</a>'


def districts(link: html.Link) -> str:
    """Today's units by region, each with its tier and how much of it is public; then the others."""
    known = profile.current()
    lists = "".join(_group(name, members, known, link) for name, members in _groups(known))
    n = len(known.needed)
    said = words.pick(
        f"名字后面是科技创新指数的梯队，和可分区县公布的{n}项指标里查到公开数字的个数。",
        f"Behind each name: its tier in the innovation index, and of how many of the {n} indicators"
        " that could be published by district a published figure was found.",
    )
    heading = words.pick("创新画像和创新报表", "Innovation portraits and reports")
    return (
        f'<h3 id="profiles">{escape(heading)}</h3><p class="quiet">{escape(said)}</p>'
        f'<div class="district-list">{lists}</div>'
    )


def finder(link: html.Link) -> str:
    """The names alone, by region, so that a reader is one step from the page of the own district."""
    known = profile.current()
    led = {name: "".join(place_link(one, link) for one in members) for name, members in _groups(known)}
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{links}</dd></div>" for name, links in led.items())
    return f'<dl class="district-finder">{rows}</dl>'


def _groups(known: profile.Observed) -> list[tuple[str, list[str]]]:
    """Today's units by region, the abolished ones, and the zones; each with the name of the group."""
    areas = load.codelist("geographies")
    today = [one for one in every() if profile.NEW in known.vintages.get(one, ())]
    homes = {areas["parent"][one] for one in today}
    gone = [one for one, own in known.vintages.items() if profile.NEW not in own]
    zones = [one for one in every() if one not in known.vintages]
    since = words.period(load.row("vintages", profile.NEW)["valid_from"])
    return [
        *(
            (areas["name"][region], [one for one in today if areas["parent"][one] == region])
            for region in areas.index
            if region in homes
        ),
        (words.pick(f"{since}撤销", f"Abolished in {since}"), gone),
        (
            words.pick("功能区（与区县重叠，不相加）", "Zones (they overlap districts and are never added)"),
            zones,
        ),
    ]


def _group(name: str, members: list[str], known: profile.Observed, link: html.Link) -> str:
    items = "".join(f"<li>{place_link(one, link)}{_about(one, known)}</li>" for one in members)
    count = f'<span class="count">{len(members)}</span>'
    return f"<section><h4>{escape(name)} {count}</h4><ul>{items}</ul></section>"


def _about(geo_id: str, known: profile.Observed) -> str:
    """Tier, how many indicators are public, and whether there are targets of its own."""
    newest = profile.newest(known, geo_id)
    tier = [
        cells.value(row) + words.say("open") + words.period(row.period) + words.say("close")
        for row in cast("Iterable[load.ObservationRow]", newest.itertuples())
        if row.indicator_id == profile.TIER
    ]
    clue = measures.eliminated(profile.TIER, geo_id)
    if not tier and clue is not None:
        when = words.say("comma") + words.period(clue.period) + words.say("close")
        tier = [
            words.class_derived(words.class_name(profile.TIER, clue.value)).removesuffix(words.say("close"))
            + when
        ]
    said = [*tier, f"{int(newest['is_needed'].sum())}/{len(known.needed)}"]
    if (known.targets["geo_id"] == geo_id).any():
        said.append(words.pick("有自己的目标", "own targets"))
    return f' <span class="quiet">{escape(" · ".join(said))}</span>'
