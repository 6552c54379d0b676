"""Arithmetic on numbers and frames: marks of commitments, ranks of districts; no words."""

from shuangbei.intervals import AT_LEAST, AT_MOST, EQUAL, Interval
from shuangbei.measures.assessment import DUE_TIMES, Assessment, assess, register
from shuangbei.measures.bar import least_on_track
from shuangbei.measures.clues import (
    Clash,
    Clue,
    ClueInput,
    NothingFollows,
    clashes,
    clues,
    clues_of,
    clues_of_series,
)
from shuangbei.measures.due import Due, GapRow, Release, around, of_gap, release, single
from shuangbei.measures.elimination import Elimination, eliminated, eliminations, with_eliminated
from shuangbei.measures.milestone import LASTING_KINDS, Milestone, milestone
from shuangbei.measures.outlook import FEWEST, NEAR_MISS, WINDOW_YEARS, Outlook, best_pace, outlook
from shuangbei.measures.targets import (
    BOUNDS,
    CYCLE_YEARS,
    Calendar,
    Observation,
    Target,
    gap_to_benchmark,
    meets,
    observations_of,
    path_value,
    reaches,
)
from shuangbei.measures.to_date import ON_TRACK, SLIGHTLY_BEHIND, ToDate, Year, to_date

__all__ = [
    "AT_LEAST",
    "AT_MOST",
    "BOUNDS",
    "CYCLE_YEARS",
    "DUE_TIMES",
    "EQUAL",
    "FEWEST",
    "LASTING_KINDS",
    "NEAR_MISS",
    "ON_TRACK",
    "SLIGHTLY_BEHIND",
    "WINDOW_YEARS",
    "Assessment",
    "Calendar",
    "Clash",
    "Clue",
    "ClueInput",
    "Due",
    "Elimination",
    "GapRow",
    "Interval",
    "Milestone",
    "NothingFollows",
    "Observation",
    "Outlook",
    "Release",
    "Target",
    "ToDate",
    "Year",
    "around",
    "assess",
    "best_pace",
    "clashes",
    "clues",
    "clues_of",
    "clues_of_series",
    "eliminated",
    "eliminations",
    "gap_to_benchmark",
    "least_on_track",
    "meets",
    "milestone",
    "observations_of",
    "of_gap",
    "outlook",
    "path_value",
    "reaches",
    "register",
    "release",
    "single",
    "to_date",
    "with_eliminated",
]
