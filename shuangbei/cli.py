"""The commands behind run.py; each says what it does, and leaves with a status that means it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from shuangbei import check as checker
from shuangbei import paths
from shuangbei.publish import terminal

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
        terminal.console.print(terminal.words(f"已整理 {name}", f"tidied {name}"), markup=False)
    raise typer.Exit(checker.main(paths.data_dir(), paths.spoken()))


def _checked() -> None:
    from shuangbei.check import find_problems, render
    from shuangbei.publish import translations

    problems = find_problems(paths.data_dir(), paths.spoken())
    if problems:
        render(problems, paths.spoken())
        terminal.fail(
            terminal.words(
                "数据没有通过检查，网站没有改动。", "The data failed the check; the site is unchanged."
            )
        )
    terminal.console.print(terminal.words("数据通过检查。", "The data passed the check."))
    terminal.stop_for(translations.check())
    _ready()


def _ready() -> None:
    """Stop before a build that could not be finished: its address, and what earlier ones left."""
    from shuangbei.publish import archive, sitemap

    try:
        sitemap.base()
        archive.verify()
    except (ValueError, archive.Missing) as error:
        terminal.fail(terminal.words(f"{error}\n网站没有改动。", f"{error}\nThe site is unchanged."))


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
        terminal.fail(
            terminal.words(
                "SHUANGBEI_DATA 指着练习数据，不能用来生成或归档真实的网站。"
                "请去掉这个变量，或者加上 --practice。",
                "SHUANGBEI_DATA names figures for practice, of which no real site is built or"
                " kept. Take the variable away, or add --practice.",
            )
        )
    if wanted and not rehearsal.is_here():
        if command[0] == "site" and rehearsal.write_data():
            terminal.fail(
                terminal.words(
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
        summary = builder.build(terminal.tell, _checked, fresh)
    except (kernel.ChapterError, book.BookError) as error:
        terminal.stop(str(error))
    except execution.Changed as error:
        named = f"{error}: " if str(error) else ""
        terminal.stop(
            terminal.words(
                f"{named}构建期间文件有改动，请再运行一次。",
                f"{named}files changed during the build; run again.",
            )
        )
    except rehearsal.Mixed as error:
        terminal.stop(str(error))
    except builder.Busy:
        terminal.fail(
            terminal.words(
                "另一个构建正在进行，请等它结束。", "Another build is running; wait for it to end."
            )
        )
    except OSError as error:
        terminal.stop(
            terminal.words(
                f"文件无法读写：{error}。请关闭打开了 _build 里文件的程序，再运行一次。",
                f"A file cannot be read or written: {error}. Close programs that have files"
                " of _build open, and run again.",
            )
        )
    terminal.summarise(summary)


@app.command()
def freeze() -> None:
    """Keep the framed figures of this edition for good, for pages that show them as they are now.

    归档本期可嵌入的图：别的网站按“固定本期”嵌入的图，以后各期都原样保留。
    """
    from shuangbei.publish import archive, sitemap
    from shuangbei.publish import pipeline as builder

    _rehearse(False)
    if sitemap.is_placeholder():
        terminal.fail(
            terminal.words(
                "_config.yml 的 html.baseurl 还不是真正的网址，请改好、重新生成并发布后再归档。",
                "html.baseurl in _config.yml is not the real address yet: set it, build and"
                " publish, then freeze.",
            )
        )
    if not builder.is_current():
        terminal.fail(
            terminal.words(
                "网站不是由现在的文件生成的，请先运行 run.py site。",
                "The site was not built from the files as they are; run `run.py site` first.",
            )
        )
    try:
        kept = archive.freeze(builder.SITE)
    except (archive.AlreadyKept, archive.Invented, archive.NothingToKeep) as error:
        terminal.fail(f"{error}")
    terminal.console.print(
        terminal.words(
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
    terminal.stop_for([one for one in translations.check() if one.rule in ("encoding", "syntax")])
    try:
        files, waiting = translations.renew()
    except RuntimeError as error:
        terminal.fail(f"{error}")
    terminal.console.print(
        terminal.words(
            f"{files}个目录已更新，{waiting}条待译。",
            f"{files} catalogues renewed, {waiting} entries wait for a translation.",
        )
    )
    terminal.stop_for(translations.check())


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
        terminal.fail(
            terminal.words(
                "还没有网站，请先运行 run.py site。", "There is no site yet; run `run.py site` first."
            )
        )
    handler = partial(SimpleHTTPRequestHandler, directory=str(builder.SITE))
    try:
        server = Server(("127.0.0.1", port), handler)
    except OSError:
        terminal.fail(
            terminal.words(
                f"端口{port}已被占用，请用 --port 换一个。",
                f"Port {port} is taken; choose another with --port.",
            )
        )
    terminal.console.print(
        terminal.words(
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
        terminal.fail(
            terminal.words("JupyterLab 的设置没有写成：", "JupyterLab could not be set up:")
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
