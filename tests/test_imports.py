"""Tests of the house: who may import whom, who may open files, and what a module must say."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from shuangbei import paths

PACKAGE = paths.ROOT / "shuangbei"
MAX_LINES = 300

CHART_FORM = {"charts", "lines", "load", "printed", "spoken", "wording"}
# What a module may import of this package; arrows point from a name to what it stands on.
ALLOWED = {
    "": set(),
    "paths": set(),
    "periods": set(),
    "editions": {"paths"},
    "whole": set(),
    "terminal": {"paths"},
    "load": {"paths", "periods"},
    "targets": set(),
    "measures": {"targets"},
    "outlook": {"targets", "measures"},
    "status": {"load", "targets", "measures", "outlook", "periods"},
    "spatial": {"paths", "load"},
    "divisions": {"load", "spatial"},
    "map_scales": set(),
    "league": {"divisions", "load", "spatial", "periods"},
    "publication": {"divisions", "league", "load", "spatial"},
    "profile": {"divisions", "league", "load", "paths", "periods", "publication", "spatial", "targets"},
    "magnitudes": set(),
    "wording": {"load", "magnitudes", "paths"},
    "spoken": {"load", "printed", "wording"},
    "printed": {"load", "magnitudes", "paths", "wording"},
    "render": {"paths", "whole"},
    "lettering": set(),
    "picture": {"lettering"},
    "practice": {"load", "wording"},
    "literal": set(),
    "charts": {"literal", "load", "magnitudes", "paths", "practice", "printed", "render", "wording"},
    "chart_key": {"charts", "lettering", "wording"},
    "trajectory_table": {"charts", "load", "wording"},
    "trajectory": CHART_FORM - {"load"} | {"chart_key", "trajectory_table"},
    "lines": CHART_FORM - {"lines"},
    "bars": CHART_FORM | {"lettering"},
    "benchmark": CHART_FORM | {"periods"},
    "map_page": set(),
    "map_grammar": {"load", "map_scales", "printed", "wording"},
    "map_classes": {"load", "map_grammar", "spatial", "wording"},
    "map_plane": {"map_page"},
    "map_layers": {"literal", "load", "map_classes", "map_grammar", "map_page", "wording"},
    "tilemap": {"lettering", "map_classes", "map_grammar", "map_layers", "map_page", "spatial", "wording"},
    "choropleth": {"literal", "map_classes", "map_grammar", "map_layers", "map_page", "map_plane",
                   "spatial", "wording"},
    "district_map": {"choropleth", "load", "map_grammar", "map_page", "spatial", "tilemap"},
    "district_figures": {"charts", "district_map", "load", "map_classes", "map_grammar", "publication",
                         "spatial", "tables", "wording"},
    "region_map": {"charts", "choropleth", "district_map", "divisions", "load", "map_grammar", "map_layers",
                   "map_page", "map_plane", "spatial", "tilemap", "wording"},
    "walk": set(),
    "atlas": {"league", "load", "map_classes", "map_grammar", "publication", "spatial", "wording", "periods"},
    "badges": {"load"},
    "markup": set(),
    "verdicts": {"load", "printed", "wording"},
    "tables": {"badges", "load", "markup", "printed", "publication", "verdicts", "wording"},
    "facts": {"load", "wording"},
    "quick": set(),
    "build": set(),
    "build.preload": {"quick", "bars", "benchmark", "district_figures", "facts", "lines", "region_map",
                      "status", "tables", "trajectory", "site.figures"},
    "build.execute": {"paths", "render", "site.figures", "build.preload"},
    "build.chapters": {"paths", "quick", "whole", "build.execute"},
    "build.headers": {"editions", "paths"},
    "build.listing": {"editions", "paths"},
    "build.workbook": set(),
    "build.deliver": {"paths", "whole", "build.headers"},
    "build.book": {"editions", "paths", "quick", "build.chapters", "site.directives"},
    "build.practice": {"load", "paths"},
    "build.practice_figures": set(),
    "build.site": {"paths", "build.book", "build.chapters", "build.deliver", "build.practice",
                   "build.publish"},
    "build.publish": {"check", "load", "paths", "status", "whole", "build.archive", "build.deliver",
                      "build.listing", "build.workbook"},
    "site": {"site.accessible", "site.addresses", "site.atlas_pages", "site.profiles", "site.directives",
             "site.discovery", "site.figure_pages", "site.figures", "site.search", "site.theming",
             "site.translated"},
    "site.places": {"load", "paths"},
    "site.map_svg": {"choropleth", "district_map", "divisions", "lettering", "load", "map_classes",
                     "map_layers", "map_page", "paths", "practice", "spatial", "tilemap", "walk", "wording"},
    "site.atlas_choices": {"atlas", "district_map", "load", "paths", "wording"},
    "site.atlas_parts": {"atlas", "load", "map_classes", "map_grammar", "map_layers", "markup", "practice",
                         "spatial", "tilemap", "wording", "site.atlas_choices", "site.map_svg", "site.places"},
    "site.atlas_pages": {"atlas", "wording", "site.atlas_choices", "site.atlas_parts", "site.directives"},
    "site.figure_cells": {"league", "load", "markup", "paths", "profile", "wording"},
    "site.parts_league": {"league", "load", "markup", "profile", "publication", "spatial", "wording",
                          "site.figure_cells", "site.places", "periods"},
    "site.accessible": {"wording"},
    "site.addresses": {"editions"},
    "site.assets": {"editions", "site.addresses"},
    "site.navigation": set(),
    "site.translated": {"paths"},
    "build.catalogues": {"paths"},
    "site.theming": {"editions", "load", "paths", "practice", "wording", "site.addresses", "site.assets",
                     "site.navigation"},
    "site.figures": {"load", "markup", "picture", "render", "wording", "site.figure_data"},
    "site.figure_data": {"load", "paths", "wording", "periods"},
    "site.figure_files": {"load", "paths", "picture", "render", "wording", "site.figure_data",
                          "site.figures", "site.structured", "site.theming"},
    "site.figure_pages": {"editions", "load", "markup", "render", "wording", "site.addresses", "site.assets",
                          "site.citation", "site.embeds", "site.figure_files", "site.figures"},
    "site.citation": {"wording"},
    "site.embeds": {"lettering", "wording", "site.assets"},
    "build.archive": {"editions", "load", "paths", "whole", "site.feed"},
    "site.profile_parts": {"load", "map_grammar", "markup", "printed", "profile", "tables", "wording",
                           "site.figure_cells", "site.map_svg", "site.parts_league"},
    "site.profile_plan": {"load", "markup", "profile", "wording", "site.figure_cells", "site.parts",
                          "site.profile_parts"},
    "site.profile_lead": {"load", "markup", "profile", "wording", "site.figure_cells", "site.parts",
                          "site.parts_league", "site.profile_parts"},
    "site.profiles": {"load", "profile", "wording", "site.directives", "site.places", "site.profile_lead",
                      "site.profile_parts", "site.profile_plan"},
    "site.parts_districts": {"load", "profile", "wording", "site.parts_league", "site.places",
                             "site.profile_parts"},
    "site.parts": {"badges", "load", "markup", "status", "verdicts", "wording"},
    "site.parts_data": {"badges", "load", "markup", "paths", "tables", "wording", "site.parts"},
    "site.parts_home": {"badges", "district_map", "load", "map_classes", "map_grammar", "markup", "paths",
                        "practice", "publication", "spatial", "status", "wording", "site.map_svg",
                        "site.parts"},
    "site.parts_offices": {"badges", "load", "markup", "status", "wording", "site.parts"},
    "site.directives": {"site.addresses", "site.figures", "site.parts", "site.parts_data",
                        "site.parts_home", "site.parts_offices", "site.atlas_choices", "site.atlas_parts",
                        "site.parts_districts", "site.parts_league", "site.places"},
    "site.search": {"load", "wording", "site.addresses", "site.figures", "site.navigation", "site.places",
                    "site.profiles", "site.search_names", "site.search_records"},
    "site.search_names": {"load", "paths", "wording", "site.search_records"},
    "site.search_records": set(),
    "site.structured": {"editions"},
    "site.feed": set(),
    "site.sharing": {"lettering", "picture", "render", "wording"},
    "site.dataset": {"badges", "check", "load", "paths", "wording", "site.parts",
                     "site.structured"},
    "site.discovery": {"editions", "load", "paths", "picture", "wording", "site.addresses", "site.assets",
                       "site.dataset", "site.directives", "site.feed", "site.figure_files",
                       "site.figures", "site.sharing", "site.structured", "site.theming"},
    "fonts.derive": set(),
}
# Whoever else reads a file reads none of data/ or maps/, or not for its content.
READERS = {
    "load", "spatial",
    "render",           # pictures that it drew itself
    "build.execute",    # the text of a chapter
    "build.chapters",   # digests, and its own cache
    "build.listing",    # the page that says that there is no such page
    "build.workbook",   # the files that it puts into sheets
    "build.deliver",    # the finished pages, to compress them
    "build.catalogues", # texts of the English edition
    "build.publish",    # copies the data package as it stands
    "build.site",       # its own stamp
    "site.assets",      # style sheet and scripts
    "site.search",      # the finished pages of the edition
    "site.sharing",     # the icon of the theme
    "site.parts_data",  # rows and bytes of the files it offers
    "site.embeds",      # style and scripts of the framed pages
    "build.practice_figures",  # the real package, to invent what stands beside it
    "build.archive",    # framed pages of an edition, and those kept of earlier ones
}
READING = {"open", "read_csv", "read_excel", "read_json", "read_file", "read_text", "read_bytes",
           "read_parquet", "loadtxt", "genfromtxt"}


def name_of(path: Path) -> str:
    """Dotted name of a module below the package; the package itself is ``""``."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def is_checker(name: str) -> bool:
    return name == "check" or name.startswith("check.")


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}
each_module = pytest.mark.parametrize("name", MODULES, ids=lambda name: name or "package")


