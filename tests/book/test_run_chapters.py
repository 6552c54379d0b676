"""Tests of the chapters as they run: what they show, in both languages, and when data change."""

from __future__ import annotations

import json
import os
import re
import shutil
from decimal import Decimal
from functools import cache as remember

import pytest
from bs4 import BeautifulSoup
from chapter_text import GLUE, chapters
from patience import HANGS

from shuangbei import load, measures, paths
from shuangbei.publish import execution as build_chapters
from shuangbei.publish import footing, kernel

CHAPTERS = {chapter.path.stem: chapter for chapter in chapters()}
each_chapter = pytest.mark.parametrize("name", CHAPTERS)
in_both = pytest.mark.parametrize("language", ["zh", "en"])
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
SCALES = {
    None: 1,
    "": 1,
    "万": 10**4,
    "亿": 10**8,
    "万亿": 10**12,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
AMOUNT_ZH = re.compile(r"(−?[\d,.]+)(万亿|万|亿)?(?:元|平方米)")
AMOUNT_EN = re.compile(r"CNY (−?[\d,.]+)(?: (\w+))?|(−?[\d,.]+)(?: (million))? square metres")
# What a column counts in, by its heading.
COLUMNS = {"亿元": 10**8, "CNY billion": 10**9, "万平方米": 10**4, "million square metres": 10**6}
NUMBER = re.compile(r"−?[\d,]+(?:\.\d+)?")
RECORD = "application/papermill.record/text/plain"


@pytest.fixture(autouse=True)
def no_pictures(monkeypatch):
    """Drawing is tested elsewhere; here it would take half of the time."""
    monkeypatch.setattr(kernel, "_draw", lambda outputs: None)


@pytest.fixture(scope="module")
def executed(first_build):
    """``executed(name, language)``: a chapter with the data of the repository, as the first build ran it."""

    @remember
    def result(name: str, language: str) -> kernel.Result:
        (entry,) = (first_build.results / language).glob(f"{name}-*.json")
        kept = json.loads(entry.read_text(encoding="utf-8"))
        return kernel.Result(kept["notebook"], tuple(kept["opened"]))

    return result


class Shown:
    """What the cells of an executed chapter gave, by kind."""

    def __init__(self, result: kernel.Result) -> None:
        cells = json.loads(result.notebook)["cells"]
        self.cells = [cell for cell in cells if cell["cell_type"] == "code"]
        self.outputs = [output for cell in self.cells for output in cell["outputs"]]
        bundles = [output.get("data", {}) for output in self.outputs]
        self.html = [bundle["text/html"] for bundle in bundles if "text/html" in bundle]
        self.charts = [bundle[kernel.CHART] for bundle in bundles if kernel.CHART in bundle]
        self.facts = {
            output["metadata"]["scrapbook"]["name"]: output["data"][RECORD]
            for output in self.outputs
            if RECORD in output.get("data", {})
        }

    @property
    def cards(self) -> list[str]:
        """Text of the cards with the three marks."""
        return [
            BeautifulSoup(html, "html.parser").get_text() for html in self.html if "commitment-card" in html
        ]

    @property
    def pictures(self) -> dict[str, dict]:
        """Charts by their address."""
        return {chart["usermeta"]["id"]: chart for chart in self.charts}

    def without_ids(self) -> list:
        """The code cells without the random names that notebooks give to cells."""
        return [{key: value for key, value in cell.items() if key != "id"} for cell in self.cells]


def texts(thing) -> list[str]:
    """Every text in a specification, its keys left out."""
    if isinstance(thing, dict):
        return [text for value in thing.values() for text in texts(value)]
    if isinstance(thing, list):
        return [text for value in thing for text in texts(value)]
    return [thing] if isinstance(thing, str) else []


# Both languages


@in_both
@each_chapter
def test_a_chapter_runs_and_shows_a_table_and_sources(executed, name, language):
    shown = Shown(executed(name, language))
    assert shown.html
    assert all(output["output_type"] in ("execute_result", "display_data") for output in shown.outputs)
    visible = [cell for cell in shown.cells if "remove-input" in cell["metadata"]["tags"]]
    assert all(len(cell["outputs"]) == 1 for cell in visible)


@in_both
@each_chapter
def test_what_a_chapter_publishes_is_what_its_prose_uses(executed, name, language):
    used = {found["name"] for found in GLUE.finditer(CHAPTERS[name].prose)}
    published = set(Shown(executed(name, language)).facts)
    assert used - published == set()
    assert published - used == set()


@in_both
@each_chapter
def test_every_format_in_prose_fits_its_value(executed, name, language):
    facts = Shown(executed(name, language)).facts
    for found in GLUE.finditer(CHAPTERS[name].prose):
        value = facts[found["name"]]
        written = value.strip("'\"") if found["format"] == "s" else float(value)
        whole = found["format"].endswith("d")
        assert format(int(written) if whole else written, found["format"])
        assert not whole or written == int(written), found[0]
        assert (found["format"] == "s") == value.startswith(("'", '"')), found[0]


@each_chapter
def test_in_english_no_table_holds_chinese(executed, name):
    for html in Shown(executed(name, "en")).html:
        text = BeautifulSoup(html, "html.parser").get_text("\n")
        assert not [line for line in text.splitlines() if CHINESE.search(line)]


@each_chapter
def test_in_english_no_fact_and_no_chart_holds_chinese(executed, name):
    shown = Shown(executed(name, "en"))
    said = [*shown.facts.values(), *(text for chart in shown.charts for text in texts(chart))]
    assert not [text for text in said if CHINESE.search(text)]


@each_chapter
def test_an_amount_in_prose_is_the_same_in_both_languages(executed, name):
    zh, en = (Shown(executed(name, language)).facts for language in ("zh", "en"))
    for fact, written in zh.items():
        found = AMOUNT_ZH.fullmatch(written.strip("'"))
        if found:
            number, scale = found.group(1, 2)
            there = AMOUNT_EN.fullmatch(en[fact].strip("'")).groups()
            assert plain(number, SCALES[scale]) == plain(there[0] or there[2], SCALES[there[1] or there[3]])


@each_chapter
def test_the_tables_of_a_chart_hold_the_same_amounts_in_both_languages(executed, name):
    zh, en = (Shown(executed(name, language)).pictures for language in ("zh", "en"))
    for key in zh:
        tables = [chart[key]["usermeta"]["table"] for chart in (zh, en)]
        for column, heads in enumerate(zip(*(table["columns"] for table in tables), strict=True)):
            factors = [
                next((factor for unit, factor in COLUMNS.items() if unit in head), 1) for head in heads
            ]
            for cells in zip(*([row[column] for row in table["rows"]] for table in tables), strict=True):
                numbers = [NUMBER.fullmatch(re.split(r"（| \(", cell)[0]) for cell in cells]
                if numbers[0]:
                    here, there = (plain(n[0], f) for n, f in zip(numbers, factors, strict=True))
                    assert here == there, cells


def plain(number: str, factor: int) -> Decimal:
    """A written number times what it is counted in."""
    return Decimal(number.replace(",", "").replace("−", "-")) * factor


@each_chapter
def test_both_languages_show_the_same_charts_with_the_same_numbers(executed, name):
    zh, en = (Shown(executed(name, language)).pictures for language in ("zh", "en"))
    assert list(zh) == list(en)
    for key in zh:
        assert zh[key]["usermeta"]["source_ids"] == en[key]["usermeta"]["source_ids"]
        rows = [len(chart[key]["usermeta"]["table"]["rows"]) for chart in (zh, en)]
        assert rows[0] == rows[1]


@each_chapter
def test_a_chart_carries_title_alternative_text_table_and_both_forms(executed, name):
    for key, chart in Shown(executed(name, "zh")).pictures.items():
        card = chart["usermeta"]
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)
        assert card["title"] and card["unit"]
        assert len(card["alt"]) > len(card["title"]) and card["alt"].endswith("。")
        assert chart["description"] == card["narrow"]["description"] == card["alt"]
        assert all(len(row) == len(card["table"]["columns"]) for row in card["table"]["rows"])
        cells = [cell for row in card["table"]["rows"] for cell in row]
        assert not {"nan", "None", "NaN", "<NA>"} & set(cells)


