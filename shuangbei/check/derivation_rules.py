"""Rules about derivations.yaml: its shape, the codes and observations it names, formulas, sizes of classes."""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from shuangbei import intervals
from shuangbei.check.contract import DERIVATIONS, DERIVATIONS_SCHEMA, broken_yaml, load_yaml, yaml_lines
from shuangbei.check.findings import Facts, Finding
from shuangbei.check.tables import Row, Tables

_OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.USub)
_ALLOWED = (ast.Expression, ast.BinOp, ast.UnaryOp, ast.Name, ast.Load, ast.Constant, *_OPERATORS)
_FORMULAS = (intervals.EQUAL, intervals.AT_LEAST, intervals.AT_MOST)
_KEY = ("indicator", "geo_id", "period")
# Column of an entry -> the table and the column that its code comes from.
_CODES = {
    "commitment": ("commitments", "commitment_id"),
    "indicator": ("indicators", "indicator_id"),
    "geo_id": ("geographies", "geo_id"),
    "unit": ("units", "unit"),
    "vintage": ("vintages", "vintage"),
    "source": ("sources", "source_id"),
}
_NOT_HELD = ("观测值里没有这一行", "no observation has it")
_SEVERAL = (
    "几种区划都有这个数：{held}；用 vintage 写明是哪一种",
    "several divisions have it, {held}; vintage is to say which",
)
_ABOUT = ("来源只说约数，没有范围可用", "its source calls it approximate, which leaves no range")
_UNREADABLE = ("读不成算式", "it is no formula that can be read")
_NOT_ARITHMETIC = ("只能用加减乘除、括号和整数", "only + - * /, brackets and whole numbers are used")
_EVERYTHING = ("任何数都可能，等于什么也没有推出来", "every number is possible, so that nothing follows")


@dataclass(frozen=True)
class _Entry:
    """One entry of the file with the line of it and of each of its parts."""

    content: dict[str, Any]
    lines: dict[tuple[str | int, ...], int]
    path: tuple[str | int, ...]

    def finding(self, where: tuple[str, ...], value: object, rule: str, facts: Facts) -> Finding:
        """A breach at a part of the entry, named by the way to it."""
        line = self.lines.get((*self.path, *where), self.lines.get(self.path))
        shown = "" if value is None else str(value)
        return Finding(DERIVATIONS, line, ".".join(where), shown, rule, facts)


def check_derivations(data_dir: Path, tables: Tables, *, alone: bool) -> list[Finding]:
    """
    What is wrong with derivations.yaml, which must be there and decodable.

    Parameters
    ----------
    data_dir : pathlib.Path
    tables : Tables
    alone : bool
        True if the tables have problems of their own: then its shape is judged alone, since what it
        names may be missing for their sake.
    """
    path = data_dir / DERIVATIONS
    try:
        content, lines = load_yaml(path), yaml_lines(path)
        schema = load_yaml(data_dir / DERIVATIONS_SCHEMA)
    except yaml.YAMLError as error:
        return [broken_yaml(DERIVATIONS, error)]
    # The schema speaks of names: what YAML took for something else has to be told before it is asked.
    found = [*_keys(content, lines, ())] or [*_shape(content, schema, lines)]
    if found or alone:
        return found
    return [finding for entry in _entries(content, lines) for finding in _entry(entry, tables)] + [
        *_twice(content, lines)
    ]


def _keys(
    content: Any, lines: dict[tuple[str | int, ...], int], path: tuple[str | int, ...]
) -> Iterator[Finding]:
    """Names that YAML reads as something else: 1 as a number, no and on as a truth value, 2024-10-01 as a date."""
    parts = (
        content.items()
        if isinstance(content, dict)
        else enumerate(content if isinstance(content, list) else ())
    )
    for place, (key, value) in enumerate(parts):
        if isinstance(content, dict) and not isinstance(key, str):
            line, written = _written(lines, path, place)
            yield Finding(
                DERIVATIONS, line, ".".join(map(str, path)), written, "derivation-key", {"read": str(key)}
            )
        else:
            yield from _keys(value, lines, (*path, key))


def _written(
    lines: dict[tuple[str | int, ...], int], path: tuple[str | int, ...], place: int
) -> tuple[int | None, str]:
    """The line of the key at a place of a mapping, and the key as the file has it."""
    own = [way for way in lines if way[:-1] == path]
    return lines.get(own[place]), str(own[place][-1])


