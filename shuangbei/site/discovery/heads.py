"""What search engines, feed readers and places where pages are shared are told about each page."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from urllib.parse import urljoin

from docutils import nodes
from markupsafe import Markup
from sphinx import locale
from sphinx.util.i18n import docname_to_domain

from shuangbei import languages, load, paths, pictures, words
from shuangbei.site import addresses, assets, directives, figures, kept
from shuangbei.site.discovery import cards, dataset, feed, social, structured
from shuangbei.site.figures import files

DATA_PAGE = "book/data/index"
FEED, MANIFEST = feed.NAME, "site.webmanifest"
_FIGURE_PAGE = re.compile(r"figures/([^/]+)/index")
# Frames on other sites: their template says that the figure's own page is the one to be found.
_EMBED = "embed/"
# Found by nobody on purpose: they say nothing that another page does not say.
_UNLISTED = ("search", "404", "genindex")
# X takes 420 characters of an alternative text.
LONGEST_ALT = 400
_SCALE = 2  # pixels of a figure's PNG for each of its SVG


def _meta(name: str, content: str | int, kind: str = "name") -> str:
    return f'<meta {kind}="{name}" content="{escape(str(content))}">'


def _link(rel: str, href: str, **more: str) -> str:
    others = "".join(f' {key}="{escape(value)}"' for key, value in more.items())
    return f'<link rel="{rel}" href="{escape(href)}"{others}>'


def alternates(base: str, here: str) -> list[str]:
    """Links to both editions of a page, and to the Chinese one for whoever speaks neither."""
    links = [
        _link("alternate", languages.absolute(base, here, code), hreflang=one.tag)
        for code, one in languages.ALL.items()
    ]
    neither = languages.absolute(base, here, "zh")
    return [*links, _link("alternate", neither, hreflang="x-default")]


def open_graph(site: structured.Site, about: structured.About, language: str, is_home: bool) -> list[str]:
    """What is shown where a page is shared."""
    others = [one.locale for code, one in languages.ALL.items() if code != language]
    said = {
        "og:title": about.title,
        "og:description": about.description,
        "og:type": "website" if is_home else "article",
        "og:url": about.address,
        "og:site_name": site.name,
        "og:locale": languages.of(language).locale,
        "og:image": about.image.address,
        "og:image:type": "image/png",
        "og:image:alt": about.image.alt,
    }
    sizes = {"og:image:width": about.image.width, "og:image:height": about.image.height}
    lines = [_meta(name, content, "property") for name, content in said.items()]
    lines += [_meta("og:locale:alternate", other, "property") for other in others]
    lines += [_meta(name, size, "property") for name, size in sizes.items() if size]
    card = {
        "twitter:card": "summary_large_image",
        "twitter:title": about.title,
        "twitter:description": about.description,
        "twitter:image": about.image.address,
        "twitter:image:alt": about.image.alt,
    }
    # WeChat and QQ read these where they read no Open Graph.
    item = {"name": about.title, "description": about.description, "image": about.image.address}
    lines += [_meta(name, content) for name, content in card.items()]
    return [*lines, *(_meta(name, content, "itemprop") for name, content in item.items())]


def json_ld(found: list[dict]) -> str:
    """
    Return nodes of schema.org as an element of the page.

    A script of this type is data: browsers do not run it, and a policy without
    ``unsafe-inline`` neither blocks it nor reports it (tried in Chromium).
    """
    return f'<script type="application/ld+json">{structured.text(found)}</script>'


def _site(app, context: dict) -> structured.Site:
    home = languages.absolute(app.config.html_baseurl, "index.html")
    about = load.edition()
    return structured.Site(
        context["site_name"],
        home,
        app.config.html_baseurl,
        context["author"],
        languages.of().tag,
        about["published"],
        about["edition"],
    )


def description_of(doctree: nodes.document | None, context: dict) -> str:
    """The sentence that stands in the head of a page's text, or that a made page was given."""
    told = (
        [node["content"] for node in doctree.findall(nodes.meta) if node.get("name") == "description"]
        if doctree is not None
        else []
    )
    return told[0] if told else context.get("description", "")


