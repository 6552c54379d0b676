"""Imports what chapters and editions need; processes of a build fork from one that has read this."""

from shuangbei import startup

with startup.without_iri_grammar():
    import ipykernel.inprocess.manager  # noqa: F401
    import jupyter_book.sphinx  # noqa: F401
    import myst_nb.sphinx_ext  # noqa: F401
    import vl_convert  # noqa: F401

    import shuangbei.chapters
    import shuangbei.site.directives  # noqa: F401
