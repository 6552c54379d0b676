"""Builds one edition of the book from executed chapters with Jupyter Book's own Sphinx call."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from shuangbei import paths, quick
from shuangbei.build import chapters
from shuangbei.build.chapters import Chapter


_ANSI = re.compile(r"\x1b\[[0-9;]*m")
# What the Chinese word splitter says while it loads is no message of this build.
_NOISE = re.compile(r"pkg_resources|[Pp]refix dict|Loading model|Dumping model")


class BookError(RuntimeError):
    """The book did not build; the message holds what Sphinx said, without progress lines."""


def hand_over(executed: list[Chapter], cache: Path) -> None:
    """
    Put executed chapters where MyST-NB looks for results, so that it does not run them again.

    Parameters
    ----------
    executed : list of Chapter
        All chapters of the book.
    cache : pathlib.Path
        A new folder, for this build alone: a match rests on code only, so a cache that lived
        longer would serve last quarter's numbers after new data.
    """
    import nbformat
    from jupyter_cache import get_cache
    from jupyter_cache.base import CacheBundleIn

    store = get_cache(str(cache))
    for chapter in executed:
        notebook = nbformat.from_dict(json.loads(chapter.notebook))
        uri = str(paths.NOTEBOOKS / f"{chapter.name}.md")
        store.cache_notebook_bundle(CacheBundleIn(notebook, uri), check_validity=False)


def build(language: str, executed: list[Chapter], work: Path) -> Path:
    """
    Build one edition into ``work``.

    Parameters
    ----------
    language : str
        ``zh`` or ``en``.
    executed : list of Chapter
        In that language.
    work : pathlib.Path
        A new folder on the disk of the site.

    Returns
    -------
    pathlib.Path
        Folder of the finished pages.

    Raises
    ------
    BookError
        If Sphinx reports an error or a warning.
    """
    hand_over(executed, work / "results")
    environment = {**os.environ, "SHUANGBEI_LANG": language, "PYTHONHASHSEED": "0",
                   "SHUANGBEI_BUILD": "1", "PYTHONUTF8": "1"}
    call = [sys.executable, "-m", "shuangbei.build.book", str(work)]
    done = subprocess.run(call, env=environment, cwd=paths.ROOT, capture_output=True,
                          text=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        raise BookError(_said(done.stderr) or _said(done.stdout))
    return _finished(work / "pages")


def _said(output: str) -> str:
    """Keep what a reader needs of Sphinx's output, with paths named from the repository."""
    lines = [_ANSI.sub("", line) for line in output.splitlines() if line.strip()]
    lines = [line for line in lines if not _NOISE.search(line)]
    return "\n".join(lines[-40:]).replace(str(paths.ROOT) + os.sep, "")


def _finished(pages: Path) -> Path:
    if not (pages / "index.html").is_file():
        raise BookError("Sphinx ended well but wrote no index.html")
    for name in (".buildinfo", "objects.inv", "reports", "_sources"):
        leftover = pages / name
        if leftover.is_file():
            leftover.unlink()
    return pages


def _sphinx(work: Path) -> int:
    from jupyter_book.sphinx import build_sphinx

    overrides = {"nb_execution_mode": "cache", "latex_individualpages": False,
                 "nb_execution_cache_path": str(work / "results")}
    with quick.without_iri_grammar():
        result = build_sphinx(paths.ROOT, work / "pages", noconfig=True, quiet=True,
                              path_config=paths.ROOT / "_config.yml", confoverrides=overrides,
                              doctreedir=work / "doctrees", warningiserror=True,
                              keep_going=True, jobs=chapters.PROCESSES)
    return int(result) if isinstance(result, int) else 1


if __name__ == "__main__":
    sys.exit(_sphinx(Path(sys.argv[1])))
