"""Charts of chapters: one function for each form, each with the card that says what it shows.

A form is a function that takes an id, a title and figures, and gives ``card.figure(draw, made)``:
``made`` is ``card.identity(id, title, alternative text, table, unit in words, ids of sources)``, and
``draw`` takes ``"wide"`` or ``"narrow"`` and returns an Altair chart in the colours of ``theme``, as
wide as ``theme.pixels`` says.  Begin from ``lines.lines`` where a form takes rows of ``load.series`` or
``load.of_indicators("one")``, also where it lies (swap the axes): its card, words and alternative text
serve as they are, the rows have ``geo``, ``indicator``, ``period``, ``t``, ``value``, ``qualifier``,
``status``, ``unit`` and ``source_id``, and ``theme.observed(points, x, y, description, color=theme.CITY)``
draws published values.  Where it takes numbers, begin from ``bars.yearly``, and from ``bars.targets``
where it lies.  A chart of the form in ``tests/unit/forms.py`` puts it under the tests of all forms.  Cells of a table that are
figures or dates are made by ``words.cell``, ``words.printed`` and ``words.period_cell``, so that files of
the figure hold their values.
"""

from shuangbei.charts.bars import OPEN, targets, yearly
from shuangbei.charts.card import figure, identity, said
from shuangbei.charts.lines import against_nation, lines
from shuangbei.charts.literal import Literal
from shuangbei.charts.theme import (
    CITY,
    FONT,
    NARROW,
    SHAPES,
    WIDE,
    bundle,
    display_scale,
    label,
    observed,
    pixels,
)
from shuangbei.charts.trajectory import trajectory

__all__ = [
    "CITY",
    "FONT",
    "NARROW",
    "OPEN",
    "SHAPES",
    "WIDE",
    "Literal",
    "against_nation",
    "bundle",
    "display_scale",
    "figure",
    "identity",
    "label",
    "lines",
    "observed",
    "pixels",
    "said",
    "targets",
    "trajectory",
    "yearly",
]
