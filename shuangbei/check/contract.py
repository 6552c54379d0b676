"""Reads datapackage.yaml and its schemas into plain structures; says nothing about the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from shuangbei.check.findings import Finding

# The C parser reads the contract in 10 ms where the pure one needs 300 ms.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

DESCRIPTOR = "datapackage.yaml"
EDITION = "edition.yaml"
DERIVATIONS = "derivations.yaml"
DERIVATIONS_SCHEMA = "schemas/derivations.yaml"
OBSERVATIONS = "observations/"
NO_MAPPING = ("不是“name: value”这样的各行", "not a list of “name: value”")


@dataclass(frozen=True)
class Spec:
    """One file of the package: its name, its path below data/, and its table schema."""

    name: str
    file: str
    schema: Mapping[str, Any]

    @property
    def columns(self) -> list[str]:
        """Names of the columns in the order of the contract."""
        return [field["name"] for field in self.schema["fields"]]

    @property
    def key(self) -> list[str]:
        """Columns of the primary key."""
        return list(self.schema["primaryKey"])

    @property
    def foreign_keys(self) -> dict[str, tuple[str, str]]:
        """Column -> (resource, column) that its values come from."""
        keys = {}
        for entry in self.schema.get("foreignKeys", []):
            target = entry["reference"]["resource"] or self.name
            keys[entry["fields"][0]] = (target, entry["reference"]["fields"][0])
        return keys

    def field(self, name: str) -> Mapping[str, Any]:
        """The descriptor of one column."""
        return next(field for field in self.schema["fields"] if field["name"] == name)

    def is_free_text(self, name: str) -> bool:
        """True if a column holds words for readers rather than codes, numbers or dates."""
        field = self.field(name)
        constraints = field.get("constraints", {})
        bound = "pattern" in constraints or "enum" in constraints or name in self.foreign_keys
        return field["type"] == "string" and not bound


def load_yaml(path: Path) -> Any:
    """
    Read one YAML file.

    Raises
    ------
    yaml.YAMLError
        If it is not YAML.
    """
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)


def yaml_lines(path: Path) -> dict[tuple[str | int, ...], int]:
    """
    The line at which each part of a YAML file begins, by the way to it: ``("intervals", 0, "id")``.

    Raises
    ------
    yaml.YAMLError
        If it is not YAML.
    """
    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    return dict(_lines_of(root, ()))


def _lines_of(
    node: yaml.Node | None, path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], int]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (*path, key.value), key.start_mark.line + 1
            yield from _lines_of(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield (*path, number), value.start_mark.line + 1
            yield from _lines_of(value, (*path, number))


def descriptor(data_dir: Path) -> dict[str, Any]:
    """
    The package descriptor with every schema put in its place, ready to be published as JSON.

    Raises
    ------
    yaml.YAMLError, OSError, KeyError
        If the descriptor or a schema is missing or broken.
    """
    package = load_yaml(data_dir / DESCRIPTOR)
    names = {resource["schema"] for resource in package["resources"]}
    schemas = {name: load_yaml(data_dir / name) for name in sorted(names)}
    resources = [{**item, "schema": schemas[item["schema"]]} for item in package["resources"]]
    return {**package, "resources": resources}


def read(data_dir: Path) -> tuple[list[Spec], list[Finding]]:
    """The files that the package promises, or the one finding that the contract is broken."""
    try:
        package = descriptor(data_dir)
        specs = [Spec(item["name"], item["path"], item["schema"]) for item in package["resources"]]
        broken = [spec.file for spec in specs if not spec.columns or not spec.key]
    except yaml.YAMLError as error:
        return [], [broken_yaml(DESCRIPTOR, error)]
    except OSError as error:
        file = Path(str(error.filename)).name
        return [], [_broken_contract((f"{file} 无法读取", f"{file} cannot be opened"))]
    except KeyError as error:
        name = str(error.args[0])
        return [], [_broken_contract((f"缺少“{name}”", f"“{name}” is missing"))]
    except TypeError:
        return [], [_broken_contract(NO_MAPPING)]
    bare = [(f"{file} 没有列或主键", f"{file} has no columns or no primary key") for file in broken]
    return (specs, []) if not bare else ([], [_broken_contract(bare[0])])


def broken_yaml(file: str, error: yaml.YAMLError) -> Finding:
    """The finding that ``file`` is not YAML, with the line at which reading it failed."""
    mark = getattr(error, "problem_mark", None)
    row = mark.line + 1 if mark else None
    reason = getattr(error, "problem", None) or str(error).splitlines()[0]
    return Finding(file, row, "", "", "yaml-broken", {"reason": str(reason)})


def _broken_contract(reason: tuple[str, str]) -> Finding:
    return Finding(DESCRIPTOR, None, "", "", "yaml-broken", {"reason": reason})
