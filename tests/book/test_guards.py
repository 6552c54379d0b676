"""Tests of what a build refuses: changed files, printed warnings, half-written and hung things."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import warnings
import zipfile
from contextlib import contextmanager
from multiprocessing import active_children, get_all_start_methods, get_context
from types import SimpleNamespace

import pytest
from patience import HANGS
from typer.testing import CliRunner

from shuangbei import cli, paths, pictures, site, words
from shuangbei.pictures import vega
from shuangbei.publish import book, data_package, execution, kernel, processes, steps
from shuangbei.publish import pipeline as builder

NAME = "technology-services"


@pytest.fixture
def data(data, tmp_path, monkeypatch):
    """A copy of the data package that the run reads, beside a cache of its own."""
    monkeypatch.setattr(paths, "CACHE", tmp_path / "cache")
    return data


@pytest.fixture
def notebooks(tmp_path, monkeypatch):
    """A folder of chapters of its own, with one that does nothing."""
    monkeypatch.setattr(paths, "NOTEBOOKS", tmp_path / "notebooks")
    paths.NOTEBOOKS.mkdir()
    write_chapter(NAME, "1 + 1")
    return paths.NOTEBOOKS


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A place for sites of its own, with a finished site that has its stamp."""
    build = tmp_path / "_build"
    monkeypatch.setattr(paths, "BUILD", build)
    monkeypatch.setattr(builder, "SITE", build / "site")
    monkeypatch.setattr(builder, "_BEFORE", build / "site.before")
    monkeypatch.setattr(builder, "_STAMP", build / "site.json")
    monkeypatch.setattr(builder, "OBJECTS", build / "objects.jsonl")
    page(build / "site", "old")
    data_package.write_json(builder._STAMP, builder._stamp("state"))
    return build


def page(folder, text: str):
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(text, encoding="utf-8")
    return folder


def shown() -> str:
    return (builder.SITE / "index.html").read_text(encoding="utf-8")


def write_chapter(name: str, *cells: str) -> None:
    head = (
        "---\njupytext:\n  text_representation:\n    extension: .md\n    format_name: myst\n"
        "kernelspec:\n  display_name: Python 3\n  language: python\n  name: python3\n---\n\n"
    )
    body = "\n\n".join(f"```{{code-cell}} python\n{cell}\n```" for cell in cells)
    text = f"{head}# 题\n\n{body}\n"
    (paths.NOTEBOOKS / f"{name}.md").write_text(text, encoding="utf-8", newline="\n")


# Files that change while a build runs


def run_that_sees(monkeypatch, topic, during) -> None:
    """Let a run open one file, and let something happen before it ends."""

    def run(stale):
        during()
        yield stale[0], kernel.Result("{}", (str(topic),))

    monkeypatch.setattr(execution, "_run", run)


def test_a_result_is_not_kept_if_a_file_that_it_read_changed_during_the_run(data, notebooks, monkeypatch):
    topic = data / "observations" / "services.csv"
    before = topic.read_bytes()
    run_that_sees(monkeypatch, topic, lambda: topic.write_bytes(before + b"\n"))
    with pytest.raises(execution.Changed, match="data/observations/services.csv"):
        execution.run_all(["zh"], only=[NAME])
    program = execution.program_digest()
    assert execution.cached(NAME, "zh", program) is None
    topic.write_bytes(before)
    assert execution.cached(NAME, "zh", program) is None


def test_a_result_is_not_kept_if_its_chapter_changed_during_the_run(data, notebooks, monkeypatch):
    run_that_sees(monkeypatch, data / "units.csv", lambda: write_chapter(NAME, "2 + 2"))
    with pytest.raises(execution.Changed, match=f"notebooks/{NAME}.md"):
        execution.run_all(["zh"], only=[NAME])
    assert execution.cached(NAME, "zh", execution.program_digest()) is None


