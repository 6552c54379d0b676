"""The clues as files: every clue is there, in both languages, with open ends empty."""

from __future__ import annotations

import csv
import io
import json

from shuangbei import load, measures
from shuangbei.publish import clues


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(clues.csv_file().decode())))


def test_the_table_has_a_row_for_every_range_and_for_every_area_of_an_elimination():
    areas = [area for one in measures.eliminations() for area in one.geo_ids]
    assert [row["clue_id"] for row in rows() if row["kind"] == "interval"] == [
        one.clue_id for one in measures.clues()
    ]
    assert [row["geo_id"] for row in rows() if row["kind"] == "elimination"] == areas


def test_an_open_end_is_empty_and_another_one_encloses_the_range():
    for row, one in zip(rows(), measures.clues(), strict=False):
        for end, inner in (("low", one.interval.low), ("high", one.interval.high)):
            assert (row[end] == "") == (inner is None)
        # Beyond the digits that are shown, binary arithmetic adds its own (19.4 - 0.35 - 0.05 < 19).
        assert row["low"] == "" or float(row["low"]) <= one.interval.low + 1e-9
        assert row["high"] == "" or float(row["high"]) >= one.interval.high - 1e-9


def test_the_list_names_for_every_input_its_row_or_its_commitment():
    held = {
        (row.indicator_id, row.geo_id, row.period, row.source_id)
        for topic in (*set(load.codelist("indicators")["topic"]), "districts")
        for row in load.observations(topic).itertuples()
    }
    for entry in json.loads(clues.json_file()):
        assert entry["assumptions"] and all(one["zh"] and one["en"] for one in entry["assumptions"])
        for one in entry.get("inputs", []):
            row = tuple(one[key] for key in ("indicator_id", "geo_id", "period", "source_id"))
            assert row in held or one["commitment_id"] in load.commitments().index
