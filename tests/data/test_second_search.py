"""Tests that what the second search found stands in the data as its sources printed it."""

from __future__ import annotations

import re

import pytest
from package import by, observations, table

# Transcribed: indicator, area, period, value, unit, qualifier, status, source.
FOUND = """
high_tech_enterprises 500000 2023-07 6401 enterprise exact I s148
high_tech_enterprises 500000 2024-04 7619 enterprise exact A s146
high_tech_enterprises 500000 2024-06 8449 enterprise exact A s147
high_tech_enterprises 500000 2026-01 10416 enterprise exact I s149
high_tech_enterprises_target 500113 2025 400 enterprise over A s150
high_tech_enterprises_target 500113 2027 500 enterprise over A s150
high_tech_enterprises_yoy_nominal 500000 2024-04 20 percent exact A s146
high_value_patents_per_100m_rd_target 500113 2027 17 patent_per_cny_100m exact A s151
htm_share_target 500113 2027 30 percent exact A s150
innovation_platforms_by_enterprises_target 500113 2027 100 platform exact A s151
innovation_platforms_municipal_plus 500000 2023-07 999 facility exact I s148
innovation_platforms_municipal_plus 500116 2026-02 220 platform exact I s163
listed_companies_target 500113 2027 10 enterprise exact A s151
listed_srdi_firms 500000 2023-02 19 enterprise exact A s152
little_giants 500000 2020 65 enterprise exact A s154
little_giants 500000 2024-06 286 enterprise exact A s147
little_giants 500101 2025-06 4 enterprise exact I s153
little_giants_target 500113 2027 25 enterprise over A s150
manufacturing_champions 500000 2024-06 13 enterprise exact A s147
municipal_manufacturing_champions_new 500000 2024-10 25 enterprise exact A s155
rd_firms_share_target 500113 2027 65 percent exact A s151
rd_institution_share_industrial_firms_target 500113 2027 60 percent exact A s151
rd_institutions_municipal_plus 500113 2024-07 145 facility exact I s137
rd_intensity_regions_above_national 100000 2022 7 region exact A s156
rd_intensity_regions_above_national 100000 2023 7 region exact A s157
rd_intensity_regions_above_national 100000 2024 7 region exact A s158
sci_tech_service_firms_new_target 500113 2027 20 enterprise exact A s151
sei_output_share_industrial_output_target 500113 2027 40 percent over A s150
sei_share_ytd 500000 2023Q3 31.9 percent exact B s160
srdi_smes_municipal 500000 2024-06 3850 enterprise exact A s147
srdi_smes_municipal 500101 2025-06 102 enterprise exact I s153
star_board_companies 500000 2023-07 3 enterprise exact I s148
star_board_companies 500000 2024-06 3 enterprise exact A s147
tech_contracts_target 500113 2027 100 cny_100m over A s151
tech_enterprises 500000 2023-07 5 enterprise_10k nearly I s148
tech_enterprises 500000 2024-04 6.2 enterprise_10k exact A s146
tech_enterprises 500000 2024-06 64533 enterprise exact A s147
tech_enterprises 500000 2026-01 7.68 enterprise_10k exact I s149
tech_enterprises X-liangjiang-new-area 2021H1 2740 enterprise exact A s162
tech_enterprises X-metro 2021H1 2.3 enterprise_10k exact A s162
tech_enterprises X-wansheng 2021 357 enterprise exact A s161
tech_enterprises_new 500153 2023 284 enterprise exact A s141
tech_enterprises_new_ytd 500107 2020Q1 53 enterprise exact A s135
tech_enterprises_new_ytd X-liangjiang-new-area 2021H1 521 enterprise exact A s162
tech_enterprises_target 500113 2025 7000 enterprise over A s150
tech_enterprises_target 500113 2027 9000 enterprise over A s150
tech_enterprises_yoy_nominal 500000 2024-04 37.7 percent exact A s146
"""
COLUMNS = ("indicator_id", "geo_id", "period", "value", "unit", "qualifier", "status", "source_id")
ABOVE, NATION, CITY = "rd_intensity_regions_above_national", "100000", "500000"


@pytest.mark.parametrize("line", FOUND.strip().splitlines(), ids=lambda line: "-".join(line.split()[:3]))
def test_a_row_stands_as_it_was_found_and_its_number_in_the_words_of_its_source(line):
    wanted = dict(zip(COLUMNS, line.split(), strict=True))
    key = ("indicator_id", "geo_id", "period")
    rows = [row for row in observations() if all(row[column] == wanted[column] for column in key)]
    assert [{column: row[column] for column in COLUMNS} for row in rows] == [wanted]
    words = by("sources", "source_id")[wanted["source_id"]]["evidence"]
    assert re.search(rf"(?<![\d.]){re.escape(wanted['value'])}(?!\d|\.\d)", words)


def test_what_several_reports_of_one_meeting_say_rests_on_one_source_and_says_so():
    stated = [row for row in observations() if row["geo_id"] == CITY and row["period"] == "2026-01"]
    assert {row["indicator_id"] for row in stated} == {"high_tech_enterprises", "tech_enterprises"}
    assert {row["source_id"] for row in stated} == {"s149"}
    logged = [row for row in table("data_log") if (row["geo_id"], row["period"]) == (CITY, "2026-01")]
    assert {row["indicator_id"] for row in logged} == {row["indicator_id"] for row in stated}
    for row in stated:
        assert row["status"] == "I"
        assert "只算一处依据" in row["note_zh"] and "one piece of evidence" in row["note_en"]


def test_the_regions_above_the_nation_are_named_without_chongqing_whose_own_figure_is_below():
    intensity = {
        (row["geo_id"], row["period"]): float(row["value"])
        for row in observations()
        if row["indicator_id"] == "rd_intensity"
    }
    counted = {row["period"]: row for row in observations() if row["indicator_id"] == ABOVE}
    assert sorted(counted) == ["2022", "2023", "2024"]
    for period, row in counted.items():
        named = [one for one in table("named_regions") if one["period"] == period]
        assert row["geo_id"] == NATION and len(named) == int(row["value"])
        assert [int(one["order"]) for one in named] == list(range(1, len(named) + 1))
        assert all(one["name_zh"] in row["note_zh"] and one["name_en"] in row["note_en"] for one in named)
        assert "重庆" not in {one["name_zh"] for one in named}
        assert intensity[CITY, period] < intensity[NATION, period]
