"""How a figure is cited: GB/T 7714—2015, APA 7 and BibTeX; words in, words out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shuangbei import wording

_TEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "#": r"\#",
        "_": r"\_", "$": r"\$", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


@dataclass(frozen=True)
class Cited:
    """What a citation names; ``published`` is a date in ISO form, ``edition`` a code (2026Q3)."""

    figure_id: str
    title: str
    author: str
    site: str
    edition: str
    published: str
    address: str


def accessed() -> str:
    """
    What stands for the day of access, which only the reader knows; a script fills it in.

    Examples
    --------
    >>> accessed()
    '〔引用日期〕'
    """
    return wording.pick("〔引用日期〕", "(date of access)")


def _version(cited: Cited) -> str:
    return wording.pick(f"{wording.period(cited.edition)}版", f"{wording.period(cited.edition)} edition")


def gb7714(cited: Cited) -> str:
    """
    A citation after GB/T 7714—2015 for an electronic resource: a data set, online ([DS/OL]).

    Author. Title: site, edition [DS/OL]. (day of publication)[day of access]. address.

    Examples
    --------
    >>> gb7714(Cited("a-b", "成交额", "某项目", "某站", "2026Q3", "2026-11-30", "https://a.example/"))
    '某项目. 成交额: 某站, 2026年三季度版[DS/OL]. (2026-11-30)[〔引用日期〕]. https://a.example/.'
    """
    return (f"{cited.author}. {cited.title}: {cited.site}, {_version(cited)}[DS/OL]."
            f" ({cited.published})[{accessed()}]. {cited.address}.")


def apa(cited: Cited) -> str:
    """
    A citation after APA 7 for a data set; the edition makes a day of access unnecessary.

    Examples
    --------
    >>> apa(Cited("a-b", "成交额", "某项目", "某站", "2026Q3", "2026-11-30", "https://a.example/"))
    '某项目. (2026, November 30). 成交额 (2026年三季度版) [Data set]. 某站. https://a.example/'
    """
    day = date.fromisoformat(cited.published)
    return (f"{cited.author}. ({day.year}, {wording.MONTHS[day.month - 1]} {day.day}). {cited.title}"
            f" ({_version(cited)}) [Data set]. {cited.site}. {cited.address}")


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in text)


def bibtex(cited: Cited) -> str:
    """
    An entry for BibTeX; titles and names are braced so that no style changes their letters.

    Returns
    -------
    str
        Several lines; the key is made of the figure's id and the edition.
    """
    day = date.fromisoformat(cited.published)
    fields = {
        "author": f"{{{_tex(cited.author)}}}", "title": f"{{{_tex(cited.title)}}}",
        "howpublished": f"{_tex(cited.site)}, {_tex(_version(cited))}",
        "year": str(day.year), "url": cited.address, "urldate": accessed(),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    month = f"  month = {wording.MONTHS[day.month - 1][:3].lower()},\n"  # a macro of every style
    return f"@misc{{{cited.figure_id}-{cited.edition},\n{lines}{month}}}"
