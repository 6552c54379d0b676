"""Which chapters must run again, and running them side by side; the cache that sees data."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, closing
from dataclasses import dataclass
from multiprocessing import active_children
from pathlib import Path

from shuangbei import memory, paths, writing
from shuangbei.publish import footing, kernel, processes

PROCESSES = min(4, os.cpu_count() or 1)
# Seconds without any chapter coming to its end; the slowest needs about five.
LIMIT = 300


class Changed(RuntimeError):
    """Files that a build rests on changed while it ran."""


class _Stuck(kernel.ChapterError):
    """Chapters did not come to their end."""


Key = tuple[str, str]  # a chapter and a language


@dataclass(frozen=True)
class Chapter:
    """A chapter's executed notebook (JSON text) in one language, and whether it had to run."""

    name: str
    language: str
    notebook: str
    ran: bool


def names() -> list[str]:
    """Return the ids of all chapters, that is of every notebook that is not a template."""
    return sorted(p.stem for p in paths.NOTEBOOKS.glob("*.md") if not p.stem.startswith("_"))


def program_digest() -> str:
    """
    Return one digest of what chapters reach of the package, of the lock and the Python that runs them.

    Left out is what only dresses or checks: ``site`` and most of ``pages`` take results and make
    pages of them in every build, ``check`` and the commands touch no result.
    """
    digest = hashlib.sha256(platform.python_version().encode())
    digest.update(memory.file_digest(paths.ROOT / "requirements.txt").encode())
    for path in [footing.HOME / "publish" / "kernel.py", *footing.reached(["chapters"])]:
        digest.update(path.relative_to(footing.HOME).as_posix().encode())
        digest.update(memory.file_digest(path).encode())
    return digest.hexdigest()


@dataclass(frozen=True)
class Ground:
    """What results will rest on, taken before the run: digests by file and part, entries by chapter."""

    files: dict[str, str]
    entries: dict[Key, Path]


def ground(wanted: list[Key], program: str) -> Ground:
    """Take the state of data, boundaries, and the texts of the chapters ``wanted``."""
    found = [
        memory.name_of(path)
        for folder in memory.grounds().values()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    ]
    files = {name: memory.digest_of(name) for name in found}
    for name in [one for one in found if one.startswith("data/observations/")]:
        files |= memory.slices(name)
    return Ground(files, {key: _entry(*key, program) for key in wanted})


def _entry(name: str, language: str, program: str) -> Path:
    own = memory.file_digest(paths.NOTEBOOKS / f"{name}.md")
    key = memory.digest(f"{program} {own}".encode())[:24]
    return paths.CACHE / "chapters" / language / f"{name}-{key}.json"


def cached(name: str, language: str, program: str) -> str | None:
    """
    The kept result of a chapter, if everything it rests on is unchanged.

    A result is kept under the digest of the chapter's text, the package, the lock and the
    language; with it stand the digests of the files of data that the chapter opened when it
    ran, and of the rows of an indicator where it asked for those alone.  One of them changed: the
    result is stale.
    """
    entry = _entry(name, language, program)
    if not entry.exists():
        return None
    try:
        kept = json.loads(entry.read_text(encoding="utf-8"))
    except ValueError:
        return None  # damaged: the chapter runs again
    fresh = all(memory.digest_of(n) == digest for n, digest in kept["opened"].items())
    return kept["notebook"] if fresh else None


def keep(name: str, language: str, program: str, result: kernel.Result, before: Ground | None = None) -> None:
    """
    Keep a chapter's result with the digests of the files that it opened.

    Parameters
    ----------
    before : Ground, optional
        State before the run; by default the state now, for a run that nobody could disturb.

    Raises
    ------
    Changed
        If the chapter's text or a file that it opened is no longer what it was before the run.
    """
    before = before or ground([(name, language)], program)
    entry = before.entries[name, language]
    # Answers belong to pages; whoever looks for a chapter's result has none of their functions at hand.
    rests = [memory.name_of(Path(one)) for one in result.opened]
    if any(memory.is_answer(one) for one in rests):
        raise ValueError(f"notebooks/{name}.md rests on an answer, which pages alone may ask")
    opened = {one: before.files.get(one, memory.ABSENT) for one in rests}
    moved = [n for n, digest in opened.items() if memory.digest_of(n) != digest]
    if _entry(name, language, program) != entry:
        moved.append(f"notebooks/{name}.md")
    if moved:
        raise Changed(", ".join(moved))
    for old in entry.parent.glob(f"{name}-*.json"):
        old.unlink(missing_ok=True)
    text = json.dumps({"opened": opened, "notebook": result.notebook}, ensure_ascii=False)
    writing.write(entry, text.encode())


