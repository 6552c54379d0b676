"""Runs the layers of rules in order, so that one defect is reported once; holds no rule itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from shuangbei.check.action_rules import check_actions
from shuangbei.check.cell_rules import check_cells, check_texts
from shuangbei.check.contract import DERIVATIONS, DERIVATIONS_SCHEMA, EDITION, Spec, read
from shuangbei.check.derivation_rules import check_derivations
from shuangbei.check.edition import Edition, check_edition
from shuangbei.check.files import check_bytes, check_folder
from shuangbei.check.findings import Finding
from shuangbei.check.observation_rules import check_observations
from shuangbei.check.plan_rules import check_milestones, check_nearest, check_plan
from shuangbei.check.problems import rules
from shuangbei.check.schema_rules import check_schemas
from shuangbei.check.search_rules import check_search_words
from shuangbei.check.series_rules import check_series
from shuangbei.check.tables import Table, Tables, read_table

# Rules that judge a line as a whole; what else is wrong in it follows from that.
_WHOLE_LINE = {"row-length", "duplicate-key", "second-value"}

# Rules that miss a row in another file say nothing while that file has problems of its own.
_NEEDS = {
    "commitment-task": "task_commitments.csv",
    "task-lead": "task_agencies.csv",
    "first-value": "first_values.csv",
    "scale-missing": "map_scales.csv",
}


@dataclass(frozen=True)
class Inspection:
    """What was found, and how much was looked at."""

    findings: tuple[Finding, ...]
    n_files: int
    n_rows: int

    @property
    def unchecked(self) -> list[str]:
        """Files whose content could not be checked."""
        return sorted({item.file for item in self.findings if rules()[item.rule].blocks})


def inspect(data_dir: Path) -> Inspection:
    """
    Check the data package in ``data_dir``; nothing is written.

    A file whose bytes or header are broken takes no part in the later layers, and a later
    layer says nothing more about a cell, or a whole line, that an earlier one named.
    """
    specs, broken = read(data_dir)
    if broken:
        return Inspection(tuple(broken), 0, 0)
    found = check_folder(data_dir, specs)
    tables, damaged = _read_tables(data_dir, specs)
    edition, dates = _edition(data_dir)
    found += damaged + dates
    layers = [
        [finding for table in tables for finding in check_cells(table)],
        check_schemas(tables),
        [
            *check_observations(tables, edition),
            *check_plan(tables),
            *check_actions(tables),
            *check_search_words(tables),
            *check_texts(tables, edition),
        ],
    ]
    for layer in layers:
        found += _news(layer, found)
    for compare in (check_series, check_milestones, check_nearest):
        named = {finding.cell[:2] for finding in found}
        found += _news(compare(tables, named), found)
    found = _without_echoes(found)
    found += _derivations(data_dir, tables, alone=bool(found))
    n_rows = sum(len(table.rows) for table in tables)
    return Inspection(tuple(sorted(found, key=_place)), len(tables.by_name) + 2, n_rows)


def _read_tables(data_dir: Path, specs: Iterable[Spec]) -> tuple[Tables, list[Finding]]:
    by_name: dict[str, Table] = {}
    found: list[Finding] = []
    for spec in specs:
        path = data_dir / spec.file
        if not path.is_file():
            continue
        raw = path.read_bytes()
        damage = check_bytes(spec.file, raw)
        if not damage:
            table, damage = read_table(spec, raw.decode("utf-8"))
            if table:
                by_name[spec.name] = table
        found += damage
    return Tables(by_name), found + _hollow(by_name)


def _hollow(by_name: dict[str, Table]) -> list[Finding]:
    """Files without a row whose codes other files need; a topic or a log may be empty."""
    needed = {name for table in by_name.values() for name, _ in table.spec.foreign_keys.values()}
    empty = [table for name, table in by_name.items() if name in needed and not table.rows]
    return [Finding(table.file, None, "", "", "file-empty") for table in empty]


def _edition(data_dir: Path) -> tuple[Edition, list[Finding]]:
    path = data_dir / EDITION
    if not path.is_file():
        return Edition(), []
    damage = check_bytes(EDITION, path.read_bytes())
    return (Edition(), damage) if damage else check_edition(data_dir)


def _derivations(data_dir: Path, tables: Tables, *, alone: bool) -> list[Finding]:
    path = data_dir / DERIVATIONS
    if not path.is_file() or not (data_dir / DERIVATIONS_SCHEMA).is_file():
        return []
    return check_bytes(DERIVATIONS, path.read_bytes()) or check_derivations(data_dir, tables, alone=alone)


def _news(layer: Iterable[Finding], found: list[Finding]) -> list[Finding]:
    """Findings about places that no earlier finding, of this layer or before, has named."""
    cells = {finding.cell for finding in found}
    files = {finding.file for finding in found}
    lines = {finding.cell[:2] for finding in found if finding.rule in _WHOLE_LINE}
    news = []
    for finding in layer:
        if _NEEDS.get(finding.rule) in files:
            continue
        if finding.cell not in cells and finding.cell[:2] not in lines:
            news.append(finding)
            cells.add(finding.cell)
    return news


def _without_echoes(found: list[Finding]) -> list[Finding]:
    """Drop unknown codes that a damaged code in the file they come from explains."""
    unknown = [finding for finding in found if finding.rule == "unknown-code"]
    echoes: list[Finding] = []
    for target in {finding.facts["target"] for finding in unknown}:
        heard = [finding for finding in unknown if finding.facts["target"] == target]
        key = heard[0].facts["key"]
        damaged = [item for item in found if item.file == target and item.field == key]
        if len({finding.value for finding in heard}) <= len(damaged):
            echoes += heard
    return [finding for finding in found if finding not in echoes]


def _place(finding: Finding) -> tuple[str, int, str]:
    return finding.file, finding.row or 0, finding.field