@each_chapter
def test_the_table_of_a_chart_has_rows(executed, name):
    empty = [
        key
        for key, chart in Shown(executed(name, "zh")).pictures.items()
        if not chart["usermeta"]["table"]["rows"]
    ]
    assert not empty


def test_no_two_figures_of_the_site_share_an_address(executed):
    keys = [key for name in CHAPTERS for key in Shown(executed(name, "zh")).pictures]
    assert len(keys) == len(set(keys)) > 20


def test_every_commitment_with_numbers_and_a_date_has_a_figure(executed):
    """The 2025 and the 2027 target of one indicator stand in one figure; a lone bound in none."""
    drawn = {key for name in CHAPTERS for key in Shown(executed(name, "zh")).pictures}
    register = load.commitments()
    about = dict(
        zip(register.index, zip(register["indicator_id"], register["geo_id"], strict=False), strict=False)
    )
    shown = {about[key] for key in drawn & set(about)}
    wanted = {
        key
        for key in about
        if (found := measures.assess(key)).path
        and len(found.series)
        and (len(found.series) > 1 or found.series["qualifier"].iloc[0] != "over")
    }
    assert len(wanted) > 8
    assert not [key for key in wanted if about[key] not in shown]


@each_chapter
def test_a_source_that_a_chart_names_stands_in_the_chapters_list(executed, name):
    shown = Shown(executed(name, "zh"))
    named = {one for chart in shown.charts for one in chart["usermeta"]["source_ids"]}
    rows = BeautifulSoup(shown.html[-1], "html.parser").select("tbody th")
    assert named <= {row.get_text() for row in rows}


