"""A browser and a small server for tests that look at pages as readers do; asserts nothing."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from patience import HANGS

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
# No sandbox: the tests may run as root in a container, and open their own pages alone.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


def chromium() -> str:
    """Path of the system's Chromium (or the one that CHROMIUM names); empty if there is none."""
    named = os.environ.get("CHROMIUM", "")
    return named or next((found for name in NAMES if (found := shutil.which(name))), "")


def missing() -> str:
    """Say why no browser can be opened; empty if one can."""
    if not chromium():
        return "no Chromium on this machine (set CHROMIUM to its path)"
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "the package playwright is not installed"
    return ""


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder, without lines in the test's output."""

    policy, pause = "", 0.0

    def end_headers(self) -> None:
        """Add the policy that the site is served with, if the server has one."""
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def copyfile(self, source, outputfile) -> None:
        """Send a file, in pieces with pauses between them where the line is a slow one."""
        while self.pause and (piece := source.read(2048)):
            outputfile.write(piece)
            time.sleep(self.pause)
        super().copyfile(source, outputfile)

    def log_message(self, *about: object) -> None:
        """Say nothing."""


@contextmanager
def server(folder: Path, policy: str = "", pause: float = 0.0) -> Iterator[str]:
    """
    Serve a folder on this machine alone, and yield its address without a final slash.

    Parameters
    ----------
    folder : pathlib.Path
    policy : str
        Content-Security-Policy of every answer; none if empty.
    pause : float
        Seconds between two pieces of a file: a slow line.
    """
    handler = type("Handler", (_Handler,), {"policy": policy, "pause": pause})
    made = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{made.server_port}"
    finally:
        made.shutdown()
        made.server_close()
        thread.join()


def _patient(make: Callable, **options: object) -> object:
    """Make a page or a context that waits as long as a busy machine may take."""
    made = make(**options)
    made.set_default_timeout(HANGS * 1000)
    return made


@contextmanager
def opened() -> Iterator:
    """Open the system's Chromium, and yield a playwright browser."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=HANGS * 1000)
    with sync_playwright() as machine:
        browser = machine.chromium.launch(executable_path=chromium(), args=ARGUMENTS, timeout=HANGS * 1000)
        for name in ("new_page", "new_context"):
            setattr(browser, name, partial(_patient, getattr(browser, name)))
        try:
            yield browser
        finally:
            browser.close()
