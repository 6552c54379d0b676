"""Parts of the plan's pages: commitments, their marks and worked examples, the timeline; as HTML."""

from __future__ import annotations

from html import escape

import pandas as pd

from shuangbei import load, measures, memory, words
from shuangbei.pages import html

_GOOD, _SLOW = ("met", "on_track"), ("slightly_behind", "behind", "moving_away")


@memory.remembered
def assessment(commitment_id: str) -> measures.Assessment:
    """Return the assessment of one commitment."""
    return measures.assess(commitment_id)


def assessments() -> dict[str, measures.Assessment]:
    """Return all assessments in the plan's order."""
    return {key: assessment(key) for key in load.commitments().index}


def commitment_link(row: pd.Series, link: html.Link) -> str:
    """Return the name of a commitment, linked to its place in its chapter."""
    target = link(f"notebooks/{row['chapter']}", row["commitment_id"])
    return f'<a href="{target}">{escape(row["name"])}</a>'


def _promise(row: pd.Series) -> str:
    if pd.isna(row["value"]):
        return escape(load.label("relations", row["relation"]))
    sign = {"gt": words.pick("超过", "over "), "ge": words.pick("不低于", "at least ")}.get(
        row["relation"], ""
    )
    value = float(row["value"])
    decimals = 0 if value.is_integer() else len(f"{value}".partition(".")[2])
    return escape(sign + words.quantity(value, row["unit"], decimals))


@memory.remembered
def _badge_of(mark: str, code: str) -> str:
    return html.badge(mark, code)


def badge(found: measures.Assessment, mark: str = "to_date") -> str:
    """Return one of the three marks of a commitment as a badge."""
    return _badge_of(mark, getattr(found, mark).mark)


def verdict_sentence() -> str:
    """One sentence: how many of the commitments are where."""
    return sentence([found.to_date.mark for found in assessments().values()])


def sentence(marks: list[str]) -> str:
    """
    How many of these marks to date are good, slow, and missing.

    Where all that are slow are only slightly so, the sentence says no more than that.

    Examples
    --------
    >>> sentence(["met", "slightly_behind", "not_assessable"])
    '3项承诺中，1项已达到或按期，1项略慢于计划，1项的公开数字不够、无法评估。'
    """
    good, slow = (sum(mark in group for mark in marks) for group in (_GOOD, _SLOW))
    rest, slightly = len(marks) - good - slow, slow > 0 and marks.count("slightly_behind") == slow
    return words.pick(
        f"{len(marks)}项承诺中，{good}项已达到或按期，{slow}项{'略' * slightly}慢于计划，"
        f"{rest}项的公开数字不够、无法评估。",
        f"Of {len(marks)} commitments, {good} {_be(good)} met or on track, {slow} {_be(slow)}"
        f" {'slightly ' * slightly}behind the plan, and {rest} cannot be assessed from"
        " public figures.",
    )


def _be(count: int) -> str:
    return "is" if count == 1 else "are"


def searched() -> str:
    """Say up to which day sources were searched."""
    cut_off = words.day(load.edition()["cut_off"])
    return words.pick(f"资料查到{cut_off}。", f"Sources searched to {cut_off}.")


def verdict() -> str:
    """The sentence on where the plan stands, and as of when."""
    return (
        f'<p class="summary-sentence">{escape(verdict_sentence())}'
        f' <span class="summary-date">{escape(searched())}</span></p>'
    )


def marks(link: html.Link) -> str:
    """The strip of all marks, each a link, with a table of the same behind it."""
    items = []
    for found in assessments().values():
        row, look = found.commitment, words.look_of("to_date", found.to_date.mark)
        target = link(f"notebooks/{row['chapter']}", row["commitment_id"])
        word = words.mark_word("to_date", found.to_date.mark)
        name = f"{row['name']}{words.say('colon')}{word}"
        items.append(
            f'<li><a class="verdict verdict-{look}" href="{target}" title="{escape(name, quote=True)}">'
            f"{html.shape('to_date', found.to_date.mark)}"
            f'<span class="visually-hidden">{escape(name)}</span></a></li>'
        )
    summary = words.pick(f"用表格看这{len(items)}个标记", f"The {len(items)} marks as a table")
    label = words.pick(f"{len(items)}项承诺至今的标记", f"The marks to date of the {len(items)} commitments")
    return (
        f'<ol class="marks-strip" aria-label="{label}">{"".join(items)}</ol>{mark_counts()}'
        f"<details><summary>{summary}</summary>{commitments(link)}</details>"
    )


def mark_counts() -> str:
    """How many commitments carry each mark, with the mark itself: legend and count in one."""
    given = [found.to_date.mark for found in assessments().values()]
    marks = load.codelist("marks")
    codes = marks[marks["mark"] == "to_date"]["code"]
    items = [
        f'<li>{html.badge("to_date", code)} <span class="count">{given.count(code)}</span></li>'
        for code in codes
        if code in given
    ]
    return f'<ul class="mark-counts">{"".join(items)}</ul>'


