"""What an area has promised and what the plan asks of it, as HTML for its page; computes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from shuangbei import load, markup, profile, wording
from shuangbei.site import figure_cells, parts
from shuangbei.site.figure_cells import quiet
from shuangbei.site.profile_parts import Link, Place, paragraph, section

pick = wording.pick
_HOW = {"all": ("各区县", "Every district"), "named": ("点名", "Named"),
        "implied": ("说到", "Implied"), "host": ("所在地", "Host")}
_MEANS = {"all": ("计划要求所有区县都做", "the plan asks it of all districts"),
          "named": ("计划写出了它的名字", "the plan gives its name"),
          "implied": ("计划没有写它的名字，按写到的范围，它在其中",
                      "the plan does not give its name, but it belongs to what the plan describes"),
          "host": ("计划点名的园区，有一部分在它境内", "a part of a park that the plan names lies in it")}


def targets(one: Place) -> str:
    """The targets that an area has set itself, and how far along it is."""
    heading = pick("自己定的目标", "Its own targets")
    if one.targets.empty:
        return section("targets", heading, paragraph(pick(
            f"没有查到{one.name}自己公布的高新技术企业、科技型企业目标。",
            f"No targets for high-tech or technology-based enterprises published by {one.name} itself"
            " were found.")))
    rows = [figure_cells.own_target(row) for row in one.targets.itertuples()]
    columns = figure_cells.own_target_columns()
    caption = pick(f"{one.name}自己公布的目标", f"Targets that {one.name} has published itself")
    said = pick("这些目标是当地自己公布的，不是《行动计划》分下来的。",
                "These targets were published locally; they are not shares that the action plan assigns.")
    if one.is_gone:
        said += pick("目标是按2025年11月以前的区划定的。",
                     " They were set on the divisions of before November 2025.")
    if one.is_broken:
        said += pick("标明“调整前”的是按2025年11月以前的区划定的，只跟那时区划的数比。",
                     " Those marked “before the change” were set on the divisions of before November 2025"
                     " and stand beside figures on those divisions alone.")
    return section("targets", heading, markup.table(columns, rows, caption, "profile-table targets"),
                   paragraph(said, "quiet"))


def region(one: Place, link: Link) -> str:
    """The targets of the plan for the region that a unit lies in, with today's marks."""
    wide = profile.region_of(one.geo_id)
    if not wide:
        return ""
    name = load.label("geographies", wide)
    was = one.is_gone
    said = pick(f"《行动计划》给{name}定了2027年的目标，没有再分到区县。"
                f"{one.name}{'撤销以前' * was}是其中一个。",
                f"The action plan sets targets for 2027 for the region “{name}” and does not divide them"
                f" among districts. {one.name} {'was' if was else 'is'} one of its units.")
    chapter = pick("三大片区的目标和情况", "The three regions: targets and progress")
    more = f'<p><a href="{link("notebooks/regions", "")}">{escape(chapter)}</a></p>'
    return section("region", pick("所在片区的2027年目标", "Targets of its region for 2027"), paragraph(said),
                   parts.commitments(link, area=wide), more)


def asked(one: Place, link: Link) -> str:
    """What the plan asks of an area, task by task."""
    listed, roles = parts.tasks(), profile.asked(one.geo_id)
    items = []
    for row in roles.itertuples():
        task = listed.loc[row.task_id]
        source = f" {markup.source(row.source_id)}" if row.source_id else ""
        items.append(f"<li>{parts.task_link(task, link)} <span class=\"role\">{escape(pick(*_HOW[row.how]))}"
                     f"</span><br>{escape(row.what)}{source}"
                     f" {quiet(wording.section(task['section']))}</li>")
    heading = pick("计划要它做什么", "What the plan asks of it")
    if one.is_gone:
        heading = pick("撤销以前计划要它做什么", "What the plan asked of it")
    return section("asked", heading,
                   f'<ul class="plain asked">{"".join(items)}</ul>', paragraph(_key(roles["how"]), "quiet"))


def _key(roles: Iterable[str]) -> str:
    """What the words beside the tasks mean, of those that stand there."""
    used = set(roles)
    said = [pick(f"“{_HOW[how][0]}”：{_MEANS[how][0]}", f"“{_HOW[how][1]}”: {_MEANS[how][1]}")
            for how in _HOW if how in used]
    return wording.say("semicolon").join(said) + wording.say("stop").strip()
