"""Pages of figures: a home for each one, the list of all, and the pages that others may frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path

from markupsafe import Markup
from sphinx.util.osutil import relative_uri

from shuangbei import languages, load, pictures, words
from shuangbei.pages import html
from shuangbei.site import addresses, assets, kept
from shuangbei.site.figures import citation, embed, files, node

LIST = "figures/index"
_DAY = "{day}"  # figure-page.js puts the reader's day in its place


@dataclass(frozen=True)
class _Known:
    """A figure of this edition: where it is drawn, its identity, its forms, its description."""

    docname: str
    card: dict
    forms: dict
    about: dict

    @property
    def identity(self) -> tuple[str, dict, dict]:
        """What tells it apart; the forms are in the files whose digests the description holds."""
        return self.docname, self.card, self.about

    @property
    def own(self) -> str:
        """Name of the figure's own page."""
        return f"{node.address(self.card['id'])}index"


def _site_name(app) -> str:
    return app.env.titles[app.config.root_doc].astext()


def _absolute(app, address: str) -> str:
    return languages.absolute(app.config.html_baseurl, address)


def _root(app, address: str) -> str:
    """Absolute address of a file that both editions share."""
    return f"{app.config.html_baseurl.rstrip('/')}/{address}"


def _lend(place: str, name: str, content: bytes) -> str:
    """Publish a file that several figures use, and return its address from one of them."""
    assets.register(name, content)
    return addresses.from_page(f"{place}index.html", assets.address(name))


def _files(app) -> list[_Known]:
    """Write the files of all figures; the order is that of their ids."""
    written = []
    for figure_id, (docname, card, forms) in sorted(node.known(app.env).items()):
        place = node.address(figure_id)
        chapter = files.Chapter(
            app.env.titles[docname].astext(),
            f"{_absolute(app, app.builder.get_target_uri(docname))}#fig-{figure_id}",
        )
        page = _absolute(app, place)
        chapters_files = files.contents(card, forms, page, partial(_lend, place))
        about = files.description(card, chapters_files, page, chapter)
        files.write(Path(app.outdir, place), chapters_files, about)
        written.append(_Known(docname, card, forms, about))
    files.write_index(Path(app.outdir, "figures"), [one.about for one in written])
    return written


def _facts(known: _Known) -> str:
    return words.pick("　", " · ").join(node.facts(known.card))


def _back(app) -> str:
    """Words of the link from a frame to the page of its figure."""
    return _site_name(app) + words.pick("：数据、下载和引用", ": data, downloads and citation")


def _framed(app, known: _Known) -> embed.Framed:
    figure_id, edition = known.card["id"], load.edition()["edition"]
    sizes = node.sizes(known.forms)
    return embed.Framed(
        known.card["title"],
        known.card["alt"],
        _facts(known),
        node.origin(known.card),
        _back(app),
        known.about["page"],
        _absolute(app, f"{embed.FOLDER}/{figure_id}.html"),
        _absolute(app, f"{embed.FOLDER}/{edition}/{figure_id}.html"),
        _root(app, f"{embed.FOLDER}/{embed.SCRIPT}"),
        sizes["wide"],
        sizes["narrow"],
        node.facts(known.card)[-1],
    )


def _snippets(app, known: _Known) -> list[dict[str, str]]:
    framed, edition = _framed(app, known), words.period(load.edition()["edition"])
    rows = [
        (
            "frame",
            words.pick("框架，高度随内容变化", "Frame that fits the height of its content"),
            words.pick(
                "手机和电脑上都合适，用到本站的一个小脚本。数据更新后，图也随着更新。"
                "明暗随读者的系统，地址末尾加?theme=light就固定为浅色。",
                "Fits phones and desks, by a small script of this site. The chart follows new data. It is"
                " light or dark as the reader's system is; ?theme=light after its address keeps it light.",
            ),
            embed.responsive(framed),
        ),
        (
            "plain",
            words.pick("框架，不用脚本", "Frame without a script"),
            words.pick(
                "给不准使用外部脚本的网站，高度固定。",
                "For sites that allow no scripts of others; of fixed height.",
            ),
            embed.plain(framed),
        ),
        (
            "frozen",
            words.pick(f"框架，固定在{edition}版", f"Frame fixed to the {edition} edition"),
            words.pick(
                "以后的数据不改变这张图，适合文章配图。",
                "Later data leave this chart as it is; made for articles.",
            ),
            embed.responsive(framed, frozen=True),
        ),
        (
            "picture",
            words.pick("只要图片", "Image only"),
            words.pick(
                f"没有框架，固定在{edition}版，带替代文字、来源和链接。",
                f"No frame; fixed to the {edition} edition, with alternative text, sources and a link.",
            ),
            embed.picture(framed),
        ),
    ]
    return [dict(zip(("key", "name", "about", "code"), row, strict=True)) for row in rows]


