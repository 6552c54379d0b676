"""Prints problems in the terminal, in Chinese or English; decides nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from shuangbei.check.problems import Problem

# Beyond this number the same complaint about one column is counted, not repeated.
_REPEATS = 5

_WORDS = {
    "zh": {
        "line": "第 {} 行",
        "field": "列 {}",
        "value": "值“{}”",
        "remedy": "改法：",
        "more": "{} 的“{}”列还有 {} 处同样的问题（{}）",
        "good": "没有问题：检查了 {files} 个文件、{rows} 行，用时 {seconds:.1f} 秒。",
        "bad": "{problems} 处问题，涉及 {hit} 个文件；检查了 {files} 个文件、{rows} 行，"
        "用时 {seconds:.1f} 秒。",
        "unchecked": "没有查完的文件：{}",
        "comma": "，",
    },
    "en": {
        "line": "line {}",
        "field": "column {}",
        "value": "value “{}”",
        "remedy": "Remedy: ",
        "more": "{}, column “{}”: the same {} more times ({})",
        "good": "No problems: {files} files and {rows} rows checked in {seconds:.1f} s.",
        "bad": "{problems} problem(s) in {hit} file(s); {files} files and {rows} rows checked in "
        "{seconds:.1f} s.",
        "unchecked": "Files not checked to the end: {}",
        "comma": ", ",
    },
}


def render(problems: Sequence[Problem], language: str, console: Console | None = None) -> None:
    """
    Print every problem with file, line, column, value, rule and remedy.

    Parameters
    ----------
    problems : sequence of Problem
    language : str
        ``zh`` or ``en``; the problems' own words are in the language they were made in.
    console : rich.console.Console, optional
        Where to print; standard output unless told otherwise.
    """
    console = console or Console(highlight=False)
    words = _WORDS[language]
    seen: Counter[tuple[str, str, str]] = Counter()
    for problem in problems:
        seen[_kind(problem)] += 1
        if seen[_kind(problem)] <= _REPEATS:
            _print(problem, words, console)
    for (file, field, rule), times in seen.items():
        if times > _REPEATS:
            console.print(Text(words["more"].format(file, field, times - _REPEATS, rule)))


def render_summary(
    problems: Sequence[Problem], language: str, *, counts: dict[str, float], unchecked: list[str]
) -> None:
    """Print one line that sums up, after the names of files that were not checked to the end."""
    console, words = Console(highlight=False), _WORDS[language]
    if unchecked:
        console.print(Text(words["unchecked"].format(", ".join(unchecked)), style="yellow"))
    hit = len({problem.file for problem in problems})
    line = words["bad" if problems else "good"]
    text = line.format(problems=len(problems), hit=hit, **counts)
    console.print(Text(text, style="bold red" if problems else "bold green"), soft_wrap=True)


def _kind(problem: Problem) -> tuple[str, str, str]:
    return problem.file, problem.field, problem.rule


def _print(problem: Problem, words: dict[str, str], console: Console) -> None:
    parts = [words["line"].format(problem.row)] if problem.row else []
    parts += [words["field"].format(problem.field)] if problem.field else []
    parts += [words["value"].format(problem.value)] if problem.value else []
    head = Text(f"data/{problem.file}", style="bold")
    head.append("".join(words["comma"] + part for part in parts), style="not bold")
    head.append(f"  [{problem.rule}]", style="dim not bold")
    console.print(head, soft_wrap=True)
    # The terminal wraps these lines: rich would break Chinese only at blanks.
    console.print(Text(f"  {problem.message}"), soft_wrap=True)
    remedy = Text(f"  {words['remedy']}", style="cyan").append(problem.remedy, style="default")
    console.print(remedy, Text(""), sep="\n", soft_wrap=True)
