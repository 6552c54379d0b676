"""The practice edition: its invented data, the process that builds it, and what keeps it apart."""

from __future__ import annotations

import os
import subprocess
import sys

from shuangbei import paths

DATA = paths.PRACTICE / "data"


class Mixed(RuntimeError):
    """Invented figures where real ones belong, or real ones where invented ones do."""


def is_here() -> bool:
    """Tell whether this process works on the practice edition: its data lie in that folder."""
    return paths.BUILD == paths.PRACTICE


def keep_apart() -> None:
    """
    Stop unless the figures and the folder that is built into are of the same kind.

    Raises
    ------
    Mixed
        If figures for practice would come into the real site, or the reverse.
    """
    # Asked before every command, also before one that needs none of the libraries of data.
    from shuangbei import load

    if load.is_practice() and not is_here():
        raise Mixed(
            f"{paths.data_dir()} 是练习数据，只能用 run.py site --practice 生成练习版。"
            f" {paths.data_dir()} holds figures for practice; only `run.py site --practice` builds"
            " with such."
        )
    if is_here() and not load.is_practice():
        raise Mixed(
            f"{paths.data_dir()} 里没有练习的标记（edition.yaml 的 practice: true），不能当练习版。"
            f" {paths.data_dir()} does not say that it is for practice (practice: true in"
            " edition.yaml) and cannot be the practice edition."
        )


def write_data() -> int:
    """Write the practice data afresh from data/; return 0, or a status where data/ is damaged."""
    call = [
        sys.executable,
        "-P",
        "-m",
        "shuangbei.publish.practice_figures",
        str(paths.ROOT / "data"),
        str(DATA),
    ]
    return subprocess.call(call, cwd=paths.ROOT)


def run(*words: str) -> int:
    """Run a command of this project on the practice data, in a process of its own."""
    call = [sys.executable, "-P", "-m", "shuangbei.cli", *words]
    return subprocess.call(call, env={**os.environ, "SHUANGBEI_DATA": str(DATA)})
