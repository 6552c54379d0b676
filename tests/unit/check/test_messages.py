"""Tests that the rules of the checker and their words in messages.yaml are the same ones."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest
from frictionless import errors

from shuangbei import check
from shuangbei.check.problems import rules

FOLDER = Path(check.__file__).parent
TREES = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.py"))]
NODES = [node for tree in TREES for node in ast.walk(tree)]
OF_THE_FINDING = {"file", "field", "value"}


def _text(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


TEXTS = {text for node in NODES if (text := _text(node))}
# Names with hyphens in the code of the checker are those of rules, or of what Frictionless finds.
_ERRORS_OF_FRICTIONLESS = {one.type for one in vars(errors).values() if hasattr(one, "type")}
HYPHENED = {text for text in TEXTS if re.fullmatch("[a-z]+(-[a-z]+)+", text)}
FACTS = {
    text for node in NODES if isinstance(node, ast.Dict) for key in node.keys if key and (text := _text(key))
}
FACTS |= {text for node in NODES if isinstance(node, ast.Subscript) and (text := _text(node.slice))}


def _raised() -> set[str]:
    """Rules that stand in the code where a finding is made, as its fifth argument."""
    found = set()
    for node in NODES:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding":
            starred = any(isinstance(one, ast.Starred) for one in node.args)
            texts = [_text(one) for one in node.args]
            found |= {text for text in (texts[1:] if starred else texts[4:5]) if text}
    return found


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_rule_that_the_code_raises_has_words():
    raised = (_raised() | HYPHENED) - _ERRORS_OF_FRICTIONLESS
    assert len(raised) > 50
    # Names of columns stand before the rule where the place of a finding is given as one.
    assert raised - {"value", "period"} - set(rules()) == set()


def test_every_rule_that_has_words_is_raised_by_the_code():
    assert set(rules()) - TEXTS == set()


@pytest.mark.parametrize("rule", rules())
def test_both_languages_of_a_message_fill_in_the_same_facts(rule):
    words = rules()[rule]
    assert _placeholders(words.zh) == _placeholders(words.en)
    assert _placeholders(words.fix_zh) == _placeholders(words.fix_en)


@pytest.mark.parametrize("rule", rules())
def test_a_message_asks_for_no_fact_that_no_rule_gives(rule):
    words = rules()[rule]
    wanted = set().union(*map(_placeholders, (words.zh, words.en, words.fix_zh, words.fix_en)))
    assert wanted - OF_THE_FINDING - FACTS == set()


def test_every_rule_has_its_five_entries_and_no_text_is_broken_into_lines():
    assert all(isinstance(words.blocks, bool) for words in rules().values())
    texts = [text for words in rules().values() for text in (words.zh, words.en, words.fix_zh, words.fix_en)]
    assert all(isinstance(text, str) and text == " ".join(text.split()) for text in texts)
