"""Tests that the register says of each commitment what the prose of book/method.md makes of the data."""

from __future__ import annotations

from functools import cache

import by_hand
import pytest
from package import table

from shuangbei import measures

COMMITMENTS = [row["commitment_id"] for row in table("commitments")]


@cache
def registered() -> dict[str, dict]:
    """The register by commitment."""
    return {status["commitment_id"]: status for status in measures.register()}


def _as_the_register_writes(marks: by_hand.Marks) -> dict:
    worked = marks._asdict()
    distance = worked["distance"]
    return {
        **worked,
        "distance": None if distance is None else round(float(distance), 4),
        "provisional": list(worked["provisional"]),
    }


@pytest.mark.parametrize("commitment", COMMITMENTS)
def test_the_marks_of_a_commitment_are_those_that_the_prose_of_the_method_gives(commitment):
    worked = _as_the_register_writes(by_hand.work_out(commitment))
    assert {field: registered()[commitment][field] for field in worked} == worked


def test_all_28_commitments_are_worked_out():
    assert len(COMMITMENTS) == len(registered()) == 28
