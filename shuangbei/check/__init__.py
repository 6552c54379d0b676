"""The checker of data/: what is wrong, where, and what to do about it; only tidying writes."""

from __future__ import annotations

import time
from pathlib import Path

from shuangbei import paths
from shuangbei.check.contract import descriptor
from shuangbei.check.files import tidy
from shuangbei.check.problems import Problem, problem
from shuangbei.check.report import render, render_summary

__all__ = ["Problem", "descriptor", "find_problems", "main", "render", "tidy"]


def find_problems(data_dir: Path, language: str) -> list[Problem]:
    """
    Check the data package in ``data_dir`` and say what is wrong in ``language``.

    Parameters
    ----------
    data_dir : pathlib.Path
        Folder that holds ``datapackage.yaml``.
    language : str
        ``zh`` or ``en``.

    Returns
    -------
    list of Problem
        Sorted by file and line; empty if nothing is wrong.
    """
    from shuangbei.check.inspection import inspect  # loads frictionless, which takes a while

    return [problem(finding, language) for finding in inspect(data_dir).findings]


def main(data_dir: Path | None = None, language: str | None = None) -> int:
    """
    Check, print what is wrong and one line that sums up.

    Parameters
    ----------
    data_dir : pathlib.Path, optional
        Folder that holds ``datapackage.yaml``; that of this run unless told otherwise.
    language : str, optional
        ``zh`` or ``en``; that of the person at the terminal unless told otherwise.

    Returns
    -------
    int
        Exit status: 0 if nothing is wrong, 1 otherwise.
    """
    from shuangbei.check.inspection import inspect

    started = time.perf_counter()
    language = language or paths.spoken()
    result = inspect(data_dir or paths.data_dir())
    problems = [problem(finding, language) for finding in result.findings]
    render(problems, language)
    seconds = time.perf_counter() - started
    counts = {"files": result.n_files, "rows": result.n_rows, "seconds": seconds}
    render_summary(problems, language, counts=counts, unchecked=result.unchecked)
    return 1 if problems else 0
