"""Chinese on the pages of another edition: what is untranslated stops the build, the rest is marked."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.util import logging
from sphinx.util.nodes import NodeMatcher

from shuangbei import paths

HAN = re.compile(r"[\u4e00-\u9fff]")
_RUN = re.compile(r"[《〔“]?[\u4e00-\u9fff][\u4e00-\u9fff0-9，。、：；（）《》〔〕“”—·]*")
# A piece of markup; text that is marked already goes with its mark.
_PIECE = re.compile(r'(<span lang="[^"]*">[^<]*</span>|<[^>]*>)')
_logger = logging.getLogger(__name__)


def missing(doctree: nodes.document) -> list[nodes.Element]:
    """Return the nodes of a page that have no translation though their text is Chinese."""
    found = doctree.findall(NodeMatcher(translated=Any))
    return [node for node in found if not node["translated"] and HAN.search(node.astext())]


def report(app, doctree: nodes.document) -> None:
    """Warn of every text without a translation; builds of this project stop on a warning."""
    if paths.language() == "zh" or app.builder.name == "gettext":
        return
    for node in missing(doctree):
        text = node.astext()
        _logger.warning(
            "no translation for %r; run `run.py translate` and fill it in under locale/",
            text[:60] + "…" * (len(text) > 60),
            location=node,
        )


def mark(markup: str) -> str:
    """
    Say of each run of Chinese in a piece of HTML that it is Chinese, for voices that read it.

    Examples
    --------
    >>> mark('<p title="数">The word 超 means over.</p>')
    '<p title="数">The word <span lang="zh-CN">超</span> means over.</p>'
    """
    pieces = _PIECE.split(markup)
    for place in range(0, len(pieces), 2):
        if HAN.search(pieces[place]):
            pieces[place] = _RUN.sub(r'<span lang="zh-CN">\g<0></span>', pieces[place])
    return "".join(pieces)


def _mark_page(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    if paths.language() != "zh" and "body" in context:
        context["body"] = mark(context["body"])


def setup(app) -> None:
    """Look at every page once it has been read, and once it is written."""
    app.connect("doctree-read", report)
    app.connect("html-page-context", _mark_page, priority=900)
