"""The published keys of status.json in their order, typed by hand; asserts nothing."""

from __future__ import annotations

KEYS = [
    "commitment_id",
    "edition",
    "as_of",
    "to_date",
    "distance",
    "required",
    "latest_period",
    "latest_value",
    "qualifier",
    "milestone",
    "outlook",
    "projected",
    "reason",
    "source_ids",
    "milestone_reason",
    "outlook_reason",
    "distance_low",
    "distance_high",
    "neighbour",
    "provisional",
    "milestone_provisional",
    "outlook_neighbour",
    "outlook_provisional",
    "in_year_period",
    "in_year_value",
]
