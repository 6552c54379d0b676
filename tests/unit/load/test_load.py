"""Tests of shuangbei.load.tables and shuangbei.paths: typed frames, labels, and a record of what was read."""

from __future__ import annotations

import os

import pandas as pd
import pytest

from shuangbei import load, paths


@pytest.mark.parametrize(
    ("printed", "half"),
    [
        ("9123", 0.5),
        ("3.69", 0.005),
        ("2.60", 0.005),
        ("2.6", 0.05),
        ("-0.5", 0.05),
        ("0", 0.5),
    ],
)
def test_half_a_step_is_half_of_the_last_printed_digit(printed, half):
    assert load.half_step(printed) == pytest.approx(half)


def test_a_count_to_the_single_unit_is_exact_and_any_other_number_is_rounded():
    # 9123 enterprises are 9123; 3.69 times 10 000 is 50 off at most, 3 times 10 000 is 5000 off;
    # 31 % may be 30.5 to 31.5; 4785 times 10 000 yuan, 0.0001 of 100 million, is 0.00005 off
    printed = {
        "enterprise": ("9123", 0.0),
        "enterprise_10k": ("3.69", 50.0),
        "item_10k": ("3", 5000.0),
        "percent": ("31", 0.5),
        "cny_10k": ("4785", 0.00005),
        "patent": ("12.5", 0.05),
    }
    rows = pd.DataFrame({"unit": list(printed), "value": [number for number, _ in printed.values()]})
    assert list(load.rounding(rows)) == pytest.approx([half for _, half in printed.values()])


def test_observations_are_in_the_base_unit_of_their_quantity():
    frame = load.observations("enterprises")
    scaled = frame[frame["unit"] == "enterprise_10k"]
    assert len(scaled)
    assert (scaled["value"] == scaled["printed"].astype(float) * 10000).all()
    assert (scaled["half_step"] == scaled["printed"].map(load.half_step) * 10000).all()
    plain = frame[frame["unit"] == "enterprise"]
    assert (plain["value"] == plain["printed"].astype(float)).all()


@pytest.mark.parametrize(
    "topic", sorted(path.stem for path in (paths.ROOT / "data" / "observations").glob("*.csv"))
)
def test_every_topic_loads_complete_typed_sorted_and_labelled(topic, speak):
    frame = load.observations(topic)
    assert len(frame) == len(load.table(f"observations/{topic}"))
    assert all(frame[column].dtype == float for column in ("value", "half_step", "t"))
    columns = ["value", "half_step", "t", "indicator", "geo", "printed", "note"]
    assert not frame[columns].isna().any().any()
    assert (frame["half_step"] >= 0).all()
    whole = frame["unit"].map(load.codelist("units")["whole"]) == "yes"
    assert (frame.loc[~whole, "half_step"] > 0).all()
    keys = list(zip(frame["indicator_id"], frame["geo_id"], frame["t"], strict=True))
    assert keys == sorted(keys)
    speak("en")
    english = load.observations(topic)
    assert list(english["value"]) == list(frame["value"])
    assert (english["geo"] != frame["geo"]).all()


def test_a_series_is_one_indicator_in_one_area_in_time_order():
    frame = load.series("high_tech_enterprises")
    assert set(frame["indicator_id"]) == {"high_tech_enterprises"}
    assert set(frame["geo_id"]) == {load.CITY}
    assert frame["t"].is_monotonic_increasing and frame["t"].is_unique
    assert list(frame.index) == list(range(len(frame)))


def test_a_series_without_numbers_is_empty_but_has_its_columns():
    frame = load.series("backbone_enterprises")
    assert frame.empty
    assert set(frame) == set(load.series("high_tech_enterprises"))


def test_a_region_is_read_from_the_file_of_districts():
    paths.forget_opened()
    load.series("high_tech_enterprises", "X-central")
    read = {path.name.partition("#")[0] for path in paths.all_opened()}
    assert "districts.csv" in read and "enterprises.csv" not in read


def test_a_district_has_its_own_numbers():
    frame = load.observations("districts")
    row = frame[frame["indicator_id"] == "tech_enterprises"].iloc[0]
    one = load.series("tech_enterprises", row["geo_id"])
    assert len(one) and set(one["geo_id"]) == {row["geo_id"]}


def test_a_series_opens_the_one_topic_that_holds_it():
    paths.forget_opened()
    load.series("tech_contracts")
    topics = {path.name for path in paths.all_opened() if path.parent.name == "observations"}
    assert topics == {"contracts.csv#indicator_id=tech_contracts"}


def test_everything_that_is_opened_is_recorded_even_when_it_was_read_before():
    load.sources(["s001"])
    paths.forget_opened()
    assert paths.all_opened() == set()
    load.sources(["s001"])
    load.edition()
    assert {path.name for path in paths.all_opened()} == {"sources.csv", "edition.yaml"}


