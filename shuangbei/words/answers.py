"""What stands beside a mark that cannot be given, in words: when figures are due, what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shuangbei import load, measures, periods
from shuangbei.words import dates, language, marks, numbers

if TYPE_CHECKING:
    from shuangbei.measures import Assessment, Due, Release

_DAYS_OF_MONTH = 30.44
_MANY_MONTHS = 24
_NUMBER = ("gt", "ge", "eq")  # relations that compare with a number of the plan's own


def promised(found: Assessment) -> str:
    """Return the promise as it is measured: the sentence of it, and where it starts from."""
    row, target = found.commitment, found.target
    if target.due_t is None or row["kind"] == "benchmark" or target.each_year:
        return str(row["reading"])
    if target.baseline is None:
        return str(row["reading"]) + _start_unknown(found)
    if not target.baseline:
        start = language.pick(
            "从计划开始算起，起点为零。", " It is counted from the start of the plan, from zero."
        )
        return str(row["reading"]) + start
    basis = str(load.indicator(row["indicator_id"])["basis"])
    amount, when = _quantity(found, target.baseline), dates.moment(target.baseline_t, basis)
    return str(row["reading"]) + language.pick(
        f"起点是{when}的{amount}。", f" It starts from {amount} ({when})."
    )


def _start_unknown(found: Assessment) -> str:
    basis = str(load.indicator(found.commitment["indicator_id"])["basis"])
    when = dates.moment(found.target.baseline_t, basis)
    return language.pick(f"起点（{when}的数）没有查到。", f" Its start, {when}, was not found.")


def due(found: Due, basis: str = "point", *, alone: bool = True) -> str:
    """
    Say when what is missing was or will be due, and how long ago.

    Parameters
    ----------
    found : shuangbei.measures.Due
    basis : str
        Of the indicator, see :func:`shuangbei.words.moment`.
    alone : bool
        Whether it begins a cell of a table, not goes on with a line.
    """
    if found.announced:
        when = _announced(found.announced)
        return language.pick(f"机关预告{when}公布", f"announced for {when}")
    if found.irregular:
        return _irregular(found.last)
    told = [one for one in (found.late, found.coming) if one is not None]
    said = [_release(one, basis, alone=alone) for one in told]
    return language.say("semicolon").join(said)


def _announced(code: str) -> str:
    return dates.day(code) if code.count("-") else dates.period(code)


def _irregular(last: str) -> str:
    if not last:
        return language.pick(
            "还没有查到公布过，说不了何时会有", "none found so far, so that no usual date is known"
        )
    when = dates.period(last)
    return language.pick(
        f"不定期公布，最近查到的是{when}的数", f"at no fixed time; the last found is of {when}"
    )


def _release(one: Release, basis: str, *, alone: bool = True) -> str:
    told = dates.dated if alone else dates.moment
    what = told(periods.time_of(one.period), basis)
    month = dates.period(f"{one.day:%Y-%m}")
    if one.days_late < 0:
        return language.pick(f"{what}的数，照往例约{month}可见", f"{what}: usually out about {month}")
    late = _ago(one.days_late)
    return language.pick(
        f"{what}的数，照往例约{month}可见，已过{late}", f"{what}: usually out about {month}, {late} ago"
    )


def _ago(days: int) -> str:
    months = round(days / _DAYS_OF_MONTH)
    if months < 1:
        return language.pick("不到1个月", "less than a month")
    if months < _MANY_MONTHS:
        return language.pick(f"约{months}个月", f"about {months} month{'s' * (months > 1)}")
    return language.pick(f"约{round(months / 12)}年", f"about {round(months / 12)} years")


def nothing_near(*, own: bool, area: str = "") -> str:
    """
    Say that there is no figure: none of the indicator itself, or none that comes near either.

    Parameters
    ----------
    own : bool
        Whether something else comes near.
    area : str
        Name of the part of the city of which there is none; empty for the city.
    """
    if own and area:
        return language.pick(
            f"{area}合起来的数没有查到公开的。",
            f"No published figure of the {area.lower()} as a whole was found.",
        )
    if own:
        return language.pick(
            "这项指标本身没有查到公开数字。", "No published figure of the indicator itself was found."
        )
    return language.pick(
        "没有查到这项指标的公开数字，也没有查到相近的。",
        "No published figure of the indicator was found, nor any that comes near.",
    )


def units_known(row: Any) -> str:
    """
    Say how many districts of a region have a figure of one date.

    Parameters
    ----------
    row : row of :func:`shuangbei.measures.publication.totals`
    """
    # Of a region that was redrawn inside, the districts of one time are more than those of another.
    divided = load.label("vintages", row.vintage)
    if not row.n_known:
        return language.pick(
            f"按{divided}算，这里的{row.n_units}个区县没有一个有公布的家数。",
            f"By {divided}, none of its {row.n_units} districts has a published count.",
        )
    when = dates.period(row.period)
    return language.pick(
        f"按{divided}算，这里的{row.n_units}个区县里有{row.n_known}个有{when}的公布数，不能加出全片区的数。",
        f"By {divided}, {row.n_known} of its {row.n_units} districts"
        f" {'has' if row.n_known == 1 else 'have'} a published figure for {when};"
        " that makes no figure of the region.",
    )


def change(found: Assessment) -> list[str]:
    """
    Say what would change a mark that cannot be given; numbers are worked out by the rule of the mark.

    Returns
    -------
    list of str
        The sentence of the reason, and for each figure that is awaited what it would have to be.
    """
    reason = found.to_date.reason
    assert reason is not None, "where there is no mark, a reason is given"
    target, relation = found.target, found.commitment["relation"]
    said = [load.remedy(reason)]
    # A commitment for each year is held against its own number, wherever it started.
    if reason == "no_observation" and target.baseline is None and not target.each_year:
        said.append(load.remedy("no_baseline"))
    if target.due_t is None:
        return said
    if target.each_year:
        return [*said, *_each_year(found)]
    if reason == "no_due_observation":
        return [*said, _on_the_date(found)]
    if (
        reason != "series_break"
        and (found.series["status"] == "B")[found.series["t"] > target.baseline_t].any()
    ):
        said.append(load.remedy("series_break"))
    said += [one for release in _awaited(found) if (one := _bar(found, release))]
    if relation in _NUMBER and target.baseline is None:
        said.append(_outright(found))
    return said


def _awaited(found: Assessment) -> list[Release]:
    """The newest year that should be out, unless its figure is there, and the year after it."""
    known = set(found.series["period"]) if found.to_date.reason != "too_coarse" else set()
    after = [one for one in measures.around(found.commitment["indicator_id"]) if one.period not in known]
    due_t = found.target.due_t
    return [one for one in after if due_t is None or periods.time_of(one.period) < due_t]


def _bar(found: Assessment, release: Release) -> str:
    reached = measures.least_on_track(found, release.period)
    if reached is None:
        return ""
    least, mark = reached
    basis = str(load.indicator(found.commitment["indicator_id"])["basis"])
    what = marks.opened(_release(release, basis) if _has_a_usual_time(found) else _moment(release, basis))
    needed = _quantity(found, least)
    word = marks.mark_word("to_date", mark)
    if found.commitment["kind"] == "benchmark":
        return language.pick(f"{what}：{_gap(least)}，就是“{word}”。", f"{what}. “{word}” if {_gap(least)}.")
    return language.pick(f"{what}：不少于{needed}就是“{word}”。", f"{what}. “{word}” from {needed}.")


def _has_a_usual_time(found: Assessment) -> bool:
    """What nobody has ever published has no usual time."""
    row = found.commitment
    return len(load.series(row["indicator_id"], row["geo_id"])) > 0


def _moment(one: Release, basis: str) -> str:
    what = dates.moment(periods.time_of(one.period), basis)
    return language.pick(f"{what}的数", what)


def _gap(least: float) -> str:
    points = numbers.number(abs(least), 2)
    if least < 0:
        return language.pick(
            f"比全国低不超过{points}个百分点", f"it is at most {points} percentage points below the nation"
        )
    return language.pick(
        f"比全国高{points}个百分点以上", f"it is at least {points} percentage points above the nation"
    )


def _on_the_date(found: Assessment) -> str:
    goal = _goal(found)
    met, missed, late = (marks.mark_word("to_date", code) for code in ("met", "missed", "met_late"))
    return language.pick(
        f"到期那一天的数{goal}，就是“{met}”；没有这么多，以后也没有查到这么多，才是“{missed}”；"
        f"以后的数{goal}，是“{late}”。",
        f"“{met}” if the figure for the due date is {goal}; “{late}” if a later figure is;"
        f" “{missed}” only if it is not and no later figure is known to be.",
    )


def _outright(found: Assessment) -> str:
    goal, met = _goal(found), marks.mark_word("to_date", "met")
    return language.pick(
        f"不论起点，查到一个{goal}的新数，就是“{met}”。",
        f"Whatever the start, a new figure of {goal} would give “{met}”.",
    )


def _each_year(found: Assessment) -> list[str]:
    """What the years without a figure would have to be: those due, or else the next one to come."""
    lacking = [one for one in found.to_date.years if one.met is None]
    years = [str(one.year) for one in lacking if one.due] or [str(one.year) for one in lacking[:1]]
    if not years:
        return []
    goal, word = _goal(found), marks.mark_word("to_date", "on_track")
    if len(years) == 1:
        said = language.pick(
            f"{years[0]}年的全年数{goal}，就是“{word}”；没有这么多，也能给出标记。",
            f"“{word}” if the full year {years[0]} is {goal}; less than that gives a mark too.",
        )
        return [said]
    said = language.pick(
        f"{'、'.join(years)}年的全年数都{goal}，就是“{word}”；有一年做不到，也能给出标记。",
        f"“{word}” if the full years {language.listed(years)} are each {goal};"
        " one year that is not gives a mark too.",
    )
    return [said]


def _goal(found: Assessment) -> str:
    amount = _quantity(found, found.target.value)
    strict = found.target.relation == "gt"
    return (
        language.pick(f"超过{amount}", f"more than {amount}")
        if strict
        else language.pick(f"不少于{amount}", f"at least {amount}")
    )


def _quantity(found: Assessment, value: float) -> str:
    about = load.indicator(found.commitment["indicator_id"])
    decimals = 0 if float(value).is_integer() else int(about["decimals"])
    return numbers.quantity(value, about["unit"], decimals)
