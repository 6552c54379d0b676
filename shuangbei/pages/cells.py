"""A published value in the cell of a table, with its side, date and what it is measured against."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from shuangbei import load, paths, words
from shuangbei.maps import classes
from shuangbei.measures import league, profile
from shuangbei.pages import html

_NEARLY_ALL = 99.9  # what is less than all is never printed as 100 %


def counted(number: float, about: pd.Series, qualifier: str, decimals: int) -> str:
    """Return a number with its unit; in English the name beside it says which enterprises are counted."""
    if about["unit"] == "enterprise" and paths.language() == "en":
        return words.signed(words.number(number, decimals), qualifier)
    return words.qualified(number, about["unit"], qualifier, decimals)


def when(row: Any) -> str:
    """Return the period of a figure in words, and that it is inferred where the source does not say it."""
    said = words.period(row.period)
    if row.status != league.INFERRED:
        return said
    return said + words.say("open") + words.pick("时点推定", "date inferred") + words.say("close")


def quiet(text: str) -> str:
    """Return what stands beside a figure in smaller letters."""
    return f'<span class="quiet">{escape(text)}</span>' if text else ""


def side(vintage: str) -> str:
    """Say on which side of the change of divisions a figure or a target of a redrawn unit stands."""
    if vintage == profile.OLD:
        return words.pick("调整前", "before the change")
    return words.pick("调整后", "since the change")


def side_mark(vintage: str) -> str:
    """Return :func:`side` as the mark that stands beside a figure in a cell."""
    return f' <span class="side-mark">{escape(side(vintage))}</span>'


def own_target(row) -> list[str]:
    """
    What is to be counted and by when, the target, and how far along the area is; each with its source.

    Parameters
    ----------
    row : row of :func:`shuangbei.measures.profile.stood`
    """
    name = load.indicator(row.indicator_id)["name"]
    named = escape(name + words.say("open") + words.period(row.due) + words.say("close"))
    mark = side_mark(row.vintage) if row.is_redrawn else ""
    goal = f"{escape(target_words(row))} {html.source(row.target_source)}"
    return [named + mark, goal, _along(row)]


def own_target_columns() -> list[str]:
    """Return the headings of the cells of :func:`own_target`."""
    return [words.say("indicator"), words.say("target"), words.pick("走了多远", "How far along")]


def _along(row) -> str:
    if row.standing == "none":
        # A redrawn unit may well have figures, but of another area than the target's.
        return quiet(
            words.pick(
                "按这版区划统计的数没有查到，说不出走了多远",
                "No figure compiled on those divisions was found, so it cannot be said",
            )
            if row.is_redrawn
            else words.pick(
                "没有查到公开数字，说不出走了多远", "No published figure was found, so it cannot be said"
            )
        )
    seen = f"{escape(figure_words(row))} {quiet(when(row))} {html.source(row.source_id)}<br>"
    return seen + escape(share_words(row) + _standing_words(row))


def target_words(row) -> str:
    """
    A target in words: ``超350家``.

    Parameters
    ----------
    row : row of :func:`shuangbei.measures.profile.stood`
    """
    about = load.indicator(row.indicator_id)
    # A share that is to reach 60% was not set as 60.0%.
    decimals = len(f"{2 * row.target_half_step:g}".partition(".")[2])
    return counted(row.target, about, row.target_qualifier, decimals)


def figure_words(row) -> str:
    """Return the figure beside a target, in words."""
    about = load.indicator(row.indicator_id)
    return counted(row.value, about, row.qualifier, int(about["decimals"]))


def share_words(row) -> str:
    """Return how much of the target the figure is; that of a bound is a bound too."""
    percent = row.share * 100 if row.share >= 1 else min(row.share * 100, _NEARLY_ALL)
    share = words.signed(words.number(percent, 1) + "%", row.qualifier)
    return words.pick(f"占目标{share}", f"{share} of the target")


def _standing_words(row) -> str:
    """Say after the share what may be said of the target, and no more."""
    when = words.period(row.due)
    return {
        "reached": words.pick("，这个数已达到目标", "; the figure is at or above the target"),
        "running": words.pick("，还没到期", "; not yet due"),
        "unknown": words.pick(
            f"，是到期以前的数；{when}底的数没有查到，不能说完成没有完成",
            f"; no figure for the end of {when} was found, so whether it was met cannot be said",
        ),
        "short": words.pick("，到期时低于目标", "; below the target when it was due"),
        "undated": words.pick(
            "，来源没有写时点，说不了", "; its source does not say the date, so nothing can be said"
        ),
        "open": words.pick("，这个数是界限，定不下来", "; the figure is a bound that decides nothing"),
        "late": words.pick(
            "，是到期以后的数，不能说明到期时",
            "; a figure after the date, which does not tell where it stood then",
        ),
    }[row.standing]


def value(row) -> str:
    """
    A figure in words, with what makes it a bound: ``超2,000家``, ``第二梯队``, ``第3名``.

    Parameters
    ----------
    row : row of the observations
    """
    about = load.indicator(row.indicator_id)
    if about["unit"] == "tier":
        return classes.tier(int(row.value))
    if about["unit"] == "rank":
        return words.pick(f"第{int(row.value)}名", f"rank {int(row.value)}")
    return counted(row.value, about, row.qualifier, words.decimals(row, about))
