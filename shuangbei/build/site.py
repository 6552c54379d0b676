"""From data to the finished site in one go: all of it, or nothing of it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from shuangbei import paths
from shuangbei.build import book, chapters

SITE = paths.BUILD / "site"
_BEFORE = paths.BUILD / "site.before"
_STAMP = paths.BUILD / "site.json"
_NEVER = {".git", ".venv", "_build", "__pycache__", ".pytest_cache", ".ruff_cache",
          ".hypothesis", ".ipynb_checkpoints", "tests"}


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
    """Return one digest of everything a build reads."""
    found = []
    for folder, folders, files in os.walk(paths.ROOT):
        folders[:] = sorted(set(folders) - _NEVER - {f for f in folders if f.endswith(".egg-info")})
        found += [Path(folder, name) for name in sorted(files)]
    if not paths.data_dir().is_relative_to(paths.ROOT):
        found += sorted(p for p in paths.data_dir().rglob("*") if p.is_file())
    text = "".join(f"{path}{chapters.file_digest(path)}" for path in found)
    program = chapters.program_digest()
    return hashlib.sha256((program + text).encode()).hexdigest()


def recover() -> None:
    """Put the old site back if a build was killed in the moment of the exchange."""
    if _BEFORE.exists() and not SITE.exists():
        _BEFORE.rename(SITE)
    shutil.rmtree(_BEFORE, ignore_errors=True)
    for leftover in paths.BUILD.glob("work-*"):
        shutil.rmtree(leftover, ignore_errors=True)


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
    shutil.rmtree(_BEFORE, ignore_errors=True)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def publish_data(pages: Path) -> None:
    """
    Write the published interfaces below ``pages/data``.

    They are ``status.json``, the data package with its files, and the package as one zip.
    """
    from shuangbei import check, status

    target = pages / "data"
    files = sorted(p for p in paths.data_dir().rglob("*") if p.is_file())
    for path in files:
        copy = target / path.relative_to(paths.data_dir())
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    _write_json(target / "datapackage.json", check.descriptor(paths.data_dir()))
    _write_json(target / "status.json", status.register())
    _zip(target / "datapackage.zip", files)


def _zip(archive: Path, files: list[Path]) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as bundle:
        for path in files:
            name = path.relative_to(paths.data_dir()).as_posix()
            # A fixed date: the same files give the same archive.
            entry = zipfile.ZipInfo(name, date_time=(2023, 3, 29, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            bundle.writestr(entry, path.read_bytes())


def _counts(pages: Path) -> dict[str, int]:
    return {"pages": sum(1 for _ in pages.rglob("*.html")),
            "figures": sum(1 for _ in pages.glob("figures/*/wide.svg"))}


def build(language: str, tell: Callable[[str], None], fresh: bool = False) -> Summary:
    """
    Build the site; ``_build/site`` changes only when everything has succeeded.

    Parameters
    ----------
    language : str
        Language of the edition.
    tell : callable
        Called with one line of progress at a time.
    fresh : bool
        Forget all kept results first.

    Raises
    ------
    Busy, shuangbei.build.execute.ChapterError, shuangbei.build.book.BookError
    """
    from filelock import FileLock, Timeout

    paths.BUILD.mkdir(exist_ok=True)
    try:
        with FileLock(paths.BUILD / "build.lock", timeout=0):
            return _build(language, tell, fresh)
    except Timeout as error:
        raise Busy(str(paths.BUILD / "build.lock")) from error


def _build(language: str, tell: Callable[[str], None], fresh: bool) -> Summary:
    recover()
    if fresh:
        shutil.rmtree(paths.CACHE, ignore_errors=True)
        _STAMP.unlink(missing_ok=True)
    started = time.perf_counter()
    state = f"{language} {inputs()}"
    if _is_current(state):
        seconds = {"check": time.perf_counter() - started}
        return Summary(**_counts(SITE), ran=(), kept=len(chapters.names()), seconds=seconds,
                       unchanged=True)
    work = paths.BUILD / f"work-{os.getpid()}"
    work.mkdir()
    try:
        return _make(language, tell, work, state)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _is_current(state: str) -> bool:
    if not (SITE / "index.html").exists() or not _STAMP.exists():
        return False
    return json.loads(_STAMP.read_text(encoding="utf-8")) == state


def _make(language: str, tell: Callable[[str], None], work: Path, state: str) -> Summary:
    seconds, clock = {}, time.perf_counter()

    def lap(step: str) -> None:
        nonlocal clock
        seconds[step] = time.perf_counter() - clock
        clock = time.perf_counter()

    with book.assembly(language, work) as assemble:
        done = chapters.run_all(language, lambda name, ran: tell(f"{'run' if ran else 'kept'} {name}"))
        lap("chapters")
        tell("book")
        pages = assemble(done)
    lap("book")
    tell("data")
    publish_data(pages)
    counts = _counts(pages)
    _STAMP.unlink(missing_ok=True)
    _exchange(pages)
    _write_json(_STAMP, state)
    lap("data")
    ran = tuple(chapter.name for chapter in done if chapter.ran)
    return Summary(**counts, ran=ran, kept=len(done) - len(ran), seconds=seconds)
