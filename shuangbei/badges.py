"""The marks as readers see them: shape, colour class and word together; HTML, no numbers."""

from __future__ import annotations

from html import escape

from shuangbei import load

# One drawing per verdict on a 16 px square, so that the marks can be told apart in grey print.
_CIRCLE = '<circle cx="8" cy="8" r="6.4"/>'
_LINE = 'fill="none" stroke="currentColor" stroke-width="1.6"'
_RING = f'<circle {_LINE} cx="8" cy="8" r="5.9"/>'
_TICK = '<path class="verdict-tick" fill="none" stroke-width="2" d="M4.8 8.3l2.3 2.3 4.2-4.8"/>'
_SHAPES = {
    "good_done": _CIRCLE + _TICK,
    "good": _CIRCLE,
    "fair": f'<path d="M8 1.4a6.6 6.6 0 1 1 0 13.2z"/>{_RING}',
    "poor": '<path d="M8 1.6 15 14.2H1z"/>',
    "bad": '<path d="M3 1.5h10v6h2.4L8 14.8.6 7.5H3z"/>',
    "none": f'<circle {_LINE} stroke-dasharray="3 2.2" cx="8" cy="8" r="5.9"/>',
}
_LOOKS = {
    ("to_date", "met"): "good_done", ("to_date", "on_track"): "good",
    ("to_date", "slightly_behind"): "fair", ("to_date", "behind"): "poor",
    ("to_date", "moving_away"): "bad",
    ("milestone", "met"): "good_done", ("milestone", "missed"): "poor",
    ("outlook", "reached"): "good_done", ("outlook", "likely"): "good",
    ("outlook", "near_miss"): "fair", ("outlook", "unlikely"): "poor",
    ("outlook", "wrong_direction"): "bad",
}


def look_of(mark: str, code: str) -> str:
    """Return the look (colour and shape) of a verdict; ``none`` where there is no verdict."""
    return _LOOKS.get((mark, code), "none")


def shape(mark: str, code: str) -> str:
    """Return the drawing of a verdict as SVG, hidden from screen readers: the word says it."""
    return ('<svg class="verdict-shape" viewBox="0 0 16 16" width="16" height="16"'
            f' fill="currentColor" aria-hidden="true" focusable="false">{_SHAPES[look_of(mark, code)]}</svg>')


def word(mark: str, code: str) -> str:
    """
    The word of a verdict in the language of the run.

    Raises
    ------
    load.UnknownCode
        If ``marks.csv`` does not hold the pair.
    """
    frame = load.codelist("marks")
    found = frame[(frame["mark"] == mark) & (frame["code"] == code)]
    if found.empty:
        raise load.UnknownCode("mark", f"{mark}/{code}", sorted(frame["mark"] + "/" + frame["code"]))
    return str(found["name"].iloc[0])


def badge(mark: str, code: str) -> str:
    """Return shape and word of a verdict as one HTML element."""
    look = look_of(mark, code)
    return (f'<span class="verdict verdict-{look}">{shape(mark, code)}'
            f'<span class="verdict-word">{escape(word(mark, code))}</span></span>')
