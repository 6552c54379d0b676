"""What comes in: the tables of data/, typed and labelled, and the areas they speak of; the only reader of both."""

from shuangbei.load.areas import CRS, NotDrawable, at_level, boundaries, changed, check_places, coverage, crosswalk, join, members_of, neighbours, newest, on_units, redrawn, regions, succession, tiles, topology, units
from shuangbei.load.tables import CITY, NATION, TARGET, UnknownCode, codelist, commitment, commitments, cut_off_time, edition, gaps, half_step, indicator, is_practice, label, observations, row, series, sources, table, texts

__all__ = ["CITY", "CRS", "NATION", "NotDrawable", "TARGET", "UnknownCode", "at_level", "boundaries", "changed", "check_places", "codelist", "commitment", "commitments", "coverage", "crosswalk", "cut_off_time", "edition", "gaps", "half_step", "indicator", "is_practice", "join", "label", "members_of", "neighbours", "newest", "observations", "on_units", "redrawn", "regions", "row", "series", "sources", "succession", "table", "texts", "tiles", "topology", "units"]
