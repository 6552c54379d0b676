"""Tests of shuangbei.charts.validity: what is valid is seen fast, and Altair says what is not."""

from __future__ import annotations

import altair as alt
import pandas as pd
import pytest
from altair.utils import schemapi

from shuangbei.charts import validity


@pytest.fixture
def asked(monkeypatch):
    """What Altair's own validation was asked about."""
    own, asked = schemapi.validate_jsonschema.__wrapped__, []

    def told(spec, *rest, **options):
        asked.append(spec)
        return own(spec, *rest, **options)

    monkeypatch.setattr(schemapi, "validate_jsonschema", validity.quick(told))
    return asked


def chart(**mark) -> alt.Chart:
    with schemapi.debug_mode(False):
        return alt.Chart(pd.DataFrame({"x": [1.5]})).mark_point(**mark).encode(alt.X("x:Q"))


def test_a_valid_chart_needs_no_validation_of_altair(asked):
    assert chart(size=3).to_dict()["mark"]["size"] == 3
    assert not asked


def test_of_an_invalid_chart_altair_says_what_is_wrong(asked):
    with pytest.raises(schemapi.SchemaValidationError, match="'wide' is an invalid value for `size`"):
        chart(size="wide").to_dict()
    assert asked


def test_what_is_no_json_is_left_to_altair(asked):
    with pytest.raises(schemapi.SchemaValidationError):
        alt.Chart(pd.DataFrame({"x": [1.5]})).mark_point(size=object())
    assert asked
