"""Rules about the ledger of actions: dates, areas and numbers of its rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from shuangbei.check.findings import Facts, Finding
from shuangbei.check.observation_rules import in_force, validity
from shuangbei.check.tables import Row, Table, Tables
from shuangbei.periods import span

# The plan was published on this day: what was done before carries nothing of it out.
_PLAN = dt.date(2023, 3, 30)
_AHEAD = "announced"  # of ``stages.csv``: what is told before it happens
_WITH_A_NUMBER = ("unit_zh", "qualifier")


def check_actions(tables: Tables) -> Iterator[Finding]:
    """Yield what actions.csv breaches."""
    for table, row in tables.places("actions"):
        yield from _date(table, row, tables)
        yield from _number(table, row)


def _date(table: Table, row: Row, tables: Tables) -> Iterator[Finding]:
    when = span(row["date"])
    if not when:
        return
    if when[1] < _PLAN:
        facts: Facts = {"plan": str(_PLAN)}
        yield Finding(table.file, row.number, "date", row["date"], "action-before-plan", facts)
        return
    yield from _area(table, row, tables, when[0])
    source = tables.lookup("sources", row["source_id"])
    printed = span(source["published"]) if source else None
    if printed and printed[1] < when[0] and row["stage"] != _AHEAD:
        facts = {"published": source["published"] if source else "", "date": row["date"]}
        yield Finding(table.file, row.number, "source_id", row["source_id"], "action-after-source", facts)


def _area(table: Table, row: Row, tables: Tables, first: dt.date) -> Iterator[Finding]:
    """A unit that was abolished acts no more, and one that is new did nothing before."""
    area = tables.lookup("geographies", row["geo_id"])
    if area and not in_force(area, first.isoformat()[:7]):
        facts: Facts = validity(area) | {"period": row["date"]}
        yield Finding(table.file, row.number, "geo_id", row["geo_id"], "area-validity", facts)


def _number(table: Table, row: Row) -> Iterator[Finding]:
    """A number needs its unit and whether it is a bound; neither stands without a number."""
    for column in _WITH_A_NUMBER:
        if bool(row[column]) != bool(row["value"]):
            facts: Facts = {"other": "value", "other_value": row["value"] or "—"}
            yield Finding(table.file, row.number, column, row[column], "action-number", facts)
            return
