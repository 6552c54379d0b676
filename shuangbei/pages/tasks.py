"""The tasks and safeguards of the plan: which there are, the page of each, links to them; as HTML."""

from __future__ import annotations

from html import escape

import pandas as pd

from shuangbei import load
from shuangbei.pages import html

_SAFEGUARDS = "G5"  # of ``task_groups.csv``


def every() -> pd.DataFrame:
    """Return the tasks and safeguards in the plan's order, indexed by their ids."""
    return load.codelist("tasks")


def is_safeguard(task_id: str) -> bool:
    """Whether a row of ``tasks.csv`` is one of the safeguards (保障措施) of the plan, no task."""
    return load.row("tasks", task_id)["group_id"] == _SAFEGUARDS


def page(task_id: str) -> str:
    """Return the page that tells of a task or a safeguard."""
    return "book/plan/safeguards" if is_safeguard(task_id) else "book/plan/tasks"


def address(task_id: str, link: html.Link) -> str:
    """Return where a task is told: its page and its anchor there."""
    return link(page(task_id), f"task-{task_id.lower()}")


def name_linked(task: pd.Series, link: html.Link) -> str:
    """Return the name of a task, linked to where it is told."""
    return f'<a href="{address(task["task_id"], link)}">{escape(task["name"])}</a>'
