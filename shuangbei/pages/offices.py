"""Parts about who does what: tasks, offices and their matrix; as HTML, computes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import cast

import pandas as pd

from shuangbei import load, paths, words
from shuangbei.pages import html, ledger, plan, tasks


def office_list() -> pd.DataFrame:
    """Return the offices in order, with the short name that the plan uses."""
    frame = load.codelist("agencies")
    short = frame["short_zh"] if paths.language() == "zh" else frame["name_en"]
    return frame.assign(short=short, rank=frame["order"].astype(int)).sort_values("rank")


def office_link(agency_id: str, link: html.Link) -> str:
    """Return the short name of an office, linked to its part of the page of offices."""
    name = escape(office_list()["short"][agency_id])
    return f'<a href="{link("book/plan/offices", f"office-{agency_id}")}">{name}</a>'


def task(link: html.Link, task_id: str) -> str:
    """Who leads a task, who is responsible, and which commitments it works for."""
    people = load.table("task_agencies")
    people = people[people["task_id"] == task_id].assign(n=lambda f: f["order"].astype(int))
    roles = load.codelist("roles")
    lines = []
    for role in roles.index:
        names = people[people["role"] == role].sort_values("n")["agency_id"]
        if len(names):
            said = words.parted([office_link(name, link) for name in names])
            lines.append(f"<dt>{escape(roles.loc[role, 'name'])}</dt><dd>{said}</dd>")
    lines.append(f"<dt>{words.pick('关系到的承诺', 'Commitments')}</dt><dd>{served(task_id, link)}</dd>")
    return f'<dl class="task-facts">{"".join(lines)}</dl>'


def served(task_id: str, link: html.Link) -> str:
    """Return the commitments that a task works for, with today's marks."""
    pairs = load.table("task_commitments")
    pairs = pairs[pairs["task_id"] == task_id]
    if pairs.empty:
        return escape(words.pick("计划没有在这里写下数字。", "The plan states no figure here."))
    names = load.codelist("links")["name"]
    items = []
    for pair in cast("Iterable[load.TaskCommitmentRow]", pairs.itertuples()):
        found = plan.assessment(pair.commitment_id)
        items.append(
            f"<li>{plan.commitment_link(found.commitment, link)} {plan.badge(found)}"
            f' <span class="quiet">{escape(names[pair.link])}</span></li>'
        )
    return f'<ul class="plain">{"".join(items)}</ul>'


def matrix(link: html.Link) -> str:
    """Offices against tasks: who leads, who is responsible; the commitments as the last row."""
    people = load.table("task_agencies")
    parts = cast("Iterable[load.TaskAgencyRow]", people.itertuples())
    roles = {(part.agency_id, part.task_id): part.role for part in parts}
    short = {
        "lead": words.pick("牵头", "lead"),
        "responsible": words.pick("责任", "resp."),
        "every_district": words.pick("各区县", "all"),
    }
    own_tasks = tasks.every()
    rows = []
    named = set(people["agency_id"])
    for agency_id in [name for name in office_list().index if name in named]:
        cells = [roles.get((agency_id, task_id), "") for task_id in own_tasks.index]
        rows.append(
            [office_link(agency_id, link)]
            + [f'<span class="role role-{cell}">{short[cell]}</span>' if cell else "" for cell in cells]
        )
    pairs = load.table("task_commitments")
    counts = pairs.groupby("task_id").size()
    rows.append(
        [escape(words.pick("承诺数", "Commitments"))]
        + [str(counts.get(task_id, 0)) for task_id in own_tasks.index]
    )
    return (
        _matrix_table(own_tasks, rows, link)
        + '<h3 id="matrix-commitments">'
        + escape(words.pick("任务与承诺", "Tasks and commitments"))
        + "</h3>"
        + _pairs(own_tasks, link)
    )


def _matrix_table(own_tasks: pd.DataFrame, rows: list[list[str]], link: html.Link) -> str:
    heads = []
    for _, task in own_tasks.iterrows():
        target = tasks.address(task["task_id"], link)
        name = escape(task["name"], quote=True)
        heads.append(f'<a href="{target}" title="{name}">{escape(words.undated(task["section"]))}</a>')
    caption = words.pick(
        "单位与任务；列标题是计划的章节号", "Offices and tasks; columns are sections of the plan"
    )
    return html.table([words.pick("单位", "Office"), *heads], rows, caption, "matrix")


def _pairs(own_tasks: pd.DataFrame, link: html.Link) -> str:
    rows = [
        [tasks.name_linked(row, link), escape(words.undated(row["section"])), served(row["task_id"], link)]
        for _, row in own_tasks.iterrows()
    ]
    columns = [words.pick("任务", "Task"), words.pick("章节", "Section"), words.pick("承诺", "Commitments")]
    return html.table(columns, rows, words.pick("每项任务关系到的承诺", "The commitments of each task"))


def offices(link: html.Link) -> str:
    """One part for each office: its tasks by role, their commitments, and what it publicly did."""
    people, own_tasks = load.table("task_agencies"), tasks.every()
    pairs = load.table("task_commitments")
    sections = []
    for agency_id, office in office_list().iterrows():
        own = people[people["agency_id"] == agency_id]
        if own.empty:
            continue
        served = pairs[pairs["task_id"].isin(own["task_id"])]["commitment_id"]
        wanted = [c for c in load.commitments().index if c in set(served)]
        heading = f'<h2 id="office-{agency_id}">{escape(office["name"])}</h2>'
        sections.append(
            f'<section class="office">{heading}{_office_tasks(own, own_tasks, link)}'
            f"{_office_marks(wanted, link)}{ledger.of_office(str(agency_id), link)}</section>"
        )
    return "".join(sections)


def _office_tasks(own: pd.DataFrame, own_tasks: pd.DataFrame, link: html.Link) -> str:
    roles = load.codelist("roles")["name"]
    items = [
        f'<li><span class="role role-{row.role}">{escape(roles[row.role])}</span> '
        f"{tasks.name_linked(cast(pd.Series, own_tasks.loc[row.task_id]), link)}</li>"
        for row in cast("Iterable[load.TaskAgencyRow]", own.itertuples())
    ]
    return f'<ul class="plain">{"".join(items)}</ul>'


def _office_marks(wanted: list[str], link: html.Link) -> str:
    if not wanted:
        return f"<p>{escape(words.pick('这些任务没有写下数字承诺。', 'These tasks state no figures.'))}</p>"
    items = [
        f"<li>{plan.commitment_link(found.commitment, link)} {plan.badge(found)}</li>"
        for found in map(plan.assessment, wanted)
    ]
    summary = words.pick(f"关系到的承诺（{len(wanted)}）", f"Commitments ({len(wanted)})")
    # A search finds the commitments where they are told of.
    return (
        f"<details {html.UNSEARCHED}><summary>{escape(summary)}</summary>"
        f'<ul class="plain">{"".join(items)}</ul></details>'
    )
