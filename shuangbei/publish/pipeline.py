"""From data to the finished site in one go: all of it, or nothing of it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from shuangbei import load, memory, paths
from shuangbei.publish import archive, book, data_package, delivery, execution, frame, practice, sitemap


def publish(pages: Path) -> None:
    """
    Complete the site below ``pages``.

    Written are the published data, the framed figures of earlier editions, sitemap and
    robots.txt, the header file of Pages hosts, and the packed forms of all texts.

    Raises
    ------
    ValueError
        If ``html.baseurl`` in ``_config.yml`` is no address of a site.
    """
    about, base = load.edition(), sitemap.base()
    data_package.publish_data(pages, base)
    archive.restore(pages)
    sitemap.write(pages, base, about["published"], listed=not load.is_practice())
    delivery.write_headers(pages)
    delivery.compress(pages)


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


def inputs() -> str:
    """Return one digest of everything a build reads; hidden files (locks of editors) are not."""
    data = paths.data_dir()
    found = sorted(path for path in data.rglob("*") if path.is_file() and not path.name.startswith("."))
    text = "".join(f"{path}{memory.file_digest(path)}" for path in found)
    return hashlib.sha256((frame.digest() + text).encode()).hexdigest()


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


def _counts(pages: Path) -> dict[str, int]:
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
        Called once the build has noted what it reads; raises if the data are not in order.
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
    state = inputs()
    check_data()
    practice.keep_apart()
    seconds = {"check": time.perf_counter() - started}
    if is_current(state):
        return Summary(**_counts(SITE), ran=(), kept=len(execution.names()), seconds=seconds, unchanged=True)
    work = Path(tempfile.mkdtemp(prefix="work-", dir=paths.BUILD))
    try:
        summary = _make(tell, work, state)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return replace(summary, seconds={**seconds, **summary.seconds})


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
    return {"state": state, "site": hashlib.sha256(text.encode()).hexdigest()}


def _make(tell: Callable[[str], None], work: Path, state: str) -> Summary:
    seconds, clock = {}, time.perf_counter()

    def lap(step: str) -> None:
        nonlocal clock
        seconds[step] = time.perf_counter() - clock
        clock = time.perf_counter()

    about = frame.digest()
    with ExitStack() as running:
        assemblies = [
            running.enter_context(book.assembly(language, work, about)) for language in paths.LANGUAGES
        ]
        done = execution.run_all(done=lambda name, ran: tell(f"{'run' if ran else 'kept'} {name}"))
        lap("chapters")
        tell("book")
        pages = _side_by_side(assemblies, done)
    lap("book")
    tell("data")
    publish(pages)
    counts = _counts(pages)
    if inputs() != state:
        raise execution.Changed
    book.keep(work, pages)
    _STAMP.unlink(missing_ok=True)
    _exchange(pages)
    delivery.write_objects(SITE, OBJECTS)
    data_package.write_json(_STAMP, _stamp(state))
    lap("data")
    ran = {chapter.name for chapter in done if chapter.ran}
    return Summary(**counts, ran=tuple(sorted(ran)), kept=len(execution.names()) - len(ran), seconds=seconds)


def _side_by_side(assemblies: list[Callable], done: list[execution.Chapter]) -> Path:
    """Assemble all editions at once; the first is the root of the site, the others lie in it."""
    with ThreadPoolExecutor(len(assemblies)) as pool:
        editions = list(pool.map(lambda assemble: assemble(done), assemblies))
    for language, pages in zip(paths.LANGUAGES[1:], editions[1:], strict=True):
        pages.rename(editions[0] / language)
    return editions[0]
