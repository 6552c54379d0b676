"""Tests of the ledger of actions as it comes in: order, bodies, offices, what was not seen."""

from __future__ import annotations

import pandas as pd
import pytest

from shuangbei import load
from shuangbei.load import ledger, tables


@pytest.fixture()
def three(monkeypatch):
    """Replace two tables by few rows of the test alone."""
    rows = {
        "actions": pd.DataFrame(
            {
                "action_id": ["a1", "a2", "a3", "a4", "a5"],
                "date": ["", "2023", "2023-05-09", "2024-01", "2023-05"],
                **{key: [""] * 5 for key in ("what_zh", "what_en", "note_zh", "note_en")},
                "stage": ["issued"] * 5,
                "geo_id": ["500000"] * 5,
            }
        ),
        "action_actors": pd.DataFrame(
            {
                "action_id": ["a2", "a2", "a3"],
                "order": ["10", "9", "1"],
                "actor_id": ["czj", "kjj", "gov"],
            }
        ),
    }
    read = tables.table
    monkeypatch.setattr(tables, "table", lambda name: rows.get(name) if name in rows else read(name))
    return ledger._actions.__wrapped__()


def test_the_newest_comes_first_a_vague_date_after_what_it_may_hold_and_no_date_last(three):
    assert list(three["action_id"]) == ["a4", "a3", "a5", "a2", "a1"]


def test_bodies_stand_in_the_order_of_the_source_and_none_is_invented(three):
    assert three.loc["a2", "actors"] == ("重庆市科学技术局", "重庆市财政局")
    assert three.loc["a1", "actors"] == ()


def test_an_office_of_the_plan_gets_what_its_parts_and_successors_did():
    own = load.actions_of("gxq")
    pairs = load.acting()
    named = set(pairs.loc[pairs["action_id"].isin(own.index), "actor_id"])
    assert {"gxq", "gxq_kcj", "gxq_fgj"} <= named
    assert "pbc" in set(pairs.loc[pairs["agency_id"] == "pbc_cq", "actor_id"])


def test_a_body_that_is_no_office_of_the_plan_belongs_to_none():
    assert load.actions_of("").empty
    assert load.actions_of("jkq").empty


def test_what_was_not_seen_is_told_in_the_language_of_the_run(speak):
    assert load.unseen("T02")[0] == "全市的高新技术企业后备库"
    speak("en")
    assert load.unseen("T02")[0] == "The city’s reserve pool of high-tech enterprises"
    assert load.unseen("T99") == []