# The kernel


def test_a_chapter_gives_the_same_whatever_ran_before_it():
    alone = Shown(kernel.run("technology-services", "zh")).without_ids()
    kernel.run("patents", "en")
    assert Shown(kernel.run("technology-services", "zh")).without_ids() == alone


def test_names_of_one_chapter_are_unknown_to_the_next(tmp_path, monkeypatch):
    kernel.run("technology-contracts", "zh")
    monkeypatch.setattr(paths, "NOTEBOOKS", tmp_path)
    write_chapter(tmp_path / "thief.md", "goal.commitment")
    with pytest.raises(kernel.ChapterError, match="NameError.*goal"):
        kernel.run("thief", "zh")


def test_a_failing_cell_is_named_with_chapter_number_code_and_error(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "NOTEBOOKS", tmp_path)
    write_chapter(tmp_path / "broken.md", "from shuangbei import load", "\nload.series('no_such')")
    with pytest.raises(kernel.ChapterError) as caught:
        kernel.run("broken", "zh")
    said = str(caught.value)
    assert said.startswith("notebooks/broken.md, code cell 2 (\"load.series('no_such')\"): ")
    assert "UnknownCode" in said and "high_tech_enterprises" in said
    assert "\x1b" not in said


def write_chapter(path, *cells: str) -> None:
    head = (
        "---\njupytext:\n  text_representation:\n    extension: .md\n    format_name: myst\n"
        "kernelspec:\n  display_name: Python 3\n  language: python\n  name: python3\n---\n\n"
    )
    body = "\n\n".join(f"```{{code-cell}} python\n{cell}\n```" for cell in cells)
    path.write_text(f"{head}# 题\n\n{body}\n", encoding="utf-8")


