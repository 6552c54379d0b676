"""What a map says of each unit and of all: class, words, legend, table, description; no drawing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, cast

import pandas as pd

from shuangbei import load, words
from shuangbei.maps import classes

UNKNOWN = "#ffffff"
# What an entry of the legend stands for: a figure, none, or what the site derives in its place.
PUBLISHED, ABSENT, DERIVED = "published", "absent", "derived"
# As maps/provenance.yaml names the owner and the change.
BOUNDARIES = (
    "边界：天地图（国家基础地理信息中心），本站转换格式",
    "Boundaries: Tianditu (National Geomatics Center of China), converted here",
)
_SIGNS = {
    "exact": ("", ""),
    "over": ("≥", "≥"),
    "nearly": ("≤", "≤"),
    "about": ("≈", "≈"),
    "estimate": ("预计", "est. "),
}


def _in_words(row: Any, grammar: classes.Grammar) -> tuple[str, str]:
    """Return the figure with its unit, and short for the map, whose colour alone says a tier."""
    if not row.known and row.derived == row.derived:  # what is missing is not equal to itself
        return words.class_derived(_class_of(row.derived, grammar)), ""
    if not row.known:
        return words.say("no_figure"), ""
    if grammar.unit == "tier":
        return row.class_label, ""
    sign, places = words.pick(*_SIGNS[row.qualifier]), _places(row, grammar)
    return (
        sign + words.quantity(row.value, grammar.unit, places),
        sign + words.cell(row.value, grammar.unit, places),
    )


def _class_of(value: float, grammar: classes.Grammar) -> str:
    return grammar.labels[grammar.lows.index(value)]


def _places(row: Any, grammar: classes.Grammar) -> int:
    """Decimal places of a figure: the digits that its source printed, if it used this unit."""
    if not hasattr(row, "printed") or row.unit != grammar.unit:
        return grammar.decimals
    return len(row.printed.partition(".")[2])


def classify(frame: pd.DataFrame, grammar: classes.Grammar) -> pd.DataFrame:
    """
    Give each unit its class, colour and words.

    Parameters
    ----------
    frame : pandas.DataFrame
        From :func:`shuangbei.load.join`; ``value`` in the base unit of its quantity.  What the site
        derives of units without a figure is ``derived``, if :func:`shuangbei.measures.with_eliminated`
        has put it there: it has no class and no colour.

    Returns
    -------
    pandas.DataFrame
        ``frame`` with ``class`` (0 is the lowest of ``grammar.lows``, -1 unknown; a value that is
        nearly a bound is below it), ``class_label``, ``fill``, ``shown`` (value with its unit, and
        ≥ for a lower bound), ``short`` (the number that stands on the map, without the unit; empty
        where there is none) and ``when`` (the unit's own period, if it has one).

    Raises
    ------
    ValueError
        If a value lies below the lowest class, or a tier above the last.
    """
    known = frame["known"]
    if "derived" not in frame:
        frame = frame.assign(derived=float("nan"), derived_period="")
    bad = known & (
        (frame["value"] < grammar.lows[0]) | (grammar.best_first & ~frame["value"].isin(grammar.lows))
    )
    if bad.any():
        raise ValueError(
            f"no class for {dict(zip(frame['geo_id'][bad], frame['value'][bad], strict=False))};"
            f" the classes are {', '.join(grammar.labels)}"
        )
    number = pd.cut(frame["value"], [*grammar.lows, float("inf")], right=False, labels=False)
    # What is nearly a bound has not reached the class that the bound begins.
    nearly = (frame["qualifier"] == "nearly") & (not grammar.best_first)
    number = (number - (nearly & frame["value"].isin(grammar.lows[1:]))).where(known, -1).astype(int)
    found = frame.assign(**{"class": number}).assign(
        class_label=[grammar.labels[i] if i >= 0 else "" for i in number],
        fill=[grammar.fills[i] if i >= 0 else UNKNOWN for i in number],
        when=[
            words.period(code) if code else ""
            for code in frame["period"].where(known, frame["derived_period"])
        ],
    )
    texts = [_in_words(row, grammar) for row in found.itertuples()]
    return found.assign(shown=[long for long, _ in texts], short=[short for _, short in texts])


def _classified(frame: pd.DataFrame, grammar: classes.Grammar) -> pd.DataFrame:
    return frame if "class" in frame else classify(frame, grammar)


def legend(frame: pd.DataFrame, grammar: classes.Grammar) -> pd.DataFrame:
    """
    Entries of the legend with the number of units in each; together they are all units.

    Returns
    -------
    pandas.DataFrame, columns ``label``, ``fill``, ``known``, ``look``, ``n``
        High to low, then what the site derives (with its class as ``value``) and what is unknown, which appear only where they
        occur.  ``look`` is :data:`PUBLISHED`, :data:`DERIVED` or :data:`ABSENT`.
    """
    rows = _classified(frame, grammar)
    of_class = rows["class"]
    order = range(len(grammar.lows)) if grammar.best_first else reversed(range(len(grammar.lows)))
    entries = [
        {
            "label": grammar.labels[i],
            "fill": grammar.fills[i],
            "known": True,
            "look": PUBLISHED,
            "n": int((of_class == i).sum()),
        }
        for i in order
    ]
    if grammar.best_first:
        # A tier of which no unit is named is not an empty tier.
        entries = [entry for entry in entries if entry["n"]]
    blank = {"fill": UNKNOWN, "known": False}
    for value in sorted(map(float, rows["derived"].dropna().unique())):
        told = {"label": words.pick("推得：", "Derived: ") + _class_of(value, grammar), "look": DERIVED}
        entries.append({**blank, **told, "n": int((rows["derived"] == value).sum()), "value": value})
    unknown = int(((of_class == -1) & rows["derived"].isna()).sum())
    if unknown:
        entries.append({**blank, "label": words.say("no_figure"), "look": ABSENT, "n": unknown})
    return pd.DataFrame(entries)


def looks(rows: pd.DataFrame) -> list[str]:
    """Return what each unit of :func:`classify` looks like, as :func:`legend` calls it."""
    pairs = zip(rows["known"], rows["derived"].notna(), strict=True)
    return [PUBLISHED if known else DERIVED if derived else ABSENT for known, derived in pairs]


def derived_line(frame: pd.DataFrame) -> list[str]:
    """Say what level lines are, for the foot of a map; nothing where the site derives nothing on it."""
    if "derived" not in frame or frame["derived"].isna().all():
        return []
    said = words.pick(
        "横线：来源没有点名，按排除法推得（本站推得，非公布数），条件见“线索”一页",
        "Level lines: not named by the source, found by elimination (derived by this site, not published);"
        " what must hold is on the page of clues",
    )
    return [said]


class Entry(Protocol):
    """A row of :func:`legend`."""

    label: str
    fill: str
    known: bool
    look: str
    value: float
    n: int


def each(entries: pd.DataFrame) -> Iterable[Entry]:
    """Go through the entries of a :func:`legend` from its first."""
    return cast("Iterable[Entry]", entries.itertuples())


def coverage_line(frame: pd.DataFrame) -> str:
    """Say how many units have a published figure: ``25 / 38 个区县有公开数字``."""
    known, total = load.coverage(frame)
    return words.pick(
        f"{known} / {total} 个区县有公开数字",
        f"Published figures for {known} of {total} districts and counties",
    )


def unit_words(grammar: classes.Grammar) -> str:
    """Return the line above a legend that says the unit, where there is one."""
    if grammar.best_first:
        return ""  # the labels of the tiers say what they are
    return words.say("unit") + words.say("colon") + words.column(grammar.unit)


def foot_notes(vintage: str, *, boundaries: bool) -> list[str]:
    """Divisions and, under boundaries, their owner and the review number or that there is none."""
    number = load.edition()["map_review_number"]
    review = (
        words.pick(f"审图号：{number}", f"Map review number: {number}")
        if number
        else words.pick("预览，未取得审图号", "Preview, no map review number")
    )
    divisions = words.pick("区划：", "Divisions: ") + load.label("vintages", vintage)
    return [divisions, *([words.pick(*BOUNDARIES), review] if boundaries else [])]


def table(frame: pd.DataFrame, grammar: classes.Grammar) -> pd.DataFrame:
    """
    The map as people read a table: every unit, its figure, its date and who published it.

    Returns
    -------
    pandas.DataFrame, one row per unit
        Labelled columns, formatted cells; best first, units without a figure last.  Notes on
        figures stand in the last column, where ``frame`` has them.
    """
    rows = classify(frame, grammar)
    sign = 1 if grammar.best_first else -1
    rows = rows.assign(order=rows["value"] * sign).sort_values(["order", "geo_id"])
    publishers = load.codelist("sources")["publisher"]
    return pd.DataFrame(
        {
            words.say("district"): rows["name"],
            words.say("value"): rows["shown"],
            words.say("period"): rows["when"].replace("", "—"),
            words.say("sources"): rows["source_id"].map(publishers).fillna("—"),
            **({words.say("note"): rows["note"].fillna("")} if "note" in rows else {}),
        }
    ).reset_index(drop=True)


def _when(period: str) -> str:
    return words.say("open") + words.period(period) + words.say("close")


def describe(frame: pd.DataFrame, grammar: classes.Grammar) -> str:
    """Put the map into words for those who do not see it: each class, its number, its units."""
    rows = _classified(frame, grammar)
    several = frame.loc[frame["known"], "period"].nunique() > 1
    names_ = rows["name"] + [
        _when(period) if several and known else ""
        for period, known in zip(rows["period"], rows["known"], strict=True)
    ]
    rows = rows.assign(name=names_)
    parts = [coverage_line(frame)]
    for entry in legend(frame, grammar).itertuples():
        members = rows[(rows["fill"] == entry.fill) & (rows["known"] == entry.known)]["name"]
        label = entry.label
        if entry.look == DERIVED:
            members = rows.loc[rows["derived"] == entry.value, "name"]
            label = words.class_derived(_class_of(float(str(entry.value)), grammar))
        told = entry.n and entry.look != ABSENT
        names = f"{words.say('colon')}{words.join(list(members))}" if told else ""
        parts.append(f"{label}{words.say('open')}{entry.n}{words.say('close')}{names}")
    return words.say("semicolon").join(parts) + words.say("stop").strip()
