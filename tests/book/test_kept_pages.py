"""Tests that a site made with kept pages is, byte by byte, the site that is made from nothing."""

from __future__ import annotations

import os
import random
import shutil

import pytest
from cells import change
from workshop import differing, tree

# KEPT_CELLS=50 tries fifty cells, which takes hours; the everyday run tries one.
SEEDS = range(int(os.environ.get("KEPT_CELLS", "1")))


def without_kept(workshop):
    """Build the same files once more with nothing kept of pages, chapters and pictures."""
    for kept in (workshop.root / "_build" / "cache").iterdir():
        shutil.rmtree(kept)
    (workshop.root / "_build" / "site.json").unlink()
    run = workshop.build()
    assert run.status == 0, run.output
    return tree(workshop.site)


def revised(workshop, dice):
    """Change cells until one gives a site: a check or a claim of a chapter refuses most of them."""
    for _ in range(60):
        path, before = change(workshop.root / "data", dice)
        run = workshop.build()
        if run.status == 0:
            return path, before
        path.write_text(before, encoding="utf-8", newline="\n")
    pytest.fail("no change of a cell gave a site")


@pytest.mark.parametrize("seed", SEEDS)
def test_after_any_changed_cell_the_site_is_the_one_made_from_nothing(workshop, seed):
    path, before = revised(workshop, random.Random(seed))
    try:
        made = tree(workshop.site)
        assert not differing(made, without_kept(workshop)), path
    finally:
        path.write_text(before, encoding="utf-8", newline="\n")
