"""What the person at the terminal reads: in their language, and with a status that means it."""

from __future__ import annotations

from typing import NoReturn

import typer
from rich.console import Console

from shuangbei import paths

console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)
_FIRST = 20
_RULES = {
    "empty": ("没有译文", "has no translation"),
    "fuzzy": ("译文是旧的或猜的（fuzzy），改好后删掉 fuzzy 标记",
              "is marked fuzzy: correct the translation and take the mark away"),
    "kept": ("译文里的角色、链接地址或代码与原文不一样，请照抄原文里的",
             "changes a role, the target of a link or code: copy them from the original"),
    "number": ("译文里有原文没有的数字", "states a number that the original does not have"),
    "punctuation": ("译文里有全角标点", "has full-width punctuation"),
    "encoding": ("文件不是UTF-8编码，请用UTF-8另存", "the file is not UTF-8; save it as UTF-8"),
    "syntax": ("不是译文目录的写法，照旁边各条改", "is not as in the other entries of a catalogue; mend it"),
}


def words(zh: str, en: str) -> str:
    """Return the text that the person at the terminal reads."""
    return zh if paths.spoken() == "zh" else en


def fail(message: str) -> NoReturn:
    """Say what went wrong and leave with status 1."""
    errors.print(message, style="bold red", markup=False)
    raise typer.Exit(1)


def stop_for(faults: list) -> None:
    """Name the faults of translations, each with file, line and remedy, and leave; go on if none."""
    for fault in faults[:_FIRST]:
        text = " ".join(fault.text.split())[:60]
        errors.print(f"{fault.file}:{fault.line}: {words(*_RULES[fault.rule])}: {text}", markup=False)
    if faults:
        fail(words(f"英文版的译文有{len(faults)}处要改，网站没有改动。",
                   f"The English edition has {len(faults)} faults; the site is unchanged."))
