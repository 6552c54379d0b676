"""One chart of each form that stands on no map, from the data of the repository; asserts nothing."""

from __future__ import annotations

from shuangbei import charts, load, measures

CHARTS = {
    "trajectory": lambda: charts.trajectory(measures.assess("tech-contracts-2027"), "题"),
    "lines": lambda: charts.lines("a-b", "题", load.series("rd_expenditure")),
    "benchmark": lambda: charts.against_nation(measures.assess("rd-intensity-2027"), "题"),
    "targets": lambda: charts.targets("a-b", "题", ["hte-centre-2027", "hte-newurban-2027"]),
    "yearly": lambda: charts.yearly(measures.assess("listings-annual"), "题"),
}
