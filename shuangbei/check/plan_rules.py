"""Rules that hold commitments, tasks, offices, milestones and the data log together."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from shuangbei.check.cells import is_number
from shuangbei.check.observation_rules import check_amount
from shuangbei.check.periods import span
from shuangbei.check.problem import Finding
from shuangbei.check.tables import Row, Table, Tables

_NO_VALUE = ("必须留空（目标是全国同年的数值）", "has no value: the nation’s figure is the target")
_A_VALUE = ("不能为空", "needs a value")
_LOWER_BOUNDS = ("exact", "over")


def check_plan(tables: Tables) -> Iterator[Finding]:
    """Yield what the register, the tasks and first_values.csv breach."""
    register = tables.table("commitments")
    for row in tables.rows("commitments"):
        yield from check_amount(register, row, tables)
        yield from _commitment_value(register, row)
        yield from _commitment_task(register, row, tables)
        yield from _milestone(row, tables)
    yield from _task_leads(tables)


def _commitment_value(table: Table, row: Row) -> Iterator[Finding]:
    moving = row["relation"] == "gt_benchmark"
    if moving != (not row["value"]):
        facts = {"relation": row["relation"], "wanted": _NO_VALUE if moving else _A_VALUE}
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


def _milestone(row: Row, tables: Tables) -> Iterator[Finding]:
    """A milestone that the data decide needs the value at which its verdict is frozen."""
    if row["due"] != "2025" or not tables.has("first_values"):
        return
    series = (row["indicator_id"], row["geo_id"])
    frozen = {(item["indicator_id"], item["geo_id"]) for item in tables.rows("first_values")}
    if series in frozen:
        return
    deciding = [item["period"] for item in _series(series, tables) if _decides(item, row, tables)]
    if deciding:
        key, value = "indicator_id, geo_id, period", ", ".join((*series, row["due"]))
        facts = {"commitment": row["commitment_id"], "period": max(deciding)}
        yield Finding("first_values.csv", None, key, value, "milestone-first-value", facts)


def _series(series: tuple[str, str], tables: Tables) -> Iterator[Row]:
    for table in tables.observations:
        for row in table.rows:
            if (row["indicator_id"], row["geo_id"]) == series:
                yield row


def _decides(item: Row, commitment: Row, tables: Tables) -> bool:
    """True for a figure of the due date, and for an earlier one that is already past the target."""
    due, when = span(commitment["due"]), span(item["period"])
    if not when or not due or when[1] > due[1]:
        return False
    value, target = _base(item, tables), _base(commitment, tables)
    reached = value is not None and target is not None and value > target
    return when[1] == due[1] or (reached and item["qualifier"] in _LOWER_BOUNDS)


def _base(row: Row, tables: Tables) -> Decimal | None:
    unit = tables.lookup("units", row["unit"])
    if not unit or not is_number(row["value"]) or not is_number(unit["factor"]):
        return None
    return Decimal(row["value"]) * Decimal(unit["factor"])
