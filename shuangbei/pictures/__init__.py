"""From a chart to SVG and PNG: drawing, letters, the frame around a picture; knows no data."""

from shuangbei.pictures.frame import FrameWords, Unreadable, check_text, check_words, compose, frame_size
from shuangbei.pictures.lettering import FAMILY, FONT, width, wrap
from shuangbei.pictures.vega import FONT_DIR, VEGA_LITE, NoInk, bundle, digest, png, svg

__all__ = [
    "FAMILY",
    "FONT",
    "FONT_DIR",
    "VEGA_LITE",
    "FrameWords",
    "NoInk",
    "Unreadable",
    "bundle",
    "check_text",
    "check_words",
    "compose",
    "digest",
    "frame_size",
    "png",
    "svg",
    "width",
    "wrap",
]