def _shape(content: Any, schema: Any, lines: dict[tuple[str | int, ...], int]) -> Iterator[Finding]:
    errors = jsonschema.Draft202012Validator(schema).iter_errors(content)
    for error in sorted(errors, key=lambda one: [str(part) for part in one.absolute_path]):
        path = tuple(error.absolute_path)
        described = error.schema if "description" in error.schema else schema["$defs"]["interval"]
        field = ".".join(str(part) for part in path if isinstance(part, str)) or "intervals"
        value = error.instance if isinstance(error.instance, str | int) else _named(error)
        facts: Facts = {"wanted": (described["description"], described["description_en"])}
        yield Finding(DERIVATIONS, _line(lines, path), field, str(value), "derivation-form", facts)


def _named(error: jsonschema.ValidationError) -> str:
    """The name of what is missing or too much in a mapping; nothing where that is not the matter."""
    if error.validator == "required":
        return next(str(name) for name in error.validator_value if name not in error.instance)
    if error.validator == "additionalProperties":
        known = set(error.schema.get("properties", {}))
        return next(str(name) for name in error.instance if name not in known)
    return ""


def _line(lines: dict[tuple[str | int, ...], int], path: tuple[str | int, ...]) -> int | None:
    """The line of a place in the file, or of what it lies in."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path)


def _entries(content: Any, lines: dict[tuple[str | int, ...], int]) -> Iterator[_Entry]:
    for part in ("intervals", "eliminations"):
        for number, entry in enumerate(content[part]):
            yield _Entry(entry, lines, (part, number))


def _twice(content: Any, lines: dict[tuple[str | int, ...], int]) -> Iterator[Finding]:
    seen: dict[str, int | None] = {}
    for entry in _entries(content, lines):
        code = entry.content["id"]
        if code in seen:
            facts: Facts = {"other_row": str(seen[code]), "other_file": DERIVATIONS}
            yield entry.finding(("id",), code, "duplicate-key", facts)
        seen.setdefault(code, lines.get(entry.path))


def _entry(entry: _Entry, tables: Tables) -> Iterator[Finding]:
    unknown = [*_codes(entry, (), entry.content, tables)]
    for name, one in entry.content.get("inputs", {}).items():
        unknown += _codes(entry, ("inputs", name), one, tables)
    yield from unknown
    if unknown:
        return
    if "sizes" in entry.content:
        yield from _sizes(entry, tables)
        return
    wrong = [*_base_unit(entry, tables), *_inputs(entry, tables), *_formulas(entry)]
    yield from wrong or _range(entry, tables)


def _codes(entry: _Entry, where: tuple[str, ...], one: dict[str, Any], tables: Tables) -> Iterator[Finding]:
    for column, (name, key) in _CODES.items():
        code = one.get(column)
        if code is None or not tables.has(name) or tables.lookup(name, code):
            continue
        codes = [row[key] for row in tables.rows(name)]
        near = difflib.get_close_matches(code, codes, 5, 0.5) or codes[:5]
        facts: Facts = {"target": tables.by_name[name].file, "key": key, "near": ", ".join(near)}
        yield entry.finding((*where, column), code, "unknown-code", facts)


def _base_unit(entry: _Entry, tables: Tables) -> Iterator[Finding]:
    unit = tables.lookup("units", entry.content["unit"])
    if unit and unit["factor"] != "1":
        same = [
            row
            for row in tables.rows("units")
            if row["quantity"] == unit["quantity"] and row["factor"] == "1"
        ]
        facts: Facts = {"near": ", ".join(row["unit"] for row in same), "factor": unit["factor"]}
        yield entry.finding(("unit",), entry.content["unit"], "base-unit", facts)


def _inputs(entry: _Entry, tables: Tables) -> Iterator[Finding]:
    for name, one in entry.content["inputs"].items():
        if "commitment" in one:
            continue
        held = _held(one, tables)
        reason = _unfit(held)
        if reason:
            key = ", ".join(one[part] for part in (*_KEY, "vintage") if part in one)
            yield entry.finding(("inputs", name), key, "derivation-input", {"reason": reason})


def _unfit(held: list[Row]) -> tuple[str, str] | None:
    """Why what an input names is not one figure that leaves a range."""
    if not held:
        return _NOT_HELD
    if len(held) > 1:
        vintages = ", ".join(row["vintage"] for row in held)
        return _SEVERAL[0].format(held=vintages), _SEVERAL[1].format(held=vintages)
    return _ABOUT if held[0]["qualifier"] == "about" else None


def _held(one: dict[str, str], tables: Tables) -> list[Row]:
    """The observations that an input names: as the build finds them, whichever division they are of."""
    wanted = (one["indicator"], one["geo_id"], one["period"])
    rows = (row for table in tables.observations for row in table.rows)
    alike = (row for row in rows if (row["indicator_id"], row["geo_id"], row["period"]) == wanted)
    return [row for row in alike if row["vintage"] == one.get("vintage", row["vintage"])]


def _range(entry: _Entry, tables: Tables) -> Iterator[Finding]:
    """What follows from the figures as they stand: a range that has a beginning before its end."""
    content = entry.content
    formulas = [(kind, content[kind]) for kind in _FORMULAS if kind in content]
    named = {name: _ends(one, tables) for name, one in content["inputs"].items()}
    kind, told = formulas[-1]
    try:
        found = intervals.bounded(formulas, named, content["unit"])
    except intervals.UpsideDown as error:
        reason = (
            f"算下来不少于{error.low:g}，又不多于{error.high:g}，中间什么数也没有",
            f"it comes to no less than {error.low:g} and no more than {error.high:g}, and nothing lies between",
        )
        yield entry.finding((kind,), told, "derivation-range", {"reason": reason})
        return
    if found == intervals.Interval(None, None):
        yield entry.finding((kind,), told, "derivation-range", {"reason": _EVERYTHING})


def _ends(one: dict[str, Any], tables: Tables) -> intervals.Ends:
    """What an input leaves open, as a formula takes it; the target of a commitment is exact."""
    row = tables.lookup("commitments", one["commitment"]) if "commitment" in one else _held(one, tables)[0]
    assert row is not None, "codes were looked up before"
    unit = tables.lookup("units", row["unit"])
    assert unit is not None, "an observation with an unknown unit has a problem of its own"
    if "commitment" in one:
        value = Decimal(row["value"]) * Decimal(unit["factor"])
        return intervals.in_formula((value, value), row["unit"])
    found = intervals.published(row["value"], row["qualifier"], unit.cells, rounded_to=one.get("rounded_to"))
    return intervals.in_formula(found, row["unit"])


def _formulas(entry: _Entry) -> Iterator[Finding]:
    used: set[str] = set()
    for kind in _FORMULAS:
        text = entry.content.get(kind)
        if text is None:
            continue
        try:
            nodes = list(ast.walk(ast.parse(text, mode="eval")))
        except SyntaxError:
            yield entry.finding((kind,), text, "derivation-formula", {"reason": _UNREADABLE})
            return
        if not all(map(_is_arithmetic, nodes)):
            yield entry.finding((kind,), text, "derivation-formula", {"reason": _NOT_ARITHMETIC})
            return
        used |= {node.id for node in nodes if isinstance(node, ast.Name)}
    odd = sorted(used ^ set(entry.content["inputs"]))
    if odd:
        names = ", ".join(odd)
        reason = (
            f"{names} 只在算式里有，或只在 inputs 里有",
            f"{names} stands in the formula alone, or in inputs alone",
        )
        yield entry.finding(("inputs",), names, "derivation-formula", {"reason": reason})


def _is_arithmetic(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return type(node.value) is int
    return isinstance(node, _ALLOWED)


def _sizes(entry: _Entry, tables: Tables) -> Iterator[Finding]:
    """The sizes stand in the words of the source, and are together all areas of the division."""
    sizes = entry.content["sizes"]
    source = tables.lookup("sources", entry.content["source"])
    vintage = tables.lookup("vintages", entry.content["vintage"])
    said = set(re.findall(r"[0-9]+", source["evidence"])) if source else set()
    for code, size in sizes.items():
        if source and str(size) not in said:
            reason = (f"来源的原文里没有 {size}", f"the words of the source hold no {size}")
            yield entry.finding(("sizes", code), size, "elimination-sizes", {"reason": reason})
            return
    total = sum(sizes.values())
    if vintage and str(total) != vintage["n_units"]:
        wanted = vintage["n_units"]
        reason = (
            f"合起来是 {total}，区划有 {wanted} 个",
            f"together they are {total}, and there are {wanted} units",
        )
        yield entry.finding(("sizes",), total, "elimination-sizes", {"reason": reason})
