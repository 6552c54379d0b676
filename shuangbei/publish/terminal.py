"""What the commands say to the person at the terminal, in the language of that person."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import typer
from rich.console import Console

from shuangbei import paths

if TYPE_CHECKING:
    from shuangbei.publish import pipeline

console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)
_FIRST = 20
_RULES = {
    "empty": ("没有译文", "has no translation"),
    "fuzzy": (
        "译文是旧的或猜的（fuzzy），改好后删掉 fuzzy 标记",
        "is marked fuzzy: correct the translation and take the mark away",
    ),
    "kept": (
        "译文里的角色、链接地址或代码与原文不一样，请照抄原文里的",
        "changes a role, the target of a link or code: copy them from the original",
    ),
    "number": ("译文里有原文没有的数字", "states a number that the original does not have"),
    "punctuation": ("译文里有全角标点", "has full-width punctuation"),
    "encoding": ("文件不是UTF-8编码，请用UTF-8另存", "the file is not UTF-8; save it as UTF-8"),
    "syntax": ("不是译文目录的写法，照旁边各条改", "is not as in the other entries of a catalogue; mend it"),
}


def words(zh: str, en: str) -> str:
    """Return the text that the person at the terminal reads."""
    return zh if paths.spoken() == "zh" else en


def fail(message: str) -> NoReturn:
    """Say what went wrong and leave with status 1."""
    errors.print(message, style="bold red", markup=False)
    raise typer.Exit(1)


def stop_for(faults: list) -> None:
    """Name the faults of translations, each with file, line and remedy, and leave; go on if none."""
    for fault in faults[:_FIRST]:
        text = " ".join(fault.text.split())[:60]
        errors.print(f"{fault.file}:{fault.line}: {words(*_RULES[fault.rule])}: {text}", markup=False)
    if faults:
        fail(
            words(
                f"英文版的译文有{len(faults)}处要改，网站没有改动。",
                f"The English edition has {len(faults)} faults; the site is unchanged.",
            )
        )


def stop(message: str) -> NoReturn:
    """Say why a build stopped, and that the site is as it was."""
    from shuangbei.publish import pipeline as builder

    site = builder.SITE.relative_to(paths.ROOT).as_posix()
    unchanged = words(f"构建停止，{site} 没有改动。", f"The build stopped; {site} is unchanged.")
    fail(f"{message}\n{unchanged}")


_STEPS = {
    "run": ("运行", "ran"),
    "kept": ("沿用", "kept"),
    "book": ("组装页面……", "assembling the pages …"),
    "data": ("写出数据……", "writing the data …"),
}


def tell(line: str) -> None:
    """Print a line of progress: a step of the build, and what it works on."""
    step, _, rest = line.partition(" ")
    console.print(f"  {words(*_STEPS[step])} {rest}".rstrip(), markup=False)


def summarise(summary: pipeline.Summary) -> None:
    """Say what a build did, where the site is, and what is to be done before it is published."""
    from shuangbei.publish import pipeline as builder
    from shuangbei.publish import practice as rehearsal
    from shuangbei.publish import sitemap

    if summary.unchanged:
        console.print(words("没有任何变化，网站已是最新。", "Nothing has changed; the site is up to date."))
    steps = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in summary.seconds.items())
    console.print(
        words(
            f"完成：{summary.pages}页，{summary.figures}幅图，运行{len(summary.ran)}章、沿用"
            f"{summary.kept}章，没有警告，共{summary.total:.1f}秒（{steps}）。",
            f"Done: {summary.pages} pages, {summary.figures} figures, {len(summary.ran)} chapters run"
            f" and {summary.kept} kept, no warnings, {summary.total:.1f} s ({steps}).",
        ),
        markup=False,
    )
    console.print(f"{builder.SITE / 'index.html'}", markup=False)
    if rehearsal.is_here():
        console.print(
            words(
                "这是练习版：区县的数全是编的，每一页、每幅图都写明了，不能发布。"
                "用 run.py serve --practice 查看。",
                "This is the practice edition: its districts' figures are invented, as every page and"
                " picture says; it cannot be published. Look at it with `run.py serve --practice`.",
            ),
            style="yellow",
            markup=False,
        )
    elif sitemap.is_placeholder():
        console.print(
            words(
                f"网址还是 {sitemap.base()}，只能试看：发布前请在 _config.yml 里改 html.baseurl，再生成一次。",
                f"The address is still {sitemap.base()}, for trials alone: before publishing, set"
                " html.baseurl in _config.yml and build again.",
            ),
            style="yellow",
            markup=False,
        )
