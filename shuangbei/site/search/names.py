"""By which other names readers look for things: short names, numbers, the other language, pinyin."""

from __future__ import annotations

import re

import pandas as pd

from shuangbei import load, paths, words
from shuangbei.pages import tasks
from shuangbei.site.search import records, said

_NUMERALS = "零一二三四五六七八九"
_QUOTES = re.compile(r"[“”‘’《》]")
_BRACKETS = re.compile(r"（[^）]*）")
_NAMES_OF_AREAS = re.compile(r" (?:(?:\w+ and )?\w+ Autonomous )?(?:District|County)$")
_BRACKETS_EN = re.compile(r",? \(.*\)$")
_AREA = re.compile(r"(?:(?:土家族|苗族)+自治县|区|县)$")
_OF_CITY = re.compile(r"^(?:重庆市?|市)(?=.{2,}(?:局|委|委会|部|联)$)")
_TASK, _OFFICE = "task-", "office-"


def numeral(number: int) -> str:
    """
    A small number as a Chinese reader writes it.

    Examples
    --------
    >>> [numeral(n) for n in (3, 10, 11, 15)]
    ['三', '十', '十一', '十五']
    """
    tens, ones = divmod(number, 10)
    return ("十" if tens else "") + (_NUMERALS[ones] if ones else "")


def _both(row: pd.Series) -> list[str]:
    return [row["name_zh"], row["name_en"]]


def _commitment(code: str) -> list[str]:
    row = load.row("commitments", code)
    about = load.indicator(row["indicator_id"])
    return [*_both(row), *_both(about), code]


def _task(code: str) -> list[str]:
    row = load.row("tasks", code)
    number = int(code.lstrip("TS"))
    if tasks.is_safeguard(code):
        said = [f"保障{number}", f"保障{numeral(number)}", f"safeguard {number}"]
    else:
        said = [
            f"任务{number}",
            f"第{number}项",
            f"任务{numeral(number)}",
            f"第{numeral(number)}项",
            f"第{number}项任务",
            f"task {number}",
        ]
    return [*_both(row), *said, code]


def _office(code: str) -> list[str]:
    row = load.row("agencies", code)
    return [name for name in (*_both(row), row["short_zh"], unprefixed(row["short_zh"])) if name]


def _area(code: str) -> list[str]:
    row = load.row("geographies", code)
    is_district = row["level"] == "district"
    short = [area(row["name_zh"]), area_in_english(row["name_en"])] if is_district else []
    return [*_both(row), spoken(row["name_zh"]), *short]


def of_profile(geo_id: str) -> str:
    """
    Every name that leads to the page of a district or zone; of one that is no more, the question too.

    Examples
    --------
    >>> of_profile("500118")
    '永川区 · Yongchuan District · 永川 · Yongchuan'
    """
    row = load.row("geographies", geo_id)
    asked = [f"{row['name_zh']}去哪了", f"{row['name_zh']}去了哪里"] if row["replaced_by"] else []
    return " · ".join(dict.fromkeys([*_area(geo_id), *asked]))


def _listed() -> dict[str, tuple[str, str]]:
    """Anchors that are codes of data/: anchor to (list, code)."""
    found = {code: ("indicators", code) for code in load.codelist("indicators").index}
    found |= {f"{_TASK}{code.lower()}": ("tasks", code) for code in load.codelist("tasks").index}
    found |= {f"{_OFFICE}{code}": ("agencies", code) for code in load.codelist("agencies").index}
    found |= {f"{records.AREA}{code}": ("geographies", code) for code in load.codelist("geographies").index}
    codes = load.codelist("commitments").index
    return found | {
        place: ("commitments", code) for code in codes for place in (code, f"{records.FIGURE}{code}")
    }


_ASKED = {
    "commitments": _commitment,
    "tasks": _task,
    "agencies": _office,
    "geographies": _area,
    "indicators": lambda code: _both(load.indicator(code)),
}


