"""Measures builds of the site beside a stock Jupyter Book of the same chapters, in one run.

Each figure is a whole process: its wall time, and the peak memory of it and its children.  The
stock book has the default theme, the default Altair output and forced execution; it holds the
chapters alone, while the site also has the prose pages, checks the data and writes the interfaces.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent.parent
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "_build", "__pycache__", "*.egg-info", "tests")
CHANGED = ("data/observations/contracts.csv", "974.24", "974.25")
PAGE = "technology-contracts.html"


def measure(call: list[str], folder: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Run a command; return its seconds and the peak memory of its process tree in MB."""
    started, peak = time.perf_counter(), 0
    process = subprocess.Popen(
        call, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    watched = psutil.Process(process.pid)
    while process.poll() is None:
        peak = max(peak, _memory(watched))
        time.sleep(0.05)
    seconds = time.perf_counter() - started
    if process.returncode:
        raise SystemExit(f"{' '.join(call)} failed:\n{process.stderr.read().decode()}")
    return seconds, peak / 2**20


def _memory(process: psutil.Process) -> int:
    total = 0
    for member in [process, *_children(process)]:
        try:
            total += member.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def copy_of_site(folder: Path) -> tuple[Path, dict[str, str]]:
    """Copy the project; return the copy, and an environment that uses the copy's package."""
    copy = folder / "site"
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
    return copy, {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}


def stock_book(folder: Path) -> Path:
    """Make a stock book of the same chapters: nothing set but title and forced execution."""
    book = folder / "stock"
    chapters = sorted(p for p in (ROOT / "notebooks").glob("*.md") if p.name[0] != "_")
    book.mkdir()
    for chapter in chapters:
        shutil.copy(chapter, book)
    (book / "intro.md").write_text("# Stock book\n", encoding="utf-8")
    (book / "_config.yml").write_text(
        "title: Stock\nexecute: {execute_notebooks: force}\nonly_build_toc_files: true\n", encoding="utf-8"
    )
    files = "".join(f"  - file: {chapter.stem}\n" for chapter in chapters)
    (book / "_toc.yml").write_text(f"format: jb-book\nroot: intro\nchapters:\n{files}", encoding="utf-8")
    return book


def weight(page: Path) -> dict[str, int]:
    """Bytes of a page with the scripts and styles of its own site, as they are and gzipped."""
    text = page.read_text(encoding="utf-8")
    names = re.findall(r'(?:src|href)="([^":?#]+\.(?:js|css))[^"]*"', text)
    files = {page, *((page.parent / name).resolve() for name in names)}
    content = [path.read_bytes() for path in files if path.is_file()]
    return {"bytes": sum(map(len, content)), "gzip": sum(len(gzip.compress(part)) for part in content)}


def run() -> dict:
    """Take every measurement once, in one go."""
    results: dict = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy, environment = copy_of_site(folder)
        build = [sys.executable, "-m", "shuangbei.cli", "site"]
        results["site, from nothing"] = measure(build, copy, environment)
        results["site, nothing changed"] = measure(build, copy, environment)
        path, old, new = CHANGED
        file = copy / path
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8", newline="\n")
        results["site, one value changed"] = measure(build, copy, environment)
        book = stock_book(folder)
        plain = {**environment, "SHUANGBEI_RENDERER": "stock", "SHUANGBEI_BUILD": "1"}
        command = "from jupyter_book.cli.main import main; main()"
        stock = [sys.executable, "-c", command, "build", "."]
        results["stock book, from nothing"] = measure(stock, book, plain)
        results["stock book, nothing changed"] = measure(stock, book, plain)
        pages = {"site": copy / "_build/site/progress" / PAGE, "stock": book / "_build/html" / PAGE}
        results["page"] = {key: weight(page) for key, page in pages.items()}
        results["views"] = _views(copy / "_build/site", book / "_build/html", folder)
    return results


def _views(site: Path, stock: Path, folder: Path) -> dict:
    """Pages as a phone receives them; nothing where browser or nginx are missing."""
    import pages

    missing = pages.browser.missing() or ("" if pages.nginx.NGINX else "no nginx on this machine")
    if missing:
        print(f"pages are not looked at: {missing}")
        return {}
    return pages.compare(site, stock, folder / "served")


def show(results: dict) -> None:
    """Print the figures and their ratios."""
    for name, figures in results.items():
        if name not in ("page", "views"):
            print(f"{name:32} {figures[0]:7.1f} s   {figures[1]:7.0f} MB at most")
    ours, stock = (results[f"{key}, from nothing"] for key in ("site", "stock book"))
    print(f"\nfrom nothing, stock / site       {stock[0] / ours[0]:7.1f} times")
    again = results["stock book, nothing changed"][0]
    print(f"nothing changed, stock / site    {again / results['site, nothing changed'][0]:7.1f} times")
    page = results["page"]
    for kind in ("bytes", "gzip"):
        print(
            f"{PAGE} {kind:6} {page['stock'][kind] / 1024:8.0f} KB stock"
            f" {page['site'][kind] / 1024:8.0f} KB site"
            f" {page['stock'][kind] / page['site'][kind]:6.1f} times"
        )
    if results["views"]:
        import pages

        pages.show(results["views"])


def main(target: Path) -> None:
    """Measure, print and write the results as JSON."""
    results = run()
    show(results)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(results, indent=1), encoding="utf-8")
    print(f"\n{target}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
