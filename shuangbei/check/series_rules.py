"""Rules that compare an observation with others of its indicator, in time, place and file."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from shuangbei.check.findings import Facts, Finding
from shuangbei.check.observation_rules import BELOW_CITY, GROWTH, base_value
from shuangbei.check.tables import Row, Table, Tables
from shuangbei.periods import Span, span

Place = tuple[str, int | None]
Series = dict[tuple[str, str], list["Figure"]]

_CITY = "500000"
_TIMES, _POINTS, _STEEP = 3, 15, 50
_SHARES = ("percent", "percentage_point")
_ADDITIVE = ("enterprises", "items", "platforms", "products", "patents", "money", "area")
_ORDINAL = ("rank", "tier")
_SIZED = ("exact", "about", "estimate")
# What a bound can still show: a part beyond its lower bound, a whole below its upper one.
_PARTS, _WHOLES = (*_SIZED, "over"), (*_SIZED, "nearly")


@dataclass(frozen=True)
class Figure:
    """
    One observation as a size that can be compared.

    Parameters
    ----------
    table, row : Table, Row
        Where it stands.
    when : Span
        First and last day of its period.
    size : decimal.Decimal
        In the base unit of its quantity, per month where it is a flow.
    months : int
        Months that a flow covers; 1 for a stock or a ratio.
    unit : Row
        Its row of units.csv.
    """

    table: Table
    row: Row
    when: Span
    size: Decimal
    months: int
    unit: Row

    @property
    def place(self) -> Place:
        """File and line."""
        return self.table.file, self.row.number

    @property
    def shown(self) -> tuple[str, str]:
        """Number and unit as printed, in both languages."""
        value = self.row["value"]
        return f"{value}（{self.unit['name_zh']}）", f"{value} ({self.unit['name_en']})"


def check_series(tables: Tables, damaged: set[Place]) -> Iterator[Finding]:
    """
    Yield what the observations breach as series.

    Parameters
    ----------
    tables : Tables
    damaged : set of (file, line)
        Lines that earlier rules named; nothing is compared with them.
    """
    series = _series(tables)
    sound = _without(series, damaged)
    yield from _same_end(sound)
    yield from _growth(sound)
    jumps = list(_jumps(series, damaged))
    yield from jumps
    # A wrong number of the city would make those of all districts look too large.
    yield from _above_city(_without(sound, {item.cell[:2] for item in jumps}), tables)
    for table in tables.observations:
        yield from _order(table, damaged)


def _series(tables: Tables) -> Series:
    series: Series = {}
    for table in tables.observations:
        for row in table.rows:
            figure = _figure(table, row, tables)
            if figure:
                series.setdefault((row["indicator_id"], row["geo_id"]), []).append(figure)
    return {key: sorted(found, key=lambda item: item.when[1]) for key, found in series.items()}


def _without(series: Series, places: set[Place]) -> Series:
    return {key: [item for item in figures if item.place not in places] for key, figures in series.items()}


def _figure(table: Table, row: Row, tables: Tables) -> Figure | None:
    indicator = tables.lookup("indicators", row["indicator_id"])
    unit = tables.lookup("units", row["unit"])
    when, size = span(row["period"]), base_value(row, tables)
    if not indicator or not unit or not when or size is None:
        return None
    flow = unit["quantity"] in _ADDITIVE
    months = _months(when, indicator["basis"]) if flow else 1
    return Figure(table, row, when, size / months, months, unit)


def _months(when: Span, basis: str) -> int:
    first = {"period": when[0].month, "ytd": 1}.get(basis, when[1].month)
    return when[1].month - first + 1


def _same_end(series: Series) -> Iterator[Finding]:
    for figures in series.values():
        for one, other in itertools.pairwise(figures):
            if one.when[1] == other.when[1] and one.row["period"] != other.row["period"]:
                facts: Facts = {"other": one.row["period"], "other_file": one.table.file}
                facts |= {"other_row": str(one.row.number)}
                period = other.row["period"]
                yield Finding(*other.place, "period", period, "same-end", facts)


def _growth(series: Series) -> Iterator[Finding]:
    for (indicator, _), figures in series.items():
        for figure in figures if GROWTH in indicator else ():
            row = figure.row
            if abs(figure.size) > _STEEP and not (row["note_zh"] or row["note_en"]):
                yield Finding(*figure.place, "value", row["value"], "growth-note")


def _jumps(series: Series, damaged: set[Place]) -> Iterator[Finding]:
    for (indicator, _), figures in series.items():
        # How steep a growth rate may be without a word is the matter of growth-note.
        if GROWTH not in indicator:
            sized = [item for item in figures if item.row["qualifier"] in _SIZED]
            yield from _jumps_of(sized, damaged)


def _jumps_of(figures: list[Figure], damaged: set[Place]) -> Iterator[Finding]:
    """
    Judge each figure by the one before it.

    One wrong number makes two steps, there and back: after a finding a figure may also go on
    from the last figure before the step.
    """
    before: list[Figure] = []
    for figure in figures:
        if figure.place in damaged:
            before = []
            continue
        wrong = bool(before) and all(_is_jump(other, figure) for other in before)
        if wrong and not _quotes(figure.row, before[0].row["value"]):
            yield _jump(before[0], figure)
            before = [figure, before[-1]]
        else:
            before = [figure]


def _is_jump(before: Figure, figure: Figure) -> bool:
    if before.when[1] == figure.when[1] or figure.unit["quantity"] in _ORDINAL:
        return False
    if figure.unit["quantity"] in _SHARES:
        return abs(figure.size - before.size) > _POINTS
    if before.size <= 0:
        return False
    return not before.size <= _TIMES * figure.size <= _TIMES * _TIMES * before.size


def _quotes(row: Row, number: str) -> bool:
    """True if both notes name ``number``, so that they are about the step from it."""
    wanted = re.compile(rf"(?<![\d.]){re.escape(number)}(?!\d|\.\d)", re.ASCII)
    notes = (row["note_zh"], row["note_en"])
    return all(wanted.search(re.sub(r"(?<=\d),(?=\d{3})", "", note)) for note in notes)


def _jump(before: Figure, figure: Figure) -> Finding:
    unit = (figure.unit["name_zh"], figure.unit["name_en"])
    facts: Facts = {"unit": unit, "other": before.shown}
    facts |= {"other_value": before.row["value"], "other_period": before.row["period"]}
    facts["change"] = _change(before, figure)
    return Finding(*figure.place, "value", figure.row["value"], "jump", facts)


def _change(before: Figure, figure: Figure) -> tuple[str, str]:
    if figure.unit["quantity"] in _SHARES:
        points = f"{abs(figure.size - before.size):f}"
        return f"相差 {points} 个百分点", f"{points} points apart"
    zh, en = _times(figure.size / before.size)
    if figure.months == before.months:
        return f"是它的 {zh}", f"{en} as much"
    return f"按月平均是它的 {zh}", f"{en} as much per month"


def _times(ratio: Decimal) -> tuple[str, str]:
    """A ratio as people say it: 3.1 times, 12,918 times, 1/24."""
    if 0 < ratio < 1:
        return f"1/{1 / ratio:,.0f}", f"1/{1 / ratio:,.0f}"
    number = f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}"
    return f"{number} 倍", f"{number} times"


def _above_city(series: Series, tables: Tables) -> Iterator[Finding]:
    for (indicator, geo_id), figures in series.items():
        area = tables.lookup("geographies", geo_id)
        if not area or area["level"] not in BELOW_CITY:
            continue
        for figure in figures:
            nearest = _nearest(figure, series.get((indicator, _CITY), []))
            if nearest and _is_larger(figure, nearest):
                facts: Facts = {"area": (area["name_zh"], area["name_en"])}
                facts |= {"other": nearest.shown, "other_period": nearest.row["period"]}
                facts["shown"] = figure.shown
                value = figure.row["value"]
                yield Finding(*figure.place, "value", value, "above-city", facts)


def _nearest(figure: Figure, city: list[Figure]) -> Figure | None:
    """The city's figure nearest in time, the larger of two; a flow needs one as long."""
    alike = [item for item in city if item.months == figure.months and item.row["qualifier"] in _WHOLES]
    return min(
        alike,
        key=lambda item: (abs(item.when[1] - figure.when[1]), -item.size),
        default=None,
    )


def _is_larger(part: Figure, whole: Figure) -> bool:
    additive = part.unit["quantity"] in _ADDITIVE and part.row["qualifier"] in _PARTS
    return additive and part.size > whole.size


def _order(table: Table, damaged: set[Place]) -> Iterator[Finding]:
    """The first line that stands in the wrong place; sorting once mends them all."""
    columns = table.spec.key
    rows = [row for row in table.rows if (table.file, row.number) not in damaged]
    keys = [tuple(row[column] for column in columns) for row in rows]
    for n in range(1, len(rows)):
        if keys[n] >= keys[n - 1]:
            continue
        # Either this line came too late or the one above it too early.
        early = n < 2 or keys[n - 2] <= keys[n]
        wrong, other = (n - 1, n) if early else (n, n - 1)
        side = ("之后", "after") if early else ("之前", "before")
        facts: Facts = {"side": side, "other_row": str(rows[other].number)}
        place = (table.file, rows[wrong].number, ", ".join(columns), ", ".join(keys[wrong]))
        yield Finding(*place, "sorted", facts)
        return
