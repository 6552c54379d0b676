"""The steps of a build in their order: chapters, both editions of the book, data, packed files."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from shuangbei import load, paths
from shuangbei.publish import archive, book, data_package, delivery, execution, sitemap


@dataclass(frozen=True)
class Made:
    """What the steps made: the finished pages, the chapters behind them, seconds for each step."""

    pages: Path
    chapters: list[execution.Chapter]
    seconds: dict[str, float]


def make(tell: Callable[[str], None], work: Path, about: str) -> Made:
    """
    Run chapters, assemble both editions and complete the site, all in a folder of the build.

    Parameters
    ----------
    tell : callable
        Called with one line of progress at a time.
    work : pathlib.Path
        A new folder on the disk of the site.
    about : str
        Of :func:`shuangbei.publish.frame.digest`: what all pages rest on beside data.
    """
    seconds, clock = {}, time.perf_counter()

    def lap(step: str) -> None:
        nonlocal clock
        seconds[step] = time.perf_counter() - clock
        clock = time.perf_counter()

    with ExitStack() as running:
        assemblies = [
            running.enter_context(book.assembly(language, work, about)) for language in paths.LANGUAGES
        ]
        done = execution.run_all(done=lambda name, ran: tell(f"{'run' if ran else 'kept'} {name}"))
        lap("chapters")
        tell("book")
        pages = _side_by_side(assemblies, done)
    lap("book")
    tell("data")
    publish(pages)
    lap("data")
    return Made(pages, done, seconds)


def _side_by_side(assemblies: list[Callable], done: list[execution.Chapter]) -> Path:
    """Assemble all editions at once; the first is the root of the site, the others lie in it."""
    with ThreadPoolExecutor(len(assemblies)) as pool:
        editions = list(pool.map(lambda assemble: assemble(done), assemblies))
    for language, pages in zip(paths.LANGUAGES[1:], editions[1:], strict=True):
        pages.rename(editions[0] / language)
    return editions[0]


def publish(pages: Path) -> None:
    """
    Complete the site below ``pages``.

    Written are the published data, the framed figures of earlier editions, sitemap and
    robots.txt, the header file of Pages hosts, and the packed forms of all texts.

    Raises
    ------
    ValueError
        If ``html.baseurl`` in ``_config.yml`` is no address of a site.
    """
    about, base = load.edition(), sitemap.base()
    data_package.publish_data(pages, base)
    archive.restore(pages)
    sitemap.write(pages, base, about["published"], listed=not load.is_practice())
    delivery.write_headers(pages)
    delivery.compress(pages)
