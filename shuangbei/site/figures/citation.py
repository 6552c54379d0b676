"""How a figure is cited: GB/T 7714—2015, APA 7 and BibTeX; words in, words out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shuangbei import words

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "$": r"\$",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}

# 舆图 (map) and 电子公告 (a page or a part of one): the codes of kinds in GB/T 7714—2015, annex B.
_CODES = {"map": "CM", "chart": "EB"}
_CALLED = {"map": "Map", "chart": "Chart"}


@dataclass(frozen=True)
class Cited:
    """
    What a citation names.

    ``published`` is a date in ISO form, ``edition`` a code (2026Q3), ``kind`` is chart or map.
    """

    figure_id: str
    title: str
    author: str
    site: str
    edition: str
    published: str
    address: str
    kind: str


class Citation(str):
    """A citation, with what stands before and what after the day of access."""

    before: str
    after: str


def _cited(before: str, dated: str = "", after: str = "") -> Citation:
    made = Citation(before + dated + after)
    made.before, made.after = before, after
    return made


def access(form: str, day: str) -> str:
    """
    What a form says of the day of access, which only the reader knows; empty where it says none.

    Parameters
    ----------
    form : str
        ``gb``, ``apa`` or ``bibtex``.
    day : str
        Date in ISO form; empty where nobody knows it: then nothing stands in its place.

    Examples
    --------
    >>> access("gb", "2026-12-01"), access("apa", "2026-12-01"), access("gb", "")
    ('[2026-12-01]', '', '')
    """
    said = {"gb": f"[{day}]", "apa": "", "bibtex": f"  urldate = {{{day}}},\n"}[form]
    return said if day else ""


def _version(cited: Cited) -> str:
    return words.pick(f"{words.period(cited.edition)}版", f"{words.period(cited.edition)} edition")


def gb7714(cited: Cited, day: str = "") -> Citation:
    """
    A citation after GB/T 7714—2015 for a part of an online resource: [EB/OL], or [CM/OL] for a map.

    Author. Title[kind/carrier]//site. edition. (day of publication)[day of access]. address.

    Parameters
    ----------
    day : str
        Of access, in ISO form; left out where it is empty.

    Examples
    --------
    >>> here = Cited("a-b", "成交额", "某项目", "某站", "2026Q3", "2026-11-30", "https://a.io/", "chart")
    >>> gb7714(here, "2026-12-01")
    '某项目. 成交额[EB/OL]//某站. 2026年三季度版. (2026-11-30)[2026-12-01]. https://a.io/.'
    """
    return _cited(
        f"{cited.author}. {cited.title}[{_CODES[cited.kind]}/OL]//{cited.site}."
        f" {_version(cited)}. ({cited.published})",
        access("gb", day),
        f". {cited.address}.",
    )


def apa(cited: Cited, day: str = "") -> Citation:
    """
    A citation after APA 7 for a chart or a map; the edition makes a day of access unnecessary.

    Examples
    --------
    >>> here = Cited("a-b", "成交额", "某项目", "某站", "2026Q3", "2026-11-30", "https://a.io/", "map")
    >>> apa(here)
    '某项目. (2026, November 30). 成交额 (2026年三季度版) [Map]. 某站. https://a.io/'
    """
    when = date.fromisoformat(cited.published)
    return _cited(
        f"{cited.author}. ({when.year}, {words.MONTHS[when.month - 1]} {when.day})."
        f" {cited.title} ({_version(cited)}) [{_CALLED[cited.kind]}]. {cited.site}. {cited.address}"
    )


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in text)


def bibtex(cited: Cited, day: str = "") -> Citation:
    """
    An entry for BibTeX; titles and names are braced so that no style changes their letters.

    Parameters
    ----------
    day : str
        Of access, in ISO form; left out where it is empty.

    Returns
    -------
    Citation
        Several lines; the key is made of the figure's id and the edition.
    """
    when = date.fromisoformat(cited.published)
    fields = {
        "author": f"{{{_tex(cited.author)}}}",
        "title": f"{{{_tex(cited.title)}}}",
        "howpublished": f"{_tex(cited.site)}, {_tex(_version(cited))}",
        "year": str(when.year),
        "url": cited.address,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    month = f"  month = {words.MONTHS[when.month - 1][:3].lower()},\n"  # a macro of every style
    head = f"@misc{{{cited.figure_id}-{cited.edition},\n{lines}"
    return _cited(head, access("bibtex", day), f"{month}}}")