def test_a_result_is_kept_if_only_a_file_changed_that_it_did_not_read(data, notebooks, monkeypatch):
    other = data / "observations" / "contracts.csv"
    run_that_sees(monkeypatch, data / "units.csv", lambda: other.write_bytes(b"x"))
    assert execution.run_all(["zh"], only=[NAME])[0].ran
    assert execution.cached(NAME, "zh", execution.program_digest()) == "{}"


def quick_book(monkeypatch, states) -> list:
    """A book that needs no Sphinx, from sources whose state reads as ``states``; what it would keep."""
    kept = []

    @contextmanager
    def assembly(language, work, about):
        yield lambda executed: page(work / language / "pages", f"new {language}")

    monkeypatch.setattr(book, "assembly", assembly)
    monkeypatch.setattr(execution, "run_all", lambda done: [])
    monkeypatch.setattr(steps, "publish", lambda pages: None)
    monkeypatch.setattr(book, "keep", lambda work, site: kept.append(site))
    noted = iter(states)
    monkeypatch.setattr(builder, "inputs", lambda about=None: next(noted))
    return kept


def test_a_build_whose_files_changed_meanwhile_leaves_the_old_site(place, monkeypatch):
    kept = quick_book(monkeypatch, ["before", "after"])
    with pytest.raises(execution.Changed):
        builder.build(lambda line: None, lambda: None)
    assert shown() == "old"
    assert not list(place.glob("work-*"))
    assert not kept


def test_a_build_whose_files_stayed_takes_the_place_of_the_site_and_is_current(place, monkeypatch):
    quick_book(monkeypatch, ["same"] * 3)
    assert not builder.build(lambda line: None, lambda: None).unchanged
    assert shown() == "new zh"
    assert (builder.SITE / "en" / "index.html").read_text(encoding="utf-8") == "new en"
    assert builder.build(lambda line: None, lambda: pytest.fail("checked once more")).unchanged


def test_the_data_are_checked_after_the_build_has_noted_what_it_reads(place, monkeypatch):
    did = []
    quick_book(monkeypatch, ["same"] * 2)
    monkeypatch.setattr(builder, "inputs", lambda about=None: did.append("noted") or "same")
    builder.build(lambda line: None, lambda: did.append("checked"))
    assert did == ["noted", "checked", "noted"]


def test_a_log_beside_the_folders_and_a_lock_of_an_editor_are_no_change(tmp_path, monkeypatch):
    (tmp_path / "book").mkdir()
    (tmp_path / "requirements.txt").write_text("", encoding="utf-8")
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    before = builder.inputs()
    for name in ("site.log", "book/.~lock.index.md#", ".git", "_build"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert builder.inputs() == before
    (tmp_path / "book" / "index.md").write_text("x", encoding="utf-8")
    assert builder.inputs() != before


def test_a_plain_book_reads_every_page_anew_because_data_may_have_changed(tmp_path, data):
    from sphinx.application import Sphinx

    source = tmp_path / "source"
    source.mkdir()
    (source / "index.md").write_text("# 题\n\n```{plan-edition}\n```\n", encoding="utf-8")
    (source / "conf.py").write_text(
        "extensions = ['myst_nb', 'shuangbei.site']\nnb_execution_mode = 'off'\nhtml_theme = 'report'\n",
        encoding="utf-8",
    )

    def build() -> str:
        app = Sphinx(source, source, tmp_path / "out", tmp_path / "trees", "html", status=None)
        app.build()
        return (tmp_path / "out" / "index.html").read_text(encoding="utf-8")

    edition = data / "edition.yaml"
    old = edition.read_text(encoding="utf-8").split("edition: ")[1].split()[0]
    assert words.period(old) in build()
    text = edition.read_text(encoding="utf-8").replace(old, "2031Q1")
    edition.write_text(text, encoding="utf-8", newline="\n")
    assert words.period("2031Q1") in build()


# Warnings and texts of chapters


@pytest.fixture
def plain_warnings(monkeypatch):
    """Warnings go to stderr as they do outside pytest, which would take them away."""

    def show(message, category, filename, lineno, file=None, line=None):
        sys.stderr.write(warnings.formatwarning(message, category, filename, lineno, line))

    monkeypatch.setattr(warnings, "showwarning", show)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("print('hello')", "wrote to stdout: hello"),
        ("import warnings; warnings.warn('old way')", "wrote to stderr: .*UserWarning: old way"),
    ],
)
def test_a_cell_that_prints_or_warns_fails_its_chapter(notebooks, plain_warnings, code, said):
    write_chapter("loud", "1 + 1", code)
    with pytest.raises(kernel.ChapterError, match=f"(?s)notebooks/loud.md, code cell 2 .*{said}"):
        kernel.run("loud", "zh")