def _translate(app, doctree: nodes.document) -> None:
    """
    Put the sentence in the head of a page into the language of the edition.

    Sphinx translates such nodes too, but MyST adds them after it has looked.
    """
    domain = docname_to_domain(app.env.docname, app.config.gettext_compact)
    folders = [str(Path(app.srcdir, name)) for name in app.config.locale_dirs]
    catalogue, found = locale.init(folders, app.config.language, domain)
    for node in doctree.findall(nodes.meta) if found else ():
        node["content"] = catalogue.gettext(node["content"])


def own_figure(pagename: str) -> str | None:
    """The figure that a page is the home of."""
    own = _FIGURE_PAGE.fullmatch(pagename)
    return own[1] if own else None


def main_figure(app, pagename: str, doctree: nodes.document | None) -> str | None:
    """The figure that stands for a page: the one it is about, or the first that it shows."""
    own = own_figure(pagename)
    if own:
        return own
    drawn = [key for key, value in figures.known(app.env).items() if value[0] == pagename]
    if drawn or doctree is None:
        return drawn[0] if drawn else None
    repeated = [
        node["options"]["figure_id"]
        for node in doctree.findall(directives.report_part)
        if node["name"] == "plan-figure"
    ]
    return repeated[0] if repeated else None


def _drawn(app, figure_id: str) -> structured.Image:
    """The picture of a figure that can be taken away."""
    _, card, forms = figures.known(app.env)[figure_id]
    page = languages.absolute(app.config.html_baseurl, figures.address(figure_id))
    # The picture is drawn later, from this.
    width, height = pictures.frame_size(files.composed(card, forms, page))
    return structured.Image(f"{page}figure.png", card["alt"], round(width * _SCALE), round(height * _SCALE))


def _about(app, context: dict, said: str) -> structured.About:
    base = app.config.html_baseurl
    address = languages.absolute(base, context["here"])
    title = dataset.plain(str(context.get("title", ""))) or context["site_name"]
    trail = [(urljoin(address, href), name) for href, name in context["trail"]]
    home = (languages.absolute(base, "index.html"), words.pick("首页", "Home"))
    alt = words.clipped(words.introduced(title, said), LONGEST_ALT)
    card = languages.absolute(base, social.address(context["here"]))
    image = structured.Image(card, alt, cards.WIDTH, cards.HEIGHT)
    return structured.About(title, said, address, image, (home, *trail, (address, title)))


def _nodes(app, pagename: str, site: structured.Site, about: structured.About) -> list[dict]:
    """What is said in the words of schema.org, by the kind of page."""
    base = app.config.html_baseurl
    data = languages.absolute(base, app.builder.get_target_uri(DATA_PAGE))
    known = f"{data}#dataset"
    if pagename == app.config.root_doc:
        search = languages.absolute(base, "search.html")
        return [structured.publisher(site), structured.website(site, about.description, search)]
    figure_id = own_figure(pagename)
    if pagename == DATA_PAGE:
        lying = languages.absolute(base, "data/", "zh")
        own = structured.dataset(site, dataset.data(about, lying))
    elif figure_id:
        own = structured.picture(site, about, known, _drawn(app, figure_id))
    else:
        own = structured.article(site, about, known)
    return [structured.publisher(site), own, structured.breadcrumb(about)]


def _furniture(here: str) -> list[str]:
    """Icons, manifest and feed: the same for every page of an edition."""
    own = languages.prefix()
    feed_name = words.pick("各期更新", "Editions")
    return [
        _link("icon", addresses.from_page(here, assets.address("icon.svg")), type="image/svg+xml"),
        _link("apple-touch-icon", addresses.from_page(here, assets.address("icon-touch.png"))),
        _link("manifest", addresses.from_page(here, own + MANIFEST)),
        _link(
            "alternate", addresses.from_page(here, own + FEED), type="application/atom+xml", title=feed_name
        ),
    ]


