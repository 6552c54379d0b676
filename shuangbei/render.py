"""Vega-Lite to SVG with the vendored font, kept by content; the only caller of vl-convert."""

from __future__ import annotations

import hashlib
import json
import os
import re
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from shuangbei import paths

FONT_DIR = Path(__file__).with_name("fonts")
VEGA_LITE = "6.4"
_PATH = re.compile(r' d="([^"]+)"')
_DECIMAL = re.compile(r"-?\d+\.\d{2,}")


@lru_cache(maxsize=1)
def _converter():
    import vl_convert  # 0.2 s that only drawing pays

    # Without a CJK font vl-convert drops all text, and it measures labels with what it finds.
    vl_convert.register_font_directory(str(FONT_DIR))
    return vl_convert


def _tidy(svg: str) -> str:
    """Round path coordinates to a tenth of a pixel: half the bytes of a map, no visible change."""
    def shorter(match: re.Match[str]) -> str:
        return ' d="' + _DECIMAL.sub(lambda n: f"{float(n[0]):.1f}", match[1]) + '"'
    return _PATH.sub(shorter, svg)


@lru_cache(maxsize=1)
def _tools() -> list[str]:
    """What else a picture rests on: the converter, the vendored fonts and this module."""
    fonts = sorted(path for path in FONT_DIR.iterdir() if path.suffix in (".otf", ".ttf"))
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (*fonts, Path(__file__))]
    return [version("vl-convert-python"), VEGA_LITE, *digests]


def digest(spec: dict) -> str:
    """Return the digest under which the SVG of ``spec`` is kept: all that the picture rests on."""
    text = json.dumps([_tools(), spec], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


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
    kept = paths.CACHE / "svg" / f"{digest(spec)}.svg"
    if kept.exists():
        return kept.read_text(encoding="utf-8")
    drawn = _tidy(_converter().vegalite_to_svg(spec, vl_version=VEGA_LITE))
    kept.parent.mkdir(parents=True, exist_ok=True)
    unfinished = kept.with_name(f"{kept.name}.{os.getpid()}")
    unfinished.write_text(drawn, encoding="utf-8", newline="\n")
    unfinished.replace(kept)
    return drawn
