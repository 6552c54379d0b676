"""The dark form of charts and maps: a twin for every colour, told by CSS; draws nothing anew.

One picture serves both: the rules stand inside it, and hold only where its address ends with
:data:`FOLLOWING`, so that a file that somebody keeps or shows elsewhere stays the light one.  What
is drawn in a page itself (maps of the atlas, interactive figures) takes the same twins from the
sheet of the site.
"""

from __future__ import annotations

import re

GROUND = "#12181f"  # the paper of the dark theme
_DARK_INK = "#0b1016"
# As the fragment of a picture's address: it follows the colour scheme of the page around it.
_NAME = "scheme"
FOLLOWING = f"#{_NAME}"
# Classes of maps run from light to dark where they stand on white: low is what is near the ground.
# So they do here, the ground being dark, and words on them change with them.
TWINS = {
    "#ffffff": GROUND,  # paper, and marks and units that are empty
    "white": GROUND,
    "#1c2733": "#e6ebf0",  # ink
    "#0b1016": "#f2f6fa",  # names on a map
    "#52606d": "#b4bfca",  # quiet words
    "#e3e8ee": "#2b3641",  # grid
    "#14508c": "#8ab8ea",  # the city
    "#8a5a00": "#e0a94a",  # the nation
    "#6b7785": "#95a3b2",  # the plan
    "#c9dcef": "#3a6a98",  # a range
    "#4d7c0f": "#93c853",
    "#8b3a62": "#e58fb8",
    "#7b8794": "#93a1b0",  # borders
    "#aab5c0": "#5d6b79",  # hatch
    "#14456b": "#7fb6e6",  # lines of what the site derives
    "#b3261e": "#ff8f87",  # the mark of a practice edition
    "#dfeaf2": "#1c3246",
    "#bcd3e3": "#1f3d57",
    "#b4cfe2": "#254866",
    "#86b0cf": "#2c5d82",
    "#6b9dc4": "#38759f",
    "#4a86b5": "#38759f",
    "#1f5d8c": "#a5d2f5",
    "#f6dcb8": "#4a2f0c",
    "#dcaa70": "#785019",
    "#5b93bd": "#38759f",
    "#1c4f7a": "#a5d2f5",
}
# White words stand on what is dark in the light form, and so is light here.
WORDS = {"#ffffff": _DARK_INK, "white": _DARK_INK}
_PAINTS = ("fill", "stroke")
_PAINT = re.compile(r' (fill|stroke)="(?!none|transparent|url\()([^"]+)"')


class NoTwin(ValueError):
    """A picture has a colour that no dark one is chosen for."""


def following(svg: str) -> str:
    """
    Give a picture its dark form, for addresses that end with :data:`FOLLOWING`.

    Parameters
    ----------
    svg : str
        From :func:`shuangbei.pictures.svg`.

    Raises
    ------
    NoTwin
        Names the colours that :data:`TWINS` lacks.
    """
    head, mark, body = svg.partition(">")
    used = sorted(set(_PAINT.findall(svg)))
    lacking = sorted({colour for _, colour in used} - TWINS.keys())
    if lacking:
        raise NoTwin(f"no dark twin of {', '.join(lacking)}; add it to shuangbei/pictures/dark.py")
    rules = "".join(
        f':target {kind}[{paint}="{colour}"]{{{paint}:{twin}}}'
        for paint, colour in used
        for kind, twin in _kinds(paint, colour)
    )
    sheet = f"<style>@media (prefers-color-scheme:dark){{{rules}}}</style>"
    return f'{head} id="{_NAME}"{mark}{sheet}{body}'


def _kinds(paint: str, colour: str) -> list[tuple[str, str]]:
    """Elements, by their selector, and the twin of a colour on them; an edge of words is the ground's."""
    special = [("text", WORDS[colour])] if paint == "fill" and colour in WORDS else []
    return [("", TWINS[colour]), *special]


def _variable(kind: str, colour: str) -> str:
    return f"--{kind or 'mark'}-{colour.removeprefix('#')}"


def sheet() -> str:
    """Return the rules by which drawings that stand in a page take the twins, on screens alone."""
    taken = [(paint, colour, *one) for colour in TWINS for paint in _PAINTS for one in _kinds(paint, colour)]
    rules = "".join(
        f'{kind}[{paint}="{colour}"]{{{paint}:var({_variable(kind, colour)},{colour})}}\n'
        for paint, colour, kind, _ in taken
    )
    twins = {_variable(kind, colour): twin for _, colour, kind, twin in taken}
    chosen = ";".join(f"{name}:{twin}" for name, twin in twins.items())
    return (
        "/* The dark form of drawings in a page, from shuangbei/pictures/dark.py. */\n"
        f"{rules}@media screen and (prefers-color-scheme:dark){{\n"
        f':root:not([data-theme="light"]){{{chosen}}}\n}}\n'
        f'@media screen{{\n:root[data-theme="dark"]{{{chosen}}}\n}}\n'
    )
