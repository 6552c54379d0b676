"""Tests of the list of recurring words in shuangbei.words.language."""

from __future__ import annotations

import ast
from collections import defaultdict

from shuangbei import paths
from shuangbei.words import language

# Maps are drawn without this list, and a sign alone is no word.
_APART = paths.ROOT / "shuangbei" / "maps"


def _picked() -> dict[tuple[str, str], set[str]]:
    """Modules that write a word in both languages themselves, by the word."""
    found = defaultdict(set)
    for path in (paths.ROOT / "shuangbei").rglob("*.py"):
        if _APART in path.parents:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "pick":
                texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                if len(texts) == 2 and any(char.isalpha() for char in texts[0] + texts[1]):
                    found[tuple(texts)].add(path.relative_to(paths.ROOT).as_posix())
    return found


def test_a_word_that_two_modules_write_stands_in_the_list_of_words():
    found = _picked()
    assert len(found) > 100
    assert not {pair: modules for pair, modules in found.items() if len(modules) > 1}


def test_a_word_of_the_list_is_not_written_anew():
    assert not set(_picked()) & set(language._WORDS.values())
    assert len(set(language._WORDS.values())) == len(language._WORDS)
