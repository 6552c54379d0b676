"""Directives that put parts made from data/, and figures of chapters, into prose pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from myst_nb.ext.glue import crossref
from myst_nb.ext.glue.utils import PendingGlueReference
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from shuangbei.pages import atlas, clues, data, home, league, ledger, method, offices, places, plan
from shuangbei.site import figures, generated, kept

_LOG = logging.getLogger(__name__)

# Each takes the links of its page, and by name the options that :data:`ARGUMENTS` and ``Part`` know.
PARTS: dict[str, Callable[..., str]] = {
    "plan-answer": home.answer,
    "plan-commitments": plan.commitments,
    "plan-task": offices.task,
    "plan-actions": ledger.of_task,
    "plan-matrix": offices.matrix,
    "plan-offices": offices.offices,
    "plan-timeline": plan.timeline,
    "plan-worked": plan.worked,
    "plan-sources": data.sources,
    "plan-gaps": data.gaps,
    "plan-clue": clues.part,
    "plan-clues": clues.every,
    "plan-elimination": clues.ruled_out,
    "plan-indicators": data.indicators,
    "plan-datalog": data.datalog,
    "plan-downloads": data.downloads,
    "plan-edition": data.edition,
    "plan-marklegend": data.legend,
    "plan-atlas": atlas.hub,
    "plan-places": places.districts,
    "plan-finder": places.finder,
    "plan-league": league.standings,
    "plan-moves": league.moves,
    "plan-own-targets": league.own_targets,
    "plan-published-places": league.published_places,
    "plan-publication": league.gap_table,
    "plan-needs": league.needs,
}
ARGUMENTS = {
    "plan-task": "task_id",
    "plan-actions": "task_id",
    "plan-worked": "commitment_id",
    "plan-clue": "commitment_id",
    "plan-elimination": "clue_id",
}


class report_part(nodes.General, nodes.Element):
    """A part of a page that is written when the addresses of all pages are known."""


class Part(SphinxDirective):
    """``{plan-…}``: one of :data:`PARTS`, with an id as argument where it needs one."""

    optional_arguments = 1
    option_spec: ClassVar[dict[str, Callable]] = {
        "section": directives.unchanged,
        "task": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """Leave a node that names the part and its options."""
        options = dict(self.options)
        if self.name in ARGUMENTS:
            if not self.arguments:
                raise self.error(f"{{{self.name}}} needs an id, such as T01 or hte-city-2027")
            options[ARGUMENTS[self.name]] = self.arguments[0]
        return [report_part(name=self.name, options=options)]


class Figure(SphinxDirective):
    """``{plan-figure} id``: repeats a figure of a chapter on a prose page."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Leave a node that names the figure; its content comes from the chapter's page."""
        return [report_part(name="plan-figure", options={"figure_id": self.arguments[0]})]


def rule(name, rawtext, text, lineno, inliner, options=None, content=()):
    """``{plan-rule}``: a bound of the marks in the text of a page, one of :data:`method.RULES`."""
    if text not in method.RULES:
        problem = inliner.reporter.error(
            f"{{plan-rule}}`{text}`: no such rule; known: {', '.join(method.RULES)}", line=lineno
        )
        return [], [problem]
    return [nodes.Text(method.rule(text))], []


def _settle_glue(app, doctree) -> None:
    """
    Put glued values into the document itself, so that what is kept of it holds them.

    MyST-NB leaves a reference in it, and the values in a file of the build beside it: a page that
    is made of the kept document would show an earlier value, or none.
    """
    own = app.env.docname
    for node in list(doctree.findall(PendingGlueReference)):
        if node.refdoc != own:
            message = "%s is glued in %s: values of another page are not known while this one is read"
            _LOG.warning(message, node.key, own, location=node)
        elif node.gtype == "text":
            known = crossref.read_glue_cache(app.env.mystnb_config.output_folder, own)
            if node.key in known:
                node.replace_self(crossref.generate_text_nodes(node, known[node.key]))


def _remember(app, doctree) -> None:
    """Keep every figure of a chapter, so that other pages can repeat it."""
    known = figures.known(app.env)
    for node in doctree.findall(figures.report_figure):
        known[node["card"]["id"]] = (app.env.docname, node["card"], node["forms"])
    kept.repeated(app.env)[app.env.docname] = tuple(
        node["options"]["figure_id"] for node in doctree.findall(report_part) if node["name"] == "plan-figure"
    )


def _forget(app, env, docname: str) -> None:
    known = figures.known(env)
    for figure_id in [key for key, value in known.items() if value[0] == docname]:
        del known[figure_id]
    kept.repeated(env).pop(docname, None)


def _merge(app, env, docnames, other) -> None:
    figures.known(env).update(figures.known(other))
    kept.repeated(env).update(kept.repeated(other))


def visit_part(translator, node: report_part) -> None:
    """Write the part into the page."""
    builder = translator.builder
    here = builder.get_target_uri(builder.current_docname)
    if node["name"] == "plan-figure":
        known = figures.known(builder.env)
        figure_id = node["options"]["figure_id"]
        if figure_id not in known:
            raise ValueError(f"no chapter draws the figure {figure_id!r}; known: {', '.join(sorted(known))}")
        _docname, card, specs = known[figure_id]
        text = figures.html_of(card, specs, Path(builder.outdir), here)
        translator.body.append(text)
    else:
        link = generated.link_from(builder, here)
        translator.body.append(PARTS[node["name"]](link, **node["options"]))
    raise nodes.SkipNode


def skip_part(translator, node: report_part) -> None:
    """Leave parts out of builders that have no pages."""
    raise nodes.SkipNode


def setup(app) -> None:
    """Register the directives and what they need."""
    app.add_node(report_part, html=(visit_part, None), text=(skip_part, None), gettext=(skip_part, None))
    for name in PARTS:
        app.add_directive(name, Part)
    app.add_directive("plan-figure", Figure)
    app.add_role("plan-rule", rule)
    # Before titles are taken from the document.
    app.connect("doctree-read", _settle_glue, priority=400)
    app.connect("doctree-read", _remember)
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)
