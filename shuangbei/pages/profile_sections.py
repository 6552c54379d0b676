"""Sections of the page of a district or zone: portrait, report, neighbours, gaps, sources; as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import cast

import pandas as pd

from shuangbei import load, measures, words
from shuangbei.maps import svg
from shuangbei.measures import profile
from shuangbei.pages import cards, cells, clues, html, ledger, places

HTE, TSE, RD = "high_tech_enterprises", "tech_enterprises", "rd_intensity"


@dataclass(frozen=True)
class Place:
    """A district or zone and all that its page shows; ``near`` are its neighbours, itself first."""

    geo_id: str
    name: str
    is_zone: bool
    known: profile.Observed
    figures: pd.DataFrame
    newest: pd.DataFrame
    targets: pd.DataFrame
    missing: pd.DataFrame
    near: list[str]
    shared: list[str]

    @property
    def vintages(self) -> tuple[str, ...]:
        """The vintages of the divisions that have it, newest first; a zone has none."""
        return self.known.vintages.get(self.geo_id, ())

    @property
    def is_broken(self) -> bool:
        """Whether it is in both vintages, but with another area."""
        return self.geo_id in self.known.broken

    @property
    def is_gone(self) -> bool:
        """Whether it was abolished in November 2025."""
        return self.vintages == (profile.OLD,)


def place(known: profile.Observed, geo_id: str) -> Place:
    """Look up everything that the page of a district or zone shows."""
    row = load.row("geographies", geo_id)
    near, shared = profile.neighbours(known, geo_id)
    return Place(
        geo_id,
        row["name"],
        row["level"] == "zone",
        known,
        profile.figures(known, geo_id),
        profile.newest(known, geo_id),
        profile.own_targets(known, geo_id, load.cut_off()),
        profile.missing(known, geo_id),
        near,
        shared,
    )


def _dated(row) -> str:
    """A figure with its date and the number of its source."""
    return f"{escape(cells.value(row))} {cells.quiet(cells.when(row))} {html.source(row.source_id)}"


def nothing() -> str:
    """Say that no published figure was found."""
    return words.pick("没有查到公开数字", "No published figure was found")


def _derived(one: Place, indicator_id: str, link: html.Link) -> str:
    """What follows by elimination where no figure was found; as a clue."""
    found = measures.eliminated(indicator_id, one.geo_id)
    return "" if found is None else f"<br>{clues.of_area(found, link)}"


def portrait(one: Place, link: html.Link) -> str:
    """Where a unit lies, and the few things that one wants to know first."""
    facts = [(words.say("region"), escape(region_name(one.geo_id)))] if not one.is_zone else []
    facts += [(words.say("divisions"), escape(_existed(one)))] if not one.is_zone else []
    by_id = {row.indicator_id: row for row in one.newest.itertuples()}
    for indicator_id in (HTE, TSE, RD) if one.is_zone else (profile.TIER, HTE, TSE, RD):
        name = load.indicator(indicator_id)["name"]
        found = by_id.get(indicator_id)
        said = _dated(found) + _before(found) if found else cells.quiet(nothing())
        facts.append((escape(name), said + ("" if found else _derived(one, indicator_id, link))))
    n = len(one.known.needed)
    facts.append(
        (
            words.pick("公开了多少", "Published"),
            escape(
                words.pick(
                    f"可分区县公布的{n}项指标中有{n - len(one.missing)}项",
                    f"{n - len(one.missing)} of the {n} indicators that could be published by district",
                )
            ),
        )
    )
    items = "".join(f"<dt>{name}</dt><dd>{said}</dd>" for name, said in facts)
    drawn = svg.locator(one.geo_id, one.vintages[0]) if one.vintages else ""
    drawn = f'<div class="portrait-map">{drawn}</div>' if drawn else ""
    return html.section(
        "portrait",
        words.pick("创新画像", "Innovation portrait"),
        f'<div class="portrait">{drawn}<dl class="portrait-facts">{items}</dl></div>',
    )


def region_name(geo_id: str) -> str:
    """Return the region of a unit; a part of the two clusters says so."""
    areas = load.codelist("geographies")
    own, wide = areas["parent"][geo_id], profile.region_of(geo_id)
    name = areas["name"][own]
    return name if own == wide else name + words.say("open") + areas["name"][wide] + words.say("close")


def _existed(one: Place) -> str:
    """In which of the divisions a unit is found."""
    if len(one.vintages) == 1:
        return load.label("vintages", one.vintages[0])
    return words.pick("2025年11月调整前后都有", "Both before and since November 2025")


def _before(row) -> str:
    return cells.side_mark(row.vintage) if row.is_before else ""


def report(one: Place) -> str:
    """All published figures of an area: value, period, place where there is one, source."""
    heading = words.pick("创新报表", "Innovation report")
    if one.figures.empty:
        return html.section("report", heading, html.paragraph(nothing() + words.say("stop").strip()))
    rows = []
    for row in cast("Iterable[load.ObservationRow]", one.figures.itertuples()):
        name = f"{escape(row.indicator)}{_small(row.note)}"
        rows.append(
            [
                name,
                f"{escape(cells.value(row))}{_before(row)}{_small(_standing(row))}",
                escape(cells.when(row)),
                row.source_id,
            ]
        )
    columns = [words.say("indicator"), words.say("value"), words.say("period"), words.say("sources")]
    caption = words.pick(
        f"{one.name}的全部公开数字，可分区县公布的指标在前，每项从新到旧",
        f"All published figures of {one.name}, newest first; indicators that could be published"
        " by district lead",
    )
    return html.section(
        "report",
        heading,
        html.table(columns, rows, caption, "profile-table"),
        html.paragraph(_about_report(one), "quiet"),
    )


def _small(text: str) -> str:
    return f'<span class="cell-note">{escape(text)}</span>' if text else ""


def _standing(row) -> str:
    """The place of a figure among those measured alike, or why it has none."""
    if not pd.isna(row.place):
        return words.pick(
            f"同期可比的{row.among:.0f}个中第{row.place:.0f}名",
            f"{row.place:.0f} of {row.among:.0f} that can be compared, of the same period",
        )
    # A place or a tier is its own standing; the foot of the table says so once.
    if row.reason in ("", "ordinal"):
        return ""
    label = load.label("league_reasons", row.reason)
    return words.pick(f"不排名：{label}", f"Not ranked: {label[:1].lower()}{label[1:]}")


def _about_report(one: Place) -> str:
    if one.is_zone:
        return words.pick(
            "功能区不和区县排名，数字也不与区县相加。",
            "Zones are not ranked with districts, and their figures are not added to them.",
        )
    return words.pick(
        "名次只在同一时点、同一口径、同一版区划的数之间排；来源公布的名次和梯队，本站不再排一次。",
        "Ranks are given only among figures of the same period, definition and divisions;"
        " places and tiers that a source publishes are not ranked again.",
    )


def neighbours(one: Place, link: html.Link) -> str:
    """A unit and its neighbours side by side, each figure with its own date."""
    heading = words.pick("和邻近区县放在一起看", "Beside its neighbours")
    if not one.near:
        return ""
    if not one.shared:
        return html.section("neighbours", heading, html.paragraph(nothing() + words.say("stop").strip()))
    beside = profile.beside(one.known, one.geo_id)
    cells = {(row.geo_id, row.indicator_id): _cell(row) for row in beside.itertuples()}
    rows = [
        [
            places.place_link(geo_id, link) if geo_id != one.geo_id else escape(one.name),
            *(cells.get((geo_id, indicator_id), "—") for indicator_id in one.shared),
        ]
        for geo_id in one.near
    ]
    columns = [words.say("district_short"), *(escape(load.indicator(i)["name"]) for i in one.shared)]
    caption = words.pick(
        f"{one.name}和与它接壤的区县", f"{one.name} and the units that share a border with it"
    )
    said = words.pick(
        "各格的日期不同，统计口径也可能不同，不能当作排名。“—”是没有查到公开数字。",
        "The dates of the cells differ, and definitions may too: this is no ranking. “—” means"
        " that no published figure was found.",
    )
    return html.section(
        "neighbours", heading, html.table(columns, rows, caption, "neighbours"), html.paragraph(said, "quiet")
    )


def _cell(row) -> str:
    mark = cells.side_mark(row.vintage) if row.is_other else ""
    return f"{escape(cells.value(row))} {cells.quiet(cells.when(row))}{mark}"


def missing(one: Place, link: html.Link) -> str:
    """Needed indicators of which no published figure was found, and who would publish each."""
    heading = words.pick("没有查到的公开数字", "What was not found")
    if one.missing.empty:
        return html.section(
            "missing",
            heading,
            html.paragraph(
                words.pick(
                    "可分区县公布的指标都有公开数字。",
                    "Every indicator that could be published by district has a published figure.",
                )
            ),
        )
    rows = [[escape(row["name"]), escape(row["agency"])] for _, row in one.missing.iterrows()]
    columns = [words.say("indicator"), words.say("would_publish")]
    caption = words.pick(
        f"可分区县公布、而{one.name}没有查到公开数字的指标",
        f"Indicators that could be published by district and of which no figure of {one.name} was found",
    )
    gaps = words.pick(
        "没有查到，不等于没有，也不等于零。全市还缺哪些数，见",
        "Not found means neither none nor zero. What is missing for the whole city: ",
    )
    more = f'<a href="{link("book/data/gaps", "")}">{escape(words.pick("缺口", "gaps"))}</a>'
    return html.section(
        "missing",
        heading,
        html.table(columns, rows, caption, "profile-table"),
        f'<p class="quiet">{escape(gaps)}{more}{words.pick("。", ".")}</p>',
    )


def sources(one: Place) -> str:
    """Every source that the page cites, with its publisher, its date and how direct it is."""
    cited = {
        *one.figures["source_id"],
        *one.targets["target_source"],
        *profile.notes(one.geo_id)["source_id"],
        *profile.asked(one.geo_id)["source_id"],
        *(source for rows in profile.moved(one.geo_id) for source in rows["source_id"]),
        *ledger.cited(one.geo_id),
    }
    cited.discard("")
    return html.section("sources", words.say("sources"), cards.sources(sorted(cited)).text) if cited else ""


def corrections(link: html.Link) -> str:
    """Where to write if a figure of the page is wrong, or one that is public is not on it."""
    asked = words.pick(
        "这一页的数不对，或者有公开的数没有收进来？",
        "Is a figure on this page wrong, or is one that is published not on it? ",
    )
    told = words.pick("请告诉我们", "Please tell us")
    there = link("book/about", "corrections")
    return (
        f'<p class="quiet">{escape(asked)}<a href="{there}">{escape(told)}</a>{words.say("stop").strip()}</p>'
    )
