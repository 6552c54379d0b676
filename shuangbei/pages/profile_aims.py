"""Sections of the page of a district or zone on what it is to reach: its targets, its region's, its tasks."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import cast

import pandas as pd

from shuangbei import load, words
from shuangbei.measures import profile
from shuangbei.pages import cells, html, plan, tasks
from shuangbei.pages.profile_sections import Place

_HOW = {
    "all": ("各区县", "Every district"),
    "named": ("点名", "Named"),
    "implied": ("说到", "Implied"),
    "host": ("所在地", "Host"),
}
_MEANS = {
    "all": ("计划要求所有区县都做", "the plan asks it of all districts"),
    "named": ("计划写出了它的名字", "the plan gives its name"),
    "implied": (
        "计划没有写它的名字，按写到的范围，它在其中",
        "the plan does not give its name, but it belongs to what the plan describes",
    ),
    "host": ("计划点名的园区，有一部分在它境内", "a part of a park that the plan names lies in it"),
}


def targets(one: Place) -> str:
    """The targets that an area has set itself, and how far along it is."""
    heading = words.pick("自己定的目标", "Its own targets")
    if one.targets.empty:
        return html.section(
            "targets",
            heading,
            html.paragraph(
                words.pick(
                    f"没有查到{one.name}自己公布的高新技术企业、科技型企业目标。",
                    f"No targets for high-tech or technology-based enterprises published by {one.name} itself"
                    " were found.",
                )
            ),
        )
    rows = [cells.own_target(row) for row in one.targets.itertuples()]
    columns = cells.own_target_columns()
    caption = words.pick(f"{one.name}自己公布的目标", f"Targets that {one.name} has published itself")
    said = words.pick(
        "这些目标是当地自己公布的，不是《行动计划》分下来的。",
        "These targets were published locally; they are not shares that the action plan assigns.",
    )
    if one.is_gone:
        said += words.pick(
            "目标是按2025年11月以前的区划定的。", " They were set on the divisions of before November 2025."
        )
    if one.is_broken:
        said += words.pick(
            "标明“调整前”的是按2025年11月以前的区划定的，只跟那时区划的数比。",
            " Those marked “before the change” were set on the divisions of before November 2025"
            " and stand beside figures on those divisions alone.",
        )
    return html.section(
        "targets",
        heading,
        html.table(columns, rows, caption, "profile-table targets"),
        html.paragraph(said, "quiet"),
    )


def region(one: Place, link: html.Link) -> str:
    """The targets of the plan for the region that a unit lies in, with today's marks."""
    wide = profile.region_of(one.geo_id)
    if not wide:
        return ""
    name = load.label("geographies", wide)
    was = one.is_gone
    said = words.pick(
        f"《行动计划》给{name}定了2027年的目标，没有再分到区县。{one.name}{'撤销以前' * was}是其中一个。",
        f"The action plan sets targets for 2027 for the region “{name}” and does not divide them"
        f" among districts. {one.name} {'was' if was else 'is'} one of its units.",
    )
    chapter = words.pick("三大片区的目标和情况", "The three regions: targets and progress")
    more = f'<p><a href="{link("notebooks/regions", "")}">{escape(chapter)}</a></p>'
    return html.section(
        "region",
        words.pick("所在片区的2027年目标", "Targets of its region for 2027"),
        html.paragraph(said),
        plan.commitments(link, area=wide),
        more,
    )


def asked(one: Place, link: html.Link) -> str:
    """What the plan asks of an area, task by task."""
    listed, roles = tasks.every(), profile.asked(one.geo_id)
    items = []
    for row in cast("Iterable[load.TaskPlaceRow]", roles.itertuples()):
        task = cast(pd.Series, listed.loc[row.task_id])
        source = f" {html.source(row.source_id)}" if row.source_id else ""
        items.append(
            f'<li>{tasks.name_linked(task, link)} <span class="role">{escape(words.pick(*_HOW[row.how]))}'
            f"</span><br>{escape(row.what)}{source}"
            f" {cells.quiet(words.section(task['section']))}</li>"
        )
    heading = words.pick("计划要它做什么", "What the plan asks of it")
    if one.is_gone:
        heading = words.pick("撤销以前计划要它做什么", "What the plan asked of it")
    return html.section(
        "asked",
        heading,
        f'<ul class="plain asked">{"".join(items)}</ul>',
        html.paragraph(_key(roles["how"]), "quiet"),
    )


def _key(roles: Iterable[str]) -> str:
    """What the words beside the tasks mean, of those that stand there."""
    used = set(roles)
    said = [
        words.pick(f"“{_HOW[how][0]}”：{_MEANS[how][0]}", f"“{_HOW[how][1]}”: {_MEANS[how][1]}")
        for how in _HOW
        if how in used
    ]
    return words.say("semicolon").join(said) + words.say("stop").strip()
