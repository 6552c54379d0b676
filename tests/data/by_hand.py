"""The three marks of each commitment, worked out anew from the prose of book/method.md; asserts nothing.

Read from the page and from the files under data/ only, so that a slip of the program is not repeated here.
"""

from __future__ import annotations

import calendar
import math
import re
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise, product
from typing import NamedTuple

from package import Rows, by, observations, table

from shuangbei import paths

# What the prose states: the lines between the marks, the window, and the dates of the plan.
ON_TRACK, SLIGHTLY, NEAR_MISS = Fraction(95, 100), Fraction(60, 100), Fraction(20, 100)
WINDOW, FEWEST = 5, 4
BASE, FIRST_DATE, END = (12 * year for year in (2022, 2025, 2027))
ORDER = ("met", "on_track", "slightly_behind", "behind", "moving_away")
OUTLOOKS = ("likely", "near_miss", "unlikely", "wrong_direction")
MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1, "irregular": 12}
CAUSES = ("estimate", "preliminary", "date_inferred", "reprint")
A_TRIFLE = Fraction(1, 10**9)


class Figure(NamedTuple):
    """A published number with all that it may stand for, placed at the end of a month."""

    at: int
    low: Fraction | float
    value: Fraction
    high: Fraction | float
    causes: frozenset = frozenset()
    broken: bool = False
    whole_year: bool = True

    @property
    def bound(self) -> bool:
        """Whether one end is open, as of “over” and “nearly”."""
        return math.inf in (self.high, -self.low)


class Marks(NamedTuple):
    """The answers for one commitment, as the register names them."""

    to_date: str
    reason: str | None
    distance: Fraction | None
    neighbour: str | None
    provisional: tuple
    milestone: str
    milestone_reason: str | None
    outlook: str
    outlook_reason: str | None


class Judged(NamedTuple):
    """One mark with what stands beside it."""

    mark: str = "not_assessable"
    reason: str | None = None
    distance: Fraction | None = None
    neighbour: str | None = None
    rests_on: tuple = ()


def place(period: str) -> int:
    """The month at whose end a period ends, counted so that the year Y ends at 12 Y."""
    year, half, quarter, month = re.fullmatch(r"(\d{4})(?:H(\d)|Q(\d)|-(\d\d))?", period).groups()
    months = 6 * int(half or 0) + 3 * int(quarter or 0) + int(month or 0)
    return 12 * (int(year) - 1) + (months or 12)


def figure(row: dict[str, str]) -> Figure:
    """A row of the data with half of its last digit either way, one end open if it is a bound."""
    unit, source = by("units", "unit")[row["unit"]], by("sources", "source_id").get(row["source_id"], {})
    value, factor = Fraction(row["value"]), Fraction(unit["factor"])
    digits = len(row["value"].partition(".")[2])
    counted = unit["whole"] == "yes" and factor == 1 and not digits
    half = Fraction(0) if counted else Fraction(1, 2 * 10**digits)
    low, high = (value - half) * factor, (value + half) * factor
    if row["qualifier"] == "over":
        low, high = value * factor + A_TRIFLE, math.inf
    if row["qualifier"] == "nearly":
        low, high = -math.inf, value * factor - A_TRIFLE
    signs = (row["qualifier"] == "estimate", row.get("status") == "P" and row["qualifier"] != "estimate")
    signs += (row.get("status") == "I", source.get("tier") == "copy")
    causes = frozenset(cause for cause, there in zip(CAUSES, signs, strict=True) if there)
    whole_year = len(row["period"]) == 4
    return Figure(
        place(row["period"]), low, value * factor, high, causes, row.get("status") == "B", whole_year
    )


def series(rows: Rows, indicator: str, geo: str) -> list[Figure]:
    """What was published on an indicator in an area, in the order of the dates."""
    return sorted(figure(row) for row in rows if (row["indicator_id"], row["geo_id"]) == (indicator, geo))


