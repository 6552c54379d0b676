"""Runs one chapter in a kernel inside this process; knows nothing of caches or of Sphinx.

A kernel of its own for each chapter costs two to three seconds of start and imports. Here a
worker process imports the libraries once and gives every chapter a fresh namespace.
"""

from __future__ import annotations

import json
import os
import re
import warnings
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from shuangbei import paths
from shuangbei.publish import processes

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
CHART = "application/vnd.vegalite.v6+json"


class ChapterError(RuntimeError):
    """A chapter gave no result; the message names it and, where one failed, cell and error."""


@dataclass(frozen=True)
class Result:
    """What running a chapter gave: the notebook as JSON, and the files its result rests on."""

    notebook: str
    opened: tuple[str, ...]


def read_chapter(path: Path):
    """
    Read a chapter exactly as the book does, so that its cells match when results are merged.

    Raises
    ------
    ChapterError
        If the file is not UTF-8, or its header is broken.
    """
    from myst_nb.core.read import MystMetadataParsingError, read_myst_markdown_notebook

    try:
        return read_myst_markdown_notebook(path.read_text(encoding="utf-8"), path=path)
    except UnicodeDecodeError as error:
        advice = f"is not UTF-8 ({error}); save it as UTF-8"
        raise ChapterError(f"notebooks/{path.name} {advice}") from error
    except (MystMetadataParsingError, ValueError) as error:
        raise ChapterError(f"notebooks/{path.name} cannot be read: {error}") from error


@lru_cache(maxsize=1)
def _client():
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    from ipykernel.inprocess.manager import InProcessKernelManager
    from traitlets.config import Config

    # What chapters run is no history of the user's; its file would be fought over by processes.
    manager = InProcessKernelManager(config=Config({"HistoryManager": {"enabled": False}}))
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


def _problem(outputs: list) -> str:
    """
    What is wrong with the outputs of a cell; empty if nothing is.

    A stream counts: chapters print nothing, so what stands there is a warning of some library.
    """
    for output in outputs:
        if output.output_type == "error":
            return f"{output['ename']}: {output['evalue']}"
        if output.output_type == "stream":
            return f"wrote to {output['name']}: {output['text'].strip()}"
    return ""


def _draw(outputs: list) -> None:
    """Draw the charts now, while other chapters run, so that the book finds them ready."""
    from shuangbei import pictures
    from shuangbei.site import figures

    for output in outputs:
        spec = output.get("data", {}).get(CHART)
        if spec:
            for form in figures.forms(spec).values():
                pictures.svg(form)


def _run_cell(cell, number: int) -> str:
    """Run one cell, put its outputs into it, and return what is wrong with them."""
    cell.outputs = _outputs(cell.source)
    cell.execution_count = number
    for output in cell.outputs:
        if output.output_type == "execute_result":
            output.execution_count = number
    problem = _problem(cell.outputs)
    if not problem:
        try:
            _draw(cell.outputs)
        except ValueError as error:
            problem = f"the chart cannot be drawn: {error}"
    return _ANSI.sub("", problem)


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
        If a cell fails, or writes to stdout or stderr (as a warning does).
    """
    os.environ["SHUANGBEI_LANG"] = language
    os.environ["SHUANGBEI_BUILD"] = "1"
    paths.forget_opened()
    notebook = read_chapter(paths.NOTEBOOKS / f"{name}.md")
    _outputs("%reset -f")
    code_cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    # Python shows a warning once in a process; at this block it forgets what others were shown.
    with warnings.catch_warnings():
        for number, cell in enumerate(code_cells, start=1):
            problem = _run_cell(cell, number)
            if problem:
                first = cell.source.strip().partition("\n")[0].strip()
                place = f"notebooks/{name}.md, code cell {number} ({first!r})"
                raise ChapterError(f"{place}: {problem}")
    notebook.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
    text = json.dumps(notebook, ensure_ascii=False, sort_keys=True)
    return Result(text, tuple(sorted(str(path) for path in paths.all_opened())))


def warm_up() -> None:
    """Start the kernel of a worker."""
    _client()
    _outputs("pass")
    processes.settle()
