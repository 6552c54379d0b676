"""Rules about the words that readers type: each leads somewhere, and none leads there by a detour."""

from __future__ import annotations

from collections.abc import Iterator

from shuangbei.check.findings import Finding
from shuangbei.check.tables import Tables

_LEADING = ("means_zh", "leads_to", "note_zh")


def check_search_words(tables: Tables) -> Iterator[Finding]:
    """Yield what search_words.csv breaches."""
    first: dict[str, int] = {}
    for table, row in tables.places("search_words"):
        word, other = row["word"], tables.lookup("search_words", row["same_as"])
        place = (table.file, row.number)
        alike = "".join(word.casefold().split())
        if alike in first:
            yield Finding(*place, "word", word, "search-alike", {"other_row": str(first[alike])})
        first.setdefault(alike, row.number)
        led = [column for column in _LEADING if row[column]]
        if row["same_as"] and led:
            yield Finding(*place, led[0], row[led[0]], "search-both", {"other": row["same_as"]})
        elif other and other["same_as"]:
            yield Finding(*place, "same_as", row["same_as"], "search-chain", {"end": other["same_as"]})
        elif not row["same_as"] and not led:
            yield Finding(*place, "leads_to", "", "search-nowhere", {"word": word})
