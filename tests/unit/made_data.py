"""A small made data package: ten commitments with their figures, clues and gaps; asserts nothing.

The code lists are those of the project; all that a new edition changes is made here, so that no figure
that comes in can break what a test of one function says.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from shuangbei import paths

TABLES = {
    "edition.yaml": """\
edition: 2026Q3
cut_off: 2026-11-20
published: 2026-11-30
next_release: 2027-02-26
map_review_number: null
maps: boundaries
""",
    "indicators.csv": """\
indicator_id,topic,name_zh,name_en,definition_zh,definition_en,unit,decimals,basis,direction,agency_id,cycle,expected_lag_days,in_steps
firms,made,企业数,Firms,企业。,Firms.,enterprise,0,point,up,kjj,year,180,yes
private_firms,made,民营企业数,Private firms,民营企业。,Private firms.,enterprise,0,point,none,kjj,year,180,no
private_share,made,民营企业占比,Share of private firms,占比。,A share.,percent,0,point,none,kjj,year,180,no
firms_growth,made,企业数增速,Growth of firms,增速。,Growth.,percent,2,period,none,kjj,year,180,no
shops,made,商店数,Shops,商店。,Shops.,enterprise,0,point,up,kjj,year,180,yes
shops_new,made,新增商店数,New shops,新增。,New ones.,enterprise,0,period,none,kjj,year,180,no
spending,made,企业经费,Spending of firms,经费。,Spending.,cny_100m,2,period,up,tjj,year,300,no
all_spending,made,全部经费,All spending,全部经费。,All spending.,cny_100m,2,period,none,tjj,year,300,no
intensity,made,强度,Intensity,强度。,Intensity.,percent,2,period,up,tjj,year,300,no
gdp,made,总量,Output,总量。,Output.,cny_100m,2,period,none,tjj,year,30,no
prizes,made,获奖数,Prizes,获奖。,Prizes.,enterprise,0,point,up,kjj,irregular,60,no
medals,made,奖章数,Medals,奖章。,Medals.,enterprise,0,point,up,kjj,irregular,60,no
labs,made,实验室数,Laboratories,实验室。,Laboratories.,facility,0,point,up,kjj,year,180,no
""",
    "commitments.csv": """\
commitment_id,section,indicator_id,geo_id,due,relation,value,unit,kind,firmness,start,chapter,name_zh,name_en,reading_zh,reading_en
firms-2025,1(2),firms,500000,2025,gt,1600,enterprise,stock,firm,,made,企业数（2025年）,"Firms, 2025",2025年底企业多于1600家。,More than 1600 firms at the end of 2025.
firms-2027,1(2),firms,500000,2027,gt,2000,enterprise,stock,firm,,made,企业数（2027年）,"Firms, 2027",2027年底企业多于2000家。,More than 2000 firms at the end of 2027.
shops-2027,1(2),shops,500000,2027,gt,86000,enterprise,stock,firm,,made,商店数（2027年）,"Shops, 2027",2027年底商店多于86000家。,More than 86000 shops at the end of 2027.
centre-2027,1(2),firms,X-central,2027,gt,900,enterprise,stock,firm,,made,中心城区企业数（2027年）,"Firms in the centre, 2027",2027年底中心城区企业多于900家。,More than 900 firms in the centre at the end of 2027.
spending-2027,2-6,spending,500000,2027,gt,1000,cny_100m,annual_flow,firm,,made,企业经费（2027年）,"Spending, 2027",2027年企业经费多于1000亿元。,Firms spend more than CNY 100 billion in 2027.
intensity-2027,2-6,intensity,500000,2027,gt_benchmark,,percent,benchmark,firm,,made,强度（2027年）,"Intensity, 2027",2027年强度高于全国。,Intensity above the nation in 2027.
prizes-2027,2-4,prizes,500000,2027,gt,30,enterprise,stock,firm,,made,获奖数（2027年）,"Prizes, 2027",2027年底获奖企业多于30家。,More than 30 firms with prizes at the end of 2027.
labs-2027,2-5,labs,500000,2027,ge,1000,facility,cumulative,firm,0,made,实验室数（2027年）,"Laboratories, 2027",到2027年新建实验室1000个。,"1,000 new laboratories by 2027."
medals,2-4,medals,500000,none,ge,10,enterprise,campaign,direction,,made,奖章数,Medals,奖章10枚。,Ten medals.
listed,2-4,private_firms,500000,each_year,ge,10,enterprise,annual_flow,aspiration,,made,每年新增,New each year,每年新增10家。,Ten more each year.
""",
    "first_values.csv": "indicator_id,geo_id,period,value,unit,qualifier,published,source_id\n",
    "observations/made.csv": """\