def gaps_to_the_nation(indicator: str, geo: str) -> list[Figure]:
    """The city less the nation, year by year, the rounding of both counted in."""
    nation = {other.at: other for other in series(observations(), indicator, "100000")}
    return [
        Figure(
            *(own.at, own.low - nation[own.at].high, own.value - nation[own.at].value),
            *(own.high - nation[own.at].low, own.causes | nation[own.at].causes),
            own.broken or nation[own.at].broken,
        )
        for own in series(observations(), indicator, geo)
        if own.at in nation
    ]


class Case:
    """One commitment with its figures."""

    def __init__(self, row: dict[str, str]):
        self.row, self.kind, self.relation = row, row["kind"], row["relation"]
        self.key = row["indicator_id"], row["geo_id"]
        self.indicator = by("indicators", "indicator_id")[self.key[0]]
        unit = by("units", "unit")[row["unit"]]
        self.target = Fraction(row["value"] or 0) * Fraction(unit["factor"])
        self.due = {"none": None, "2025": FIRST_DATE}.get(row["due"], END)
        benchmark = self.relation == "gt_benchmark"
        self.all = gaps_to_the_nation(*self.key) if benchmark else series(observations(), *self.key)
        whole_years = self.indicator["in_steps"] == "yes" or self.indicator["basis"] == "period"
        self.like = [each for each in self.all if each.whole_year or not whole_years]

    def meets(self, value: Fraction | float, target: Fraction | None = None) -> bool:
        """More than the target if the plan says so, otherwise the target itself will do."""
        target = self.target if target is None else target
        return value > target if self.relation.startswith("gt") else value >= target

    def sure(self, each: Figure) -> bool | None:
        """Whether a figure meets the target whatever it stands for; None if that is open."""
        ends = {self.meets(each.low), self.meets(each.high)}
        return ends.pop() if len(ends) == 1 else None

    def start(self) -> Figure | None:
        """What the path starts from: zero for what is counted from the start of the plan."""
        if self.kind == "cumulative":
            return Figure(BASE, *[Fraction(0)] * 3)
        return next((each for each in self.like if each.at == BASE), None)

    def milestone(self) -> Fraction | None:
        """What the plan sets for 2025 on the same indicator and area."""
        for row in table("commitments"):
            if (row["indicator_id"], row["geo_id"], row["due"]) == (*self.key, "2025"):
                return Fraction(row["value"]) * Fraction(by("units", "unit")[row["unit"]]["factor"])
        return None

    def path(self, start: Fraction, at: int) -> Fraction:
        """The planned path on a day: straight between its points."""
        middle = [(FIRST_DATE, self.milestone())] if self.milestone() and self.due == END else []
        points = [(BASE, start), *middle, (self.due, self.target)]
        for (left, low), (right, high) in pairwise(points):
            if at <= right:
                return low + (high - low) * Fraction(at - left, right - left)
        return self.target

    def reached(self) -> bool:
        """Whether the latest figure meets the target and still counts."""
        if not self.all or not self.sure(self.all[-1]):
            return False
        stays = self.kind == "cumulative" or passed(self.due)
        return stays or not self.too_old(self.all[-1])

    def covered(self, each: Figure) -> Fraction | None:
        """The progress ratio of a figure that compares with the path."""
        start = self.start()
        if start is None or each not in self.like:
            return None
        way = self.path(start.value, each.at) - start.value
        return (each.value - start.value) / way if way else None

    def too_old(self, each: Figure) -> bool:
        """Whether two cycles and one usual wait after a figure were over at the cut-off."""
        month = each.at + 2 * MONTHS[self.indicator["cycle"]]
        year, month = (month - 1) // 12 + 1, (month - 1) % 12 + 1
        day = date(year, month, calendar.monthrange(year, month)[1])
        return day + timedelta(days=int(self.indicator["expected_lag_days"] or 0)) <= cut_off()


def cut_off() -> date:
    """The day up to which the data were gathered."""
    text = (paths.data_dir() / "edition.yaml").read_text(encoding="utf-8")
    return date.fromisoformat(re.search(r"^cut_off: (\S+)", text, re.M)[1])


