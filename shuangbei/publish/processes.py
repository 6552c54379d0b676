"""The processes of a build: forks of one that has everything imported, where forks exist."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from multiprocessing import forkserver, get_all_start_methods, get_context
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext


def context() -> ForkServerContext | SpawnContext:
    """Say how the processes of a build start: as forks of one with the imports done, or from nothing."""
    # Sets of words come in one order in every process, so that all builds make the same bytes.
    os.environ["PYTHONHASHSEED"] = "0"
    os.environ["PYTHONUTF8"] = "1"
    # With Altair's own renderer, chosen for a measurement, charts would be no figures of the site.
    os.environ.pop("SHUANGBEI_RENDERER", None)
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    own = get_context("forkserver")
    own.set_forkserver_preload(["shuangbei.publish.preload"])
    return own


def import_ahead() -> None:
    """Let the imports begin while something else is done; they take longer than most builds' work."""
    if context().get_start_method() == "forkserver":
        forkserver.ensure_running()


def end_with_parent() -> None:
    """End this process when the one that started it is gone, however it went."""
    parent = multiprocessing.parent_process()

    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    # Forks of this one that wait for a word from it would wait for ever.
    for child in multiprocessing.active_children():
        child.kill()
    os._exit(1)


def settle() -> None:
    """Make a process its parent's own; what was imported so far is no longer searched for garbage."""
    import shuangbei.publish.preload  # noqa: F401  already there where processes are forks

    end_with_parent()
    gc.collect()
    gc.freeze()
