"""The page of a district or zone: its first sentences, what its change of area did, its order; as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import cast

import pandas as pd

from shuangbei import load, measures, words
from shuangbei.measures import profile
from shuangbei.pages import cells, html, ledger, places, plan, profile_aims, profile_sections

_FEW = 3  # names that a sentence can hold
BOOK = "book/districts/index"


def sentences(one: profile_sections.Place) -> list[str]:
    """
    What is known of an area in a few sentences: region, figures, newest, tier, targets of its own.

    Returns
    -------
    list of str
        Plain text; the first screen of a phone holds all of them.
    """
    if one.figures.empty and one.targets.empty:
        return [text for text in (_where(one), _nothing(one) + _derived_tier(one), _region(one)) if text]
    said = [
        _where(one),
        _counted(one),
        _newest(one),
        "" if one.is_zone else _tier(one),
        _targets(one),
        _region(one),
    ]
    return [text for text in said if text]


def _where(one: profile_sections.Place) -> str:
    if one.is_zone:
        return words.pick(
            f"{one.name}不是行政区，和区县重叠，数字不与区县相加。",
            f"{one.name} is not an administrative district; it overlaps districts, and its figures"
            " are not added to theirs.",
        )
    region = profile_sections.region_name(one.geo_id)
    if one.is_gone:
        return words.pick(
            f"{one.name}撤销以前属于{region}。",
            f"Until it was abolished, {one.name} belonged to the region “{region}”.",
        )
    return words.pick(f"{one.name}属于{region}。", f"{one.name} belongs to the region “{region}”.")


def _region(one: profile_sections.Place) -> str:
    """Whether its region's targets for 2027 can be judged, for those who ask whether it is on track."""
    if one.is_zone or one.is_gone:
        return ""
    region = profile.region_of(one.geo_id)
    geo_ids = load.commitments()["geo_id"]
    marks = [plan.assessment(key).to_date.mark for key in geo_ids.index[geo_ids == region]]
    if set(marks) != {"not_assessable"}:
        return ""  # the section on the region shows the marks
    return words.pick(
        f"它所在片区的{len(marks)}个2027年目标，因为没有查到片区的数，现在看不出进度。",
        f"How far its region has come towards its {words.counted(len(marks))} targets for 2027"
        " cannot be told: no figure of the region was found.",
    )


def _nothing(one: profile_sections.Place) -> str:
    n = len(one.known.needed)
    return words.pick(
        f"可分区县公布的{n}项指标，加上梯队和自定目标，一个公开数字也没有查到。",
        f"No published figure was found: neither for the {n} indicators that could be published by"
        " district, nor a tier or targets of its own.",
    )


def _counted(one: profile_sections.Place) -> str:
    n, names = len(one.known.needed), list(one.newest.loc[one.newest["is_needed"], "indicator"])
    if not names:
        return words.pick(
            f"可分区县公布的{n}项指标，都没有查到公开数字。",
            f"No published figure was found for any of the {n} indicators that could be published"
            " by district.",
        )
    listed = words.say("colon") + words.parted(names) if len(names) <= _FEW else ""
    return words.pick(
        f"可分区县公布的{n}项指标，查到公开数字的有{len(names)}项{listed}。",
        f"Of the {n} indicators that could be published by district, a published figure was found for"
        f" {words.counted(len(names)) if len(names) <= 10 else len(names)}{listed}.",
    )


def _newest(one: profile_sections.Place) -> str:
    if one.figures.empty:
        return words.pick(
            "只查到它自己定的目标，没有查到实际的数。",
            "Only targets of its own were found, no actual figure.",
        )
    row = one.figures.sort_values(["t", "is_needed"], ascending=False, kind="stable").iloc[0]
    if row.indicator_id == profile.TIER:
        return ""  # the next sentence says it, with its year
    when = cells.when(row)
    if not one.newest["is_needed"].any():
        return words.pick(
            f"其他公开数字里，最新的是{when}的{row.indicator}：{cells.value(row)}。",
            f"Of other published figures the newest is for {when}: {row.indicator}, {cells.value(row)}.",
        )
    return words.pick(
        f"最新的公开数字是{when}的{row.indicator}：{cells.value(row)}。",
        f"The newest published figure is for {when}: {row.indicator}, {cells.value(row)}.",
    )


