"""Rules of the table schemas (types, patterns, keys), judged by Frictionless, in our terms."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import frictionless
from frictionless import Resource, Schema

from shuangbei import startup
from shuangbei.check.cell_rules import same_code
from shuangbei.check.contract import OBSERVATIONS, Spec
from shuangbei.check.findings import Facts, Finding
from shuangbei.check.tables import Row, Table, Tables

Place = tuple[Table, Row]

_PATTERN_RULES = {
    "period": "period-impossible",
    "date": "date-impossible",
    "published": "date-impossible",
    "accessed": "date-impossible",
    "valid_from": "date-impossible",
    "valid_to": "date-impossible",
    "url": "url-form",
}
_TYPES = {
    "integer": ("整数", "a whole number"),
    "number": ("数字", "a number"),
    "boolean": (" true 或 false", "true or false"),
}
_BOUNDS = {"minimum": ("不小于 {}", "at least {}"), "maximum": ("不大于 {}", "at most {}")}
# Resources that are judged stand beside those that are only looked up in.
_JUDGED = "judged/"
_NOTED_CONSTRAINT = re.compile(r'constraint "(\w+)"')


def check_schemas(tables: Tables) -> list[Finding]:
    """
    Validate every readable file against its schema.

    All files of observations/ are judged as one table, so that a key may not return in
    another file. A foreign key to a file that could not be read is left out.
    """
    groups: dict[str, list[Place]] = {}
    for table in tables:
        places = groups.setdefault(_group(table.spec), [])
        places.extend((table, row) for row in table.rows)
    with startup.without_iri_grammar():
        return [one for name, places in groups.items() if places for one in _judged(name, places, tables)]


def _judged(name: str, places: list[Place], tables: Tables) -> list[Finding]:
    """What is wrong with the rows of one resource; rests on them, and on the keys that they lead to."""
    lookups = _lookups({place[0].spec.name: place[0].spec for place in places}.values(), tables)
    package = frictionless.Package(resources=[*lookups, _resource(_JUDGED + name, places, tables)])
    return list(_judge(package.get_resource(_JUDGED + name), places, tables))


def _group(spec: Spec) -> str:
    return "observations" if spec.name.startswith(OBSERVATIONS) else spec.name


def _targets(spec: Spec, tables: Tables) -> dict[str, tuple[str, str]]:
    """Foreign keys whose target could be read: column -> (resource, column)."""
    return {column: (name, key) for column, (name, key) in spec.foreign_keys.items() if tables.rows(name)}


def _lookups(specs: Iterable[Spec], tables: Tables) -> list[Resource]:
    """
    The key columns that foreign keys point to, each as a resource of one column.

    Frictionless copies the target with its schema for every foreign key; whole files would
    take four times as long.
    """
    targets = {target for spec in specs for target in _targets(spec, tables).values()}
    return [
        Resource(
            name=name,
            data=[[key], *([row[key]] for row in tables.rows(name))],
            schema=Schema.from_descriptor({"fields": [{"name": key, "type": "string"}]}),
        )
        for name, key in sorted(targets)
    ]


def _resource(name: str, places: list[Place], tables: Tables) -> Resource:
    spec = places[0][0].spec
    keys = [
        {"fields": [column], "reference": {"resource": target, "fields": [key]}}
        for column, (target, key) in _targets(spec, tables).items()
    ]
    schema = Schema.from_descriptor({**spec.schema, "foreignKeys": keys})
    lines = [[row[column] for column in spec.columns] for _, row in places]
    return Resource(name=name, data=[spec.columns, *lines], schema=schema)


def _judge(resource: Any, places: list[Place], tables: Tables) -> Iterator[Finding]:
    with resource:
        for row in resource.row_stream:
            for error in row.errors:
                finding = _finding(error, places, tables)
                if finding:
                    yield finding


def _finding(error: Any, places: list[Place], tables: Tables) -> Finding | None:
    # Line 1 of a resource is its header, so that its first row is line 2.
    place = places[error.row_number - 2]
    if error.type == "foreign-key":
        return _unknown_code(error, place, tables)
    if error.type == "primary-key":
        return _repeated_key(error, place, places)
    table, row = place
    column, value = error.field_name, row[error.field_name]
    if error.type == "unique-error":
        facts: Facts = {"other_row": str(places[_noted_row(error) - 2][1].number)}
        return Finding(table.file, row.number, column, value, "duplicate-value", facts)
    if error.type == "type-error":
        facts = {"wanted": _TYPES[table.spec.field(column)["type"]]}
        return Finding(table.file, row.number, column, value, "type", facts)
    return _constraint(error, place)


def _noted_row(error: Any) -> int:
    return int(error.note.rsplit(" ", 1)[1])


def _constraint(error: Any, place: Place) -> Finding:
    table, row = place
    column, value = error.field_name, row[error.field_name]
    name = _NOTED_CONSTRAINT.findall(error.note)[0]
    wanted = table.spec.field(column)["constraints"][name]
    if name == "required":
        return Finding(table.file, row.number, column, value, "required")
    if name == "enum":
        near = _nearest(value, tuple(str(code) for code in wanted), 12)
        return Finding(table.file, row.number, column, value, "enum", {"near": near})
    if name == "pattern":
        rule = _PATTERN_RULES.get(column, "pattern")
        facts: Facts = {"example": _example(table, column, str(wanted))}
        return Finding(table.file, row.number, column, value, rule, facts)
    zh, en = _BOUNDS[name]
    facts = {"wanted": (zh.format(wanted), en.format(wanted))}
    return Finding(table.file, row.number, column, value, "range", facts)


def _example(table: Table, column: str, pattern: str) -> str:
    values = [row[column] for row in table.rows]
    return next((value for value in values if re.fullmatch(pattern, value)), pattern)


def _repeated_key(error: Any, place: Place, places: list[Place]) -> Finding | None:
    if error.note.endswith('"None"'):
        return None  # an empty key breaks "required" too, which says it better
    table, row = place
    other_table, other = places[_noted_row(error) - 2]
    columns = table.spec.key
    value = ", ".join(row[column] for column in columns)
    facts = {"other_row": str(other.number), "other_file": other_table.file}
    if other_table is table:
        return Finding(table.file, row.number, ", ".join(columns), value, "duplicate-key", facts)
    facts["other_value"] = other["value"]
    return Finding(table.file, row.number, ", ".join(columns), value, "second-value", facts)


def _unknown_code(error: Any, place: Place, tables: Tables) -> Finding | None:
    table, row = place
    column = error.field_names[0]
    value = row[column]
    name, key = table.spec.foreign_keys[column]
    target = tables.by_name[name]
    codes = tuple(other[key] for other in target.rows)
    # A code that was mistyped where it is defined is reported there, once.
    if _is_mistyped(value, codes):
        return None
    facts = {"target": target.file, "key": key, "near": _nearest(value, codes, 5)}
    return Finding(table.file, row.number, column, value, "unknown-code", facts)


# One missing code may stand in thousands of rows, and to compare it with all others is slow.
@cache
def _is_mistyped(value: str, codes: tuple[str, ...]) -> bool:
    return any(same_code(value, code) for code in codes)


@cache
def _nearest(value: str, codes: tuple[str, ...], most: int) -> str:
    """The codes most like ``value``; the first few where none is like it."""
    near = difflib.get_close_matches(value, codes, most, 0.5)
    chosen = near or codes[:most]
    return ", ".join(chosen) + (", …" if not near and len(codes) > most else "")
