"""Typed and labelled frames of the data package; every file of data/ is read here or in check/."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import cast

import pandas as pd
import yaml

from shuangbei import memory, paths, periods

CITY = "500000"
NATION = "100000"
TARGET = "_target"  # ends the id of an indicator that is a target set below the city
_LABELS = ("name", "definition", "reading", "note", "reason")
# Columns whose Chinese, or rather original, stands without a suffix beside an English twin.
_QUOTED = ("title", "publisher", "licence", "other_value", "other_source")


class UnknownCode(KeyError):
    """A code that its list does not hold."""

    def __init__(self, kind: str, code: str, allowed: list[str]) -> None:
        super().__init__(f"{kind} {code!r} is not in the data; known: {', '.join(allowed)}")


@memory.remembered
def _read_csv(name: str) -> pd.DataFrame:
    path = paths.opened(paths.data_dir() / f"{name}.csv")
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


@memory.remembered
def _read_yaml(name: str) -> dict[str, object]:
    path = paths.opened(paths.data_dir() / f"{name}.yaml")
    content: dict[str, object] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def content(name: str) -> dict[str, object]:
    """Return what a YAML file of the data package holds, such as ``derivations``."""
    return dict(_read_yaml(name))


def table(name: str) -> pd.DataFrame:
    """
    One file of the data package as printed: all columns text, empty cells ``""``.

    Parameters
    ----------
    name : str
        File below ``data/`` without ``.csv``, such as ``sources`` or ``observations/research``.

    Returns
    -------
    pandas.DataFrame, shape (n_rows, n_columns)
        In the order of the file; changing it changes nobody else's (copy on write).
    """
    return _read_csv(name).copy(deep=False)


def _in_language(frame: pd.DataFrame, stems: tuple[str, ...]) -> pd.DataFrame:
    suffix = paths.language()
    kept = {f"{stem}_original": frame[stem] for stem in stems if {stem, f"{stem}_en"} <= set(frame)}
    found = {stem: frame[f"{stem}_{suffix}"] for stem in stems if f"{stem}_{suffix}" in frame}
    return frame.assign(**kept, **found)


def texts(name: str, stems: tuple[str, ...]) -> pd.DataFrame:
    """Return a :func:`table` with the texts ``stems`` in the language of the run."""
    return _in_language(table(name), stems)


def codelist(name: str) -> pd.DataFrame:
    """
    A code list, indexed by its first column, with labels in the language of the run.

    Returns
    -------
    pandas.DataFrame
        The raw columns and, where the list has both languages, ``name``, ``definition``,
        ``reading``, ``note`` and ``reason`` in that of the run; ``title``, ``publisher``,
        ``licence``, ``other_value``, ``other_source`` too, and ``title_original`` and so on as
        the source has them.
    """
    return _codes(name).copy(deep=False)


@memory.remembered
def _codes(name: str) -> pd.DataFrame:
    frame = _in_language(_read_csv(name), _LABELS + _QUOTED)
    return frame.set_index(frame.columns[0], drop=False)


@memory.remembered
def _row(name: str, code: str) -> pd.Series | None:
    frame = _codes(name)
    # Codes are told apart, so that one of them is one row.
    return cast(pd.Series, frame.loc[code]) if code in frame.index else None


def label(name: str, code: str) -> str:
    """
    The label of one code in the language of the run.

    Raises
    ------
    UnknownCode
        If the list ``name`` does not hold ``code``.
    """
    return str(row(name, code)["name"])


def half_step(printed: str) -> float:
    """
    Half of the last printed digit of a number: 0.5 for ``9123``, 0.005 for ``3.69``.

    Examples
    --------
    >>> half_step("9123"), half_step("3.69")
    (0.5, 0.005)
    """
    decimals = len(printed.partition(".")[2])
    return float(0.5 / 10**decimals)


def rounding(rows: pd.DataFrame) -> pd.Series:
    """
    How far the true number may lie from each printed one, either way.

    Half of the last printed digit.  What exists in whole numbers only and is printed to the single
    unit was not rounded: 9123 enterprises are 9123, while 3.69 times 10 000 may be 50 more or less.

    Parameters
    ----------
    rows : pandas.DataFrame
        Texts as they stand in ``data/``: ``value`` and ``unit``.

    Returns
    -------
    pandas.Series of float
        In the base unit of the quantity.
    """
    units = codelist("units")
    factor = rows["unit"].map(units["factor"]).astype(float)
    half = rows["value"].map(half_step).astype(float) * factor
    to_the_unit = (rows["unit"].map(units["whole"]) == "yes") & (factor == 1) & (half == 0.5)
    return half.mask(to_the_unit, 0.0)


def observations(topic: str) -> pd.DataFrame:
    """
    The observations of one topic, typed and labelled.

    Parameters
    ----------
    topic : str
        A file of ``data/observations/``, such as ``enterprises``.

    Returns
    -------
    pandas.DataFrame, one row per (``indicator_id``, ``geo_id``, ``period``, ``vintage``)
        The columns of the file with ``value`` and ``half_step`` (float, in the base unit of
        the indicator's quantity; see :func:`rounding`), ``printed`` (the number as the source printed it), ``t``
        (end of the period in decimal years), ``indicator``, ``geo`` and ``note`` (labels).
        Sorted by indicator, area and time; changing it changes nobody else's.
    """
    return _observations(topic).copy(deep=False)


@memory.remembered
def _observations(topic: str) -> pd.DataFrame:
    raw = texts(f"observations/{topic}", ("note",))
    factor = raw["unit"].map(codelist("units")["factor"]).map(Decimal)
    typed = raw.assign(
        printed=raw["value"],
        # Decimal: 1.13 times 10000 is 11300 and not 11299.999999999998.
        value=(raw["value"].map(Decimal) * factor).astype(float),
        half_step=rounding(raw),
        t=raw["period"].map(periods.time_of).astype(float),
        indicator=raw["indicator_id"].map(codelist("indicators")["name"]),
        geo=raw["geo_id"].map(codelist("geographies")["name"]),
    )
    return typed.sort_values(["indicator_id", "geo_id", "t"], ignore_index=True)


def of_indicators(*patterns: str, topic: str = "districts") -> pd.DataFrame:
    """
    The :func:`observations` of some indicators: what rests on them rests on no other row of the file.

    Parameters
    ----------
    *patterns : str
        Ids of indicators, or patterns such as ``*_target``.
    topic : str
        A file of ``data/observations/``.

    Returns
    -------
    pandas.DataFrame, shape (n_rows, >= 17)
        Rows in the order and columns as :func:`observations` gives them; empty where there is none.
    """
    return _of_indicators(patterns, topic).copy(deep=False)


@memory.remembered
def _of_indicators(patterns: tuple[str, ...], topic: str) -> pd.DataFrame:
    known = codelist("indicators").index
    chosen = [one for one in known if any(fnmatchcase(one, pattern) for pattern in patterns)]
    path = paths.data_dir() / f"observations/{topic}.csv"
    with paths.recording(apart=True) as opened:
        frame = observations(topic)
    for one in opened - {path}:
        paths.opened(one)
    for one in chosen:
        paths.opened(path, f"indicator_id={one}")
    return frame[frame["indicator_id"].isin(chosen)].reset_index(drop=True)


def is_target(indicator_ids: pd.Series) -> pd.Series:
    """
    Which indicators are targets set below the city, by districts and zones.

    Parameters
    ----------
    indicator_ids : pandas.Series of str
        Such as the column of :func:`observations`.

    Returns
    -------
    pandas.Series of bool
        In the order and with the index of ``indicator_ids``.
    """
    return indicator_ids.str.endswith(TARGET)


def measured_by(target_ids: pd.Series) -> pd.Series:
    """
    Return the indicators that targets are measured by.

    Examples
    --------
    >>> measured_by(pd.Series(["tech_enterprises_target"])).tolist()
    ['tech_enterprises']
    """
    return target_ids.str.removesuffix(TARGET)


def split(frame: pd.DataFrame, column: str) -> dict[str, pd.DataFrame]:
    """
    The rows of each value of a column, for what asks for one value after the other.

    Returns
    -------
    dict of str to pandas.DataFrame
        Rows in the order of ``frame``, with its index; a value that no row has is missing.
    """
    return {str(value): rows for value, rows in frame.groupby(column, sort=False)}


def indicator(indicator_id: str) -> pd.Series:
    """Return one row of the indicators with its labels; :class:`UnknownCode` if there is none."""
    return row("indicators", indicator_id)


def commitments() -> pd.DataFrame:
    """
    The register of commitments in the plan's order, ``value`` as float (NaN where none is set).

    Returns
    -------
    pandas.DataFrame, shape (28, >= 16), indexed by ``commitment_id``
    """
    return _commitments().copy(deep=False)


@memory.remembered
def _commitments() -> pd.DataFrame:
    frame = codelist("commitments")
    numbers = {column: pd.to_numeric(frame[column]) for column in ("value", "start")}
    return frame.assign(**numbers)


def commitment(commitment_id: str) -> pd.Series:
    """
    One row of :func:`commitments`.

    Raises
    ------
    UnknownCode
        If the register does not hold ``commitment_id``.
    """
    frame = commitments()
    if commitment_id not in frame.index:
        raise UnknownCode("commitment", commitment_id, list(frame.index))
    return cast(pd.Series, frame.loc[commitment_id])


def series(indicator_id: str, geo_id: str = CITY) -> pd.DataFrame:
    """
    The observations of one indicator in one area, in time order; empty where none is public.

    Returns
    -------
    pandas.DataFrame, shape (n_periods, >= 17)
        Columns of :func:`observations`; the unit of an indicator is the base unit.

    Raises
    ------
    UnknownCode
        If the indicator or the area is not in its code list.
    """
    return _series(indicator_id, geo_id).copy(deep=False)


@memory.remembered
def _series(indicator_id: str, geo_id: str) -> pd.DataFrame:
    wide = row("geographies", geo_id)["level"] in ("nation", "city")  # all others lie in one file
    frame = _of_indicators((indicator_id,), indicator(indicator_id)["topic"] if wide else "districts")
    return frame[frame["geo_id"] == geo_id].reset_index(drop=True)


def sources(source_ids: list[str]) -> pd.DataFrame:
    """
    The rows of the named sources, in the order of the ids, in the language of the run.

    Returns
    -------
    pandas.DataFrame
        The columns of ``sources.csv`` as :func:`codelist` gives them; ``evidence`` is a quotation
        and stays as it is.

    Raises
    ------
    UnknownCode
        If a source is not in ``sources.csv``.
    """
    frame = codelist("sources")
    for unknown in (one for one in source_ids if one not in frame.index):
        raise UnknownCode("source", unknown, [*list(frame.index[:5]), "…"])
    return frame.loc[list(source_ids)]


def edition() -> dict[str, str]:
    """
    Return ``edition``, ``cut_off``, ``published``, ``next_release`` (ISO dates) and more as text.

    ``map_review_number`` is ``""`` until a number has been granted.
    """
    raw = _read_yaml("edition")
    return {key: "" if value is None else str(value) for key, value in raw.items()}


def is_practice() -> bool:
    """Tell whether the districts' figures are invented: ``practice: true`` in edition.yaml."""
    return edition().get("practice") == "True"


def cut_off() -> dt.date:
    """Return the day up to which the edition's data were gathered; that day itself is over."""
    return dt.date.fromisoformat(edition()["cut_off"])


def row(name: str, code: str) -> pd.Series:
    """Return one row of a code list, with labels; raise UnknownCode if the list does not hold it."""
    found = _row(name, code)
    if found is None:
        raise UnknownCode(name, code, list(codelist(name).index))
    return found.copy(deep=False)
