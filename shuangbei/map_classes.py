"""How a map's values become at most five colours and words: classes, legend, table; no drawing."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from shuangbei import load, spatial, wording

ZERO = "#eef3f7"
RAMPS = {  # light to dark is low to high; each step shows in grey, and to the colour-blind
    1: ("#4a86b5",),
    2: ("#bcd3e3", "#4a86b5"),
    3: ("#bcd3e3", "#6b9dc4", "#1f5d8c"),
    4: ("#bcd3e3", "#86b0cf", "#4a86b5", "#1f5d8c"),
}
UNKNOWN = "#ffffff"
_SIGNS = {"exact": ("", ""), "over": ("≥", "≥"), "nearly": ("≤", "≤"), "about": ("≈", "≈"),
          "estimate": ("预计", "est. ")}


@dataclass(frozen=True)
class Grammar:
    """
    How values become colours: class i holds the values from ``lows[i]`` to below the next.

    Made by :func:`tiers` or :func:`counts`. ``labels`` and ``fills`` go with ``lows``;
    ``unit`` is a code of ``data/units.csv``; ``best_first`` says that small is good.
    """

    lows: tuple[float, ...]
    labels: tuple[str, ...]
    fills: tuple[str, ...]
    unit: str
    best_first: bool


def tiers(n: int) -> Grammar:
    """
    Grammar of an ordinal value: the tiers (梯队) 1 to ``n``, the first the darkest.

    Raises
    ------
    ValueError
        If ``n`` is not 2, 3 or 4.
    """
    if n not in (2, 3, 4):
        raise ValueError(f"{n} tiers cannot be told apart in one map; 2 to 4 can")
    labels = tuple(wording.pick(f"第{'一二三四'[i]}梯队", f"Tier {i + 1}") for i in range(n))
    return Grammar(tuple(range(1, n + 1)), labels, RAMPS[n][::-1], "tier", True)


def counts(cuts: list[int], unit: str) -> Grammar:
    """
    Grammar of a count: classes with the given cuts, and a class of its own for a known zero.

    Parameters
    ----------
    cuts : list of int
        One to three rising positive numbers; each begins a class.
    unit : str
        Code of ``data/units.csv``, the base unit of the values.

    Raises
    ------
    ValueError
        If the cuts do not rise from above zero, or make more than four classes.
    """
    if not 1 <= len(cuts) <= 3 or [0, *cuts] != sorted({0, *cuts}):
        raise ValueError(f"cuts {cuts}: give one to three rising whole numbers above zero")
    number = wording.number
    middle = [f"{number(a)}–{number(b - 1)}" for a, b in zip(cuts, cuts[1:])]
    first = wording.pick(f"{number(cuts[0])}以下", f"under {number(cuts[0])}")
    last = wording.pick(f"{number(cuts[-1])}及以上", f"{number(cuts[-1])} and over")
    ramp = RAMPS[len(cuts) + 1]
    return Grammar((0, 0.5, *cuts), ("0", first, *middle, last), (ZERO, *ramp), unit, False)


def _in_words(row: pd.Series, grammar: Grammar) -> tuple[str, str]:
    """Return the figure with its unit, and short for the map."""
    if not row["known"]:
        return wording.pick("未见公开数字", "No public figure"), ""
    if grammar.unit == "tier":
        return row["class_label"], row["class_label"]
    sign = wording.pick(*_SIGNS[row["qualifier"]])
    return (sign + wording.quantity(row["value"], grammar.unit),
            sign + wording.number(row["value"]))


def classify(frame: pd.DataFrame, grammar: Grammar) -> pd.DataFrame:
    """
    Give each unit its class, colour and words.

    Parameters
    ----------
    frame : pandas.DataFrame
        From :func:`shuangbei.spatial.join`; ``value`` in the base unit of its quantity.

    Returns
    -------
    pandas.DataFrame
        ``frame`` with ``class`` (0 is the lowest of ``grammar.lows``, -1 unknown),
        ``class_label``, ``fill``, ``shown`` (value with its unit, and ≥ for a lower bound),
        ``short`` (without the unit) and ``when`` (the unit's own period).

    Raises
    ------
    ValueError
        If a value lies below the lowest class, or a tier above the last.
    """
    known = frame["known"]
    bad = known & ((frame["value"] < grammar.lows[0])
                   | (grammar.best_first & ~frame["value"].isin(grammar.lows)))
    if bad.any():
        raise ValueError(f"no class for {dict(zip(frame['geo_id'][bad], frame['value'][bad]))};"
                         f" the classes are {', '.join(grammar.labels)}")
    number = pd.cut(frame["value"], [*grammar.lows, float("inf")], right=False, labels=False)
    number = number.where(known, -1).astype(int)
    found = frame.assign(**{"class": number}).assign(
        class_label=[grammar.labels[i] if i >= 0 else "" for i in number],
        fill=[grammar.fills[i] if i >= 0 else UNKNOWN for i in number],
        when=[wording.period(p) if k else "" for p, k in zip(frame["period"], known)],
    )
    words = [_in_words(row, grammar) for _, row in found.iterrows()]
    return found.assign(shown=[long for long, _ in words], short=[short for _, short in words])


def legend(frame: pd.DataFrame, grammar: Grammar) -> pd.DataFrame:
    """
    Entries of the legend with the number of units in each; together they are all units.

    Returns
    -------
    pandas.DataFrame, columns ``label``, ``fill``, ``known``, ``n``
        High to low, then unknown. A zero class and the unknown appear only where they occur.
    """
    of_class = classify(frame, grammar)["class"]
    order = range(len(grammar.lows)) if grammar.best_first else reversed(range(len(grammar.lows)))
    entries = [
        {"label": grammar.labels[i], "fill": grammar.fills[i], "known": True,
         "n": int((of_class == i).sum())}
        for i in order
    ]
    entries = [e for e in entries if e["n"] or e["fill"] != ZERO]
    unknown = int((of_class == -1).sum())
    if unknown:
        entries.append({"label": wording.pick("未见公开数字", "No public figure"),
                        "fill": UNKNOWN, "known": False, "n": unknown})
    return pd.DataFrame(entries)


def coverage_line(frame: pd.DataFrame) -> str:
    """Say how many units have a public figure: ``25 / 38 个区县有公开数字``."""
    known, total = spatial.coverage(frame)
    return wording.pick(f"{known} / {total} 个区县有公开数字",
                        f"Public figures for {known} of {total} districts and counties")


def table(frame: pd.DataFrame, grammar: Grammar) -> pd.DataFrame:
    """
    The map as people read a table: every unit, its figure, its date and who published it.

    Returns
    -------
    pandas.DataFrame, one row per unit
        Labelled columns, formatted cells; best first, units without a figure last.
    """
    rows = classify(frame, grammar)
    sign = 1 if grammar.best_first else -1
    rows = rows.assign(order=rows["value"] * sign).sort_values(["order", "geo_id"])
    publishers = load.codelist("sources")["publisher"]
    return pd.DataFrame({
        wording.pick("区县", "District or county"): rows["name"],
        wording.say("value"): rows["shown"],
        wording.say("period"): rows["when"].replace("", "—"),
        wording.say("sources"): rows["source_id"].map(publishers).fillna("—"),
    }).reset_index(drop=True)


def _when(period: str) -> str:
    return wording.say("open") + wording.period(period) + wording.say("close")


def describe(frame: pd.DataFrame, grammar: Grammar) -> str:
    """Put the map into words for those who do not see it: each class, its number, its units."""
    rows = classify(frame, grammar)
    several = frame.loc[frame["known"], "period"].nunique() > 1
    names_ = rows["name"] + [_when(period) if several and known else ""
                             for period, known in zip(rows["period"], rows["known"], strict=True)]
    rows = rows.assign(name=names_)
    parts = [coverage_line(frame)]
    for entry in legend(frame, grammar).itertuples():
        members = rows[(rows["fill"] == entry.fill) & (rows["known"] == entry.known)]["name"]
        names = f"{wording.say('colon')}{wording.join(list(members))}" if entry.known and entry.n \
            else ""
        parts.append(f"{entry.label}{wording.say('open')}{entry.n}{wording.say('close')}{names}")
    return wording.say("semicolon").join(parts) + wording.say("stop").strip()
