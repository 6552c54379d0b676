"""Every text of the sources that a reader may see, with its language and line; for the tests of words.

It reads prose, catalogues, tables, strings of the code and templates as they stand in the repository, so
that a wrong word is named where it is to be mended, and no build is needed.
"""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shuangbei import paths

HAN = re.compile(r"[\u4e00-\u9fff]")
# What is code or address and not read: roles, code spans, targets of links, labels of places.
_UNREAD = re.compile(r"\{[a-z:-]+\}`[^`]*`|`[^`]*`|\]\([^)]*\)|^\([a-zA-Z0-9-]+\)=$")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_TEMPLATE = re.compile(r't\("((?:[^"\\]|\\.)*)", "((?:[^"\\]|\\.)*)"\)')
_YAML = re.compile(r"^\s*(?:- )?(zh|en|(?:title|description|name|text)\w*): (.+)$")
# Columns that hold the words of others, which nobody here may mend.
_OF_OTHERS = {"evidence", "other_value_en", "other_source_en", "title_en", "publisher_en", "licence_en"}
_CODE = ("words", "pages", "charts", "maps", "chapters", "site", "measures", "load")


@dataclass(frozen=True)
class Spoken:
    """A text with the file and the line that it stands in; ``language`` is ``zh`` or ``en``."""

    file: str
    line: int
    language: str
    text: str


def texts(root: Path = paths.ROOT) -> Iterator[Spoken]:
    """Yield every text of a repository that the pages of either edition may show."""
    readers = {
        ("book", "*.md"): _prose,
        ("notebooks", "[!_]*.md"): _prose,
        ("locale", "*.po"): _catalogue,
        ("data", "*.csv"): _table,
        ("data", "*.yaml"): _declared,
        ("shuangbei/site/theme", "*.html"): _template,
        **{(f"shuangbei/{room}", "*.py"): _code for room in _CODE},
    }
    for (folder, pattern), read in readers.items():
        for path in sorted((root / folder).rglob(pattern)):
            name = path.relative_to(root).as_posix()
            for line, language, text in read(path.read_text(encoding="utf-8")):
                yield Spoken(name, line, language, _UNREAD.sub(" ", text))


_Lines = Iterator[tuple[int, str, str]]


def _prose(text: str) -> _Lines:
    """Chinese stands on lines of its own; English in a chapter stands in quotes within a cell."""
    for number, line in enumerate(text.splitlines(), 1):
        if HAN.search(line):
            yield number, "zh", line
        for quoted in _QUOTED.findall(line):
            if " " in quoted and not HAN.search(quoted):
                yield number, "en", quoted


def _catalogue(text: str) -> _Lines:
    """The translations alone: the Chinese beside them is that of the pages."""
    is_translation = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(("msgid", "msgstr")):
            is_translation = line.startswith("msgstr")
        if is_translation and '"' in line:
            yield number, "en", line[line.index('"') + 1 : -1]


def _table(text: str) -> _Lines:
    rows = csv.reader(text.splitlines(keepends=True))
    columns = next(rows)
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            if column.endswith(("_zh", "_en")) and column not in _OF_OTHERS and cell:
                yield rows.line_num, column[-2:], cell


def _declared(text: str) -> _Lines:
    for number, line in enumerate(text.splitlines(), 1):
        found = _YAML.match(line)
        if found and not line.lstrip().startswith("#"):
            yield number, "zh" if HAN.search(found[2]) else "en", found[2]


def _template(text: str) -> _Lines:
    for number, line in enumerate(text.splitlines(), 1):
        for zh, en in _TEMPLATE.findall(line):
            yield number, "zh", zh
            yield number, "en", en


def _code(text: str) -> _Lines:
    """Both words of a pair in two languages: arguments of ``pick``, and entries of a list of words."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            pair = node.args if name == "pick" else []
        else:
            pair = node.elts if isinstance(node, ast.Tuple) else []
        if len(pair) == 2 and HAN.search(_constants(pair[0])) and not HAN.search(_constants(pair[1])):
            for language, part in zip(("zh", "en"), pair, strict=True):
                yield part.lineno, language, _constants(part)


def _constants(node: ast.AST) -> str:
    """The fixed text of a string; what is put in later is a gap, as in ``需要的{}项``."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_constants(part) for part in node.values)
    if isinstance(node, ast.Constant):
        return str(node.value)
    return "{}" if isinstance(node, ast.FormattedValue) else ""
