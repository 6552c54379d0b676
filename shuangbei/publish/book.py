"""Builds one edition of the book from executed chapters with Jupyter Book's own Sphinx call."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from shuangbei import languages, paths, startup
from shuangbei.publish import execution

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
# What the Chinese word splitter says while it loads is no message of this build.
_NOISE = re.compile(r"[Pp]refix dict|Loading model|Dumping model")


class BookError(RuntimeError):
    """The book did not build; the message holds what Sphinx said, without progress lines."""


@contextmanager
def assembly(language: str, work: Path) -> Iterator[Callable[[list[execution.Chapter]], Path]]:
    """
    Start the process that will build one edition, and yield the call that lets it begin.

    The process imports Sphinx and its extensions while chapters still run; it begins when it
    is given their results, and ends by itself if they never come.

    Parameters
    ----------
    language : str
        ``zh`` or ``en``.
    work : pathlib.Path
        A new folder on the disk of the site; this edition takes a folder of its own in it.

    Yields
    ------
    callable
        Takes executed chapters and builds with those in that language; returns the folder of
        finished pages; raises :class:`BookError` if Sphinx reports an error or a warning.
    """
    environment = {
        **os.environ,
        "SHUANGBEI_LANG": language,
        "PYTHONHASHSEED": "0",
        "SHUANGBEI_BUILD": "1",
        "PYTHONUTF8": "1",
    }
    own = work / language
    call = [sys.executable, "-m", "shuangbei.publish.book", str(own)]
    process = subprocess.Popen(
        call,
        env=environment,
        cwd=paths.ROOT,
        text=True,
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )

    def build(executed: list[execution.Chapter]) -> Path:
        notebooks = {chapter.name: chapter.notebook for chapter in executed if chapter.language == language}
        out, err = process.communicate(json.dumps(notebooks))
        if process.returncode:
            raise BookError(f"[{language}] {_said(err) or _said(out)}")
        return _finished(own / "pages")

    with process:
        try:
            yield build
        finally:
            process.kill()


def _hand_over(notebooks: dict[str, str], cache: Path) -> None:
    """
    Put results where MyST-NB looks for them, so that it does not run the chapters again.

    The folder is new in each build: a match rests on code alone, so a cache that lived longer
    would serve last quarter's numbers after new data.
    """
    import nbformat
    from jupyter_cache import get_cache
    from jupyter_cache.base import CacheBundleIn

    store = get_cache(str(cache))
    for name, text in notebooks.items():
        notebook = nbformat.from_dict(json.loads(text))
        uri = str(paths.NOTEBOOKS / f"{name}.md")
        store.cache_notebook_bundle(CacheBundleIn(notebook, uri), check_validity=False)


def _said(output: str) -> str:
    """Keep what a reader needs of Sphinx's output, with paths named from the repository."""
    lines = [_ANSI.sub("", line) for line in output.splitlines() if line.strip()]
    lines = [line for line in lines if not _NOISE.search(line)]
    return "\n".join(lines[-40:]).replace(str(paths.ROOT) + os.sep, "")


def _finished(pages: Path) -> Path:
    if not (pages / "index.html").is_file():
        raise BookError("Sphinx ended well but wrote no index.html")
    for name in (".buildinfo", "objects.inv"):
        (pages / name).unlink(missing_ok=True)
    # Of what Sphinx lays beside its pages the theme uses nothing.
    for name in ("reports", "_sources", "_static"):
        if (pages / name).is_dir():
            shutil.rmtree(pages / name)
    return pages


def _sphinx(work: Path) -> int:
    from jupyter_book.sphinx import build_sphinx

    language = paths.language()
    overrides = {
        "nb_execution_mode": "cache",
        "latex_individualpages": False,
        "nb_execution_cache_path": str(work / "results"),
        "language": languages.of(language).sphinx,
        "shuangbei_language": language,
    }
    result = build_sphinx(
        paths.ROOT,
        work / "pages",
        noconfig=True,
        quiet=True,
        path_config=paths.ROOT / "_config.yml",
        confoverrides=overrides,
        doctreedir=work / "doctrees",
        warningiserror=True,
        keep_going=True,
        jobs=execution.PROCESSES,
    )
    return int(result) if isinstance(result, int) else 1


def main(work: Path) -> int:
    """Import, wait for the results of the chapters on standard input, and build."""
    with startup.without_iri_grammar():
        import jupyter_book.sphinx  # noqa: F401
        import jupyter_cache.cache.main  # noqa: F401
        import myst_nb.sphinx_ext  # noqa: F401

        import shuangbei.site.directives  # noqa: F401
    startup.with_one_set_of_options()
    results = sys.stdin.read()
    if not results:
        return 1
    _hand_over(json.loads(results), work / "results")
    return _sphinx(work)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
