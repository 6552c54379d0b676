"""Parts of pages that show the data package itself: sources, gaps, dictionary, edition, files."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import chain
from typing import cast

from shuangbei import check, languages, load, measures, memory, paths, words
from shuangbei.pages import cards, html, plan


def _document(row) -> str:
    title = cards.quoted(row["title"], escape)
    if row["url"]:
        title = f'<a href="{escape(row["url"], quote=True)}" rel="noopener">{title}</a>'
    if row["title"] == row["title_original"]:
        return title
    own = cards.quoted(row["title_original"], html.quoted)
    return f'{title}<br><span class="quiet">{own}</span>'


def _quotation(text: str) -> str:
    """What a source printed, in its own language: no reader of English searches by Chinese words."""
    own = cards.quoted(text, html.quoted)
    apart = own if own == escape(text) else f"<span {html.UNSEARCHED}>{own}</span>"
    return words.pick(cards.quoted(text, escape), apart)


def sources(link: html.Link) -> str:
    """Every source with publisher, date, how directly it speaks, and the words that state it."""
    tiers = load.codelist("tiers")["name"]
    listed = load.codelist("sources")
    rows = [
        [
            f'<span id="{escape(row["source_id"])}">{escape(row["source_id"])}</span>',
            _document(row),
            escape(row["publisher"]),
            escape(row["published"] or "—"),
            escape(tiers[row["tier"]]),
            _quotation(row["evidence"]),
        ]
        for _, row in listed.iterrows()
    ]
    columns = [
        words.say("source_number"),
        words.say("document"),
        words.say("publisher"),
        words.say("date"),
        words.say("directness"),
        words.pick("原文片段", "Fragment"),
    ]
    # What these state stands word for word in the ledger of actions, under its task.
    acted = set(load.actions()["source_id"])
    told = [
        number
        for number, (source_id, fragment) in enumerate(
            zip(listed["source_id"], listed["evidence"], strict=True)
        )
        if source_id in acted and not fragment
    ]
    return html.table(columns, rows, words.pick("全部来源", "All sources"), "dense", unsearched=told)


def gaps(link: html.Link) -> str:
    """Every figure that was looked for and not found, why, and who would publish it."""
    frame = load.codelist("gaps")
    reasons, offices = load.codelist("reasons")["name"], load.codelist("agencies")["name"]
    indicators, areas = load.codelist("indicators")["name"], load.codelist("geographies")["name"]
    promises = load.commitments()
    dues = [
        words.due(measures.of_gap(row), str(load.indicator(row.indicator_id)["basis"]))
        for row in cast("Iterable[measures.GapRow]", frame.itertuples(index=False))
    ]
    rows = []
    for when, (_, row) in zip(dues, frame.iterrows(), strict=True):
        named = promises.loc[row["commitment_id"]] if row["commitment_id"] else None
        what = plan.commitment_link(named, link) if named is not None else "—"
        area = areas.get(row["geo_id"], "")
        counted = escape(indicators.get(row["indicator_id"], "—"))
        rows.append(
            [
                counted,
                what,
                escape(area),
                escape(words.periods(row["periods"])),
                escape(row["note"]),
                escape(reasons[row["reason"]]),
                escape(offices.get(row["agency_id"], "—")),
                escape(when),
            ]
        )
    columns = [
        words.say("indicator"),
        words.say("commitment"),
        words.say("area"),
        words.say("period"),
        words.say("missing"),
        words.say("reason"),
        words.say("would_publish"),
        words.say("when_due"),
    ]
    return html.table(columns, rows, words.say("not_found"), "dense")


def indicators(link: html.Link) -> str:
    """The dictionary of indicators: what is counted, when, by whom, in which unit."""
    frame = load.codelist("indicators")
    units, bases = load.codelist("units")["name"], load.codelist("bases")["name"]
    offices = load.codelist("agencies")["name"]
    rows = [
        [
            f'<span id="{row["indicator_id"]}">{escape(row["name"])}</span>',
            escape(row["definition"]),
            escape(units[row["unit"]]),
            escape(bases[row["basis"]]),
            escape(offices.get(row["agency_id"], "—")),
            f"<code>{row['indicator_id']}</code>",
        ]
        for _, row in frame.iterrows()
    ]
    columns = [
        words.say("indicator"),
        words.pick("定义", "Definition"),
        words.say("unit"),
        words.pick("时点或时期", "Basis"),
        words.pick("由谁公布", "Publisher"),
        words.pick("代码", "Code"),
    ]
    return html.table(columns, rows, words.pick("指标词典", "Dictionary of indicators"), "dense")


def datalog(link: html.Link) -> str:
    """Where sources disagreed: what the data hold now, what was not taken, and why."""
    frame = load.codelist("data_log")
    reasons = frame["reason"]
    names, areas = load.codelist("indicators")["name"], load.codelist("geographies")["name"]
    held = _held()
    rows = []
    each = cast("Iterable[load.ChoiceRow]", frame.itertuples(index=False))
    for row, reason in zip(each, reasons, strict=True):
        taken, source = held.get((row.indicator_id, row.geo_id, row.period), ("—", "—"))
        rows.append(
            [
                cards.quoted(cell, escape)
                for cell in (
                    names[row.indicator_id],
                    areas[row.geo_id],
                    words.periods(row.period),
                    taken,
                    source,
                    row.other_value,
                    row.other_source,
                    reason,
                )
            ]
        )
    columns = [
        words.say("indicator"),
        words.say("area"),
        words.say("period"),
        words.pick("采用", "Taken"),
        words.pick("来源", "Source"),
        words.pick("未采用", "Not taken"),
        words.pick("另一来源", "Other source"),
        words.pick("理由", "Reason"),
    ]
    table = html.table(columns, rows, words.pick("来源不一致时的取舍", "Where sources disagreed"), "dense")
    # Long reasons for single figures: a search leads to the page, and the index stays light for a phone.
    return f"<div {html.UNSEARCHED}>{table}</div>"


def _held() -> dict[tuple[str, str, str], tuple[str, str]]:
    """What the data hold, by indicator, area and period: the value as printed and its source."""
    topics = sorted(set(load.codelist("indicators")["topic"]) | {"districts"})
    frames = [load.observations(topic).itertuples() for topic in topics]
    rows = cast("Iterable[load.ObservationRow]", chain.from_iterable(frames))
    return {(row.indicator_id, row.geo_id, row.period): (_taken(row), row.source_id) for row in rows}


def _taken(row: load.ObservationRow) -> str:
    decimals = len(row.printed.partition(".")[2])
    return words.pick(
        f"{row.printed}{load.label('units', row.unit)}",
        words.quantity(float(row.printed), row.unit, decimals),
    )


@memory.remembered
def package() -> dict:
    """Return the descriptor of the data package, with its schemas in place."""
    for path in sorted([*paths.data_dir().glob("*.yaml"), *paths.data_dir().rglob("schemas/*.yaml")]):
        paths.opened(path)
    return check.descriptor(paths.data_dir())


def told_of(holder: dict, key: str) -> str:
    """Return a text of the descriptor, such as the title of a table, in the language of the run."""
    text: str = holder[words.pick(key, f"{key}_en")]
    return text


def for_readers(resource: str) -> str:
    """
    Address, from the root of the site, of a table that a spreadsheet opens well.

    Examples
    --------
    >>> for_readers("observations/districts")
    'data/readers/observations-districts.zh.csv'
    """
    own, name = languages.prefix(), resource.replace("/", "-")
    return f"{own}data/readers/{name}.{paths.language()}.csv"


def downloads(link: html.Link) -> str:
    """The files of the data package, for readers and for programs, with size and number of rows."""
    root = paths.data_dir()
    base = link("", "data")
    told = {one["path"]: told_of(one, "title") for one in package()["resources"]}
    rows = []
    for path in sorted(root.rglob("*.csv")):
        name = path.relative_to(root).as_posix()
        content = paths.opened(path).read_bytes()
        rows.append(
            [
                f'<a href="{link("", for_readers(name.removesuffix(".csv")))}" download>{escape(told[name])}</a>',
                f'<a href="{base}/{name}" download>{name}</a>',
                words.number(max(content.count(b"\n") - 1, 0)),
                _size(len(content)),
            ]
        )
    book = words.pick("工作簿（Excel）", "Workbook (Excel)")
    whole = (
        f'<p><a href="{base}/datapackage.xlsx" download>{book}</a>'
        f' · <a href="{base}/datapackage.zip" download>datapackage.zip</a>'
        f' · <a href="{base}/datapackage.json">datapackage.json</a>'
        f' · <a href="{base}/status.json">status.json</a>'
        f' · <a href="{base}/clues.csv" download>clues.csv</a>'
        f' · <a href="{base}/clues.json">clues.json</a></p>'
    )
    columns = [
        words.pick("表（用Excel打开）", "Table (opens in Excel)"),
        words.pick("原文件（程序用）", "Plain file (for programs)"),
        words.pick("行数", "Rows"),
        words.pick("大小", "Size"),
    ]
    # Who looks for a table finds what it holds on the pages of its subject.
    return whole + html.table(
        columns, rows, words.pick("数据文件", "Data files"), unsearched=range(len(rows))
    )


def _size(n_bytes: int) -> str:
    return f"{n_bytes / 1024:.1f} KB"


def edition(link: html.Link) -> str:
    """The edition, its cut-off, its publication, when the next one comes, and all that there were."""
    about = load.edition()
    facts = [(words.pick("本期", "Edition"), words.period(about["edition"]))] + [
        (word, words.day(about[key]))
        for word, key in (
            (words.pick("资料查到", "Sources searched to"), "cut_off"),
            (words.pick("发布", "Published"), "published"),
            (words.pick("下一期", "Next edition"), "next_release"),
        )
    ]
    items = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in facts)
    issued = load.table("editions").sort_values("issued", ascending=False)
    every = "".join(
        f'<dd id="edition-{code}">{escape(words.period(code))} · {escape(words.day(day))}</dd>'
        for code, day in zip(issued["edition"], issued["issued"], strict=True)
    )
    return f'<dl class="edition">{items}<dt>{words.pick("各期", "Editions")}</dt>{every}</dl>'


def legend(link: html.Link) -> str:
    """The marks to date with shape, colour, word and meaning."""
    codes = load.codelist("marks")
    codes = codes[codes["mark"] == "to_date"]
    rows = [[html.badge("to_date", row["code"]), escape(row["definition"])] for _, row in codes.iterrows()]
    columns = [words.say("verdict"), words.pick("意思", "Meaning")]
    return html.table(columns, rows, words.pick("标记的意思", "What the marks mean"))
