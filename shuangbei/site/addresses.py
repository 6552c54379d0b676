"""Addresses of pages: what readers and links see, independent of the folders of the repository.

``book/plan/tasks`` is ``/plan/tasks.html`` and ``notebooks/regions`` is ``/progress/regions.html``;
the home page is ``/index.html``.  Addresses are a published interface: folders may move, they
may not.
"""

from __future__ import annotations

import os
from pathlib import Path

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.osutil import relative_uri

from shuangbei import languages

_ROOMS = (("book/", ""), ("notebooks/", "progress/"))
# The district chapter is a notebook, but readers look for it beside the district pages.
_OWN = {"notebooks/districts": "districts/map"}


def address_of(docname: str) -> str:
    """
    The address of a page without its suffix.

    Examples
    --------
    >>> address_of("book/index"), address_of("notebooks/regions"), address_of("genindex")
    ('index', 'progress/regions', 'genindex')
    """
    if docname in _OWN:
        return _OWN[docname]
    for folder, public in _ROOMS:
        if docname.startswith(folder):
            return public + docname.removeprefix(folder)
    return docname


def from_page(here: str, target: str) -> str:
    """
    Relative address of a file at the root of the site, which both editions share.

    Parameters
    ----------
    here : str
        Address of the page inside its edition: ``progress/regions.html``.
    target : str
        Address from the root of the site: ``data/status.json``; empty for the root itself.

    Examples
    --------
    >>> from_page("progress/regions.html", "data/status.json"), from_page("index.html", "")
    ('../data/status.json', './')
    """
    return relative_uri(languages.prefix() + here, target) or "./"


def across(here: str, language: str) -> str:
    """Relative address of the same page in the edition of another language."""
    return relative_uri(languages.prefix() + here, languages.prefix(language) + here)


class ReportBuilder(StandaloneHTMLBuilder):
    """The HTML builder with the project's addresses, and without Sphinx's own search."""

    name = "html"
    search = False

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of ``docname`` relative to the site's root."""
        return super().get_target_uri(address_of(docname), typ)

    def get_outfilename(self, pagename: str) -> str:
        """Return the file that the page is written to."""
        return os.fspath(Path(self.outdir, address_of(pagename) + self.out_suffix))
