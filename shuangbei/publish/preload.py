"""Imports what every chapter needs; workers fork from a process that has read this module."""

from shuangbei import startup

with startup.without_iri_grammar():
    import ipykernel.inprocess.manager  # noqa: F401
    import myst_nb.core.read  # noqa: F401
    import vl_convert  # noqa: F401

    import shuangbei.chapters
    import shuangbei.site.figures  # noqa: F401
