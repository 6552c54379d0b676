"""Five answers for a commitment without a mark: promise, nearest figure, clue, publisher, what would change it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, cast

import pandas as pd

from shuangbei import load, measures, periods, words
from shuangbei.measures import publication
from shuangbei.pages import clues, html

if TYPE_CHECKING:
    from shuangbei.measures import Assessment

NOT_ASSESSABLE = "not_assessable"
# Gaps that end before it, the end of 2022, tell of years that no mark to date rests on.
_START = 2023.0


def block(found: Assessment) -> str:
    """
    The five answers as a list of questions; empty for a commitment that has a mark.

    Parameters
    ----------
    found : shuangbei.measures.Assessment
    """
    if found.to_date.mark != NOT_ASSESSABLE:
        return ""
    answers = [
        (words.pick("承诺了什么", "What the plan commits to"), escape(words.promised(found))),
        (words.pick("最接近的公开数字", "The nearest published figure"), _nearest(found)),
        (words.pick("线索", "The clue"), _clue(found.commitment["commitment_id"])),
        (words.pick("缺的该由谁公布，何时", "Who would publish what is missing, and when"), _awaited(found)),
        (
            words.pick("什么会改变标记", "What would change the mark"),
            _items(map(escape, words.change(found))),
        ),
    ]
    items = "".join(f"<div><dt>{escape(name)}</dt><dd>{said}</dd></div>" for name, said in answers)
    heading = words.pick("没有标记，还能说什么", "No mark, and what can be said")
    return f'<p class="answers-head"><strong>{heading}</strong></p><dl class="answers" {html.UNSEARCHED}>{items}</dl>'


def _items(said: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{one}</li>" for one in said) + "</ul>"


def _clue(commitment_id: str) -> str:
    """The clues of a commitment, or that there is none."""
    none = words.pick("没有推得出的线索。", "None can be derived.")
    return clues.of_commitment(commitment_id) or escape(none)


def _nearest(found: Assessment) -> str:
    row = found.commitment
    own = load.series(row["indicator_id"], row["geo_id"])
    said = [_figure(own, "")] if len(own) else []
    for _, one in load.nearest(row["commitment_id"]).iterrows():
        said.append(_figure(load.series(one["indicator_id"], one["geo_id"]), one["note"]))
    if load.row("geographies", row["geo_id"])["level"] == "region":
        said.append(_units(row["indicator_id"], row["geo_id"]))
    if not len(own):
        said.insert(0, escape(words.nothing_near(own=bool(said))))
    return _items(said)


def _figure(series: pd.DataFrame, differs: str) -> str:
    """The newest figure of a series with its name, kind and source, and what differs."""
    row = list(cast("Iterable[load.ObservationRow]", series.itertuples()))[-1]
    name = row.indicator + (words.say("comma") + row.geo if row.geo_id != load.CITY else "")
    note = differs or row.note
    told = f'<br><span class="quiet">{escape(note)}</span>' if note else ""
    return f"{escape(name + words.say('colon') + words.value(row))} {html.source(row.source_id)}{told}"


def _units(indicator_id: str, region: str) -> str:
    total = publication.totals(load.of_indicators(indicator_id), indicator_id, [region])
    return escape(words.units_known(next(total.itertuples())))


def _awaited(found: Assessment) -> str:
    rows = _gaps(found.commitment)
    ends = rows["periods"].map(lambda code: periods.time_of(measures.single(code)[-1]))
    rows = rows[ends >= _START]
    if rows.empty:
        return escape(words.pick("没有登记缺口。", "No gap is registered."))
    each = cast("Iterable[measures.GapRow]", rows.itertuples(index=False))
    said = [_said(row, agency) for row, agency in zip(each, rows["agency"], strict=True)]
    note = words.pick(
        "何时可见，按这项指标通常的周期和时滞推算，不是机关的预告，也不是期限。",
        "When it is due follows from the usual cycle and lag of the indicator;"
        " it was not announced and is no deadline.",
    )
    return _items(said) + f'<p class="quiet">{escape(note)}</p>'


def _gaps(commitment: pd.Series) -> pd.DataFrame:
    """The gaps of a commitment, and those of its own series that stand beside another one."""
    every = load.commitments()
    alike = every["indicator_id"].eq(commitment["indicator_id"]) & every["geo_id"].eq(commitment["geo_id"])
    rows = pd.concat([load.gaps(code) for code in every.index[alike]])
    return rows.sort_values(["indicator_id", "periods"]).drop_duplicates(["indicator_id", "periods"])


def _said(row: measures.GapRow, agency: str) -> str:
    about = load.indicator(row.indicator_id)
    when = words.due(measures.of_gap(row), str(about["basis"]), alone=False)
    return escape(f"{agency}{words.say('colon')}{about['name']}{words.say('comma')}{when}")
