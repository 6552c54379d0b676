"""Tests of the practice edition: complete, marked wherever it shows, and kept apart from real data."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections import Counter

import altair as alt
import pandas as pd
import pytest
from judged import judged_once
from patience import HANGS

from shuangbei import charts, check, load, paths, words
from shuangbei.chapters import facts
from shuangbei.publish import archive, sitemap
from shuangbei.publish import practice as edition
from shuangbei.publish import practice_figures as invented

DATA = paths.ROOT / "data"
QUARTERS = [f"{year}Q{quarter}" for year in range(2023, 2027) for quarter in range(1, 5)]


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


@pytest.fixture(scope="module", autouse=True)
def files_judged_once():
    """Most files of a package with invented figures are the real ones."""
    with judged_once():
        yield


@pytest.fixture(scope="module")
def package() -> dict[str, bytes]:
    return invented.package(DATA)


@pytest.fixture(scope="module")
def folder(package, tmp_path_factory):
    target = tmp_path_factory.mktemp("practice") / "data"
    invented.write(package, target)
    return target


@pytest.fixture
def practising(folder, monkeypatch):
    """This process works on the practice data, and they lie where they belong."""
    monkeypatch.setattr(paths, "PRACTICE", folder.parent)
    monkeypatch.setattr(paths, "BUILD", folder.parent)
    monkeypatch.setenv("SHUANGBEI_DATA", str(folder))


@pytest.fixture(scope="module")
def made(package) -> list[dict[str, str]]:
    return [
        row
        for row in rows(package["observations/districts.csv"])
        if row["source_id"] == invented.SOURCE["source_id"]
    ]


def units(vintage: str) -> set[str]:
    moment = {"38": "2025-10", "37": "2025-11"}[vintage]
    return {
        row["geo_id"]
        for row in rows((DATA / "geographies.csv").read_bytes())
        if row["level"] == "district"
        and row["valid_from"] <= moment
        and (not row["valid_to"] or row["valid_to"] >= moment)
    }


def test_every_unit_of_the_divisions_has_every_needed_figure_in_every_period(made):
    about = {row["indicator_id"]: row for row in rows((DATA / "indicators.csv").read_bytes())}
    known: dict[tuple[str, str, str], set[str]] = {}
    for row in made:
        key = (row["indicator_id"], row["period"], row["vintage"])
        known.setdefault(key, set()).add(row["geo_id"])
    for need in rows((DATA / "needs.csv").read_bytes()):
        code = need["indicator_id"]
        years = [str(year) for year in range(2023, 2027)]
        for period in QUARTERS if about[code]["basis"] == "point" else years:
            before = period < "2025" or period in ("2025Q1", "2025Q2", "2025Q3")
            vintage = "38" if before else "37"
            assert known.get((code, period, vintage)) == units(vintage), (code, period)


def test_every_unit_has_targets_of_its_own(made):
    for measured in ("high_tech_enterprises", "tech_enterprises", "little_giants"):
        own = {(row["geo_id"], row["period"]) for row in made if row["indicator_id"] == f"{measured}_target"}
        assert {unit for unit, due in own if due == "2027"} == units("38") | units("37")
        assert {unit for unit, due in own if due == "2025"} == units("38")


def test_there_are_noughts_bounds_estimates_and_a_break_to_learn_on(made):
    kinds = Counter(row["qualifier"] for row in made)
    assert kinds["over"] > 20 and kinds["estimate"] > 10
    assert any(row["value"] == "0" for row in made if row["indicator_id"] == "manufacturing_champions")
    broken = {row["geo_id"] for row in made if row["status"] == "B"}
    assert broken == {"500109"}


def test_no_figure_of_a_district_is_a_real_one(package):
    levels = {row["geo_id"]: row["level"] for row in rows((DATA / "geographies.csv").read_bytes())}
    real = [
        row
        for row in rows(package["observations/districts.csv"])
        if levels[row["geo_id"]] == "district" and row["source_id"] != "s000"
    ]
    assert real == []


def test_the_same_data_give_the_same_bytes(package):
    assert invented.package(DATA) == package


def test_writing_again_touches_nothing_and_takes_away_what_does_not_belong(package, tmp_path):
    invented.write(package, tmp_path)
    before = (tmp_path / "sources.csv").stat().st_mtime_ns
    (tmp_path / "observations" / "left.csv").write_text("from another day", encoding="utf-8")
    invented.write(package, tmp_path)
    assert (tmp_path / "sources.csv").stat().st_mtime_ns == before
    assert not (tmp_path / "observations" / "left.csv").exists()


def test_the_checker_accepts_the_practice_data_in_their_own_folder(folder, practising):
    assert [(one.file, one.row, one.message) for one in check.find_problems(folder, "en")] == []


def test_the_checker_refuses_the_practice_data_anywhere_else(folder):
    assert [one.rule for one in check.find_problems(folder, "zh")] == ["practice-edition"]


@pytest.mark.parametrize(
    ("copied", "rule"),
    [
        (["observations/districts.csv"], "unknown-code"),
        (["observations/districts.csv", "sources.csv"], "practice-source"),
        (["edition.yaml"], "practice-edition"),
    ],
    ids=["districts alone", "districts and sources", "edition"],
)
def test_practice_files_among_the_real_ones_are_refused(copied, rule, package, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    for name in copied:
        (data / name).write_bytes(package[name])
    assert rule in {one.rule for one in check.find_problems(data, "zh")}


def test_real_data_are_not_taken_for_practice():
    assert not load.is_practice()
    assert words.practice_words() == {} and words.practice_told("数") == "数"


def _drawn():
    def draw(width: str) -> alt.Chart:
        return (
            alt.Chart(pd.DataFrame({"x": [1]}))
            .mark_point()
            .properties(title=alt.Title(text="38 / 38", subtitle="more"))
        )

    card = charts.identity("a-chart", "图", "一点", pd.DataFrame({"x": ["1"]}), "家", [])
    return charts.figure(draw, card).to_dict()


@pytest.mark.parametrize(
    ("language", "mark", "prefix"),
    [("zh", "练习数据，不是真实数字", "【练习】"), ("en", "PRACTICE DATA, NOT REAL", "[Practice] ")],
)
def test_every_picture_says_in_both_forms_that_it_is_practice(
    language, mark, prefix, practising, monkeypatch
):
    monkeypatch.setenv("SHUANGBEI_LANG", language)
    spec = _drawn()
    for form in (spec, spec["usermeta"]["narrow"]):
        assert form["title"]["text"] == mark
        assert form["title"]["color"] == words.PRACTICE_COLOUR
        assert form["title"]["subtitle"] == ["38 / 38", "more"]
    assert spec["usermeta"]["title"] == f"{prefix}图" and spec["description"] == f"{prefix}一点"


def test_a_picture_of_real_figures_is_left_as_it_is():
    spec = _drawn()
    assert spec["title"] == {"text": "38 / 38", "subtitle": "more"}
    assert spec["usermeta"]["title"] == "图"


def test_sentences_written_for_real_figures_do_not_stop_a_practice_edition(practising):
    facts.claim("没有一个区县的数与另一个同一时点", False)
    bound = facts.latest_of("incubator_area")
    assert bound["qualifier"] != "exact"
    with pytest.raises(ValueError, match="no value for"):
        facts.value_of("tech_enterprises", "1999")


def test_the_same_sentences_stop_a_real_edition():
    with pytest.raises(facts.ClaimNoLongerHolds):
        facts.claim("没有一个区县的数与另一个同一时点", False)


def test_practice_data_never_get_into_the_real_site(folder, monkeypatch):
    monkeypatch.setenv("SHUANGBEI_DATA", str(folder))
    with pytest.raises(edition.Mixed, match="--practice"):
        edition.keep_apart()


def test_real_data_never_get_into_the_practice_site(monkeypatch):
    monkeypatch.setattr(paths, "BUILD", paths.PRACTICE)
    with pytest.raises(edition.Mixed, match="practice: true"):
        edition.keep_apart()


def test_practice_figures_are_not_kept_for_good(practising, tmp_path):
    with pytest.raises(archive.Invented):
        archive.freeze(tmp_path)


def test_nothing_kept_of_real_editions_comes_into_a_practice_site(practising, tmp_path, monkeypatch):
    (tmp_path / "2025Q1.zip").write_bytes(b"no archive at all")
    monkeypatch.setattr(archive, "ARCHIVE", tmp_path)
    archive.verify()
    assert archive.restore(tmp_path / "pages") == []


def test_a_practice_site_asks_robots_to_stay_away_and_has_no_sitemap(tmp_path):
    for name in ("404.html", "en/404.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("<p>", encoding="utf-8")
    sitemap.write(tmp_path, "https://a.example/", "2027-02-10", listed=False)
    assert (tmp_path / "robots.txt").read_text(encoding="utf-8") == "User-agent: *\nDisallow: /\n"
    assert not (tmp_path / sitemap.SITEMAP).exists()


def test_the_package_that_readers_could_download_says_that_it_is_practice(folder):
    about = check.descriptor(folder)
    assert about["practice"] is True and about["name"].endswith("-practice")
    assert about["title"].startswith("练习数据，不是真实数字")
    assert about["title_en"].startswith("Practice data, not real figures")
    assert "practice" not in json.dumps(check.descriptor(DATA), ensure_ascii=False)


@pytest.mark.parametrize("command", [["site"], ["freeze"], ["serve"]], ids=lambda one: one[0])
def test_commands_for_the_real_site_refuse_the_practice_data(command):
    environment = {
        **os.environ,
        "SHUANGBEI_DATA": str(edition.DATA),
        "SHUANGBEI_SPEAKS": "en",
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "shuangbei.cli", *command],
        env=environment,
        cwd=paths.ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=HANGS,
    )
    assert done.returncode == 1
    assert "figures for practice" in done.stderr + done.stdout


def test_what_is_published_is_the_real_site_alone():
    flow = (paths.ROOT / ".github" / "workflows" / "pages.yml").read_text(encoding="utf-8")
    assert [line.split()[1] for line in flow.splitlines() if line.strip().startswith("path:")] == [
        "_build/site"
    ]
    assert "--practice" not in flow