def _tier(one: profile_sections.Place) -> str:
    found = one.newest[one.newest["indicator_id"] == profile.TIER]
    if found.empty:
        return words.pick(
            "它在科技创新指数里是第几梯队，公开的材料没有点名。",
            "Published material does not say in which tier of the innovation index it is.",
        ) + _derived_tier(one)
    row = found.iloc[0]
    when = cells.when(row)
    return words.pick(
        f"科技创新指数{when}列在{cells.value(row)}。",
        f"In the innovation index of {when} it stands in {cells.value(row).lower()}.",
    )


def _derived_tier(one: profile_sections.Place) -> str:
    """What follows for its tier by elimination; the portrait has the conditions and leads to the clue."""
    found = measures.eliminated(profile.TIER, one.geo_id)
    if found is None:
        return ""
    said, label = words.elimination_of(found), words.clue_label()
    return words.pick(f"{said}（{label}）。", f" {said[:1].upper()}{said[1:]} ({label}).")


def _targets(one: profile_sections.Place) -> str:
    if one.targets.empty:
        return words.pick("没有查到它自己公布的目标。", "No targets that it published itself were found.")
    last = one.targets["due"].iloc[0]
    # Of one indicator the newer divisions come first: what was set for another area gives way.
    own = one.targets[one.targets["due"] == last].drop_duplicates("indicator_id")
    rows, more = list(own.head(_FEW).itertuples()), len(own) - _FEW
    goals = words.parted([_goal(row) for row in rows])
    goals += words.pick(f"，另有{more}项", f"; and {more} more") if more > 0 else ""
    when = words.period(last)
    said = words.pick(f"它自己定的{when}目标：{goals}；", f"Its own targets for {when}: {goals}; ")
    return said + _along(rows) + words.pick("。", ".")


def _goal(row) -> str:
    texts = f"{load.indicator(row.indicator_id)['name']}{words.pick('', ': ')}{cells.target_words(row)}"
    if not row.is_redrawn:
        return texts
    return texts + words.say("open") + cells.side(row.vintage) + words.say("close")


def _along(rows: list) -> str:
    """How far along the targets are, those alone that have a figure."""
    along = [
        words.pick(
            f"{load.indicator(row.indicator_id)['name']}{cells.when(row)}是"
            f"{cells.figure_words(row)}，{cells.share_words(row)}",
            f"{load.indicator(row.indicator_id)['name']}: {cells.figure_words(row)} in"
            f" {cells.when(row)}, {cells.share_words(row)}",
        )
        for row in rows
        if row.standing != "none"
    ]
    none = words.pick(
        "走了多远，没有查到数字", "how far along they are cannot be said, for no figure was found"
    )
    return words.say("semicolon").join(along) if along else none


def division(one: profile_sections.Place, link: html.Link) -> str:
    """What became of an area in November 2025, and what to know before reading its figures."""
    away, here = profile.moved(one.geo_id)
    notes = profile.notes(one.geo_id)
    if away.empty and here.empty and notes.empty:
        return ""
    lists = _went(one, away, link) + _came(here, link)
    said = "".join(_note(row, link) for row in notes.itertuples())
    more = ""
    if lists:
        texts = escape(
            words.pick("2025年11月的区划调整是怎么回事", "The change of divisions of November 2025")
        )
        more = f'<p><a href="{link(BOOK, "")}">{texts}</a></p>'
    return html.section("division", _heading(one, away, here), lists, said, more)


