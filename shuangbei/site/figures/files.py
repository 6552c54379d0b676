"""The files of a figure: pictures that can leave the site, data, specifications, description."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

from shuangbei import load, paths, pictures, words
from shuangbei.site.discovery import structured
from shuangbei.site.figures import data, node

LICENCE = {"name": "CC-BY-4.0", "url": structured.LICENCE}
Share = Callable[[str, bytes], str]
_TYPES = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv", "json": "application/json"}


@dataclass(frozen=True)
class Chapter:
    """The page that discusses a figure: its title, and the absolute address of the figure there."""

    title: str
    address: str


def composed(card: dict, specs: dict[str, dict], page: str) -> str:
    """
    The picture that can leave the site: title, unit, span, sources, edition and address drawn in.

    Parameters
    ----------
    page : str
        Absolute address of the figure's page.

    Raises
    ------
    shuangbei.pictures.Unreadable
        If the vendored font lacks a character of it.
    """
    origin = [node.origin(card), words.edition_line(), page]
    texts = pictures.FrameWords(
        words.drawn(card["title"]),
        words.drawn(" · ".join(node.facts(card)[:-1])),
        tuple(words.drawn(line) for line in origin if line),
        card["alt"],
    )
    drawn = words.drawn(pictures.compose(pictures.svg(specs["wide"]), texts))
    pictures.check_words(drawn, f"figure {card['id']}")
    return drawn


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _lent(part: object, share: Share) -> object:
    """A specification with the address of shared boundaries in the place of the boundaries."""
    if isinstance(part, list):
        return [_lent(one, share) for one in part]
    if not isinstance(part, dict):
        return part
    held = part.get("values")
    if isinstance(held, dict) and held.get("type") == "Topology":
        kept = {key: value for key, value in part.items() if key not in ("values", "name")}
        return {"url": share(f"{part['name']}.json", _packed(held)), **kept}
    return {key: _lent(value, share) for key, value in part.items()}


def _packed(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _spec(card: dict, form: dict, page: str, share: Share) -> bytes:
    """A specification that stands alone but for the boundaries, which all maps share."""
    # The values are in the file of the data; here stands what people read.
    told = {key: value for key, value in card.items() if key not in ("file", "span")}
    about = {
        **told,
        "narrow": "spec-narrow.json",
        "page": page,
        "data": "data.csv",
        "licence": LICENCE["url"],
    }
    return _packed({**cast(dict, _lent(form, share)), "usermeta": about})


def contents(card: dict, specs: dict[str, dict], page: str, share: Share) -> dict[str, bytes]:
    """
    All files of a figure by name, but for its page and its description.

    Parameters
    ----------
    page : str
        Absolute address of the figure's page.
    share : callable
        Given name and bytes of a file for all figures, returns its address from the figure.
    """
    whole = composed(card, specs, page)
    return {
        "wide.svg": node.drawn(specs["wide"]).encode(),
        "narrow.svg": node.drawn(specs["narrow"]).encode(),
        "figure.svg": whole.encode(),
        "figure.png": pictures.png(whole),
        "data.csv": data.as_csv(card),
        "spec.json": _spec(card, specs["wide"], page, share),
        "spec-narrow.json": _spec(card, specs["narrow"], page, share),
    }


def sources(card: dict) -> list[dict[str, str]]:
    """Return the sources of a figure as its description names them."""
    rows = load.sources(card["source_ids"]).reset_index(drop=True)
    wanted = ["source_id", "title", "publisher", "url", "published"]
    found = rows[wanted].to_dict("records") if len(rows) else []
    return [{name: row[name] for name in wanted} for row in found]


def description(card: dict, files: dict[str, bytes], page: str, chapter: Chapter) -> dict:
    """
    What ``meta.json`` says of a figure.

    Parameters
    ----------
    files : dict
        From :func:`contents`.
    page : str
        Absolute address of the figure's page; the files lie beside it.
    """
    edition = load.edition()
    first, last = card["span"] or (None, None)
    return {
        "id": card["id"],
        "title": card["title"],
        "alt": card["alt"],
        "unit": card["unit"],
        "language": paths.language(),
        "period": {"first": first, "last": last, "text": data.span_words(card)},
        "edition": edition["edition"],
        "cut_off": edition["cut_off"],
        "published": edition["published"],
        "page": page,
        "chapter": asdict(chapter),
        "licence": LICENCE,
        "sources": sources(card),
        "files": [
            {
                "name": name,
                "type": _TYPES[name.rpartition(".")[2]],
                "url": page + name,
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
            for name, content in files.items()
        ],
    }


def write(folder: Path, files: dict[str, bytes], about: dict) -> None:
    """
    Write all files of a figure into its folder.

    Parameters
    ----------
    folder : pathlib.Path
        ``figures/<id>`` below the pages of the edition.
    files, about : dict
        From :func:`contents` and :func:`description`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in {**files, "meta.json": _json(about)}.items():
        (folder / name).write_bytes(content)


def write_index(folder: Path, descriptions: list[dict]) -> None:
    """Write ``figures/index.json``: the descriptions of all figures, in the order of their ids."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.json").write_bytes(_json({"figures": descriptions}))
