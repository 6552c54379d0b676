"""Builds one edition of the book from executed chapters with Jupyter Book's own Sphinx call."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from shuangbei import languages, memory, paths, startup
from shuangbei.publish import execution, processes

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
# What the Chinese word splitter says while it loads is no message of this build.
_NOISE = re.compile(r"[Pp]refix dict|Loading model|Dumping model")
_LIST = "read.json"
_SAYINGS = ("out.txt", "err.txt")


class BookError(RuntimeError):
    """The book did not build; the message holds what Sphinx said, without progress lines."""


@contextmanager
def assembly(language: str, work: Path, frame: str) -> Iterator[Callable[[list[execution.Chapter]], Path]]:
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
    frame : str
        Of :func:`shuangbei.publish.frame.digest`: what all pages rest on beside data.

    Yields
    ------
    callable
        Takes executed chapters and builds with those in that language; returns the folder of
        finished pages; raises :class:`BookError` if Sphinx reports an error or a warning.
    """
    own = work / language
    context = processes.context()
    there, here = context.Pipe()
    process = context.Process(target=_edition, args=(language, own, there), name=f"book-{language}")
    process.start()
    there.close()

    def build(executed: list[execution.Chapter]) -> Path:
        notebooks = {chapter.name: chapter.notebook for chapter in executed if chapter.language == language}
        with suppress(OSError):  # it ended before its time, and has said why
            here.send(_Told(frame, notebooks))
        process.join()
        if process.exitcode:
            said = _said(own) or f"the process of the edition ended with status {process.exitcode}"
            raise BookError(f"[{language}] {said}")
        return _finished(own / "pages")

    try:
        yield build
    finally:
        process.kill()
        process.join()


@dataclass(frozen=True)
class _Told:
    """What an edition is made from: the digest of what all pages rest on, results of the chapters."""

    frame: str
    notebooks: dict[str, str]


def _edition(language: str, work: Path, told: Connection) -> None:
    """The process of an edition: wait for the results of the chapters, and build."""
    work.mkdir(parents=True)
    _write_into(work)
    os.chdir(paths.ROOT)
    os.environ |= {"SHUANGBEI_LANG": language, "SHUANGBEI_BUILD": "1"}
    processes.settle()
    startup.with_one_set_of_options()
    try:
        made_from = told.recv()
    except EOFError:
        return  # nobody wants an edition any more
    sys.exit(main(work, made_from))


def _write_into(work: Path) -> None:
    """Let what this process says, in whatever way, go to files; the descriptors are its own."""
    for descriptor, name in zip((1, 2), _SAYINGS, strict=True):
        with open(work / name, "wb") as file:
            os.dup2(file.fileno(), descriptor)


def _hand_over(notebooks: dict[str, str]) -> None:
    """Let MyST-NB take results from here, in the place of running the chapters again."""
    import myst_nb.sphinx_
    import nbformat
    from myst_nb.core.execute import NotebookClientBase

    def client(notebook, source: str, *settings) -> NotebookClientBase:
        ran = nbformat.from_dict(json.loads(notebooks[Path(source).stem]))
        return NotebookClientBase(_with_results(notebook, ran), Path(source), *settings[:2])

    myst_nb.sphinx_.create_client = client


def _with_results(notebook, ran):
    """
    A notebook as it was read, with the cells of code as they were run.

    Raises
    ------
    BookError
        If the cells are not the same ones.
    """
    done = iter(cell for cell in ran.cells if cell.cell_type == "code")
    cells = [next(done, None) if cell.cell_type == "code" else cell for cell in notebook.cells]
    for read, taken in zip(notebook.cells, cells, strict=True):
        if taken is None or taken.source != read.source:
            raise BookError("a chapter is not the one that was run")
        taken.pop("id", None)
    metadata = {**notebook.metadata, "language_info": ran.metadata["language_info"]}
    return type(notebook)({**notebook, "cells": cells, "metadata": type(notebook)(metadata)})


