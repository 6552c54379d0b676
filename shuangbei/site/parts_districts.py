"""The lists of all districts and zones with a page of their own, by region, as HTML."""

from __future__ import annotations

from html import escape

from shuangbei import load, profile, wording
from shuangbei.site import parts_league, places
from shuangbei.site.profile_parts import Link, value

pick = wording.pick


def districts(link: Link) -> str:
    """Today's units by region, each with its tier and how much of it is public; then the others."""
    known = profile.current()
    lists = "".join(_group(name, members, known, link) for name, members in _groups(known))
    n = len(known.needed)
    said = pick(f"名字后面是科技创新指数的梯队，和计划需要的{n}个指标里查到公开数字的个数。",
                f"Behind each name: its tier in the innovation index, and of how many of the {n} indicators"
                " that the plan needs a public figure was found.")
    heading = pick("创新画像和创新报表", "Innovation portraits and reports")
    return (f'<h3 id="profiles">{escape(heading)}</h3><p class="quiet">{escape(said)}</p>'
            f'<div class="district-list">{lists}</div>')


def finder(link: Link) -> str:
    """The names alone, by region, so that a reader is one step from the page of the own district."""
    known = profile.current()
    led = {name: "".join(parts_league.name(one, link) for one in members) for name, members in _groups(known)}
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{links}</dd></div>" for name, links in led.items())
    return f'<dl class="district-finder">{rows}</dl>'


def _groups(known: profile.Observed) -> list[tuple[str, list[str]]]:
    """Today's units by region, the abolished ones, and the zones; each with the name of the group."""
    areas = load.codelist("geographies")
    today = [one for one in places.every() if profile.NEW in known.vintages.get(one, ())]
    homes = {areas["parent"][one] for one in today}
    gone = [one for one, own in known.vintages.items() if profile.NEW not in own]
    zones = [one for one in places.every() if one not in known.vintages]
    since = wording.period(load.row("vintages", profile.NEW)["valid_from"])
    return [*((areas["name"][region], [one for one in today if areas["parent"][one] == region])
              for region in areas.index if region in homes),
            (pick(f"{since}撤销", f"Abolished in {since}"), gone),
            (pick("功能区（与区县重叠，不相加）",
                  "Zones (they overlap districts and are never added)"), zones)]


def _group(name: str, members: list[str], known: profile.Observed, link: Link) -> str:
    items = "".join(f"<li>{parts_league.name(one, link)}{_about(one, known)}</li>" for one in members)
    count = f'<span class="count">{len(members)}</span>'
    return f"<section><h4>{escape(name)} {count}</h4><ul>{items}</ul></section>"


def _about(geo_id: str, known: profile.Observed) -> str:
    """Tier, how many indicators are public, and whether there are targets of its own."""
    newest = profile.newest(known, geo_id)
    tier = [value(row) + wording.say("open") + wording.period(row.period) + wording.say("close")
            for row in newest.itertuples() if row.indicator_id == profile.TIER]
    said = [*tier, f"{int(newest['is_needed'].sum())}/{len(known.needed)}"]
    if (known.targets["geo_id"] == geo_id).any():
        said.append(pick("有自己的目标", "own targets"))
    return f' <span class="quiet">{escape(" · ".join(said))}</span>'
