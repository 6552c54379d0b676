"""Tests of `run.py site` on a copy of the repository: all of the site, or nothing of it.

The tests share one copy and run in the order of this file; each leaves the sources as it found
them.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from status_keys import KEYS
from workshop import differing, tree

from shuangbei import paths

CONTRACTS = "data/observations/contracts.csv"
CHAPTER, COMMITMENT = "technology-contracts", "tech-contracts-2027"
# Near enough to the printed value that every sentence of the chapter still holds.
OLD, NEW = "974.24", "974.34"
IN_ENGLISH = "97.434"


def status_of(site):
    """Entries of the published status.json by commitment."""
    entries = json.loads((site / "data" / "status.json").read_text(encoding="utf-8"))
    return {entry["commitment_id"]: entry for entry in entries}


def commitments():
    """Ids of the register in the plan's order, read without the package."""
    text = (paths.ROOT / "data" / "commitments.csv").read_text(encoding="utf-8")
    return [row["commitment_id"] for row in csv.DictReader(io.StringIO(text))]


def test_the_site_builds_on_a_path_with_a_blank_and_chinese_characters(workshop):
    run = workshop.first
    assert run.status == 0, run.output
    assert "没有警告" in run.output
    assert len(run.ran) == len(list((paths.NOTEBOOKS).glob("[!_]*.md")))
    assert not run.kept


def test_a_finished_build_leaves_nothing_but_site_cache_and_lock(workshop):
    left = {path.name for path in (workshop.root / "_build").iterdir()}
    assert left == {"site", "site.json", "objects.jsonl", "cache", "build.lock"}


def counted(sentence: str) -> list[int]:
    return [int(n) for n in re.findall(r"(\d+)项", sentence)]


def test_the_home_page_gives_the_verdict_and_28_marks_that_lead_to_their_chapters(site):
    page = BeautifulSoup((site / "index.html").read_text(encoding="utf-8"), "html.parser")
    told, others = page.select_one(".summary-sentence").get_text().split("其余")
    every, able, *marks, rested = counted(told)
    rest, *why = counted(others)
    assert every == 28 == able + rest and able == rested == sum(marks) and rest == sum(why)
    marks = page.select("ol.marks-strip > li > a")
    assert [a["href"].partition("#")[2] for a in marks] == commitments()
    assert all(a.get_text(strip=True) for a in marks)


def test_the_verdict_of_the_home_page_counts_the_marks_of_status_json(site):
    page = BeautifulSoup((site / "index.html").read_text(encoding="utf-8"), "html.parser")
    told, others = page.select_one(".summary-sentence").get_text().split("其余")
    _, _, *counts, _ = counted(told)
    given = Counter((one["to_date"], bool(one["provisional"])) for one in status_of(site).values())
    assert counted(others)[0] == sum(n for (mark, _), n in given.items() if mark == "not_assessable")
    assert sorted(counts) == sorted(n for (mark, _), n in given.items() if mark != "not_assessable")


def test_status_json_has_28_entries_with_the_published_keys_in_the_plans_order(site):
    entries = json.loads((site / "data" / "status.json").read_text(encoding="utf-8"))
    assert [entry["commitment_id"] for entry in entries] == commitments()
    assert all(list(entry) == KEYS for entry in entries)


def test_the_zip_holds_the_data_package_as_it_stands(site, workshop):
    data = workshop.root / "data"
    with zipfile.ZipFile(site / "data" / "datapackage.zip") as bundle:
        held = {name: bundle.read(name) for name in bundle.namelist()}
    asked = {p.relative_to(data).as_posix(): p.read_bytes() for p in data.rglob("*") if p.is_file()}
    assert held == asked


def test_the_descriptor_of_the_package_names_files_that_are_published_beside_it(site):
    package = json.loads((site / "data" / "datapackage.json").read_text(encoding="utf-8"))
    named = [path for resource in package["resources"] for path in _as_list(resource["path"])]
    published = {p.relative_to(site / "data").as_posix() for p in (site / "data").rglob("*.csv")}
    # What follows from the data is not of the package, though it lies beside it.
    assert set(named) == {name for name in published - {"clues.csv"} if not name.startswith("readers/")}
    assert len(named) == len(set(named)) > 30


def _as_list(path):
    return path if isinstance(path, list) else [path]


def test_building_again_says_that_nothing_changed_and_changes_no_byte(workshop, site):
    run = workshop.build()
    assert run.status == 0
    assert "没有任何变化" in run.output
    assert not run.ran
    assert tree(workshop.site) == tree(site)


@pytest.fixture(scope="module")
def revised(workshop, site):
    """The site after one published value was revised, and the run that made it."""
    with workshop.changed(CONTRACTS, f",{OLD},", f",{NEW},"):
        yield workshop.build()


def test_one_changed_value_runs_only_the_chapters_that_read_its_file(workshop, revised):
    assert revised.status == 0, revised.output
    kept = [
        json.loads(p.read_text(encoding="utf-8"))["opened"] | {"": p.name}
        for p in (workshop.root / "_build/cache/chapters/zh").glob("*.json")
    ]
    asked = {CONTRACTS, f"{CONTRACTS}#indicator_id=tech_contracts"}  # all rows, or those that changed
    readers = {opened[""].rsplit("-", 1)[0] for opened in kept if asked & opened.keys()}
    assert revised.ran == readers
    assert CHAPTER in readers
    assert len(revised.kept) == len(kept) - len(readers) > 8


