"""Tests of what results rest on: digests of files and rows, results remembered."""

from __future__ import annotations

import os

import pytest

from shuangbei import memory, paths

HEAD = "indicator_id,geo_id,value\n"


@pytest.fixture
def table(tmp_path, monkeypatch):
    """A table of observations of two indicators, in a data folder of its own."""
    path = tmp_path / "observations" / "some.csv"
    path.parent.mkdir()
    path.write_text(HEAD + "a,1,10\nb,1,20\na,2,30\n", encoding="utf-8")
    monkeypatch.setenv("SHUANGBEI_DATA", str(tmp_path))
    return path


def write(path, text):
    """Write a file so that it has another time, however coarse the clock of the disk is."""
    before = path.stat().st_mtime_ns
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(before + 10**9, before + 10**9))


def replace(path, old, new):
    write(path, path.read_text(encoding="utf-8").replace(old, new))


def test_rows_of_an_indicator_have_a_digest_that_other_rows_do_not_change(table):
    names = [f"data/observations/some.csv#indicator_id={one}" for one in "ab"]
    before = [memory.digest_of(name) for name in names]
    replace(table, "b,1,20", "b,1,21")
    after = [memory.digest_of(name) for name in names]
    assert (before[0] == after[0], before[1] == after[1]) == (True, False)


def test_rows_that_come_or_change_their_order_give_another_digest(table):
    name = "data/observations/some.csv#indicator_id=a"
    seen = [memory.digest_of(name)]
    for text in ("a,2,30\nb,1,20\na,1,10\n", "a,1,10\nb,1,20\na,2,30\na,3,40\n", "b,1,20\n"):
        write(table, HEAD + text)
        seen.append(memory.digest_of(name))
    assert len(set(seen)) == len(seen)
    assert seen[-1] == memory.ABSENT


def test_a_remembered_result_is_made_anew_when_its_file_changes_and_not_before(table):
    made = []

    @memory.remembered
    def length() -> int:
        made.append(1)
        return len(paths.opened(table).read_text(encoding="utf-8"))

    assert length() == length() and len(made) == 1
    replace(table, "b,1,20", "b,1,2000")
    length()
    assert len(made) == 2


def test_whoever_is_given_a_remembered_result_rests_on_its_files_too(table):
    @memory.remembered
    def content() -> str:
        return paths.opened(table).read_text(encoding="utf-8")

    content()
    with paths.recording() as opened:
        content()
    assert opened == {table}


def test_an_answer_stands_for_the_files_behind_it(table):
    @memory.answer
    def many() -> bool:
        return "30" in paths.opened(table).read_text(encoding="utf-8")

    with paths.recording() as opened:
        many()
    ((name, before),) = memory.digests(opened).items()
    replace(table, "10", "11")
    assert memory.digest_of(name) == before
    replace(table, "30", "31")
    assert memory.digest_of(name) != before


def test_what_is_opened_in_a_record_counts_around_it_unless_it_is_apart(table):
    with paths.recording() as around:
        with paths.recording():
            paths.opened(table)
        with paths.recording(apart=True) as inner:
            paths.opened(table.with_name("other.csv"))
    assert (around, inner) == ({table}, {table.with_name("other.csv")})
