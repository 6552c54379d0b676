"""Tables and cards for people, as HTML that a notebook cell can end in; computes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from html import escape

import pandas as pd

from shuangbei import badges, load, markup, printed, publication, verdicts, wording

_KANA = re.compile("[\u3041-\u30ff]")


class Html:
    """A piece of HTML that a notebook shows as its output."""

    def __init__(self, text: str) -> None:
        self.text = text

    def _repr_html_(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<{len(self.text)} characters of HTML>"


def marks(assessment) -> Html:
    """
    The card of one commitment: the promise, and the three marks with the numbers behind them.

    Parameters
    ----------
    assessment : shuangbei.status.Assessment
    """
    row = assessment.commitment
    section = wording.section(row["section"])
    firmness = load.label("firmness", row["firmness"])
    promise = (f'<p class="card-promise"><strong>{wording.pick("承诺", "Promise")}</strong>'
               f'{wording.say("colon")}{escape(row["reading"])}'
               f'<span class="card-cite">{escape(section)} · {escape(firmness)}</span></p>')
    said = [("to_date", wording.pick("至今进度", "To date"), assessment.to_date.mark,
             verdicts.to_date(assessment)),
            ("milestone", wording.pick("2025年目标", "2025 milestone"), assessment.milestone.mark,
             verdicts.milestone(assessment)),
            ("outlook", wording.pick("到期展望", "Outlook"), assessment.outlook.mark,
             verdicts.outlook(assessment))]
    rows = [[escape(title), badges.badge(kind, mark), escape(text)]
            for kind, title, mark, text in said]
    head = [wording.pick("判断", "Mark"), wording.pick("结论", "Verdict"),
            wording.pick("依据", "Based on")]
    caption = wording.pick("三个判断：", "Three marks: ") + row["name"]
    table = markup.table(head, rows, caption, "marks-table")
    return Html(f'<div class="commitment-card">{promise}{table}</div>')


def frame(data: pd.DataFrame, caption: str) -> Html:
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


def _frame(data: pd.DataFrame, caption: str, says: dict[str, Callable[[str], str]]) -> Html:
    """The table of a frame; ``says`` turns the cells of a column into HTML, if not escaping."""
    kept = [name for i, name in enumerate(data.columns) if i == 0 or (data[name] != "").any()]
    cells = [[says.get(name, escape)(str(cell)) for name, cell in zip(kept, row, strict=True)]
             for row in data[kept].itertuples(index=False)]
    return Html(markup.table([escape(str(c)) for c in kept], cells, caption, "data-table"))


def stacked(*pieces: Html) -> Html:
    """Return tables and paragraphs one below the other, for a cell that ends in several."""
    return Html("".join(piece.text for piece in pieces))


def quoted(text: str, say: Callable[[str], str]) -> str:
    """
    Escape the words of a source: Japanese, which kana tell, is marked; ``say`` does the rest.

    Examples
    --------
    >>> quoted("2023年の報告書", escape), quoted("a < b", escape)
    ('<span lang="ja">2023年の報告書</span>', 'a &lt; b')
    """
    return f'<span lang="ja">{escape(text)}</span>' if _KANA.search(text) else say(text)


def series(indicator_id: str, geo_id: str = load.CITY) -> Html:
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
    unit = wording.column(about["unit"])
    shown = [printed.cell(row, about) for row in data.itertuples()]
    area = "" if geo_id == load.CITY else data["geo"].iloc[0] + wording.pick("：", ": ")
    return frame(pd.DataFrame({
        wording.say("period"): data["period"].map(wording.period),
        wording.headed(wording.say("value"), unit): shown,
        wording.say("qualifier"): [printed.kind(row) for row in data.itertuples()],
        wording.pick("说明", "Note"): data["note"],
        wording.say("sources"): data["source_id"],
    }), area + about["name"])


def gaps(commitment_id: str) -> Html:
    """Return what is not public about a commitment, and who would publish it."""
    found = load.gaps(commitment_id)
    if found.empty:
        raise ValueError(f"{commitment_id}: no gap is registered; leave the table out")
    names = load.codelist("indicators")["name"]
    return frame(pd.DataFrame({
        wording.pick("指标", "Indicator"): found["indicator_id"].map(names),
        wording.say("period"): found["periods"].map(wording.periods),
        wording.pick("缺什么", "What is missing"): found["note"],
        wording.pick("原因", "Reason"): found["reason_name"],
        wording.pick("应由谁公布", "Who would publish it"): found["agency"],
    }), wording.pick("没有查到的公开数字", "Figures that were not found"))


def region_totals(regions: Sequence[str], indicators: Sequence[str]) -> Html:
    """
    Sums of the districts' own figures by region, or how many districts are known.

    Parameters
    ----------
    regions, indicators : sequence of str
        Rows and columns.
    """
    observed = load.observations("districts")
    names = load.codelist("geographies")["name"]
    columns = {load.label("levels", "region"): [names[region] for region in regions]}
    for indicator_id in indicators:
        found = publication.totals(observed, indicator_id, regions)
        columns[load.indicator(indicator_id)["name"]] = [_summed(row, indicator_id)
                                                         for row in found.itertuples()]
    return frame(pd.DataFrame(columns), wording.pick(
        "同一时点有确数的区县，和片区的合计",
        "Units with an exact figure of one date, and the sum of the region"))


def _summed(row, indicator_id: str) -> str:
    unit = load.indicator(indicator_id)["unit"]
    when = wording.say("open") + wording.period(row.period) + wording.say("close") if row.period else ""
    if row.n_known == row.n_units:
        return wording.quantity(row.total, unit) + when
    return wording.pick(f"{row.n_units}个中有{row.n_known}个", f"{row.n_known} of {row.n_units} units") + when


def sources(source_ids: list[str]) -> Html:
    """Return the named sources with publisher, date and how directly each states the number."""
    rows = load.sources(sorted(set(source_ids)))
    tiers = load.codelist("tiers")["name"]
    document = wording.pick("文件", "Document")
    return _frame(pd.DataFrame({
        wording.pick("编号", "No."): rows["source_id"],
        document: rows["title"],
        wording.pick("发布者", "Publisher"): rows["publisher"],
        wording.pick("日期", "Date"): rows["published"],
        wording.pick("等级", "How direct"): rows["tier"].map(tiers),
    }), wording.say("sources"), {document: partial(quoted, say=escape)})
