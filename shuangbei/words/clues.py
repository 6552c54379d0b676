"""Clues in words: the range, the formula with its numbers, what it rests on and what must hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shuangbei import intervals, load, paths, periods
from shuangbei.words import dates, language, numbers, values

if TYPE_CHECKING:
    from shuangbei.measures import Clash, Clue, ClueInput, Elimination

_SIGNS = {"*": "×", "/": "÷", "-": numbers.MINUS}
_KINDS = {
    "formula": ("", ""),
    "at_least": ("不少于 ", "no less than "),
    "at_most": ("不多于 ", "no more than "),
}
_ORDINALS = "零一二三四五六七八九十"


def clue_label() -> str:
    """Return what marks every clue: that no one has published it."""
    return language.pick("本站推得，非公布数", "derived by this site, not published")


def in_language(twin: load.Twin) -> str:
    """Return a text that stands in both languages in that of the run."""
    return language.pick(*twin)


def clue_range(clue: Clue) -> str:
    """
    Return the range with its unit, ends rounded outward: ``10,028至10,141家``, ``at least 76,511``.

    Parameters
    ----------
    clue : shuangbei.measures.Clue
    """
    low, high = clue.low, clue.high
    if low is None or high is None:
        side = language.pick("至少", "at least ") if high is None else language.pick("至多", "at most ")
        return side + _end(clue, low if high is None else high)
    if low == high:
        return _end(clue, low)
    is_whole = numbers.is_scaled(clue.unit) or clue.unit == "percent"
    first = _end(clue, low) if is_whole else numbers.number(low, clue.decimals)
    return first + language.pick("至", " to ") + _end(clue, high)


def _end(clue: Clue, end: float | None) -> str:
    return numbers.quantity(end, clue.unit, clue.decimals)


def clue_moment(clue: Clue, *, alone: bool = False) -> str:
    """Return when the range holds: ``2025年底``, ``2024—2025年``; ``alone`` in a cell, not in a sentence."""
    if clue.is_span:
        return dates.periods(clue.period)
    basis = load.indicator(clue.indicator_id or _first_observed(clue).indicator_id)["basis"]
    when = dates.dated if alone else dates.moment
    return when(periods.time_of(clue.period), basis)


def _first_observed(clue: Clue) -> ClueInput:
    return next(one for one in clue.inputs if one.source_id)


def clue_end(clue: Clue, *, is_low: bool) -> str:
    """Return what kind of figure an end of a clue is, as a table has it."""
    if clue.low is None or clue.high is None:
        side = language.pick("至少", "at least") if is_low else language.pick("至多", "at most")
    else:
        side = language.pick("低端", "lower end") if is_low else language.pick("高端", "upper end")
    return numbers.headed(clue_label(), side)


def clues_told(found: list[Clue]) -> str:
    """Return what a chart says aloud of its clues, in one clause."""
    said = [
        language.pick(f"{clue_moment(one)}{clue_range(one)}", f"{clue_range(one)} for {clue_moment(one)}")
        for one in found
    ]
    return clue_label() + language.say("colon") + language.parted(said)


def clue_title(clue: Clue) -> str:
    """Return what the range is of, and when: ``高新技术企业数（2025年底）``."""
    return numbers.headed(in_language(clue.name), clue_moment(clue).removeprefix("the "))


def clue_sentence(clue: Clue) -> str:
    """Return the sentence of a clue: what, when, the range, and that it is none of a publisher."""
    said = [clue_label(), *([estimated()] if clue.is_estimated else [])]
    told = language.say("open") + language.say("comma").join(said) + language.say("close")
    return clue_title(clue) + language.say("colon") + clue_range(clue) + told + language.say("stop").strip()


def estimated() -> str:
    """Return what marks a clue that rests on an expected or provisional figure."""
    return language.pick("用到预计数", "it rests on an estimate")


def clash_sentence(clue: Clue, found: Clash) -> str:
    """
    Return that a clue and a published figure cannot both be true, and on which condition.

    Parameters
    ----------
    clue : shuangbei.measures.Clue
    found : shuangbei.measures.Clash
        One of :func:`shuangbei.measures.clashes`.
    """
    row = load.observation(found.indicator_id, found.geo_id, found.period, found.vintage)
    decimals = len(row["printed"].partition(".")[2])
    said = numbers.qualified(float(row["printed"]), row["unit"], row["qualifier"], decimals)
    when, moment = dates.period(found.period), clue_moment(clue)
    if found.is_dated:
        return language.pick(
            f"和公布的数对不上：{when}公布的是{said}，不在这个范围里。两个不可能都对：要么公布的数有误，"
            "要么用到的数或者成立的条件有一个不对。",
            f"It contradicts a published figure: {said} for {when} lies outside this range. Both cannot be"
            " true: the published figure is wrong, or a figure or a condition of this clue is.",
        )
    return language.pick(
        f"和公布的数可能对不上：{when}所述的{said}没有写明数到哪一天，如果数到{moment}，就不在这个范围里，"
        "两个不可能都对。那样的话，要么它有误，要么用到的数或者成立的条件有一个不对。",
        f"It may contradict a published figure: {said}, stated in {when}, bears no date of the count. If it was"
        f" counted for {moment}, it lies outside this range and both cannot be true: it is wrong then, or a"
        " figure or a condition of this clue is.",
    )


def clue_formula(clue: Clue) -> str:
    """
    Return the formula with the printed numbers in the place of its names.

    Examples
    --------
    ``8,042 ÷ 91% × (1 + 14.11%)``
    """
    named = {one.name: _in_formula(one) for one in clue.inputs}
    parts = [language.pick(*_KINDS[kind]) + _filled(text, named) for kind, text in clue.formulas]
    return language.say("comma").join(parts)


def _filled(formula: str, named: dict[str, str]) -> str:
    """Names become numbers, signs become those of print; numbers of their own stay."""
    return re.sub(
        r"[a-z][a-z0-9_]*|[*/-]", lambda found: named.get(found[0], _SIGNS.get(found[0], "")), formula
    )


def _in_formula(one: ClueInput) -> str:
    """The printed number with its scale, its per cent sign, and the word that makes it a bound."""
    decimals = len(one.printed.partition(".")[2])
    value = float(one.printed)
    said = (
        numbers.quantity(value, one.unit, decimals)
        if one.unit in intervals.HUNDREDTHS
        else numbers.amount(value, one.unit, decimals)
    )
    return numbers.signed(said, one.qualifier)


def clue_input(one: ClueInput) -> str:
    """
    Return one published figure or target that a clue rests on, with its name.

    Parameters
    ----------
    one : shuangbei.measures.ClueInput
    """
    if one.commitment_id is not None:
        goal = load.commitment(one.commitment_id)
        decimals = len(one.printed.partition(".")[2])
        said = numbers.quantity(float(one.printed), one.unit, decimals)
        relation = load.label("relations", goal["relation"])
        name = language.pick(f"承诺“{goal['name']}”的目标", f"Target of the commitment “{goal['name']}”")
        return name + language.say("colon") + language.pick(f"{relation}{said}", f"{relation.lower()} {said}")
    row = load.observation(one.indicator_id, one.geo_id, one.period, one.vintage)
    return f"{row['indicator']}{language.say('comma')}{values.value(row)}"


def class_name(indicator_id: str, code: int | str) -> str:
    """Return a class that areas stand in: ``第二梯队``, ``tier 2``."""
    name = load.label("units", load.indicator(indicator_id)["unit"])
    return language.pick(f"第{_ORDINALS[int(code)]}{name}", f"{name} {code}")


def class_derived(name: str) -> str:
    """Return a class with what marks it as a clue: ``第二梯队（本站推得，非公布数）``."""
    return name + language.say("open") + clue_label() + language.say("close")


def elimination_of(found: Elimination) -> str:
    """Return what follows for one of the areas, with its date and the division that was counted; no mark."""
    total, when = sum(dict(found.sizes).values()), dates.period(found.period)
    name = class_name(found.indicator_id, found.value)
    return language.pick(
        f"按当时的{total}个区县用排除法，{when}在{name}",
        f"by elimination among the {total} districts of the time, it belongs to {name} in {when}",
    )


def elimination_sentence(found: Elimination) -> str:
    """Return why those who are not named belong to one class, with the numbers that make it so."""
    sizes, named = dict(found.sizes), dict(found.named)
    open_class = class_name(found.indicator_id, found.value)
    size, seen = sizes[str(found.value)], named[str(found.value)]
    full = [
        language.pick(
            f"{class_name(found.indicator_id, code)}{n}个",
            f"all {n} of {class_name(found.indicator_id, code)}",
        )
        for code, n in found.sizes
        if code != str(found.value)
    ]
    total, left = sum(sizes.values()), len(found.geo_ids)
    when, label = dates.period(found.period), clue_label()
    name = load.indicator(found.indicator_id)["name"]
    if paths.language() == "zh":
        return (
            f"{when}“{name}”：{language.listed(full)}都已点名，{open_class}{size}个只点名{seen}个；"
            f"几类合起来正好是当时全部{total}个区县，没有点名的{left}个因此都在{open_class}（{label}）。"
        )
    return (
        f"{name}, {when}: the source names {language.listed(full)}, and {seen} of the {size} of {open_class};"
        f" together these are all {total} districts of the time, so that the {left} that are not named"
        f" belong to {open_class} ({label})."
    )
