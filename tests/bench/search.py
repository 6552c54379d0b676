"""Compares ways to search the built pages: Sphinx with jieba, Pagefind, MiniSearch, and the site's.

    python tests/bench/search.py [folder of an edition] [zh or en]

The queries are those of tests/search/queries.yaml.  Every way answers in the system's Chromium with
its own code: Sphinx's searchtools.js over an index that Sphinx's IndexBuilder makes of all text of
the finished pages (a stock book indexes less: what its directives write as HTML is not in it);
Pagefind's pagefind.js over an index that its program makes of the same pages; MiniSearch over the
site's records, Han text as pairs of characters, queries as they are typed; `cutting` is what the site
does: MiniSearch with search-engine.js, which cuts a query into pieces that stand in the edition.
`place` counts queries whose answer, anchor and all, is among the first five, `page` those that
are led at least to the right page; a query that must find nothing counts for both if it does.
"""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "book"))

import browser  # noqa: E402

from shuangbei import languages  # noqa: E402

QUERIES = ROOT / "tests" / "search" / "queries.yaml"
THEME = ROOT / "shuangbei" / "site" / "theme"
LIBRARY, ENGINE = THEME / "vendor" / "minisearch.js", THEME / "js" / "search-engine.js"
FIRST = 5
# Its results come worst first.
ASK = """Search.setIndex(sphinxIndex);
sphinxAnswers = sphinxQueries.map((query) => Search._performSearch(...Search._parseQuery(query)).reverse());
"""


def zipped(*contents: bytes) -> int:
    """Bytes over the wire of some files, gzip."""
    return sum(len(gzip.compress(content, 9)) for content in contents)


def given(script: Path) -> dict:
    """Return what a script hands over to the page that asked for it."""
    text = script.read_text(encoding="utf-8")
    content: dict = json.loads(text.removeprefix("report.give(").removesuffix(");\n"))
    return content


def make_with(site: Path, *scripts: Path) -> Callable:
    """The site's index, and the scripts that answer from it."""

    def make(folder: Path, index: dict, language: str) -> dict:
        content = json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode()
        (folder / "index.json").write_bytes(content)
        words = site / "search" / "words.js"
        (folder / "words.json").write_text(json.dumps(given(words)), encoding="utf-8")
        for script in scripts:
            shutil.copy(script, folder)
        asked = [content, words.read_bytes()] if ENGINE in scripts else [content]
        return {"index": zipped(*asked), "js": zipped(*(path.read_bytes() for path in scripts))}

    return make


def make_sphinx(folder: Path, index: dict, language: str) -> dict:
    """Sphinx's index of the same text, and the scripts of its theme `basic`."""
    import sphinx
    from docutils import nodes, utils
    from jinja2 import Template
    from sphinx.search import IndexBuilder

    empty = {
        "titles",
        "filenames",
        "mapping",
        "title_mapping",
        "all_titles",
        "index_entries",
        "objtypes",
        "objnames",
    }
    env = SimpleNamespace(**{f"_search_index_{name}": {} for name in empty}, domains={}, version=1)
    builder = IndexBuilder(env, language, {}, "")
    for number, (address, title, _) in enumerate(index["pages"]):
        tree = utils.new_document(address)
        tree["language"] = language
        for record in (one for one in index["records"] if one["p"] == number):
            if record["k"] in ("page", "section"):
                part = nodes.section(ids=[record.get("a", "top")])
                part += nodes.title("", record["t"])
                tree += part
                text = record.get("x", "")
            else:
                text = f"{record['t']} {record.get('x', '')}"
            tree[-1] += nodes.paragraph("", text)
        name = address.removesuffix(".html")
        builder.feed(name, address, title, tree)
    frozen = json.dumps(builder.freeze(), ensure_ascii=False, sort_keys=True).encode()
    basic = Path(sphinx.__file__).parent / "themes" / "basic" / "static"
    template = next(basic.glob("language_data.js*")).read_text(encoding="utf-8")
    files = {
        "language_data.js": Template(template).render(**builder.context_for_searchtool()),
        **{
            name: (basic / name).read_text(encoding="utf-8")
            for name in ("doctools.js", "sphinx_highlight.js", "searchtools.js")
        },
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "sphinx.json").write_bytes(frozen)
    (folder / "sphinx-ask.js").write_text(ASK, encoding="utf-8")
    return {"index": zipped(frozen), "js": zipped(*(t.encode() for t in files.values()))}


