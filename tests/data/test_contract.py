"""Tests that the data keep their contract and that every planted defect is found and explained."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import frictionless
import pytest
from judged import judged_once
from planted import Defect, defects, plant

from shuangbei import check, paths
from shuangbei.check.inspection import inspect
from shuangbei.check.problems import problem, rules

LANGUAGES = ("zh", "en")
DEFECTS = defects()


@pytest.fixture(scope="module", autouse=True)
def files_judged_once():
    """A defect is planted in one file; those beside it are not judged for every defect again."""
    with judged_once():
        yield


@pytest.fixture(scope="module")
def known() -> set[tuple]:
    """What is wrong in the real data anyway, so that one bad row there fails one test only."""
    return {_lasting(finding) for finding in inspect(paths.data_dir()).findings}


def _identity(finding) -> tuple:
    return finding.file, finding.row, finding.field, finding.value, finding.rule


def _lasting(finding) -> tuple:
    """What a line more or less above it does not change."""
    return finding.file, finding.field, finding.value, finding.rule


def test_the_real_data_have_no_problem():
    problems = check.find_problems(paths.data_dir(), "en")
    assert [(item.file, item.row, item.field, item.message) for item in problems] == []


@pytest.mark.parametrize("defect", DEFECTS, ids=[defect.name for defect in DEFECTS])
def test_a_planted_defect_is_reported_once_and_in_both_languages(defect: Defect, tmp_path, known):
    row = plant(defect, paths.data_dir(), tmp_path / "data")
    findings = inspect(tmp_path / "data").findings
    new = [finding for finding in findings if _lasting(finding) not in known]
    wanted = defect.expected
    value = new[0].value if wanted["value"] == "*" and new else wanted["value"]
    place = (wanted.get("file", defect.steps["file"]), row, wanted["field"], value)
    assert [_identity(finding) for finding in new] == [(*place, wanted["rule"])]
    chinese, english = (problem(new[0], language) for language in LANGUAGES)
    for words in ("message", "remedy"):
        zh, en = getattr(chinese, words), getattr(english, words)
        assert zh and en and zh != en
        assert re.search("[\u4e00-\u9fff]", zh)
        assert "{" not in zh + en


def test_every_rule_has_a_planted_defect():
    assert {defect.expected["rule"] for defect in DEFECTS} == set(rules())


@pytest.mark.parametrize("rule", rules())
def test_every_rule_speaks_both_languages(rule):
    words = rules()[rule]
    texts = [words.zh, words.en, words.fix_zh, words.fix_en]
    assert all(texts) and len(set(texts)) == 4
    for text in (words.zh, words.fix_zh):
        assert not re.search("[\u4e00-\u9fff”][,;:?!]", text), "half-width mark in Chinese text"
    for text in (words.en, words.fix_en):
        assert not re.search("[\u4e00-\u9fff]", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_prints_place_rule_and_remedy_and_fails(language, tmp_path, capsys):
    defect = next(defect for defect in DEFECTS if defect.name == "share-above-100")
    row = plant(defect, paths.data_dir(), tmp_path / "data")
    assert check.main(tmp_path / "data", language) == 1
    printed = "".join(capsys.readouterr().out.split())
    for part in ("data/observations/industry.csv", str(row), "value", "322", "share-range"):
        assert part in printed
    words = rules()["share-range"]
    remedy = words.fix_zh if language == "zh" else words.fix_en
    assert "".join(remedy.split()) in printed


def test_good_data_give_status_zero_and_one_line(capsys):
    assert check.main(paths.data_dir(), "en") == 0
    printed = capsys.readouterr().out
    assert printed.startswith("No problems") and len(printed.splitlines()) == 1


def test_a_file_that_cannot_be_read_is_named_as_not_checked(tmp_path, capsys):
    defect = next(defect for defect in DEFECTS if defect.name == "bom")
    plant(defect, paths.data_dir(), tmp_path / "data")
    check.main(tmp_path / "data", "en")
    assert "Files not checked to the end: tasks.csv" in capsys.readouterr().out


@pytest.mark.parametrize("name", [".DS_Store", "~$tasks.csv", "observations/.~lock.funds.csv#"])
def test_hidden_files_and_those_of_an_open_workbook_are_passed_over(name, tmp_path, known):
    shutil.copytree(paths.data_dir(), tmp_path / "data")
    (tmp_path / "data" / name).write_bytes(b"\0")
    findings = inspect(tmp_path / "data").findings
    assert [finding for finding in findings if _lasting(finding) not in known] == []


def _jumps_in(folder: Path) -> list[tuple]:
    return [_lasting(item) for item in inspect(folder).findings if item.rule == "jump"]


def _note(folder: Path, zh: str, en: str) -> None:
    """Plant a step of the city's GDP that stays, with these notes on its first line."""
    path = folder / "observations" / "research.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    for number, line in enumerate(lines):
        cells = line.split(",")
        if cells[:2] == ["gdp", "500000"] and cells[2] >= "2023":
            notes = [zh, en + "\n"] if cells[2] == "2023" else ["", "\n"]
            lines[number] = ",".join([*cells[:4], "9" + cells[4], *cells[5:9], *notes])
    path.write_bytes("".join(lines).encode("utf-8"))


