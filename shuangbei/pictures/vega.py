"""Vega-Lite to SVG, SVG to PNG, and the browser's bundle, kept by content; alone calls vl-convert."""

from __future__ import annotations

import hashlib
import json
import re
import struct
import zlib
from collections import deque
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from shuangbei import paths, writing

FONT_DIR = Path(__file__).with_name("fonts")
VEGA_LITE = "6.4"
# What interactive figures take from the bundle. Vega and Vega-Lite by their own names are empty
# in it (seen in 1.9.0); vegaEmbed holds both, and the interpreter that needs no eval.
_SNIPPET = "window.drawChart = vegaEmbed;"
_PLACES = re.compile(r' (?:d|transform|x2|y2)="([^"]+)"')
_DECIMAL = re.compile(r"-?\d+\.\d{2,}")
# A picture has one alternative text, which is not inside it.
_SPOKEN = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_FONT = re.compile(r' font-family="[^"]*"')
_CLIP = re.compile(r'(?<=id="clip)\d+(?=")|(?<=url\(#clip)\d+(?=\))')
_PROBE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">{}</svg>'
_WORD = '<text x="2" y="15" font-family="Noto Sans SC" font-size="14">重庆</text>'


class NoInk(RuntimeError):
    """Text leaves no trace in pictures: the vendored font was not found or not understood."""


@lru_cache(maxsize=1)
def _converter():
    import vl_convert  # 0.2 s that only drawing pays

    # Without a CJK font vl-convert drops all text, and it measures labels with what it finds.
    vl_convert.register_font_directory(str(FONT_DIR))
    return vl_convert


def _tidy(svg: str) -> str:
    """
    Half the bytes of a picture without a visible change.

    Coordinates are rounded to a tenth of a pixel, the font is named once, and what Vega says of
    each mark to screen readers is left out: nothing inside a picture is read aloud.  Vega numbers
    clips through all pictures of a process; here each picture begins with one.
    """

    def shorter(match: re.Match[str]) -> str:
        return _DECIMAL.sub(lambda n: f"{float(n[0]):.1f}", match[0])

    numbers: dict[str, int] = {}
    short = _SPOKEN.sub("", _PLACES.sub(shorter, svg))
    short = _CLIP.sub(lambda n: str(numbers.setdefault(n[0], len(numbers) + 1)), short)
    fonts = set(_FONT.findall(short))
    if len(fonts) == 1:
        short = _FONT.sub("", short).replace("<svg ", f"<svg{fonts.pop()} ", 1)
    return short


@lru_cache(maxsize=1)
def _tools() -> list[str]:
    """What else a picture rests on: the converter, the vendored fonts and this module."""
    fonts = sorted(path for path in FONT_DIR.iterdir() if path.suffix in (".otf", ".ttf"))
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (*fonts, Path(__file__))]
    return [version("vl-convert-python"), VEGA_LITE, *digests]


def digest(*content: object) -> str:
    """Return the digest under which a picture of ``content`` is kept: all that it rests on."""
    text = json.dumps([_tools(), *content], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


# The last specifications that were asked for, and their digests.  That of a map takes as long as
# reading its picture, which a dozen places of a page and its neighbours do, one after the other.
_asked: deque[tuple[dict, str]] = deque(maxlen=8)


def _digest_of(spec: dict) -> str:
    """The digest of a specification, which nobody changes once it is drawn."""
    found = next((digest for one, digest in _asked if one is spec), None)
    if found is None:
        found = digest(spec)
        _asked.append((spec, found))
    return found


def svg(spec: dict) -> str:
    """
    Draw a Vega-Lite specification as SVG.

    Parameters
    ----------
    spec : dict
        A complete Vega-Lite 6 specification with its data inline.

    Returns
    -------
    str
        The SVG document; the same specification always gives the same text.
    """
    kept = paths.CACHE / "svg" / f"{_digest_of(spec)}.svg"
    if kept.exists():
        return kept.read_text(encoding="utf-8")
    drawn = _tidy(_converter().vegalite_to_svg(spec, vl_version=VEGA_LITE))
    writing.write(kept, drawn.encode())
    return drawn


@lru_cache(maxsize=1)
def _see_ink() -> None:
    """Stop unless a word makes another picture than no word."""
    with_word, without = (_converter().svg_to_png(_PROBE.format(word)) for word in (_WORD, ""))
    if with_word == without:
        raise NoInk(f"text leaves no trace in pictures; is the font in {FONT_DIR.name}/ whole?")


def _packed(png: bytes) -> bytes:
    """The same picture in a third of the bytes: the converter packs for speed."""
    place, chunks = 8, []
    while place < len(png):
        length, kind = struct.unpack_from(">I4s", png, place)
        chunks.append((kind, png[place + 8 : place + 8 + length]))
        place += length + 12
    pixels = zlib.decompress(b"".join(data for kind, data in chunks if kind == b"IDAT"))
    head = [chunk for chunk in chunks if chunk[0] not in (b"IDAT", b"IEND")]
    packed = [*head, (b"IDAT", zlib.compress(pixels, 6)), (b"IEND", b"")]
    return png[:8] + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in packed
    )


def png(picture: str, scale: float = 2.0) -> bytes:
    """
    Draw an SVG document as PNG, with the vendored font.

    Parameters
    ----------
    picture : str
        SVG whose texts name the vendored font.
    scale : float
        Pixels of the PNG for each pixel of the SVG.

    Raises
    ------
    NoInk
        If text does not show in pictures.
    """
    kept = paths.CACHE / "png" / f"{digest(picture, scale)}.png"
    if kept.exists():
        return kept.read_bytes()
    _see_ink()
    drawn = _packed(_converter().svg_to_png(picture, scale=scale))
    writing.write(kept, drawn)
    return drawn


def bundle() -> bytes:
    """Return the script that draws charts in a browser: Vega, Vega-Lite and their interpreter."""
    kept = paths.CACHE / "js" / f"{digest(_SNIPPET)}.js"
    if kept.exists():
        return kept.read_bytes()
    script = _converter().javascript_bundle(_SNIPPET, VEGA_LITE).encode()
    writing.write(kept, script)
    return script
