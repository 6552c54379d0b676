"""Style sheet, scripts and other shared files of the site, published under the name of their content."""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from pathlib import Path

from shuangbei import languages, pictures
from shuangbei.site import addresses

THEME = Path(__file__).with_name("theme")
FOLDER = "assets"
SHEET, SCRIPT = "report.css", "report.js"

_registered: dict[str, bytes] = {}


def register(name: str, content: bytes) -> None:
    """
    Publish a file that is made by the build, such as the bundle of charts.

    Call it before the first page that names the file is written, best from ``builder-inited``;
    every page names the scripts (see :func:`modules`), so these come no later than that.

    Parameters
    ----------
    name : str
        Plain name with its ending: ``vega.js``.
    content : bytes
        The whole file.
    """
    _registered[name] = content
    _own.cache_clear()
    address.cache_clear()


@lru_cache(maxsize=1)
def _own() -> dict[str, bytes]:
    """All published files by plain name: the sheet from its parts and the twins of colours, scripts as they stand."""
    parts = [path.read_bytes() for path in sorted((THEME / "css").glob("*.css"))]
    scripts = sorted([*(THEME / "js").glob("*.js"), *(THEME / "vendor").glob("*.js")])
    files = {
        SHEET: b"".join([*parts, pictures.dark_sheet().encode()]),
        **{path.name: path.read_bytes() for path in scripts},
    }
    return files | _registered


@cache
def address(name: str) -> str:
    """
    Address of a shared file from the root of the site; it changes with the content.

    Raises
    ------
    KeyError
        If there is no such file.
    """
    content = _own()[name]
    stem, _, ending = name.rpartition(".")
    return f"{FOLDER}/{stem}.{hashlib.sha256(content).hexdigest()[:10]}.{ending}"


def modules(here: str) -> dict[str, str]:
    """Names and addresses, from the page ``here``, of the scripts that are loaded when asked for."""
    names = [name for name in sorted(_own()) if name.endswith(".js") and name != SCRIPT]
    return {name.removesuffix(".js"): addresses.from_page(here, address(name)) for name in names}


def write(root: Path) -> None:
    """Write all shared files below the root of the site."""
    for name, content in _own().items():
        target = root / address(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _finish(app, exception: Exception | None) -> None:
    # One set of files serves both editions; it lies at the root, where the Chinese one is.
    if exception is None and app.builder.name == "html" and not languages.prefix():
        write(Path(app.outdir))


def setup(app) -> None:
    """Write the files when the pages are there."""
    app.connect("build-finished", _finish)
