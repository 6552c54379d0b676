"""Finds what a page of another edition still says in Chinese; each such text stops the build."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.util import logging
from sphinx.util.nodes import NodeMatcher

from shuangbei import paths

HAN = re.compile(r"[\u4e00-\u9fff]")
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
        _logger.warning("no translation for %r; run `run.py translate` and fill it in under"
                        " locale/", text[:60] + "…" * (len(text) > 60), location=node)


def setup(app) -> None:
    """Look at every page once it has been read and translated."""
    app.connect("doctree-read", report)
