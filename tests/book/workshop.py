"""A copy of the repository to build, change and break; asserts nothing."""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from patience import HANGS

from shuangbei import paths

# A blank and Chinese characters: the project works on such a path.
NAME = "双倍增 site copy"
_LEFT_OUT = shutil.ignore_patterns(
    ".git",
    ".venv",
    "_build",
    "__pycache__",
    ".pytest_cache",
    ".ruff_cache",
    ".hypothesis",
    "*.egg-info",
    "*.ipynb",
    ".ipynb_checkpoints",
    "tests",
)
Tree = dict[str, str]


@dataclass(frozen=True)
class Run:
    """What one run of the command gave."""

    status: int
    output: str
    seconds: float

    @property
    def ran(self) -> set[str]:
        """Chapters that the command said it ran."""
        return self._said("运行")

    @property
    def kept(self) -> set[str]:
        """Chapters that the command said it took from an earlier run."""
        return self._said("沿用")

    def _said(self, word: str) -> set[str]:
        lines = (line.split() for line in self.output.splitlines())
        return {parts[1] for parts in lines if len(parts) == 2 and parts[0] == word}


class Workshop:
    """A copy of the repository at ``root`` in which the site is built by the real command."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / NAME
        self.site = self.root / "_build" / "site"
        self.published = folder / "first"
        self.results = folder / "results"  # of its chapters, by language
        self.packed = folder / "packed"  # what was compressed of its files
        self._report = folder / "first.json"

    @property
    def first(self) -> Run:
        """What the first build gave."""
        return Run(**json.loads(self._report.read_text(encoding="utf-8")))

    @property
    def is_built(self) -> bool:
        """Whether the first build has been tried, by whatever process."""
        return self._report.exists()

    def build(self, *options: str) -> Run:
        """Run ``site`` to its end."""
        started = time.perf_counter()
        done = subprocess.run(
            self._call(*options),
            cwd=self.root.parent,
            env=self._environment(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=HANGS,
        )
        return Run(done.returncode, done.stdout + done.stderr, time.perf_counter() - started)

    def build_first(self) -> None:
        """Copy the repository, build once and keep the site that came out as ``published``."""
        # What a process that was ended left of an earlier attempt would be taken for whole.
        for left in (self.root, self.published, self.results, self.packed):
            shutil.rmtree(left, ignore_errors=True)
        shutil.copytree(paths.ROOT, self.root, ignore=_LEFT_OUT)
        run = self.build()
        if not run.status:
            shutil.copytree(self.site, self.published)
            shutil.copytree(self.root / "_build" / "cache" / "chapters", self.results)
            shutil.copytree(self.root / "_build" / "cache" / "compressed", self.packed)
        written = self._report.with_suffix(".part")
        written.write_text(json.dumps(asdict(run)), encoding="utf-8")
        written.replace(self._report)

    def copy_small(self) -> None:
        """Copy the repository and leave three whole chapters: a site that is soon built anew."""
        shutil.copytree(paths.ROOT, self.root, ignore=_LEFT_OUT)
        reduce(self.root)

    def kill_midway(self, line: str, after: float) -> str:
        """Start ``site``, kill it and all it started ``after`` seconds after it said ``line``."""
        started = subprocess.Popen(
            self._call(),
            cwd=self.root.parent,
            env=self._environment(),
            encoding="utf-8",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        output = ""
        while line not in output:
            said = started.stdout.readline()
            if not said:
                break
            output += said
        time.sleep(after)
        os.killpg(started.pid, signal.SIGKILL)
        started.wait(HANGS)
        started.stdout.close()
        return output

    def forget(self) -> None:
        """Take away what Python has compiled of the copy, if it keeps that beside what it keeps of the project."""
        if sys.pycache_prefix:
            compiled = Path(importlib.util.cache_from_source(str(self.root / "shuangbei" / "cli.py")))
            shutil.rmtree(compiled.parents[1], ignore_errors=True)

    @contextmanager
    def changed(self, name: str, old: str, new: str):
        """One text of one file replaced, until the block ends."""
        path = self.root / name
        before = path.read_text(encoding="utf-8")
        if before.count(old) != 1:
            raise ValueError(f"{name} holds {old!r} {before.count(old)} times")
        path.write_text(before.replace(old, new), encoding="utf-8", newline="\n")
        try:
            yield
        finally:
            path.write_text(before, encoding="utf-8", newline="\n")

    def _call(self, *options: str) -> list[str]:
        return [sys.executable, "-m", "shuangbei.cli", "site", *options]

    def _environment(self) -> dict[str, str]:
        own = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("SHUANGBEI_", "PYTEST_"))
        }
        return {
            **own,
            "PYTHONPATH": str(self.root),
            "PYTHONUTF8": "1",
            "PYTHONUNBUFFERED": "1",
            "SHUANGBEI_SPEAKS": "zh",
        }


# A chapter with its commitments and lines, the one that pages of districts stand on, and one that it repeats.
WHOLE = ("patents", "districts", "technology-enterprises")
_HEAD = re.compile(r"---\n.*?\n---\n", re.S)
_CODE = re.compile(r"^```.*?^```\n", re.M | re.S)
_HEADING = re.compile(r"^(?:\([a-z0-9-]+\)=\n)?#{1,6} .+$", re.M)
_REPEATED = re.compile(r"^```\{plan-figure\} (\S+)\n```\n", re.M)


def reduce(root: Path) -> None:
    """
    Leave of all chapters but three their headings, to which links lead, and no page that repeats their figures.

    All other pages stay as they are, so there are pages of each kind.
    """
    for path in root.glob("notebooks/[!_]*.md"):
        if path.stem not in WHOLE:
            text = path.read_text(encoding="utf-8")
            body = _CODE.sub("", _HEAD.sub("", text, count=1))
            _write(path, "\n".join([_HEAD.match(text)[0], *(f"{one}\n" for one in _HEADING.findall(body))]))
    with (root / "data" / "commitments.csv").open(encoding="utf-8", newline="") as file:
        gone = {row["commitment_id"] for row in csv.DictReader(file) if row["chapter"] not in WHOLE}
    for path in root.glob("book/**/*.md"):
        text = path.read_text(encoding="utf-8")
        _write(path, _REPEATED.sub(lambda found: "" if found[1] in gone else found[0], text))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def tree(folder: Path) -> Tree:
    """Every file below ``folder`` with the digest of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differing(one: Tree, other: Tree) -> set[str]:
    """The files that two trees do not share, or whose bytes differ."""
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}
