"""Pages of districts and zones, one for each, generated from data; their parts are made elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from shuangbei import load, profile, wording
from shuangbei.site import directives, places, profile_lead, profile_parts, profile_plan

Page = tuple[str, dict, str]
HUB = "book/districts/index"
# Sections that a search finds a page by; the others say much the same on every page.
FOUND = ("division", "report", "targets")
_SECTION = '<section id="'


def body(one: profile_parts.Place, link: profile_parts.Link) -> str:
    """
    Everything that the page of a district or zone says, as HTML.

    Parameters
    ----------
    one : shuangbei.site.profile_parts.Place
    link : callable
        Gives the address of a page and an anchor from this page.
    """
    first, after = profile_lead.lead(one), profile_lead.division(one, link)
    # Who looks for a district that is no more wants to know first where it went.
    opened = after + first if one.is_gone else first + after
    return (f'<article class="profile"><h1>{escape(one.name)}</h1>{opened}'
            f"{profile_parts.portrait(one)}{profile_parts.report(one)}{profile_plan.targets(one)}"
            f"{profile_plan.region(one, link)}{profile_parts.neighbours(one, link)}"
            f"{profile_plan.asked(one, link)}{profile_parts.missing(one, link)}"
            f"{profile_parts.sources(one)}{profile_parts.corrections(link)}</article>")


def headings(html: str) -> list[tuple[str, str]]:
    """
    Anchor and heading of each section of a page that :func:`body` made.

    Examples
    --------
    >>> headings('<section id="report"><h2>创新报表</h2></section>')
    [('report', '创新报表')]
    """
    pieces = [one.partition('"><h2>') for one in html.split(_SECTION)[1:]]
    return [(anchor, rest.partition("</h2>")[0]) for anchor, _, rest in pieces]


def described(one: profile_parts.Place) -> str:
    """Return the sentences for the head of the page: what it holds, and how much is known."""
    holds = wording.pick(f"{one.name}的创新画像和创新报表：公开的数字、自己的目标、还缺什么。",
                         f"{one.name}: innovation portrait and report, with public figures, its own"
                         " targets and what is missing. ")
    return holds + profile_lead.sentences(one)[1]


def _beside(app, here: str, geo_id: str) -> dict[str, str]:
    there = places.page(geo_id)
    return {"link": app.builder.get_relative_uri(here, there),
            "title": escape(load.label("geographies", geo_id))}


def collect(app) -> Iterator[Page]:
    """Yield the page of every unit and zone, if the book has the page that leads to them."""
    if HUB not in app.builder.env.found_docs:
        return
    known = profile.current()
    order = places.every()
    for place, geo_id in enumerate(order):
        name = places.page(geo_id)
        link = directives.link_from(app.builder, app.builder.get_target_uri(name))
        one = profile_parts.place(known, geo_id)
        html = body(one, link)
        yield name, {
            "title": escape(one.name, quote=False), "body": html, "description": described(one),
            "contents": headings(html),
            "prev": _beside(app, name, order[place - 1]) if place else None,
            "next": _beside(app, name, order[place + 1]) if place + 1 < len(order) else None,
        }, "profile.html"


def setup(app) -> None:
    """Let the builder write the pages of districts and zones too."""
    app.connect("html-collect-pages", collect)
