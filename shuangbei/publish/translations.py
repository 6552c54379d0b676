"""Catalogues of the English edition: renewed from the Chinese pages, and checked before a build."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from shuangbei import paths

LOCALE = paths.ROOT / "locale"
TEMPLATES = paths.BUILD / "gettext"
LANGUAGE = "en"
HEADER = "# English edition. Renew with `run.py translate`; translate what is empty or fuzzy."
# What a translation keeps to the letter: roles with their content, code, targets of links.
_KEPT = re.compile(r"\{[a-z:+-]+\}`[^`]*`|`[^`]+`|\]\([^)]*\)")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_MYRIADS = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
# In an English sentence; a Chinese term that is being explained stands in brackets of its own.
_FULL_WIDTH = re.compile(r"[，。；：！？、（）]")


@dataclass(frozen=True)
class Fault:
    """What is wrong with one entry of a catalogue: where, the rule, and the text it concerns."""

    file: str
    line: int
    rule: str
    text: str


def catalogues() -> list[Path]:
    """Return the catalogues in order."""
    return sorted(_folder().rglob("*.po"))


def _read(path: Path):
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, abort_invalid=True)


def faults(catalogue: Path) -> Iterator[Fault]:
    """
    Yield what is wrong with a catalogue.

    The rules are codes: ``empty``, ``fuzzy``, ``kept`` (a role, the target of a link or code is
    missing, added or changed), ``number`` (a number of four digits and more, or with decimals,
    that the Chinese does not have), ``punctuation`` (full-width signs outside quoted Chinese);
    and of a file that cannot be read ``encoding`` (it is no UTF-8) or ``syntax``.
    """
    from babel.messages.pofile import PoFileError

    name = catalogue.relative_to(paths.ROOT).as_posix()
    try:
        entries = list(_read(catalogue))
    except UnicodeDecodeError:
        yield Fault(name, *_undecodable(catalogue))
        return
    except PoFileError as error:
        yield Fault(name, error.lineno + 1, "syntax", error.line.strip())
        return
    for entry in entries:
        if not entry.id:
            continue
        for rule in _broken(str(entry.id), str(entry.string), entry.fuzzy):
            yield Fault(name, entry.lineno or 0, rule, str(entry.id))


def _undecodable(catalogue: Path) -> tuple[int, str, str]:
    """The first line that is no UTF-8, the rule, and what can be read of it."""
    for number, line in enumerate(catalogue.read_bytes().splitlines(), 1):
        shown = line.decode("utf-8", errors="replace")
        if "\ufffd" in shown:
            return number, "encoding", shown
    return 1, "encoding", ""


def _broken(source: str, text: str, fuzzy: bool) -> Iterator[str]:
    if not text:
        yield "empty"
        return
    if fuzzy:
        yield "fuzzy"
    if Counter(_KEPT.findall(source)) != Counter(_KEPT.findall(text)):
        yield "kept"
    if _typed(text) - _typed(source) - _counted(source):
        yield "number"
    if _FULL_WIDTH.search(_without_chinese(_KEPT.sub("", text))):
        yield "punctuation"


def _typed(text: str) -> set[str]:
    """Typed numbers that could be statistics: those of four signs and more."""
    found = {number.replace(",", "") for number in _NUMBER.findall(_KEPT.sub(" ", text))}
    return {number for number in found if len(number) > 3}


def _counted(source: str) -> set[str]:
    """What Chinese writes with words for powers of ten: 1万家 is 10,000, and 3.69万 is 36,900."""
    pairs = re.findall(r"(\d[\d,]*(?:\.\d+)?)?([百千万亿])", source)
    counts = [Decimal(number.replace(",", "") or 1) * _MYRIADS[word] for number, word in pairs]
    return {f"{count.normalize():f}" for count in counts}


def _without_chinese(text: str) -> str:
    """An English sentence without the Chinese words that it quotes, with their own signs."""
    return re.sub(r"[《〔“（]?[\u4e00-\u9fff][\u4e00-\u9fff，。、：；《》〔〕（）“”\d—·-]*", "", text)


def check() -> list[Fault]:
    """Return the faults of all catalogues."""
    return [fault for path in catalogues() for fault in faults(path)]


def renew() -> tuple[int, int]:
    """
    Read the Chinese pages anew and bring the catalogues up to date with them.

    New texts come in empty, changed ones as ``fuzzy`` with the old translation to start from;
    neither is published.  Catalogues of pages that are gone are deleted.

    Returns
    -------
    tuple of int
        Number of catalogues, and of entries that wait for a translator.

    Raises
    ------
    RuntimeError
        If Sphinx cannot read the pages; the message is what it said.
    """
    shutil.rmtree(TEMPLATES, ignore_errors=True)
    call = [sys.executable, "-m", "shuangbei.publish.translations"]
    environment = {**os.environ, "SHUANGBEI_LANG": "zh", "PYTHONUTF8": "1"}
    done = subprocess.run(
        call,
        cwd=paths.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip() or done.stdout.strip())
    (TEMPLATES / "sphinx.pot").unlink(missing_ok=True)
    pages = {
        template.relative_to(TEMPLATES).with_suffix(".po"): template
        for template in sorted(TEMPLATES.rglob("*.pot"))
    }
    for page, template in pages.items():
        _merge(_folder() / page, template)
    for path in catalogues():
        if path.relative_to(_folder()) not in pages:
            path.unlink()
    waiting = [fault for fault in check() if fault.rule in ("empty", "fuzzy")]
    return len(pages), len(waiting)


def _folder() -> Path:
    return LOCALE / LANGUAGE / "LC_MESSAGES"


def _merge(path: Path, template: Path) -> None:
    """Bring one catalogue up to date; hours and names of tools stay out, so that diffs are real."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    fresh = _read(template)
    kept = _read(path) if path.exists() else Catalog(locale=LANGUAGE)
    kept.update(fresh)
    kept.header_comment, kept.fuzzy = HEADER, False
    for message in kept:
        message.auto_comments = []
        message.locations = [
            (place[place.rindex("../") + 3 :] if "../" in place else place, line)
            for place, line in message.locations
        ]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, kept, width=0, omit_header=False, ignore_obsolete=True)
    text = path.read_text(encoding="utf-8")
    dated = re.compile(
        r'^"(?:POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator'
        r"|Report-Msgid-Bugs-To|Project-Id-Version|Language-Team):.*\n",
        re.MULTILINE,
    )
    path.write_text(dated.sub("", text), encoding="utf-8", newline="\n")


def main() -> int:
    """Write the templates: what there is to translate on each page, without running chapters."""
    from jupyter_book.sphinx import build_sphinx

    # Facts have no values here, so that Sphinx warns of each; only errors count.
    overrides = {"nb_execution_mode": "off", "latex_individualpages": False}
    result = build_sphinx(
        paths.ROOT,
        TEMPLATES,
        noconfig=True,
        quiet=True,
        builder="gettext",
        path_config=paths.ROOT / "_config.yml",
        confoverrides=overrides,
        doctreedir=paths.BUILD / "gettext-doctrees",
        keep_going=True,
    )
    return result if isinstance(result, int) else 1


if __name__ == "__main__":
    sys.exit(main())
