"""Sees in a thousandth of Altair's time that a specification is valid; of another one Altair says what is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, wraps
from typing import Any
from urllib.parse import quote

import jsonschema_rs
from altair.vegalite.v6.schema.core import VegaLiteSchema

_HOME = "urn:vega-lite"


def _addressed(part: Any) -> Any:
    """A schema whose references are whole addresses, with no sign that may not stand in one."""
    if isinstance(part, list):
        return [_addressed(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        key: _HOME + quote(value, safe="#/")
        if key == "$ref" and isinstance(value, str)
        else _addressed(value)
        for key, value in part.items()
    }


@cache
def _known() -> jsonschema_rs.Registry:
    return jsonschema_rs.Registry([(_HOME, _addressed(VegaLiteSchema._rootschema))])


@cache
def _compiled(schema: str) -> jsonschema_rs.Draft7Validator:
    return jsonschema_rs.Draft7Validator(
        _addressed(json.loads(schema)), registry=_known(), validate_formats=True
    )


def _is_valid(spec: Any, schema: dict[str, Any]) -> bool:
    try:
        return bool(_compiled(json.dumps(schema, sort_keys=True)).is_valid(spec))
    except (TypeError, ValueError):
        return False  # holds what is no JSON, such as a frame; Altair knows what to say of it


def quick(told: Callable[..., Any]) -> Callable[..., Any]:
    """
    Let Altair's own validation run only where something is wrong.

    Parameters
    ----------
    told : callable
        ``altair.utils.schemapi.validate_jsonschema``, which finds the error and words it.
    """

    @wraps(told)
    def validate(
        spec: Any, schema: dict[str, Any], rootschema: dict[str, Any] | None = None, **options: Any
    ) -> Any:
        if rootschema is VegaLiteSchema._rootschema and _is_valid(spec, schema):
            return None
        return told(spec, schema, rootschema, **options)

    return validate
