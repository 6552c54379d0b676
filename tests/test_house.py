"""Tests of the house: layers, faces, who may open files, what a module must say, and the tools' own rules."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from shuangbei import paths

PACKAGE = paths.ROOT / "shuangbei"
# Rooms whose face hands on names: whoever stands outside writes `from shuangbei import words`.
BY_NAMES = {"load", "words", "charts", "pictures", "check"}
# Rooms whose face is the list of their modules: `from shuangbei.pages import atlas`.
BY_MODULES = {
    "maps",
    "pages",
    "measures",
    "chapters",
    "publish",
    "site",
    "site.figures",
    "site.discovery",
    "site.search",
}
# Whoever else reads a file reads none of data/ or maps/, or not for its content.
READERS = {
    "pictures.vega",  # pictures that it drew itself
    "memory",  # digests alone
    "site.kept",  # the finished pages of earlier builds
    "publish.book",  # the list of documents that an earlier build read
    "publish.kernel",  # the text of a chapter
    "publish.execution",  # digests, and its own cache
    "publish.footing",  # the text of the package
    "publish.sitemap",  # the page that says that there is no such page
    "publish.data_package",  # the package as it stands, and as sheets
    "publish.delivery",  # the finished pages, to compress them
    "publish.translations",  # texts of the English edition
    "publish.pipeline",  # its own stamp
    "publish.archive",  # framed pages of an edition, and those kept of earlier ones
    "publish.practice_figures",  # the tables that it fills
    "site.assets",  # style sheet and scripts
    "site.search.index",  # the finished pages of the edition
    "site.search.said",  # the tables of a library
    "site.discovery.cards",  # the icon of the theme
    "site.figures.embed",  # style and scripts of the framed pages
    "pages.data",  # rows and bytes of the files it offers
}
READING = {
    "open",
    "read_csv",
    "read_excel",
    "read_json",
    "read_file",
    "read_text",
    "read_bytes",
    "read_parquet",
    "loadtxt",
    "genfromtxt",
}


def name_of(path: Path) -> str:
    """Dotted name of a module below the package; the package itself is ``""``."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def room_of(name: str) -> str:
    """The folder that a module lies in; the figures, discovery and search of the site are rooms of their own."""
    for room in sorted(BY_NAMES | BY_MODULES, key=len, reverse=True):
        if name == room or name.startswith(room + "."):
            return room
    return ""


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}
each_module = pytest.mark.parametrize("name", MODULES, ids=lambda name: name or "package")


