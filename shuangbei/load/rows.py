"""What a row has when a loop goes over a table of data/: the columns that are asked for, as attributes."""

from __future__ import annotations

from typing import Protocol


class ObservationRow(Protocol):
    """A row of :func:`shuangbei.load.observations`."""

    indicator_id: str
    geo_id: str
    period: str
    vintage: str
    t: float
    value: float
    half_step: float
    qualifier: str
    status: str
    unit: str
    source_id: str
    printed: str
    indicator: str
    geo: str
    note: str


class CommitmentRow(Protocol):
    """A row of :func:`shuangbei.load.commitments`."""

    commitment_id: str
    indicator_id: str
    geo_id: str
    relation: str
    value: float
    unit: str


class TileRow(Protocol):
    """A row of :func:`shuangbei.load.tiles`."""

    geo_id: str
    column: int
    row: int


class MoveRow(Protocol):
    """A row of :func:`shuangbei.load.crosswalk`."""

    geo_id: str
    successor: str
    share: str
    what: str
    source_id: str


class ChoiceRow(Protocol):
    """A row of ``data_log.csv``: what was taken and what was not, in the language of the run."""

    indicator_id: str
    geo_id: str
    period: str
    other_value: str
    other_source: str


class TaskCommitmentRow(Protocol):
    """A row of ``task_commitments.csv``."""

    task_id: str
    commitment_id: str
    link: str


class TaskAgencyRow(Protocol):
    """A row of ``task_agencies.csv``."""

    task_id: str
    agency_id: str
    role: str


class TaskPlaceRow(Protocol):
    """A row of ``task_places.csv``, in the language of the run."""

    task_id: str
    geo_id: str
    how: str
    what: str
    source_id: str


class ActionRow(Protocol):
    """A row of :func:`shuangbei.load.actions`."""

    action_id: str
    task_id: str
    date: str
    geo_id: str
    stage: str
    stage_name: str
    what: str
    note: str
    area: str
    actors: tuple[str, ...]
    with_others: str
    source_id: str