@pytest.mark.parametrize(
    "zh, en, found",
    [
        ("", "", 1),
        ("新口径。", "New scope.", 1),
        ("新口径，此前为29129.03亿元。", "New scope.", 1),
        ("新口径，此前为129129.03亿元。", "New scope; 129129.03 before.", 1),
        ("新口径，此前为29129.03亿元。", "New scope; 29129.03 before.", 0),
    ],
)
def test_a_step_that_stays_is_one_finding_until_both_notes_quote_the_number_before_it(
    zh, en, found, tmp_path, known
):
    shutil.copytree(paths.data_dir(), tmp_path / "data")
    _note(tmp_path / "data", zh, en)
    new = [item for item in _jumps_in(tmp_path / "data") if item not in known]
    assert len(new) == found


def test_the_check_writes_nothing(tmp_path):
    target = tmp_path / "data"
    shutil.copytree(paths.data_dir(), target)
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in _files(target)}
    inspect(target)
    after = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in _files(target)}
    assert after == before


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_package_is_valid_for_anyone_who_uses_frictionless():
    package = frictionless.Package.from_descriptor(str(paths.data_dir() / "datapackage.yaml"))
    report = package.validate()
    assert report.flatten(["title", "rowNumber", "fieldName", "note"]) == []
    assert report.stats["tasks"] == len(package.resources) >= 38


def test_the_published_descriptor_stands_alone():
    package = check.descriptor(paths.data_dir())
    assert all("fields" in resource["schema"] for resource in package["resources"])
    assert frictionless.Package.metadata_validate(package) is not None
    assert list(frictionless.Package.metadata_validate(package)) == []


def test_every_column_is_explained_in_both_languages():
    for resource in check.descriptor(paths.data_dir())["resources"]:
        for field in resource["schema"]["fields"]:
            for name in ("title", "description"):
                zh, en = field[name], field[f"{name}_en"]
                assert re.search("[\u4e00-\u9fff]", zh), (resource["name"], field["name"])
                assert not re.search("[\u4e00-\u9fff]", en), (resource["name"], field["name"])
                assert not re.search("[\u4e00-\u9fff][,;:?!]", zh), (resource["name"], zh)


def test_every_foreign_key_leads_to_a_key():
    resources = {item["name"]: item for item in check.descriptor(paths.data_dir())["resources"]}
    for name, resource in resources.items():
        for key in resource["schema"].get("foreignKeys", []):
            target = resources[key["reference"]["resource"] or name]
            assert target["schema"]["primaryKey"] == key["reference"]["fields"], (name, key)


def test_the_check_does_without_pandas():
    command = "import sys; from shuangbei import check; check.main(); print('pandas' in sys.modules)"
    run = [sys.executable, "-c", command]
    done = subprocess.run(run, cwd=paths.ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.stdout.splitlines()[-1] == "False", done.stderr
