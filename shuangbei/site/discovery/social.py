"""What stands on the card of a page: its title, and of a commitment the number, mark and source."""

from __future__ import annotations

from typing import Any

from shuangbei import load, words
from shuangbei.pages import html, plan
from shuangbei.site.discovery import cards, dataset, structured
from shuangbei.site.figures import node

FOLDER = "cards"


def address(here: str) -> str:
    """
    Address of the card of a page, from the root of its edition.

    Examples
    --------
    >>> address("figures/patents/index.html"), address("index.html")
    ('cards/figures/patents/index.png', 'cards/index.png')
    """
    return f"{FOLDER}/{here.removesuffix('.html')}.png"


def _headline(commitment_id: str) -> dict[str, str]:
    """The newest figure of a commitment with its date, and the mark to date."""
    found = plan.assessment(commitment_id)
    mark = found.to_date
    told = {
        "mark": words.mark_word("to_date", mark.mark, provisional=bool(mark.provisional)),
        "shape": html.shape("to_date", mark.mark),
    }
    # A gap to the nation is no number that can stand alone.
    if mark.latest is None or found.commitment["relation"] == "gt_benchmark":
        return told
    row = found.series[found.series["period"] == mark.latest.period].iloc[-1]
    decimals = len(row["printed"].partition(".")[2])
    number = words.qualified(float(row["printed"]), row["unit"], mark.latest.qualifier, decimals)
    return {**told, "number": number, "when": words.period(mark.latest.period)}


def of_page(
    site: structured.Site, about: structured.About, figure: dict[str, Any] | None, is_its_home: bool
) -> cards.Card:
    """
    Return what stands on the card of a page.

    Parameters
    ----------
    site, about : Site, About
        What is told to machines of the site and of the page.
    figure : dict, optional
        Identity of the figure that stands for the page.
    is_its_home : bool
        Whether the page is that figure's own: then the mark is the page's too.
    """
    is_site_home = about.address == site.home
    commitment = figure["id"] if figure and figure["id"] in load.commitments().index else None
    # A page about several things would say the number of one of them under a name that is another's.
    told = _headline(commitment) if commitment and is_its_home else {}
    return cards.Card(
        kicker="" if is_site_home else site.name,
        title=about.title,
        sentence=dataset.verdict() if is_site_home else about.description,
        source=node.origin(figure) if figure and is_its_home else "",
        foot=words.edition_line(),
        **told,
    )
