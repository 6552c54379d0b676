"""The rules about headers, types and caches, in one list from which every server's file is made.

``python -m shuangbei.publish.headers`` writes those that are shipped in ``deploy/``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from shuangbei import languages, paths

YEAR = 365 * 24 * 3600
_FOREVER = f"public, max-age={YEAR}, immutable"
_ASK = "no-cache"
_SHORT = "public, max-age=300, must-revalidate"
_PERMISSIONS = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _PERMISSIONS),
    "Cross-Origin-Opener-Policy": "same-origin",
}


@dataclass(frozen=True)
class Rule:
    """What holds for the addresses that ``pattern`` matches: framing, reuse elsewhere, cache."""

    name: str
    pattern: str
    cache: str
    framed: bool = False
    shared: bool = False

    @property
    def own(self) -> dict[str, str]:
        """Headers in which addresses differ; one that is not sent is left out."""
        ancestors = "*" if self.framed else "'none'"
        frames = {} if self.framed else {"X-Frame-Options": "DENY"}
        reuse = "cross-origin" if self.shared else "same-origin"
        # Everybody may fetch what is published for reuse, from a script of any page.
        fetch = {"Access-Control-Allow-Origin": "*"} if self.shared else {}
        return {
            "Content-Security-Policy": f"{languages.POLICY}; frame-ancestors {ancestors}",
            **frames,
            "Cross-Origin-Resource-Policy": reuse,
            **fetch,
            "Cache-Control": self.cache,
        }


# The first rule that matches holds.  Pages stand last: whatever is not named is one, also the
# page that says that there is none.  A page is asked for anew each time, so that it never
# names assets of an edition that is gone.
RULES = (
    # Those of an edition too: until it is frozen they follow each correction.
    Rule("embed", r"^/(en/)?embed/", _ASK, framed=True, shared=True),
    Rule("assets", r"^/assets/", _FOREVER, shared=True),
    Rule("reuse", r"^/(en/)?(data|figures)/.*[.](?!html$)[a-z0-9]+$", _SHORT, shared=True),
    Rule("cards", r"^/(en/)?cards/", _SHORT, shared=True),
    Rule("feed", r"^/(en/)?(feed[.]xml)$", _SHORT, shared=True),
    Rule("pages", r"^/", _ASK),
)
VARYING = (
    "Content-Security-Policy",
    "X-Frame-Options",
    "Cross-Origin-Resource-Policy",
    "Access-Control-Allow-Origin",
    "Cache-Control",
)

TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "csv": "text/csv",
    "txt": "text/plain",
    "md": "text/markdown",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "geojson": "application/geo+json",
    "xml": "application/xml",
    "webmanifest": "application/manifest+json",
    "yaml": "application/yaml",
    "svg": "image/svg+xml",
    "png": "image/png",
    "ico": "image/x-icon",
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "otf": "font/otf",
    "woff2": "font/woff2",
    "pdf": "application/pdf",
}
# Readers of feeds know one by its type; site.conf gives it too.
NAMED = {"feed.xml": "application/atom+xml"}
_BINARY = ("png", "ico", "zip", "xlsx", "otf", "woff2", "pdf")
TEXT = tuple(name for name in TYPES if name not in _BINARY)
UNKNOWN = "application/octet-stream"


def rule_for(path: str) -> Rule:
    """Return the rule that holds for an address of the site, such as ``/data/status.json``."""
    return next(rule for rule in RULES if re.search(rule.pattern, path))


def for_path(path: str) -> dict[str, str]:
    """
    Return all headers of an address.

    Examples
    --------
    >>> for_path("/assets/report.12ab.css")["Cache-Control"]
    'public, max-age=31536000, immutable'
    >>> "X-Frame-Options" in for_path("/"), "X-Frame-Options" in for_path("/en/embed/x/")
    (True, False)
    """
    return {**COMMON, **rule_for(path).own}


def type_of(name: str) -> str:
    """
    Return the content type of a file, with the charset of text.

    Examples
    --------
    >>> type_of("data/commitments.csv"), type_of("figures/a/figure.png"), type_of("_headers")
    ('text/csv; charset=utf-8', 'image/png', 'application/octet-stream')
    """
    suffix = PurePosixPath(name).suffix.removeprefix(".")
    kind = NAMED.get(PurePosixPath(name).name) or TYPES.get(suffix, UNKNOWN)
    return f"{kind}; charset=utf-8" if suffix in TEXT else kind


# What site.conf leaves of an address: without the path below which the site stands on its host.
_ADDRESS = "$report_address"


def _variable(header: str) -> str:
    return "$report_" + header.lower().replace("-", "_")


def _nginx_map(header: str) -> str:
    """One ``map``: the value of a header by address in the site; an empty one is not sent."""
    lines = [f'    {"default":<62} "";']
    if header in COMMON:
        lines.append(f'    {_quoted("~^/"):<62} "{COMMON[header]}";')
    else:
        lines += [f'    {_quoted("~" + rule.pattern):<62} "{rule.own.get(header, "")}";' for rule in RULES]
    return "\n".join([f"map {_ADDRESS} {_variable(header)} {{", *lines, "}"])


def _quoted(text: str) -> str:
    return f'"{text}"'


_MADE = (
    "# Made from the rules in shuangbei/publish/headers.py; change them there, then write"
    " anew:\n#   python -m shuangbei.publish.headers\n"
)


def nginx_rules() -> str:
    """Return ``rules.conf``, for the http block: values by address, types and charsets."""
    types = "\n".join(f"    {kind:<72} {suffix};" for suffix, kind in TYPES.items())
    # text/html is always among them, and nginx warns of a name that stands twice.
    charsets = " ".join(sorted({*(TYPES[name] for name in TEXT), *NAMED.values()} - {"text/html"}))
    maps = "\n\n".join(_nginx_map(header) for header in (*COMMON, *VARYING))
    return (
        f"{_MADE}# To be included in the http block, before the server; site.conf says what {_ADDRESS} is.\n"
        f"\n{maps}\n\n"
        f"types {{\n{types}\n}}\ndefault_type {UNKNOWN};\n"
        f"charset utf-8;\ncharset_types {charsets};\n"
    )


def nginx_headers() -> str:
    """Return ``headers.conf``, for the server block: one ``add_header`` for every header."""
    lines = [f"add_header {name} {_variable(name)} always;" for name in (*COMMON, *VARYING)]
    why = (
        "# A location with an add_header of its own would lose all of these: nginx inherits\n"
        "# them only where there is none.  So what differs by address differs in rules.conf.\n"
    )
    return _MADE + why + "\n".join(lines) + "\n"


def pages_host(folders: dict[str, list[str]], path: str = "") -> str:
    """
    Return the file ``_headers`` that Pages hosts read from the root of a site.

    Such a host adds up the headers of all blocks that match, and joins two values of one header
    with a comma; ``! Name`` takes away what an earlier block gave.

    Parameters
    ----------
    folders : dict of str to list of str
        Patterns of addresses by name of the rule: see :func:`patterns`.
    path : str
        Path of the site on its host, without a slash at its end; empty at the root.
    """
    *named, pages = RULES
    known = [f"  {name}: {value}" for name, value in {**COMMON, **pages.own}.items()]
    blocks = ["\n".join([f"{path}/*", *known])]
    # The most particular stands last, and takes away what the one before it gave.
    for rule in reversed(named):
        blocks += [_block(path + pattern, rule) for pattern in folders.get(rule.name, [])]
    return "# Made from the rules in shuangbei/publish/headers.py.\n\n" + "\n\n".join(blocks) + "\n"


def _block(pattern: str, rule: Rule) -> str:
    before = {**RULES[-1].own, "Access-Control-Allow-Origin": ""}
    changed = [name for name in VARYING if before.get(name) != rule.own.get(name)]
    away = [f"  ! {name}" for name in changed]
    given = [f"  {name}: {rule.own[name]}" for name in changed if name in rule.own]
    return "\n".join([pattern, *away, *given])


def patterns(addresses: list[str]) -> dict[str, list[str]]:
    """
    Find the patterns that a Pages host needs for the addresses of a site, by name of the rule.

    Parameters
    ----------
    addresses : list of str
        All addresses, such as ``/figures/hte-city-2027/data.csv``.

    Examples
    --------
    >>> patterns(["/figures/a/data.csv", "/figures/b/data.csv", "/figures/b/index.html"])
    {'reuse': ['/figures/*.csv']}
    """
    found: dict[str, set[str]] = {}
    for address in addresses:
        rule = rule_for(address)
        if rule.name != "pages":
            found.setdefault(rule.name, set()).add(_pattern(address, rule))
    return {name: sorted(several) for name, several in found.items()}


def _pattern(address: str, rule: Rule) -> str:
    """Pages, which lie beside files for reuse, are told from them by their suffix."""
    if rule.pattern.endswith(")$"):
        return address
    found = re.match(rule.pattern.partition(".*")[0], address)
    assert found is not None, "the address is one that the rule was chosen for"
    folder = found[0]
    return f"{folder}*{PurePosixPath(address).suffix}" if rule.name == "reuse" else f"{folder}*"


def store_rules() -> str:
    """Return the rules as JSON, for whatever sends headers in front of an object store."""
    rules = [
        {"name": rule.name, "pattern": rule.pattern, "headers": {**COMMON, **rule.own}} for rule in RULES
    ]
    about = (
        "Made by shuangbei/publish/headers.py. The first pattern that matches an address holds;"
        " the address is that in the site, without the path of html.baseurl."
    )
    return json.dumps({"about": about, "rules": rules}, indent=1) + "\n"


def shipped() -> dict[str, str]:
    """Return the files of ``deploy/`` that are made from these rules, by name."""
    return {
        "nginx/rules.conf": nginx_rules(),
        "nginx/headers.conf": nginx_headers(),
        "object-store/headers.json": store_rules(),
    }


def main() -> None:
    """Write the files of ``deploy/`` that are made from these rules."""
    for name, text in shipped().items():
        Path(paths.ROOT, "deploy", name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
