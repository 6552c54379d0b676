"""Weighs pages as a phone receives them: bytes on the wire, other hosts, movement, Lighthouse.

The site is served by nginx with the shipped configuration, the stock book by an nginx that packs
what it sends; both are opened in the system's Chromium.  Lighthouse is run where a program of that
name is on the path (or named by LIGHTHOUSE).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "book"))

import browser
import test_served as nginx

PHONE = {"width": 412, "height": 823}
PAGES = (
    "index.html",
    "progress/high-tech-enterprises.html",
    "progress/technology-contracts.html",
    "plan/matrix.html",
    "figures/tech-contracts-2027/",
    "districts/map.html",
    "districts/index.html",
    "districts/yongchuan.html",
)
STOCK = ("technology-contracts.html", "high-tech-enterprises.html")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
MOVED = """() => new Promise(done => { let sum = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; })
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 300); })"""
PACKING = """daemon off; pid {home}/pid; error_log {home}/error.log; {first}
events {{ }}
http {{ include /etc/nginx/mime.types; access_log off; gzip on; gzip_comp_level 9;
  gzip_types text/css application/javascript application/json image/svg+xml text/javascript;
  server {{ listen 127.0.0.1:{port}; root {pages}; }} }}
"""


@contextmanager
def running(configuration: Path, port: int) -> Iterator[str]:
    """Start nginx with a configuration; yield the address it answers at."""
    call = [nginx.NGINX, "-c", str(configuration), "-p", str(configuration.parent)]
    if "daemon off" not in configuration.read_text(encoding="utf-8"):
        call += ["-g", "daemon off;"]
    process = subprocess.Popen(call, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(address, timeout=1)
                break
            except OSError:
                time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait()


@contextmanager
def served(pages: Path, home: Path, shipped: bool) -> Iterator[str]:
    """Serve a folder, with the shipped configuration or with one that only packs."""
    home.mkdir(parents=True)
    port = nginx.free_port()
    if shipped:
        configuration = nginx.configure(home, pages, port)
    else:
        configuration = home / "nginx.conf"
        first = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
        configuration.write_text(PACKING.format(home=home, port=port, pages=pages, first=first))
    with running(configuration, port) as address:
        yield address


def view(chromium, address: str, page: str) -> dict:
    """
    Open a page as a phone does; say what its first view cost.

    Returns
    -------
    dict
        ``code`` and ``pictures`` (bytes on the wire: HTML, style and scripts; pictures in view),
        ``elsewhere`` (requests to other hosts), ``moved`` (layout shift), ``errors``.
    """
    context = chromium.new_context(viewport=PHONE)
    opened = context.new_page()
    told = context.new_cdp_session(opened)
    kinds, sizes, elsewhere, errors = {}, {}, [], []
    told.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    told.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]}))
    told.send("Network.enable")
    opened.on(
        "request",
        lambda asked: (
            elsewhere.append(asked.url) if not asked.url.startswith((address, "data:", "blob:")) else None
        ),
    )
    opened.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(f"{address}/{page}", wait_until="load")
    moved = opened.evaluate(MOVED)
    found = {"code": 0, "pictures": 0}
    for request, size in sizes.items():
        found["pictures" if kinds.get(request) == "Image" else "code"] += size
    context.close()
    return {**found, "elsewhere": len(elsewhere), "moved": round(moved, 4), "errors": len(errors)}


def lighthouse(address: str, page: str) -> dict[str, int] | None:
    """The four scores of Lighthouse on a phone, or None where it is not installed."""
    program = os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")
    if not program:
        return None
    call = [
        program,
        f"{address}/{page}",
        "--quiet",
        "--output=json",
        "--output-path=stdout",
        f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking",
    ]
    done = subprocess.run(
        call,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
        env={**os.environ, "CHROME_PATH": browser.chromium()},
    )
    if done.returncode:
        raise SystemExit(f"lighthouse failed on {page}:\n{done.stderr[-2000:]}")
    scores = json.loads(done.stdout)["categories"]
    return {name: round(100 * (scores[name]["score"] or 0)) for name in CATEGORIES}


def compare(site: Path, stock: Path, folder: Path) -> dict[str, dict]:
    """Look at pages of the site in both editions, and at chapters of the stock book."""
    found = {}
    with browser.opened() as chromium:
        with served(site, folder / "shipped", True) as address:
            for page in [*PAGES, *(f"en/{page}" for page in PAGES)]:
                found[f"site {page}"] = view(chromium, address, page) | {
                    "lighthouse": lighthouse(address, page)
                }
        with served(stock, folder / "packing", False) as address:
            for page in STOCK:
                found[f"stock {page}"] = view(chromium, address, page) | {
                    "lighthouse": lighthouse(address, page)
                }
    return found


def show(found: dict[str, dict]) -> None:
    """Print a line for each page, and how many times lighter a chapter is than the stock one."""
    print(f"\n{'first view on a phone':44} code KB  pictures KB  elsewhere  moved  errors  Lighthouse")
    for name, page in found.items():
        scores = "/".join(str(score) for score in (page["lighthouse"] or {}).values()) or "-"
        print(
            f"{name:44} {page['code'] / 1024:7.1f} {page['pictures'] / 1024:12.1f}"
            f" {page['elsewhere']:10d} {page['moved']:6} {page['errors']:7d}  {scores}"
        )
    ours, theirs = found["site progress/technology-contracts.html"], found[f"stock {STOCK[0]}"]
    whole = [page["code"] + page["pictures"] for page in (theirs, ours)]
    print(
        f"\nchapter, stock / site: code {theirs['code'] / ours['code']:.1f} times,"
        f" whole first view {whole[0] / whole[1]:.1f} times"
    )
