"""The search of an edition: the index made from its finished pages, and the page that asks it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from functools import partial
from html import escape
from pathlib import Path

from shuangbei import load, words
from shuangbei.pages import places, profile
from shuangbei.site import addresses, figures, generated, kept, navigation
from shuangbei.site.search import names, records, said

# Scripts, so that pages opened as files, which may fetch nothing, can search too.
INDEX, WORDS = "search/index.js", "search/words.js"
VERSION = 2
AREAS = "notebooks/districts"  # the page whose tables have a row for every district
_HEADED = re.compile(r'<tr>(<th scope="row">([^<]+)</th>)')


def _documents(env) -> list[str]:
    """Pages that readers are led to, home first, in the order of the book."""
    listed = [page.docname for part in navigation.parts(env) for page in part.pages]
    return list(dict.fromkeys([env.config.root_doc, *listed]))


def _home_of_figures(env) -> dict[str, str]:
    """The page that draws a figure; other pages only repeat it."""
    return {figure_id: value[0] for figure_id, value in figures.known(env).items()}


def _is_repeated(record: records.Record, docname: str, homes: dict[str, str]) -> bool:
    if record.kind != "figure":
        return False
    return homes.get(record.anchor.removeprefix(records.FIGURE), docname) != docname


def _entry(record: records.Record, page: int, names: names.Names) -> dict:
    """A record as the index holds it; what is empty is left out."""
    full = {
        "p": page,
        "k": record.kind,
        "a": record.anchor,
        "t": record.title,
        "n": names.shown(record),
        "e": names.hidden(record),
        "h": list(record.trail),
        "x": record.text,
    }
    if record.picture:
        full["i"] = [record.anchor.removeprefix(records.FIGURE), record.picture.width, record.picture.height]
    return {key: value for key, value in full.items() if value not in ("", [])}


def index(pages: list[tuple[str, str, list[records.Record]]]) -> dict:
    """
    The index of an edition.

    Parameters
    ----------
    pages : list of (address, part, records)
        In the order of the book; the first record of each is the page itself.

    Returns
    -------
    dict
        ``pages``: address, title and part of each; ``records``: what can be found, with
        ``p`` page, ``k`` kind, ``a`` anchor, ``t`` title, ``n`` shown name, ``e`` further
        names, ``h`` headings above, ``x`` text, ``i`` picture (id, width, height);
        ``kinds``: names of kinds.
    """
    known_names = names.Names()
    return {
        "version": VERSION,
        "pages": [[address, records[0].title, part] for address, part, records in pages],
        "records": [
            _entry(record, number, known_names)
            for number, (_, _, records) in enumerate(pages)
            for record in records
        ],
        "kinds": names.kinds(),
    }


def place(record: records.Record, address: str) -> str:
    """Where a result leads that is such a record of the page ``address``, from the home of the edition."""
    if record.kind == "figure":
        return f"figures/{record.anchor.removeprefix(records.FIGURE)}/"
    return f"{address}#{record.anchor}" if record.anchor else address


def vocabulary(
    pages: list[tuple[str, str, list[records.Record]]],
    shown: str,
    typed: Callable[[list[records.Record]], list[list[str]]] = names.typed,
) -> dict:
    """
    What readers may type for things of an edition, beside the words that stand in it.

    Parameters
    ----------
    pages : list of (address, part, records)
        As for :func:`index`.
    shown : str
        The index as a text: characters are folded to those that occur in it or here.
    typed : callable
        Gives words of records with what may be typed for them.

    Returns
    -------
    dict
        ``typed``: words with what may be typed for them; ``leads``: places with the words that lead
        there; ``notes``: sentences with the words that they are said of; ``folds``: traditional
        characters, and the simplified ones at the same positions.
    """
    found = [record for _, _, records in pages for record in records]
    told = {
        "version": VERSION,
        "typed": typed(found),
        "leads": said.leads({place(one, address) for address, _, records in pages for one in records}),
        "notes": said.notes(),
    }
    return {**told, "folds": said.folds(_packed(told) + shown)}


def _packed(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def script(content: dict) -> str:
    r"""
    A script that hands a value over to the page that asked for it; see ``report.js``.

    Examples
    --------
    >>> script({"a": "b"})
    'report.give({"a":"b"});\n'
    """
    return f"report.give({_packed(content)});\n"


def _pages(app) -> list[tuple[str, str, list[records.Record]]]:
    captions = {page.docname: part.caption for part in navigation.parts(app.env) for page in part.pages}
    homes = _home_of_figures(app.env)
    found = []
    for docname in _documents(app.env):
        found_records = [one for one in _records(app, docname) if not _is_repeated(one, docname, homes)]
        address = f"{addresses.address_of(docname)}.html"
        found.append((address, captions.get(docname, ""), found_records))
    return found + _profiles(app, captions.get(generated.HUB, ""))


def _records(app, docname: str) -> list[records.Record]:
    """What can be found on a finished page; a page that is as it was is not read again."""
    content = Path(app.builder.get_outfilename(docname)).read_bytes()
    told = kept.part(
        app, f"records/{docname}", content, lambda: [asdict(one) for one in records.records(content)]
    )
    return [records.of_json(one) for one in told]


def _typed(app, found: list[records.Record]) -> list[list[str]]:
    """Words with what may be typed for them, which take a dictionary of readings."""
    titles = [(one.kind, one.title) for one in found if one.kind in ("page", "term")]
    return kept.part(app, "typed", titles, lambda: names.typed(found))


def _profiles(app, part: str) -> list[tuple[str, str, list[records.Record]]]:
    """The pages of districts and zones, each as one record that goes by every name of the area."""
    found = []
    for geo_id in places.every() if generated.HUB in app.env.found_docs else ():
        docname = places.page(geo_id)
        record = records.whole(_records(app, docname), profile.FOUND)
        record = replace(record, summary=names.of_profile(geo_id))
        found.append((f"{addresses.address_of(docname)}.html", part, [record]))
    return found


def _write(app, exception: Exception | None) -> None:
    if exception is not None or app.builder.name != "html":
        return
    pages = _pages(app)
    shown = script(index(pages))
    words_of = script(vocabulary(pages, shown, partial(_typed, app)))
    for file, text in ((INDEX, shown), (WORDS, words_of)):
        target = Path(app.outdir, file)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


def _promises() -> list[tuple[str, str]]:
    """Address and name of every commitment, for readers whose browser runs no script."""
    return [
        (f"progress/{row['chapter']}.html#{code}", row["name"])
        for code, row in load.codelist("commitments").iterrows()
    ]


def page(app) -> Iterator[tuple[str, dict, str]]:
    """Yield the search page, which lists all pages and commitments where there is no script."""
    title = words.pick("搜索", "Search")
    yield "search", {"title": title, "promises": _promises()}, "search.html"


def anchored(body: str) -> str:
    """
    Give the first row that a district or zone heads an anchor, so that links can lead to it.

    Parameters
    ----------
    body : str
        HTML of a page.
    """
    areas = load.codelist("geographies")
    areas = areas[areas["level"].isin(["district", "zone"])]
    left = {escape(name): code for code, name in areas["name"].items()}

    def anchor(row: re.Match) -> str:
        code = left.pop(row[2], "")
        return f'<tr id="{records.AREA}{code}">{row[1]}' if code else row[0]

    return _HEADED.sub(anchor, body)


def _anchor(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    if pagename == AREAS:
        context["body"] = anchored(context["body"])


def setup(app) -> None:
    """Add the search page, and the index once the pages are finished."""
    app.connect("html-page-context", _anchor)
    app.connect("html-collect-pages", page)
    app.connect("build-finished", _write)
