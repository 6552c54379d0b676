"""Charts of chapters: one function for each form, each with the card that says what it shows."""

from shuangbei.charts.bars import OPEN, targets, yearly
from shuangbei.charts.card import figure, identity, said
from shuangbei.charts.lines import against_nation, lines
from shuangbei.charts.literal import Literal
from shuangbei.charts.theme import (
    CITY,
    FONT,
    NARROW,
    SHAPES,
    WIDE,
    bundle,
    display_scale,
    label,
    observed,
    pixels,
)
from shuangbei.charts.trajectory import trajectory

__all__ = [
    "CITY",
    "FONT",
    "NARROW",
    "OPEN",
    "SHAPES",
    "WIDE",
    "Literal",
    "against_nation",
    "bundle",
    "display_scale",
    "figure",
    "identity",
    "label",
    "lines",
    "observed",
    "pixels",
    "said",
    "targets",
    "trajectory",
    "yearly",
]
