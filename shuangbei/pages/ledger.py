"""The supervision ledger as far as the public can keep one: actions by task, office, place and year; as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import cast

import pandas as pd

from shuangbei import load, words
from shuangbei.pages import html, tasks

_RESULT = "result"  # of ``stages.csv``
_SHOWN = 5  # of a list; the rest is folded


def title() -> str:
    """Return the name of the ledger, which says whose it is not."""
    return words.pick("工作督查台账（公开可见部分）", "Supervision ledger, as far as the public can keep one")


def not_seen() -> str:
    """Say that what was not seen may well have been done."""
    return words.pick("没有看到，不等于没有做。", "Not seen is not the same as not done.")


def whose_word() -> str:
    """Say that a stated result is the source's and no finding of this site."""
    return words.pick(
        "标“来源称有结果”的，是来源自己的说法，不是本站的结论，也不进任何标记。",
        "A “stated result” is the source’s own word: no finding of this site, and part of no mark.",
    )


def of_task(link: html.Link, task_id: str) -> str:
    """
    What was publicly done under a task or safeguard, newest first, and what was not seen.

    Parameters
    ----------
    link : callable
        Gives the address of a page and an anchor from the page that the part stands on.
    task_id : str
        Such as ``T01`` or ``S6``.
    """
    frame = load.actions()
    own = frame[frame["task_id"] == task_id]
    # A safeguard stands one level higher on its page than a task does on its own.
    level = 3 if tasks.is_safeguard(task_id) else 4
    head = f"<h{level}>{escape(title())}</h{level}>"
    return f'<div class="ledger">{head}{_told(own, link, "task")}{_unseen(task_id)}</div>'


def of_office(agency_id: str, link: html.Link) -> str:
    """Return the actions that an office of the plan took, alone or with others, each with its task."""
    own = load.actions_of(agency_id)
    # A search is led to the task, whose own page says the same.
    return (
        f'<div class="ledger" {html.UNSEARCHED}><h3>{escape(title())}</h3>'
        f"{_told(own, link, 'office')}{'' if len(own) else html.paragraph(not_seen())}</div>"
    )


def of_place(geo_id: str, name: str, link: html.Link) -> html.Section:
    """Return the section of the page of a district or zone on what it did under the plan."""
    frame = load.actions()
    own = frame[frame["geo_id"] == geo_id]
    if own.empty:
        said = words.pick(
            f"没有查到{name}在这份计划下公开做过的事。",
            f"No public action of {name} under the plan was found. ",
        )
        told = f"<p {html.UNSEARCHED}>{escape(said + not_seen())}</p>"
        return html.section("actions", title(), told)
    return html.section("actions", title(), _told(own, link, "place"))


def of_year(year: str, link: html.Link) -> str:
    """
    Return the actions of a year, counted by stage and folded; ``""`` stands for those without a date.

    Parameters
    ----------
    year : str
        ``2024``, or ``""``.
    link : callable
        Gives the address of a page and an anchor.
    """
    frame = load.actions()
    own = frame[frame["date"].str[:4] == year]
    stages = load.codelist("stages")
    counts = "".join(
        f'<li>{_stage(code, stages["name"][code])} <span class="count">{n}</span></li>'
        for code, n in ((code, int((own["stage"] == code).sum())) for code in stages.index)
        if n
    )
    summary = words.pick(f"逐件看（{len(own)}件）", f"One by one ({len(own)})")
    return (
        f'<div class="ledger" {html.UNSEARCHED}><ul class="stage-counts">{counts}</ul>'
        f"<details><summary>{escape(summary)}</summary>{_list(_items(own, link, 'year'))}</details></div>"
    )


def years() -> list[str]:
    """Return the years that have actions, in order."""
    return sorted({date[:4] for date in load.actions()["date"] if date})


def cited(geo_id: str) -> set[str]:
    """Return the sources of the actions of a district or zone."""
    frame = load.actions()
    return set(frame.loc[frame["geo_id"] == geo_id, "source_id"])


def _told(own: pd.DataFrame, link: html.Link, where: str) -> str:
    """How many actions there are, in which order, and the list itself; or that none was found."""
    if own.empty:
        return html.paragraph(words.pick("没有查到公开做过的事。", "No public action was found."))
    undated = int((own["date"] == "").sum())
    said = words.pick(f"查到{len(own)}件，从新到旧。", f"Found: {len(own)}, newest first. ")
    if undated:
        said += words.pick(
            f"没有印年份的{undated}件排在最后。", f"Those without a printed year ({undated}) come last. "
        )
    said += whose_word() if (own["stage"] == _RESULT).any() else ""
    note = f'<p class="quiet" {html.UNSEARCHED}>{escape(said.strip())}</p>'
    return note + _folded(_items(own, link, where))


def _folded(items: list[str]) -> str:
    first, rest = items[:_SHOWN], items[_SHOWN:]
    if not rest:
        return _list(first)
    summary = words.pick(f"其余{len(rest)}件", f"{len(rest)} more")
    return f"{_list(first)}<details><summary>{escape(summary)}</summary>{_list(rest)}</details>"


def _list(items: list[str]) -> str:
    return f'<ol class="actions">{"".join(items)}</ol>'


def _items(own: pd.DataFrame, link: html.Link, where: str) -> list[str]:
    rows = cast("Iterable[load.ActionRow]", own.itertuples(index=False))
    return [_item(row, link, where) for row in rows]


def _item(row: load.ActionRow, link: html.Link, where: str) -> str:
    """One action: when and at which stage, what, its source, then who, where and what to know."""
    when = f'<time datetime="{row.date}">{escape(words.day(row.date))}</time>' if row.date else _undated()
    about = [] if where == "task" else [tasks.name_linked(load.row("tasks", row.task_id), link)]
    about.append(escape(_who(row)))
    if row.geo_id != load.CITY and where != "place":
        about.append(escape(row.area))
    note = f'<span class="action-note">{escape(row.note)}</span>' if row.note else ""
    anchor = f' id="action-{row.action_id}"' if where == "task" else ""
    return (
        f'<li{anchor}><span class="action-head" {html.UNSEARCHED}>{when} {_stage(row.stage, row.stage_name)}</span> '
        f"{escape(row.what)} {html.source(row.source_id)}"
        f'<span class="action-about" {html.UNSEARCHED}>{" · ".join(about)}{note}</span></li>'
    )


def _undated() -> str:
    return f"<span>{escape(words.pick('没有印年份', 'No year printed'))}</span>"


def _stage(code: str, name: str) -> str:
    return f'<span class="stage stage-{code}">{escape(name)}</span>'


def _who(row: load.ActionRow) -> str:
    if not row.actors:
        return words.pick("单位没有显示", "Office not shown")
    # English names of offices hold commas of their own.
    others = words.pick("等", " and others") if row.with_others == "true" else ""
    return words.parted(list(row.actors)) + others


def _unseen(task_id: str) -> str:
    parts = load.unseen(task_id)
    if not parts:
        return ""
    head = words.pick("没有看到公开痕迹的部分", "Parts without a public trace")
    items = "".join(f"<li>{escape(part)}</li>" for part in parts)
    return (
        f'<div class="unseen"><p><strong>{escape(head)}</strong>{words.say("open")}'
        f"{escape(not_seen().rstrip('。.'))}{words.say('close')}</p><ul>{items}</ul></div>"
    )
