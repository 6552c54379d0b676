"""The card of a chart: identity, alternative text, sources, and the data as a table; draws nothing."""

from __future__ import annotations

import os
from collections.abc import Callable

import altair as alt
import pandas as pd
from altair.utils.schemapi import debug_mode

from shuangbei import load, words
from shuangbei.charts import literal, theme

alt.data_transformers.disable_max_rows()

alt.renderers.register("shuangbei", theme.bundle)
if os.environ.get("SHUANGBEI_RENDERER") != "stock":
    alt.renderers.enable("shuangbei")


def identity(
    chart_id: str, title: str, alt_text: str, table: pd.DataFrame, unit: str, source_ids: list[str]
) -> dict:
    """
    What a chart carries with it, so that the site can caption, describe and tabulate it.

    Parameters
    ----------
    chart_id : str
        Address of the figure, kebab case, unique on the site.
    table : pandas.DataFrame
        The data of the chart as people read them: labelled columns, formatted cells.
    source_ids : list of str
        Rows of ``sources.csv``.
    """
    names = load.sources(source_ids)
    told = table.astype(str)
    # A column that says nothing in any row, such as notes that nobody made, is left out.
    told = told[[name for name in told.columns if table.empty or told[name].ne("").any()]]
    return {
        "id": chart_id,
        "title": words.practice_told(title),
        "alt": words.practice_told(alt_text),
        "unit": unit,
        "source_ids": source_ids,
        "publishers": list(dict.fromkeys(_publisher(row) for _, row in names.iterrows())),
        "table": {"columns": list(told.columns), "rows": told.values.tolist()},
        "edition": load.edition()["edition"],
    }


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
    with debug_mode(False):
        wide, narrow = (
            _marked(draw(width)).properties(description=card["alt"]) for width in ("wide", "narrow")
        )
    return wide.properties(usermeta={**card, "narrow": literal.Literal(narrow.to_dict())})


def _marked(chart: alt.TopLevelMixin) -> alt.TopLevelMixin:
    """In a practice edition the chart under the words that its figures are no real ones."""
    if not load.is_practice():
        return chart
    own = chart.title.to_dict() if isinstance(chart.title, alt.TitleParams) else {}
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
            words.say("period"): series["period"].map(words.period),
            words.headed(words.say("value"), unit_name): [words.printed(row, about) for row in rows],
            words.say("qualifier"): [words.kind_of_figure(row) for row in rows],
            words.say("sources"): series["source_id"],
        }
    )


def said(row, unit: str) -> str:
    """Return the value with its unit and the word that makes it a bound or an estimate."""
    about = load.indicator(row.indicator_id)
    return words.qualified(row.value, unit, row.qualifier, words.decimals(row, about))