def test_a_warning_that_an_earlier_chapter_has_shown_is_shown_again(
    notebooks, plain_warnings, tmp_path, monkeypatch
):
    (tmp_path / "warner_of_test.py").write_text(
        "import warnings\n\ndef warn():\n    warnings.warn('old way')\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    write_chapter("loud", "import warner_of_test", "warner_of_test.warn()")
    for _ in range(2):
        with pytest.raises(kernel.ChapterError, match="old way"):
            kernel.run("loud", "zh")


def test_a_chart_that_cannot_be_drawn_names_chapter_and_cell(notebooks, monkeypatch):
    def draw(outputs):
        raise ValueError("no such mark")

    monkeypatch.setattr(kernel, "_draw", draw)
    with pytest.raises(kernel.ChapterError, match=f"notebooks/{NAME}.md, code cell 1 .*no such"):
        kernel.run(NAME, "zh")


@pytest.mark.parametrize(
    ("raw", "said"), [("# 题".encode("gbk"), "is not UTF-8"), (b"---\na: [\n---\n", "cannot be read")]
)
def test_a_chapter_that_cannot_be_read_is_named(notebooks, raw, said):
    (notebooks / "odd.md").write_bytes(raw)
    with pytest.raises(kernel.ChapterError, match=f"notebooks/odd.md {said}"):
        kernel.run("odd", "zh")


# Stamps, the finished site, and what is kept


@pytest.mark.parametrize("text", ["", '{"state": "zh', '"zh 0123"', "null"])
def test_a_half_written_or_older_stamp_says_that_the_site_is_not_current(place, text):
    assert builder.is_current("state")
    builder._STAMP.write_text(text, encoding="utf-8")
    assert not builder.is_current("state")


def test_a_site_that_somebody_has_edited_or_damaged_is_not_current(place):
    about = (builder.SITE / "index.html").stat()
    (builder.SITE / "index.html").write_text("odd", encoding="utf-8")
    os.utime(builder.SITE / "index.html", ns=(about.st_atime_ns, about.st_mtime_ns + 1))
    assert not builder.is_current("state")
    data_package.write_json(builder._STAMP, builder._stamp("state"))
    assert builder.is_current("state")
    (builder.SITE / "more.html").write_text("", encoding="utf-8")
    assert not builder.is_current("state")


def test_a_damaged_result_in_the_cache_runs_again(data, notebooks):
    program = execution.program_digest()
    execution.keep(NAME, "zh", program, kernel.Result("{}", ()))
    assert execution.cached(NAME, "zh", program) == "{}"
    execution._entry(NAME, "zh", program).write_text('{"opened": {', encoding="utf-8")
    assert execution.cached(NAME, "zh", program) is None


def test_another_font_is_another_picture(tmp_path, monkeypatch):
    before = pictures.digest({})
    shutil.copytree(vega.FONT_DIR, tmp_path / "fonts")
    with (tmp_path / "fonts" / "NotoSansSC-Regular.otf").open("ab") as font:
        font.write(b"x")
    monkeypatch.setattr(vega, "FONT_DIR", tmp_path / "fonts")
    vega._tools.cache_clear()
    try:
        assert pictures.digest({}) != before
    finally:
        vega._tools.cache_clear()


def test_the_pages_keep_no_reports_and_no_sources_of_sphinx(tmp_path):
    pages = page(tmp_path / "pages", "x")
    for name in ("reports/a/b.log", "_sources/index.md", "objects.inv", "kept.txt"):
        (pages / name).parent.mkdir(parents=True, exist_ok=True)
        (pages / name).write_text("", encoding="utf-8")
    left = {path.name for path in book._finished(pages).iterdir()}
    assert left == {"index.html", "kept.txt"}


def test_only_what_the_contract_names_is_published(data, tmp_path):
    for name in (
        ".~lock.units.csv#",
        "observations/.~lock.research.csv#",
        "notes.txt",
        "observations/old.csv",
        "schemas/.units.yaml",
    ):
        (data / name).write_text("private", encoding="utf-8")
    data_package.publish_data(tmp_path / "pages", "https://a.example/")
    with zipfile.ZipFile(tmp_path / "pages" / "data" / "datapackage.zip") as bundle:
        zipped = set(bundle.namelist())
    asked = {
        path.relative_to(paths.ROOT / "data").as_posix()
        for path in (paths.ROOT / "data").rglob("*")
        if path.is_file()
    }
    published = {
        path.relative_to(tmp_path / "pages" / "data").as_posix()
        for path in (tmp_path / "pages").rglob("*")
        if path.is_file()
    }
    assert zipped == asked
    made = {
        "datapackage.zip",
        "datapackage.xlsx",
        "datapackage.json",
        "status.json",
        "clues.json",
        "clues.csv",
    }
    assert published - zipped == made
    text = (tmp_path / "pages/data/datapackage.json").read_text(encoding="utf-8")
    assert json.loads(text)["resources"]


# What is left of a build that was killed


def test_the_old_site_comes_back_if_the_new_one_was_not_yet_in_place(place):
    builder.SITE.rename(builder._BEFORE)
    builder.recover_if_idle()
    assert shown() == "old" and not builder._BEFORE.exists()


def test_a_running_build_is_left_alone(place):
    from filelock import FileLock

    builder.SITE.rename(builder._BEFORE)
    with FileLock(place / "build.lock"):
        builder.recover_if_idle()
    assert builder._BEFORE.exists() and not builder.SITE.exists()


def test_what_is_left_of_killed_builds_is_cleared_away(place):
    for name in ("site.before", "work-1", "work-old-1-1"):
        page(place / name, "older")
    (place / "site.json.77").write_text("{", encoding="utf-8")
    builder.recover()
    assert shown() == "old"
    assert {path.name for path in place.iterdir()} == {"site", "site.json"}


def test_the_old_site_is_deleted_under_another_name(place, monkeypatch):
    """Half of it under its own name would be taken for the whole of it."""
    deleted = []
    monkeypatch.setattr(builder.shutil, "rmtree", lambda folder, ignore_errors: deleted.append(folder.name))
    builder._exchange(page(place / "pages", "new"))
    assert shown() == "new" and not builder._BEFORE.exists()
    assert len(deleted) == 1 and deleted[0].startswith("work-old-")


def test_a_failed_exchange_puts_the_old_site_back(place):
    with pytest.raises(OSError):
        builder._exchange(place / "no-such-folder")
    assert shown() == "old" and not builder._BEFORE.exists()


# Chapters that do not end


def sleep(name, language):
    """Stand-in for a chapter that hangs unless its name says otherwise."""
    time.sleep(HANGS if name == "slow" else 0)
    return kernel.Result("{}", ())


def die(name, language):
    """Stand-in for a chapter whose process is ended from outside."""
    os._exit(9)


def as_forks(monkeypatch, run) -> None:
    if "fork" not in get_all_start_methods():
        pytest.skip("stand-ins reach workers by forking")
    monkeypatch.setattr(processes, "context", lambda: get_context("fork"))
    monkeypatch.setattr(kernel, "warm_up", int)
    monkeypatch.setattr(kernel, "run", run)


def test_a_chapter_that_does_not_end_is_named_and_its_process_killed(monkeypatch):
    as_forks(monkeypatch, sleep)
    monkeypatch.setattr(execution, "LIMIT", 1)
    # The first wait is as long as a busy machine needs; at the second nothing comes to its end.
    limits = iter([HANGS, 0.1])
    patient = execution.wait
    monkeypatch.setattr(execution, "wait", lambda left, limit, when: patient(left, next(limits), when))
    strangers, ended = set(active_children()), []
    with pytest.raises(kernel.ChapterError, match="^notebooks/slow.md: no end within 1 s$"):
        for key, _ in execution._run([("quick", "zh"), ("slow", "en")]):
            ended.append(key)
    assert ended == [("quick", "zh")]
    left = set(active_children()) - strangers
    for worker in left:
        worker.join(HANGS / 10)
    assert not [worker for worker in left if worker.is_alive()]


def test_a_process_ended_from_outside_is_told_in_a_sentence(monkeypatch):
    as_forks(monkeypatch, die)
    with pytest.raises(kernel.ChapterError, match="was ended from outside"):
        list(execution._run([("one", "zh")]))


def test_processes_of_a_build_know_nothing_of_a_renderer_chosen_for_a_measurement(monkeypatch):
    monkeypatch.setenv("SHUANGBEI_RENDERER", "stock")
    monkeypatch.delenv("PYTHONHASHSEED", raising=False)
    processes.context()
    assert "SHUANGBEI_RENDERER" not in os.environ and os.environ["PYTHONHASHSEED"] == "0"


# What the terminal says


def says(monkeypatch, error, *words: str) -> str:
    """Run a command whose build ends with ``error``; return what it printed."""

    def build(*arguments):
        if error:
            raise error

    monkeypatch.setattr(builder, "build", build)
    done = CliRunner().invoke(cli.app, list(words), env={"SHUANGBEI_SPEAKS": "en"})
    assert done.exit_code == 1 and isinstance(done.exception, SystemExit)
    return done.output


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Access is denied", "site"), "Access is denied"),
        (kernel.ChapterError("notebooks/a.md is not UTF-8"), "notebooks/a.md is not UTF-8"),
        (book.BookError("book/a.md: no such page"), "book/a.md"),
        (execution.Changed(), "files changed during the build; run again"),
        (execution.Changed("notebooks/a.md"), "notebooks/a.md: files changed"),
    ],
)
def test_a_build_that_fails_says_why_and_that_the_site_is_unchanged(monkeypatch, error, said):
    output = says(monkeypatch, error, "site")
    assert said in output and "_build/site is unchanged" in output
    assert "Traceback" not in output


def test_jupyterlab_that_cannot_be_set_up_says_why(monkeypatch, tmp_path):
    monkeypatch.setattr(paths, "BUILD", tmp_path)
    monkeypatch.setattr(
        subprocess,
        "run",
        lambda *a, **k: SimpleNamespace(returncode=1, stdout="", stderr="No module named jupytext_config\n"),
    )
    assert "No module named jupytext_config" in says(monkeypatch, None, "lab")


def test_messages_know_two_languages(monkeypatch):
    spoken = []
    for code in ("zh", "en", "fr"):
        monkeypatch.setenv("SHUANGBEI_SPEAKS", code)
        spoken.append(paths.spoken())
    assert spoken == ["zh", "en", "en"]


def test_the_extension_tells_sphinx_that_every_page_is_outdated():
    env = SimpleNamespace(found_docs={"a", "b"})
    assert site._every_page(None, env, set(), set(), set()) == {"a", "b"}
