"""Rules about the words that readers type: each leads somewhere, and none leads there by a detour."""

from __future__ import annotations

from collections.abc import Iterator

from shuangbei.check.findings import Facts, Finding
from shuangbei.check.tables import Tables

_LEADING = ("means_zh", "leads_to", "note_zh")


def check_search_words(tables: Tables) -> Iterator[Finding]:
    """Yield what search_words.csv breaches."""
    first: dict[str, int] = {}
    for table, row in tables.places("search_words"):
        word, other = row["word"], tables.lookup("search_words", row["same_as"])
        alike = "".join(word.casefold().split())
        if alike in first:
            facts: Facts = {"other_row": str(first[alike])}
            yield Finding(table.file, row.number, "word", word, "search-alike", facts)
        first.setdefault(alike, row.number)
        led = [column for column in _LEADING if row[column]]
        if row["same_as"] and led:
            facts = {"other": row["same_as"]}
            yield Finding(table.file, row.number, led[0], row[led[0]], "search-both", facts)
        elif other and other["same_as"]:
            facts = {"end": other["same_as"]}
            yield Finding(table.file, row.number, "same_as", row["same_as"], "search-chain", facts)
        elif not row["same_as"] and not led:
            yield Finding(table.file, row.number, "leads_to", "", "search-nowhere", {"word": word})
