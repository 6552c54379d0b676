"""Rules that compare an observation with its indicator, unit, area, source and edition."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from shuangbei.check.cell_rules import is_number
from shuangbei.check.contract import OBSERVATIONS
from shuangbei.check.edition import Edition
from shuangbei.check.findings import Fact, Facts, Finding
from shuangbei.check.tables import Row, Table, Tables
from shuangbei.periods import span

BELOW_CITY = ("region", "district", "zone")
# A target is stated ahead of its period, on the divisions of the day it was set.
_TARGET = "_target"
GROWTH = "_yoy_"
_NATION = "100000"


def check_observations(tables: Tables, edition: Edition) -> Iterator[Finding]:
    """Yield what the files of observations/ and first_values.csv breach."""
    for table in tables.observations:
        for row in table.rows:
            yield from _topic(table, row, tables)
            yield from _vintage(table, row, tables)
            yield from check_amount(table, row, tables)
            yield from _time(table, row, tables, edition)
    yield from _scales(tables)
    yield from _named_regions(tables)
    for first, row in tables.places("first_values"):
        yield from check_amount(first, row, tables)
        yield from _time(first, row, tables, edition)


def check_amount(table: Table, row: Row, tables: Tables) -> Iterator[Finding]:
    """Yield whether unit fits indicator and value fits unit; for any row with these columns."""
    indicator = tables.lookup("indicators", row["indicator_id"])
    unit = tables.lookup("units", row["unit"])
    own = tables.lookup("units", indicator["unit"]) if indicator else None
    if not unit or not own:
        return
    if unit["quantity"] != own["quantity"]:
        fitting = [item for item in tables.rows("units") if item["quantity"] == own["quantity"]]
        facts: Facts = {"indicator": row["indicator_id"], "near": named(fitting)}
        yield Finding(table.file, row.number, "unit", row["unit"], "unit-misfit", facts)
    elif is_number(row["value"]):
        yield from _value(table, row, unit)


def named(units: list[Row]) -> tuple[str, str]:
    """List units by code and name, in both languages."""
    zh, en = (
        ", ".join(f"{unit['unit']} ({unit[name]})" for unit in units) for name in ("name_zh", "name_en")
    )
    return zh, en


def _value(table: Table, row: Row, unit: Row) -> Iterator[Finding]:
    text, value = row["value"], Decimal(row["value"])
    if unit["quantity"] in ("percent", "percentage_point"):
        low, high = _percent_bounds(row["indicator_id"], unit["quantity"])
        if not low <= value <= high:
            bounds: Facts = {"low": str(low), "high": str(high)}
            yield Finding(table.file, row.number, "value", text, "share-range", bounds)
    elif value < 0:
        yield Finding(table.file, row.number, "value", text, "negative")
    elif "." in text and _is_count(unit):
        facts: Facts = {"unit": (unit["name_zh"], unit["name_en"])}
        yield Finding(table.file, row.number, "value", text, "count-decimals", facts)


def _percent_bounds(indicator_id: str, quantity: str) -> tuple[int, int]:
    if quantity == "percentage_point":
        return -100, 100
    return (-100, 1000) if GROWTH in indicator_id else (0, 100)


def _is_count(unit: Row) -> bool:
    return unit["whole"] == "yes" and unit["factor"] == "1"


def base_value(row: Row, tables: Tables) -> Decimal | None:
    """The value of a row in the base unit of its quantity; None if it has none."""
    unit = tables.lookup("units", row["unit"])
    if not unit or not is_number(row["value"]) or not is_number(unit["factor"]):
        return None
    return Decimal(row["value"]) * Decimal(unit["factor"])


def _topic(table: Table, row: Row, tables: Tables) -> Iterator[Finding]:
    indicator = tables.lookup("indicators", row["indicator_id"])
    area = tables.lookup("geographies", row["geo_id"])
    if not indicator or not area:
        return
    topic = "districts" if area["level"] in BELOW_CITY else indicator["topic"]
    if table.spec.name != OBSERVATIONS + topic and tables.has(OBSERVATIONS + topic):
        facts: Facts = {"level": _level(area, tables), "wanted": f"{OBSERVATIONS}{topic}.csv"}
        code = row["indicator_id"]
        yield Finding(table.file, row.number, "indicator_id", code, "topic-misfit", facts)


def _scales(tables: Tables) -> Iterator[Finding]:
    """Yield each indicator of districts that the atlas leaves out: it draws those of map_scales.csv."""
    drawn = {row["indicator_id"] for row in tables.rows("map_scales")}
    for table, row in tables.places(f"{OBSERVATIONS}districts"):
        code = row["indicator_id"]
        area = tables.lookup("geographies", row["geo_id"])
        unit = _own_unit(code, tables)
        # Published places of few districts are no map.
        if code in drawn or not area or area["level"] != "district" or not unit or unit["quantity"] == "rank":
            continue
        drawn.add(code)
        yield Finding(table.file, row.number, "indicator_id", code, "scale-missing", _scale(code, unit))


def _named_regions(tables: Tables) -> Iterator[Finding]:
    """Yield each list of regions that is not as long as the nation's observation says."""
    named = Counter((row["indicator_id"], row["period"]) for row in tables.rows("named_regions"))
    stated = {
        (row["indicator_id"], row["period"]): row["value"]
        for table in tables.observations
        for row in table.rows
        if row["geo_id"] == _NATION
    }
    for table, row in tables.places("named_regions"):
        # What is wrong with a list is said once, at its first line.
        count = named.pop((row["indicator_id"], row["period"]), None)
        value = stated.get((row["indicator_id"], row["period"]), "0")
        if count is not None and str(count) != value:
            facts: Facts = {"named": str(count), "stated": value}
            yield Finding(table.file, row.number, "period", row["period"], "named-count", facts)


