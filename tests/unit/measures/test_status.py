"""The assembly of the marks, on a small synthetic data package and on the codes of the real one."""

import json

import pytest
from status_keys import KEYS

from shuangbei import load, measures

FILES = {
    "edition.yaml": """\
edition: 2026Q3
cut_off: 2026-11-20
published: 2026-11-30
next_release: 2027-02-26
map_review_number: null
""",
    "units.csv": """\
unit,name_zh,name_en,quantity,factor,whole
enterprise,家,enterprises,enterprises,1,yes
enterprise_10k,万家,"10,000 enterprises",enterprises,10000,yes
percent,%,%,percent,1,no
cny_100m,亿元,CNY 100 million,money,1,no
cny_1bn,十亿元,CNY billion,money,10,no
""",
    "geographies.csv": """\
geo_id,name_zh,name_en,level
100000,全国,China,nation
500000,重庆市,Chongqing,city
""",
    "indicators.csv": """\
indicator_id,topic,name_zh,name_en,unit,decimals,basis,direction,cycle,expected_lag_days,in_steps
firms,things,企业,Firms,enterprise,0,point,up,year,180,yes
turnover,things,成交额,Turnover,cny_100m,2,period,up,year,120,no
intensity,things,强度,Intensity,percent,2,period,up,year,300,no
waste,things,浪费,Waste,percent,1,period,down,year,120,no
listings,things,上市,Listings,enterprise,0,period,up,year,60,no
""",
    "commitments.csv": """\
commitment_id,indicator_id,geo_id,due,relation,value,unit,kind,start
firms-2025,firms,500000,2025,gt,1.2,enterprise_10k,stock,
firms-2027,firms,500000,2027,gt,1.6,enterprise_10k,stock,
turnover-2027,turnover,500000,2027,gt,500,cny_100m,annual_flow,
new-2027,turnover,500000,2027,ge,400,cny_100m,cumulative,0
intensity-2027,intensity,500000,2027,gt_benchmark,,percent,benchmark,
waste-2027,waste,500000,2027,ge,5,percent,share,
listings,listings,500000,each_year,ge,10,enterprise,annual_flow,
listings-once,listings,500000,none,ge,10,enterprise,annual_flow,
listings-plan,listings,500000,plan_period,ge,50,enterprise,cumulative,0
nation-2027,firms,100000,2027,gt,5,enterprise,stock,
""",
    "observations/things.csv": """\
indicator_id,geo_id,period,vintage,value,unit,qualifier,status,source_id,note_zh,note_en
firms,500000,2022,all,0.80,enterprise_10k,exact,A,s1,,
firms,500000,2023,all,9000,enterprise,exact,A,s2,,
firms,500000,2024,all,10000,enterprise,exact,A,s2,,
firms,500000,2025,all,11600,enterprise,exact,A,s3,,
turnover,500000,2022,all,20,cny_1bn,exact,A,s1,,
turnover,500000,2024,all,300,cny_100m,exact,A,s4,,
turnover,500000,2025Q1,all,60,cny_100m,exact,A,s5,,
intensity,500000,2022,all,2.36,percent,exact,A,s1,,
intensity,500000,2024,all,2.60,percent,estimate,P,s6,,
intensity,100000,2022,all,2.54,percent,exact,A,s7,,
intensity,100000,2023,all,2.65,percent,exact,A,s7,,
intensity,100000,2024,all,2.69,percent,exact,A,s8,,
waste,500000,2022,all,10.0,percent,exact,A,s1,,
waste,500000,2024,all,9.0,percent,exact,A,s2,,
listings,500000,2022,all,9,enterprise,over,A,s1,,
listings,500000,2023,all,12,enterprise,exact,A,s2,,
listings,500000,2024,all,11,enterprise,exact,A,s3,,
listings,500000,2025,all,10,enterprise,exact,A,s4,,
""",
    "sources.csv": """\
source_id,tier
s1,authority
s2,authority
s3,quoted
s4,copy
s5,authority
s6,authority
s7,authority
s8,authority
s9,authority
s10,copy
""",
    "first_values.csv": """\
indicator_id,geo_id,period,value,unit,qualifier,published,source_id
firms,500000,2025,1.21,enterprise_10k,exact,2026-03,s9
firms,100000,2025,9,enterprise,exact,2026-03,s10
""",
}


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A folder with the synthetic files, in force as the data package."""
    (tmp_path / "observations").mkdir()
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("SHUANGBEI_DATA", str(tmp_path))
    return tmp_path


def entry(commitment_id):
    return {row["commitment_id"]: row for row in measures.register()}[commitment_id]


def change(package, name, old, new):
    path = package / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_register_has_the_published_keys_in_their_order(package):
    rows = measures.register()
    assert [list(row) for row in rows] == [KEYS] * 10
    assert rows[0]["commitment_id"] == "firms-2025"
    assert (rows[0]["edition"], rows[0]["as_of"]) == ("2026Q3", "2026-11-20")


def test_register_is_plain_json(package):
    rows = measures.register()
    assert json.loads(json.dumps(rows, allow_nan=False)) == rows


def test_values_are_in_the_unit_of_the_commitment(package):
    # 11600 firms are 1.16 of 10,000; the path at 2026.0 is the milestone, 1.2
    # D = (11600 - 8000) / (12000 - 8000) = 0.9
    row = entry("firms-2027")
    assert (row["latest_value"], row["required"]) == (1.16, 1.2)
    assert (row["to_date"], row["distance"]) == ("slightly_behind", 0.9)
    # 1200 a year: 11600 + 2 * 1200 = 14000 = 1.4; miss = 2000 / 4400 = .45
    assert (row["outlook"], row["projected"]) == ("unlikely", 1.4)


def test_the_sibling_of_2025_is_the_milestone_and_its_first_value_decides(package):
    # first published as 12100, more than 12000, today 11600
    found = measures.assess("firms-2027")
    assert found.path == ((2023.0, 8000.0), (2026.0, 12000.0), (2028.0, 16000.0))
    assert (found.milestone.mark, found.milestone.revised) == ("met", 11600.0)
    assert entry("firms-2025")["milestone"] == "met"
    assert measures.assess("firms-2025").path == ((2023.0, 8000.0), (2026.0, 12000.0))


def test_first_values_of_another_area_decide_nothing(package):
    change(package, "first_values.csv", "firms,500000,2025,1.21", "firms,500000,2024,0.90")
    assert entry("firms-2027")["milestone"] == "missed"
    assert entry("nation-2027")["milestone"] == "none"


def test_a_part_of_a_year_is_no_observation_of_an_annual_flow(package):
    # 20 billion is 200: P(2025.0) = 200 + 2/5 * 300 = 320; D = 100 / 120 = .8333
    row = entry("turnover-2027")
    assert (row["latest_period"], row["latest_value"]) == ("2024", 300)
    assert (row["distance"], row["required"]) == (0.8333, 320)
    assert row["source_ids"] == ["s1", "s4"]


def test_a_cumulative_quantity_starts_from_its_declared_start(package):
    assert measures.assess("new-2027").target.baseline == 0.0
    assert measures.assess("turnover-2027").target.baseline == 200.0


def test_benchmark_shows_the_city_and_the_level_that_the_path_asks_for(package):
    # gap -0.18 in 2022, -0.09 in 2024; path -0.108, beside the nation 2.69 - 0.108 = 2.582
    row = entry("intensity-2027")
    assert (row["latest_value"], row["required"], row["distance"]) == (2.6, 2.582, 1.25)
    assert (row["qualifier"], row["outlook_reason"]) == ("estimate", "too_few_observations")
    assert row["source_ids"] == ["s1", "s6", "s7", "s8"]


def test_benchmark_projects_the_gap_in_percentage_points(package):
    # gaps -0.225, -0.18, -0.17, -0.09: 0.045 a year, in 2027 -0.09 + 3 * 0.045 = 0.045
    change(
        package,
        "observations/things.csv",
        "intensity,500000,2024",
        "intensity,500000,2021,all,2.215,percent,exact,A,s6,,\n"
        "intensity,100000,2021,all,2.440,percent,exact,A,s6,,\n"
        "intensity,500000,2023,all,2.48,percent,exact,A,s6,,\nintensity,500000,2024",
    )
    assert (entry("intensity-2027")["outlook"], entry("intensity-2027")["projected"]) == ("likely", 0.045)


def test_direction_down_turns_the_sign(package):
    # P(2025.0) = 10 - 2/5 * 5 = 8; D = (10 - 9) / (10 - 8) = .5
    assert (entry("waste-2027")["to_date"], entry("waste-2027")["distance"]) == ("behind", 0.5)


def test_yearly_promise_carries_its_years(package):
    found = measures.assess("listings")
    assert [year.met for year in found.years] == [True, True, True, None, None]
    assert entry("listings")["to_date"] == "on_track"


def test_a_commitment_without_a_date_still_shows_its_latest_value(package):
    row = entry("listings-once")
    assert (row["to_date"], row["reason"], row["latest_value"]) == ("not_assessable", "no_due_date", 10)
    assert (row["milestone"], row["outlook_reason"]) == ("none", "no_due_date")


def test_the_plan_period_ends_with_2027(package):
    assert measures.assess("listings-plan").target.due_t == 2028.0


def test_a_bound_is_no_baseline(package):
    change(
        package,
        "observations/things.csv",
        "waste,500000,2022,all,10.0,percent,exact",
        "waste,500000,2022,all,10.0,percent,nearly",
    )
    assert entry("waste-2027")["reason"] == "no_baseline"


def test_no_observation_leaves_no_number(package):
    row = entry("nation-2027")
    assert row["reason"] == "no_observation"
    assert [
        row[key]
        for key in ("distance", "required", "latest_period", "latest_value", "qualifier", "projected")
    ] == [None] * 6
    assert row["source_ids"] == []


def test_one_changed_observation_changes_the_mark(package):
    change(package, "observations/things.csv", "waste,500000,2024,all,9.0", "waste,500000,2024,all,8.0")
    assert entry("waste-2027")["to_date"] == "on_track"


def test_an_unknown_commitment_is_refused(package):
    with pytest.raises(load.UnknownCode):
        measures.assess("no-such-commitment")


def test_marks_and_reasons_of_the_real_register_are_in_the_code_lists():
    known = set(zip(load.table("marks")["mark"], load.table("marks")["code"], strict=True))
    reasons = set(load.table("reasons")["code"]) | {None}
    rows = measures.register()
    ids = list(load.table("commitments")["commitment_id"])
    assert len(ids) == 28
    assert [row["commitment_id"] for row in rows] == ids
    for row in rows:
        assert {(mark, row[mark]) for mark in ("to_date", "milestone", "outlook")} <= known
        assert {row["reason"], row["milestone_reason"], row["outlook_reason"]} <= reasons
        assert (row["reason"] is None) == (row["to_date"] != "not_assessable")


def test_every_code_that_the_measures_know_is_in_a_code_list():
    assert set(load.table("cycles")["code"]) == set(measures.CYCLE_MONTHS)
    assert set(measures.BOUNDS) < set(load.table("qualifiers")["code"])
    assert set(measures.LASTING_KINDS) < set(load.table("kinds")["code"])
    assert set(load.table("commitments")["due"]) == {*measures.DUE_TIMES, "none"}


def test_marks_say_what_they_rest_on_and_how_far_rounding_reaches(package):
    # 300 +- .5 from 200 +- 5 (20, in billions): P = v0 + 2/5 * (500 - v0), D = (x - v0) / (P - v0)
    # 94.5 / 118 = .8008 to 105.5 / 122 = .8648
    row = entry("turnover-2027")
    assert (row["provisional"], row["neighbour"]) == (["reprint"], None)
    assert (row["distance_low"], row["distance_high"]) == (0.8008, 0.8648)
    intensity = entry("intensity-2027")
    assert intensity["provisional"] == ["estimate"]


def test_an_in_year_figure_of_a_stock_in_steps_is_told_beside_the_year_end(package):
    change(
        package,
        "observations/things.csv",
        "turnover,500000,2022",
        "firms,500000,2026-03,all,1.3,enterprise_10k,exact,I,s4,,\nturnover,500000,2022",
    )
    row = entry("firms-2027")
    assert (row["latest_period"], row["latest_value"]) == ("2025", 1.16)
    assert (row["in_year_period"], row["in_year_value"]) == ("2026-03", 1.3)
    assert entry("firms-2025")["to_date"] == "met_late"
