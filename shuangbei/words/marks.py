"""The marks in words: the word and look of each, and the sentence with the numbers that give it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shuangbei import load
from shuangbei.words import dates, language, numbers, values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shuangbei.measures import Assessment, Observation, ToDate

_LOOKS = {
    ("to_date", "met"): "good_done",
    ("to_date", "on_track"): "good",
    ("to_date", "slightly_behind"): "fair",
    ("to_date", "behind"): "poor",
    ("to_date", "missed"): "missed",
    ("to_date", "met_late"): "good_late",
    ("to_date", "moving_away"): "bad",
    ("milestone", "met"): "good_done",
    ("milestone", "missed"): "poor",
    ("outlook", "reached"): "good_done",
    ("outlook", "likely"): "good",
    ("outlook", "near_miss"): "fair",
    ("outlook", "unlikely"): "poor",
    ("outlook", "wrong_direction"): "bad",
}

_ENDS = {
    "met": ("，已达到目标。", ", which reaches the target."),
    "met_late": (
        "，到期以后的数已达到目标。",
        ", a figure from after the due date, which reaches the target.",
    ),
    "missed": ("，没有满足目标。", ", which does not meet the target."),
}


def look_of(mark: str, code: str) -> str:
    """Return the look (colour and shape) of a verdict; ``none`` where there is no verdict."""
    return _LOOKS.get((mark, code), "none")


def mark_word(mark: str, code: str, *, provisional: bool = False) -> str:
    """
    The word of a verdict in the language of the run, and that it is provisional.

    Raises
    ------
    load.UnknownCode
        If ``marks.csv`` does not hold the pair.
    """
    frame = load.codelist("marks")
    found = frame[(frame["mark"] == mark) & (frame["code"] == code)]
    if found.empty:
        raise load.UnknownCode("mark", f"{mark}/{code}", sorted(frame["mark"] + "/" + frame["code"]))
    word = str(found["name"].iloc[0])
    return numbers.headed(word, language.say("provisional")) if provisional else word


def provisional(doubts: Sequence[str]) -> str:
    """
    Say that a mark is provisional, and why; empty for a firm one.

    Parameters
    ----------
    doubts : sequence of str
        Codes of ``data/doubts.csv``.
    """
    if not doubts:
        return ""
    why = [load.label("doubts", code) for code in doubts]
    return language.pick(
        f"暂定，因为依据的数里有：{'、'.join(why)}。",
        f" Provisional, because it rests on {language.listed(why)}.",
    )


def _decimals(assessment: Assessment) -> int:
    return int(load.indicator(assessment.commitment["indicator_id"])["decimals"])


def _unit(assessment: Assessment) -> str:
    return str(load.indicator(assessment.commitment["indicator_id"])["unit"])


def _is_gap(assessment: Assessment) -> bool:
    return bool(assessment.commitment["kind"] == "benchmark")


def _basis(assessment: Assessment) -> str:
    return str(load.indicator(assessment.commitment["indicator_id"])["basis"])


def _quantity(assessment: Assessment, value: float, extra: int = 0) -> str:
    """A computed value; shares keep one more decimal than their source."""
    unit = _unit(assessment)
    places = _decimals(assessment) + extra
    if _is_gap(assessment):
        if round(value, places) == 0:
            return language.pick("与全国持平", "level with the nation")
        points = numbers.number(abs(value), places)
        return language.pick(
            f"比全国{'高' if value > 0 else '低'}{points}个百分点",
            f"{points} percentage points {'above' if value > 0 else 'below'} the nation",
        )
    return numbers.quantity(value, unit, numbers.computed_decimals(value, places))


def _change(assessment: Assessment, value: float) -> str:
    """A yearly change: shares and intensities change by percentage points."""
    unit = _unit(assessment)
    if unit == "percent":
        return language.pick(
            f"{numbers.number(value, 2)}个百分点", f"{numbers.number(value, 2)} percentage points"
        )
    places = numbers.computed_decimals(value, _decimals(assessment))
    return numbers.quantity(value, unit, places)


def _published(assessment: Assessment) -> str:
    """The latest observation as it was printed, with the word that makes it a bound."""
    latest = assessment.to_date.latest
    assert latest is not None, "what was published has an observation"
    return _printed(assessment, latest)


def _printed(assessment: Assessment, seen: Observation) -> str:
    row = assessment.series[assessment.series["t"] == seen.t].iloc[-1]
    if _is_gap(assessment):
        about = load.indicator(assessment.commitment["indicator_id"])
        city = numbers.qualified(row["city"], "percent", row["qualifier_city"], values.decimals(row, about))
        nation = numbers.signed(f"{row['printed_nation']}%", row["qualifier_nation"])
        return language.pick(f"重庆{city}、全国{nation}", f"{city} in Chongqing and {nation} in the nation")
    about = load.indicator(assessment.commitment["indicator_id"])
    return numbers.qualified(seen.value, _unit(assessment), seen.qualifier, values.decimals(row, about))


def _reason(reason: str | None) -> str:
    assert reason is not None, "where there is no mark, a reason is given"
    return load.label("reasons", reason)


def _opened(sentence: str) -> str:
    """Begin a sentence with a capital letter."""
    return sentence[:1].upper() + sentence[1:]


def _asked(assessment: Assessment) -> str:
    """Lead on to what the path requires, which for a gap is no amount."""
    return "by the path it should be" if _is_gap(assessment) else "the path asks for"


def to_date(assessment: Assessment) -> str:
    """Say how far the commitment has come, or why that cannot be said."""
    mark = assessment.to_date
    if mark.years:
        return _by_year(assessment)
    if mark.latest is None:
        return _reason(mark.reason) + language.say("stop").strip()
    when = dates.period(mark.latest.period)
    seen = language.pick(f"{when}{_published(assessment)}", f"{_published(assessment)} in {when}")
    if mark.mark == "not_assessable":
        return language.pick(
            f"{_reason(mark.reason)}。最近的公开数字：{seen}。{_span(mark)}",
            f"{_reason(mark.reason)}. Latest published figure: {seen}.{_span(mark)}",
        )
    if mark.mark in _ENDS:
        said = _opened(seen) + language.pick(*_ENDS[mark.mark])
        return said + _border(mark) + provisional(mark.provisional) + _in_year(assessment)
    assert mark.required is not None, "a mark that compares has what it compares with"
    finer = _unit(assessment) == "percent" and not _is_gap(assessment)
    required = _quantity(assessment, mark.required, 1 if finer else 0)
    text = language.pick(
        f"{seen}；按计划路径这时应{'为' if not _is_gap(assessment) else ''}{required}",
        f"{seen}; {_asked(assessment)} {required}",
    )
    if mark.rule == "ratio" and mark.distance is not None:
        share = numbers.number(100 * mark.distance, 0)
        text += language.pick(f"，应走的路走了{share}%", f"; {share}% of the way due has been covered")
    said = _opened(text) + language.say("stop").strip()
    return said + _border(mark) + provisional(mark.provisional) + _in_year(assessment)


def _span(mark: ToDate) -> str:
    """What the rounding of a figure that is too coarse leaves open."""
    if mark.reason != "too_coarse" or mark.low is None or mark.high is None:
        return ""
    low, high = (numbers.number(100 * end, 0) for end in (mark.low, mark.high))
    return language.pick(
        f"按取整允许的范围，应走的路可能走了{low}%，也可能走了{high}%。",
        f" Within its rounding, anything from {low}% to {high}% of the way due may have been covered.",
    )


def _border(mark: ToDate) -> str:
    if mark.neighbour is None:
        return ""
    here, other = (mark_word("to_date", code) for code in (mark.mark, mark.neighbour))
    return language.pick(
        f"在界线上：按公布的数是“{here}”，照取整允许的范围也可能是“{other}”。",
        f" On the border: “{here}” as published, but within the rounding it may be “{other}”.",
    )


def _in_year(assessment: Assessment) -> str:
    """A later figure from within a year, which is not held against the path."""
    row = assessment.to_date.in_year
    if row is None:
        return ""
    said, when = _printed(assessment, row), dates.period(row.period)
    return language.pick(
        f"更新的是{when}的{said}，是年内数，与年底数不可比。",
        f" Newer is {said} in {when}, an in-year figure, which does not compare with year-end figures.",
    )


def _by_year(assessment: Assessment) -> str:
    parts = []
    for year in assessment.to_date.years:
        if year.met is not None and year.value is not None:
            value = numbers.signed(_quantity(assessment, year.value), year.qualifier)
            done = language.say("met") if year.met else language.say("missed")
            parts.append(language.pick(f"{year.year}年{value}，{done}", f"{year.year}: {value}, {done}"))
        elif year.value is not None:
            value = numbers.signed(_quantity(assessment, year.value), year.qualifier)
            parts.append(
                language.pick(f"{year.year}年{value}，定不下来", f"{year.year}: {value}, which cannot decide")
            )
        elif year.due:
            parts.append(
                language.pick(f"{year.year}年没有查到公开数字", f"{year.year}: no published figure found")
            )
        else:
            parts.append(language.pick(f"{year.year}年未到期", f"{year.year}: not due"))
    text = language.say("semicolon").join(parts) + language.say("stop").strip()
    reason = assessment.to_date.reason
    text += provisional(assessment.to_date.provisional)
    return text if reason is None else _reason(reason) + language.say("colon") + text


def milestone(assessment: Assessment) -> str:
    """Say whether the 2025 milestone was reached, by how much, and whether it was revised."""
    mark = assessment.milestone
    if mark.mark == "none":
        return language.pick("计划没有为这一项设2025年目标。", "The plan sets no milestone for 2025.")
    assert mark.target is not None, "a milestone has a number"
    goal = _quantity(assessment, mark.target)
    if mark.mark == "not_assessable":
        return language.pick(
            f"2025年应超{goal}；{_reason(mark.reason)}，不能定案。",
            f"Target for 2025: over {goal}. {_reason(mark.reason)}.",
        )
    if mark.mark == "not_due":
        return language.pick(f"2025年应超{goal}，未到期。", f"Target for 2025: over {goal}.")
    assert mark.value is not None and mark.period is not None, "a figure has decided"
    value = numbers.signed(_quantity(assessment, mark.value), mark.qualifier)
    when = dates.period(mark.period)
    text = language.pick(
        f"2025年应超{goal}；首次公布的是{when}的{value}，据此定案。",
        f"Target for 2025: over {goal}; the figure first published, for {when}, is {value}.",
    )
    if mark.revised is not None:
        revised = _quantity(assessment, mark.revised)
        text += language.pick(
            f"后来修订为{revised}，标记不改。", f" Later revised to {revised}; the mark stands."
        )
    return text + provisional(mark.provisional)


def outlook(assessment: Assessment) -> str:
    """Say where the pace of the last five years leads, and what pace would still be needed."""
    mark = assessment.outlook
    if mark.mark == "reached":
        reached = language.pick("目标已经达到。", "The target has been reached.")
        return reached + provisional(mark.provisional)
    if mark.reason == "date_passed":
        return str(load.codelist("reasons").loc["date_passed", "definition"])
    if mark.ends is None and mark.reason is None:
        return language.pick(
            "已有一年没有做到，以后做到也不能补上。",
            "One year was missed; later years cannot make up for it.",
        )
    if mark.ends is None:
        return _reason(mark.reason) + language.say("stop").strip()
    due_t = assessment.target.due_t
    assert mark.since is not None and due_t is not None, "a projection runs from a date to a date"
    assert mark.pace is not None and mark.pace_needed is not None, "and before its date there is a pace"
    extra = 1 if _unit(assessment) == "percent" and not _is_gap(assessment) else 0
    middle, low, high = (_quantity(assessment, value, extra) for value in mark.ends)
    due = dates.moment(due_t, _basis(assessment))
    becomes = "" if _is_gap(assessment) else "为"
    pace, needed = _change(assessment, mark.pace), _change(assessment, mark.pace_needed)
    since = dates.moment(mark.since, _basis(assessment))
    text = language.pick(
        f"{since}以来平均每年变化{pace}，照此到{due}{becomes}{middle}"
        f"（按最慢一段到最快一段：{low}至{high}，不是误差范围）。要达到目标，每年还需{needed}",
        f"Mean yearly change since {since}: {pace}; carried on to {due}: {middle}"
        f" (from the slowest to the fastest stretch: {low} to {high}, not an error band)."
        f" The target needs {needed} a year",
    )
    return text + _best(assessment) + language.say("stop").strip() + _outlook_border(assessment)


def _outlook_border(assessment: Assessment) -> str:
    mark = assessment.outlook
    if mark.neighbour is None:
        return provisional(mark.provisional)
    other = mark_word("outlook", mark.neighbour)
    return language.pick(
        f"在界线上：照取整允许的范围也可能是“{other}”。",
        f" On the border: within the rounding it may be “{other}”.",
    ) + provisional(mark.provisional)


def _best(assessment: Assessment) -> str:
    best = assessment.outlook.pace_best
    if best is None:
        return ""
    return language.pick(
        f"，过去同样长或更长的时间里最快每年{_change(assessment, best)}",
        f"; the best pace over as long a time or longer was {_change(assessment, best)}",
    )