def test_one_changed_value_shows_in_sentence_card_table_and_alternative_text(workshop, revised):
    html = (workshop.site / "progress" / f"{CHAPTER}.html").read_text(encoding="utf-8")
    page = BeautifulSoup(html, "html.parser")
    assert OLD not in html
    findings = page.select_one("main ul").get_text()
    card = page.select_one(".commitment-card").get_text()
    image = page.select_one(f"#fig-{COMMITMENT} img")["alt"]
    drawn = page.select_one(f"#fig-{COMMITMENT} details table").get_text()
    listed = [table.get_text() for table in page.select("table.data-table")]
    assert all(NEW in text for text in (findings, card, image, drawn))
    assert any(NEW in text for text in listed)
    picture = workshop.site / "figures" / COMMITMENT / "wide.svg"
    assert NEW in picture.read_text(encoding="utf-8")


def test_one_changed_value_changes_one_entry_of_status_json(workshop, revised, site):
    before, after = status_of(site), status_of(workshop.site)
    assert [name for name in before if before[name] != after[name]] == [COMMITMENT]
    assert (before[COMMITMENT]["latest_value"], after[COMMITMENT]["latest_value"]) == (float(OLD), float(NEW))


def test_one_changed_value_changes_no_page_that_does_not_print_it(workshop, revised, site):
    packed = re.compile(r".*\.(gz|br)")
    changed = {name for name in differing(tree(site), tree(workshop.site)) if not packed.fullmatch(name)}
    own = re.compile(rf"(en/)?(figures|embed|embed/\w+)/{COMMITMENT}(/.*|\.html)")
    pages = {f"{edition}progress/{CHAPTER}.html" for edition in ("", "en/")}
    pictures = {
        f"{edition}figures/{COMMITMENT}/{name}"
        for edition in ("", "en/")
        for name in ("wide.svg", "narrow.svg", "figure.png", "figure.svg", "data.csv", "meta.json")
    }
    cards = {f"{edition}cards/figures/{COMMITMENT}/index.png" for edition in ("", "en/")}
    package = {CONTRACTS, "data/datapackage.zip", "data/datapackage.xlsx", "data/status.json"}
    must = pages | pictures | cards | package
    assert must <= changed
    rest = {name for name in changed - must if not own.fullmatch(name)}
    printing = {
        name
        for name in rest
        if any(shown.encode() in (workshop.site / name).read_bytes() for shown in (NEW, IN_ENGLISH))
    }
    assert rest == printing
    assert not [name for name in rest if "progress/" in name or "districts/" in name]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ('facts.value_of("tech_contracts", "1999")', "no value for 1999"),
        ('facts.claim("成交额在下降", rise_last < 0)', "成交额在下降"),
    ],
)
def test_a_broken_chapter_stops_the_build_and_is_named(workshop, revised, code, said):
    before = tree(workshop.site)
    with workshop.changed(
        f"notebooks/{CHAPTER}.md",
        "rise_first=facts.money(rise_first, 2),",
        f"rise_first=facts.money(rise_first, 2))\n{code}\nfacts.publish(",
    ):
        run = workshop.build()
    assert run.status == 1
    assert re.search(rf"notebooks/{CHAPTER}\.md, code cell \d .*(Error|Holds): ", run.output)
    assert said in run.output
    assert "_build/site 没有改动" in run.output
    assert "Traceback" not in run.output
    assert tree(workshop.site) == before


def test_a_value_that_contradicts_a_sentence_stops_the_build(workshop, revised):
    before = tree(workshop.site)
    with workshop.changed(CONTRACTS, f",{NEW},", ",1074.24,"):
        run = workshop.build()
    assert run.status == 1
    assert "ClaimNoLongerHolds" in run.output and "2024年多的只比平均所需略多" in run.output
    assert tree(workshop.site) == before


def test_bad_data_stop_the_build_before_anything_runs(workshop, revised):
    before = tree(workshop.site)
    with workshop.changed(CONTRACTS, "tech_contracts,500000,2024,", "tech_contrcts,500000,2024,"):
        run = workshop.build()
    assert run.status == 1
    assert "contracts.csv" in run.output and "tech_contrcts" in run.output
    assert "数据没有通过检查" in run.output
    assert not run.ran | run.kept
    assert tree(workshop.site) == before


def test_a_build_killed_midway_leaves_the_old_site_as_it_was(workshop, revised):
    before = tree(workshop.site)
    with workshop.changed(CONTRACTS, f",{NEW},", f",{OLD},"):
        said = workshop.kill_midway("组装页面", after=2)
    assert "组装页面" in said and "完成" not in said
    assert tree(workshop.site) == before
    assert list((workshop.root / "_build").glob("work-*"))


def test_a_build_killed_in_the_moment_of_the_exchange_is_put_right_by_the_next(workshop, revised):
    """The old site was moved away and the new one not yet in place when the power went."""
    before = tree(workshop.site)
    workshop.site.rename(workshop.site.with_name("site.before"))
    run = workshop.build()
    assert run.status == 0, run.output
    assert not workshop.site.with_name("site.before").exists()
    assert not list((workshop.root / "_build").glob("work-*"))
    assert tree(workshop.site) == before


def test_after_killed_builds_and_with_the_old_value_the_site_has_the_bytes_of_the_first(
    workshop, revised, site
):
    with workshop.changed(CONTRACTS, f",{NEW},", f",{OLD},"):
        run = workshop.build()
    assert run.status == 0, run.output
    assert not differing(tree(site), tree(workshop.site))