def syntax(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


def called(tree: ast.AST) -> set[str]:
    """Last names of everything that is called: ``read_csv`` of ``pd.read_csv(...)``."""
    functions = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {f.attr for f in functions if isinstance(f, ast.Attribute)} | {
        f.id for f in functions if isinstance(f, ast.Name)
    }


def tool(*call: str) -> None:
    """Run a tool of the environment at the root; what it says is what fails the test."""
    environment = {**os.environ, "PYTHONPATH": str(paths.ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", *call],
        cwd=paths.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert not done.returncode, done.stdout + done.stderr


def test_imports_run_from_the_top_of_the_tower_to_its_ground():
    from importlinter import cli

    assert cli.lint_imports(config_filename=str(paths.ROOT / "pyproject.toml"), no_cache=True) == 0


def test_the_code_keeps_the_rules_that_pyproject_names():
    tool("ruff", "check", ".")


def test_the_code_stands_as_the_formatter_lays_it():
    tool("ruff", "format", "--check", ".")


def test_every_value_is_of_the_type_that_the_code_says():
    tool("mypy")


def past_the_face(tree: ast.AST, own: str) -> list[str]:
    """Imports of a module of the room ``own`` that reach into another room behind its face."""
    behind = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("shuangbei."):
            continue
        inside = node.module.removeprefix("shuangbei.")
        room = room_of(inside)
        hidden = room in BY_NAMES and any(f"{inside}.{alias.name}" in MODULES for alias in node.names)
        if room and room != own and (inside != room or hidden):
            behind.append(node.module)
    return behind


@each_module
def test_a_room_is_entered_by_its_face(name):
    assert not past_the_face(syntax(name), room_of(name))


def test_an_import_behind_a_face_is_seen():
    assert past_the_face(ast.parse("from shuangbei.words.language import pick"), "pages")
    assert past_the_face(ast.parse("from shuangbei.words import language"), "pages")
    assert past_the_face(ast.parse("from shuangbei.pages.atlas import hub"), "site")
    assert not past_the_face(ast.parse("from shuangbei.pages import atlas"), "site")
    assert not past_the_face(ast.parse("from shuangbei.words.language import pick"), "words")


def test_the_top_of_the_package_can_be_taken_in_at_a_glance():
    assert len([path for path in PACKAGE.iterdir() if path.name != "__pycache__"]) <= 20


@each_module
def test_no_import_is_written_with_dots(name):
    assert not [node for node in ast.walk(syntax(name)) if isinstance(node, ast.ImportFrom) and node.level]


@each_module
def test_the_measures_of_commitments_know_neither_files_nor_words_nor_pictures(name):
    if name not in ("measures.targets", "measures.to_date", "measures.milestone", "measures.outlook"):
        return
    known = {node.module or "" for node in ast.walk(syntax(name)) if isinstance(node, ast.ImportFrom)}
    known |= {
        alias.name for node in ast.walk(syntax(name)) if isinstance(node, ast.Import) for alias in node.names
    }
    roots = {one if one.startswith("shuangbei") else one.partition(".")[0] for one in known}
    taken = [
        alias.name
        for node in ast.walk(syntax(name))
        if isinstance(node, ast.ImportFrom) and node.module == "shuangbei"
        for alias in node.names
    ]
    assert set(taken) <= {"periods"}, "when a period ends is all that they take from outside"
    assert {one for one in roots - {"shuangbei"} if not one.startswith("shuangbei.measures")} <= {
        "__future__",
        "math",
        "dataclasses",
        "itertools",
        "collections",
        "datetime",
        "typing",
        "numpy",
        "pandas",
    }


@each_module
def test_only_load_and_check_open_the_data(name):
    if name not in READERS and room_of(name) not in ("load", "check"):
        assert not called(syntax(name)) & READING


# Whoever keeps a result beside shuangbei.memory keeps none that rests on data/ or maps/.
KEEPERS = {
    "memory",  # digests, by the time of a file's last change
    "paths",  # a folder without its links
    "pictures.lettering",  # widths of the font, texts taken apart
    "pictures.vega",  # the converter, and what it is made of
    "check.tables",  # rows of a table that is being checked
    "check.problems",  # the messages
    "check.schema_rules",  # the codes that are like another, of the texts it is given
    "site.assets",  # style sheet and scripts
    "charts.validity",  # the schema of the library of charts
    "site.search.said",  # tables of the library of characters, the dictionary of readings
    "site.discovery.cards",  # the font at a size, colours, the drawing that it is given
    "publish.footing",  # the text of the package
    "publish.delivery",  # the version of the packer
    "publish.kernel",  # the kernel of this process
}


@each_module
def test_results_that_rest_on_data_are_remembered_in_one_way(name):
    if name not in KEEPERS:
        assert not re.search(
            r"^\s*@(?:functools\.)?(?:cache|lru_cache|cached_property)\b",
            MODULES[name].read_text(encoding="utf-8"),
            re.M,
        )


@each_module
def test_a_module_says_in_its_first_line_what_belongs_in_it(name):
    first = MODULES[name].read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith('"""')
    assert len(first) > 30 and first.rstrip('"').endswith((".", "。"))


@each_module
def test_public_functions_and_classes_say_what_they_do(name):
    silent = []
    for node in syntax(name).body:
        for one in [node, *(node.body if isinstance(node, ast.ClassDef) else [])]:
            if isinstance(one, ast.FunctionDef | ast.ClassDef) and not one.name.startswith("_"):
                silent += [one.name] if not ast.get_docstring(one) else []
    assert not silent


def test_no_module_is_a_drawer_for_everything():
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}
    assert not [name for name in MODULES if name.rpartition(".")[2] in drawers]


@each_module
def test_no_module_catches_every_error(name):
    caught = [node.type for node in ast.walk(syntax(name)) if isinstance(node, ast.ExceptHandler)]
    assert all(isinstance(one, ast.AST) for one in caught), "a bare except"
    broad = [one for one in caught if isinstance(one, ast.Name) and one.id in ("Exception", "BaseException")]
    assert not broad


def test_run_py_needs_nothing_but_the_standard_library():
    tree = ast.parse((paths.ROOT / "run.py").read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names
