"""Figures that are invented for practice: a whole data package in which none of a district is real.

    python -m shuangbei.publish.practice_figures data _build/practice/data

Everything but the districts stands as in data/. Whatever the plan needs of a district, every one
has here: counts and stocks for each quarter, what is measured over a year for each year, tiers,
places and targets of its own. The same data/ gives the same bytes: nothing is drawn by lot.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import sys
from pathlib import Path

SOURCE = {
    "source_id": "s000",
    "title": "练习数据，不是真实数字",
    "title_en": "Practice data, not real figures",
    "publisher": "练习数据",
    "publisher_en": "Practice data",
    "url": "",
    "published": "2027-01-31",
    "accessed": "2027-01-31",
    "tier": "quoted",
    "licence": "只供练习，请勿引用",
    "licence_en": "For practice alone; not to be quoted",
    "evidence": "",
}
EDITION = {
    "edition": "2026Q4",
    "cut_off": "2027-01-31",
    "published": "2027-02-10",
    "next_release": "2027-05-20",
}
YEARS = range(2023, 2027)
TIER_YEARS = range(2022, 2026)
DUE = ("2025", "2027")
# How large the units are beside one another; 两江新区 and 北碚区 of 2025-11 follow from the others.
SIZES = {
    "500112": 100,
    "500107": 92,
    "500106": 80,
    "500108": 70,
    "500105": 66,
    "500109": 60,
    "500113": 55,
    "500120": 50,
    "500116": 49,
    "500103": 48,
    "500118": 46,
    "500102": 44,
    "500101": 36,
    "500117": 34,
    "500115": 33,
    "500153": 32,
    "500111": 31,
    "500110": 30,
    "500151": 29,
    "500104": 28,
    "500152": 22,
    "500119": 18,
    "500154": 17,
    "500155": 15,
    "500231": 13,
    "500233": 12,
    "500114": 12.5,
    "500235": 11,
    "500230": 10,
    "500236": 8,
    "500241": 8.5,
    "500156": 7,
    "500240": 7.5,
    "500242": 6,
    "500237": 5,
    "500243": 5.5,
    "500238": 3,
    "500229": 2,
}
NEW_AREA, BEIBEI, MOVED = "500157", "500109", 0.03
# The city's amount at the end of 2022, and its growth in a year: invented, in likely sizes.
AMOUNTS = {
    "high_tech_enterprises": (6300, 0.12),
    "tech_enterprises": (43000, 0.15),
    "little_giants": (250, 0.12),
    "manufacturing_champions": (14, 0.10),
    "backbone_enterprises": (40, 0.30),
    "supported_enterprises": (350, 0.30),
    "new_listings": (14, 0.10),
    "innovation_platforms_by_enterprises": (300, 0.30),
    "enterprise_rd": (380, 0.10),
    "rd_expenditure": (600, 0.10),
    "incubator_area": (420, 0.08),
    "sci_tech_service_firms_new": (150, 0.35),
    "tech_contracts": (600, 0.10),
    "patent_conversion_campaign": (220, 0.40),
    "ip_financing": (60, 0.15),
    "srdi_smes_municipal": (2400, 0.20),
}
ANY_AMOUNT = (900, 0.10)
# The middle of what units have at the end of 2022, and its rise in a year.
LEVELS = {
    "rd_intensity": (1.9, 0.12),
    "sei_share": (26, 1.2),
    "htm_share": (14, 0.5),
    "high_value_patents_per_100m_rd": (9, 1.1),
    "high_value_patent_coverage_hte": (48, 6),
    "major_project_fund_share": (55, 2),
    "invention_patents_per_10k_persons": (12, 1.5),
}
ANY_LEVEL = (24, 1)
COUNTED_ONCE = {"manufacturing_champions"}  # the newest figure of the city is one
FULL_TIERS = (10, 7)  # in the first and in the last tier
Row = dict[str, str]


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _written(rows: list[Row]) -> bytes:
    text = io.StringIO()
    table = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue().encode()


def _draw(*words: object) -> float:
    """A number from 0 to 1 that these words alone decide."""
    return int(hashlib.sha256(" ".join(map(str, words)).encode()).hexdigest()[:8], 16) / 2**32


def vintage_of(period: str) -> str:
    """The divisions at the end of a quarter or a year."""
    return "38" if period in ("2025Q1", "2025Q2", "2025Q3") or period < "2025" else "37"


def units(vintage: str) -> dict[str, float]:
    """Size of every unit of a vintage."""
    if vintage == "38":
        return dict(SIZES)
    gone = SIZES["500105"] + SIZES["500112"]
    kept = {unit: size for unit, size in SIZES.items() if unit not in ("500105", "500112")}
    return {**kept, NEW_AREA: gone * (1 - MOVED), BEIBEI: SIZES[BEIBEI] + gone * MOVED}


def _years(period: str) -> float:
    """Years from the end of 2022 to the end of a period."""
    quarter = int(period[5]) if "Q" in period else 4
    return int(period[:4]) - 2023 + quarter / 4


def _amount(indicator: str, unit: str, period: str) -> float:
    """A count or a sum: a share of the city's, growing at a pace of the unit's own."""
    city, growth = AMOUNTS.get(indicator, ANY_AMOUNT)
    share = units(vintage_of(period))[unit] / sum(SIZES.values()) * (0.8 + 0.4 * _draw(indicator, unit))
    pace = 1 + growth * (0.4 + 1.2 * _draw("pace", indicator, unit))
    return city * share * pace ** _years(period)


def _level(indicator: str, unit: str, period: str) -> float:
    """A share or a ratio: larger units have more of it; a few small ones have none."""
    size = units(vintage_of(period))[unit]
    if indicator == "htm_share" and size < 4:
        return 0.0
    if indicator.endswith("_yoy_nominal"):
        return 4 + 18 * _draw(indicator, unit, period)
    middle, rise = LEVELS.get(indicator, ANY_LEVEL)
    tilt = 0.45 + 0.5 * min(size, 100) / 100 + 0.5 * _draw(indicator, unit)
    return min(99.0, middle * tilt + rise * _years(period) * (0.3 + _draw("rise", indicator, unit)))


def _number(about: Row, value: float) -> str:
    decimals = int(about["decimals"])
    if about["indicator_id"] in COUNTED_ONCE:
        return str(min(1, int(value)))
    if decimals == 0 and value < 1:
        return "0"
    return f"{value:.{decimals}f}"


def _rounded(value: float) -> str:
    """Two digits, the rest noughts, downwards: what “over” is said of."""
    step = 10 ** max(0, len(str(int(value))) - 2)
    return str(int(value) // step * step)


def _row(about: Row, unit: str, period: str, value: float) -> Row:
    """An observation; a few are lower bounds, the newest of a year are partly expected ones."""
    indicator, vintage = about["indicator_id"], vintage_of(period)
    lot, printed, qualifier = _draw("kind", indicator, unit, period), _number(about, value), "exact"
    if lot < 0.03 and about["unit"] == "enterprise" and value >= 100:
        printed, qualifier = _rounded(value), "over"
    elif lot > 0.92 and period == str(YEARS[-1]) and value:
        qualifier = "estimate"
    broken = unit == BEIBEI and period in ("2025Q4", "2025") and about["unit"] != "percent"
    status = "B" if broken else "P" if qualifier == "estimate" else "A"
    note = ("2025年11月起含划入的五个镇。", "Since November 2025 with the five towns that joined it.")
    return _observation(
        about,
        unit,
        period,
        vintage,
        printed,
        qualifier=qualifier,
        status=status,
        note=note if broken else ("", ""),
    )


def _observation(
    about: Row,
    unit: str,
    period: str,
    vintage: str,
    value: str,
    *,
    qualifier: str = "exact",
    status: str = "A",
    note: tuple[str, str] = ("", ""),
) -> Row:
    return {
        "indicator_id": about["indicator_id"],
        "geo_id": unit,
        "period": period,
        "vintage": vintage,
        "value": value,
        "unit": about["unit"],
        "qualifier": qualifier,
        "status": status,
        "source_id": SOURCE["source_id"],
        "note_zh": note[0],
        "note_en": note[1],
    }


def _periods(about: Row, needed: bool) -> list[str]:
    """Quarters of what stands at a time and is needed; years of what is measured over a year."""
    quarterly = needed and about["basis"] == "point"
    years = YEARS if needed else YEARS[:-1]
    return [f"{year}{part}" for year in years for part in (("Q1", "Q2", "Q3", "Q4") if quarterly else ("",))]


def _measured(about: Row, needed: bool) -> list[Row]:
    of = _level if about["unit"] == "percent" or "_per_" in about["unit"] else _amount
    return [
        _row(about, unit, period, of(about["indicator_id"], unit, period))
        for period in _periods(about, needed)
        for unit in units(vintage_of(period))
    ]


def _order(indicator: str, period: str) -> list[str]:
    """The units of a year, best first; 2022 as their sizes are, other years a little otherwise."""
    sizes = units(vintage_of(period))
    shift = 0.0 if period == str(TIER_YEARS[0]) else 0.4
    return sorted(sizes, key=lambda unit: -sizes[unit] * (1 + shift * _draw(indicator, unit, period)))


def _placed(about: Row) -> list[Row]:
    """Tiers or ranks of every unit, for each year."""
    found = []
    for period in map(str, TIER_YEARS):
        order = _order(about["indicator_id"], period)
        for place, unit in enumerate(order, 1):
            tier = 1 + (place > FULL_TIERS[0]) + (place > len(order) - FULL_TIERS[1])
            value = str(tier if about["unit"] == "tier" else place)
            found.append(_observation(about, unit, period, vintage_of(period), value))
    return found


def _targets(about: Row) -> list[Row]:
    """What each unit has set itself, on the divisions of the day: 38 units, and 两江新区 later."""
    found, measured = [], about["indicator_id"].removesuffix("_target")
    for due in DUE:
        for unit, vintage in [*((unit, "38") for unit in SIZES), (NEW_AREA, "37")]:
            if (unit, due) == (NEW_AREA, DUE[0]):
                continue
            # As it was expected before the divisions changed, a little more or less than will be.
            ahead = _aim(about, measured, unit, due, "2026Q4" if vintage == "37" else "2025Q3")
            kind = "over" if _draw("target", measured, unit) < 0.5 else "exact"
            found.append(_observation(about, unit, due, vintage, _rounded(max(ahead, 1)), qualifier=kind))
    return found


def _aim(about: Row, measured: str, unit: str, due: str, now: str) -> float:
    """What a unit aims at: an amount some per cent above today's, a share some points above it."""
    later = due == DUE[1]
    if about["unit"] == "percent":
        return min(95.0, _level(measured, unit, now)) + (3.0 if later else 1.0)
    return (
        _amount(measured, unit, now) * (1.12 if later else 1.0) * (0.94 + 0.16 * _draw(measured, unit, due))
    )