@dataclass(frozen=True)
class _Read:
    """Documents as Sphinx read them: the digest of what all rest on, of each chapter, of each file."""

    frame: str
    notebooks: dict[str, str]
    files: dict[str, str]


def _reuse(work: Path, told: _Told) -> list[str]:
    """Take what an earlier build read, if all of it is whole; name the chapters to be read anew."""
    kept = _earlier("doctrees")
    try:
        read = _Read(**json.loads(Path(kept, _LIST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        read = _Read("", {}, {})  # none, or damaged
    if read.frame != told.frame or _digests(kept) != read.files:
        return [f"notebooks/{name}" for name in told.notebooks]
    shutil.copytree(kept, work / "doctrees")
    Path(work, "doctrees", _LIST).unlink()
    return [
        f"notebooks/{name}"
        for name, text in told.notebooks.items()
        if read.notebooks.get(name) != memory.digest(text.encode())
    ]


def _leave(work: Path, told: _Told) -> None:
    """Say beside the documents that were read what they rest on."""
    doctrees = work / "doctrees"
    read = _Read(
        told.frame,
        {name: memory.digest(text.encode()) for name, text in told.notebooks.items()},
        _digests(doctrees),
    )
    Path(doctrees, _LIST).write_text(json.dumps(asdict(read)), encoding="utf-8")


def _digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): memory.file_digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != _LIST
    }


def _earlier(kind: str, language: str = "") -> Path:
    """Folder of what is kept of an edition: ``doctrees``, or finished ``pages``."""
    return paths.CACHE / kind / (language or paths.language())


def keep(work: Path, site: Path) -> None:
    """
    Keep the pages that a build made and the documents that it read, for the next one.

    Call it when nothing that they rest on has changed since the build began.  Whoever takes a kept
    page looks whether it is whole and up to date, so a build may be killed in here.

    Parameters
    ----------
    work : pathlib.Path
        The folder that the editions were given.
    site : pathlib.Path
        The finished site; pages that it does not hold are forgotten.
    """
    for language in paths.LANGUAGES:
        own, pages = work / language, _earlier("pages", language)
        made = own / "kept"
        for entry in sorted(path for path in made.rglob("*") if path.is_file()):
            target = pages / entry.relative_to(made)
            target.parent.mkdir(parents=True, exist_ok=True)
            entry.replace(target)
        home = site / languages.prefix(language)
        for entry in [
            path for path in pages.rglob("*.html") if not (home / path.relative_to(pages)).exists()
        ]:
            entry.unlink()
        doctrees = _earlier("doctrees", language)
        shutil.rmtree(doctrees, ignore_errors=True)
        doctrees.parent.mkdir(parents=True, exist_ok=True)
        (own / "doctrees").replace(doctrees)


def _said(work: Path) -> str:
    """Keep what a reader needs of what Sphinx said, with paths named from the repository."""
    found = [work / name for name in _SAYINGS if (work / name).is_file()]
    said = [path.read_text(encoding="utf-8", errors="replace") for path in found]
    lines = [
        _ANSI.sub("", line) for line in next(filter(None, reversed(said)), "").splitlines() if line.strip()
    ]
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


def _sphinx(work: Path, frame: str, stale: list[str]) -> int:
    from jupyter_book.sphinx import build_sphinx

    language = paths.language()
    kept = {"frame": frame, "stale": stale, "earlier": _earlier("pages"), "own": work / "kept"}
    overrides = {
        "nb_execution_mode": "off",
        "shuangbei_kept": kept,
        "latex_individualpages": False,
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
        # Editions are built side by side; a fork of one works out anew what they have in common.
        jobs=max(1, execution.PROCESSES // len(paths.LANGUAGES)),
    )
    return int(result) if isinstance(result, int) else 1


def main(work: Path, told: _Told) -> int:
    """Build one edition, the one of this process's language; return the status of Sphinx."""
    _hand_over(told.notebooks)
    status = _sphinx(work, told.frame, _reuse(work, told))
    if not status:
        _leave(work, told)
    return status