indicator_id,geo_id,period,vintage,value,unit,qualifier,status,source_id,note_zh,note_en
firms,500000,2019,all,700,enterprise,exact,A,s1,,
firms,500000,2021,all,900,enterprise,exact,A,s1,,
firms,500000,2022,all,1000,enterprise,exact,A,s1,,
firms,500000,2023,all,1150,enterprise,exact,A,s2,,
firms,500000,2025-10,all,1400,enterprise,exact,A,s3,,
private_firms,500000,2024,all,8042,enterprise,exact,A,s4,,
private_share,500000,2024,all,91,percent,exact,A,s4,,
firms_growth,500000,2025,all,14.11,percent,exact,A,s5,,
shops,500000,2022,all,43000,enterprise,exact,A,s1,,
shops,500000,2023,all,58524,enterprise,exact,A,s2,,
shops_new,500000,2024,all,1.1,enterprise_10k,over,A,s3,,
all_spending,500000,2022,all,686.65,cny_100m,exact,A,s1,,
all_spending,500000,2021,all,603.84,cny_100m,exact,A,s1,,
gdp,500000,2021,all,27894.02,cny_100m,exact,A,s1,,
gdp,500000,2024,all,32193.15,cny_100m,exact,A,s1,,
intensity,500000,2022,all,2.36,percent,exact,A,s1,,
intensity,500000,2024,all,2.6,percent,estimate,P,s2,,
intensity,100000,2022,all,2.54,percent,exact,A,s1,,
intensity,100000,2023,all,2.65,percent,exact,A,s1,,
intensity,100000,2024,all,2.69,percent,exact,B,s2,,
prizes,500000,2024-06,all,13,enterprise,exact,A,s6,,
""",
    "observations/districts.csv": """\
indicator_id,geo_id,period,vintage,value,unit,qualifier,status,source_id,note_zh,note_en
firms,500106,2023,38,120,enterprise,exact,A,s7,,
firms,500107,2023,38,260,enterprise,exact,A,s7,,
""",
    "nearest.csv": """\
commitment_id,indicator_id,geo_id,note_zh,note_en
firms-2027,private_firms,500000,只含民营企业。,Private firms only.
spending-2027,all_spending,500000,是各方面的经费。,The spending of all.
""",
    "gaps.csv": """\
commitment_id,indicator_id,geo_id,periods,reason,agency_id,expected,note_zh,note_en
firms-2025,firms,500000,2025,not_found,kjj,,没有查到。,Not found.
firms-2027,firms,500000,2020,not_found,kjj,,没有查到。,Not found.
centre-2027,firms,X-central,2022-2027,not_found,kjj,,没有查到。,Not found.
medals,medals,500000,2023-2027,not_found,kjj,,没有查到。,Not found.
""",
    "derivations.yaml": """\
eliminations: []
intervals:
  - id: firms-2025-range
    commitment: firms-2025
    indicator: firms
    geo_id: "500000"
    period: "2025"
    unit: enterprise
    decimals: 0
    name_zh: 企业数
    name_en: Firms
    formula: private / share * (1 + growth)
    inputs:
      private: {indicator: private_firms, geo_id: "500000", period: "2024"}
      share: {indicator: private_share, geo_id: "500000", period: "2024"}
      growth: {indicator: firms_growth, geo_id: "500000", period: "2025"}
    assumptions:
      - {zh: 同一个范围。, en: One scope.}
  - id: shops-2024-least
    commitment: shops-2027
    indicator: shops
    geo_id: "500000"
    period: "2024"
    unit: enterprise
    decimals: 0
    name_zh: 商店数
    name_en: Shops
    formula: total + added
    inputs:
      total: {indicator: shops, geo_id: "500000", period: "2023"}
      added: {indicator: shops_new, geo_id: "500000", period: "2024"}
    assumptions:
      - {zh: 没有关门的。, en: None closed.}
  - id: shops-2024-private
    commitment: shops-2027
    indicator: shops
    geo_id: "500000"
    period: "2024"
    unit: enterprise
    decimals: 0
    name_zh: 商店数
    name_en: Shops
    at_least: part
    inputs:
      part: {indicator: shops, geo_id: "500000", period: "2023", rounded_to: 100}
    assumptions:
      - {zh: 只多不少。, en: No fewer.}
  - id: spending-2022-most
    commitment: spending-2027
    indicator: spending
    geo_id: "500000"
    period: "2022"
    unit: cny_100m
    decimals: 1
    name_zh: 企业经费
    name_en: Spending
    at_most: whole
    inputs:
      whole: {indicator: all_spending, geo_id: "500000", period: "2022"}
    assumptions:
      - {zh: 是其中一部分。, en: A part of it.}
  - id: spending-2024-most
    commitment: spending-2027
    indicator: spending
    geo_id: "500000"
    period: "2024"
    unit: cny_100m
    decimals: 0
    name_zh: 企业经费
    name_en: Spending
    at_most: intensity * gdp
    inputs:
      intensity: {indicator: intensity, geo_id: "500000", period: "2024"}
      gdp: {indicator: gdp, geo_id: "500000", period: "2024"}
    assumptions:
      - {zh: 是其中一部分。, en: A part of it.}
  - id: intensity-2021-share
    commitment: intensity-2027
    indicator: intensity
    geo_id: "500000"
    period: "2021"
    unit: percent
    decimals: 2
    name_zh: 强度
    name_en: Intensity
    formula: spent / gdp
    inputs:
      spent: {indicator: all_spending, geo_id: "500000", period: "2021"}
      gdp: {indicator: gdp, geo_id: "500000", period: "2021"}
    assumptions:
      - {zh: 同一个年度。, en: Of one year.}
""",
}


def lay_out(folder: Path) -> Path:
    """Put the package into a folder, beside the code lists of the project."""
    shutil.copytree(paths.ROOT / "data", folder, ignore=shutil.ignore_patterns("observations", "schemas"))
    (folder / "observations").mkdir()
    for name, text in TABLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    sources = [
        f"s{number},题{number},Title {number},处,Office,,2026-01-01,2026-11,authority,无,None,"
        for number in range(1, 9)
    ]
    head = (paths.ROOT / "data" / "sources.csv").read_text(encoding="utf-8").partition("\n")[0]
    (folder / "sources.csv").write_text("\n".join([head, *sources, ""]), encoding="utf-8")
    return folder
