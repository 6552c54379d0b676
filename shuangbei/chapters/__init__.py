"""What a cell of a chapter calls: this list, and nothing beside it."""

from shuangbei import charts, load, words
from shuangbei.chapters import districts, facts
from shuangbei.maps import classes, form, legend, regions
from shuangbei.measures import assess, publication
from shuangbei.pages import cards as tables

__all__ = [
    "assess",
    "charts",
    "classes",
    "districts",
    "facts",
    "form",
    "legend",
    "load",
    "publication",
    "regions",
    "tables",
    "words",
]
