"""A chart that a chapter ends in becomes a figure of the site: pictures, caption, table, actions."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from sphinx.util.osutil import relative_uri

from shuangbei import load, pictures, words
from shuangbei.pages import html
from shuangbei.site.figures import data

CHART = "application/vnd.vegalite.v6+json"


class report_figure(nodes.General, nodes.Element):
    """A figure; ``card`` is the chart's identity, ``forms`` its two specifications."""


def known(env) -> dict[str, tuple[str, dict, dict]]:
    """
    Every figure that the chapters draw.

    Parameters
    ----------
    env : sphinx.environment.BuildEnvironment
        Keeps them between builds, with the pages.

    Returns
    -------
    dict
        Page that draws it, its identity and its two forms, by the figure's id; may be changed.
    """
    return env.__dict__.setdefault("shuangbei_figures", {})


def forms(spec: dict) -> dict[str, dict]:
    """
    The wide and the narrow form of a chart, without the identity that it carries.

    Parameters
    ----------
    spec : dict
        Vega-Lite specification of the wide form; ``usermeta.narrow`` holds the narrow one.
    """
    card = spec.get("usermeta", {})
    wide = {key: value for key, value in spec.items() if key != "usermeta"}
    return {"wide": wide, "narrow": card.get("narrow", wide)}


class VegaLiteRenderer:
    """MyST-NB mime renderer for the charts of this project (entry point in pyproject.toml)."""

    mime_priority_overrides: ClassVar[list] = [("html", CHART, 1), ("gettext", CHART, None)]

    @staticmethod
    def handle_mime(renderer, data, inline):
        """Turn a Vega-Lite output into a :class:`report_figure`; leave other types alone."""
        if inline or data.mime_type != CHART:
            return None
        card = {k: v for k, v in data.content.get("usermeta", {}).items() if k != "narrow"}
        missing = [key for key in ("id", "title", "alt", "table", "file") if not card.get(key)]
        if missing:
            raise ValueError(
                f"chart {card.get('id', '?')!r} carries no {', '.join(missing)};"
                " draw it with shuangbei.charts.card"
            )
        figure = report_figure(card=card, forms=forms(data.content), ids=[f"fig-{card['id']}"])
        return [figure]


def address(figure_id: str) -> str:
    """Folder of a figure, and address of its own page, inside the edition."""
    return f"figures/{figure_id}/"


def saved_as(card: dict, file: str) -> str:
    """
    Name under which a reader keeps a file of a figure: it tells the figure and the edition.

    Examples
    --------
    >>> saved_as({"id": "a-b", "edition": "2026Q3"}, "data.csv")
    'a-b-2026Q3.csv'
    >>> saved_as({"id": "a-b", "edition": "2026Q3"}, "wide.svg")
    'a-b-2026Q3-wide.svg'
    """
    stem = f"{card['id']}-{card.get('edition') or load.edition()['edition']}"
    name, _, ending = file.rpartition(".")
    return f"{stem}.{ending}" if name in ("figure", "data") else f"{stem}-{file}"


def sizes(specs: dict[str, dict]) -> dict[str, tuple[int, int]]:
    """Return the width and height of each form's picture in CSS pixels."""
    stated = {form: pictures.frame_size(pictures.svg(spec)) for form, spec in specs.items()}
    return {form: (round(wide), round(high)) for form, (wide, high) in stated.items()}


def drawn(spec: dict) -> str:
    """Return the picture of a form, which has a dark form where its address asks for it."""
    return pictures.following(pictures.svg(spec))