_SHARED = 120  # characters of a description that a short message has room for


def _message(known: _Known) -> str:
    """What a reader passes on in a chat: what the figure shows, whose figures these are, where it is."""
    card = known.card
    said = words.introduced(card["title"], words.clipped(card["alt"], _SHARED))
    lines = (said, node.origin(card), words.edition_line())
    return "\n".join([*filter(None, lines), known.about["page"]])


def _is_map(known: _Known) -> bool:
    layers = known.forms["wide"].get("layer", [])
    return any(layer["mark"]["type"] == "geoshape" for layer in layers)


def _citation(form: str, made: citation.Citation) -> Markup:
    """A citation whose day of access a script puts in; without one, nothing stands in its place."""
    dated = citation.access(form, _DAY)
    filled = f'<span data-today="{escape(dated)}"></span>' if dated else ""
    return Markup(escape(made.before, quote=False) + filled + escape(made.after, quote=False))


def _citations(app, known: _Known) -> list[dict[str, str]]:
    about = known.about
    cited = citation.Cited(
        about["id"],
        about["title"],
        app.config.author,
        _site_name(app),
        about["edition"],
        about["published"],
        about["page"],
        "map" if _is_map(known) else "chart",
    )
    forms = (
        ("gb", "GB/T 7714—2015", citation.gb7714),
        ("apa", "APA 7", citation.apa),
        ("bibtex", "BibTeX", citation.bibtex),
    )
    return [{"key": key, "name": name, "text": _citation(key, write(cited))} for key, name, write in forms]


def _size(count: int) -> str:
    return f"{words.number(max(count / 1024, 0.1), 1 if count < 10240 else 0)} KB"


def _downloads(known: _Known) -> str:
    about = {
        "figure.png": words.pick("图片，带标题、来源和地址", "Image with title, sources and address"),
        "figure.svg": words.pick(
            "矢量图，带标题、来源和地址", "Vector image with title, sources and address"
        ),
        "wide.svg": words.pick("网页上的宽图", "Wide image from the page"),
        "narrow.svg": words.pick("网页上的窄图", "Narrow image from the page"),
        "data.csv": words.pick("数据，可以用 Excel 打开", "Data, opens in Excel"),
        "spec.json": words.pick("Vega-Lite 规格，宽图", "Vega-Lite specification, wide"),
        "spec-narrow.json": words.pick("Vega-Lite 规格，窄图", "Vega-Lite specification, narrow"),
    }
    rows = [
        [
            f'<a href="{name}" download="{node.saved_as(known.card, name)}">{name}</a>',
            escape(about[name]),
            _size(count),
        ]
        for name, count in ((one["name"], one["bytes"]) for one in known.about["files"])
    ]
    rows.append(
        [
            '<a href="meta.json">meta.json</a>',
            words.pick(
                "说明：来源、许可、各文件的校验值", "Description: sources, licence, checksums of the files"
            ),
            "",
        ]
    )
    head = [words.pick(*name) for name in (("文件", "File"), ("内容", "Content"), ("大小", "Size"))]
    return html.table(head, rows, words.pick("可以下载的文件", "Files to download"))


def _eager(html: str) -> str:
    """Load the first picture of a page at once: it is what the reader came for."""
    return html.replace(' loading="lazy"', ' fetchpriority="high"', 1)