def test_the_record_of_opened_files_is_handed_out_as_a_copy():
    paths.forget_opened()
    load.edition()
    paths.all_opened().clear()
    assert paths.all_opened()


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: load.indicator("no_such"), ("no_such", "high_tech_enterprises")),
        (lambda: load.commitment("no-such"), ("no-such", "hte-city-2027")),
        (lambda: load.series("no_such"), ("no_such", "rd_intensity")),
        (lambda: load.series("rd_intensity", "999999"), ("999999", "500000")),
        (lambda: load.label("units", "no_such"), ("no_such", "cny_100m")),
        (lambda: load.sources(["s001", "s9999"]), ("s9999", "s001")),
    ],
)
def test_an_unknown_code_is_named_with_codes_that_are_known(call, named):
    with pytest.raises(load.UnknownCode) as caught:
        call()
    assert all(word in str(caught.value) for word in named)


def test_labels_follow_the_language_of_the_run(speak):
    assert load.label("units", "enterprise") == "家"
    assert load.codelist("marks").query("code == 'on_track'")["name"].iloc[0] == "按期"
    speak("en")
    assert load.label("units", "enterprise") == "enterprises"
    assert load.codelist("marks").query("code == 'on_track'")["name"].iloc[0] == "On track"


def test_a_language_that_the_site_does_not_speak_is_refused(speak):
    speak("fr")
    with pytest.raises(ValueError, match="'fr'.*zh, en"):
        load.label("units", "enterprise")


def test_changing_a_frame_changes_nobody_elses():
    frame = load.codelist("units")
    before = list(frame["name"])
    frame["name"] = "x"
    frame.loc["enterprise", "factor"] = "7"
    again = load.codelist("units")
    assert list(again["name"]) == before and again.loc["enterprise", "factor"] == "1"
    raw = load.table("units")
    raw.iloc[0, 0] = "x"
    assert load.table("units").iloc[0, 0] == "enterprise"


def test_a_file_that_changed_is_read_again(data):
    path = data / "units.csv"
    assert load.label("units", "enterprise") == "家" == load.table("units")["name_zh"].iloc[0]
    path.write_text(
        path.read_text(encoding="utf-8").replace("enterprise,家", "enterprise,户"), encoding="utf-8"
    )
    os.utime(path, ns=(1, 1))
    assert load.label("units", "enterprise") == "户" == load.table("units")["name_zh"].iloc[0]


def test_text_cells_stay_text(data):
    """Codes of areas keep their zeros, and NA is a text like any other."""
    path = data / "geographies.csv"
    path.write_text(
        path.read_text(encoding="utf-8") + "012345,NA,NA,zone,500000,,,,false\n", encoding="utf-8"
    )
    frame = load.codelist("geographies")
    assert frame.loc["012345", "name"] == "NA"


def test_the_register_holds_numbers_where_the_plan_sets_them():
    frame = load.commitments()
    assert len(frame) == 28
    assert frame.loc["hte-city-2027", "value"] == 12800
    assert pd.isna(frame.loc["rd-intensity-2027", "value"])
    assert frame.loc["platforms-2027", "start"] == 0


def test_sources_come_in_the_order_that_was_asked():
    assert list(load.sources(["s003", "s001"])["source_id"]) == ["s003", "s001"]


@pytest.mark.parametrize("column", ["title", "publisher", "licence"])
def test_sources_speak_the_language_of_the_run_and_keep_their_own_words(column, speak):
    raw = load.table("sources").set_index("source_id").loc[["s006", "s002"]]
    chinese = load.sources(["s006", "s002"])
    assert list(chinese[column]) == list(raw[column]) == list(chinese[f"{column}_original"])
    speak("en")
    english = load.sources(["s006", "s002"])
    assert list(english[column]) == list(raw[f"{column}_en"]) != list(raw[column])
    assert list(english[f"{column}_original"]) == list(raw[column])
    assert list(english["evidence"]) == list(raw["evidence"])


def test_what_was_not_taken_speaks_the_language_of_the_run(speak):
    raw = load.table("data_log")
    speak("en")
    frame = load.codelist("data_log")
    for column in ("other_value", "other_source"):
        assert list(frame[column]) == list(raw[f"{column}_en"]) != list(raw[column])
        assert list(frame[f"{column}_original"]) == list(raw[column])


def test_gaps_name_reason_and_publisher_in_the_language_of_the_run(speak):
    chinese = load.gaps("backbone-firms")
    assert len(chinese) and chinese["agency"].notna().all()
    speak("en")
    english = load.gaps("backbone-firms")
    assert (
        not english[["reason_name", "agency", "note"]]
        .map(lambda text: any("\u4e00" <= c <= "\u9fff" for c in text))
        .any()
        .any()
    )


def test_the_edition_is_text_and_has_no_blank_dates(data):
    about = load.edition()
    assert all(isinstance(value, str) for value in about.values())
    assert about["map_review_number"] == ""
    text = (data / "edition.yaml").read_text(encoding="utf-8")
    assert f"cut_off: {about['cut_off']}" in text.replace("'", "").replace('"', "")


def test_the_cut_off_is_a_date_in_decimal_years(data):
    path = data / "edition.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text(
        "\n".join("cut_off: 2025-07-02" if line.startswith("cut_off") else line for line in lines),
        encoding="utf-8",
    )
    assert load.cut_off_time() == pytest.approx(2025.5, abs=0.003)


def test_the_data_folder_is_the_one_that_was_named(data):
    assert paths.data_dir() == data.resolve()
    os.environ["SHUANGBEI_DATA"] = ""
    assert paths.data_dir() == (paths.ROOT / "data").resolve()
