"""What a server needs beside the pages: compressed copies, headers and lists of objects."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from threading import get_ident

from shuangbei import paths
from shuangbei.build import headers

# Below this a copy saves no packet.
SMALL = 1024
# Hard compression pays where a file is asked for once and kept for a year; a page is made anew
# in each build and must not hold it up.
_HARD, _QUICK = 11, 7
_WORKERS = 2


def compress(pages: Path) -> int:
    """
    Write ``.gz`` and ``.br`` beside every text file where that makes it smaller.

    What has been compressed is kept under the digest of its content, so that a file that has
    not changed costs a copy; what the site no longer holds is forgotten.

    Parameters
    ----------
    pages : pathlib.Path
        Folder of the finished site.

    Returns
    -------
    int
        Number of files written.
    """
    store = paths.CACHE / "compressed"
    store.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(_WORKERS) as workers:
        done = list(workers.map(lambda path: _beside(path, store, _quality(path, pages)),
                                _texts(pages)))
    used = {name for names, _ in done for name in names}
    for old in store.iterdir():
        if old.name not in used:
            old.unlink(missing_ok=True)
    return sum(written for _, written in done)


def _texts(pages: Path) -> list[Path]:
    suffixes = {f".{name}" for name in headers.TEXT}
    found = [path for path in sorted(pages.rglob("*")) if path.suffix in suffixes]
    # The largest first: the last one to be ready is then a small one.
    return sorted((path for path in found if path.stat().st_size >= SMALL),
                  key=lambda path: -path.stat().st_size)


def _quality(path: Path, pages: Path) -> int:
    name = "/" + path.relative_to(pages).as_posix()
    return _HARD if headers.rule_for(name).name == "assets" else _QUICK


def _gzip(content: bytes, quality: int) -> bytes:
    return gzip.compress(content, compresslevel=9, mtime=0)


def _brotli(content: bytes, quality: int) -> bytes:
    import brotli

    return brotli.compress(content, mode=brotli.MODE_TEXT, quality=quality)


@lru_cache(maxsize=1)
def _packer() -> str:
    """Another release may pack otherwise."""
    return version("brotli")


_FORMS = {".gz": _gzip, ".br": _brotli}


def _beside(path: Path, store: Path, quality: int) -> tuple[list[str], int]:
    """Write both forms of a file; return the names they are kept under and how many it got."""
    content = path.read_bytes()
    settings = f"{_packer()} {quality} "
    digest = hashlib.sha256(settings.encode() + content).hexdigest()[:40]
    names, written = [], 0
    for suffix, form in _FORMS.items():
        kept = store / (digest + suffix)
        names.append(kept.name)
        made = kept.read_bytes() if kept.exists() else _keep(kept, content, form(content, quality))
        if made:
            Path(f"{path}{suffix}").write_bytes(made)
            written += 1
    return names, written


def _keep(kept: Path, content: bytes, made: bytes) -> bytes:
    """Keep what was made; nothing, if it is no smaller than the file."""
    made = made if len(made) < len(content) else b""
    # Two files of a site may be alike and come up at the same time.
    unfinished = kept.with_name(f"{kept.name}.{os.getpid()}.{get_ident()}")
    unfinished.write_bytes(made)
    unfinished.replace(kept)
    return made


def _addresses(pages: Path) -> list[str]:
    """Addresses of all files, without compressed copies and what is there for the host alone."""
    names = [path.relative_to(pages).as_posix() for path in sorted(pages.rglob("*"))
             if path.is_file() and not path.name.startswith("_") and path.suffix not in _FORMS]
    return [f"/{name}" for name in names]


def write_headers(pages: Path) -> None:
    """Write ``_headers`` at the root of the site, for Pages hosts that read it."""
    text = headers.pages_host(headers.patterns(_addresses(pages)))
    Path(pages, "_headers").write_text(text, encoding="utf-8", newline="\n")


def objects(pages: Path) -> list[dict[str, str]]:
    """
    List what to put into an object store: key, file, type, encoding and cache of each object.

    A store sends an object as it is, whatever the reader accepts.  Pages and what belongs to
    them are read by browsers, which all unpack gzip; what is published for reuse is fetched by
    programs too, and stays plain.

    Parameters
    ----------
    pages : pathlib.Path
        Folder of the finished site, after :func:`compress`.
    """
    return [_object(pages, address) for address in _addresses(pages)]


def _object(pages: Path, address: str) -> dict[str, str]:
    key = address.removeprefix("/")
    rule = headers.rule_for(address)
    packed = rule.name != "reuse" and Path(pages, f"{key}.gz").is_file()
    encoding = {"Content-Encoding": "gzip"} if packed else {}
    return {"key": key, "file": f"{key}.gz" if packed else key,
            "Content-Type": headers.type_of(key), **encoding, "Cache-Control": rule.cache}


def write_objects(pages: Path, manifest: Path) -> None:
    """Write :func:`objects` as JSON lines into ``manifest``, a file outside the site."""
    lines = [json.dumps(one, ensure_ascii=False) for one in objects(pages)]
    manifest.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
