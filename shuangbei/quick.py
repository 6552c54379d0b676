"""Keeps slow imports that nobody here uses out of a process; no other tricks belong here."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


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
