"""
Tests that a site made with kept pages is, byte by byte, the site that is made from nothing.

The site has pages of every kind, but three whole chapters alone: to build it anew takes a fraction of the
time.  So does a build that reads every text again and is stopped by one of them.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import re

import pytest
from cells import change
from workshop import Workshop, differing, tree

# KEPT_CELLS=50 changes fifty cells one after the other; the everyday run a few.
CELLS = int(os.environ.get("KEPT_CELLS", "2"))
SEED = int(os.environ.get("KEPT_SEED", "0"))
# A page that is stale stays so: it is enough to look after every few changes.
EVERY = 5


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The site of three chapters, built once from nothing."""
    made = Workshop(tmp_path_factory.mktemp("small"))
    made.root.parent.mkdir(exist_ok=True)
    made.copy_small()
    made.started = made.build()
    assert made.started.status == 0, made.started.output
    yield made
    made.forget()


@pytest.fixture
def changing(small):
    """The built copy; every file of data that a test changed is put back."""
    before = {path: path.read_bytes() for path in (small.root / "data").rglob("*.csv")}
    yield small
    for path, content in before.items():
        if path.read_bytes() != content:
            path.write_bytes(content)


def from_nothing(small):
    """Build the same files once more with nothing kept."""
    run = small.build("--fresh")
    assert run.status == 0, run.output
    assert run.ran == small.started.ran and not run.kept
    return tree(small.site)


def test_the_small_site_has_pages_of_every_kind_and_three_whole_chapters(small):
    pages = {path.relative_to(small.site).as_posix() for path in small.site.rglob("*.html")}
    folders = {name.removeprefix("en/").partition("/")[0] for name in pages if "/" in name}
    assert folders >= {"plan", "progress", "districts", "data", "figures", "embed"}
    drawn = {path.parent.name for path in small.site.glob("figures/*/wide.svg")}
    assert len(drawn) > 3 and {"districts/yongchuan.html", "districts/map.html", "staff.html"} <= pages
    written = [
        small.site / "progress" / "patents.html",
        small.site / "progress" / "technology-enterprises.html",
    ]
    assert all("commitment-card" in path.read_text(encoding="utf-8") for path in written)


def revise(small, dice) -> str:
    """Change cells until one gives a site: a check or a claim of a chapter refuses most of them."""
    for _ in range(60):
        path, before = change(small.root / "data", dice)
        run = small.build()
        if run.status == 0:
            return path.name
        # What the check or a claim refuses is refused from nothing too, not for what was kept.
        assert "[zh]" not in run.output and "[en]" not in run.output, run.output
        path.write_text(before, encoding="utf-8", newline="\n")
    pytest.fail("no change of a cell gave a site")


def test_a_page_with_a_dead_link_stops_the_build_and_is_named(small):
    before = tree(small.site)
    with small.changed("book/about.md", "\n# ", "\n[没有这一页](no-such-page.md)\n\n# "):
        run = small.build()
    assert run.status == 1
    assert "book/about.md" in run.output and "no-such-page" in run.output
    assert tree(small.site) == before
    assert not list((small.root / "_build").glob("work-*"))


PATENTS = "data/observations/districts.csv"
GLUED = "high_value_patents_per_10k_persons,X-central,2022,all,14.02,", "14.92,"


def test_a_value_that_stands_in_a_sentence_alone_changes_it(changing):
    path = changing.root / PATENTS
    row, new = GLUED
    text = path.read_text(encoding="utf-8")
    assert text.count(row) == 1
    path.write_text(text.replace(row, row.replace("14.02,", new)), encoding="utf-8", newline="\n")
    run = changing.build()
    assert run.status == 0, run.output
    page = (changing.site / "progress" / "patents.html").read_text(encoding="utf-8")
    assert "14.92" in page and "14.02" not in page


def test_another_day_of_publication_comes_to_pages_whose_chapters_say_the_same(changing):
    before = (changing.root / "data" / "edition.yaml").read_text(encoding="utf-8")
    day = re.search(r"^published: *(\S+)$", before, re.M)[1]
    later = (dt.date.fromisoformat(day) + dt.timedelta(1)).isoformat()
    with (
        changing.changed("data/edition.yaml", f"published: {day}", f"published: {later}"),
        changing.changed("data/editions.csv", f",{day}\n", f",{later}\n"),
    ):
        run = changing.build()
        assert run.status == 0, run.output
        page = (changing.site / "progress" / "patents.html").read_text(encoding="utf-8")
    assert "14.02" in page and later in page and day not in page


def test_after_any_changed_cells_the_site_is_the_one_made_from_nothing(changing):
    dice, changed = random.Random(SEED), []
    for number in range(1, CELLS + 1):
        changed.append(revise(changing, dice))
        if number % EVERY == 0 or number == CELLS:
            made = tree(changing.site)
            assert not differing(made, from_nothing(changing)), changed[-EVERY:]
