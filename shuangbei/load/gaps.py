"""What is not public of a commitment: the gaps, the figures that come nearest, what would give a mark."""

from __future__ import annotations

import pandas as pd

from shuangbei.load import tables


def gaps(commitment_id: str) -> pd.DataFrame:
    """Return the gaps that are registered for one commitment, with labels and the publisher."""
    frame = tables.texts("gaps", ("note",))
    frame = frame[frame["commitment_id"] == commitment_id]
    publishers = frame["agency_id"].map(tables.codelist("agencies")["name"])
    reasons = frame["reason"].map(tables.codelist("reasons")["name"])
    return frame.assign(agency=publishers, reason_name=reasons).reset_index(drop=True)


def nearest(commitment_id: str) -> pd.DataFrame:
    """Return the figures of another scope that come nearest to a commitment, with ``note`` on what differs."""
    frame = tables.texts("nearest", ("note",))
    return frame[frame["commitment_id"] == commitment_id].reset_index(drop=True)


def remedy(reason: str) -> str:
    """
    Say what it takes where a reason keeps a commitment from a mark, in the language of the run.

    Raises
    ------
    UnknownCode
        If ``remedies.csv`` does not hold ``reason``.
    """
    frame = tables.texts("remedies", ("text",)).set_index("reason")
    if reason not in frame.index:
        raise tables.UnknownCode("remedy", reason, list(frame.index))
    return str(frame.loc[reason, "text"])
