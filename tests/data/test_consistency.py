"""Tests that the real data agree with the plan's text and with themselves."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

import pytest
from package import by, in_base_unit, name_of, observations, table

from shuangbei import periods

# Transcribed from the plan: id, section, indicator, area, due, relation, value, unit.
COMMITMENTS = """
hte-city-2025 1(2) high_tech_enterprises 500000 2025 gt 10000 enterprise
tse-city-2025 1(2) tech_enterprises 500000 2025 gt 67000 enterprise
hte-city-2027 1(2) high_tech_enterprises 500000 2027 gt 12800 enterprise
tse-city-2027 1(2) tech_enterprises 500000 2027 gt 86000 enterprise
hte-centre-2027 1(2) high_tech_enterprises X-central 2027 gt 7110 enterprise
tse-centre-2027 1(2) tech_enterprises X-central 2027 gt 46560 enterprise
hte-newurban-2027 1(2) high_tech_enterprises X-new-urban 2027 gt 4640 enterprise
tse-newurban-2027 1(2) tech_enterprises X-new-urban 2027 gt 29780 enterprise
hte-clusters-2027 1(2) high_tech_enterprises X-clusters 2027 gt 1060 enterprise
tse-clusters-2027 1(2) tech_enterprises X-clusters 2027 gt 9720 enterprise
little-giants-2027 1(2) little_giants 500000 2027 gt 500 enterprise
champions-2027 1(2) manufacturing_champions 500000 2027 gt 30 enterprise
sei-share-2027 1(2) sei_share 500000 2027 gt 36 percent
htm-share-2027 1(2) htm_share 500000 2027 ge 22 percent
listings-annual 2-4 new_listings 500000 each_year ge 10 enterprise
backbone-firms 2-4 backbone_enterprises 500000 plan_period eq 100 enterprise
supported-firms 2-4 supported_enterprises 500000 plan_period eq 1000 enterprise
platforms-2027 2-5 innovation_platforms_by_enterprises 500000 2027 ge 1000 platform
enterprise-rd-2027 2-6 enterprise_rd 500000 2027 gt 1000 cny_100m
rd-intensity-2027 2-6 rd_intensity 500000 2027 gt_benchmark - percent
incubator-area-2027 2-11 incubator_area 500000 2027 gt 1000 sqm_10k
sts-firms-2027 2-13 sci_tech_service_firms_new 500000 2027 eq 700 enterprise
tech-contracts-2027 2-14 tech_contracts 500000 2027 gt 1300 cny_100m
hv-patents-2027 2-15 high_value_patents_per_100m_rd 500000 2027 ge 17 patent_per_cny_100m
hv-patent-coverage 2-15 high_value_patent_coverage_hte 500000 none all 100 percent
patent-conversion 2-15 patent_conversion_campaign 500000 none campaign 1000 item
ip-financing 2-15 ip_financing 500000 none campaign 100 cny_100m
major-project-share 3(2) major_project_fund_share 500000 plan_period ge 70 percent
"""

# The plan's leading and responsible offices in its own order, task by task.
OFFICES = {
    "T01": "市科技局；市教委、市经济信息委、市国资委、市市场监管局",
    "T02": "市科技局、市经济信息委；市财政局、市国资委、重庆市税务局",
    "T03": "市招商投资局；市科技局、市经济信息委、市商务委、市国资委、市大数据发展局",
    "T04": "市科技局、市经济信息委；市国资委、市金融监管局",
    "T05": "市科技局；市发展改革委、市经济信息委、市国资委",
    "T06": "市科技局；市发展改革委、市经济信息委、市国资委、市知识产权局",
    "T07": "市发展改革委、市经济信息委；市科技局、市国资委、市大数据发展局",
    "T08": "两江新区管委会、西部科学城重庆高新区管委会、重庆经开区管委会；",
    "T09": "市发展改革委；市科技局、市经济信息委、市农业农村委、市商务委",
    "T10": "市教委；市科技局、市人力社保局",
    "T11": "市科技局；市教委、市经济信息委、市人力社保局",
    "T12": "市科技局；市教委、市财政局、市人力社保局、市国资委、市市场监管局、市知识产权局",
    "T13": "市发展改革委、市科技局；市大数据发展局",
    "T14": "市科技局；市教委",
    "T15": "市知识产权局；市教委、市科技局、市经济信息委、市国资委",
    "S1": "市科技局；市发展改革委、市教委、市经济信息委、市财政局、市国资委、重庆市税务局",
    "S2": "市财政局、市科技局；市经济信息委、市国资委",
    "S3": "市金融监管局；市科技局、市经济信息委、市财政局、市招商投资局、市知识产权局、人行重庆营管部、重庆银保监局、重庆证监局",
    "S4": "市科技局；市委组织部、市发展改革委、市教委、市经济信息委、市人力社保局、市规划自然资源局、市国资委",
    "S5": "市科技局；市经济信息委、市国资委、市统计局、市大数据发展局",
    "S6": "市委宣传部、市科技局；市经济信息委、市国资委",
}
WITH_EVERY_DISTRICT = {"S1", "S2", "S6"}

REGIONS = {
    "X-central": "渝中 大渡口 江北 沙坪坝 九龙坡 南岸 北碚 渝北 巴南",
    "X-new-urban": "涪陵 长寿 江津 合川 永川 南川 綦江 大足 璧山 铜梁 潼南 荣昌",
    "X-northeast": "万州 开州 梁平 城口 丰都 垫江 忠县 云阳 奉节 巫山 巫溪",
    "X-southeast": "黔江 武隆 石柱 秀山 酉阳 彭水",
}


def test_the_register_is_the_plans_28_commitments_in_its_order():
    columns = ("commitment_id", "section", "indicator_id", "geo_id")
    columns += ("due", "relation", "value", "unit")
    found = [[row[column] or "-" for column in columns] for row in table("commitments")]
    assert found == [line.split() for line in COMMITMENTS.strip().splitlines()]
    assert len(found) == 28


def test_what_the_plan_counts_from_its_own_start_begins_at_zero():
    for row in table("commitments"):
        assert (row["start"] == "0") == (row["kind"] == "cumulative"), row["commitment_id"]


def test_only_the_aim_for_listings_is_an_aspiration():
    rows = [row for row in table("commitments") if row["firmness"] == "aspiration"]
    assert [row["commitment_id"] for row in rows] == ["listings-annual"]


def test_the_regions_targets_add_up_to_the_citys():
    values = {row["commitment_id"]: Decimal(row["value"] or 0) for row in table("commitments")}
    for firms in ("hte", "tse"):
        parts = [values[f"{firms}-{region}-2027"] for region in ("centre", "newurban", "clusters")]
        city = values[f"{firms}-city-2027"]
        assert city <= sum(parts) <= city + 100


def test_there_are_15_tasks_and_6_safeguards_in_the_plans_order():
    sections = [row["section"] for row in sorted(table("tasks"), key=lambda r: int(r["order"]))]
    tasks = [f"2-{n}" for n in range(1, 16)]
    assert sections == tasks + [f"3({n})" for n in range(1, 7)]


@pytest.mark.parametrize("task", OFFICES)
def test_a_task_has_the_plans_offices_in_its_order(task):
    short = {row["agency_id"]: row["short_zh"] for row in table("agencies")}
    rows = [row for row in table("task_agencies") if row["task_id"] == task]
    rows.sort(key=lambda row: int(row["order"]))
    named = {
        role: "、".join(short[row["agency_id"]] for row in rows if row["role"] == role)
        for role in ("lead", "responsible", "every_district")
    }
    assert f"{named['lead']}；{named['responsible']}" == OFFICES[task]
    assert bool(named["every_district"]) == (task in WITH_EVERY_DISTRICT)


def test_a_commitment_hangs_on_the_task_whose_paragraph_states_it():
    sections = {row["task_id"]: row["section"] for row in table("tasks")}
    stated = {
        (row["commitment_id"], sections[row["task_id"]])
        for row in table("task_commitments")
        if row["link"] == "stated"
    }
    for row in table("commitments"):
        if row["section"] != "1(2)":
            assert (row["commitment_id"], row["section"]) in stated, row["commitment_id"]


@pytest.mark.parametrize("vintage, month", [("38", "2025-10"), ("37", "2025-11")])
def test_a_vintage_has_as_many_districts_as_it_says(vintage, month):
    districts = [
        row
        for row in table("geographies")
        if row["level"] == "district" and (row["valid_from"] or "0") <= month <= (row["valid_to"] or "9")
    ]
    stated = by("vintages", "vintage")[vintage]["n_units"]
    assert len(districts) == int(stated) == int(vintage)


def test_the_new_district_is_not_the_old_zone():
    areas = by("geographies", "geo_id")
    for code in ("500105", "500112"):
        assert areas[code]["valid_to"] == "2025-10"
        assert areas[code]["replaced_by"] == "500157"
    assert areas["500157"]["valid_from"] == "2025-11"
    assert areas["X-liangjiang-new-area"]["level"] == "zone"
    assert areas["X-liangjiang-new-area"]["valid_to"] == "2025-10"


@pytest.mark.parametrize("region", REGIONS)
def test_a_region_has_the_districts_of_the_plans_three_regions(region):
    rows = [r for r in table("geographies") if r["parent"] == region and r["geo_id"] != "500157"]
    names = [row["name_zh"] for row in rows]
    wanted = REGIONS[region].split()
    assert len(names) == len(wanted)
    assert all(any(name.startswith(short) for name in names) for short in wanted)


def test_whatever_overlaps_other_areas_is_never_added():
    for row in table("geographies"):
        overlaps = row["level"] == "zone" or row["geo_id"] == "X-metro"
        assert (row["additive"] == "false") == overlaps, row["geo_id"]


def test_shares_lie_between_0_and_100_and_their_rises_are_told_in_points():
    for row in observations():
        code = row["indicator_id"]
        if code.endswith("_rise"):
            assert row["unit"] == "percentage_point" and -100 < Decimal(row["value"]) < 100, name_of(row)
        elif "_share" in code or "_coverage" in code:
            assert row["unit"] == "percent", name_of(row)
            assert 0 <= Decimal(row["value"]) <= 100, name_of(row)


def test_a_growth_rate_is_named_as_one():
    units = {row["indicator_id"]: row["unit"] for row in table("indicators")}
    for code in units:
        if "_yoy" in code:
            assert units[code] == "percent"
            assert code.endswith(("_yoy_real", "_yoy_nominal")), code
        assert not code.endswith("_rate"), code


def test_districts_never_add_up_to_more_than_the_city():
    areas = by("geographies", "geo_id")
    quantities = {row["unit"]: row["quantity"] for row in table("units")}
    sums: Counter = Counter()
    for row in observations():
        area = areas[row["geo_id"]]
        summable = quantities[row["unit"]] in ("enterprises", "money", "platforms", "patents")
        if area["level"] == "district" and summable:
            sums[row["indicator_id"], row["period"]] += in_base_unit(row)
    compared = 0
    for row in observations():
        key = (row["indicator_id"], row["period"])
        if row["geo_id"] == "500000" and key in sums:
            compared += 1
            assert sums[key] <= in_base_unit(row), name_of(row)
    assert compared >= 3


def test_rd_intensity_is_rd_expenditure_per_gdp():
    values = {
        (row["indicator_id"], row["period"]): in_base_unit(row)
        for row in observations()
        if row["geo_id"] == "500000" and row["qualifier"] == "exact"
    }
    compared = 0
    for (indicator, period), intensity in values.items():
        parts = [values.get((name, period)) for name in ("rd_expenditure", "gdp")]
        if indicator == "rd_intensity" and all(parts):
            compared += 1
            assert abs(parts[0] / parts[1] * 100 - intensity) <= Decimal("0.02"), period
    assert compared >= 2


def test_a_part_is_not_larger_than_its_whole():
    pairs = [
        ("enterprise_rd", "rd_expenditure"),
        ("private_high_tech_enterprises", "private_tech_enterprises"),
        ("high_tech_enterprises", "tech_enterprises"),
        ("incubators_national", "incubators"),
        ("makerspaces_national", "makerspaces"),
        ("listed_companies_domestic", "listed_companies"),
    ]
    values = {(r["indicator_id"], r["geo_id"], r["period"]): r for r in observations()}
    compared = 0
    for part, whole in pairs:
        for (indicator, geo, period), row in values.items():
            other = values.get((whole, geo, period))
            if indicator == part and other:
                compared += 1
                assert in_base_unit(row) <= in_base_unit(other), name_of(row)
    assert compared >= 10


def test_a_first_published_value_belongs_to_a_milestone_and_to_an_observation():
    milestones = {(r["indicator_id"], r["geo_id"]) for r in table("commitments") if r["due"] == "2025"}
    printed = {(r["indicator_id"], r["geo_id"], r["period"]) for r in observations()}
    for row in table("first_values"):
        assert (row["indicator_id"], row["geo_id"]) in milestones
        assert (row["indicator_id"], row["geo_id"], row["period"]) in printed
        assert periods.span(row["period"])[1] <= periods.span("2025")[1]


def test_sources_are_in_the_order_of_their_numbers():
    sources = [row["source_id"] for row in table("sources")]
    assert sources == sorted(sources)


def test_excel_sorts_observations_as_the_check_wants_them():
    """Excel passes over hyphens, takes capitals as small letters, and "_" before digits."""
    keys = ("indicator_id", "geo_id", "period", "vintage")
    for topic in sorted({row["topic"] for row in table("indicators")}):
        rows = [tuple(row[key] for key in keys) for row in table(f"observations/{topic}")]
        by_excel = [tuple(_as_excel_compares(cell) for cell in row) for row in rows]
        assert rows and by_excel == sorted(by_excel), topic


def _as_excel_compares(cell: str) -> str:
    return cell.replace("-", "").replace("_", " ").lower()


def _implied_last_year(row: dict[str, str]) -> tuple[Decimal, Decimal] | None:
    """What the year before must have been by the rise that a bulletin prints, half a digit either way."""
    evidence = by("sources", "source_id")[row["source_id"]]["evidence"]
    said = re.search(re.escape(row["value"]) + r"%?,比上年提高([0-9.]+[0-9])", evidence)
    if said is None:
        return None
    last, half = Decimal(row["value"]) - Decimal(said[1]), Decimal("0.01")
    return last - half, last + half


def test_a_national_bulletin_that_counts_from_another_base_is_a_break_of_the_series():
    key = ("rd_intensity", "100000")
    rows = [row for row in observations() if (row["indicator_id"], row["geo_id"]) == key]
    nation = {row["period"]: row for row in rows}
    seen = {}
    for period, row in nation.items():
        implied, before = _implied_last_year(row), nation.get(str(int(period) - 1))
        if implied is None or before is None:
            continue
        printed, half = Decimal(before["value"]), Decimal("0.005")
        alike = implied[0] <= printed + half and printed - half <= implied[1]
        seen[period] = alike
        assert alike or row["status"] == "B", f"{period}: {before['value']} against {implied}"
    assert [period for period, alike in seen.items() if not alike] == ["2018", "2019", "2023", "2024"]
