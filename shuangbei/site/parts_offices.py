"""Parts of pages about who does what: offices against tasks, and a part for each office."""

from __future__ import annotations

from html import escape

import pandas as pd

from shuangbei import load, markup
from shuangbei.site import parts
from shuangbei.site.parts import Link, pick


def matrix(link: Link) -> str:
    """Offices against tasks: who leads, who is responsible; the commitments as the last row."""
    people = load.table("task_agencies")
    roles = {(p.agency_id, p.task_id): p.role for p in people.itertuples()}
    short = {"lead": pick("牵头", "lead"), "responsible": pick("责任", "resp."),
             "every_district": pick("各区县", "all")}
    tasks = parts.tasks()
    rows = []
    named = set(people["agency_id"])
    for agency_id in [name for name in parts.office_list().index if name in named]:
        cells = [roles.get((agency_id, task_id), "") for task_id in tasks.index]
        rows.append([parts.office_link(agency_id, link)] + [
            f'<span class="role role-{cell}">{short[cell]}</span>' if cell else "" for cell in cells])
    pairs = load.table("task_commitments")
    counts = pairs.groupby("task_id").size()
    rows.append([escape(pick("承诺数", "Commitments"))]
                + [str(counts.get(task_id, 0)) for task_id in tasks.index])
    return (_matrix_table(tasks, rows, link) + '<h3 id="matrix-commitments">'
            + escape(pick("任务与承诺", "Tasks and commitments")) + "</h3>" + _pairs(tasks, link))


def _matrix_table(tasks: pd.DataFrame, rows: list[list[str]], link: Link) -> str:
    heads = []
    for _, task in tasks.iterrows():
        target = link(parts.task_page(task["task_id"]), f"task-{task['task_id'].lower()}")
        name = escape(task["name"], quote=True)
        heads.append(f'<a href="{target}" title="{name}">{escape(task["section"])}</a>')
    caption = pick("单位与任务；列标题是计划的章节号", "Offices and tasks; columns are sections of the plan")
    return markup.table([pick("单位", "Office"), *heads], rows, caption, "matrix")


def _pairs(tasks: pd.DataFrame, link: Link) -> str:
    rows = [[parts.task_link(row, link), escape(row["section"]), parts.served(row["task_id"], link)]
            for _, row in tasks.iterrows()]
    columns = [pick("任务", "Task"), pick("章节", "Section"), pick("承诺", "Commitments")]
    return markup.table(columns, rows, pick("每项任务关系到的承诺", "The commitments of each task"))


def offices(link: Link) -> str:
    """One part for each office: its tasks by role, and the commitments of these tasks."""
    people, tasks = load.table("task_agencies"), parts.tasks()
    pairs = load.table("task_commitments")
    sections = []
    for agency_id, office in parts.office_list().iterrows():
        own = people[people["agency_id"] == agency_id]
        if own.empty:
            continue
        served = pairs[pairs["task_id"].isin(own["task_id"])]["commitment_id"]
        wanted = [c for c in load.commitments().index if c in set(served)]
        heading = f'<h2 id="office-{agency_id}">{escape(office["name"])}</h2>'
        sections.append(f'<section class="office">{heading}{_office_tasks(own, tasks, link)}'
                        f"{_office_marks(wanted, link)}</section>")
    return "".join(sections)


def _office_tasks(own: pd.DataFrame, tasks: pd.DataFrame, link: Link) -> str:
    roles = load.codelist("roles")["name"]
    items = [f'<li><span class="role role-{row.role}">{escape(roles[row.role])}</span> '
             f"{parts.task_link(tasks.loc[row.task_id], link)}</li>" for row in own.itertuples()]
    return f'<ul class="plain">{"".join(items)}</ul>'


def _office_marks(wanted: list[str], link: Link) -> str:
    if not wanted:
        return f"<p>{escape(pick('这些任务没有写下数字承诺。', 'These tasks state no figures.'))}</p>"
    found = parts.assessments()
    items = [f"<li>{parts.commitment_link(found[c].commitment, link)} {parts.badge(found[c])}</li>"
             for c in wanted]
    summary = pick(f"关系到的承诺（{len(wanted)}）", f"Commitments ({len(wanted)})")
    return (f'<details><summary>{escape(summary)}</summary><ul class="plain">{"".join(items)}'
            "</ul></details>")