class Names:
    """The names of everything that has an anchor of its own; reads the lists of data/ once."""

    def __init__(self) -> None:
        self._listed = _listed()

    def shown(self, record: records.Record) -> str:
        """Return the name that a result shows beside its heading: that of a commitment."""
        name, code = self._listed.get(record.anchor, ("", ""))
        return load.label(name, code) if name == "commitments" and record.kind == "section" else ""

    def hidden(self, record: records.Record) -> str:
        """Return further names that lead to a record; for a page, what it is about."""
        if record.kind == "page":
            return record.summary
        name, code = self._listed.get(record.anchor, ("", ""))
        names = _ASKED[name](code) if name else []
        said = {record.title, self.shown(record)}
        return " · ".join(dict.fromkeys(records.squeeze(one) for one in names if one not in said))


def spoken(name: str) -> str:
    """
    A name as it is typed: without quotes, brackets and what stands in brackets.

    Examples
    --------
    >>> spoken("专精特新“小巨人”企业数（2027年）")
    '专精特新小巨人企业数'
    """
    return _QUOTES.sub("", _BRACKETS.sub("", name))


def area(name: str) -> str:
    """
    The name of a district without its kind, if two characters are left.

    Examples
    --------
    >>> area("永川区"), area("忠县"), area("石柱土家族自治县"), area("两江新区")
    ('永川', '忠县', '石柱', '两江新区')
    """
    short = _AREA.sub("", name)
    return name if len(short) < 2 or short.endswith("新") else short


def area_in_english(name: str) -> str:
    """
    The English name of a district without its kind.

    Examples
    --------
    >>> [area_in_english(n) for n in ("Yongchuan District", "Shizhu Tujia Autonomous County")]
    ['Yongchuan', 'Shizhu']
    """
    return _NAMES_OF_AREAS.sub("", _BRACKETS_EN.sub("", name))


def former() -> list[list[str]]:
    """
    Districts, each with the names that it had as a county or a city, or might be thought to have.

    Examples
    --------
    >>> next(row for row in former() if row[0] == "开州区")
    ['开州区', '开州县', '开州市']
    """
    areas = load.codelist("geographies")
    found = []
    for _, row in areas[areas["level"] == "district"].iterrows():
        name = row["name_zh"]
        known = name if paths.language() == "zh" else area_in_english(row["name_en"])
        # 忠县 keeps its kind, and what is new has had no other.
        bare = area(name) if area(name) != name else ""
        others = [f"{bare}{kind}" for kind in ("区", "县", "市") if bare and f"{bare}{kind}" != name]
        found.append([known, *others])
    return [row for row in found if row[1:]]


def unprefixed(office: str) -> str:
    """
    The short name of an office of the city without the city; empty if it has none.

    Examples
    --------
    >>> unprefixed("市科技局"), unprefixed("重庆市税务局"), unprefixed("两江新区管委会")
    ('科技局', '税务局', '')
    """
    bare = _OF_CITY.sub("", office)
    return bare if bare != office else ""


def typed(found: list[records.Record]) -> list[list[str]]:
    """
    Words of the edition, each with what readers may type in its place.

    On Chinese pages these are areas, offices, tasks, commitments, pages and terms with their
    pinyin; on English pages they are areas with their Chinese names.  Words of daily life and
    former names of districts come first on both.

    Parameters
    ----------
    found : list of Record
        Records of the whole edition.
    """
    areas = load.codelist("geographies")
    first = said.daily() + former()
    if paths.language() == "en":
        pairs = zip(areas["name_en"], areas["name_zh"], strict=True)
        return first + sorted(
            [area_in_english(english), *sorted({spoken(chinese), area(spoken(chinese))})]
            for english, chinese in pairs
        )
    districts = areas.loc[areas["level"] == "district", "name_zh"]
    names = [*areas["name_zh"], *districts.map(area)]
    offices = load.codelist("agencies")
    names += [*offices["short_zh"], *offices["name_zh"], *offices["short_zh"].map(unprefixed)]
    for listed in ("tasks", "commitments"):
        names += [*load.codelist(listed)["name_zh"]]
    names += [one.title for one in found if one.kind in ("page", "term")]
    return first + said.pinyin(sorted({spoken(name) for name in names} - {""}))


def kinds() -> dict[str, str]:
    """Return how results call what they lead to, where the heading does not say it."""
    return {
        "figure": words.pick("图", "Chart or map"),
        "term": words.pick("名词", "Term"),
        "row": words.pick("表中一行", "Table row"),
        "area": words.pick("区县和功能区", "District or zone"),
    }
