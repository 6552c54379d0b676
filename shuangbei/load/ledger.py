"""The ledger of actions: what was publicly done under each task, by whom, and what was not seen."""

from __future__ import annotations

import pandas as pd

from shuangbei import memory
from shuangbei.load import tables

_NOWHERE = ""  # an office of the plan that a body is not


def actions() -> pd.DataFrame:
    """
    What was publicly done under the tasks and safeguards, newest first.

    Returns
    -------
    pandas.DataFrame, shape (n_actions, >= 20), indexed by ``action_id``
        The columns of ``actions.csv`` as text, with ``what`` and ``note`` in the language of the run,
        ``stage_name``, ``area`` (label of ``geo_id``) and ``actors`` (a tuple of names, empty where
        the source names nobody).  A year or month without a day comes after the days in it; rows
        without a date come last.
    """
    return _actions().copy(deep=False)


@memory.remembered
def _actions() -> pd.DataFrame:
    raw = tables.texts("actions", ("what", "note"))
    frame = raw.assign(
        stage_name=raw["stage"].map(tables.codelist("stages")["name"]),
        area=raw["geo_id"].map(tables.codelist("geographies")["name"]),
    ).set_index("action_id", drop=False)
    named = acting().groupby("action_id")["actor"].agg(tuple)
    frame["actors"] = [named.get(one, ()) for one in frame.index]
    # Text sorts as time does, and what is shorter, and so vaguer, stands behind what it holds.
    return frame.sort_values("date", ascending=False, kind="stable")


def acting() -> pd.DataFrame:
    """
    Who took which action.

    Returns
    -------
    pandas.DataFrame, shape (n_pairs, 5)
        ``action_id``, ``order``, ``actor_id``, ``actor`` (its name in the language of the run) and
        ``agency_id`` (the office of the plan that it is or belongs to, or ``""``); the bodies of an
        action in the order of its source.
    """
    pairs, bodies = tables.table("action_actors"), tables.codelist("actors")
    pairs = pairs.assign(
        actor=pairs["actor_id"].map(bodies["name"]), agency_id=pairs["actor_id"].map(bodies["agency_id"])
    )
    return pairs.sort_values("order", key=lambda order: order.astype(int), kind="stable")


def actions_of(agency_id: str) -> pd.DataFrame:
    """Return the :func:`actions` that an office of the plan took, alone or with others."""
    pairs = acting()
    own = set(pairs.loc[pairs["agency_id"] == agency_id, "action_id"]) if agency_id != _NOWHERE else set()
    frame = actions()
    return frame[frame.index.isin(own)]


def unseen(task_id: str) -> list[str]:
    """Return the parts of a task of which no public trace was seen, in the language of the run."""
    frame = tables.texts("action_gaps", ("what",))
    frame = frame[frame["task_id"] == task_id]
    return frame.sort_values("order", key=lambda order: order.astype(int))["what"].tolist()
