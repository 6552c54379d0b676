"""The feed of editions and the manifest of the site, as text; whoever calls knows the words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree import ElementTree

ATOM = "http://www.w3.org/2005/Atom"
NAME = "feed.xml"
_SPACE = {"a": ATOM}


@dataclass(frozen=True)
class Entry:
    """An edition: its id for good, where to read it, its date, what it is called and says."""

    id: str
    address: str
    published: str
    title: str
    summary: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feed:
    """A feed: its own address, the page it belongs to, its title, publisher and language."""

    address: str
    home: str
    title: str
    publisher: str
    language: str


def entry_id(home: str, published: str, language: str, edition: str) -> str:
    """
    Id of an edition's entry, which stays when the site moves: readers know an entry by it.

    Examples
    --------
    >>> entry_id("https://a.example/en/", "2001-02-03", "en", "2001Q1")
    'tag:a.example,2001-02-03:en/2001Q1'
    """
    return f"tag:{urlsplit(home).hostname},{published}:{language}/{edition}"


def lasting(home: str, edition: str) -> str:
    """
    Address at which an edition is told of for good: readers of feeds key entries by it.

    Examples
    --------
    >>> lasting("https://a.example/en/", "2001Q1")
    'https://a.example/en/about.html#edition-2001Q1'
    """
    return f"{home}about.html#edition-{edition}"


def _moment(date: str) -> str:
    # Chongqing's day; a date has no hour, so it begins.
    return f"{date}T00:00:00+08:00"


def _add(
    parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str
) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    made.text = text
    return made


def _entry(parent: ElementTree.Element, entry: Entry) -> None:
    one = _add(parent, "entry")
    _add(one, "id", entry.id)
    _add(one, "title", entry.title)
    _add(one, "published", _moment(entry.published))
    _add(one, "updated", _moment(entry.published))
    _add(one, "link", rel="alternate", href=entry.address)
    _add(one, "summary", entry.summary)
    if entry.details:
        _add(one, "content", "\n".join([entry.summary, *entry.details]), type="text")


def atom(feed: Feed, entries: list[Entry]) -> str:
    """
    Return an Atom feed, the newest edition first.

    Parameters
    ----------
    feed : Feed
        What the feed is.
    entries : list of Entry
        At least one.
    """
    ElementTree.register_namespace("", ATOM)
    newest = sorted(entries, key=lambda entry: entry.published, reverse=True)
    root = ElementTree.Element(
        f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": feed.language}
    )
    _add(root, "id", feed.address)
    _add(root, "title", feed.title)
    _add(root, "updated", _moment(newest[0].published))
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.address)
    _add(root, "link", rel="alternate", type="text/html", href=feed.home)
    _add(_add(root, "author"), "name", feed.publisher)
    for entry in newest:
        _entry(root, entry)
    return _document(root)


def with_earlier(present: str, earlier: dict[str, str]) -> str:
    """
    Return a feed with the entries of earlier editions, newest first.

    Parameters
    ----------
    present : str
        The feed of this edition.
    earlier : dict of str to str
        What the feed of each earlier edition said when it was published, by edition.

    Raises
    ------
    ValueError
        If one of these feeds does not name its own edition.
    """
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.fromstring(present)
    home = _link(root, "a:link[@rel='alternate']").get("href", "")
    entries = root.findall("a:entry", _SPACE)
    for entry in entries:
        root.remove(entry)
    entries += [_kept(text, edition, home) for edition, text in earlier.items()]
    root.extend(sorted(entries, key=lambda one: one.findtext("a:published", "", _SPACE), reverse=True))
    return _document(root)


def _link(element: ElementTree.Element, path: str) -> ElementTree.Element:
    found = element.find(path, _SPACE)
    if found is None:
        raise ValueError(f"a feed without {path}")
    return found


def _kept(text: str, edition: str, home: str) -> ElementTree.Element:
    """What an edition said of itself; it is told of on this site's page of editions."""
    for entry in ElementTree.fromstring(text).findall("a:entry", _SPACE):
        if entry.findtext("a:id", "", _SPACE).endswith(f"/{edition}"):
            _link(entry, "a:link").set("href", lasting(home, edition))
            return entry
    raise ValueError(f"the feed that was kept with edition {edition} does not name it")


def _document(root: ElementTree.Element) -> str:
    ElementTree.indent(root, " ")
    written = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}\n'


def manifest(name: str, short: str, language: str, icons: dict[str, str]) -> str:
    """
    Return the web manifest.

    Parameters
    ----------
    name, short : str
        Name of the site, and the one that fits under an icon.
    language : str
        Of the edition.
    icons : dict of str to str
        Address, from the manifest, by what it is for: ``192``, ``512``, ``maskable``.
    """
    pictures = [
        {"src": icons[size], "sizes": f"{size}x{size}", "type": "image/png"} for size in ("192", "512")
    ]
    cut = {"src": icons["maskable"], "sizes": "512x512", "type": "image/png", "purpose": "maskable"}
    content = {
        "name": name,
        "short_name": short,
        "lang": language,
        "dir": "ltr",
        "start_url": "./",
        "scope": "./",
        "display": "browser",
        "background_color": "#ffffff",
        "theme_color": "#0f3d6e",
        "icons": [*pictures, cut],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
