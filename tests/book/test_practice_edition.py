"""The practice edition as it is built: its own folder, and the mark on every page and picture."""

from __future__ import annotations

import json
import re

import pytest
from bs4 import BeautifulSoup
from workshop import Workshop, tree

from shuangbei import paths

MARKS = ("练习数据，不是真实数字", "PRACTICE DATA, NOT REAL")
# Two years show both divisions and how figures change, and what any district has today is enough
# to draw; the others would only add pages like these.
FEWER = {
    "\nYEARS = range(2023, 2027)\n": "\nYEARS = range(2025, 2027)\n",
    "\nTIER_YEARS = range(2022, 2026)\n": "\nTIER_YEARS = range(2024, 2026)\n",
    "in sorted(needed | known)": "in sorted(known)",
}


class Rehearsal(Workshop):
    """A copy of the repository in which the practice edition alone is built, with three whole chapters."""

    @property
    def practice(self):
        """Folder of the practice edition."""
        return self.root / "_build" / "practice"


@pytest.fixture(scope="module")
def rehearsal(tmp_path_factory):
    """The practice edition, built once; what stood in _build/site before is still there."""
    shop = Rehearsal(tmp_path_factory.mktemp("practice"))
    shop.root.parent.mkdir(exist_ok=True)
    shop.copy_small()
    shop.site.mkdir(parents=True)
    (shop.site / "index.html").write_text("the real site", encoding="utf-8")
    generator = shop.root / "shuangbei/publish/practice_figures.py"
    text = generator.read_text(encoding="utf-8")
    for whole, fewer in FEWER.items():
        assert text.count(whole) == 1
        text = text.replace(whole, fewer)
    generator.write_text(text, encoding="utf-8", newline="\n")
    shop.said = shop.build("--practice")
    yield shop
    shop.forget()


def pages(rehearsal):
    """Every page of both editions."""
    return sorted((rehearsal.practice / "site").rglob("*.html"))


def test_the_practice_edition_builds_in_its_own_folder(rehearsal):
    assert rehearsal.said.status == 0, rehearsal.said.output
    assert (rehearsal.practice / "site" / "index.html").is_file()
    assert len(pages(rehearsal)) > 100
    assert "练习版" in rehearsal.said.output


def test_the_real_site_and_the_real_data_are_as_they_were(rehearsal):
    assert tree(rehearsal.site).keys() == {"index.html"}
    assert tree(rehearsal.root / "data") == tree(paths.ROOT / "data")


def test_every_page_says_that_it_is_practice(rehearsal):
    for page in pages(rehearsal):
        text = page.read_text(encoding="utf-8")
        assert any(mark in text for mark in MARKS), page
        assert '<meta name="robots" content="noindex">' in text, page
        assert re.search(r"<title>(【练习】|\[Practice\] )", text), page


def test_every_picture_of_a_figure_says_that_it_is_practice(rehearsal):
    pictures = sorted((rehearsal.practice / "site").rglob("*.svg"))
    drawn = [one for one in pictures if "assets" not in one.parts]
    listed = json.loads((rehearsal.practice / "site/figures/index.json").read_text(encoding="utf-8"))[
        "figures"
    ]
    assert len(drawn) >= 6 * len(listed) > 20  # for pages in two widths and to take away, in two languages
    for picture in drawn:
        text = picture.read_text(encoding="utf-8")
        assert any(mark in text for mark in MARKS), picture


def test_full_maps_show_every_unit_of_either_divisions(rehearsal):
    site = rehearsal.practice / "site"
    assert "37 / 37" in (site / "figures/district-tiers/wide.svg").read_text(encoding="utf-8")
    for vintage, n in (("38", 38), ("37", 37)):
        view = site / f"districts/atlas-tech-enterprises-newest-{vintage}.html"
        maps = BeautifulSoup(view.read_bytes(), "html.parser").select("svg.map-svg")
        units = [one for drawn in maps for one in drawn.select("path[data-unit]")]
        assert len({one["data-unit"] for one in units}) == n
        assert not [one for one in units if one["fill"].startswith("url(")]
        assert all(MARKS[0] in drawn.get_text() for drawn in maps)


def test_what_programs_read_says_that_it_is_practice(rehearsal):
    site = rehearsal.practice / "site"
    about = json.loads((site / "data/datapackage.json").read_text(encoding="utf-8"))
    assert about["practice"] is True
    assert "s000" in (site / "data/sources.csv").read_text(encoding="utf-8")
    assert (site / "robots.txt").read_text(encoding="utf-8") == "User-agent: *\nDisallow: /\n"
    listed = json.loads((site / "figures/index.json").read_text(encoding="utf-8"))
    figures = listed["figures"]
    assert all(one["title"].startswith("【练习】") for one in figures)


def test_building_again_changes_nothing_and_runs_nothing(rehearsal):
    again = rehearsal.build("--practice")
    assert again.status == 0 and "没有任何变化" in again.output
    assert again.ran == set()