def _of_indicator(about: Row, needed: bool) -> list[Row]:
    if about["indicator_id"].endswith("_target"):
        return _targets(about)
    if about["unit"] in ("rank", "tier"):
        return _placed(about) if "_in_" not in about["indicator_id"] else []
    return _measured(about, needed)


def observations(data: Path) -> list[Row]:
    """Return the rows of districts.csv: invented for every unit, as in data/ for all other areas."""
    levels = {row["geo_id"]: row["level"] for row in _rows(data / "geographies.csv")}
    indicators = {row["indicator_id"]: row for row in _rows(data / "indicators.csv")}
    real = _rows(data / "observations" / "districts.csv")
    needed = {row["indicator_id"] for row in _rows(data / "needs.csv")}
    known = {row["indicator_id"] for row in real if levels[row["geo_id"]] == "district"}
    kept = [row for row in real if levels[row["geo_id"]] != "district"]
    made = [row for code in sorted(needed | known) for row in _of_indicator(indicators[code], code in needed)]
    return sorted(
        [*kept, *made],
        key=lambda row: [row[name] for name in ("indicator_id", "geo_id", "period", "vintage")],
    )


def scales(data: Path, figures: list[Row]) -> list[Row]:
    """Return the rows of map_scales.csv, with one for every invented count and share that has none."""
    levels = {row["geo_id"]: row["level"] for row in _rows(data / "geographies.csv")}
    units = {row["indicator_id"]: row["unit"] for row in _rows(data / "indicators.csv")}
    real = _rows(data / "map_scales.csv")
    named = {row["indicator_id"] for row in real}
    drawn = {row["indicator_id"] for row in figures if levels[row["geo_id"]] == "district"}
    return real + [
        {"indicator_id": code, "scale": "graded", "method": "natural_breaks", "cuts": ""}
        for code in sorted(drawn - named)
        if units[code] != "rank"
    ]


