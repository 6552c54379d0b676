"""What both language editions rest on: folders, tags, names, addresses, and the policy of pages."""

from __future__ import annotations

from dataclasses import dataclass

from shuangbei import paths

# Of every page: in its head as a meta element, where framing cannot be refused, and as a header.
POLICY = "default-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'"


@dataclass(frozen=True)
class Edition:
    """An edition: its folder below the site, and what readers, pages and Sphinx call its language."""

    folder: str
    tag: str  # in HTML
    locale: str  # where pages are shared
    name: str
    sphinx: str


ALL = {
    "zh": Edition("", "zh-CN", "zh_CN", "中文", "zh_CN"),
    "en": Edition("en/", "en", "en_GB", "English", "en"),
}


def of(language: str | None = None) -> Edition:
    """Return the edition of a language, by default that of this run."""
    return ALL[language or paths.language()]


def prefix(language: str | None = None) -> str:
    """Folder of an edition below the root of the site: none for Chinese, ``en/`` for English."""
    return of(language).folder


def located(base: str, name: str) -> str:
    """
    Absolute address of a file of the site; that of an index is its folder.

    Examples
    --------
    >>> located("https://a.example", "en/plan/index.html"), located("https://a.example/", "a.xml")
    ('https://a.example/en/plan/', 'https://a.example/a.xml')
    """
    folder, _, file = name.rpartition("/")
    kept = name if file != "index.html" else f"{folder}/" if folder else ""
    return f"{base.rstrip('/')}/{kept}"


def absolute(base: str, here: str, language: str | None = None) -> str:
    """
    Absolute address of a page of an edition; that of an index is its folder.

    Examples
    --------
    >>> absolute("https://a.example", "index.html"), absolute("https://a.example/", "x.html", "en")
    ('https://a.example/', 'https://a.example/en/x.html')
    """
    return located(base, prefix(language) + here)
