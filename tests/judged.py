"""Lets tests that check the data package again and again judge each table once; asserts nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from shuangbei.check import schema_rules


@contextmanager
def judged_once() -> Iterator[None]:
    """Remember what is wrong with a table by all that its judgement rests on, until the block ends."""
    judge, found = schema_rules._judged, {}

    def judged(name, places, tables):
        ground = name, *_ground(places, tables)
        if ground not in found:
            found[ground] = judge(name, places, tables)
        return found[ground]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema_rules, "_judged", judged)
        yield


def _ground(places, tables) -> tuple:
    """Schemas and rows of a table, and the keys that they lead to."""
    specs = {table.spec.name: table.spec for table, _ in places}
    keys = sorted({target for spec in specs.values() for target in spec.foreign_keys.values()})
    return (
        repr(sorted(specs.items())),
        tuple((table.file, row.number, *row.cells.values()) for table, row in places),
        tuple((target, *(row[target[1]] for row in tables.rows(target[0]))) for target in keys),
    )