def commitments(link: html.Link, section: str = "", task: str = "", area: str = "") -> str:
    """The commitments with promise, marks and links, all or those of one section, task or area."""
    chosen = load.commitments()
    if area:
        chosen = chosen[chosen["geo_id"] == area]
    if section:
        chosen = chosen[chosen["section"] == section]
    if task:
        pairs = load.table("task_commitments")
        chosen = chosen[chosen.index.isin(pairs.loc[pairs["task_id"] == task, "commitment_id"])]
    rows = [
        [
            commitment_link(a.commitment, link),
            _promise(a.commitment),
            badge(a),
            badge(a, "milestone"),
            badge(a, "outlook"),
        ]
        for a in map(assessment, chosen.index)
    ]
    columns = [
        words.say("commitment"),
        words.say("target"),
        words.say("mark_to_date"),
        words.say("mark_milestone"),
        words.say("mark_outlook"),
    ]
    return html.table(columns, rows, words.pick("承诺与三个标记", "Commitments and their three marks"))


def timeline(link: html.Link) -> str:
    """The dates of the plan in order, with what is due at each and today's marks."""
    groups = {
        "2025": words.pick("2025年底到期", "Due at the end of 2025"),
        "each_year": words.pick("2023至2027年每年", "Each year from 2023 to 2027"),
        "2027": words.pick("2027年底到期", "Due at the end of 2027"),
        "plan_period": words.pick("计划期内（到2027年底）", "Within the plan (to the end of 2027)"),
        "none": words.pick("计划没有写期限", "No date in the plan"),
    }
    issued = words.pick(
        "印发《行动计划》，以2022年底为起点", "The plan is issued; it counts from the end of 2022"
    )
    about = load.edition()
    items = [f"<li><h2>{words.pick('2023年3月', 'March 2023')}</h2><p>{issued}</p></li>"]
    for due, heading in groups.items():
        own = [a for a in assessments().values() if a.commitment["due"] == due]
        # Of a date that has passed, what counts is whether the milestone was reached.
        shown = "milestone" if due == "2025" else "to_date"
        marks_ = "".join(f"<li>{commitment_link(a.commitment, link)} {badge(a, shown)}</li>" for a in own)
        items.append(f'<li><h2>{heading}</h2><ul class="plain">{marks_}</ul></li>')
    end, following = (words.day(about[key]) for key in ("cut_off", "next_release"))
    now = words.pick(
        f"本期资料查到{end}，下一期{following}",
        f"Sources for this edition were searched to {end}; the next comes on {following}",
    )
    return f'<ol class="timeline">{"".join(items)}</ol><p class="quiet">{escape(now)}</p>'


def worked(link: html.Link, commitment_id: str) -> str:
    """The formulas of the three marks with the numbers of one commitment filled in."""
    found = assessment(commitment_id)
    rows = [
        [escape(words.say("mark_to_date")), badge(found), _ratio(found)],
        [
            escape(words.say("mark_milestone")),
            badge(found, "milestone"),
            escape(words.milestone(found)),
        ],
        [escape(words.say("mark_outlook")), badge(found, "outlook"), _projection(found)],
    ]
    columns = [words.say("mark"), words.say("verdict"), words.pick("算式", "Arithmetic")]
    caption = words.pick("算例：", "Worked example: ") + found.commitment["name"]
    return html.table(columns, rows, caption) + f"<p>{commitment_link(found.commitment, link)}</p>"


def _number(found: measures.Assessment, value: float | None) -> str:
    unit = load.indicator(found.commitment["indicator_id"])["unit"]
    return words.cell(value, unit, 2)


def _ratio(found: measures.Assessment) -> str:
    mark, target = found.to_date, found.target
    said = [escape(words.to_date(found))]
    if mark.rule == "ratio" and mark.distance is not None and mark.latest is not None:
        n = [_number(found, v) for v in (mark.latest.value, target.baseline, mark.required)]
        d = words.number(mark.distance, 2)
        said.append(f"<code>D = ({n[0]} − {n[1]}) ÷ ({n[2]} − {n[1]}) = {d}</code>")
    return "<br>".join(said)


def _projection(found: measures.Assessment) -> str:
    view, latest, target = found.outlook, found.to_date.latest, found.target
    said = [escape(words.outlook(found))]
    if view.projected is not None and latest is not None and target.due_t is not None:
        left = target.due_t - latest.t
        n = [_number(found, v) for v in (latest.value, view.pace, view.projected, target.value)]
        said.append(f"<code>{n[0]} + {n[1]} × {words.number(left, 2)} = {n[2]}</code>")
        if view.miss is not None:
            missed = words.number(view.miss * 100, 2)
            said.append(f"<code>({n[3]} − {n[2]}) ÷ ({n[3]} − {n[0]}) = {missed}%</code>")
    return "<br>".join(said)