def _own_unit(indicator_id: str, tables: Tables) -> Row | None:
    indicator = tables.lookup("indicators", indicator_id)
    return tables.lookup("units", indicator["unit"]) if indicator else None


def _scale(code: str, unit: Row) -> Facts:
    """Write the row that an indicator needs, as its kin are classed, and what else may stand there."""
    if unit["quantity"] == "tier":
        return {
            "line": (f"{code},tier,given,级数", f"{code},tier,given,N"),
            "choice": ("“级数”换成梯队一共有几级", "N being the number of tiers"),
        }
    method = "natural_breaks" if _is_count(unit) else "quantiles"
    return {
        "line": f"{code},graded,{method},",
        "choice": (
            "要以全市的数为界分两边的，graded 改为 sides",
            "where the city’s own value is to be the middle, sides in place of graded",
        ),
    }


def _is_target(row: Row) -> bool:
    """Whether a row states ahead what is to be reached; its period is the one that it is due."""
    return row["indicator_id"].endswith(_TARGET)


def _vintage(table: Table, row: Row, tables: Tables) -> Iterator[Finding]:
    area = tables.lookup("geographies", row["geo_id"])
    when = span(row["period"])
    if not area or not when or not tables.lookup("vintages", row["vintage"]):
        return
    month = when[1].isoformat()[:7]
    stated_ahead = _is_target(row)
    if not stated_ahead and not in_force(area, month):
        facts: Facts = validity(area) | {"period": row["period"]}
        yield Finding(table.file, row.number, "geo_id", row["geo_id"], "area-validity", facts)
        return
    wanted = [
        item["vintage"]
        for item in tables.rows("vintages")
        if (item["vintage"] != "all") == (area["level"] == "district")
        and (stated_ahead or in_force(item, month))
    ]
    if row["vintage"] not in wanted:
        facts = {"area": (area["name_zh"], area["name_en"]), "level": _level(area, tables)}
        facts |= {"period": row["period"], "wanted": ", ".join(wanted)}
        yield Finding(table.file, row.number, "vintage", row["vintage"], "vintage-misfit", facts)


def _level(area: Row, tables: Tables) -> Fact:
    level = tables.lookup("levels", area["level"])
    return (level["name_zh"], level["name_en"]) if level else area["level"]


def in_force(item: Row, month: str) -> bool:
    """Whether an area or a vintage holds in a month such as ``2025-10``."""
    first, last = item["valid_from"], item["valid_to"]
    return (not first or first <= month) and (not last or month <= last)


def validity(area: Row) -> Facts:
    """The words on since when and until when an area exists, and what it became."""
    first, last, other = area["valid_from"], area["valid_to"], area["replaced_by"]
    since = (f"始于 {first}", f"begins in {first}") if first else ("", "")
    until = (f"止于 {last}", f"ends in {last}") if last else ("", "")
    joints = ("，", " and ") if first and last else ("", "")
    zh, en = (a + j + b for a, j, b in zip(since, joints, until, strict=True))
    instead = (f"（后为 {other}）", f" (then {other})") if other else ("", "")
    names = (area["name_zh"], area["name_en"])
    return {"area": names, "validity": (zh, en), "instead": instead}


def _time(table: Table, row: Row, tables: Tables, edition: Edition) -> Iterator[Finding]:
    when = span(row["period"])
    if not when or _is_target(row):
        return
    if edition.cut_off and when[1] > edition.cut_off:
        ends: Facts = {"end": str(when[1]), "cut_off": str(edition.cut_off)}
        yield Finding(table.file, row.number, "period", row["period"], "period-future", ends)
        return
    source = tables.lookup("sources", row["source_id"])
    if not source:
        return
    printed = span(source["published"])
    # A count as of 16 October stands under its month, and year-end counts appear in December.
    due = max(when[0], when[1] - dt.timedelta(days=31))
    if printed and printed[1] < due and row["qualifier"] != "estimate":
        facts: Facts = {"published": source["published"], "period": row["period"], "end": str(when[1])}
        code = row["source_id"]
        yield Finding(table.file, row.number, "source_id", code, "source-before-period", facts)
