"""What leads a reader through the book: its parts and pages, the trail, headings of a page."""

from __future__ import annotations

import gettext
from dataclasses import dataclass, replace
from pathlib import Path

from docutils import nodes
from sphinx import addnodes


@dataclass(frozen=True)
class Page:
    """One page of the book: its document and its title in the language of the edition."""

    docname: str
    title: str


@dataclass(frozen=True)
class Part:
    """A part of the book: its caption, its pages, and whether the reader is in it."""

    caption: str
    pages: tuple[Page, ...]
    current: bool = False


def parts(env) -> list[Part]:
    """
    The parts of the book in the order of ``_toc.yml``, captions and titles translated.

    Read once for each build: pages are written in processes that inherit it.
    """
    kept = env.__dict__.get("shuangbei_parts")
    if kept is None:
        found = env.get_doctree(env.config.root_doc).findall(addnodes.toctree)
        words = _catalogue(env)
        kept = [
            Part(
                words.gettext(tree["caption"]) if tree["caption"] else "",
                tuple(Page(name, env.titles[name].astext()) for name in tree["includefiles"]),
            )
            for tree in found
            if tree["includefiles"]
        ]
        env.__dict__["shuangbei_parts"] = kept
    return kept


def _catalogue(env) -> gettext.NullTranslations:
    """
    Translations of the home page, whose captions the parts of the book are.

    Sphinx translates a page as it reads it; the tree of ``_toc.yml`` is added after that.
    """
    folders = [str(Path(env.srcdir, name)) for name in env.config.locale_dirs]
    for folder in folders:
        name, language = env.config.root_doc, env.config.language
        if gettext.find(name, folder, [language]):
            return gettext.translation(name, folder, [language])
    return gettext.NullTranslations()


def around(env, pagename: str) -> list[Part]:
    """
    Return the parts of the book, the one that holds ``pagename`` marked as current.

    A page that is made, such as ``districts/yongchuan``, belongs to the part whose documents stand
    in the folder of that name.
    """
    folder = f"book/{pagename.partition('/')[0]}/" if "/" in pagename else pagename

    def holds(part: Part) -> bool:
        return any(
            page.docname == pagename or (pagename not in env.found_docs and page.docname.startswith(folder))
            for page in part.pages
        )

    return [replace(part, current=holds(part)) for part in parts(env)]


def headings(doctree: nodes.document | None) -> list[tuple[str, str]]:
    """
    The sections of a page below its title: anchor and heading.

    A section that has an anchor of its own choosing (a commitment) is reached by that one.
    """
    if doctree is None:
        return []
    top = next(doctree.findall(nodes.section), None)
    below = [node for node in (top.children if top else []) if isinstance(node, nodes.section)]
    return [(node["ids"][0], node.next_node(nodes.title).astext()) for node in below]


def forget(app, env) -> None:
    """Read the parts anew once all pages have been read."""
    env.__dict__.pop("shuangbei_parts", None)
    parts(env)
