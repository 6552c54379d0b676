"""What a page says of itself to machines in the words of schema.org; plain dictionaries alone."""

from __future__ import annotations

import json
from dataclasses import dataclass

from shuangbei import languages

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
CONTEXT = "https://schema.org"


@dataclass(frozen=True)
class Site:
    """What all pages of an edition share; addresses are absolute."""

    name: str
    home: str  # of the edition
    base: str  # of the whole site, with both editions
    publisher: str
    language: str  # of the edition: zh-CN or en
    published: str  # date of the edition
    code: str  # of the edition: 2026Q3


@dataclass(frozen=True)
class Image:
    """A picture that stands for a page; sizes in pixels, 0 where nobody knows them."""

    address: str
    alt: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class About:
    """What is said of one page: its title, one sentence, its address, its picture."""

    title: str
    description: str
    address: str
    image: Image
    trail: tuple[tuple[str, str], ...] = ()  # (address, name) from the first page to this one


@dataclass(frozen=True)
class Download:
    """A file of the data: its address, content type and name for people."""

    address: str
    kind: str
    name: str


@dataclass(frozen=True)
class Data:
    """What is said of the whole data package."""

    about: About
    keywords: tuple[str, ...]
    years: tuple[str, str]
    place: str
    measured: tuple[tuple[str, str, str], ...]  # (indicator_id, name, unit)
    downloads: tuple[Download, ...]


def _same(site: Site, mark: str) -> dict:
    """A node that is the same wherever it is named; the publisher of both editions is one."""
    return {"@id": f"{site.base if mark == 'publisher' else site.home}#{mark}"}


def publisher(site: Site) -> dict:
    """Who answers for the site."""
    return {"@type": "Organization", **_same(site, "publisher"), "name": site.publisher, "url": site.home}


def website(site: Site, description: str, search: str) -> dict:
    """The site itself, for its first page; ``search`` is the address that takes a query."""
    find = {
        "@type": "SearchAction",
        "query-input": "required name=q",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{q}}"},
    }
    return {
        "@type": "WebSite",
        **_same(site, "site"),
        "name": site.name,
        "url": site.home,
        "description": description,
        "inLanguage": site.language,
        "publisher": _same(site, "publisher"),
        "potentialAction": find,
    }


def _picture(image: Image) -> dict:
    sizes = {"width": image.width, "height": image.height} if image.width else {}
    return {"@type": "ImageObject", "url": image.address, "caption": image.alt, **sizes}


def article(site: Site, about: About, dataset: str) -> dict:
    """A page that people read; ``dataset`` is the id of the data that it rests on."""
    return {
        "@type": "Article",
        "@id": f"{about.address}#article",
        "headline": about.title,
        "description": about.description,
        "url": about.address,
        "mainEntityOfPage": about.address,
        "inLanguage": site.language,
        "datePublished": site.published,
        "dateModified": site.published,
        "author": _same(site, "publisher"),
        "publisher": _same(site, "publisher"),
        "isPartOf": _same(site, "site"),
        "isBasedOn": {"@id": dataset},
        "license": LICENCE,
        "isAccessibleForFree": True,
        "image": _picture(about.image),
    }


def picture(site: Site, about: About, dataset: str, drawn: Image) -> dict:
    """A figure that may be taken away, for its own page: who made it, under which licence."""
    return {
        **_picture(drawn),
        "@id": f"{about.address}#picture",
        "name": about.title,
        "contentUrl": drawn.address,
        "inLanguage": site.language,
        "creator": _same(site, "publisher"),
        "creditText": site.publisher,
        "copyrightNotice": site.publisher,
        "license": LICENCE,
        "acquireLicensePage": about.address,
        "isBasedOn": {"@id": dataset},
    }


def dataset(site: Site, data: Data) -> dict:
    """The data package, for the page that offers it."""
    about = data.about
    files = [
        {"@type": "DataDownload", "name": one.name, "contentUrl": one.address, "encodingFormat": one.kind}
        for one in data.downloads
    ]
    measured = [
        {"@type": "PropertyValue", "propertyID": key, "name": name, "unitText": unit}
        for key, name, unit in data.measured
    ]
    return {
        "@type": "Dataset",
        "@id": f"{about.address}#dataset",
        "name": about.title,
        "description": about.description,
        "url": about.address,
        "version": site.code,
        "dateModified": site.published,
        "datePublished": site.published,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "inLanguage": [one.tag for one in languages.ALL.values()],
        "keywords": list(data.keywords),
        "creator": _same(site, "publisher"),
        "publisher": _same(site, "publisher"),
        "temporalCoverage": "/".join(data.years),
        "spatialCoverage": {"@type": "Place", "name": data.place},
        "variableMeasured": measured,
        "distribution": files,
    }


def breadcrumb(about: About) -> dict:
    """The way from the first page to this one."""
    steps = [
        {"@type": "ListItem", "position": place, "name": name, "item": address}
        for place, (address, name) in enumerate(about.trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def text(nodes: list[dict]) -> str:
    r"""
    Return nodes as text that may stand in a page.

    Parameters
    ----------
    nodes : list of dict
        What is said; they may name one another by ``@id``.

    Examples
    --------
    >>> text([{"name": "</script>"}])
    '{"@context":"https://schema.org","@graph":[{"name":"\\u003c/script\\u003e"}]}'
    """
    whole = {"@context": CONTEXT, "@graph": nodes}
    written = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    # Nothing in it may end the element or begin another one.
    for sign in "<>&":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return written
