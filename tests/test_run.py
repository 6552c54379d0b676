"""Tests of run.py, the entry that must work before anything is installed."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest
from patience import HANGS

from shuangbei import paths

SOURCE = paths.ROOT / "run.py"
COMMANDS = ("site", "test", "check", "serve", "lab", "translate", "freeze", "bench")


@pytest.fixture
def alone(tmp_path):
    """A folder with a blank and Chinese characters that holds run.py and nothing else."""
    folder = tmp_path / "双倍增 alone"
    folder.mkdir()
    shutil.copy(SOURCE, folder)
    return folder


@pytest.fixture
def checkout(alone):
    """What run.py looks at before it hands over: locks and project file."""
    for name in ("requirements.txt", "requirements-test.txt", "requirements-lab.txt"):
        (alone / name).write_text("one==1\n", encoding="utf-8")
    (alone / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    return alone


def entry(folder):
    """run.py of a folder, imported as a module."""
    spec = importlib.util.spec_from_file_location("run_under_test", folder / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def run(checkout):
    """run.py with an environment that looks finished."""
    module = entry(checkout)
    module.PYTHON.parent.mkdir(parents=True)
    module.PYTHON.write_text("", encoding="utf-8")
    module.stamp_of("site").write_text(json.dumps(module.wanted()), encoding="utf-8")
    return module


def start(folder, *arguments, cwd=None, **environment):
    own = {key: value for key, value in os.environ.items() if not key.startswith("SHUANGBEI_")}
    own |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", **environment}
    return subprocess.run(
        [sys.executable, str(folder / "run.py"), *arguments],
        env=own,
        cwd=cwd or folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=HANGS,
    )


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ()])
def test_help_needs_no_environment_and_makes_none(alone, arguments):
    done = start(alone, *arguments)
    assert done.returncode == 0
    assert all(f"run.py {command} " in done.stdout for command in COMMANDS)
    assert [path.name for path in alone.iterdir()] == ["run.py"]


def test_help_speaks_both_languages_and_names_windows(alone):
    said = start(alone, "--help").stdout
    assert "唯一入口" in said and "the one entry" in said and "py run.py" in said


def test_help_names_the_commands_that_there_are():
    from shuangbei import cli

    assert {command.callback.__name__ for command in cli.app.registered_commands} == set(COMMANDS)


@pytest.mark.parametrize(("language", "said"), [("zh", "需要 Python 3.11"), ("en", "is needed")])
def test_an_old_python_is_told_so_in_the_language_of_the_user(checkout, monkeypatch, capsys, language, said):
    module = entry(checkout)
    monkeypatch.setenv("SHUANGBEI_SPEAKS", language)
    monkeypatch.setattr(
        module, "sys", SimpleNamespace(version_info=(3, 9, 2), version="3.9.2 x", stderr=sys.stderr)
    )
    assert module.main(["site"]) == 1
    message = capsys.readouterr().err
    assert said in message and "3.9.2" in message
    assert not module.VENV.exists()


def test_the_language_of_messages_is_that_of_the_system_unless_one_is_chosen(run, monkeypatch):
    for name in ("SHUANGBEI_SPEAKS", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert run.speaks_chinese()
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert not run.speaks_chinese()
    monkeypatch.setenv("SHUANGBEI_SPEAKS", "zh")
    assert run.speaks_chinese()


def test_an_environment_made_from_this_checkout_is_ready(run):
    assert run.is_ready()


def test_an_environment_without_its_stamp_is_not_ready(run):
    run.stamp_of("site").unlink()
    assert not run.is_ready()


def test_an_environment_without_its_python_is_not_ready(run):
    run.PYTHON.unlink()
    assert not run.is_ready()


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_an_environment_is_not_ready_once_the_lock_or_the_project_has_changed(run, name):
    path = run.ROOT / name
    path.write_text(path.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    assert not run.is_ready()


def test_an_environment_is_not_ready_once_the_folder_has_moved(run, monkeypatch, tmp_path):
    moved = tmp_path / "moved"
    shutil.move(run.ROOT, moved)
    assert not entry(moved).is_ready()


def test_an_environment_with_half_a_stamp_is_not_ready(run):
    text = run.stamp_of("site").read_text(encoding="utf-8")
    run.stamp_of("site").write_text(text[: len(text) // 2], encoding="utf-8")
    assert not run.is_ready()


def test_an_environment_whose_python_no_longer_starts_is_made_again(run, monkeypatch):
    made = []
    monkeypatch.setattr(run, "starts", lambda environment: False)
    monkeypatch.setattr(run, "make", lambda layer: made.append(run.stamp_of("site").exists()))
    monkeypatch.setattr(run.subprocess, "call", lambda words, env: 0)
    assert run.main(["check"]) == 0
    assert made == [False]


def test_two_commands_do_not_make_the_environment_at_once(checkout, monkeypatch, capsys):
    module = entry(checkout)
    monkeypatch.setenv("SHUANGBEI_SPEAKS", "en")
    module.MARK.write_text("", encoding="utf-8")
    with pytest.raises(SystemExit):
        module.make()
    assert "Another command is preparing" in capsys.readouterr().err
    assert module.MARK.exists() and not module.VENV.exists()


def test_a_second_python_of_the_machine_uses_the_environment_that_is_there(run):
    made = json.loads(run.stamp_of("site").read_text(encoding="utf-8"))
    run.stamp_of("site").write_text(json.dumps({**made, "python": "3.14.0"}), encoding="utf-8")
    assert run.is_ready()


def test_a_command_goes_on_to_the_package_with_its_words_and_its_status(run, monkeypatch):
    calls = []

    def call(words, env):
        calls.append((words, env))
        return 7

    monkeypatch.setattr(run, "starts", lambda environment: True)
    monkeypatch.setattr(run.subprocess, "call", call)
    monkeypatch.setenv("SHUANGBEI_SPEAKS", "zh")
    monkeypatch.setenv("PYTHONPATH", "somewhere else")
    assert run.main(["site", "--fresh"]) == 7
    words, environment = calls[0]
    assert words == [str(run.PYTHON), "-P", "-m", "shuangbei.cli", "site", "--fresh"]
    assert "PYTHONPATH" not in environment
    assert environment["SHUANGBEI_SPEAKS"] == "zh" and environment["PYTHONUTF8"] == "1"


def test_a_ready_environment_is_not_made_again(run, monkeypatch):
    monkeypatch.setattr(run, "starts", lambda environment: True)
    monkeypatch.setattr(run, "make", lambda layer: pytest.fail("made again"))
    monkeypatch.setattr(run.subprocess, "call", lambda words, env: 0)
    assert run.main(["check"]) == 0


def test_the_stamp_is_written_last_so_that_half_an_environment_is_never_used(checkout, monkeypatch):
    module = entry(checkout)
    steps = []
    monkeypatch.setattr(module.venv.EnvBuilder, "create", lambda self, folder: folder.mkdir())
    monkeypatch.setattr(module, "pip", lambda *words: steps.append((words, module.stamp_of("site").exists())))
    module.make()
    assert [words[-2:] for words, _ in steps] == [("-r", "requirements.txt"), ("--editable", ".")]
    assert not any(stamped for _, stamped in steps)
    assert json.loads(module.stamp_of("site").read_text(encoding="utf-8")) == module.wanted()


def test_what_is_left_of_a_failed_environment_is_cleared_away(checkout, monkeypatch):
    module = entry(checkout)
    module.VENV.mkdir()
    (module.VENV / "half").write_text("", encoding="utf-8")
    monkeypatch.setattr(module.venv.EnvBuilder, "create", lambda self, folder: folder.mkdir())
    monkeypatch.setattr(module, "pip", lambda *words: None)
    module.make()
    assert not (module.VENV / "half").exists()


def test_a_failed_installation_stops_with_advice_and_leaves_no_stamp(checkout, monkeypatch, capsys):
    module = entry(checkout)
    monkeypatch.setenv("SHUANGBEI_SPEAKS", "en")
    monkeypatch.setattr(module.venv.EnvBuilder, "create", lambda self, folder: folder.mkdir())
    monkeypatch.setattr(
        module.subprocess,
        "run",
        lambda words, **rest: SimpleNamespace(returncode=1, stdout="no route to host"),
    )
    with pytest.raises(SystemExit) as stop:
        module.main(["site"])
    assert stop.value.code == 1
    said = capsys.readouterr().err
    assert "run the same command again" in said and "no route to host" in said
    assert not module.stamp_of("site").exists()


def test_run_py_works_from_another_folder(checkout, tmp_path):
    """A stand-in for the environment's Python shows what it is asked to do, and where."""
    if os.name == "nt":
        pytest.skip("the stand-in is a shell script")
    module = entry(checkout)
    module.PYTHON.parent.mkdir(parents=True)
    script = '#!/bin/sh\n[ "$1" = -c ] && exit 0\necho "$@"\nexit 5\n'
    module.PYTHON.write_text(script, encoding="utf-8")
    module.PYTHON.chmod(0o755)
    module.stamp_of("site").write_text(json.dumps(module.wanted()), encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = start(checkout, "check", cwd=elsewhere)
    assert (done.returncode, done.stdout.strip()) == (5, "-P -m shuangbei.cli check")
    assert not list(elsewhere.iterdir())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_both_languages(command):
    from typer.testing import CliRunner

    from shuangbei import cli

    done = CliRunner().invoke(cli.app, [command, "--help"], env={"COLUMNS": "200"})
    if command == "test":
        # Words after the command go to pytest, but --help is this command's own.
        assert "pytest" in done.output
    assert done.exit_code == 0
    assert any("\u4e00" <= character <= "\u9fff" for character in done.output)
    assert any(word in done.output for word in ("Check", "Run", "Show", "Open", "Renew", "Keep", "Measure"))


def test_a_python_too_old_can_read_run_py_far_enough_to_be_told():
    """Python 3.8 stops at ``list[str]`` in a signature unless annotations wait."""
    tree = ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 7))
    waits = any(
        isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and "annotations" in [alias.name for alias in node.names]
        for node in tree.body
    )
    hints = [node for node in ast.walk(tree) if isinstance(node, ast.arg) and node.annotation]
    evaluated = [ast.unparse(node) for node in hints if isinstance(node.annotation, ast.Subscript)]
    assert waits or not evaluated