def make_pagefind(folder: Path, index: dict, language: str, site: Path) -> dict:
    """Pagefind's index of the same pages."""
    pages = folder / "pages"
    for address, _, _ in index["pages"]:
        (pages / address).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(site / address, pages / address)
    call = [
        sys.executable,
        "-m",
        "pagefind",
        "--site",
        str(pages),
        "--root-selector",
        "main",
        "--output-path",
        str(folder / "pagefind"),
    ]
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(pages)
    made = folder / "pagefind"
    parts = [path.read_bytes() for path in made.rglob("*.pf_*")] + [
        (made / "pagefind-entry.json").read_bytes()
    ]
    scripts = [made / "pagefind.js", *made.glob("wasm.*.pagefind")]
    return {"index": zipped(*parts), "js": zipped(*(path.read_bytes() for path in scripts))}


def answers(page, way: str, queries: list[str]) -> list[list[list[str]]]:
    """For each query the addresses of its first results; a result of Pagefind has several."""
    return page.evaluate(
        """async ([way, queries]) => {
        const compare = await import('/compare.js');
        return compare.ways[way](queries);
    }""",
        [way, queries],
    )


def hits(asked: list[dict], found: list[list[list[str]]], home: dict[str, str]) -> dict[str, int]:
    """Count queries answered by the right place, and by the right page."""

    def page(address: str) -> str:
        return home.get(address, address.partition("#")[0])

    place = pages = 0
    for query, results in zip(asked, found, strict=True):
        if query.get("none"):
            place, pages = place + (not results), pages + (not results)
            continue
        flat = [address for result in results[:FIRST] for address in result]
        wanted = query["to"]
        place += any(one in flat or one in {page(a) for a in flat} for one in wanted)
        pages += bool({page(one) for one in wanted} & {page(one) for one in flat})
    return {"place": place, "page": pages}


def works(opened, folder: Path, way: str, query: str) -> bool:
    """Whether a way of searching answers at all under the site's policy."""
    from playwright.sync_api import Error

    with browser.server(folder, languages.POLICY) as address:
        page = opened.new_page()
        page.goto(f"{address}/page.html")
        try:
            return bool(answers(page, way, [query])[0])
        except Error:
            return False
        finally:
            page.close()


def main(site: Path, language: str) -> None:
    """Make all indexes, ask all queries, and print the table."""
    index = given(site / "search" / "index.js")
    asked = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))[language]
    home = {f"figures/{one['i'][0]}/": index["pages"][one["p"]][0] for one in index["records"] if "i" in one}
    makers: dict[str, Callable] = {
        "sphinx": make_sphinx,
        "pagefind": lambda *about: make_pagefind(*about, site),
        "minisearch": make_with(site, LIBRARY),
        "cutting": make_with(site, LIBRARY, ENGINE),
    }
    with tempfile.TemporaryDirectory() as made, browser.opened() as chromium:
        folder = Path(made)
        shutil.copy(Path(__file__).with_name("search.js"), folder / "compare.js")
        tag = {"zh": "zh-CN", "en": "en"}[language]
        (folder / "page.html").write_text(
            f'<!DOCTYPE html><html lang="{tag}"><meta charset="utf-8"><title>search</title>'
            '<p id="search-progress"></p>',
            encoding="utf-8",
        )
        print(f"{language}: {len(asked)} queries, {len(index['pages'])} pages")
        print(f"{'':12}{'place':>7}{'page':>7}{'index KB':>10}{'js KB':>8}  under the site's policy")
        for way, make in makers.items():
            sizes = make(folder, index, language)
            with browser.server(folder) as address:
                page = chromium.new_page()
                page.goto(f"{address}/page.html")
                found = answers(page, way, [one["q"] for one in asked])
                page.close()
            count = hits(asked, found, home)
            policy = works(chromium, folder, way, asked[0]["q"])
            print(
                f"{way:12}{count['place']:7}{count['page']:7}{sizes['index'] / 1000:10.1f}"
                f"{sizes['js'] / 1000:8.1f}  {'works' if policy else 'refused'}"
            )


if __name__ == "__main__":
    given = sys.argv[1:]
    main(Path(given[0]) if given else ROOT / "_build" / "site", given[1] if given[1:] else "zh")