def run_all(
    languages: Sequence[str] = paths.LANGUAGES,
    done: Callable[[str, bool], None] = lambda name, ran: None,
    only: Iterable[str] | None = None,
) -> list[Chapter]:
    """
    Bring every chapter up to date in each of the languages.

    Parameters
    ----------
    languages : sequence of str
        ``zh``, ``en`` or both.
    done : callable
        Called with each chapter's id, and whether it ran, when it is ready in all languages.
    only : iterable of str, optional
        Chapter ids; all chapters by default.

    Returns
    -------
    list of Chapter
        In the order of :func:`names`, for each the languages in their order.

    Raises
    ------
    shuangbei.publish.kernel.ChapterError
        If a cell fails or a chapter does not end; chapters that ran well before are kept.
    Changed
        If the package or what a chapter rests on changed while it ran.
    """
    program = program_digest()
    chosen = list(only) if only is not None else names()
    wanted = [(name, language) for name in chosen for language in languages]
    ready: dict[Key, Chapter] = {}

    def take(key: Key, notebook: str, ran: bool) -> None:
        ready[key] = Chapter(*key, notebook, ran)
        same = [ready[key[0], language] for language in languages if (key[0], language) in ready]
        if len(same) == len(languages):
            done(key[0], any(chapter.ran for chapter in same))

    for key in wanted:
        notebook = cached(*key, program)
        if notebook is not None:
            take(key, notebook, ran=False)
    stale = [key for key in wanted if key not in ready]
    before = ground(stale, program)
    with closing(_run(stale)) as results:
        for key, result in results:
            if program_digest() != program:
                raise Changed("shuangbei, requirements.txt")
            keep(*key, program, result, before)
            take(key, result.notebook, ran=True)
    return [ready[key] for key in wanted]


def _run(stale: list[Key]) -> Generator[tuple[Key, kernel.Result], None, None]:
    if not stale:
        return
    strangers, pools = set(active_children()), _pools(stale)
    with ExitStack() as running:
        for pool in set(pools.values()):
            running.enter_context(pool)
        try:
            yield from _as_they_end({pools[key[1]].submit(kernel.run, *key): key for key in stale})
        except _Stuck:
            for worker in set(active_children()) - strangers:
                worker.kill()
            raise
        except BrokenProcessPool as error:
            raise kernel.ChapterError(
                "the process of a chapter was ended from outside (short of memory?)"
            ) from error
        finally:
            for pool in pools.values():
                pool.shutdown(wait=False, cancel_futures=True)


def _pools(stale: list[Key]) -> dict[str, ProcessPoolExecutor]:
    """
    Workers by language, as many as there are processors.

    What a worker remembers is of one language; one that speaks two works out everything twice.
    """
    languages = sorted({language for _, language in stale})
    each = PROCESSES // len(languages)
    if not each:
        shared = _pool(PROCESSES)
        return dict.fromkeys(languages, shared)
    counts = Counter(language for _, language in stale)
    return {language: _pool(min(each, counts[language])) for language in languages}


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=processes.context(), initializer=kernel.warm_up)


def _as_they_end(futures: dict[Future, Key]) -> Iterator[tuple[Key, kernel.Result]]:
    waiting = set(futures)
    while waiting:
        ended, waiting = wait(waiting, LIMIT, FIRST_COMPLETED)
        if not ended:
            left = sorted({f"notebooks/{futures[future][0]}.md" for future in waiting})
            raise _Stuck(f"{', '.join(left)}: no end within {LIMIT} s")
        for future in ended:
            yield futures[future], future.result()