def _heading(one: profile_sections.Place, away: pd.DataFrame, here: pd.DataFrame) -> str:
    if one.is_zone:
        return words.say("read_first")
    if one.is_gone:
        return words.pick(f"{one.name}去哪了", f"Where {one.name} went")
    if one.vintages == (profile.NEW,):
        return words.pick(f"{one.name}从哪里来", f"Where {one.name} comes from")
    if not away.empty or not here.empty:
        return words.pick(f"{one.name}的范围变了", f"The area of {one.name} has changed")
    return words.say("read_first")


def _went(one: profile_sections.Place, away: pd.DataFrame, link: html.Link) -> str:
    if away.empty:
        return ""
    gone = one.is_gone
    since = words.period(load.row("vintages", profile.NEW)["valid_from"])
    said = words.pick(
        f"{since}，{one.name}{'撤销，划入：' if gone else '划出：'}",
        f"In {since}, {one.name} {'was abolished and went to' if gone else 'gave up'}:",
    )
    items = "".join(
        f"<li>{places.place_link(row.successor, link)}{words.say('colon')}{escape(row.what)}"
        f" {html.source(row.source_id)}</li>"
        for row in cast("Iterable[load.MoveRow]", away.itertuples())
    )
    return f"<p>{escape(said)}</p><ul>{items}</ul>"


def _came(here: pd.DataFrame, link: html.Link) -> str:
    if here.empty:
        return ""
    since = words.period(load.row("vintages", profile.NEW)["valid_from"])
    said = words.pick(f"{since}划进来的：", f"What joined it in {since}:")
    items = "".join(
        f"<li>{places.place_link(row.geo_id, link)}{words.say('colon')}{escape(row.what)}"
        f" {html.source(row.source_id)}</li>"
        for row in cast("Iterable[load.MoveRow]", here.itertuples())
    )
    return f"<p>{escape(said)}</p><ul>{items}</ul>"


def _note(row, link: html.Link) -> str:
    see = (
        words.pick("见", "See ") + places.place_link(row.see, link) + words.pick("。", ".") if row.see else ""
    )
    source = f" {html.source(row.source_id)}" if row.source_id else ""
    return f"<p>{escape(row.note)}{words.pick('', ' ') if see else ''}{see}{source}</p>"


def lead(one: profile_sections.Place) -> str:
    """Return the sentences as the first paragraph of the page, with the date of the search."""
    text = words.pick("", " ").join(sentences(one))
    return f'<p class="profile-lead">{escape(text)} <span class="quiet">{escape(plan.searched())}</span></p>'


# Sections that a search finds a page by; the others say much the same on every page.
FOUND = ("division", "report", "targets", "actions")


class Article(str):
    """The page of a district or zone as HTML, with the anchor and heading (HTML) of each section."""

    contents: list[tuple[str, str]]


def body(one: profile_sections.Place, link: html.Link) -> Article:
    """
    Everything that the page of a district or zone says.

    Parameters
    ----------
    one : shuangbei.pages.profile_sections.Place
    link : callable
        Gives the address of a page and an anchor from this page.
    """
    first, after = lead(one), division(one, link)
    parts = [
        # Who looks for a district that is no more wants to know first where it went.
        *([after, first] if one.is_gone else [first, after]),
        profile_sections.portrait(one, link),
        profile_sections.report(one),
        profile_aims.targets(one),
        profile_aims.region(one, link),
        profile_sections.neighbours(one, link),
        profile_aims.asked(one, link),
        ledger.of_place(one.geo_id, one.name, link),
        profile_sections.missing(one, link),
        profile_sections.sources(one),
        profile_sections.corrections(link),
    ]
    made = Article(f'<article class="profile"><h1>{escape(one.name)}</h1>{"".join(parts)}</article>')
    made.contents = [(part.anchor, part.heading) for part in parts if isinstance(part, html.Section)]
    return made


def described(one: profile_sections.Place) -> str:
    """Return the sentences for the head of the page: what it holds, and how much is known."""
    holds = words.pick(
        f"{one.name}的创新画像和创新报表：公开的数字、自己的目标、还缺什么。",
        f"{one.name}: innovation portrait and report, with published figures, its own"
        " targets and what is missing. ",
    )
    return holds + sentences(one)[1]
