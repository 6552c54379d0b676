"""Files that speak of the finished site as a whole: sitemap, robots.txt, links of the 404 page."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import yaml

from shuangbei import languages, paths

SITEMAP, LOST = "sitemap.xml", "404.html"
_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
# Frames for other sites, and pages that say nothing of their own.
_UNLISTED = re.compile(r"(en/)?(embed/|(search|404|genindex)\.html$)")
_LINK = re.compile(
    r'(?P<name>\b(?:href|src|action|data-root|data-asset-[a-z-]+))="'
    r'(?P<to>(?![a-z]+:|/|#)[^"]*)"'
)


def base() -> str:
    """
    Return the absolute address of the site: ``html.baseurl`` of ``_config.yml``.

    Raises
    ------
    ValueError
        If it is no address of a site.
    """
    settings = yaml.safe_load((paths.ROOT / "_config.yml").read_text(encoding="utf-8"))
    found = settings["html"]["baseurl"]
    if not re.fullmatch(r"https?://[^/]+/(.*/)?", found):
        raise ValueError(
            f"_config.yml 的 html.baseurl 是 {found!r}，应写成 https://…/，末尾有斜杠。"
            f" html.baseurl in _config.yml is {found!r}; write https://…/ with the"
            " last slash."
        )
    return found


def is_placeholder() -> bool:
    """Tell whether the address of the site is still the one that no site can have (RFC 2606)."""
    return (urlsplit(base()).hostname or "").endswith(".example")


def _pages(pages: Path) -> list[str]:
    """Addresses of the pages that readers should find, from the root of the site."""
    found = [path.relative_to(pages).as_posix() for path in pages.rglob("*.html")]
    return sorted(name for name in found if not _UNLISTED.match(name))


def _editions(name: str, known: set[str]) -> dict[str, str]:
    """The same page in each language that has it: its file by language."""
    here = name.removeprefix(languages.prefix("en"))
    same = {one.tag: one.folder + here for one in languages.ALL.values()}
    return {tag: page for tag, page in same.items() if page in known}


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, f"{{{_MAP}}}{name}").text = text


def sitemap(names: list[str], site: str, published: str) -> str:
    """
    Return the sitemap of both editions, each page with its counterparts.

    Parameters
    ----------
    names : list of str
        Files of the pages, from the root of the site.
    site : str
        Absolute address of the site.
    published : str
        Date of the edition: every page was made anew for it.
    """
    ElementTree.register_namespace("", _MAP)
    ElementTree.register_namespace("xhtml", _XHTML)
    root, known = ElementTree.Element(f"{{{_MAP}}}urlset"), set(names)
    for name in names:
        page = ElementTree.SubElement(root, f"{{{_MAP}}}url")
        _add(page, "loc", languages.located(site, name))
        _add(page, "lastmod", published)
        for tag, same in _editions(name, known).items():
            ElementTree.SubElement(
                page,
                f"{{{_XHTML}}}link",
                {"rel": "alternate", "hreflang": tag, "href": languages.located(site, same)},
            )
    ElementTree.indent(root, " ")
    written = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}\n'


def robots(site: str) -> str:
    """
    Return robots.txt.

    Everything may be read.  Frames for other sites say themselves that they are not to be
    listed; a robot that might not read them would not learn it.

    Examples
    --------
    >>> print(robots("https://a.example/"), end="")
    User-agent: *
    Disallow:
    <BLANKLINE>
    Sitemap: https://a.example/sitemap.xml
    """
    return f"User-agent: *\nDisallow:\n\nSitemap: {languages.located(site, SITEMAP)}\n"


# Of a site that nobody should find.
_CLOSED = "User-agent: *\nDisallow: /\n"


def rooted(page: str, name: str, site: str) -> str:
    """
    Write the links of a page so that they hold at whatever address the page is shown.

    Parameters
    ----------
    page : str
        HTML with links relative to ``name``.
    name : str
        Its file, from the root of the site.
    site : str
        Absolute address of the site; of it the path alone goes into links, so that the page
        works on a trial server too.

    Examples
    --------
    >>> rooted('<a href="../plan/"> <a href="#main">', "en/404.html", "https://a.example/sub/")
    '<a href="/sub/plan/"> <a href="#main">'
    """
    here = urlsplit(languages.located(site, name)).path
    return _LINK.sub(lambda found: f'{found["name"]}="{urljoin(here, found["to"])}"', page)


def write(pages: Path, address: str, published: str, *, listed: bool = True) -> None:
    """
    Write the files of the whole site, once both editions stand in ``pages``.

    Parameters
    ----------
    pages : pathlib.Path
        Root of the finished site.
    address : str
        Absolute address of the site, of :func:`base`.
    published : str
        Date of the edition.
    listed : bool
        Whether search engines are to list the site; without, it has no sitemap.
    """
    made = {"robots.txt": robots(address) if listed else _CLOSED}
    if listed:
        made[SITEMAP] = sitemap(_pages(pages), address, published)
    for name in (one.folder + LOST for one in languages.ALL.values()):
        made[name] = rooted((pages / name).read_text(encoding="utf-8"), name, address)
    for name, text in made.items():
        (pages / name).write_text(text, encoding="utf-8", newline="\n")