def _edition(text: str) -> str:
    for name, value in EDITION.items():
        text = re.sub(rf"(?m)^{name}:.*$", f"{name}: {value}", text)
    return f"{text.rstrip()}\npractice: true\n"


def _contract(text: str) -> str:
    """The contract under a name and titles that say what it holds."""
    text = re.sub(r"(?m)^(name: .*)$", r"\1-practice\npractice: true", text, count=1)
    text = re.sub(r"(?m)^title: ", f"title: {SOURCE['title']}。", text, count=1)
    return re.sub(r"(?m)^title_en: ", f"title_en: {SOURCE['title_en']}. ", text, count=1)


def package(data: Path) -> dict[str, bytes]:
    """
    Return every file of the practice package by its name.

    Parameters
    ----------
    data : pathlib.Path
        The real package; it is read and stays as it is.
    """
    named = {
        path.relative_to(data).as_posix(): path.read_bytes()
        for path in sorted(data.rglob("*"))
        if path.is_file() and not path.name.startswith((".", "~"))
    }
    figures = observations(data)
    edition = [{"edition": EDITION["edition"], "issued": EDITION["published"]}]
    return {
        **named,
        "observations/districts.csv": _written(figures),
        "map_scales.csv": _written(scales(data, figures)),
        "sources.csv": _written([SOURCE, *_rows(data / "sources.csv")]),
        "editions.csv": _written(edition),
        "edition.yaml": _edition(named["edition.yaml"].decode()).encode(),
        "datapackage.yaml": _contract(named["datapackage.yaml"].decode()).encode(),
    }


def write(files: dict[str, bytes], target: Path) -> None:
    """Make a folder hold these files and no others; what is the same already is left alone."""
    for path in [path for path in target.rglob("*") if path.is_file()]:
        if path.relative_to(target).as_posix() not in files:
            path.unlink()
    for name, content in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)


if __name__ == "__main__":
    write(package(Path(sys.argv[1])), Path(sys.argv[2]))
