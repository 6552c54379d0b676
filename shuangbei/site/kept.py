"""Finished pages kept from build to build, each beside digests of all that it was made from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Literal, TypeVar

from docutils import nodes

from shuangbei import memory, paths, writing
from shuangbei.site import addresses, figures

# The value of the setting: where pages of earlier builds are, where this one leaves its own, and
# the digest of what all pages rest on beside data/; empty in a plain Jupyter Book.
SETTING = "shuangbei_kept"


Page = tuple[str, dict, str]
Made = TypeVar("Made")


def _digest(content: object) -> str:
    return memory.digest(repr(content).encode())


def _seal(about: dict, content: bytes) -> str:
    told = json.dumps([about["key"], about["reads"], about["files"]], sort_keys=True)
    return memory.digest(told.encode() + content)


@dataclass(frozen=True)
class Kept:
    """A page, and by their addresses from the root of the edition the files that go with it."""

    page: bytes
    files: dict[str, bytes] = field(default_factory=dict)


def read(entry: Path, key: str) -> Kept | None:
    """
    Return a kept page if it is whole, of that key, and all that it was made from is as it was.

    Parameters
    ----------
    entry : pathlib.Path
        A line of JSON (``key``, ``reads``: digest by name, ``files``: length by address, ``seal``),
        then the page and the files, one after the other.
    key : str
        Digest of what the page rests on beside what was read while it was made.
    """
    if not entry.is_file():
        return None
    head, _, content = entry.read_bytes().partition(b"\n")
    try:
        about = json.loads(head)
        is_whole = about["seal"] == _seal(about, content)
    except (ValueError, KeyError, TypeError):
        return None  # damaged: the page is made anew
    if not is_whole or about["key"] != key:
        return None
    fresh = all(memory.digest_of(name) == digest for name, digest in about["reads"].items())
    return _parted(content, about["files"]) if fresh else None


def _parted(content: bytes, lengths: dict[str, int]) -> Kept:
    rest = BytesIO(content)
    page = rest.read(len(content) - sum(lengths.values()))
    return Kept(page, {name: rest.read(length) for name, length in lengths.items()})


def write(entry: Path, key: str, opened: set[Path], kept: Kept) -> None:
    """Keep a page that was made while ``opened`` was read, so that :func:`read` finds it."""
    lengths = {name: len(content) for name, content in kept.files.items()}
    about = {"key": key, "reads": memory.digests(opened), "files": lengths}
    content = b"".join([kept.page, *kept.files.values()])
    head = json.dumps({**about, "seal": _seal(about, content)}, ensure_ascii=False)
    writing.write(entry, head.encode() + b"\n" + content)


# Files that go with the page that is being made in this process.
_beside: ContextVar[dict[str, bytes] | None] = ContextVar("beside", default=None)


def beside(app, address: str, content: bytes) -> None:
    """
    Write a file that goes with the page that is being made, and keep it with that page.

    Parameters
    ----------
    app : sphinx.application.Sphinx
    address : str
        From the root of the edition.
    content : bytes
    """
    writing.write(Path(app.outdir, address), content)
    found = _beside.get()
    if found is not None:
        found[address] = content


def _shared(env) -> str:
    """Digest of what pages say of one another: titles, places that links lead to."""
    found = env.__dict__.get("shuangbei_shared")
    if found is None:
        std = env.domaindata["std"]
        titles = [(name, env.titles[name].astext()) for name in sorted(env.titles)]
        slugs = [(name, about.get("myst_slugs")) for name, about in sorted(env.metadata.items())]
        labels = [sorted(std[kind].items()) for kind in ("labels", "anonlabels")]
        found = _digest([titles, slugs, labels])
        env.__dict__["shuangbei_shared"] = found
    return found


def _setting(app) -> dict:
    """Where pages are kept; empty where none are."""
    return getattr(getattr(app, "config", None), SETTING, None) or {}


def _key(app, pagename: str, more: tuple) -> str:
    return _digest([_setting(app)["frame"], paths.language(), _shared(app.env), pagename, *more])


def _entry(app, store: str, pagename: str) -> Path:
    folder = _setting(app)[store]
    return Path(folder, f"{addresses.address_of(pagename)}.html")


def restore(app, pagename: str, *more: object) -> bool:
    """
    Put a kept page in its place, if there is one and it is what would be made; tell whether.

    Parameters
    ----------
    app : sphinx.application.Sphinx
    pagename : str
        Of the page, as the builder knows it.
    *more : object
        What else the page rests on, told apart by its ``repr``.
    """
    if not _setting(app):
        return False
    kept = read(_entry(app, "earlier", pagename), _key(app, pagename, more))
    if kept is None:
        return False
    found = {Path(app.outdir, address): content for address, content in kept.files.items()}
    for target, content in {Path(app.builder.get_outfilename(pagename)): kept.page, **found}.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return True


@contextmanager
def making(app, pagename: str, *more: object) -> Iterator[None]:
    """Record what is read while the page is made and written inside the block, and keep the page."""
    files: dict[str, bytes] = {}
    outer = _beside.set(files)
    try:
        with paths.recording() as opened:
            yield
    finally:
        _beside.reset(outer)
    if not _setting(app):
        return
    target = Path(app.builder.get_outfilename(pagename))
    if target.is_file():
        made = Kept(target.read_bytes(), files)
        write(_entry(app, "own", pagename), _key(app, pagename, more), opened, made)


def page(app, pagename: str, make: Callable[[], Page], *more: object) -> Iterator[Page]:
    """
    Yield a page that the builder is to write, or none where a kept one has been put in its place.

    Parameters
    ----------
    app : sphinx.application.Sphinx
    pagename : str
    make : callable
        Returns name, context and template of the page.
    *more : object
        As in :func:`restore`.
    """
    if not restore(app, pagename, *more):
        with making(app, pagename, *more):
            yield make()


def part(app, name: str, made_from: object, make: Callable[[], Made]) -> Made:
    """
    Return what ``make`` gives, a part of a page or file that is slow to make, as JSON holds it.

    Parameters
    ----------
    app : sphinx.application.Sphinx
    name : str
        Of its own among all parts.
    made_from : object
        What it rests on beside data, told apart by its ``repr``.
    make : callable
        Returns what JSON can hold.
    """
    setting = _setting(app)
    if not setting:
        return make()
    place, key = Path("parts", f"{name}.json"), _key(app, name, (made_from,))
    kept = read(setting["earlier"] / place, key)
    if kept is None:
        with paths.recording() as opened:
            kept = Kept(json.dumps(make(), ensure_ascii=False).encode())
        write(setting["own"] / place, key, opened, kept)
    content: Made = json.loads(kept.page)
    return content


def of_document(app, docname: str) -> tuple[str, ...]:
    """What the page of a document rests on beside data: its text as read, and figures it repeats."""
    doctree = Path(app.doctreedir, f"{docname}.doctree")
    known, others = figures.known(app.env), repeated(app.env).get(docname, ())
    return (memory.file_digest(doctree), *(_digest(known.get(one)) for one in others))


def repeated(env) -> dict[str, tuple[str, ...]]:
    """Return the figures of others that each document repeats; kept with the pages, may be changed."""
    return env.__dict__.setdefault("shuangbei_repeated", {})


def stale(app, env) -> set[str]:
    """Documents whose chapter gave other results than when they were read; all in a plain book."""
    setting = _setting(app)
    return set(setting["stale"]) if setting else env.found_docs


def _forget(app, env) -> None:
    env.__dict__.pop("shuangbei_shared", None)


class Builder(addresses.ReportBuilder):
    """The builder of the site, which writes of the documents those alone that have no kept page."""

    def write(
        self,
        build_docnames: Iterable[str] | None,
        updated_docnames: Sequence[str],
        method: Literal["all", "specific", "update"] = "update",
    ) -> None:
        """Write the documents; where pages are kept, whatever Sphinx holds to be out of date."""
        if not _setting(self.app):
            super().write(build_docnames, updated_docnames, method)
            return
        wanted = [
            name
            for name in sorted(self.env.found_docs)
            if not restore(self.app, name, *of_document(self.app, name))
        ]
        super().write(wanted, [], "specific")

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write the page of a document, and keep it."""
        with making(self.app, docname, *of_document(self.app, docname)):
            super().write_doc(docname, doctree)


def setup(app) -> None:
    """Add the setting and the builder."""
    app.add_builder(Builder, override=True)
    app.add_config_value(SETTING, {}, "", [dict])
    app.connect("env-updated", _forget)