def write_pictures(folder: Path, specs: dict[str, dict]) -> None:
    """Write ``wide.svg`` and ``narrow.svg`` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for form, spec in specs.items():
        (folder / f"{form}.svg").write_text(drawn(spec), encoding="utf-8", newline="\n")


def responsive(base: str, specs: dict[str, dict], alt: str) -> str:
    """
    The picture of a figure: the narrow form on narrow screens, its place kept while it loads.

    It follows the scheme of the page, light or dark, and needs no script for that.

    Parameters
    ----------
    base : str
        Address, from the page, of the folder that holds both pictures; ends with a slash.
    """
    (wide, high), (slim, tall) = (sizes(specs)[form] for form in ("wide", "narrow"))
    return (
        f'<picture><source media="(max-width: 640px)" srcset="{base}narrow.svg{pictures.FOLLOWING}"'
        f' width="{slim}" height="{tall}">'
        f'<img src="{base}wide.svg{pictures.FOLLOWING}" width="{wide}" height="{high}" loading="lazy"'
        f' decoding="async" alt="{escape(alt, quote=True)}"></picture>'
    )


def table(card: dict) -> str:
    """Return the table of the data behind a figure."""
    columns = [escape(name) for name in card["table"]["columns"]]
    rows = [[escape(str(cell)) for cell in row] for row in card["table"]["rows"]]
    return html.table(columns, rows, card["title"], "data-table")


def facts(card: dict) -> list[str]:
    """Unit, span and edition of a figure in words, as its caption and its pictures state them."""
    colon = words.say("colon")
    said = [f"{words.say('unit')}{colon}{card['unit']}"]
    span = data.span_words(card)
    if span:
        said.append(f"{words.pick('数据时期', 'Data for')}{colon}{span}")
    edition = words.period(card.get("edition") or load.edition()["edition"])
    return [*said, words.pick(f"{edition}版", f"{edition} edition")]


def origin(card: dict) -> str:
    """Return who published the figures; empty where the plan alone is shown."""
    if not card["publishers"]:
        return ""
    return (
        words.say("sources")
        + words.say("colon")
        + words.parted(card["publishers"])
        + words.say("stop").strip()
    )


def _caption(card: dict, titled: bool) -> str:
    said = escape(words.pick("　", " · ").join(facts(card)))
    title = f'<span class="figure-title">{escape(card["title"])}</span>' if titled else ""
    return f'<figcaption>{title}<span class="figure-facts">{said}</span></figcaption>'


def _sources(card: dict) -> str:
    said = origin(card)
    return f'<p class="figure-sources">{escape(said)}</p>' if said else ""


def _actions(card: dict, base: str, at_home: bool) -> str:
    """What a reader can do with a figure; links work without scripts, the button needs one."""
    page = "" if at_home else base
    title = escape(card["title"], quote=True)

    def named(texts: str) -> str:
        return f'aria-label="{texts}{words.say("colon")}{title}"'

    def download(file: str, name: str) -> str:
        said = named(words.pick(f"下载 {name}", f"Download {name}"))
        return f'<a href="{base}{file}" download="{saved_as(card, file)}" {said}>{name}</a>'

    live, spec = words.pick("互动", "Interactive"), words.pick("规格", "Spec")
    embed, cite = words.say("embed"), words.say("cite")
    link = words.pick("链接", "Link")
    failed = words.pick("没有取到，请重试", "Not loaded; try again")
    items = [
        f'<button type="button" class="js-only" aria-pressed="false" data-figure-interactive="{base}"'
        f' data-failed="{failed}" {named(words.pick("互动查看", "Interactive view"))}>{live}</button>',
        download("figure.png", "PNG"),
        download("figure.svg", "SVG"),
        download("data.csv", "CSV"),
        f'<a href="{base}spec.json" {named(words.pick("Vega-Lite 规格", "Spec in Vega-Lite"))}>{spec}</a>',
        f'<a href="{page}#embed" {named(words.say("embed"))}>{embed}</a>',
        f'<a href="{page}#cite" {named(words.say("cite"))}>{cite}</a>',
        f'<a href="{base}" {named(words.pick("永久链接", "Link that does not change"))}>{link}</a>',
    ]
    label = words.pick("取用这张图", "Use this chart")
    rows = "".join(f"<li>{item}</li>" for item in items)
    return f'<ul class="figure-actions" aria-label="{label}">{rows}</ul>'


def _data(card: dict, is_open: bool) -> str:
    summary = words.pick("图中数据", "Data of this chart")
    return (
        f'<details class="figure-data" id="data-{card["id"]}"{" open" if is_open else ""}>'
        f"<summary>{summary}</summary>{table(card)}</details>"
    )


def html_of(card: dict, specs: dict[str, dict], outdir: Path, here: str, *, at_home: bool = False) -> str:
    """
    Write a figure's pictures below ``outdir`` and return its HTML for the page at ``here``.

    Parameters
    ----------
    here : str
        Address of the page, relative to the root of the edition.
    at_home : bool
        Whether the page is the figure's own: its heading is the title, and the table is open.
    """
    base = relative_uri(here, address(card["id"]))
    write_pictures(outdir / address(card["id"]), specs)
    return (
        f'<figure class="report-figure" id="fig-{card["id"]}">{_caption(card, not at_home)}'
        f'<div class="figure-picture">{responsive(base, specs, card["alt"])}</div>'
        f"{_sources(card)}{_actions(card, base, at_home)}{_data(card, at_home)}</figure>\n"
    )


def visit_figure(translator, node: report_figure) -> None:
    """Write the figure into the page, and its pictures beside the pages."""
    builder = translator.builder
    here = builder.get_target_uri(builder.current_docname)
    translator.body.append(html_of(node["card"], node["forms"], Path(builder.outdir), here))
    raise nodes.SkipNode


def skip_figure(translator, node: report_figure) -> None:
    """Leave figures out of builders that have no pages (gettext, text)."""
    raise nodes.SkipNode
