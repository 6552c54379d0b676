"""What a practice edition says of itself wherever a reader might take its figures for real ones."""

from __future__ import annotations

from shuangbei import load, wording

# Red enough for a warning, and 4.5 : 1 on white paper.
COLOUR = "#b3261e"


def mark() -> str:
    """Return the words that stand in every picture: the figures are invented."""
    return wording.pick("练习数据，不是真实数字", "PRACTICE DATA, NOT REAL")


def told(text: str) -> str:
    """
    Return a title or a description with a practice edition's mark before it.

    In an edition of real figures it comes back as it is.
    """
    return (wording.pick("【练习】", "[Practice] ") if load.is_practice() else "") + text


def words() -> dict[str, str]:
    """
    Return what every page of a practice edition says; nothing for real figures.

    Returns
    -------
    dict
        ``mark``, ``notice`` (what it means) and ``prefix`` (of the page's title), or empty.
    """
    if not load.is_practice():
        return {}
    notice = wording.pick(
        "区县的数是编出来练习用的，正文却是按真实数字写的，有的句子和这里的数对不上。请勿引用、转发。",
        "The figures of the districts are invented for practice, while the text was written for the"
        " real ones, so some sentences do not fit. Do not quote or pass on.")
    return {"mark": mark(), "notice": notice, "prefix": told("")}
