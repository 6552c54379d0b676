"""Addresses of pages: what readers and links see, independent of the folders of the repository.

``book/plan/tasks`` is ``/plan/tasks.html`` and ``notebooks/regions`` is ``/progress/regions.html``;
the home page is ``/index.html``.  Addresses are a published interface: folders may move, they
may not.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from sphinx.builders.html import StandaloneHTMLBuilder

_SEARCH_CALL = "Search.setIndex("
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


class ReportBuilder(StandaloneHTMLBuilder):
    """The HTML builder with the project's addresses."""

    name = "html"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of ``docname`` relative to the site's root."""
        return super().get_target_uri(address_of(docname), typ)

    def get_outfilename(self, pagename: str) -> str:
        """Return the file that the page is written to."""
        return os.fspath(Path(self.outdir, address_of(pagename) + self.out_suffix))

    def dump_search_index(self) -> None:
        """Write the search index with addresses: the search links to what stands there."""
        super().dump_search_index()
        path = Path(self.outdir, self.searchindex_filename)
        text = path.read_text(encoding="utf-8")
        before, index, after = _SEARCH_CALL, text[len(_SEARCH_CALL):-1], ")"
        content = json.loads(index)
        content["docnames"] = [address_of(name) for name in content["docnames"]]
        path.write_text(before + json.dumps(content, ensure_ascii=False, sort_keys=True) + after,
                        encoding="utf-8", newline="\n")
