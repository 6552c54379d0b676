"""Tests of what results rest on: digests of files and rows, results remembered."""

from __future__ import annotations

from changes import HEAD, replace, write

from shuangbei import memory, paths


def test_rows_of_an_indicator_have_a_digest_that_other_rows_do_not_change(two_indicators):
    names = [f"data/observations/some.csv#indicator_id={one}" for one in "ab"]
    before = [memory.digest_of(name) for name in names]
    replace(two_indicators, "b,1,20", "b,1,21")
    after = [memory.digest_of(name) for name in names]
    assert (before[0] == after[0], before[1] == after[1]) == (True, False)


def test_rows_that_come_or_change_their_order_give_another_digest(two_indicators):
    name = "data/observations/some.csv#indicator_id=a"
    seen = [memory.digest_of(name)]
    for text in ("a,2,30\nb,1,20\na,1,10\n", "a,1,10\nb,1,20\na,2,30\na,3,40\n", "b,1,20\n"):
        write(two_indicators, HEAD + text)
        seen.append(memory.digest_of(name))
    assert len(set(seen)) == len(seen)
    assert seen[-1] == memory.ABSENT


def test_a_remembered_result_is_made_anew_when_its_file_changes_and_not_before(two_indicators):
    made = []

    @memory.remembered
    def length() -> int:
        made.append(1)
        return len(paths.opened(two_indicators).read_text(encoding="utf-8"))

    assert length() == length() and len(made) == 1
    replace(two_indicators, "b,1,20", "b,1,2000")
    length()
    assert len(made) == 2


def test_whoever_is_given_a_remembered_result_rests_on_its_files_too(two_indicators):
    @memory.remembered
    def content() -> str:
        return paths.opened(two_indicators).read_text(encoding="utf-8")

    content()
    with paths.recording() as opened:
        content()
    assert opened == {two_indicators}


def test_an_answer_stands_for_the_files_behind_it(two_indicators):
    @memory.answer
    def many() -> bool:
        return "30" in paths.opened(two_indicators).read_text(encoding="utf-8")

    with paths.recording() as opened:
        many()
    ((name, before),) = memory.digests(opened).items()
    replace(two_indicators, "10", "11")
    assert memory.digest_of(name) == before
    replace(two_indicators, "30", "31")
    assert memory.digest_of(name) != before


def test_what_is_opened_in_a_record_counts_around_it_unless_it_is_apart(two_indicators):
    with paths.recording() as around:
        with paths.recording():
            paths.opened(two_indicators)
        with paths.recording(apart=True) as inner:
            paths.opened(two_indicators.with_name("other.csv"))
    assert (around, inner) == ({two_indicators}, {two_indicators.with_name("other.csv")})
