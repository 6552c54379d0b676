"""Tables and cards for people, as HTML that a notebook cell can end in; computes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from html import escape
from typing import TYPE_CHECKING, cast

import pandas as pd

from shuangbei import load, measures, words
from shuangbei.measures import publication
from shuangbei.pages import answers, html, plan

if TYPE_CHECKING:
    from shuangbei.measures import Assessment

_KANA = re.compile("[\u3041-\u30ff]")


def marks(assessment: Assessment) -> html.Html:
    """
    The card of one commitment: the promise, the three marks, and what can be said where there is none.

    Parameters
    ----------
    assessment : shuangbei.measures.Assessment
    """
    row = assessment.commitment
    section = words.section(row["section"])
    firmness = load.label("firmness", row["firmness"])
    promise = (
        f'<p class="card-promise"><strong>{words.say("commitment")}</strong>'
        f"{words.say('colon')}{escape(row['reading'])}"
        f'<span class="card-cite">{escape(section)} · {escape(firmness)}</span></p>'
    )
    said = [
        ("to_date", words.say("mark_to_date"), words.to_date(assessment)),
        ("milestone", words.say("mark_milestone"), words.milestone(assessment)),
        ("outlook", words.say("mark_outlook"), words.outlook(assessment)),
    ]
    rows = [[escape(title), plan.badge(assessment, kind), escape(text)] for kind, title, text in said]
    head = [words.say("mark"), words.say("verdict"), words.pick("依据", "Based on")]
    caption = words.pick("三个标记：", "Three marks: ") + row["name"]
    table = html.table(head, rows, caption, "marks-table")
    return html.Html(f'<div class="commitment-card">{promise}{table}{answers.block(assessment)}</div>')


def frame(data: pd.DataFrame, caption: str) -> html.Html:
    """
    A data frame as a captioned table; the first column heads its row.

    Parameters
    ----------
    data : pandas.DataFrame
        Labelled columns, cells as text, nothing in the index.  A column in which nothing
        stands is left out.
    caption : str
        What the table shows.
    """
    return _frame(data, caption, {})


def _frame(data: pd.DataFrame, caption: str, says: dict[str, Callable[[str], str]]) -> html.Html:
    """The table of a frame; ``says`` turns the cells of a column into HTML, if not escaping."""
    kept = [name for i, name in enumerate(data.columns) if i == 0 or (data[name] != "").any()]
    cells = [
        [says.get(name, escape)(str(cell)) for name, cell in zip(kept, row, strict=True)]
        for row in data[kept].itertuples(index=False)
    ]
    return html.Html(html.table([escape(str(c)) for c in kept], cells, caption, "data-table"))


def stacked(*pieces: html.Html) -> html.Html:
    """Return tables and paragraphs one below the other, for a cell that ends in several."""
    return html.Html("".join(piece.text for piece in pieces))


def quoted(text: str, say: Callable[[str], str]) -> str:
    """
    Escape the words of a source: Japanese, which kana tell, is marked; ``say`` does the rest.

    Examples
    --------
    >>> quoted("2023年の報告書", escape), quoted("a < b", escape)
    ('<span lang="ja">2023年の報告書</span>', 'a &lt; b')
    """
    return f'<span lang="ja">{escape(text)}</span>' if _KANA.search(text) else say(text)


def series(indicator_id: str, geo_id: str = load.CITY) -> html.Html:
    """
    All published values of one indicator in one area, with what kind of figure each is.

    Raises
    ------
    ValueError
        If nothing is published: an empty table would look like a missing one.
    """
    data, about = load.series(indicator_id, geo_id), load.indicator(indicator_id)
    if data.empty:
        raise ValueError(f"{indicator_id} {geo_id}: no observation to show; show its gap instead")
    unit = words.column(about["unit"])
    shown = [words.printed(row, about) for row in data.itertuples()]
    area = "" if geo_id == load.CITY else data["geo"].iloc[0] + words.say("colon")
    return frame(
        pd.DataFrame(
            {
                words.say("period"): data["period"].map(words.period),
                words.headed(words.say("value"), unit): shown,
                words.say("qualifier"): [words.kind_of_figure(row) for row in data.itertuples()],
                words.say("note"): data["note"],
                words.say("sources"): data["source_id"],
            }
        ),
        area + about["name"],
    )


def gaps(commitment_id: str) -> html.Html:
    """Return what is not public about a commitment, and who would publish it."""
    found = load.gaps(commitment_id)
    if found.empty:
        raise ValueError(f"{commitment_id}: no gap is registered; leave the table out")
    names = load.codelist("indicators")["name"]
    return frame(
        pd.DataFrame(
            {
                words.say("indicator"): found["indicator_id"].map(names),
                words.say("period"): found["periods"].map(words.periods),
                words.say("missing"): found["note"],
                words.say("reason"): found["reason_name"],
                words.say("would_publish"): found["agency"],
                words.say("when_due"): [
                    words.due(measures.of_gap(row), str(load.indicator(row.indicator_id)["basis"]))
                    for row in cast("Iterable[measures.GapRow]", found.itertuples())
                ],
            }
        ),
        words.say("not_found"),
    )


def region_totals(regions: Sequence[str], indicators: Sequence[str]) -> html.Html:
    """
    Sums of the districts' own figures by region, or how many districts are known.

    Parameters
    ----------
    regions, indicators : sequence of str
        Rows and columns.
    """
    names = load.codelist("geographies")["name"]
    columns = {load.label("levels", "region"): [names[region] for region in regions]}
    for indicator_id in indicators:
        found = publication.totals(load.of_indicators(indicator_id), indicator_id, regions)
        columns[load.indicator(indicator_id)["name"]] = [
            _summed(row, indicator_id) for row in found.itertuples()
        ]
    return frame(
        pd.DataFrame(columns),
        words.pick(
            "同一时点有确数的区县，和片区的合计",
            "Units with an exact figure of one date, and the sum of the region",
        ),
    )


def _summed(row, indicator_id: str) -> str:
    unit = load.indicator(indicator_id)["unit"]
    when = words.say("open") + words.period(row.period) + words.say("close") if row.period else ""
    if row.n_known == row.n_units:
        return words.quantity(row.total, unit) + when
    return words.pick(f"{row.n_units}个中有{row.n_known}个", f"{row.n_known} of {row.n_units} units") + when


def sources(source_ids: list[str]) -> html.Html:
    """Return the named sources with publisher, date and how directly each states the number."""
    rows = load.sources(sorted(set(source_ids)))
    tiers = load.codelist("tiers")["name"]
    document = words.say("document")
    return _frame(
        pd.DataFrame(
            {
                words.say("source_number"): rows["source_id"],
                document: rows["title"],
                words.say("publisher"): rows["publisher"],
                words.say("date"): rows["published"],
                words.say("directness"): rows["tier"].map(tiers),
            }
        ),
        words.say("sources"),
        {document: partial(quoted, say=escape)},
    )
