"""Parts of pages that are made from the plan's registers, as HTML; the words come from data/."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from html import escape

import pandas as pd

from shuangbei import badges, load, status, verdicts, wording

Link = Callable[[str, str], str]
pick = wording.pick
_GOOD, _SLOW = ("met", "on_track"), ("slightly_behind", "behind", "moving_away")


@lru_cache(maxsize=2)
def _assessments(language: str) -> dict:
    return {key: status.assess(key) for key in load.commitments().index}


def assessments() -> dict[str, status.Assessment]:
    """Return all assessments in the plan's order, computed once for each language."""
    return _assessments(wording.pick("zh", "en"))


def table(columns: list[str], rows: list[list[str]], caption: str, look: str = "") -> str:
    """
    A captioned table from cells that are HTML already; the first cell heads its row.

    Parameters
    ----------
    columns : list of str
        Plain text.
    rows : list of list of str
        HTML.
    """
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    body = "".join(
        f'<tr><th scope="row">{cells[0]}</th>' + "".join(f"<td>{c}</td>" for c in cells[1:])
        + "</tr>" for cells in rows)
    return (f'<div class="table-scroll" tabindex="0" role="region"'
            f' aria-label="{escape(caption, quote=True)}"><table class="report-table {look}">'
            f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table></div>")


def commitment_link(row: pd.Series, link: Link) -> str:
    """Return the name of a commitment, linked to its place in its chapter."""
    target = link(f"notebooks/{row['chapter']}", row["commitment_id"])
    return f'<a href="{target}">{escape(row["name"])}</a>'


def _promise(row: pd.Series) -> str:
    if pd.isna(row["value"]):
        return escape(load.label("relations", row["relation"]))
    sign = {"gt": pick("超过", "over "), "ge": pick("不低于", "at least ")}.get(row["relation"], "")
    decimals = 0 if float(row["value"]).is_integer() else 1
    return escape(sign + wording.quantity(row["value"], row["unit"], decimals))


@lru_cache(maxsize=None)
def _badge_of(mark: str, code: str, language: str) -> str:
    return badges.badge(mark, code)


def _badge(found: status.Assessment, mark: str = "to_date") -> str:
    return _badge_of(mark, getattr(found, mark).mark, wording.pick("zh", "en"))


def verdict(link: Link) -> str:
    """One sentence: how many of the commitments are where, and as of when."""
    marks = [found.to_date.mark for found in assessments().values()]
    good, slow = (sum(mark in group for mark in marks) for group in (_GOOD, _SLOW))
    rest = len(marks) - good - slow
    cut_off = load.edition()["cut_off"]
    text = pick(
        f"{len(marks)}项承诺中，{good}项已达到或按期，{slow}项慢于计划，{rest}项的公开数字不够、"
        f"无法评估（数据截至{cut_off}）。",
        f"Of {len(marks)} commitments, {good} are met or on track, {slow} are behind the plan, and"
        f" for {rest} the public figures do not suffice (data to {cut_off}).")
    return f'<p class="summary-sentence">{escape(text)}</p>'


def marks(link: Link) -> str:
    """The strip of all marks, each a link, with a table of the same behind it."""
    items = []
    for found in assessments().values():
        row, look = found.commitment, badges.look_of("to_date", found.to_date.mark)
        target = link(f"notebooks/{row['chapter']}", row["commitment_id"])
        word = badges.word("to_date", found.to_date.mark)
        name = f'{row["name"]}{wording.say("colon")}{word}'
        items.append(
            f'<li><a class="verdict verdict-{look}" href="{target}" title="{escape(name, quote=True)}">'
            f'{badges.shape("to_date", found.to_date.mark)}'
            f'<span class="visually-hidden">{escape(name)}</span></a></li>')
    summary = pick("用表格看这28个标记", "The 28 marks as a table")
    return (f'<ol class="marks-strip">{"".join(items)}</ol>{mark_counts()}'
            f"<details><summary>{summary}</summary>{commitments(link)}</details>")


def mark_counts() -> str:
    """How many commitments carry each mark, with the mark itself: legend and count in one."""
    given = [found.to_date.mark for found in assessments().values()]
    codes = load.codelist("marks")
    codes = codes[codes["mark"] == "to_date"]["code"]
    items = [f'<li>{badges.badge("to_date", code)} <span class="count">{given.count(code)}</span></li>'
             for code in codes if code in given]
    return f'<ul class="mark-counts">{"".join(items)}</ul>'


def commitments(link: Link, section: str = "", task: str = "") -> str:
    """The commitments with promise, marks and links, all or those of one section or task."""
    chosen = list(assessments().values())
    if section:
        chosen = [a for a in chosen if a.commitment["section"] == section]
    if task:
        pairs = load.table("task_commitments")
        wanted = set(pairs.loc[pairs["task_id"] == task, "commitment_id"])
        chosen = [a for a in chosen if a.commitment["commitment_id"] in wanted]
    rows = [[commitment_link(a.commitment, link), _promise(a.commitment), _badge(a),
             _badge(a, "milestone"), _badge(a, "outlook")] for a in chosen]
    columns = [pick("承诺", "Commitment"), pick("目标", "Target"), pick("至今进度", "To date"),
               pick("2025年目标", "2025 milestone"), pick("到期展望", "Outlook")]
    return table(columns, rows, pick("承诺与三个标记", "Commitments and their three marks"))


def _tasks() -> pd.DataFrame:
    return load.codelist("tasks")


def _offices() -> pd.DataFrame:
    frame = load.codelist("agencies")
    short = frame["short_zh"] if pick("zh", "en") == "zh" else frame["name_en"]
    return frame.assign(short=short, rank=frame["order"].astype(int)).sort_values("rank")


def _office_link(agency_id: str, link: Link) -> str:
    name = escape(_offices().loc[agency_id, "short"])
    return f'<a href="{link("book/plan/offices", f"office-{agency_id}")}">{name}</a>'


def _task_page(task_id: str) -> str:
    return "book/plan/safeguards" if task_id.startswith("S") else "book/plan/tasks"


def _task_link(task: pd.Series, link: Link) -> str:
    target = link(_task_page(task["task_id"]), f"task-{task['task_id'].lower()}")
    return f'<a href="{target}">{escape(task["name"])}</a>'


def task(link: Link, task_id: str) -> str:
    """Who leads a task, who is responsible, and which commitments it works for."""
    people = load.table("task_agencies")
    people = people[people["task_id"] == task_id].assign(n=lambda f: f["order"].astype(int))
    roles = load.codelist("roles")
    lines = []
    for role in roles.index:
        names = people[people["role"] == role].sort_values("n")["agency_id"]
        if len(names):
            said = wording.join([_office_link(name, link) for name in names])
            lines.append(f'<dt>{escape(roles.loc[role, "name"])}</dt><dd>{said}</dd>')
    lines.append(f'<dt>{pick("关系到的承诺", "Commitments")}</dt><dd>{_served(task_id, link)}</dd>')
    return f'<dl class="task-facts">{"".join(lines)}</dl>'


def _served(task_id: str, link: Link) -> str:
    pairs = load.table("task_commitments")
    pairs = pairs[pairs["task_id"] == task_id]
    if pairs.empty:
        return escape(pick("计划没有在这里写下数字。", "The plan states no figure here."))
    names = load.codelist("links")["name"]
    items = []
    for pair in pairs.itertuples():
        found = assessments()[pair.commitment_id]
        items.append(f"<li>{commitment_link(found.commitment, link)} {_badge(found)}"
                     f' <span class="quiet">{escape(names[pair.link])}</span></li>')
    return f'<ul class="plain">{"".join(items)}</ul>'


def matrix(link: Link) -> str:
    """Offices against tasks: who leads, who is responsible; the commitments as the last row."""
    people = load.table("task_agencies")
    roles = {(p.agency_id, p.task_id): p.role for p in people.itertuples()}
    short = {"lead": pick("牵头", "lead"), "responsible": pick("责任", "resp."),
             "every_district": pick("各区县", "all")}
    tasks = _tasks()
    rows = []
    for agency_id in _offices().index:
        cells = [roles.get((agency_id, task_id), "") for task_id in tasks.index]
        rows.append([_office_link(agency_id, link)] + [
            f'<span class="role role-{cell}">{short[cell]}</span>' if cell else "" for cell in cells])
    pairs = load.table("task_commitments")
    counts = pairs.groupby("task_id").size()
    rows.append([escape(pick("承诺数", "Commitments"))]
                + [str(counts.get(task_id, 0)) for task_id in tasks.index])
    return (_matrix_table(tasks, rows, link) + "<h3 id='matrix-commitments'>"
            + escape(pick("任务与承诺", "Tasks and commitments")) + "</h3>" + _pairs(tasks, link))


def _matrix_table(tasks: pd.DataFrame, rows: list[list[str]], link: Link) -> str:
    head = "".join(
        f'<th scope="col"><a href="{link(_task_page(t.task_id), "task-" + t.task_id.lower())}"'
        f' title="{escape(t.name_, quote=True)}">{escape(t.section)}</a></th>'
        for t in tasks.rename(columns={"name": "name_"}).itertuples(index=False))
    body = "".join(f'<tr><th scope="row">{cells[0]}</th>'
                   + "".join(f"<td>{c}</td>" for c in cells[1:]) + "</tr>" for cells in rows)
    caption = pick("单位与任务；列标题是计划的章节号", "Offices and tasks; columns are sections of the plan")
    return (f'<div class="table-scroll" tabindex="0" role="region" aria-label="{caption}">'
            f'<table class="report-table matrix"><caption>{caption}</caption><thead><tr>'
            f'<th scope="col">{pick("单位", "Office")}</th>{head}</tr></thead>'
            f"<tbody>{body}</tbody></table></div>")


def _pairs(tasks: pd.DataFrame, link: Link) -> str:
    rows = [[_task_link(row, link), escape(row["section"]), _served(row["task_id"], link)]
            for _, row in tasks.iterrows()]
    columns = [pick("任务", "Task"), pick("章节", "Section"), pick("承诺", "Commitments")]
    return table(columns, rows, pick("每项任务关系到的承诺", "The commitments of each task"))


def offices(link: Link) -> str:
    """One part for each office: its tasks by role, and the commitments of these tasks."""
    people, tasks = load.table("task_agencies"), _tasks()
    pairs = load.table("task_commitments")
    parts = []
    for agency_id, office in _offices().iterrows():
        own = people[people["agency_id"] == agency_id]
        if own.empty:
            continue
        served = pairs[pairs["task_id"].isin(own["task_id"])]["commitment_id"]
        wanted = [c for c in load.commitments().index if c in set(served)]
        parts.append(f'<section class="office"><h3 id="office-{agency_id}">{escape(office["name"])}'
                     f"</h3>{_office_tasks(own, tasks, link)}{_office_marks(wanted, link)}</section>")
    return "".join(parts)


def _office_tasks(own: pd.DataFrame, tasks: pd.DataFrame, link: Link) -> str:
    roles = load.codelist("roles")["name"]
    items = [f'<li><span class="role role-{row.role}">{escape(roles[row.role])}</span> '
             f"{_task_link(tasks.loc[row.task_id], link)}</li>" for row in own.itertuples()]
    return f'<ul class="plain">{"".join(items)}</ul>'


def _office_marks(wanted: list[str], link: Link) -> str:
    if not wanted:
        return f"<p>{escape(pick('这些任务没有写下数字承诺。', 'These tasks state no figures.'))}</p>"
    items = [f"<li>{commitment_link(assessments()[c].commitment, link)} {_badge(assessments()[c])}"
             "</li>" for c in wanted]
    summary = pick(f"关系到的承诺（{len(wanted)}）", f"Commitments ({len(wanted)})")
    return (f'<details><summary>{escape(summary)}</summary><ul class="plain">{"".join(items)}'
            "</ul></details>")


def timeline(link: Link) -> str:
    """The dates of the plan in order, with what is due at each and today's marks."""
    groups = {"2025": pick("2025年底到期", "Due at the end of 2025"),
              "each_year": pick("2023至2027年每年", "Each year from 2023 to 2027"),
              "2027": pick("2027年底到期", "Due at the end of 2027"),
              "plan_period": pick("计划期内（到2027年底）", "Within the plan (to the end of 2027)"),
              "none": pick("计划没有写期限", "No date in the plan")}
    issued = pick("印发《行动计划》，以2022年底为起点", "The plan is issued; it counts from the end of 2022")
    about = load.edition()
    items = [f"<li><h3>{pick('2023年3月', 'March 2023')}</h3><p>{issued}</p></li>"]
    for due, heading in groups.items():
        own = [a for a in assessments().values() if a.commitment["due"] == due]
        marks_ = "".join(f"<li>{commitment_link(a.commitment, link)} {_badge(a)}</li>" for a in own)
        items.append(f'<li><h3>{heading}</h3><ul class="plain">{marks_}</ul></li>')
    now = pick(f"本期数据截至{about['cut_off']}，下一期{about['next_release']}",
               f"This edition's data end on {about['cut_off']}; the next comes on {about['next_release']}")
    return f'<ol class="timeline">{"".join(items)}</ol><p class="quiet">{escape(now)}</p>'


def worked(link: Link, commitment_id: str) -> str:
    """The formulas of the three marks with the numbers of one commitment filled in."""
    found = assessments()[commitment_id]
    rows = [[escape(pick("至今进度", "To date")), _badge(found), _ratio(found)],
            [escape(pick("2025年目标", "2025 milestone")), _badge(found, "milestone"),
             escape(verdicts.milestone(found))],
            [escape(pick("到期展望", "Outlook")), _badge(found, "outlook"), _projection(found)]]
    columns = [pick("判断", "Mark"), pick("结论", "Verdict"), pick("算式", "Arithmetic")]
    caption = pick("算例：", "Worked example: ") + found.commitment["name"]
    return (table(columns, rows, caption)
            + f"<p>{commitment_link(found.commitment, link)}</p>")


def _ratio(found: status.Assessment) -> str:
    mark, target = found.to_date, found.target
    said = [escape(verdicts.to_date(found))]
    if mark.rule == "ratio" and mark.distance is not None:
        n = [wording.number(v, 2) for v in (mark.latest.value, target.baseline, mark.required)]
        d = wording.number(mark.distance, 2)
        said.append(f"<code>D = ({n[0]} − {n[1]}) ÷ ({n[2]} − {n[1]}) = {d}</code>")
    return "<br>".join(said)


def _projection(found: status.Assessment) -> str:
    view, latest, target = found.outlook, found.to_date.latest, found.target
    said = [escape(verdicts.outlook(found))]
    if view.projected is not None:
        left = target.due_t - latest.t
        n = [wording.number(v, 2) for v in (latest.value, view.pace, left, view.projected,
                                            target.value, view.miss * 100)]
        said.append(f"<code>{n[0]} + {n[1]} × {n[2]} = {n[3]}</code>")
        said.append(f"<code>({n[4]} − {n[3]}) ÷ ({n[4]} − {n[0]}) = {n[5]}%</code>")
    return "<br>".join(said)