def passed(at: int) -> bool:
    """Whether a year is over at the cut-off, which counts as over itself."""
    return date(at // 12, 12, 31) <= cut_off()


def missing(case: Case, from_the_start: bool) -> str | None:
    """The first reason of the list for which nothing need be worked out; only the path needs a start."""
    latest, like = case.all and case.all[-1], [each for each in case.like if each.at > BASE]
    if case.due is None:
        return "no_due_date"
    if not latest:
        return "no_observation"
    if from_the_start and case.start() is None:
        return "no_baseline"
    if latest.at <= BASE:
        return "no_new_observation"
    if case.too_old(latest):
        return "out_of_date"
    return "in_year_only" if not like or case.too_old(like[-1]) else None


def grade(case: Case, start: Fraction, latest: Fraction | float, at: int) -> str:
    """The mark of one pair of numbers."""
    if case.meets(latest):
        return "met"
    way = case.path(start, at) - start
    if not way:
        return "on_track" if latest >= start else "moving_away"
    done = (latest - start) / way
    lines = ((ON_TRACK, "on_track"), (SLIGHTLY, "slightly_behind"), (0, "behind"))
    return next((mark for line, mark in lines if done >= line), "moving_away")


def between_the_ends(marks: set, order: tuple, printed: str, figures: tuple) -> Judged:
    """One mark, or two neighbours, or none if what the rounding allows lies further apart."""
    places = sorted(order.index(mark) for mark in marks)
    if places[-1] - places[0] > 1:
        return Judged(reason="bound" if any(each.bound for each in figures) else "too_coarse")
    other = next((mark for mark in marks if mark != printed), None)
    return Judged(printed, neighbour=other, rests_on=figures)


def on_the_way(case: Case) -> Judged:
    """The first mark of what has a path: how much of the way due by now is covered."""
    if case.due and case.reached():
        latest = case.all[-1]
        return Judged("met", distance=case.covered(latest), rests_on=(latest,))
    if reason := missing(case, from_the_start=True):
        return Judged(reason=reason)
    start, latest = case.start(), case.like[-1]
    ends = product((start.low, start.high), (latest.low, latest.high))
    marks = {grade(case, first, last, latest.at) for first, last in ends}
    printed = grade(case, start.value, latest.value, latest.at)
    judged = between_the_ends(marks | {printed}, ORDER, printed, (start, latest))
    if judged.reason:
        return judged
    if any(each.broken for each in case.like if each.at > BASE):
        return Judged(reason="series_break")
    return judged._replace(distance=case.covered(latest))


def past_its_date(case: Case) -> Judged:
    """The first mark once the date is over: it was met then, or later, or missed."""
    if not case.all:
        return Judged(reason="no_observation")
    then = next((each for each in case.like if each.at == case.due), None)
    decided = case.sure(then) if then else None
    stays = case.kind in ("stock", "cumulative")
    before = [each for each in case.all if each.at < case.due and case.sure(each) and stays]
    after = [each for each in case.all if each.at > case.due and case.sure(each)]
    if decided or (not then and before):
        return _told(case, "met", then or before[0])
    if after:
        return _told(case, "met_late", after[0])
    return Judged(reason="no_due_observation") if decided is None else _told(case, "missed", then)


def _told(case: Case, mark: str, each: Figure) -> Judged:
    return Judged(mark, distance=case.covered(each), rests_on=(each,))


def year_by_year(case: Case) -> Judged:
    """The first mark of what is to be met every year: the years with a figure that met it."""
    years = [each for each in case.like if each.at > BASE]
    known = [case.sure(each) for each in years]
    if False not in known:
        if reason := unsettled(case, years, known):
            return Judged(reason=reason)
        mark = "met" if len(years) == (END - BASE) // 12 else "on_track"
        return Judged(mark, distance=Fraction(1), rests_on=tuple(years))
    done = Fraction(known.count(True), len(known))
    mark = "slightly_behind" if done >= SLIGHTLY else "behind"
    return Judged("on_track" if done >= ON_TRACK else mark, distance=done, rests_on=tuple(years))


def unsettled(case: Case, years: list[Figure], known: list[bool | None]) -> str | None:
    """Why years that were all met, as far as they are known, do not settle it yet."""
    if not case.all:
        return "no_observation"
    if case.too_old(case.all[-1]):
        return "out_of_date"
    if None in known:
        return "bound" if any(each.bound for each in years) else "too_coarse"
    lag = timedelta(days=int(case.indicator["expected_lag_days"] or 0))
    ends = range(BASE + 12, END + 12, 12)
    out = [at for at in ends if date(at // 12, 12, 31) + lag <= cut_off()]
    if {each.at for each in years} >= set(out):
        return None
    return "years_missing" if years else "no_new_observation"


def at_the_first_date(case: Case) -> Judged:
    """The second mark, by what was published first."""
    target = case.milestone()
    if target is None:
        return Judged("none")
    if not passed(FIRST_DATE):
        return Judged("not_due")
    first = {each.at: each for each in series(table("first_values"), *case.key)}
    seen = [first.get(each.at, each) for each in case.all if each.at <= FIRST_DATE]
    for each in seen:
        if each.at == FIRST_DATE and each.whole_year:
            return Judged("met" if case.meets(each.low, target) else "missed")
    if any(case.meets(each.low, target) for each in seen):
        return Judged("met")
    return Judged(reason="no_milestone_observation")


def carry_on(case: Case, first: tuple, last: tuple) -> str:
    """The third mark of one pair of numbers, each given with its month."""
    pace = (last[1] - first[1]) / (last[0] - first[0])
    there = last[1] + pace * (case.due - last[0])
    there = min(max(there, 0), 100) if case.kind == "share" else there
    if pace < 0:
        return "wrong_direction"
    if case.meets(there):
        return "likely"
    return "near_miss" if (case.target - there) / (case.target - last[1]) <= NEAR_MISS else "unlikely"


def at_this_pace(case: Case) -> Judged:
    """The third mark: whether the pace of recent years is enough."""
    if case.due and case.all:
        if passed(case.due):
            in_time = past_its_date(case).mark == "met"
            return Judged("reached") if in_time else Judged(reason="date_passed")
        if case.reached():
            return Judged("reached")
    if reason := missing(case, from_the_start=False):
        return Judged(reason=reason)
    return Judged(reason="bound") if case.like[-1].bound else projected(case)


def projected(case: Case) -> Judged:
    """The third mark by the first and the last figure of the window, none from before a break."""
    latest = case.like[-1]
    since = max([latest.at - 12 * WINDOW, *(each.at for each in case.like if each.broken)])
    used = [each for each in case.like if each.at >= since and not each.bound]
    if len(used) < FEWEST:
        return Judged(reason="too_few_observations")
    ends = product((used[0].low, used[0].high), (latest.low, latest.high))
    marks = {carry_on(case, (used[0].at, low), (latest.at, high)) for low, high in ends}
    printed = carry_on(case, (used[0].at, used[0].value), (latest.at, latest.value))
    return between_the_ends(marks | {printed}, OUTLOOKS, printed, (used[0], latest))


def yearly_outlook(case: Case, judged: Judged) -> Judged:
    """The third mark of what is to be met every year: one year short of it and it falls short."""
    if judged.mark == "met":
        return Judged("reached")
    if judged.distance is not None and judged.distance < 1:
        return Judged("unlikely")
    if judged.reason in (None, "years_missing", "no_new_observation"):
        return projected(case)
    return Judged(reason=judged.reason)


def work_out(commitment: str) -> Marks:
    """All marks of one commitment."""
    case = Case(by("commitments", "commitment_id")[commitment])
    if case.row["due"] == "each_year":
        judged = year_by_year(case)
        outlook = yearly_outlook(case, judged)
    else:
        over = case.due is not None and passed(case.due)
        judged = past_its_date(case) if over else on_the_way(case)
        outlook = at_this_pace(case)
    causes = {cause for each in judged.rests_on for cause in each.causes}
    milestone = at_the_first_date(case)
    return Marks(
        *judged[:4],
        tuple(cause for cause in CAUSES if cause in causes),
        *milestone[:2],
        *outlook[:2],
    )
