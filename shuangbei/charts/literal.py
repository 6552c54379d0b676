"""JSON that a chart carries as it stands: Altair takes it as one piece instead of walking through it."""

from __future__ import annotations

import json
from typing import Any, ClassVar

import altair as alt


class Literal(alt.SchemaBase):
    """
    A piece of a specification that is complete already.

    Altair looks at every number of an outline each time a chart is made, changed or written, a
    dozen times for one map; what is already JSON needs none of it.

    Parameters
    ----------
    value : list or dict
        JSON; tuples become lists.

    Raises
    ------
    TypeError
        If the value holds something that is no JSON, such as a number of numpy.
    """

    _schema: ClassVar[dict] = {"type": ["array", "object"]}
    _class_is_valid_at_instantiation = False

    def __init__(self, value: Any) -> None:
        super().__init__()
        object.__setattr__(self, "_text", json.dumps(value))

    def to_dict(self, *_: Any, **__: Any) -> Any:
        """Return the piece, each time anew, so that nobody changes another's."""
        return json.loads(self._text)

    def __deepcopy__(self, memo: dict | None = None) -> Literal:
        """Return the piece itself: it never changes."""
        return self

    def copy(self, *_: Any, **__: Any) -> Literal:
        """Return the piece itself: it never changes."""
        return self
