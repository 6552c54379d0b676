"""The commands behind run.py; each says what it does, and leaves with a status that means it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from shuangbei import check as checker
from shuangbei import paths

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


app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_show_locals=False,
    help="Build, check, test and look at the site. 构建、检查、测试和查看网站。",
)


@app.command()
def check(
    tidy: Annotated[
        bool,
        typer.Option(
            "--tidy",
            help="First take back what Excel does to a file it saves (BOM, line ends)."
            " 先去掉Excel保存时加的BOM和换行，不改任何内容。",
        ),
    ] = False,
) -> None:
    """Check the data package; name every problem with file, row, field, value and remedy.

    检查数据：逐条指出文件、行、列、错误的值和改法。
    """
    for name in checker.tidy(paths.data_dir()) if tidy else []:
        console.print(words(f"已整理 {name}", f"tidied {name}"), markup=False)
    raise typer.Exit(checker.main(paths.data_dir(), paths.spoken()))


def _checked() -> None:
    from shuangbei.check import find_problems, render
    from shuangbei.publish import translations

    problems = find_problems(paths.data_dir(), paths.spoken())
    if problems:
        render(problems, paths.spoken())
        fail(words("数据没有通过检查，网站没有改动。", "The data failed the check; the site is unchanged."))
    console.print(words("数据通过检查。", "The data passed the check."))
    stop_for(translations.check())
    _ready()


def _ready() -> None:
    """Stop before a build that could not be finished: its address, and what earlier ones left."""
    from shuangbei.publish import archive, sitemap

    try:
        sitemap.base()
        archive.verify()
    except (ValueError, archive.Missing) as error:
        fail(words(f"{error}\n网站没有改动。", f"{error}\nThe site is unchanged."))


_Practice = Annotated[
    bool,
    typer.Option(
        "--practice",
        help="With invented figures of every district, in _build/practice."
        " 练习版：区县的数全是编的，放在 _build/practice，不能发布。",
    ),
]


def _rehearse(wanted: bool, *command: str) -> None:
    """Go on in a process of the practice edition if that is wanted; refuse what would mix both."""
    from shuangbei.publish import practice as rehearsal

    if rehearsal.is_here() and not wanted:
        fail(
            words(
                "SHUANGBEI_DATA 指着练习数据，不能用来生成或归档真实的网站。"
                "请去掉这个变量，或者加上 --practice。",
                "SHUANGBEI_DATA names figures for practice, of which no real site is built or"
                " kept. Take the variable away, or add --practice.",
            )
        )
    if wanted and not rehearsal.is_here():
        if command[0] == "site" and rehearsal.write_data():
            fail(
                words(
                    "data 文件夹读不出来，练习数据没有做成。请先运行 run.py check。",
                    "The folder data cannot be read, so there are no figures for practice; run"
                    " `run.py check` first.",
                )
            )
        raise typer.Exit(rehearsal.run(*command, "--practice"))


@app.command()
def site(
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Forget all kept results first. 不用以前的结果，全部重做。")
    ] = False,
    practice: _Practice = False,
) -> None:
    """Check the data, run the chapters and build the site into _build/site.

    检查数据、运行各章、构建网站；任何一步失败，原来的网站不变。
    """
    from shuangbei.publish import book, execution, kernel
    from shuangbei.publish import pipeline as builder
    from shuangbei.publish import practice as rehearsal

    _rehearse(practice, "site", *(["--fresh"] if fresh else []))

    try:
        summary = builder.build(_tell, _checked, fresh)
    except (kernel.ChapterError, book.BookError) as error:
        _stop(str(error))
    except execution.Changed as error:
        named = f"{error}: " if str(error) else ""
        _stop(
            words(
                f"{named}构建期间文件有改动，请再运行一次。",
                f"{named}files changed during the build; run again.",
            )
        )
    except rehearsal.Mixed as error:
        _stop(str(error))
    except builder.Busy:
        fail(words("另一个构建正在进行，请等它结束。", "Another build is running; wait for it to end."))
    except OSError as error:
        _stop(
            words(
                f"文件无法读写：{error}。请关闭打开了 _build 里文件的程序，再运行一次。",
                f"A file cannot be read or written: {error}. Close programs that have files"
                " of _build open, and run again.",
            )
        )
    _summarise(summary)


@app.command()
def freeze() -> None:
    """Keep the framed figures of this edition for good, for pages that show them as they are now.

    归档本期可嵌入的图：别的网站按“固定本期”嵌入的图，以后各期都原样保留。
    """
    from shuangbei.publish import archive, sitemap
    from shuangbei.publish import pipeline as builder

    _rehearse(False)
    if sitemap.is_placeholder():
        fail(
            words(
                "_config.yml 的 html.baseurl 还不是真正的网址，请改好、重新生成并发布后再归档。",
                "html.baseurl in _config.yml is not the real address yet: set it, build and"
                " publish, then freeze.",
            )
        )
    if not builder.is_current():
        fail(
            words(
                "网站不是由现在的文件生成的，请先运行 run.py site。",
                "The site was not built from the files as they are; run `run.py site` first.",
            )
        )
    try:
        kept = archive.freeze(builder.SITE)
    except (archive.AlreadyKept, archive.Invented, archive.NothingToKeep) as error:
        fail(f"{error}")
    console.print(
        words(
            f"已归档：{kept.relative_to(paths.ROOT)}，请提交到仓库。",
            f"Kept: {kept.relative_to(paths.ROOT)}; commit it.",
        ),
        markup=False,
    )


@app.command()
def translate() -> None:
    """Renew the catalogues of the English edition from the Chinese pages, and say what waits.

    按中文页面更新英文版的译文目录（locale/），并指出还有哪些要译。
    """
    from shuangbei.publish import translations

    # What cannot be read would be lost.
    stop_for([one for one in translations.check() if one.rule in ("encoding", "syntax")])
    try:
        files, waiting = translations.renew()
    except RuntimeError as error:
        fail(f"{error}")
    console.print(
        words(
            f"{files}个目录已更新，{waiting}条待译。",
            f"{files} catalogues renewed, {waiting} entries wait for a translation.",
        )
    )
    stop_for(translations.check())


def _stop(message: str) -> NoReturn:
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


def _tell(line: str) -> None:
    step, _, rest = line.partition(" ")
    console.print(f"  {words(*_STEPS[step])} {rest}".rstrip(), markup=False)


def _summarise(summary) -> None:
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


# What needs no built site: for work in progress.
QUICK = ("tests/unit", "tests/data", "tests/test_house.py")


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def test(
    context: typer.Context,
    quick: Annotated[bool, typer.Option("--quick", help="Without a built site. 不生成网站。")] = False,
) -> None:
    """Run the tests; words after the command go to pytest (such as -k districts).

    运行测试；后面的参数交给 pytest。
    """
    environment = {**os.environ, "SHUANGBEI_LANG": "zh"}
    call = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        "2",
        "--dist",
        "loadfile",
        "--no-loadscope-reorder",
        *(QUICK if quick else ()),
        *context.args,
    ]
    raise typer.Exit(subprocess.call(call, cwd=paths.ROOT, env=environment))


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Port. 端口。", min=1, max=65535)] = 8000,
    practice: _Practice = False,
) -> None:
    """Show the built site at an address of this computer alone.

    在本机浏览器里查看已构建的网站。
    """
    from functools import partial
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

    from shuangbei.publish import pipeline as builder

    _rehearse(practice, "serve", "--port", str(port))

    class Server(ThreadingHTTPServer):
        # On Windows the option would let a second server listen on the same port, unnoticed.
        allow_reuse_address = os.name != "nt"

    builder.recover_if_idle()
    if not (builder.SITE / "index.html").exists():
        fail(words("还没有网站，请先运行 run.py site。", "There is no site yet; run `run.py site` first."))
    handler = partial(SimpleHTTPRequestHandler, directory=str(builder.SITE))
    try:
        server = Server(("127.0.0.1", port), handler)
    except OSError:
        fail(
            words(
                f"端口{port}已被占用，请用 --port 换一个。",
                f"Port {port} is taken; choose another with --port.",
            )
        )
    console.print(
        words(
            f"请在浏览器打开 http://127.0.0.1:{port}/ （按 Ctrl+C 结束）",
            f"Open http://127.0.0.1:{port}/ in a browser (Ctrl+C ends).",
        )
    )
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(context: typer.Context) -> None:
    """Open JupyterLab; a double click on a chapter opens it as a notebook.

    打开 JupyterLab，双击一章即可当笔记本编辑。后面的参数交给 JupyterLab。
    """
    settings = paths.BUILD / "lab"
    settings.mkdir(parents=True, exist_ok=True)
    # Of this project alone: the user's own JupyterLab keeps its settings.
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(settings)}
    viewer = [sys.executable, "-m", "jupytext_config", "set-default-viewer", "myst", "markdown"]
    done = subprocess.run(viewer, env=environment, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode:
        fail(
            words("JupyterLab 的设置没有写成：", "JupyterLab could not be set up:")
            + f"\n{(done.stderr or done.stdout).strip()}"
        )
    call = [sys.executable, "-m", "jupyterlab", str(paths.NOTEBOOKS), *context.args]
    raise typer.Exit(subprocess.call(call, cwd=paths.ROOT, env=environment))


@app.command()
def bench(
    output: Annotated[Path | None, typer.Option(help="File for the results (JSON). 结果文件。")] = None,
) -> None:
    """Measure builds beside a stock Jupyter Book of the same chapters, in one run.

    测量构建时间和内存，与默认的 Jupyter Book 并列。
    """
    script = paths.ROOT / "tests" / "bench" / "builds.py"
    target = output or paths.BUILD / "bench.json"
    raise typer.Exit(subprocess.call([sys.executable, str(script), str(target)], cwd=paths.ROOT))


def main() -> None:
    """Run the command that was asked for; every terminal gets UTF-8, whatever it says it is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app(prog_name="run.py")


if __name__ == "__main__":
    main()
