"""Tests of what run.py refuses: half an environment, two makers at once, packages of elsewhere."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time

import pytest
from patience import HANGS

from shuangbei import paths

SOURCE = paths.ROOT / "run.py"
posix = pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")


@pytest.fixture
def run(tmp_path):
    """run.py alone in a folder, imported as a module, with nothing made yet."""
    folder = tmp_path / "双倍增 alone"
    folder.mkdir()
    shutil.copy(SOURCE, folder)
    for name in ("requirements.txt", "requirements-test.txt", "requirements-lab.txt", "pyproject.toml"):
        (folder / name).write_text("", encoding="utf-8")
    spec = importlib.util.spec_from_file_location("run_under_guard", folder / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def made(run, monkeypatch):
    """The same with quick stand-ins for making an environment."""
    monkeypatch.setattr(run.venv.EnvBuilder, "create", lambda self, folder: folder.mkdir())
    monkeypatch.setattr(run, "pip", lambda *words: None)
    return run


def finish(run, script: str) -> None:
    """An environment whose Python is a shell script, with its stamp."""
    run.PYTHON.parent.mkdir(parents=True)
    run.PYTHON.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    run.PYTHON.chmod(0o755)
    run.stamp_of("site").write_text(json.dumps(run.wanted()), encoding="utf-8")


def real(run) -> str:
    """A script that passes everything on to the Python that runs the tests."""
    return f'exec "{sys.executable}" "$@"'


@pytest.mark.parametrize("text", ["", '{"root": ', "[]", "null", '"x"'])
def test_a_half_written_stamp_says_that_the_environment_is_not_ready(run, text):
    finish(run, "")
    assert run.is_ready()
    run.stamp_of("site").write_text(text, encoding="utf-8")
    assert not run.is_ready()


@posix
def test_the_environments_python_must_start(run):
    finish(run, "exit 1")
    assert not run.starts(dict(os.environ))
    run.PYTHON.write_text("", encoding="utf-8")
    assert not run.starts(dict(os.environ))


@posix
def test_the_environments_python_must_be_of_the_version_it_was_made_with(run):
    finish(run, real(run))
    assert run.starts(dict(os.environ))
    stamp = json.loads(run.stamp_of("site").read_text(encoding="utf-8"))
    run.stamp_of("site").write_text(json.dumps({**stamp, "python": "3.2.1"}), encoding="utf-8")
    assert not run.starts(dict(os.environ))


@posix
def test_an_environment_that_does_not_start_is_made_again(run, monkeypatch):
    finish(run, "exit 1")
    makings = []
    monkeypatch.setattr(run, "make", lambda layer: makings.append(run.stamp_of("site").exists()))
    run.main(["check"])
    assert makings == [False]


@posix
def test_a_package_of_the_same_name_where_somebody_stands_is_not_imported(run, tmp_path, monkeypatch):
    finish(run, real(run))
    trap = tmp_path / "trap" / "shuangbei"
    trap.mkdir(parents=True)
    for name in ("__init__.py", "cli.py"):
        (trap / name).write_text("raise SystemExit(99)\n", encoding="utf-8")
    monkeypatch.chdir(trap.parent)
    monkeypatch.setenv("PYTHONPATH", str(trap.parent))
    assert run.main(["--no-such-option"]) not in (0, 99)
    assert "PYTHONPATH" not in os.environ


@posix
def test_a_command_hands_over_its_words_and_nothing_that_leads_astray_or_holds_it_up(run, tmp_path):
    report = tmp_path / "report"
    finish(
        run,
        'case "$1" in -c) exit 0;; esac\n'
        f'echo "$@" "${{PYTHONPATH-none}}${{PYTHONHOME-none}}"'
        f' "${{PYTHONDONTWRITEBYTECODE-none}}" "$PYTHONPYCACHEPREFIX" > "{report}"; exit 5',
    )
    own = {key: value for key, value in os.environ.items() if not key.startswith("SHUANGBEI_")}
    own |= {"PYTHONPATH": "/elsewhere", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, str(run.ROOT / "run.py"), "site", "--fresh"], env=own, cwd=tmp_path, timeout=HANGS
    )
    assert done.returncode == 5
    kept = run.ROOT / ".venv" / "bytecode"
    said = report.read_text(encoding="utf-8")
    assert said == f"-P -m shuangbei.cli site --fresh nonenone none {kept}\n"


def test_the_language_of_the_edition_is_not_that_of_messages(run, monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "SHUANGBEI_SPEAKS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.setenv("SHUANGBEI_LANG", "en")
    assert run.speaks_chinese()
    monkeypatch.setenv("SHUANGBEI_SPEAKS", "en")
    assert not run.speaks_chinese()


# Making the environment


def test_the_stamp_goes_before_anything_else_does(made, monkeypatch):
    finish(made, "")
    made.stamp_of("site").write_text("{}", encoding="utf-8")

    def busy(folder):
        assert not made.stamp_of("site").exists()
        raise PermissionError(13, "Access is denied", str(folder))

    monkeypatch.setattr(made.shutil, "rmtree", busy)
    with pytest.raises(SystemExit):
        made.make()
    assert made.VENV.exists() and not made.is_ready()


def test_files_in_use_are_answered_with_advice_in_both_languages(made, monkeypatch, capsys):
    made.VENV.mkdir()

    def busy(folder):
        raise PermissionError(13, "Access is denied", str(folder))

    monkeypatch.setattr(made.shutil, "rmtree", busy)
    for code in ("zh", "en"):
        monkeypatch.setenv("SHUANGBEI_SPEAKS", code)
        with pytest.raises(SystemExit) as stop:
            made.make()
        assert stop.value.code == 1
    said = capsys.readouterr().err
    assert "请关闭 JupyterLab" in said and "Close JupyterLab" in said
    assert not made.MARK.exists()


def test_two_do_not_make_the_environment_at_once(made, monkeypatch, capsys):
    monkeypatch.setenv("SHUANGBEI_SPEAKS", "en")
    made.mark()
    with pytest.raises(SystemExit):
        made.make()
    assert "Another command is preparing" in capsys.readouterr().err
    assert made.MARK.exists() and not made.VENV.exists()


def test_a_mark_that_was_left_behind_holds_nobody_up(made):
    made.mark()
    long_ago = time.time() - made.STALE_AFTER - 1
    os.utime(made.MARK, (long_ago, long_ago))
    made.make()
    assert made.stamp_of("site").exists() and not made.MARK.exists()


def test_who_had_to_wait_does_not_make_again_what_the_other_made(made, monkeypatch):
    monkeypatch.setattr(made, "mark", lambda: finish(made, ""))
    monkeypatch.setattr(made, "fill", lambda layer: pytest.fail("made again"))
    made.make()


def test_no_half_stamp_is_left_beside_the_stamp(made):
    made.make()
    assert [path.name for path in made.VENV.iterdir()] == [made.stamp_of("site").name]
    assert json.loads(made.stamp_of("site").read_text(encoding="utf-8")) == made.wanted()


# The terminal


def test_a_terminal_that_cannot_show_chinese_stops_nothing(run):
    own = {
        **os.environ,
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": "ascii:strict",
        "LC_ALL": "C",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        [sys.executable, str(run.ROOT / "run.py"), "--help"], env=own, capture_output=True, timeout=HANGS
    )
    assert done.returncode == 0
    assert "唯一入口" in done.stdout.decode("utf-8")


def test_the_commands_write_utf8_to_any_terminal():
    own = {
        **os.environ,
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": "ascii:strict",
        "LC_ALL": "C",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(paths.ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-m", "shuangbei.cli", "site", "--help"], env=own, capture_output=True, timeout=HANGS
    )
    assert done.returncode == 0
    assert "检查数据" in done.stdout.decode("utf-8")
