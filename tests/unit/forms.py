"""One chart of each form that stands on no map, from the data of the repository; asserts nothing."""

from __future__ import annotations

import dataclasses

from shuangbei import charts, load, measures

CHARTS = {
    "trajectory": lambda: charts.trajectory(measures.assess("tech-contracts-2027"), "题"),
    "lines": lambda: charts.lines("a-b", "题", load.series("rd_expenditure")),
    "benchmark": lambda: charts.against_nation(measures.assess("rd-intensity-2027"), "题"),
    "targets": lambda: charts.targets("a-b", "题", ["hte-centre-2027", "hte-newurban-2027"]),
    "yearly": lambda: charts.yearly(measures.assess("listings-annual"), "题"),
}


def projected(commitment_id: str) -> measures.Assessment:
    """An assessment with an outlook made up for the test: no commitment has four comparable figures today."""
    found = measures.assess(commitment_id)
    rows = measures.observations_of(found.series)
    view = measures.Outlook(
        "likely", None, 1490.0, 1301.7, 1678.3, 171.9, 108.6, None, -0.6, 2023.0, latest=rows[-1]
    )
    return dataclasses.replace(found, outlook=view)
