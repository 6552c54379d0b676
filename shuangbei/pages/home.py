"""The answer on the home page: sentence, strip of marks, two curves, three regions, one map."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import cast

from shuangbei import load, measures, memory, words
from shuangbei.maps import classes, form, layers, legend, svg
from shuangbei.measures import publication
from shuangbei.pages import clues, html, plan

HEADLINES = ("hte-city-2027", "tse-city-2027")
REGIONS = ("X-central", "X-new-urban", "X-clusters")
TIER = "sti_index_tier"
MAP_PAGE, MAP_WIDTH = "book/districts/index", 168
_HATCH = "no-figure"
_CURVE = (148, 46)  # pixels; drawn wider or narrower by the sheet


def answer(link: html.Link) -> str:
    """Return all that the first screen says, in the order of reading."""
    curves = "".join(_headline(plan.assessment(one), link) for one in HEADLINES)
    return (
        f'<div class="answer">{plan.verdict()}{plan.marks(link)}'
        f'<div class="headlines">{curves}</div>'
        f'<div class="places">{regions(link)}{tier_map(link)}</div></div>'
    )


def _headline(found: measures.Assessment, link: html.Link) -> str:
    """One of the two numbers that are to double: latest figure, mark, curve and target."""
    row, latest = found.commitment, found.to_date.latest
    unit = row["unit"]
    # The name says in English what is counted; a phone has no room to say it twice.
    assert latest is not None, "a headline is about a figure"
    value = latest.value / found.factor
    shown = words.signed(words.pick(words.quantity(value, unit), words.number(value)), latest.qualifier)
    goal = words.pick(f"{_due(row)}目标：", f"Target for {_due(row)}: ") + _compact(row)
    target = link(f"notebooks/{row['chapter']}", row["commitment_id"])
    name = load.indicator(row["indicator_id"])["name"]
    return (
        f'<a class="headline" href="{target}"><span class="headline-name">{escape(name)}</span>'
        f'<strong class="headline-value">{escape(shown)}</strong>'
        f'<span class="headline-when">{escape(words.period(latest.period))}'
        f" {plan.badge(found)}</span>{curve(found)}"
        f'<span class="headline-goal">{escape(goal)}</span></a>'
    )


def _due(row) -> str:
    return words.period(row["due"])


def _compact(row) -> str:
    """What is promised, as short as it can be said: ``>12,800``, ``≥9,500``."""
    return {"gt": ">", "ge": "≥"}.get(row["relation"], "") + words.number(float(row["value"]))


def curve(found: measures.Assessment) -> str:
    """
    A small drawing of published figures and the plan's path, without words or numbers.

    What it shows is said beside it, so screen readers pass over it.
    """
    rows = cast("Iterable[load.ObservationRow]", found.series.itertuples())
    points = [(row.t, row.value) for row in rows if row.qualifier not in measures.BOUNDS]
    # Ten years are enough to see the pace; older figures stand in the chapter.
    points = [point for point in points if point[0] >= found.path[0][0] - 5]
    # The dot is the figure that stands beside it; the line joins only what compares.
    history = [point for point in points if found.target.compares(point[0])]
    latest = found.to_date.latest
    newest = (latest.t, latest.value) if latest else points[-1]
    width, height = _CURVE
    first, last = history[0][0], max(found.path[-1][0], newest[0])
    top = max(value for _, value in (*points, newest, *found.path))

    def place(point: tuple[float, float]) -> tuple[str, str]:
        x = 3 + (point[0] - first) / (last - first) * (width - 6)
        return f"{x:.1f}", f"{height - 3 - point[1] / top * (height - 6):.1f}"

    placed = [[place(point) for point in points] for points in (history, found.path)]
    line, path = (" ".join(f"{x} {y}" for x, y in points) for points in placed)
    (x, y), (end_x, end_y) = place(newest), placed[1][-1]
    return (
        f'<svg class="curve" viewBox="0 0 {width} {height}" aria-hidden="true" focusable="false">'
        f'<polyline class="curve-path" points="{path}"/>'
        f'<polyline class="curve-line" points="{line}"/>'
        f'<circle class="curve-goal" cx="{end_x}" cy="{end_y}" r="2.6"/>'
        f'<circle class="curve-now" cx="{x}" cy="{y}" r="3"/></svg>'
    )


def regions(link: html.Link) -> str:
    """The three regions with their two targets for 2027 and the marks of these."""
    names = load.codelist("geographies")["name"]
    rows = [
        [
            escape(names[region]),
            *(_goal(region, indicator, link) for indicator in ("high_tech_enterprises", "tech_enterprises")),
        ]
        for region in REGIONS
    ]
    columns = [
        escape(words.say("region")),
        escape(words.pick("高新技术企业", "High-tech")),
        escape(words.pick("科技型企业", "Tech-based")),
    ]
    due = _due(_commitment(REGIONS[0], "high_tech_enterprises").commitment)
    caption = words.pick(f"三个片区{due}的目标（家）", f"Targets of the regions for {due}, enterprises")
    return html.table(columns, rows, caption, "regions-table")


def _commitment(region: str, indicator: str) -> measures.Assessment:
    register = load.commitments()
    found = register.index[(register["geo_id"] == region) & (register["indicator_id"] == indicator)]
    if found.empty:
        raise load.UnknownCode("commitment", f"{region}/{indicator}", sorted(register.index))
    return plan.assessment(found[0])


def _goal(region: str, indicator: str, link: html.Link) -> str:
    found = _commitment(region, indicator)
    row, mark, doubtful = found.commitment, found.to_date.mark, bool(found.to_date.provisional)
    look = html.verdict_class("to_date", mark, provisional=doubtful)
    word = words.mark_word("to_date", mark, provisional=doubtful)
    target = link(f"notebooks/{row['chapter']}", row["commitment_id"])
    return (
        f'<a class="goal" href="{target}"><span class="{look}">'
        f"{html.shape('to_date', mark)}</span>{escape(_compact(row))}"
        f'<span class="visually-hidden">{words.say("semicolon")}{escape(word)}</span></a>'
    )


@memory.remembered
def _tiers():
    """Units with their tier, class and colour in that language, on pixels of the small map."""
    values = load.at_level(load.observations("districts"), "district")
    values = publication.best_covered(values[values["indicator_id"] == TIER], ("vintage", "period"))
    vintage = values["vintage"].iloc[0]
    frame = measures.with_eliminated(load.on_units(values, vintage))
    grammar = classes.of(TIER, values["value"])
    shapes = form.shapes(vintage, MAP_WIDTH - 2)
    drawn = shapes.merge(legend.classify(frame, grammar), on="geo_id")
    return drawn, legend.legend(frame, grammar), words.period(values["period"].iloc[0])


def tier_map(link: html.Link) -> str:
    """The districts by tier of the innovation index, small; the atlas has it whole."""
    drawn, entries, when = _tiers()
    derived = {legend.DERIVED: words.say("open") + words.clue_label() + words.say("close")}
    counted = words.say("semicolon").join(
        f"{entry.label}{derived.get(entry.look, '')} {entry.n}" for entry in entries.itertuples()
    )
    about = load.indicator(TIER)["name"]
    title = words.pick(f"区县：{about}（{when}）", f"Districts: {about}, {when}")
    title = words.practice_told(title)
    ids = [one for one in dict.fromkeys(drawn["clue_id"]) if one]
    tags = "".join(f"<li>{clues.tag(one, link)}</li>" for one in ids)
    return (
        f'<a class="small-map" href="{link(MAP_PAGE, "")}"><span class="small-map-title">'
        f"{escape(title)}</span>{_map(drawn, counted)}</a>"
        f"{svg.key(entries, _HATCH, 'small-map-key', 12, tags)}"
    )


def _map(drawn, said: str) -> str:
    height = round(drawn.total_bounds[3] + 1)
    units = "".join(
        f'<path fill="{svg.filling(look, row.fill, _HATCH)}" d="{svg.path(row.geometry)}"/>'
        for row, look in zip(drawn.itertuples(), legend.looks(drawn), strict=True)
    )
    return (
        f'<svg viewBox="-1 -1 {MAP_WIDTH} {height + 1}" role="img"'
        f' aria-label="{escape(said, quote=True)}">'
        f"{svg.hatch(_HATCH, 3.2)}{svg.stripes(svg.derived(_HATCH), 5)}"
        f'<g stroke="{layers.BORDER}" stroke-width="0.5">{units}</g></svg>'
    )
