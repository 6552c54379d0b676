"""Clues as HTML: the block of one, those of a commitment, and the list of all; computes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from shuangbei import load, measures, words
from shuangbei.pages import cells, html, plan


def block(found: measures.Clue, anchor: str = "") -> str:
    """
    One clue: its sentence, and behind it formula, inputs with their sources, and what must hold.

    It needs no addresses, so that a chapter can show it: the site links the numbers of sources.

    Parameters
    ----------
    found : shuangbei.measures.Clue
    anchor : str
        Id of the block; empty where the page shows the clue a second time.
    """
    parts = [
        (words.pick("算式", "Formula"), escape(words.clue_formula(found))),
        (words.pick("用到的数", "It rests on"), _items([_input(one) for one in found.inputs])),
        (words.pick("成立的条件", "What must hold"), _held(found.assumptions)),
    ]
    clashing = [
        f"{escape(words.clash_sentence(found, one))} {html.source(one.source_id)}"
        for one in measures.clashes(found)
    ]
    return _folded(words.clue_sentence(found), parts, anchor, clashing)


def elimination(found: measures.Elimination, anchor: str = "") -> str:
    """
    What follows by elimination: why, who it is about, and what must hold.

    Parameters
    ----------
    found : shuangbei.measures.Elimination
    anchor : str
        As in :func:`block`.
    """
    names = load.codelist("geographies")["name"]
    areas = words.join([names[area] for area in found.geo_ids])
    parts = [
        (words.class_name(found.indicator_id, found.value), escape(areas)),
        (words.say("divisions"), escape(load.label("vintages", found.vintage))),
        (words.pick("用到的数", "It rests on"), html.source(found.source_id)),
        (words.pick("成立的条件", "What must hold"), _held(found.assumptions)),
    ]
    return _folded(words.elimination_sentence(found), parts, anchor)


PAGE = "book/data/clues"


def address(clue_id: str, link: html.Link) -> str:
    """Return where a clue stands with all it rests on."""
    return link(PAGE, clue_id)


def tag(clue_id: str, link: html.Link) -> str:
    """
    The mark of a derived value, in a broken outline: that nobody published it; it leads to the clue.

    Parameters
    ----------
    clue_id : str
    link : callable
        ``link(page, anchor)`` returns the address of a page from this one.
    """
    return f'<a class="clue-tag" href="{address(clue_id, link)}">{escape(words.clue_label())}</a>'


def ruled_out(link: html.Link, clue_id: str) -> str:
    """
    ``{plan-elimination}``: one elimination, as :func:`elimination`; empty once it no longer leaves anybody.

    Parameters
    ----------
    link : callable
    clue_id : str
        Of ``eliminations`` in ``data/derivations.yaml``.
    """
    named = {one.exclusion_id for one in load.exclusions()}
    if clue_id not in named:
        raise load.UnknownCode("elimination", clue_id, sorted(named))
    found = [one for one in measures.eliminations() if one.clue_id == clue_id]
    return "".join(elimination(one) + _more(one.clue_id, link) for one in found)


def of_area(found: measures.Elimination, link: html.Link) -> str:
    """What follows for one area: class, date and division, the mark that leads to the clue, and what must hold."""
    return (
        f'<span class="clue-said">{escape(words.elimination_of(found))}</span> {tag(found.clue_id, link)}'
        f'<details class="clue-held"><summary>{words.pick("成立的条件", "What must hold")}</summary>'
        f"{_held(found.assumptions)}</details>"
    )


def _more(clue_id: str, link: html.Link) -> str:
    told = words.pick("线索页上的这一条", "This clue on the page of clues")
    return f'<p class="quiet"><a href="{address(clue_id, link)}">{escape(told)}</a></p>'


def _folded(sentence: str, parts: list[tuple[str, str]], anchor: str, clashing: Iterable[str] = ()) -> str:
    own = f' id="{anchor}"' if anchor else ""
    told = "".join(f'<p class="clue-clash">{one}</p>' for one in clashing)
    facts = "".join(f"<dt>{escape(name)}</dt><dd>{content}</dd>" for name, content in parts)
    return (
        f'<div class="clue"{own}><p><strong>{words.say("clue")}</strong>{words.say("colon")}'
        f"{escape(sentence)}</p>{told}<details><summary>"
        f"{words.pick('怎样推得，什么条件下成立', 'How it follows, and what must hold')}</summary>"
        f'<dl class="task-facts">{facts}</dl></details></div>'
    )


def _input(one: measures.ClueInput) -> str:
    source = f" {html.source(one.source_id)}" if one.source_id else ""
    if one.commitment_id is not None:
        section = words.section(load.commitment(one.commitment_id)["section"])
        source = f" {cells.quiet(section)}"
    return escape(words.clue_input(one)) + source


def _held(assumptions: tuple[load.Twin, ...]) -> str:
    return _items([escape(words.in_language(one)) for one in assumptions])


def _items(items: list[str]) -> str:
    if len(items) == 1:
        return items[0]
    return f'<ul class="plain">{"".join(f"<li>{item}</li>" for item in items)}</ul>'


def of_commitment(commitment_id: str) -> str:
    """Return the clues about a commitment, newest date first; empty where there is none."""
    found = sorted(measures.clues_of(commitment_id), key=lambda one: one.period, reverse=True)
    return "".join(block(one) for one in found)


def part(link: html.Link, commitment_id: str) -> str:
    """``{plan-clue}``: the clues about a commitment, as :func:`of_commitment`."""
    return of_commitment(commitment_id)


def every(link: html.Link) -> str:
    """``{plan-clues}``: all clues in a table that leads to the block of each, and the files with them."""
    found, excluded = measures.clues(), measures.eliminations()
    rows = [
        [
            f'<a href="#{one.clue_id}">{escape(words.clue_title(one))}</a>',
            escape(words.clue_range(one)),
            _commitment(one.commitment_id, link),
        ]
        for one in found
    ]
    rows += [
        [
            f'<a href="#{one.clue_id}">{escape(words.in_language(one.name))}</a>',
            escape(words.class_name(one.indicator_id, one.value)),
            words.NOTHING,
        ]
        for one in excluded
    ]
    columns = [words.say("clue"), words.pick("推得", "What follows"), words.say("commitment")]
    caption = words.pick("全部线索（本站推得，非公布数）", "All clues (derived by this site, not published)")
    blocks = [block(one, one.clue_id) for one in found] + [elimination(one, one.clue_id) for one in excluded]
    return _files(link) + html.table(columns, rows, caption, "data-table") + "".join(blocks)


def _commitment(commitment_id: str | None, link: html.Link) -> str:
    if commitment_id is None:
        return words.NOTHING
    return plan.commitment_link(load.commitment(commitment_id), link)


def _files(link: html.Link) -> str:
    base = link("", "data")
    return (
        f'<p><a href="{base}/clues.csv" download>clues.csv</a>'
        f' · <a href="{base}/clues.json">clues.json</a>'
        f' · <a href="{base}/derivations.yaml">derivations.yaml</a></p>'
    )
