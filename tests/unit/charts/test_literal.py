"""Tests of shuangbei.charts.literal: JSON goes through a chart as it stands, and no chart changes another's."""

from __future__ import annotations

import altair as alt
import numpy as np
import pytest

from shuangbei import charts

ROWS = [{"x": 1.5, "name": "渝中", "place": (1, 2)}, {"x": float(np.float64(0.1)), "name": "", "place": ()}]


def drawn(values) -> dict:
    return alt.Chart(alt.Data(values=values)).mark_point().encode(x="x:Q").to_dict()


def test_a_chart_holds_the_same_with_a_literal_as_with_the_values_themselves():
    assert drawn(charts.Literal(ROWS)) == drawn(ROWS)


def test_what_a_reader_of_a_chart_changes_is_not_changed_in_the_chart():
    chart = alt.Chart(alt.Data(values=charts.Literal(ROWS))).mark_point()
    chart.to_dict()["data"]["values"].clear()
    assert len(chart.properties(width=1).to_dict()["data"]["values"]) == len(ROWS)


def test_a_number_of_numpy_is_refused_where_it_is_given():
    with pytest.raises(TypeError, match="not JSON serializable"):
        charts.Literal([{"x": np.int64(1)}])
