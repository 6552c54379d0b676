"""Tests of shuangbei.publish.footing: chapters rest on what their cells reach, and on nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from shuangbei import paths
from shuangbei.publish import footing


def named() -> set[str]:
    return {path.relative_to(footing.HOME).as_posix() for path in footing.reached(["chapters"])}


def test_every_module_that_chapters_load_is_reached():
    code = (
        "import sys, shuangbei.chapters; print(*(m.__file__ for n, m in sys.modules.items()"
        " if n.partition('.')[0] == 'shuangbei'), sep='\\n')"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code],
        cwd=paths.ROOT,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    ).stdout.split("\n")
    files = {Path(one).resolve().relative_to(footing.HOME).as_posix() for one in loaded if one.strip()}
    assert {"words/marks.py", "pages/cards.py", "chapters/facts.py"} <= files
    assert files <= named()


def test_fonts_beside_a_reached_module_count():
    assert "pictures/fonts/NotoSansSC-Regular.otf" in named()


@pytest.mark.parametrize("name", ["pages/home.py", "site/theming.py", "cli.py", "check/report.py"])
def test_what_only_dresses_or_checks_makes_no_chapter_run(name):
    assert name not in named()


def test_a_start_that_is_no_module_is_named():
    with pytest.raises(ValueError, match="shuangbei.chapter is no module"):
        footing.reached(["chapter"])
