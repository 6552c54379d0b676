"""Which chapters must run again, and running them side by side; the cache that sees data."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path

from shuangbei import paths
from shuangbei.build import execute

PROCESSES = min(4, os.cpu_count() or 1)


@dataclass(frozen=True)
class Chapter:
    """A chapter's executed notebook (JSON text) and whether it had to run for it."""

    name: str
    notebook: str
    ran: bool


def names() -> list[str]:
    """Return the ids of all chapters, that is of every notebook that is not a template."""
    return sorted(p.stem for p in paths.NOTEBOOKS.glob("*.md") if not p.stem.startswith("_"))


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, or ``absent``."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "absent"


def program_digest() -> str:
    """Return one digest of the package, its assets, the lock and the Python that runs them."""
    digest = hashlib.sha256(platform.python_version().encode())
    package = sorted(p for p in (paths.ROOT / "shuangbei").rglob("*")
                     if p.is_file() and "__pycache__" not in p.parts)
    for path in [paths.ROOT / "requirements.txt", *package]:
        digest.update(path.relative_to(paths.ROOT).as_posix().encode())
        digest.update(file_digest(path).encode())
    return digest.hexdigest()


def _relative(path: str) -> str:
    """Name a file independently of where the repository or the data folder lies."""
    for label, folder in (("data", paths.data_dir()), ("root", paths.ROOT)):
        if Path(path).is_relative_to(folder):
            return f"{label}/{Path(path).relative_to(folder).as_posix()}"
    raise ValueError(f"a chapter opened {path}, which is neither data nor part of the project")


def _absolute(name: str) -> Path:
    label, _, rest = name.partition("/")
    return (paths.data_dir() if label == "data" else paths.ROOT) / rest


def _entry(name: str, language: str, program: str) -> Path:
    own = file_digest(paths.NOTEBOOKS / f"{name}.md")
    key = hashlib.sha256(f"{program} {own}".encode()).hexdigest()[:24]
    return paths.CACHE / "chapters" / language / f"{name}-{key}.json"


def cached(name: str, language: str, program: str) -> str | None:
    """
    The kept result of a chapter, if everything it rests on is unchanged.

    A result is kept under the digest of the chapter's text, the package, the lock and the
    language; with it stand the digests of the files of data that the chapter opened when it
    ran.  One of them changed: the result is stale.
    """
    entry = _entry(name, language, program)
    if not entry.exists():
        return None
    kept = json.loads(entry.read_text(encoding="utf-8"))
    fresh = all(file_digest(_absolute(n)) == digest for n, digest in kept["opened"].items())
    return kept["notebook"] if fresh else None


def keep(name: str, language: str, program: str, result: execute.Result) -> None:
    """Keep a chapter's result with the digests of the files that it opened."""
    entry = _entry(name, language, program)
    entry.parent.mkdir(parents=True, exist_ok=True)
    for old in entry.parent.glob(f"{name}-*.json"):
        old.unlink(missing_ok=True)
    opened = {_relative(path): file_digest(Path(path)) for path in result.opened}
    unfinished = entry.with_suffix(f".{os.getpid()}")
    text = json.dumps({"opened": opened, "notebook": result.notebook}, ensure_ascii=False)
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(entry)


def run_all(language: str, done: Callable[[str, bool], None] = lambda name, ran: None,
            only: Iterable[str] | None = None) -> list[Chapter]:
    """
    Bring every chapter up to date.

    Parameters
    ----------
    language : str
        ``zh`` or ``en``.
    done : callable
        Called with each chapter's id, and whether it ran, as it becomes ready.
    only : iterable of str, optional
        Chapter ids; all chapters by default.

    Returns
    -------
    list of Chapter
        In the order of :func:`names`.

    Raises
    ------
    shuangbei.build.execute.ChapterError
        If a cell fails; chapters that ran well before are kept.
    """
    program = program_digest()
    wanted = list(only) if only is not None else names()
    ready = {}
    for name in wanted:
        notebook = cached(name, language, program)
        if notebook is not None:
            ready[name] = Chapter(name, notebook, ran=False)
            done(name, False)
    stale = [name for name in wanted if name not in ready]
    for name, result in _run(stale, language):
        keep(name, language, program, result)
        ready[name] = Chapter(name, result.notebook, ran=True)
        done(name, True)
    return [ready[name] for name in wanted]


def _processes():
    """How workers start: as forks of one process with the imports done, where forks exist."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["shuangbei.build.preload"])
    return context


def _run(stale: list[str], language: str):
    if not stale:
        return
    workers = min(PROCESSES, len(stale))
    pool = ProcessPoolExecutor(workers, mp_context=_processes(), initializer=execute.warm_up)
    with pool:
        futures = {pool.submit(execute.run, name, language): name for name in stale}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        except execute.ChapterError:
            pool.shutdown(cancel_futures=True)
            raise
