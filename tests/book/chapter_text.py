"""Reads the chapters as text, cells and prose for the tests of this folder; asserts nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml
from markdown_it import MarkdownIt

from shuangbei import paths

GLUE = re.compile(r"\{glue:text\}`(?P<file>[^:`]+)::(?P<name>[^:`]+):(?P<format>[^`]+)`")
ROLE = re.compile(r"\{([a-z:]+)\}`([^`]*)`")
LABEL = re.compile(r"^\(([a-z0-9-]+)\)=$", re.MULTILINE)
_LINK = re.compile(r"\]\([^)]*\)")


@dataclass(frozen=True)
class Chapter:
    """One executable chapter as it stands in ``notebooks/``."""

    path: Path

    @cached_property
    def text(self) -> str:
        """The whole file."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def header(self) -> dict:
        """The YAML header."""
        return yaml.safe_load(self.text.split("---\n")[1])

    @cached_property
    def cells(self) -> list:
        """All cells, read as the book reads them."""
        from shuangbei.publish import kernel

        return kernel.read_chapter(self.path).cells

    @property
    def code(self) -> list:
        """The code cells."""
        return [cell for cell in self.cells if cell.cell_type == "code"]

    @property
    def prose(self) -> str:
        """The Markdown between the code cells."""
        return "\n\n".join(cell.source for cell in self.cells if cell.cell_type == "markdown")

    @cached_property
    def inlines(self) -> list:
        """Parsed text of every paragraph, heading and list item."""
        return [token for token in MarkdownIt().enable("table").parse(self.prose) if token.type == "inline"]

    @property
    def read_aloud(self) -> str:
        """The prose as a reader sees it: a Chinese character for every value that comes later."""
        text = LABEL.sub("", _LINK.sub("]", self.prose))
        return f"{ROLE.sub('数', text)}\n{self.header['myst']['html_meta']['description']}"


def chapters() -> list[Chapter]:
    """All chapters, without the template."""
    return [Chapter(path) for path in sorted(paths.NOTEBOOKS.glob("[!_]*.md"))]
