"""From data to the finished site in one go: all of it, or nothing of it, or nothing at all to do."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from shuangbei import memory, paths, writing
from shuangbei.publish import execution, frame

if TYPE_CHECKING:
    from shuangbei.publish import steps


SITE = paths.BUILD / "site"
_BEFORE = paths.BUILD / "site.before"
_STAMP = paths.BUILD / "site.json"
OBJECTS = paths.BUILD / "objects.jsonl"


@dataclass(frozen=True)
class Summary:
    """What a build did: counts, seconds for each step, and where the site is."""

    pages: int
    figures: int
    ran: tuple[str, ...]
    kept: int
    seconds: dict[str, float]
    unchanged: bool = False

    @property
    def total(self) -> float:
        """Seconds of the whole build."""
        return sum(self.seconds.values())


class Busy(RuntimeError):
    """Another build of this repository is running."""


def inputs(about: str | None = None) -> str:
    """
    Return one digest of everything a build reads; hidden files (locks of editors) are not.

    Parameters
    ----------
    about : str, optional
        What :func:`shuangbei.publish.frame.digest` says, if that is known.
    """
    data = paths.data_dir()
    found = sorted(path for path in data.rglob("*") if path.is_file() and not path.name.startswith("."))
    text = "".join(f"{path.relative_to(data).as_posix()}{memory.file_digest(path)}" for path in found)
    return memory.digest(((about or frame.digest()) + text).encode())


def recover() -> None:
    """Put the old site back if a build was killed in the moment of the exchange."""
    if _BEFORE.exists() and not SITE.exists():
        _BEFORE.rename(SITE)
    _retire()
    for leftover in paths.BUILD.glob("work-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    for unfinished in paths.BUILD.glob(f"{_STAMP.name}.*"):
        unfinished.unlink(missing_ok=True)


def recover_if_idle() -> None:
    """Do what :func:`recover` does, unless a build is running, which looks after itself."""
    from filelock import FileLock

    # Nor where nothing can be written (Timeout is an OSError too): a site can be looked at there.
    with suppress(OSError), FileLock(paths.BUILD / "build.lock", timeout=0):
        recover()


def _retire() -> None:
    """Delete the old site under another name: what is called site.before is always whole."""
    old = paths.BUILD / f"work-old-{os.getpid()}-{time.time_ns()}"
    # A program that has a file of it open keeps it where it is until the next build.
    with suppress(OSError):
        _BEFORE.rename(old)
    shutil.rmtree(old, ignore_errors=True)


def _exchange(finished: Path) -> None:
    """Let the finished folder take the place of the site; two renames on one disk."""
    if SITE.exists():
        SITE.rename(_BEFORE)
    try:
        finished.rename(SITE)
    except OSError:
        if _BEFORE.exists():
            _BEFORE.rename(SITE)
        raise
    _retire()


class _Counts(TypedDict):
    pages: int
    figures: int


def _counts(pages: Path) -> _Counts:
    return {
        "pages": sum(1 for _ in pages.rglob("*.html")),
        "figures": sum(1 for _ in pages.glob("figures/*/wide.svg")),
    }


def build(tell: Callable[[str], None], check_data: Callable[[], None], fresh: bool = False) -> Summary:
    """
    Build the site in all languages; ``SITE`` changes only when everything has succeeded.

    Parameters
    ----------
    tell : callable
        Called with one line of progress at a time.
    check_data : callable
        Called once the build has noted what it reads, unless the site was made of just that;
        raises if the data are not in order.
    fresh : bool
        Forget all kept results first.

    Raises
    ------
    Busy, shuangbei.publish.kernel.ChapterError, shuangbei.publish.book.BookError
    shuangbei.publish.practice.Mixed
        If the data are for practice and the site is not, or the reverse.
    shuangbei.publish.execution.Changed
        If files changed during the build.
    OSError
        If files cannot be read, written or renamed, such as pages that a program has open.
    """
    from filelock import FileLock, Timeout

    paths.BUILD.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(paths.BUILD / "build.lock", timeout=0):
            return _build(tell, check_data, fresh)
    except Timeout as error:
        raise Busy(str(paths.BUILD / "build.lock")) from error


def _build(tell: Callable[[str], None], check_data: Callable[[], None], fresh: bool) -> Summary:
    recover()
    if fresh:
        shutil.rmtree(paths.CACHE, ignore_errors=True)
        _STAMP.unlink(missing_ok=True)
    started = time.perf_counter()
    about = frame.digest()
    state = inputs(about)
    if is_current(state):
        # A site is made of data that passed the check, and of what is as it was then.
        seconds = {"check": time.perf_counter() - started}
        return Summary(**_counts(SITE), ran=(), kept=len(execution.names()), seconds=seconds, unchanged=True)
    # The libraries behind the steps take seconds to import, and a site that is current needs none.
    from shuangbei.publish import practice, processes, steps

    processes.import_ahead()
    check_data()
    practice.keep_apart()
    seconds = {"check": time.perf_counter() - started}
    work = Path(tempfile.mkdtemp(prefix="work-", dir=paths.BUILD))
    try:
        made = steps.make(tell, work, about)
        counts = _counts(made.pages)
        clock = time.perf_counter()
        _put_in_place(made, work, state)
        seconds |= made.seconds
        seconds["data"] += time.perf_counter() - clock
    finally:
        shutil.rmtree(work, ignore_errors=True)
    ran = {chapter.name for chapter in made.chapters if chapter.ran}
    kept = len(execution.names()) - len(ran)
    return Summary(**counts, ran=tuple(sorted(ran)), kept=kept, seconds=seconds)


def _put_in_place(made: steps.Made, work: Path, state: str) -> None:
    """Let finished pages take the place of the site, unless what they rest on has changed since."""
    from shuangbei.publish import book, delivery

    if inputs() != state:
        raise execution.Changed
    with suppress(OSError):  # less is kept for the next build, and nothing is wrong with this one
        book.keep(work, made.pages)
    _STAMP.unlink(missing_ok=True)
    _exchange(made.pages)
    delivery.write_objects(SITE, OBJECTS)
    writing.write(_STAMP, json.dumps(_stamp(state)).encode())


def is_current(state: str | None = None) -> bool:
    """
    Tell whether the site was made, as it stands, from what is there; half a stamp says no.

    Parameters
    ----------
    state : str, optional
        What :func:`inputs` says, if that is known.
    """
    if not (SITE / "index.html").exists() or not _STAMP.exists():
        return False
    try:
        stamp = json.loads(_STAMP.read_text(encoding="utf-8"))
    except ValueError:
        return False
    return stamp == _stamp(state or inputs())


def _stamp(state: str) -> dict[str, str]:
    """What a build read, and the files of the site by name, size and time."""
    files = (
        (path.relative_to(SITE).as_posix(), path.stat()) for path in sorted(SITE.rglob("*")) if path.is_file()
    )
    text = "\n".join(f"{name} {about.st_size} {about.st_mtime_ns}" for name, about in files)
    return {"state": state, "site": memory.digest(text.encode())}
