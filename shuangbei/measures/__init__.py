"""Arithmetic on numbers and frames: marks of commitments, ranks of districts; no words."""

from shuangbei.measures.assessment import DUE_TIMES, Assessment, assess, register
from shuangbei.measures.milestone import LASTING_KINDS, Milestone, milestone
from shuangbei.measures.outlook import Outlook, best_pace, outlook
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
)
from shuangbei.measures.to_date import ToDate, Year, to_date

__all__ = [
    "BOUNDS",
    "CYCLE_YEARS",
    "DUE_TIMES",
    "LASTING_KINDS",
    "Assessment",
    "Calendar",
    "Milestone",
    "Observation",
    "Outlook",
    "Target",
    "ToDate",
    "Year",
    "assess",
    "best_pace",
    "gap_to_benchmark",
    "meets",
    "milestone",
    "observations_of",
    "outlook",
    "path_value",
    "register",
    "to_date",
]
