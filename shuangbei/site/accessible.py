"""What the stock HTML writer leaves undone for screen readers: tables, heads, links of headings."""

from __future__ import annotations

import re
from html import escape

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from shuangbei import words

_HEADERLINK = re.compile(r'<a class="headerlink" href="(#[^"]*)" title="[^"]*">')


def _heading(node: nodes.Node) -> str:
    while node is not None and not isinstance(node, nodes.section):
        node = node.parent
    title = next(iter(node.findall(nodes.title)), None) if node is not None else None
    return title.astext() if title is not None else ""


def visit_table(translator, node: nodes.table) -> None:
    """Open a table of a prose page, which scrolls on its own; its section names it."""
    name = escape(_heading(node), quote=True)
    translator.body.append(f'<div class="table-scroll" tabindex="0" role="group" aria-label="{name}">')
    HTML5Translator.visit_table(translator, node)
    if not isinstance(node.next_node(), nodes.title):
        opened = translator.body[-1]
        translator.body[-1] = opened.replace("<table ", f'<table aria-label="{name}" ', 1)


def depart_table(translator, node: nodes.table) -> None:
    """Close a table."""
    HTML5Translator.depart_table(translator, node)
    translator.body.append("</div>")


def visit_entry(translator, node: nodes.entry) -> None:
    """Open a cell; a head says that it heads its column."""
    HTML5Translator.visit_entry(translator, node)
    translator.body[-1] = translator.body[-1].replace("<th ", '<th scope="col" ', 1)


def depart_entry(translator, node: nodes.entry) -> None:
    """Close a cell."""
    HTML5Translator.depart_entry(translator, node)


def hushed(body: str) -> str:
    """
    Take the link that each heading ends in out of the heading's name, and out of the way of Tab.

    Readers who use a mouse keep it; everybody has the same links in the list of the page's parts.

    Examples
    --------
    >>> hushed('<a class="headerlink" href="#id1" title="Link to this heading">#</a>')
    '<a class="headerlink" href="#id1" title="链接到这里" aria-hidden="true" tabindex="-1">#</a>'
    """
    title = words.pick("链接到这里", "Link to this place")
    return _HEADERLINK.sub(
        rf'<a class="headerlink" href="\1" title="{title}" aria-hidden="true" tabindex="-1">', body
    )


def _hush(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    if "body" in context:
        context["body"] = hushed(context["body"])


def setup(app) -> None:
    """Put these in the place of the stock ones."""
    app.connect("html-page-context", _hush)
    app.add_node(nodes.table, override=True, html=(visit_table, depart_table))
    app.add_node(nodes.entry, override=True, html=(visit_entry, depart_entry))
