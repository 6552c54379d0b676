"""What a server needs beside the pages: compressed copies, headers and lists of objects."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

from shuangbei import paths, writing
from shuangbei.publish import headers

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
    alike = defaultdict(list)  # files of the site, by what is in them and how hard it is packed
    for path in _texts(pages):
        alike[_digest(path.read_bytes(), _quality(path, pages))].append(path)
    with ThreadPoolExecutor(_WORKERS) as workers:
        done = list(workers.map(lambda same: _beside(same[1], store, *same[0]), alike.items()))
    used = {digest + suffix for digest, _ in alike for suffix in _FORMS}
    for old in store.iterdir():
        if old.name not in used:
            old.unlink(missing_ok=True)
    return sum(done)


def _texts(pages: Path) -> list[Path]:
    suffixes = {f".{name}" for name in headers.TEXT}
    found = [path for path in sorted(pages.rglob("*")) if path.suffix in suffixes]
    # The largest first: the last one to be ready is then a small one.
    return sorted(
        (path for path in found if path.stat().st_size >= SMALL), key=lambda path: -path.stat().st_size
    )


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


def _digest(content: bytes, quality: int) -> tuple[str, int]:
    """Name under which the packed forms of a content are kept, and how hard it is packed."""
    settings = f"{_packer()} {quality} "
    return hashlib.sha256(settings.encode() + content).hexdigest()[:40], quality


def _beside(same: list[Path], store: Path, digest: str, quality: int) -> int:
    """Write both forms beside files that are alike; return how many were written."""
    content, written = same[0].read_bytes(), 0
    for suffix, form in _FORMS.items():
        kept = store / (digest + suffix)
        if not kept.exists():
            made = form(content, quality)
            # An empty one says that it would be no smaller than the file.
            writing.write(kept, made if len(made) < len(content) else b"")
        packed = kept.read_bytes()
        for path in same if packed else ():
            Path(f"{path}{suffix}").write_bytes(packed)
            written += 1
    return written


def _addresses(pages: Path) -> list[str]:
    """Addresses of all files, without compressed copies and what is there for the host alone."""
    names = [
        path.relative_to(pages).as_posix()
        for path in sorted(pages.rglob("*"))
        if path.is_file() and not path.name.startswith("_") and path.suffix not in _FORMS
    ]
    return [f"/{name}" for name in names]


def write_headers(pages: Path, base: str) -> None:
    """
    Write ``_headers`` at the root of the site, for Pages hosts that read it.

    Parameters
    ----------
    pages : pathlib.Path
        Folder of the finished site.
    base : str
        Absolute address of the site, ``https://host/path/``: the rules hold below its path.
    """
    below = urlsplit(base).path.rstrip("/")
    text = headers.pages_host(headers.patterns(_addresses(pages)), below)
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
    return {
        "key": key,
        "file": f"{key}.gz" if packed else key,
        "Content-Type": headers.type_of(key),
        **encoding,
        "Cache-Control": rule.cache,
    }


def write_objects(pages: Path, manifest: Path) -> None:
    """Write :func:`objects` as JSON lines into ``manifest``, a file outside the site."""
    lines = [json.dumps(one, ensure_ascii=False) for one in objects(pages)]
    manifest.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
