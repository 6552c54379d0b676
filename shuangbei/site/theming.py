"""The theme of the report: where its templates are, and what they are told about each page."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from docutils import nodes
from markupsafe import Markup

from shuangbei import languages, load, paths, words
from shuangbei.site import addresses, assets, navigation

NAME = "report"


def _other(here: str) -> dict[str, str]:
    """The same page in the other edition: where it is and how it is named there."""
    language = next(code for code in paths.LANGUAGES if code != paths.language())
    there = languages.of(language)
    return {"hreflang": there.tag, "name": there.name, "href": addresses.across(here, language)}


def tell(app, pagename: str, templatename: str, context: dict, doctree: nodes.document) -> None:
    """Add to the context of a page what the templates of the theme use."""
    here = app.builder.get_target_uri(pagename)
    nav = navigation.around(app.env, pagename)
    known = app.env.titles.get(app.config.root_doc)
    context.update(
        {
            "t": words.pick,
            "lang": paths.language(),
            "here": here,
            "nav": nav,
            "site_name": known.astext() if known else app.config.project,
            "author": app.config.author,
            "edition": load.edition(),
            "edition_line": words.edition_line(),
            "next_release": words.day(load.edition()["next_release"]),
            "other": _other(here),
            "asset": lambda name: addresses.from_page(here, assets.address(name)),
            "root": partial(addresses.from_page, here),
            "modules": assets.modules(here),
            "policy": languages.POLICY,
            "absolute": languages.absolute(app.config.html_baseurl, here),
            "practice": words.practice_words(),
            "contents": context.get("contents", navigation.headings(doctree)),
        }
    )
    context.setdefault("discovery", Markup(""))
    context.setdefault(
        "trail",
        [
            (context["pathto"](part.pages[0].docname), part.caption)
            for part in nav
            if part.current and part.pages[0].docname != pagename
        ],
    )


def _name_author(app, config) -> None:
    """An edition is published under the name that its readers can read."""
    if paths.language() == "en" and config.report_author_en:
        config.author = config.report_author_en


def setup(app) -> None:
    """Register the theme and tell its templates about each page."""
    app.add_config_value("report_author_en", "", "env", [str])
    app.connect("config-inited", _name_author)
    app.add_html_theme(NAME, str(Path(assets.THEME)))
    app.connect("env-updated", navigation.forget)
    # Before all others: what they add may rest on it.
    app.connect("html-page-context", tell, priority=100)
    assets.setup(app)
