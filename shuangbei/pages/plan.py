"""Parts of the plan's pages: commitments, their marks and worked examples, the timeline; as HTML."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape

import pandas as pd

from shuangbei import load, measures, memory, words
from shuangbei.pages import html, ledger

_MILESTONE, _BASELINE = "2025", "2022"


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
def _badge_of(mark: str, code: str, is_provisional: bool) -> str:
    return html.badge(mark, code, provisional=is_provisional)


def badge(found: measures.Assessment, mark: str = "to_date") -> str:
    """Return one of the three marks of a commitment as a badge."""
    given = getattr(found, mark)
    return _badge_of(mark, given.mark, bool(given.provisional))


def verdict_sentence() -> str:
    """How many of the commitments can be assessed, with which marks, and what these rest on."""
    return sentence([_resting(found) for found in assessments().values()])


@dataclass(frozen=True)
class Resting:
    """A mark to date, whether it is provisional, and the published figures that it rests on."""

    mark: str
    provisional: bool = False
    figures: tuple[tuple[str, ...], ...] = ()


def _resting(found: measures.Assessment) -> Resting:
    mark, own = found.to_date, (found.commitment["indicator_id"], found.commitment["geo_id"])
    periods = [mark.latest.period] if mark.latest else []
    if mark.distance is not None and not pd.notna(found.commitment["start"]):
        periods.append(_BASELINE)
    return Resting(mark.mark, bool(mark.provisional), tuple((*own, period) for period in periods))


def sentence(given: list[Resting]) -> str:
    """
    How many commitments can be assessed, with which marks, and how many figures these rest on.

    Examples
    --------
    >>> one, two = Resting("met", True, (("a",),)), Resting("behind", False, (("a",),))
    >>> sentence([one, two, Resting("not_assessable")])
    '3项承诺中，2项可以评估：1项已达到（暂定），1项落后。这2项依据的是1个公布的数。其余1项的公开数字不够，无法评估。'
    """
    able = [one for one in given if one.mark != "not_assessable"]
    rest, figures = len(given) - len(able), len({figure for one in able for figure in one.figures})
    rests = "It rests" if len(able) == 1 else "They rest"
    if not able:
        return words.pick(
            f"{len(given)}项承诺的公开数字都不够，无法评估。",
            f"None of the {len(given)} commitments can be assessed from published figures.",
        )
    return words.pick(
        f"{len(given)}项承诺中，{len(able)}项可以评估：{_by_mark(able)}。"
        f"这{len(able)}项依据的是{figures}个公布的数。其余{rest}项的公开数字不够，无法评估。",
        f"Of {len(given)} commitments, {len(able)} can be assessed: {_by_mark(able)}."
        f" {rests} on {words.counted(figures)} published figure{'s' * (figures != 1)}."
        f" The other {rest} cannot be assessed on what is published.",
    )


def _by_mark(able: list[Resting]) -> str:
    """``2项按期（暂定），1项落后``: counts in the order of the scale, provisional ones apart."""
    counts = Counter((one.mark, one.provisional) for one in able)
    codes = list(load.codelist("marks").query("mark == 'to_date'")["code"])
    parts = []
    for code, doubtful in sorted(counts, key=lambda pair: (codes.index(pair[0]), pair[1])):
        n, word = counts[code, doubtful], words.mark_word("to_date", code, provisional=doubtful)
        parts.append(words.pick(f"{n}项{word}", f"{n} {word.lower()}"))
    return words.say("comma").join(parts)


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
        row, mark, doubtful = found.commitment, found.to_date.mark, bool(found.to_date.provisional)
        target = link(f"notebooks/{row['chapter']}", row["commitment_id"])
        name = row["name"] + words.say("colon") + words.mark_word("to_date", mark, provisional=doubtful)
        look = html.verdict_class("to_date", mark, provisional=doubtful)
        items.append(
            f'<li><a class="{look}" href="{target}" title="{escape(name, quote=True)}">'
            f"{html.shape('to_date', mark)}"
            f'<span class="visually-hidden">{escape(name)}</span></a></li>'
        )
    summary = words.pick(
        f"用表格看{len(items)}项承诺的标记", f"The marks of the {len(items)} commitments as a table"
    )
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
    """The dates of the plan in order: what is due at each, with today's marks, and what was publicly done."""
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
    passed = [year for year in ledger.years() if year <= _MILESTONE]
    items += [_acted(year, link) for year in passed]
    items.append(_due(_MILESTONE, groups.pop(_MILESTONE), link))
    items += [_acted(year, link) for year in ledger.years() if year not in passed]
    items += [_due(due, heading, link) for due, heading in groups.items()]
    items.append(_acted("", link))
    end, following = (words.day(about[key]) for key in ("cut_off", "next_release"))
    now = words.pick(
        f"本期资料查到{end}，下一期{following}",
        f"Sources for this edition were searched to {end}; the next comes on {following}",
    )
    return f'<ol class="timeline">{"".join(items)}</ol><p class="quiet">{escape(now)}</p>'


def _acted(year: str, link: html.Link) -> str:
    """What was publicly done in a year, or, for ``""``, what no source dates."""
    heading = words.pick(
        f"{year}年查到的公开行动" if year else "没有印年份的公开行动",
        f"Public actions found, {year}" if year else "Public actions without a printed year",
    )
    return f"<li><h2>{heading}</h2>{ledger.of_year(year, link)}</li>"


def _due(due: str, heading: str, link: html.Link) -> str:
    """The commitments that are due at a date, each with its mark."""
    own = [a for a in assessments().values() if a.commitment["due"] == due]
    # Of a date that has passed, what counts is whether the milestone was reached.
    passed = due == _MILESTONE
    shown, named = (
        ("milestone", words.say("mark_milestone") + words.say("colon")) if passed else ("to_date", "")
    )
    marks_ = "".join(
        f"<li>{commitment_link(a.commitment, link)} {escape(named)}{badge(a, shown)}</li>" for a in own
    )
    return f'<li><h2>{heading}</h2><ul class="plain">{marks_}</ul></li>'


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
    view, latest, target = found.outlook, found.outlook.latest, found.target
    said = [escape(words.outlook(found))]
    if view.projected is not None and latest is not None and target.due_t is not None:
        left = target.due_t - latest.t
        n = [_number(found, v) for v in (latest.value, view.pace, view.projected, target.value)]
        said.append(f"<code>{n[0]} + {n[1]} × {words.number(left, 2)} = {n[2]}</code>")
        if view.miss is not None:
            missed = words.number(view.miss * 100, 2)
            said.append(f"<code>({n[3]} − {n[2]}) ÷ ({n[3]} − {n[0]}) = {missed}%</code>")
    return "<br>".join(said)
