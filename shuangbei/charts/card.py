"""The card of a chart: identity, alternative text, sources, and the data as a table; draws nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, cast

import altair as alt
import pandas as pd
from altair.utils import schemapi

from shuangbei import load, periods, words
from shuangbei.charts import literal, theme, validity

alt.data_transformers.disable_max_rows()
schemapi.validate_jsonschema = validity.quick(schemapi.validate_jsonschema)

alt.renderers.register("shuangbei", theme.bundle)
if os.environ.get("SHUANGBEI_RENDERER") != "stock":
    alt.renderers.enable("shuangbei")


def identity(
    chart_id: str,
    title: str,
    alt_text: str,
    table: pd.DataFrame,
    unit: str,
    source_ids: list[str],
    *,
    published_rows: int | None = None,
) -> dict:
    """
    What a chart carries with it, so that the site can caption, describe and tabulate it.

    Parameters
    ----------
    chart_id : str
        Address of the figure, kebab case, unique on the site.
    table : pandas.DataFrame
        The data of the chart as people read them: labelled columns, formatted cells.  What is a
        number, a period or the number of a source is a :class:`shuangbei.words.Cell`.
    source_ids : list of str
        Rows of ``sources.csv``.
    published_rows : int, optional
        How many of the first rows are of published figures; by default all.

    Returns
    -------
    dict
        JSON.  ``table`` holds the words of the cells; ``file`` what a file of them holds
        (see :func:`_file`); ``span`` the codes of the first and the last period, or None.

    Raises
    ------
    ValueError
        If rows of published figures name a period, and one with a figure names none.
    """
    names = load.sources(source_ids)
    told = table.astype(str)
    # A column that says nothing in any row, such as notes that nobody made, is left out.
    told = told[[name for name in told.columns if table.empty or told[name].ne("").any()]]
    rows = table[told.columns].values.tolist()
    made: dict[str, Any] = {
        "id": chart_id,
        "title": words.practice_told(title),
        "alt": words.practice_told(alt_text),
        "unit": unit,
        "source_ids": source_ids,
        "publishers": list(dict.fromkeys(_publisher(row) for _, row in names.iterrows())),
        "table": {"columns": list(told.columns), "rows": told.values.tolist()},
        "edition": load.edition()["edition"],
    }
    if published_rows is not None:
        made["published_rows"] = published_rows
    values = {"file": _file(rows, len(told.columns)), "span": _span(chart_id, rows[:published_rows])}
    return {**made, **values}


def _file(rows: list[list[Any]], width: int) -> dict:
    """
    What a file of a table holds.

    ``columns`` has for each column of the table its ``values``, digits or words, empty where
    nothing is known, and whether the words of the page are to stand ``beside`` them, because they
    say more.  ``has_sources`` is whether a column names sources by their numbers.
    """
    sources = (getattr(cell, "sources", ()) for row in rows for cell in row)
    columns = [[row[place] for row in rows] for place in range(width)]
    return {"columns": [_values(cells) for cells in columns], "has_sources": any(sources)}


def _values(cells: list[Any]) -> dict:
    """A column is one of numbers if each cell that says something is a number."""
    told = [cell for cell in cells if str(cell) != words.NOTHING]
    numbers = [_number(cell) for cell in cells]
    if not any(numbers) or any(getattr(cell, "number", None) is None for cell in told):
        return {"values": [_words(cell) for cell in cells], "beside": False}
    return {"values": numbers, "beside": any(not cell.alone for cell in told)}


def _words(cell: Any) -> str:
    is_told = str(cell) != words.NOTHING and getattr(cell, "in_file", True)
    return str(cell) if is_told else ""


def _number(cell: Any) -> str:
    return getattr(cell, "number", None) or ""


def _span(chart_id: str, rows: list[list[Any]]) -> list[str] | None:
    """Periods of rows that say what: a year without a figure is none."""
    places = [i for row in rows for i, cell in enumerate(row) if getattr(cell, "period", "")]
    if not places:
        return None
    dated = [row[places[0]] for row in rows if _says_something(row, places[0])]
    strange = [str(cell) for cell in dated if not getattr(cell, "period", "")]
    if strange:
        raise ValueError(f"figure {chart_id}: not a period: {words.join(strange)}")
    codes = sorted((cell.period for cell in dated), key=periods.time_of)
    return [codes[0], codes[-1]] if codes else None


def _says_something(row: list[Any], place: int) -> bool:
    others = row[:place] + row[place + 1 :]
    return row[place] != words.NOTHING and (words.NOTHING not in others or any(map(_number, others)))


def _publisher(source: pd.Series) -> str:
    second_hand = words.pick("（转引）", " (quoted at second hand)")
    return source["publisher"] + (second_hand if source["tier"] == "copy" else "")


def figure(draw: Callable[[str], alt.TopLevelMixin], card: dict) -> alt.TopLevelMixin:
    """
    A chart for wide and narrow screens that carries its identity.

    Parameters
    ----------
    draw : callable
        ``draw("wide")`` and ``draw("narrow")`` return the two forms.
    card : dict
        From :func:`identity`.

    Returns
    -------
    altair chart
        The wide form; ``usermeta`` holds ``card`` and the specification of the narrow form.
    """
    # Altair would validate every part as it is made, and again the whole when it is written.
    with schemapi.debug_mode(False):
        wide, narrow = (
            _marked(draw(width)).properties(description=card["alt"]) for width in ("wide", "narrow")
        )
    return wide.properties(usermeta={**card, "narrow": literal.Literal(narrow.to_dict())})


def _marked(chart: alt.TopLevelMixin) -> alt.TopLevelMixin:
    """In a practice edition the chart under the words that its figures are no real ones."""
    if not load.is_practice():
        return chart
    title = cast(alt.Chart, chart).title
    own = title.to_dict() if isinstance(title, alt.TitleParams) else {}
    said = [line for key in ("text", "subtitle") for line in _lines(own.get(key, []))]
    below = {"subtitle": said, "subtitleFontSize": 13, "subtitleColor": theme.INK} if said else {}
    warning = {"text": words.practice_mark(), "fontSize": 15, "color": words.PRACTICE_COLOUR}
    return chart.properties(title=alt.Title(**{"anchor": "start", **own, **below, **warning}))


def _lines(words: str | list[str]) -> list[str]:
    return [words] if isinstance(words, str) else words


def table(series: pd.DataFrame, unit_name: str) -> pd.DataFrame:
    """
    The table behind a chart of published values: period, value, kind of figure, source.

    Parameters
    ----------
    series : pandas.DataFrame
        Rows of :func:`shuangbei.load.observations` of one indicator and area.
    """
    about = load.indicator(series["indicator_id"].iloc[0])
    rows = list(series.itertuples())
    return pd.DataFrame(
        {
            words.say("period"): [words.period_cell(code) for code in series["period"]],
            words.headed(words.say("value"), unit_name): [words.printed(row, about) for row in rows],
            words.say("qualifier"): [words.kind_of_figure(row) for row in rows],
            words.say("sources"): [words.sources_cell([one]) for one in series["source_id"]],
        }
    )


def said(row, unit: str) -> str:
    """Return the value with its unit and the word that makes it a bound or an estimate."""
    about = load.indicator(row.indicator_id)
    return words.qualified(row.value, unit, row.qualifier, words.decimals(row, about))
