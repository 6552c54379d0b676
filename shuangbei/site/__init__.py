"""The Sphinx extension of the site: theme, figures, directives, addresses, search, discovery."""

from __future__ import annotations

import os
import re

SOURCES = "book/data/sources"
_SOURCE_ID = re.compile(r'<span class="source-id">(s\d{3})</span>')


def _speak(app) -> None:
    os.environ["SHUANGBEI_LANG"] = app.config.shuangbei_language


def _every_page(app, env, added, changed, removed) -> set[str]:
    """
    Name the pages to read anew: every one, but where the build knows what has changed.

    A page shows data, and Sphinx sees a change of its text alone.
    """
    from shuangbei.site import kept

    return kept.stale(app, env)


def _link_sources(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Lead from the number of a source in a table to its line in the list of sources."""
    if "body" in context and pagename != SOURCES:
        page = app.builder.get_relative_uri(pagename, SOURCES)
        context["body"] = _SOURCE_ID.sub(rf'<a href="{page}#\1">\1</a>', context["body"])


def setup(app) -> dict:
    """Register everything that a page of the site needs."""
    from shuangbei.site import (
        accessible,
        directives,
        figures,
        generated,
        kept,
        readers,
        theming,
        translated,
    )
    from shuangbei.site.discovery import heads
    from shuangbei.site.figures import pages
    from shuangbei.site.search import index

    language = os.environ.get("SHUANGBEI_LANG", "zh")
    app.add_config_value("shuangbei_language", language, "env", [str])
    # Known to the stock theme and its extensions, which this book does without.
    for name in ("comments_config", "bibtex_bibfiles"):
        if name not in app.config:
            app.add_config_value(name, {}, "env")
    app.connect("builder-inited", _speak)
    app.connect("html-page-context", _link_sources)
    app.connect("env-get-outdated", _every_page)
    app.add_node(
        figures.report_figure,
        html=(figures.visit_figure, None),
        text=(figures.skip_figure, None),
        gettext=(figures.skip_figure, None),
    )
    for part in (kept, directives, accessible, theming, translated, pages, generated, index, heads, readers):
        part.setup(app)
    numbering = app.extensions.get("sphinx_multitoc_numbering")
    if numbering:
        # It does not say so, but it only renumbers numbered toctrees, and this book has none.
        numbering.parallel_read_safe = True
    return {"version": "2", "parallel_read_safe": True, "parallel_write_safe": True}
