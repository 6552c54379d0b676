"""Tests that the checker speaks the language of the person at the terminal, from one place."""

from __future__ import annotations

import shutil

import pytest

from shuangbei import check, paths


@pytest.fixture
def data(tmp_path):
    """A copy of the data package without the schema of units."""
    shutil.copytree(paths.ROOT / "data", tmp_path / "data")
    (tmp_path / "data" / "schemas" / "units.yaml").unlink()
    return tmp_path / "data"


@pytest.mark.parametrize(
    ("wanted", "said"), [("zh", "units.yaml 无法读取"), ("en", "units.yaml cannot be opened")]
)
def test_the_check_speaks_as_the_terminal_does_whatever_the_language_of_the_site(
    wanted, said, data, monkeypatch, capsys
):
    monkeypatch.setenv("SHUANGBEI_SPEAKS", wanted)
    monkeypatch.setenv("SHUANGBEI_LANG", "en" if wanted == "zh" else "zh")
    assert check.main(data) == 1
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "zh", "en"),
    [
        ("resources:", "resource:", "缺少“resources”", "“resources” is missing"),
        ("resources:", "resources: 5\nothers:", "不是“name: value”这样的各行", "not a list of “name: value”"),
    ],
)
def test_what_is_wrong_with_the_contract_is_said_in_both_languages(old, new, zh, en, tmp_path):
    shutil.copytree(paths.ROOT / "data", tmp_path / "data")
    path = tmp_path / "data" / "datapackage.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    for language, said in (("zh", zh), ("en", en)):
        (found,) = check.find_problems(tmp_path / "data", language)
        assert said in found.message
