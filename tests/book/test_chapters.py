"""Tests of the chapters as text: the rules that keep numbers, code and prose apart."""

from __future__ import annotations

import ast
import csv
import io
import itertools
import re
import subprocess

import jupytext
import nbformat
import pytest
import yaml
from chapter_text import GLUE, LABEL, ROLE, chapters
from jupytext.config import load_jupytext_config

from shuangbei import paths

CHAPTERS = {chapter.path.stem: chapter for chapter in chapters()}
each_chapter = pytest.mark.parametrize("chapter", CHAPTERS.values(), ids=CHAPTERS)

MAX_CELL_LINES, MAX_CHAPTER_LINES = 10, 300
STATEMENTS = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.Try,
    ast.TryStar,
    ast.With,
    ast.Global,
    ast.Delete,
)
CALLS = {
    "read_csv",
    "read_excel",
    "read_json",
    "open",
    "print",
    "display",
    "Markdown",
    "HTML",
    "eval",
    "exec",
    "getattr",
    "__import__",
}
ROLES = {"glue:text"}
CJK = "\u4e00-\u9fff"


def rows_of(name: str) -> list[dict]:
    text = (paths.ROOT / "data" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def commitments() -> list[dict]:
    return rows_of("commitments")


def tree(cell) -> ast.Module:
    return ast.parse(cell.source)


def called(node: ast.AST) -> list[str]:
    """Dotted names of what is called below ``node``."""
    return [ast.unparse(one.func) for one in ast.walk(node) if isinstance(one, ast.Call)]


def tag(cell) -> list[str]:
    return list(cell.metadata.get("tags", []))


def toc_files() -> list[str]:
    toc = yaml.safe_load((paths.ROOT / "_toc.yml").read_text(encoding="utf-8"))
    return [toc["root"], *(entry["file"] for part in toc["parts"] for entry in part["chapters"])]


# The book


def test_every_page_of_the_toc_exists_and_every_page_is_in_the_toc():
    written = [
        name.removesuffix(".md")
        for folder in ("book", "notebooks")
        for path in (paths.ROOT / folder).rglob("*.md")
        if not re.search(r"(^|/)[._]", name := path.relative_to(paths.ROOT).as_posix())
    ]
    assert sorted(toc_files()) == sorted(written)


def test_no_page_stands_twice_in_the_toc():
    assert len(toc_files()) == len(set(toc_files()))


def test_no_chapter_has_a_twin_as_ipynb():
    pages = [path for folder in ("book", "notebooks") for path in (paths.ROOT / folder).rglob("*")]
    names = {path.with_suffix("") for path in pages if path.suffix == ".md"}
    assert not [path for path in pages if path.suffix == ".ipynb" and path.with_suffix("") in names]


def test_git_holds_no_outputs():
    if not (paths.ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    call = ["git", "ls-files", "*.ipynb", "_build", "*.egg-info"]
    held = subprocess.run(call, cwd=paths.ROOT, capture_output=True, text=True, check=True).stdout
    assert not held


# Commitments


def test_there_are_28_commitments_in_eleven_chapters():
    rows = commitments()
    assert len(rows) == 28
    assert {row["chapter"] for row in rows} == set(CHAPTERS) - {"districts"}


@pytest.mark.parametrize("row", commitments(), ids=lambda row: row["commitment_id"])
def test_a_commitment_has_one_anchor_in_its_chapter_and_its_marks_below_it(row):
    key = row["commitment_id"]
    places = {name for name, chapter in CHAPTERS.items() if key in LABEL.findall(chapter.text)}
    assert places == {row["chapter"]}
    chapter = CHAPTERS[row["chapter"]]
    assert LABEL.findall(chapter.text).count(key) == 1
    below = chapter.text.split(f"\n({key})=\n")[1]
    assert re.match(r"#{2,3} \S", below), "an anchor stands on the line before a heading"
    first = re.search(r"\ntables\.marks\((.+?)\)\n", re.split(r"\n\([a-z0-9-]+\)=\n", below)[0])
    assert first, "no card with the three marks follows"
    assert assessed(chapter, first.group(1)) == key


@pytest.mark.parametrize("row", commitments(), ids=lambda row: row["commitment_id"])
def test_the_chapter_of_a_commitment_shows_its_map_or_why_there_is_none(row):
    chapter, indicator = CHAPTERS[row["chapter"]], row["indicator_id"]
    calls = [
        ast.unparse(node)
        for cell in chapter.code
        if tag(cell) == ["remove-input"]
        for node in ast.walk(tree(cell))
        if isinstance(node, ast.Call)
    ]
    need = next(one for one in rows_of("needs") if one["indicator_id"] == indicator)
    wanted = (
        f"regions.targets('{indicator}'"
        if row["geo_id"].startswith("X-")
        else (
            f"districts.show('{indicator}')"
            if need["by_district"] == "yes"
            else f"districts.absent('{indicator}')"
        )
    )
    assert len([call for call in calls if call.startswith(wanted)]) == 1, wanted


def test_only_what_decides_on_the_form_of_maps_draws_one():
    named = {name for name, chapter in CHAPTERS.items() if re.search(r"choropleth|\btiles\.", chapter.text)}
    assert not named


def assessed(chapter, expression: str) -> str:
    """The commitment that an expression of a chapter stands for."""
    names = {}
    for cell in chapter.code:
        for node in ast.walk(tree(cell)):
            if isinstance(node, ast.Assign):
                names |= _assigned(node)
    asked = ast.parse(expression, mode="eval").body
    value = asked if isinstance(asked, ast.Call) else names[ast.unparse(asked)]
    return ast.literal_eval(value.args[0])


def _assigned(node: ast.Assign) -> dict[str, ast.AST]:
    target = node.targets[0]
    if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
        pairs = zip(target.elts, node.value.elts, strict=True)
    else:
        pairs = [(target, node.value)]
    return {ast.unparse(name): value for name, value in pairs}


@each_chapter
def test_a_label_is_a_commitment_of_this_chapter(chapter):
    own = [row["commitment_id"] for row in commitments() if row["chapter"] == chapter.path.stem]
    assert sorted(LABEL.findall(chapter.text)) == sorted(own)


# Headers and round trip


@each_chapter
def test_a_header_has_exactly_these_keys(chapter):
    header = chapter.header
    assert header["jupytext"] == {"text_representation": {"extension": ".md", "format_name": "myst"}}
    assert header["kernelspec"] == {"display_name": "Python 3", "language": "python", "name": "python3"}
    assert set(header) == {"jupytext", "kernelspec", "myst"}
    assert set(header["myst"]) == {"html_meta"} and set(header["myst"]["html_meta"]) == {"description"}


@each_chapter
def test_a_description_is_one_or_two_sentences_of_its_own(chapter):
    said = chapter.header["myst"]["html_meta"]["description"]
    every = [one.header["myst"]["html_meta"]["description"] for one in CHAPTERS.values()]
    assert 20 <= len(said) <= 120
    assert every.count(said) == 1


@each_chapter
def test_a_chapter_survives_jupyterlab_byte_by_byte(chapter):
    config = load_jupytext_config(str(chapter.path))
    assert config is not None
    read = jupytext.reads(chapter.text, fmt={"extension": ".md", "format_name": "myst"}, config=config)
    opened = nbformat.reads(nbformat.writes(read), as_version=4)
    saved = jupytext.writes(opened, fmt={"extension": ".md", "format_name": "myst"}, config=config)
    assert saved == chapter.text


@each_chapter
def test_a_chapter_run_in_jupyterlab_leaves_no_trace_of_who_ran_it(chapter):
    config = load_jupytext_config(str(chapter.path))
    opened = jupytext.reads(chapter.text, fmt={"extension": ".md", "format_name": "myst"}, config=config)
    opened.metadata["language_info"] = {"name": "python", "version": "3.14.3"}
    for number, cell in enumerate(c for c in opened.cells if c.cell_type == "code"):
        cell.execution_count = number
        cell.outputs = [nbformat.v4.new_output("stream", text="seen")]
        cell.metadata["execution"] = {"iopub.status.busy": "2026-11-20T00:00:00Z"}
    saved = jupytext.writes(opened, fmt={"extension": ".md", "format_name": "myst"}, config=config)
    assert saved == chapter.text


# Code


@each_chapter
def test_a_chapter_is_no_longer_than_two_chapters_should_be(chapter):
    assert len(chapter.text.splitlines()) <= MAX_CHAPTER_LINES


@each_chapter
def test_a_cell_has_at_most_ten_lines(chapter):
    sizes = [len([line for line in cell.source.splitlines() if line.strip()]) for cell in chapter.code]
    assert max(sizes) <= MAX_CELL_LINES


@each_chapter
def test_a_cell_is_plain_python_without_definitions_loops_or_magic(chapter):
    for cell in chapter.code:
        assert not re.search(r"^\s*[%!]", cell.source, re.MULTILINE)
        assert not [node for node in ast.walk(tree(cell)) if isinstance(node, STATEMENTS)]


@each_chapter
def test_a_cell_reads_no_file_prints_nothing_and_names_no_path_or_address(chapter):
    for cell in chapter.code:
        names = {name.rpartition(".")[2] for name in called(tree(cell))}
        assert not names & CALLS
        texts = [
            node.value
            for node in ast.walk(tree(cell))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        assert not [text for text in texts if re.search(r"[/\\]|\.(csv|md|json)\b|https?:", text)]


@each_chapter
def test_imports_are_of_this_project_and_stand_in_the_first_cell(chapter):
    first, *rest = chapter.code
    imports = [node for node in ast.walk(tree(first)) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [node.module for node in imports if isinstance(node, ast.ImportFrom)] == ["shuangbei.chapters"]
    assert len(imports) == 1
    assert not [
        node
        for cell in rest
        for node in ast.walk(tree(cell))
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


@each_chapter
def test_everything_imported_is_used(chapter):
    first = tree(chapter.code[0])
    imported = {
        alias.name for node in ast.walk(first) if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    used = {node.id for cell in chapter.code for node in ast.walk(tree(cell)) if isinstance(node, ast.Name)}
    assert imported <= used


@each_chapter
def test_code_holds_no_statistic(chapter):
    numbers = [
        node.value
        for cell in chapter.code
        for node in ast.walk(tree(cell))
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    ]
    assert not [n for n in numbers if len(re.sub(r"\D", "", str(n))) >= 3]


@each_chapter
def test_quoted_digits_in_code_are_periods(chapter):
    texts = [
        node.value
        for cell in chapter.code
        for node in ast.walk(tree(cell))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    named = {row["indicator_id"] for row in rows_of("commitments")}
    named |= {row["action_id"] for row in rows_of("actions")}
    digits = {run for text in texts if text not in named for run in re.findall(r"\d{3,}", text)}
    # Area codes of the nation, the city and a district are names, not numbers; so are indicators
    # and actions.
    assert not [
        run
        for run in digits
        if not (1990 <= int(run) <= 2030 and len(run) == 4) and not re.fullmatch(r"(100|500)\d{3}", run)
    ]


@each_chapter
def test_a_cell_shows_one_output_or_none(chapter):
    for cell in chapter.code:
        *before, last = tree(cell).body
        silent = before if tag(cell) == ["remove-input"] else [*before, last]
        shown = [ast.unparse(node) for node in silent if isinstance(node, ast.Expr)]
        assert all(re.match(r"facts\.(publish|claim)\(", text) for text in shown), cell.source
        if tag(cell) == ["remove-input"]:
            assert isinstance(last, ast.Expr), cell.source
            assert not ast.unparse(last).startswith("facts."), cell.source


@each_chapter
def test_a_cell_says_whether_it_shows_its_output_and_nothing_else(chapter):
    assert {tuple(tag(cell)) for cell in chapter.code} <= {("remove-cell",), ("remove-input",)}


# Prose


@each_chapter
def test_a_number_in_prose_names_its_own_file_and_a_format(chapter):
    for role, content in ROLE.findall(chapter.prose):
        assert role in ROLES, f"{{{role}}}`{content}`"
    assert chapter.text.count("{glue") == len(GLUE.findall(chapter.prose))
    for found in GLUE.finditer(chapter.prose):
        assert found["file"] == chapter.path.name
        assert re.fullmatch(r"[a-z][a-z0-9_]*", found["name"])
        assert re.fullmatch(r"[+-]?,?d|[+-]?,?\.\d[f%]|s", found["format"]), found[0]


@each_chapter
def test_a_name_is_published_once(chapter):
    published = [
        word.arg
        for cell in chapter.code
        for node in ast.walk(tree(cell))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "facts.publish"
        for word in node.keywords
        if word.arg
    ]
    assert len(published) == len(set(published))


@each_chapter
def test_no_statistic_is_typed_into_prose(chapter):
    text = re.sub(r"GB/T ?\d+(—\d{4})?|第?\d+号", "", chapter.read_aloud)
    long = [n for n in re.findall(r"\d[\d,]*\d{2,}", text) if not re.fullmatch(r"(19[4-9]|20[0-4])\d", n)]
    assert not long
    assert not re.findall(r"\d+\.\d+|\d+ ?(?:%|％|个百分点)|\d\d+(?:亿元|万元|万家|家|件|万)", text)


@each_chapter
def test_a_chinese_paragraph_is_one_line(chapter):
    broken = [
        token.content
        for token in chapter.inlines
        if re.search(rf"[{CJK}，。；：、）”][ \t]*\n[ \t]*\S", token.content)
    ]
    assert not broken


@each_chapter
def test_chinese_text_has_full_width_punctuation(chapter):
    assert not re.findall(
        rf"[{CJK}”）][,;:!?(].?|.?[,;!?)][{CJK}]|[{CJK}]\.(?=\s|$|[{CJK}])", chapter.read_aloud
    )


@each_chapter
def test_chinese_text_has_no_italics(chapter):
    kinds = [child.type for token in chapter.inlines for child in token.children or []]
    assert "em_open" not in kinds


@each_chapter
def test_findings_come_first_then_questions_then_data_then_definitions(chapter):
    headings = re.findall(r"^(#{1,6}) (.+)$", chapter.prose, re.MULTILINE)
    assert [level for level, _ in headings].count("#") == 1 and headings[0][0] == "#"
    main = [name for level, name in headings if level == "##"]
    assert main[-2:] == ["数据", "口径与来源"]
    assert len(main) == len(set(main)) > 2
    depths = [len(level) for level, _ in headings]
    assert all(b - a <= 1 for a, b in itertools.pairwise(depths))
    findings = re.findall(r"^- .+", chapter.prose.split("\n## ")[0], re.MULTILINE)
    assert 3 <= len(findings) <= 5


@each_chapter
def test_a_chapter_ends_with_its_sources_and_the_date_of_its_data(chapter):
    last = chapter.prose.rstrip().splitlines()[-1]
    assert "资料查到" in last and "cut_off:s" in last
    assert called(tree(chapter.code[-1]))[0] == "tables.sources"


def test_no_paragraph_stands_in_two_chapters():
    seen = {}
    for name, chapter in CHAPTERS.items():
        for token in chapter.inlines:
            text = GLUE.sub("数", token.content)
            if len(text) > 30 and "资料查到" not in text:
                seen.setdefault(text, set()).add(name)
    assert not {text: names for text, names in seen.items() if len(names) > 1}


@each_chapter
def test_a_chapter_that_shows_a_map_of_districts_lists_the_sources_of_its_figures(chapter):
    calls = [one for cell in chapter.code for one in ast.walk(tree(cell)) if isinstance(one, ast.Call)]
    ids = {
        name: {
            arg.value
            for one in calls
            if ast.unparse(one.func) == f"districts.{name}"
            for arg in one.args
            if isinstance(arg, ast.Constant)
        }
        for name in ("show", "sources")
    }
    assert ids["show"] <= ids["sources"]
