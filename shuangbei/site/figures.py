"""A chart that a chapter ends in becomes a figure of the site: pictures, caption and table."""

from __future__ import annotations

import html
from pathlib import Path

from docutils import nodes
from sphinx.util.osutil import relative_uri

from shuangbei import markup, render, wording

CHART = "application/vnd.vegalite.v6+json"


class report_figure(nodes.General, nodes.Element):
    """A figure; ``card`` is the chart's identity, ``forms`` its two specifications."""


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

    mime_priority_overrides = [("html", CHART, 1), ("gettext", CHART, None)]

    @staticmethod
    def handle_mime(renderer, data, inline):
        """Turn a Vega-Lite output into a :class:`report_figure`; leave other types alone."""
        if inline or data.mime_type != CHART:
            return None
        card = {k: v for k, v in data.content.get("usermeta", {}).items() if k != "narrow"}
        missing = [key for key in ("id", "title", "alt", "table") if not card.get(key)]
        if missing:
            raise ValueError(f"chart {card.get('id', '?')!r} carries no {', '.join(missing)};"
                             " draw it with shuangbei.charts")
        figure = report_figure(card=card, forms=forms(data.content), ids=[f"fig-{card['id']}"])
        return [figure]


def _size(svg: str) -> tuple[int, int]:
    head = svg[: svg.index(">")]
    number = {key: head.split(f' {key}="', 1)[1].split('"', 1)[0] for key in ("width", "height")}
    return round(float(number["width"])), round(float(number["height"]))


def write_pictures(outdir: Path, figure_id: str, specs: dict[str, dict]) -> dict[str, tuple]:
    """
    Write ``figures/<id>/wide.svg`` and ``narrow.svg`` below ``outdir``.

    Returns
    -------
    dict
        Form to (width, height) in CSS pixels.
    """
    folder = outdir / "figures" / figure_id
    folder.mkdir(parents=True, exist_ok=True)
    sizes = {}
    for form, spec in specs.items():
        drawn = render.svg(spec)
        (folder / f"{form}.svg").write_text(drawn, encoding="utf-8", newline="\n")
        sizes[form] = _size(drawn)
    return sizes


def _picture(base: str, sizes: dict[str, tuple], alt: str) -> str:
    wide, narrow = sizes["wide"], sizes["narrow"]
    return (
        f'<picture><source media="(max-width: 640px)" srcset="{base}/narrow.svg"'
        f' width="{narrow[0]}" height="{narrow[1]}">'
        f'<img src="{base}/wide.svg" width="{wide[0]}" height="{wide[1]}"'
        f' alt="{html.escape(alt, quote=True)}"></picture>'
    )


def _table(card: dict) -> str:
    columns = [html.escape(name) for name in card["table"]["columns"]]
    rows = [[html.escape(str(cell)) for cell in row] for row in card["table"]["rows"]]
    summary = wording.pick("图中数据", "Data of this chart")
    table = markup.table(columns, rows, card["title"], "data-table")
    return f'<details class="figure-data"><summary>{summary}</summary>{table}</details>'


def _caption(card: dict) -> str:
    title = f'<span class="figure-title">{html.escape(card["title"])}</span>'
    unit = f'{wording.say("unit")}{wording.say("colon")}{html.escape(card["unit"])}'
    return f'<figcaption>{title}<span class="figure-facts">{unit}</span></figcaption>'


def _sources(card: dict) -> str:
    names = wording.join([html.escape(name) for name in card["publishers"]])
    return (f'<p class="figure-sources">{wording.say("sources")}{wording.say("colon")}{names}'
            f'{wording.say("stop").strip()}</p>') if names else ""


def html_of(card: dict, specs: dict[str, dict], outdir: Path, here: str) -> str:
    """
    Write a figure's pictures below ``outdir`` and return its HTML for the page at ``here``.

    Parameters
    ----------
    here : str
        Address of the page, relative to the site's root.
    """
    sizes = write_pictures(outdir, card["id"], specs)
    base = relative_uri(here, f"figures/{card['id']}")
    return (f'<figure class="report-figure" id="fig-{card["id"]}">{_caption(card)}'
            f'{_picture(base, sizes, card["alt"])}{_sources(card)}{_table(card)}</figure>\n')


def visit_figure(translator, node: report_figure) -> None:
    """Write the figure into the page, and its pictures beside the pages."""
    builder = translator.builder
    here = builder.get_target_uri(builder.current_docname)
    translator.body.append(html_of(node["card"], node["forms"], Path(builder.outdir), here))
    raise nodes.SkipNode


def skip_figure(translator, node: report_figure) -> None:
    """Leave figures out of builders that have no pages (gettext, text)."""
    raise nodes.SkipNode