def syntax(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


def imported(name: str) -> set[str]:
    """The modules of this package that a module imports anywhere, inside functions too."""
    found = set()
    for node in ast.walk(syntax(name)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                raise AssertionError(f"{name} imports by dots; write the whole name")
            dotted = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {d if d.removeprefix("shuangbei.") in MODULES else node.module for d in dotted}
    inside = {one for one in found if one == "shuangbei" or one.startswith("shuangbei.")}
    return {one.removeprefix("shuangbei").removeprefix(".") for one in inside}


def called(tree: ast.AST) -> set[str]:
    """Last names of everything that is called: ``read_csv`` of ``pd.read_csv(...)``."""
    functions = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return ({f.attr for f in functions if isinstance(f, ast.Attribute)}
            | {f.id for f in functions if isinstance(f, ast.Name)})


@each_module
def test_arrows_between_modules_point_one_way(name):
    if name == "cli":
        return
    found = imported(name)
    if is_checker(name):
        own = {one for one in found if is_checker(one)}
        assert found - own <= {"paths", "periods", "quick", "whole"}
    else:
        assert name in ALLOWED, f"shuangbei.{name} is new: say in ALLOWED what it may import"
        assert found <= ALLOWED[name]


def test_nothing_imports_the_commands():
    assert not [name for name in MODULES if "cli" in imported(name)]


def test_no_arrow_leads_back_to_where_it_started():
    graph = {name: imported(name) - {name} for name in MODULES}
    while graph:
        free = [name for name, needs in graph.items() if not needs & graph.keys()]
        assert free, f"these import one another: {', '.join(sorted(graph))}"
        for name in free:
            del graph[name]


def test_the_measures_know_neither_files_nor_words_nor_pictures():
    outside = {"targets", "measures", "outlook"}
    for name in outside:
        known = {node.module or "" for node in ast.walk(syntax(name))
                 if isinstance(node, ast.ImportFrom)}
        known |= {alias.name for node in ast.walk(syntax(name)) if isinstance(node, ast.Import)
                  for alias in node.names}
        roots = {one.partition(".")[0] for one in known}
        assert roots <= {"__future__", "math", "dataclasses", "itertools", "numpy", "pandas",
                         "shuangbei"}, name


@each_module
def test_only_load_check_and_spatial_open_the_data(name):
    if name in READERS or is_checker(name):
        return
    assert not called(syntax(name)) & READING


@each_module
def test_a_module_says_in_its_first_line_what_belongs_in_it(name):
    first = MODULES[name].read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith('"""')
    assert len(first) > 30 and first.rstrip('"').endswith((".", "。"))


@each_module
def test_a_module_is_no_longer_than_a_reader_can_hold(name):
    assert len(MODULES[name].read_text(encoding="utf-8").splitlines()) <= MAX_LINES


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
    broad = [one for one in caught if isinstance(one, ast.Name)
             and one.id in ("Exception", "BaseException")]
    assert not broad


def test_run_py_needs_nothing_but_the_standard_library():
    import sys

    tree = ast.parse((paths.ROOT / "run.py").read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import)
             for alias in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names
