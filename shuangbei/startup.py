"""Keeps slow work whose result nobody here uses out of a process; no other tricks belong here."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from functools import cache


@contextmanager
def without_iri_grammar() -> Iterator[None]:
    """
    Keep jsonschema from compiling the grammar of IRIs while it is imported.

    That takes a second in every process, and no schema of this project has the format
    ``iri``.  Whoever imports jsonschema first (altair, nbformat, frictionless) does it inside.
    """
    name = "rfc3987_syntax"
    if "jsonschema" in sys.modules or name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]


def with_one_set_of_options() -> None:
    """
    Let docutils make its default options once in this process, and give copies of them.

    For every text that MyST parses, each translated paragraph among them, it has them made for a
    document that it throws away where it was given one, as Sphinx gives it.
    """
    from docutils import frontend

    made = cache(frontend.get_default_settings)
    frontend.get_default_settings = lambda *components: copy(made(*components))
