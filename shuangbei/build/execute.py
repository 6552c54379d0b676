"""Runs one chapter in a kernel inside this process; knows nothing of caches or of Sphinx.

A kernel of its own for each chapter costs two to three seconds of start and imports. Here a
worker process imports the libraries once and gives every chapter a fresh namespace.
"""

from __future__ import annotations

import gc
import json
import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from shuangbei import paths

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
CHART = "application/vnd.vegalite.v6+json"


class ChapterError(RuntimeError):
    """A cell of a chapter failed; the message names chapter, cell, line of code and error."""


@dataclass(frozen=True)
class Result:
    """What running a chapter gave: the notebook as JSON, and the files its result rests on."""

    notebook: str
    opened: tuple[str, ...]


def read_chapter(path: Path):
    """Read a chapter exactly as the book does, so that its cells match when results are merged."""
    from myst_nb.core.read import read_myst_markdown_notebook

    return read_myst_markdown_notebook(path.read_text(encoding="utf-8"), path=path)


@lru_cache(maxsize=1)
def _client():
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    from ipykernel.inprocess.manager import InProcessKernelManager

    manager = InProcessKernelManager()
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    return client


def _outputs(source: str) -> list:
    from nbformat.v4 import output_from_msg

    client = _client()
    client.execute(source, store_history=True, allow_stdin=False)
    kinds = {"execute_result", "display_data", "stream", "error"}
    messages = client.iopub_channel.get_msgs()
    return [output_from_msg(message) for message in messages if message["msg_type"] in kinds]


def _fail(name: str, number: int, source: str, error) -> None:
    first = next((line for line in source.splitlines() if line.strip()), "")
    text = _ANSI.sub("", f"{error['ename']}: {error['evalue']}")
    raise ChapterError(f"notebooks/{name}.md, code cell {number} ({first.strip()!r}): {text}")


def _draw(outputs: list) -> None:
    """Draw the charts now, while other chapters run, so that the book finds them ready."""
    from shuangbei import render
    from shuangbei.site.figures import forms

    for output in outputs:
        spec = output.get("data", {}).get(CHART)
        if spec:
            for form in forms(spec).values():
                render.svg(form)


def run(name: str, language: str) -> Result:
    """
    Run the chapter ``notebooks/<name>.md`` from an empty namespace.

    Parameters
    ----------
    name : str
        Chapter id.
    language : str
        ``zh`` or ``en``; labels of charts and tables follow it.

    Raises
    ------
    ChapterError
        If a cell fails.
    """
    os.environ["SHUANGBEI_LANG"] = language
    os.environ["SHUANGBEI_BUILD"] = "1"
    paths.forget_opened()
    notebook = read_chapter(paths.NOTEBOOKS / f"{name}.md")
    _outputs("%reset -f")
    code_cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code_cells, start=1):
        cell.outputs = _outputs(cell.source)
        cell.execution_count = number
        for output in cell.outputs:
            if output.output_type == "error":
                _fail(name, number, cell.source, output)
            if output.output_type == "execute_result":
                output.execution_count = number
        _draw(cell.outputs)
    notebook.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
    text = json.dumps(notebook, ensure_ascii=False, sort_keys=True)
    return Result(text, tuple(sorted(str(path) for path in paths.all_opened())))


def warm_up() -> None:
    """Start the kernel of a worker; what was imported so far is no longer searched for garbage."""
    import shuangbei.build.preload  # noqa: F401  already there where workers are forks

    _client()
    _outputs("pass")
    gc.collect()
    gc.freeze()
