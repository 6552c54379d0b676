"""What the stock HTML writer leaves out for screen readers: names of tables, scopes of heads."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator


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


def setup(app) -> None:
    """Put these in the place of the stock ones."""
    app.add_node(nodes.table, override=True, html=(visit_table, depart_table))
    app.add_node(nodes.entry, override=True, html=(visit_entry, depart_entry))