def _tell(app, pagename: str, templatename: str, context: dict, doctree: nodes.document) -> None:
    """Put the lines of the page's head into its context."""
    here, base = context["here"], app.config.html_baseurl
    if pagename.startswith(_EMBED):
        return
    if pagename in _UNLISTED:
        lines = [_meta("robots", "noindex"), *_furniture(here)]
    else:
        shown = main_figure(app, pagename, doctree)
        figure = figures.known(app.env)[shown][1] if shown else None
        # A figure's page has no sentence of its own; what the figure shows is one.
        said = description_of(doctree, context) or (figure["alt"] if figure else "")
        site, about = _site(app, context), _about(app, context, said)
        card = social.of_page(site, about, figure, own_figure(pagename) is not None)
        kept.beside(app, social.address(here), cards.draw(card))
        lines = [
            _meta("description", about.description),
            _link("canonical", about.address),
            *alternates(base, here),
            *open_graph(site, about, paths.language(), pagename == app.config.root_doc),
            *_furniture(here),
            json_ld(_nodes(app, pagename, site, about)),
        ]
    context["discovery"] = Markup("\n".join(lines))


def _register(app) -> None:
    """Publish the icons; their addresses change with what they show."""
    if app.builder.name != "html":
        return
    assets.register("icon.svg", cards.icon_svg().encode())
    assets.register("icon-touch.png", cards.icon(cards.TOUCH, whole=True))
    assets.register("icon-512-whole.png", cards.icon(512, whole=True))
    for size in cards.SIZES:
        assets.register(f"icon-{size}.png", cards.icon(size))


def _pages(app):
    """The page that says that there is no such page, in each edition."""
    yield "404", {"title": words.pick("没有这一页", "No such page")}, "404.html"


def _feed(app, name: str) -> str:
    base, about = app.config.html_baseurl, load.edition()
    home = languages.absolute(base, "index.html")
    own = feed.entry_id(home, about["published"], paths.language(), about["edition"])
    entry = feed.Entry(
        own,
        feed.lasting(home, about["edition"]),
        about["published"],
        words.edition_line(),
        dataset.verdict(),
        dataset.counts(),
    )
    told = feed.Feed(
        languages.absolute(base, FEED),
        home,
        f"{name}{words.say('colon')}{words.pick('各期更新', 'editions')}",
        app.config.author,
        languages.of().tag,
    )
    return feed.atom(told, [entry])


def _manifest(name: str) -> str:
    def icon(plain_name: str) -> str:
        return addresses.from_page(MANIFEST, assets.address(plain_name))

    icons = {str(size): icon(f"icon-{size}.png") for size in cards.SIZES}
    short = words.pick("双倍增进展", "Double growth")
    return feed.manifest(name, short, languages.of().tag, {**icons, "maskable": icon("icon-512-whole.png")})


def _finish(app, exception: Exception | None) -> None:
    """Write the files of an edition that are no pages: feed and manifest."""
    if exception is not None or app.builder.name != "html":
        return
    outdir, known = Path(app.outdir), app.env.titles[app.config.root_doc]
    name = known.astext()
    (outdir / FEED).write_text(_feed(app, name), encoding="utf-8", newline="\n")
    (outdir / MANIFEST).write_text(_manifest(name), encoding="utf-8", newline="\n")
    if not languages.prefix():
        (outdir / "favicon.ico").write_bytes(cards.favicon_ico())


def setup(app) -> None:
    """Tell each page's template what to put into its head, and write what belongs to it."""
    app.connect("builder-inited", _register)
    app.connect("doctree-read", _translate)
    app.connect("html-collect-pages", _pages)
    app.connect("html-page-context", _tell)
    app.connect("build-finished", _finish)