def test_a_kernel_of_its_own_gives_what_the_kernel_in_process_gives(monkeypatch):
    from nbclient import NotebookClient

    name = "technology-services"
    inside = Shown(kernel.run(name, "zh")).without_ids()
    os.environ |= {
        "SHUANGBEI_LANG": "zh",
        "SHUANGBEI_BUILD": "1",
        "PYTHONPATH": str(paths.ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    notebook = kernel.read_chapter(paths.NOTEBOOKS / f"{name}.md")
    NotebookClient(notebook, timeout=HANGS, kernel_name="python3").execute()
    outside = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(inside) == len(outside)
    for ours, theirs in zip(inside, outside, strict=True):
        assert ours["source"] == theirs.source
        assert ours["outputs"] == json.loads(json.dumps(theirs.outputs))


# New numbers


def replace(path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def entry(commitment_id: str) -> dict:
    return next(one for one in measures.register() if one["commitment_id"] == commitment_id)


# One published value each, moved so little that every sentence of its chapter still holds.
REVISIONS = {
    "tech-contracts-2027": (
        "contracts",
        "tech_contracts,500000,2024,all,974.24,",
        "tech_contracts,500000,2024,all,974.34,",
        "974.24",
        "974.34",
        974.34,
    ),
    "hte-city-2027": (
        "enterprises",
        "high_tech_enterprises,500000,2026-01,all,10416,",
        "high_tech_enterprises,500000,2026-01,all,10417,",
        "10,416",
        "10,417",
        10417,
    ),
    "sei-share-2027": (
        "industry",
        "sei_share,500000,2024,all,34.6,",
        "sei_share,500000,2024,all,34.7,",
        "34.6",
        "34.7",
        34.7,
    ),
}


@pytest.mark.parametrize("commitment_id", REVISIONS)
def test_a_revised_value_changes_sentence_card_chart_and_status_together(executed, data, commitment_id):
    topic, old_row, new_row, old, new, value = REVISIONS[commitment_id]
    name = load.commitment(commitment_id)["chapter"]
    before, entry_before = Shown(executed(name, "zh")), entry(commitment_id)
    replace(data / "observations" / f"{topic}.csv", old_row, new_row)
    after = Shown(kernel.run(name, "zh"))
    assert float(new.replace(",", "")) in numbers(after.facts)
    assert before.facts != after.facts
    assert any(old in card for card in before.cards)
    assert any(new in card for card in after.cards)
    drawn, redrawn = (shown.pictures[commitment_id] for shown in (before, after))
    assert old in drawn["usermeta"]["alt"] and new in redrawn["usermeta"]["alt"]
    cells = [cell for row in redrawn["usermeta"]["table"]["rows"] for cell in row]
    assert new in cells
    assert drawn["datasets"] != redrawn["datasets"]
    entry_after = entry(commitment_id)
    assert entry_before["latest_value"] != entry_after["latest_value"] == value


def numbers(facts: dict[str, str]) -> set[float]:
    found = [re.fullmatch(r"'?(-?[\d,]+(?:\.\d+)?)(?:亿元|万平方米)?'?", value) for value in facts.values()]
    return {round(float(one[1].replace(",", "")), 6) for one in found if one}


def test_a_value_that_contradicts_a_sentence_stops_the_chapter_with_that_sentence(data):
    replace(data / "observations" / "contracts.csv", ",974.24,", ",1100.24,")
    with pytest.raises(kernel.ChapterError, match="ClaimNoLongerHolds.*“2024年多的只比平均所需略多”"):
        kernel.run("technology-contracts", "zh")


def test_a_value_that_is_gone_stops_the_chapter_and_names_what_is_left(data):
    path = data / "observations" / "contracts.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("tech_contracts,500000,2022,")]
    path.write_text("".join(kept), encoding="utf-8")
    with pytest.raises(kernel.ChapterError, match="no value for 2022; known: 2023, 2024"):
        kernel.run("technology-contracts", "zh")


@each_chapter
def test_a_chapter_records_the_data_that_it_rests_on(executed, name):
    opened = executed(name, "zh").opened
    assert "data/indicators.csv" in opened and "data/edition.yaml" in opened
    topics = {path.partition("#")[0] for path in opened if path.startswith("data/observations/")}
    assert topics and len(topics) < len(list((paths.ROOT / "data/observations").glob("*.csv")))
    assert all(path.startswith(("data/", "maps/")) for path in opened)


# The cache that sees data


@pytest.fixture
def kept(data, tmp_path, monkeypatch):
    """A result kept by the cache, in a folder of its own."""
    monkeypatch.setattr(paths, "CACHE", tmp_path / "cache")
    topic = data / "observations" / "services.csv"
    result = kernel.Result("{}", (str(topic), str(paths.MAPS / "districts_38.topo.json")))
    build_chapters.keep("technology-services", "zh", "program", result)
    return topic


def test_a_kept_result_is_used_while_nothing_has_changed(kept):
    assert build_chapters.cached("technology-services", "zh", "program") == "{}"


def test_a_kept_result_is_stale_once_a_file_it_read_has_changed(kept):
    kept.write_bytes(kept.read_bytes() + b"\n")
    assert build_chapters.cached("technology-services", "zh", "program") is None


def test_a_kept_result_is_stale_once_a_file_it_read_is_gone(kept):
    kept.unlink()
    assert build_chapters.cached("technology-services", "zh", "program") is None


def test_a_kept_result_stays_when_a_file_changes_that_it_did_not_read(kept):
    other = kept.with_name("contracts.csv")
    other.write_bytes(other.read_bytes() + b"\n")
    assert build_chapters.cached("technology-services", "zh", "program") == "{}"


def test_a_kept_result_counts_for_one_language_and_one_program_only(kept):
    assert build_chapters.cached("technology-services", "en", "program") is None
    assert build_chapters.cached("technology-services", "zh", "another program") is None


def test_a_kept_result_is_stale_once_the_text_of_its_chapter_has_changed(kept, tmp_path, monkeypatch):
    shutil.copytree(paths.NOTEBOOKS, tmp_path / "notebooks")
    monkeypatch.setattr(paths, "NOTEBOOKS", tmp_path / "notebooks")
    assert build_chapters.cached("technology-services", "zh", "program") == "{}"
    chapter = tmp_path / "notebooks" / "technology-services.md"
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert build_chapters.cached("technology-services", "zh", "program") is None


def test_a_result_that_rests_on_a_file_from_elsewhere_is_not_kept(data, tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "CACHE", tmp_path / "cache")
    stranger = tmp_path / "stranger.csv"
    stranger.write_text("a\n", encoding="utf-8")
    with pytest.raises(ValueError, match="neither data nor part of the project"):
        build_chapters.keep("patents", "zh", "program", kernel.Result("{}", (str(stranger),)))


def test_the_program_is_another_once_a_line_of_the_package_has_changed(tmp_path, monkeypatch):
    copy = tmp_path / "copy"
    shutil.copytree(
        paths.ROOT / "shuangbei", copy / "shuangbei", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copyfile(paths.ROOT / "requirements.txt", copy / "requirements.txt")
    monkeypatch.setattr(paths, "ROOT", copy)
    monkeypatch.setattr(footing, "HOME", copy / "shuangbei")
    before = build_chapters.program_digest()
    with (copy / "shuangbei" / "charts" / "lines.py").open("a", encoding="utf-8") as file:
        file.write("# seen\n")
    changed = build_chapters.program_digest()
    (copy / "shuangbei" / "__pycache__").mkdir()
    (copy / "shuangbei" / "__pycache__" / "charts.pyc").write_bytes(b"x")
    assert before != changed == build_chapters.program_digest()
