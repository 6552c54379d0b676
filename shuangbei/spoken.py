"""What one point of a chart says to a reader who hears it or rests on it; sentences, no drawing."""

from __future__ import annotations

from shuangbei import load, printed, wording


def value(row) -> str:
    """
    Return a published value with period, unit and kind: ``2024年：974.24亿元（确数）``.

    Parameters
    ----------
    row : row of :func:`shuangbei.load.observations`, as ``itertuples`` gives it
    """
    about = load.indicator(row.indicator_id)
    said = wording.qualified(row.value, about["unit"], row.qualifier, printed.places(row, about))
    kind = wording.say("open") + _kind(row) + wording.say("close")
    return wording.period(row.period) + wording.say("colon") + said + kind


def _kind(row) -> str:
    """The kind of figure, as it stands between brackets: ``确数``, ``确数，初步``."""
    first, mark, rest = printed.kind(row).partition(wording.say("open"))
    return first + wording.pick("，", ", ") + rest.removesuffix(wording.say("close")) if mark else first


def of(name: str, sentence: str) -> str:
    """
    Name the line that a point belongs to.

    Examples
    --------
    >>> of("全国", "2024年：2.69%（确数）")
    '全国，2024年：2.69%（确数）'
    """
    return name + wording.pick("，", ", ") + sentence


def target(moment: str, quantity: str) -> str:
    """
    Return what the plan promises for a moment.

    Examples
    --------
    >>> target("2027年底", "12,800家")
    '2027年底目标：12,800家'
    """
    return wording.pick(f"{moment}目标：{quantity}", f"Target for {moment}: {quantity}")
