"""Rules that hold commitments, tasks, offices, milestones and the data log together."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal

from shuangbei.check.cell_rules import is_number
from shuangbei.check.findings import Facts, Finding
from shuangbei.check.observation_rules import base_value, check_amount, named
from shuangbei.check.tables import Row, Table, Tables
from shuangbei.periods import span

# Gaps that speak of another scope or of an estimate: a figure of the year may well be held.
_PARTLY = ("definition_differs", "sub_indicator_only", "estimate_only")
_NO_VALUE = ("必须留空（目标是全国同年的数值）", "has no value: the nation’s figure is the target")
_A_VALUE = ("不能为空", "needs a value")
_MILESTONES = ("2025",)
# The plan starts from the end of 2022; what stands before can reach nothing.
_BASELINE = dt.date(2022, 12, 31)
# As the verdicts read them: about and estimate at their value, but "nearly" passes nothing.
_PASSING = ("exact", "over", "about", "estimate")


def check_plan(tables: Tables) -> Iterator[Finding]:
    """Yield what the register, the units of indicators and the tasks breach."""
    for register, row in tables.places("commitments"):
        yield from check_amount(register, row, tables)
        yield from _base_unit(register, row, tables)
        yield from _commitment_value(register, row)
        yield from _commitment_task(register, row, tables)
    for indicators, row in tables.places("indicators"):
        yield from _base_unit(indicators, row, tables)
    yield from _task_leads(tables)
    yield from _gaps(tables)
    yield from _gaps_due(tables)


def _gaps_due(tables: Tables) -> Iterator[Finding]:
    """Of each gap readers are told when it is due: as announced, or by the lag of its indicator."""
    for row in tables.rows("gaps"):
        indicator = tables.lookup("indicators", row["indicator_id"])
        if indicator and not row["expected"] and not indicator["expected_lag_days"]:
            facts: Facts = {"indicator": row["indicator_id"]}
            yield Finding("gaps.csv", row.number, "expected", "", "gap-when", facts)


def check_nearest(tables: Tables, damaged: set[tuple[str, int | None]]) -> Iterator[Finding]:
    """
    Yield the rows of nearest.csv that lead to no figure, or to the commitment's own.

    Parameters
    ----------
    tables : Tables
    damaged : set of (file, line)
        Places that earlier rules named: in a damaged topic a figure may seem to be missing.
    """
    broken = {file for file, _ in damaged}
    for row in tables.rows("nearest"):
        place = ("nearest.csv", row.number, "indicator_id", row["indicator_id"])
        own = tables.lookup("commitments", row["commitment_id"])
        series = (row["indicator_id"], row["geo_id"])
        if own and series == (own["indicator_id"], own["geo_id"]):
            yield Finding(*place, "nearest-own")
        elif _topic_of(row, tables) - broken and not any(_observed(series, tables)):
            yield Finding(*place, "nearest-silent")


def _topic_of(row: Row, tables: Tables) -> set[str]:
    """The file that holds the figures of a row, if it could be read."""
    indicator = tables.lookup("indicators", row["indicator_id"])
    wanted = f"observations/{indicator['topic']}.csv" if indicator else ""
    return {table.file for table in tables.observations if table.file == wanted}


def _gaps(tables: Tables) -> Iterator[Finding]:
    """A year that was not found must not stand among the observations as well."""
    held = {
        (row["indicator_id"], row["geo_id"], row["period"])
        for table in tables.observations
        for row in table.rows
    }
    for row in tables.rows("gaps"):
        years = [int(year) for year in re.findall(r"[0-9]{4}", row["periods"])]
        if not years or row["reason"] in _PARTLY:
            continue
        for year in range(years[0], years[-1] + 1):
            if (row["indicator_id"], row["geo_id"], str(year)) in held:
                yield Finding(
                    "gaps.csv", row.number, "periods", row["periods"], "gap-filled", {"year": str(year)}
                )
                break


def _commitment_value(table: Table, row: Row) -> Iterator[Finding]:
    moving = row["relation"] == "gt_benchmark"
    if moving != (not row["value"]):
        facts: Facts = {"relation": row["relation"], "wanted": _NO_VALUE if moving else _A_VALUE}
        yield Finding(table.file, row.number, "value", row["value"], "commitment-value", facts)


def _commitment_task(table: Table, row: Row, tables: Tables) -> Iterator[Finding]:
    if not tables.has("task_commitments"):
        return
    code = row["commitment_id"]
    if code not in {link["commitment_id"] for link in tables.rows("task_commitments")}:
        yield Finding(table.file, row.number, "commitment_id", code, "commitment-task")


def _task_leads(tables: Tables) -> Iterator[Finding]:
    if not tables.has("tasks", "task_agencies"):
        return
    led = {row["task_id"] for row in tables.rows("task_agencies") if row["role"] == "lead"}
    for row in tables.rows("tasks"):
        if row["task_id"] not in led:
            yield Finding("tasks.csv", row.number, "task_id", row["task_id"], "task-lead")


def _base_unit(table: Table, row: Row, tables: Tables) -> Iterator[Finding]:
    """Charts and tables print sizes in the base unit under the name of this unit."""
    unit = tables.lookup("units", row["unit"])
    if not unit or not is_number(unit["factor"]) or Decimal(unit["factor"]) == 1:
        return
    fitting = [
        item
        for item in tables.rows("units")
        if item["quantity"] == unit["quantity"] and item["factor"] == "1"
    ]
    facts: Facts = {"near": named(fitting), "factor": unit["factor"]}
    yield Finding(table.file, row.number, "unit", row["unit"], "base-unit", facts)


def check_milestones(tables: Tables, damaged: set[tuple[str, int | None]]) -> Iterator[Finding]:
    """
    Yield the observations that decide a milestone without a row in first_values.csv.

    Parameters
    ----------
    tables : Tables
    damaged : set of (file, line)
        Lines that earlier rules named: a wrong number decides nothing.
    """
    for row in tables.rows("commitments"):
        for finding in _milestone(row, tables):
            if finding.cell[:2] not in damaged:
                yield finding


def _milestone(row: Row, tables: Tables) -> Iterator[Finding]:
    """Each figure that decides a milestone needs the value at which its verdict is frozen."""
    if row["due"] not in _MILESTONES or not tables.has("first_values"):
        return
    series = (row["indicator_id"], row["geo_id"])
    frozen = {
        item["period"]
        for item in tables.rows("first_values")
        if (item["indicator_id"], item["geo_id"]) == series
    }
    for table, item in _observed(series, tables):
        if item["period"] not in frozen and _decides(item, row, tables):
            facts = {"commitment": row["commitment_id"], "series": ", ".join(series)}
            place = (table.file, item.number, "period", item["period"])
            yield Finding(*place, "first-value", facts)


def _observed(series: tuple[str, str], tables: Tables) -> Iterator[tuple[Table, Row]]:
    for table in tables.observations:
        for row in table.rows:
            if (row["indicator_id"], row["geo_id"]) == series:
                yield table, row


def _decides(item: Row, commitment: Row, tables: Tables) -> bool:
    """True for a figure of the due date, and for an earlier one that is already past the target."""
    due, when = span(commitment["due"]), span(item["period"])
    if not when or not due or not _BASELINE < when[1] <= due[1]:
        return False
    return when[1] == due[1] or _passes(item, commitment, tables)


def _passes(item: Row, commitment: Row, tables: Tables) -> bool:
    value, target = base_value(item, tables), base_value(commitment, tables)
    if value is None or target is None or item["qualifier"] not in _PASSING:
        return False
    # "Over 67,000" is more than 67,000.
    reaching = commitment["relation"] != "gt" or item["qualifier"] == "over"
    return value > target or (reaching and value == target)
