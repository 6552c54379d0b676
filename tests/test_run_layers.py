"""Tests of run.py's layers: what builds the site, and what test or lab adds when first asked for."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys

import pytest

from shuangbei import paths

LOCKS = ("requirements.txt", "requirements-test.txt", "requirements-lab.txt")


class Killed(BaseException):
    """The command is gone, as after a power cut: nothing more is done."""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """run.py alone in a folder; making an environment and starting a command take no time."""
    shutil.copy(paths.ROOT / "run.py", tmp_path)
    for name in (*LOCKS, "pyproject.toml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    spec = importlib.util.spec_from_file_location("run_with_layers", tmp_path / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module.subprocess, "call", lambda words, env: 0)
    monkeypatch.setattr(module, "starts", lambda environment: True)
    monkeypatch.setattr(module.venv.EnvBuilder, "create", lambda self, folder: _create(module))
    monkeypatch.setenv("SHUANGBEI_SPEAKS", "en")
    return module


def _create(module) -> None:
    module.PYTHON.parent.mkdir(parents=True)
    module.PYTHON.write_text("", encoding="utf-8")


@pytest.fixture
def installed(run, monkeypatch):
    """What pip was asked to install, in order: the lock, or the project itself."""
    asked = []
    monkeypatch.setattr(
        run, "pip", lambda command, *words: asked.append(words[-1]) if command == "install" else None
    )
    return asked


def dying(lock: str):
    """Stand in for pip: the installation of a lock ends half way."""

    def pip(command, *words):
        if command == "install" and words[-1] == lock:
            raise Killed

    return pip


@pytest.mark.parametrize("command", ["site", "check", "serve", "translate", "freeze", "bench"])
def test_what_builds_the_site_is_all_that_most_commands_install(run, installed, command):
    assert run.main([command]) == 0
    assert installed == ["requirements.txt", "."]


@pytest.mark.parametrize("layer", ["test", "lab"])
def test_a_layer_is_added_to_the_first_when_its_command_is_first_asked_for(run, installed, layer):
    run.main(["site"])
    for _ in range(2):
        run.main([layer])
    assert installed == ["requirements.txt", ".", f"requirements-{layer}.txt"]
    run.main(["site"])
    assert len(installed) == 3


def test_the_first_command_of_all_may_ask_for_a_layer(run, installed):
    run.main(["test", "-k", "districts"])
    assert installed == ["requirements.txt", ".", "requirements-test.txt"]


def test_reading_how_a_command_works_adds_no_layer(run, installed):
    run.main(["lab", "--help"])
    assert installed == ["requirements.txt", "."]


def test_a_second_layer_leaves_the_other_as_it_is(run, installed):
    for layer in ("test", "lab", "test"):
        run.main([layer])
    assert installed == ["requirements.txt", ".", "requirements-test.txt", "requirements-lab.txt"]


def test_a_layer_that_was_left_half_made_is_made_again_from_the_ground(run, installed):
    run.main(["site"])
    with pytest.MonkeyPatch.context() as until_killed:
        until_killed.setattr(run, "pip", dying("requirements-test.txt"))
        with pytest.raises(Killed):
            run.main(["test"])
    assert run.is_ready("site") and not run.is_ready("test")
    installed.clear()
    run.main(["test"])
    assert installed == ["requirements.txt", ".", "requirements-test.txt"] and run.is_ready("test")


def test_a_first_layer_that_was_left_half_made_is_made_again(run, installed):
    with pytest.MonkeyPatch.context() as until_killed:
        until_killed.setattr(run, "pip", dying("requirements.txt"))
        with pytest.raises(Killed):
            run.main(["test"])
    assert not run.is_ready("site") and not installed
    run.main(["test"])
    assert installed == ["requirements.txt", ".", "requirements-test.txt"]


def test_a_layer_that_could_not_be_fetched_is_fetched_again_and_nothing_else_is_made(run, installed):
    run.main(["site"])

    def unreachable(command, *words):
        assert command == "download"
        sys.exit(1)

    with pytest.MonkeyPatch.context() as offline:
        offline.setattr(run, "pip", unreachable)
        with pytest.raises(SystemExit):
            run.main(["test"])
    installed.clear()
    run.main(["test"])
    assert installed == ["requirements-test.txt"]


@pytest.mark.parametrize(
    ("lock", "made"),
    [
        ("requirements.txt", ["requirements.txt", ".", "requirements-test.txt"]),
        ("requirements-test.txt", ["requirements.txt", ".", "requirements-test.txt"]),
        ("requirements-lab.txt", []),
    ],
)
def test_a_changed_lock_makes_again_what_stands_on_it(run, installed, lock, made):
    run.main(["test"])
    installed.clear()
    (run.ROOT / lock).write_text("changed", encoding="utf-8")
    run.main(["test"])
    assert installed == made


def test_a_changed_lock_of_a_layer_does_not_hold_up_the_site(run, installed):
    run.main(["test"])
    installed.clear()
    (run.ROOT / "requirements-test.txt").write_text("changed", encoding="utf-8")
    run.main(["site"])
    assert not installed


def test_what_was_fetched_does_not_stay(run, monkeypatch):
    def pip(command, *words):
        if command == "download":
            run.FETCHED.mkdir()
        elif words[-1] == "requirements-test.txt":
            assert json.loads(run.stamp_of("test").read_text(encoding="utf-8")) == {}

    monkeypatch.setattr(run, "pip", pip)
    run.main(["test"])
    assert not run.FETCHED.exists() and run.is_ready("test")


@pytest.mark.parametrize(("status", "shown"), [(0, False), (1, True)])
def test_what_pip_says_is_shown_only_if_it_fails(run, monkeypatch, capfd, status, shown):
    said = f"import sys; print('WARNING: noise'); print('on both', file=sys.stderr); sys.exit({status})"
    original = run.subprocess.run
    monkeypatch.setattr(
        run.subprocess, "run", lambda words, **rest: original([sys.executable, "-c", said], **rest)
    )
    try:
        run.pip("install")
    except SystemExit:
        assert status
    error = capfd.readouterr().err
    assert ("WARNING: noise" in error and "on both" in error) is shown


def test_packages_that_two_locks_share_have_one_version():
    pins = {lock: dict(_pins(paths.ROOT / lock)) for lock in LOCKS}
    first = pins["requirements.txt"]
    for added in LOCKS[1:]:
        assert pins[added]
        assert not {name for name in pins[added].keys() & first.keys() if pins[added][name] != first[name]}


def _pins(lock):
    """Name and versions of every package of a lock; a name may stand twice, for two Pythons."""
    found = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        if "==" in line and line[0].isalnum():
            name, version = line.split(" ")[0].split("==")
            found.setdefault(name, set()).add(version)
    return found
