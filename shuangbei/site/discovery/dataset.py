"""What is said of the data package to machines and to feeds: words and counts, read from data/."""

from __future__ import annotations

import html
import re

from shuangbei import load, memory, words
from shuangbei.pages import data as data_parts
from shuangbei.pages import plan
from shuangbei.site.discovery import structured

_TAG = re.compile(r"<[^>]+>")
# Beside the files that the contract names: the package as a whole, and the marks.
_WHOLE = (
    ("datapackage.zip", "application/zip", ("全部数据（压缩包）", "All data, zipped")),
    (
        "datapackage.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ("全部数据（Excel工作簿）", "All data as an Excel workbook"),
    ),
    ("datapackage.json", "application/json", ("数据包说明", "Descriptor of the package")),
    ("status.json", "application/json", ("各项承诺的标记", "Marks of the commitments")),
    ("clues.json", "application/json", ("本站推得的线索", "Clues that this site has derived")),
    ("clues.csv", "text/csv", ("本站推得的线索", "Clues that this site has derived")),
)


def plain(markup: str) -> str:
    """
    Return the text of a part of a page.

    Examples
    --------
    >>> plain('<p class="x">A &amp; B</p>')
    'A & B'
    """
    return html.unescape(_TAG.sub("", markup)).strip()


def _told(holder: dict, key: str) -> str:
    return holder[words.pick(key, f"{key}_en")]


@memory.answer
def verdict() -> str:
    """Return the generated sentence on where the plan stands."""
    return f"{plan.verdict_sentence()} {plan.searched()}"


def counts() -> tuple[str, ...]:
    """How many commitments carry each mark, one line for each mark that is given."""
    given = [found.to_date.mark for found in plan.assessments().values()]
    order = load.codelist("marks")
    codes = order[order["mark"] == "to_date"]["code"]
    return tuple(
        f"{words.mark_word('to_date', code)}{words.say('colon')}{given.count(code)}"
        for code in codes
        if code in given
    )


def _years() -> tuple[str, str]:
    topics = sorted(set(load.codelist("indicators")["topic"]) | {"districts"})
    periods = [code for topic in topics for code in load.observations(topic)["period"]]
    return min(periods)[:4], max(periods)[:4]


def _measured() -> tuple[tuple[str, str, str], ...]:
    units = load.codelist("units")["name"]
    return tuple(
        (row["indicator_id"], row["name"], units[row["unit"]])
        for _, row in load.codelist("indicators").iterrows()
    )


def _downloads(base: str, resources: list[dict]) -> tuple[structured.Download, ...]:
    whole = [structured.Download(base + name, kind, words.pick(*texts)) for name, kind, texts in _WHOLE]
    files = [
        structured.Download(base + one["path"], one["mediatype"], _told(one, "title")) for one in resources
    ]
    return (*whole, *files)


def data(about: structured.About, base: str) -> structured.Data:
    """
    Return what is said of the data package.

    Parameters
    ----------
    about : About
        Of the page that offers it; its title and description give way to those of the package.
    base : str
        Absolute address of the folder of the files.
    """
    package = data_parts.package()
    named = structured.About(
        _told(package, "title"), _told(package, "description"), about.address, about.image
    )
    place = load.label("geographies", load.CITY)
    return structured.Data(
        named,
        tuple(package["keywords"]),
        _years(),
        place,
        _measured(),
        _downloads(base, package["resources"]),
    )
