"""Arithmetic on numbers and frames: marks of commitments here, of districts in league, publication and profile; no words."""

from shuangbei.measures.assessment import Assessment, DUE_TIMES, assess, register
from shuangbei.measures.milestone import LASTING_KINDS, Milestone, milestone
from shuangbei.measures.outlook import Outlook, best_pace, outlook
from shuangbei.measures.targets import BOUNDS, CYCLE_YEARS, Calendar, Observation, Target, gap_to_benchmark, meets, observations_of, path_value
from shuangbei.measures.to_date import ToDate, Year, to_date

__all__ = ["Assessment", "BOUNDS", "CYCLE_YEARS", "Calendar", "DUE_TIMES", "LASTING_KINDS", "Milestone", "Observation", "Outlook", "Target", "ToDate", "Year", "assess", "best_pace", "gap_to_benchmark", "meets", "milestone", "observations_of", "outlook", "path_value", "register", "to_date"]
