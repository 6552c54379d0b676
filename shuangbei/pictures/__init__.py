"""From a chart to SVG and PNG: drawing, letters, the frame around a picture; knows no data."""

from shuangbei.pictures.dark import FOLLOWING, NoTwin, following
from shuangbei.pictures.dark import sheet as dark_sheet
from shuangbei.pictures.frame import FrameWords, Unreadable, check_text, check_words, compose, frame_size
from shuangbei.pictures.lettering import FAMILY, FONT, width, wrap
from shuangbei.pictures.vega import FONT_DIR, VEGA_LITE, NoInk, bundle, digest, png, svg

__all__ = [
    "FAMILY",
    "FOLLOWING",
    "FONT",
    "FONT_DIR",
    "VEGA_LITE",
    "FrameWords",
    "NoInk",
    "NoTwin",
    "Unreadable",
    "bundle",
    "check_text",
    "check_words",
    "compose",
    "dark_sheet",
    "digest",
    "following",
    "frame_size",
    "png",
    "svg",
    "width",
    "wrap",
]