def _home(app, known: _Known) -> kept.Page:
    here = app.builder.get_target_uri(known.own)
    figure = node.html_of(known.card, known.forms, Path(app.outdir), here, at_home=True)
    chapter = app.builder.get_relative_uri(known.own, known.docname)
    context = {
        "title": escape(known.card["title"], quote=False),
        "about": known.about,
        "figure": Markup(_eager(figure)),
        "downloads": Markup(_downloads(known)),
        # Readers know it by its name; its SPDX code is for programs.
        "licence": known.about["licence"]["name"].replace("-", " "),
        "message": _message(known),
        "picture": node.saved_as(known.card, "figure.png"),
        "snippets": _snippets(app, known),
        "citations": _citations(app, known),
        "chapter": f"{chapter}#fig-{known.card['id']}",
        "trail": [(relative_uri(here, "figures/"), words.say("all_figures"))],
        "contents": [
            (key, words.pick(*name))
            for key, name in (
                ("share", ("转发", "Share")),
                ("files", ("下载", "Downloads")),
                ("embed", ("嵌入", "Embed")),
                ("cite", ("引用", "Cite")),
                ("sources", ("来源", "Sources")),
            )
        ],
    }
    return known.own, context, "figure.html"


def _frames(app, known: _Known) -> Iterator[kept.Page]:
    """Return the page for frames, and the one that keeps this edition, with its own pictures."""
    figure_id, edition = known.card["id"], load.edition()["edition"]
    folder = Path(app.outdir, embed.FOLDER)
    node.write_pictures(folder / edition / figure_id, known.forms)
    places = (
        (f"{embed.FOLDER}/{figure_id}", f"../figures/{figure_id}/"),
        (f"{embed.FOLDER}/{edition}/{figure_id}", f"{figure_id}/"),
    )
    for name, base in places:
        yield from kept.page(app, name, partial(_frame, app, known, name, base), *known.identity)


def _frame(app, known: _Known, name: str, base: str) -> kept.Page:
    drawn = node.responsive(base, known.forms, known.card["alt"])
    here = app.builder.get_target_uri(name)
    context = {
        "title": escape(known.card["title"], quote=False),
        "about": known.about,
        "picture": Markup(_eager(drawn)),
        "facts": _facts(known),
        "origin": node.origin(known.card),
        "back": _back(app),
        "home": relative_uri(here, node.address(known.card["id"])),
    }
    return name, context, "embed.html"


def _frame_files(app) -> None:
    folder = Path(app.outdir, embed.FOLDER)
    for place in (folder, folder / load.edition()["edition"]):
        place.mkdir(parents=True, exist_ok=True)
        for name, content in embed.own_files().items():
            (place / name).write_bytes(content)
    if not languages.prefix():  # both editions name the one at the root
        (folder / embed.SCRIPT).write_bytes(embed.script())


def _list(app, found: list[_Known]) -> kept.Page:
    by_chapter: dict[str, list[dict]] = {}
    for known in found:
        figure_id, (wide, high) = known.card["id"], node.sizes(known.forms)["wide"]
        by_chapter.setdefault(known.docname, []).append(
            {
                "id": figure_id,
                "title": known.card["title"],
                "alt": known.card["alt"],
                "width": wide,
                "height": high,
            }
        )
    order = app.env.toctree_includes.get(app.config.root_doc, [])
    chapters = sorted(by_chapter, key=lambda name: (order.index(name) if name in order else -1, name))
    groups = [
        {
            "title": app.env.titles[name].astext(),
            "figures": by_chapter[name],
            "href": app.builder.get_relative_uri(LIST, name),
        }
        for name in chapters
    ]
    return (
        LIST,
        {"title": words.say("all_figures"), "groups": groups, "following": pictures.FOLLOWING},
        "figures.html",
    )


def collect(app) -> Iterator[kept.Page]:
    """Write the files of all figures and yield their pages."""
    found = _files(app)
    _frame_files(app)
    for known in found:
        yield from kept.page(app, known.own, partial(_home, app, known), *known.identity)
        yield from _frames(app, known)
    yield _list(app, found)


def _hasten(app, pagename: str, templatename: str, context: dict, doctree) -> None:
    if "body" in context:
        context["body"] = _eager(context["body"])


def _share(app) -> None:
    """Publish what the interactive figures load when a reader asks for them."""
    assets.register("vega.js", pictures.bundle())


def setup(app) -> None:
    """Let the builder of pages write those of figures too."""
    app.connect("builder-inited", _share)
    app.connect("html-collect-pages", collect)
    app.connect("html-page-context", _hasten)
