"""What a page says of its edition: the line at its foot, and the words that mark invented figures."""

from __future__ import annotations

from shuangbei import load
from shuangbei.words import dates, language

# Red enough for a warning, and 4.5 : 1 on white paper.
PRACTICE_COLOUR = "#b3261e"


def practice_mark() -> str:
    """Return the words that stand in every picture: the figures are invented."""
    return language.pick("练习数据，不是真实数字", "PRACTICE DATA, NOT REAL")


def practice_told(text: str) -> str:
    """
    Return a title or a description with a practice edition's mark before it.

    In an edition of real figures it comes back as it is.
    """
    return (language.pick("【练习】", "[Practice] ") if load.is_practice() else "") + text


def practice_words() -> dict[str, str]:
    """
    Return what every page of a practice edition says; nothing for real figures.

    Returns
    -------
    dict
        ``mark``, ``notice`` (what it means) and ``prefix`` (of the page's title), or empty.
    """
    if not load.is_practice():
        return {}
    notice = language.pick(
        "区县的数是编出来练习用的，正文却是按真实数字写的，有的句子和这里的数对不上。请勿引用、转发。",
        "The figures of the districts are invented for practice, while the text was written for the"
        " real ones, so some sentences do not fit. Do not quote or pass on.",
    )
    return {"mark": practice_mark(), "notice": notice, "prefix": practice_told("")}


def edition_line() -> str:
    """Return the edition and its cut-off date as the masthead says them."""
    about = load.edition()
    name, end = dates.period(about["edition"]), dates.day(about["cut_off"])
    return practice_told(
        language.pick(f"{name}版，资料查到{end}", f"Edition {name}, sources searched to {end}")
    )
