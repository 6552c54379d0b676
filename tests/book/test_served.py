"""Tests of the site as nginx serves it with the shipped configuration, on a port of its own."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from patience import HANGS

from shuangbei import paths
from shuangbei.publish import delivery, headers

DEPLOY = paths.ROOT / "deploy" / "nginx"
NGINX = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin")
MODULE = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
# Figures that no edition has; one stands for this edition's embeds, one for those kept of another.
PLANTED = ("embed/planted/index.html", "embed/2001Q1/planted/index.html", "en/embed/planted/index.html")


def needed(there: object, what: str) -> None:
    """Skip where a program is missing; where tests run for everybody, that is a failure."""
    if not there:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{what} is not installed")


@dataclass(frozen=True)
class Answer:
    """Status, headers by lower-case name, all of them as a list, and body."""

    status: int
    headers: dict[str, str]
    names: list[str]
    body: bytes


@dataclass(frozen=True)
class Server:
    """A running nginx: its port, its folder of pages and its configuration."""

    port: int
    pages: Path
    configuration: Path

    def ask(self, path: str, method: str = "GET", **sent: str) -> Answer:
        """Ask for an address; ``accept_encoding="br"`` sends ``Accept-Encoding: br``."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=HANGS)
        line.putrequest(method, path, skip_accept_encoding=True)
        for name, value in sent.items():
            line.putheader(name.replace("_", "-"), value)
        line.endheaders()
        reply = line.getresponse()
        found = [(name.lower(), value) for name, value in reply.getheaders()]
        answer = Answer(reply.status, dict(found), [name for name, _ in found], reply.read())
        line.close()
        return answer


def free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return chosen.getsockname()[1]


def filled(name: str, words: dict[str, str]) -> str:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace(f"@{word}@", value)
    bare = re.sub(r"#.*", "", text)
    assert "@" not in bare, f"{name} has a word that nobody replaced"
    return text


def first_lines() -> str:
    # Started by root, nginx gives its workers to a user who may not read the tests' folder.
    user = ["user root;"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return "\n".join([*user, *([f"load_module {MODULE};"] if MODULE.exists() else [])])


def configure(home: Path, pages: Path, port: int) -> Path:
    includes = home / "includes"
    includes.mkdir()
    given = ["rules.conf", "headers.conf", *(["brotli.conf"] if MODULE.exists() else [])]
    for name in given:
        shutil.copyfile(DEPLOY / name, includes / name)
    words = {
        "INCLUDES": str(includes),
        "LISTEN": f"127.0.0.1:{port}",
        "NAME": "_",
        "ROOT": str(pages),
        "HOME": str(home),
        "FIRST": first_lines(),
    }
    for name in ("site.conf", "nginx.conf"):
        (home / name).write_text(filled(name, words), encoding="utf-8")
    return home / "nginx.conf"


def served_pages(site: Path, folder: Path) -> Path:
    """A copy of the built site with embeds planted, compressed as the build compresses it."""
    pages = folder / "pages"
    shutil.copytree(site, pages)
    for name in PLANTED:
        (pages / name).parent.mkdir(parents=True, exist_ok=True)
        (pages / name).write_text("<!DOCTYPE html><title>planted</title>" + "<p>figure" * 400)
    delivery.compress(pages)
    delivery.write_headers(pages)
    return pages


def wait_until_open(process: subprocess.Popen, port: int) -> None:
    for _ in range(20 * HANGS):
        if process.poll() is not None:
            pytest.fail(f"nginx ended:\n{process.communicate()[1].decode()}")
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("nginx does not answer")


@pytest.fixture(scope="module")
def server(site, first_build, tmp_path_factory):
    needed(NGINX, "nginx")
    home = tmp_path_factory.mktemp("nginx")
    shutil.copytree(first_build.packed, home / "cache" / "compressed")
    before, paths.CACHE = paths.CACHE, home / "cache"
    try:
        pages = served_pages(site, home)
    finally:
        paths.CACHE = before
    port = free_port()
    configuration = configure(home, pages, port)
    process = subprocess.Popen(
        [NGINX, "-p", str(home), "-c", str(configuration)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        wait_until_open(process, port)
        yield Server(port, pages, configuration)
    finally:
        process.terminate()
        process.communicate(timeout=HANGS)


def one(server: Server, pattern: str) -> str:
    """Address of the first file of the site that matches."""
    found = sorted(path for path in server.pages.glob(pattern) if path.is_file())
    assert found, f"the site has no {pattern}"
    return "/" + found[0].relative_to(server.pages).as_posix()


def test_nginx_finds_nothing_to_say_about_the_configuration(server):
    told = subprocess.run(
        [NGINX, "-t", "-p", str(server.configuration.parent), "-c", str(server.configuration)],
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0
    assert "[warn]" not in told.stderr and "[emerg]" not in told.stderr


def addresses_of_each_kind(server: Server) -> list[str]:
    planted = ["/" + name.removesuffix("index.html") for name in PLANTED]
    return [
        "/",
        "/index.html",
        one(server, "progress/*.html"),
        one(server, "data/*.html"),
        one(server, "data/*.csv"),
        one(server, "data/*.zip"),
        one(server, "data/status.json"),
        one(server, "figures/*/wide.svg"),
        one(server, "assets/*.css"),
        *planted,
    ]


def test_every_address_gets_the_headers_of_its_rule_and_each_once(server):
    for address in addresses_of_each_kind(server):
        answer = server.ask(address)
        assert answer.status == 200, address
        wanted = {name.lower(): value for name, value in headers.for_path(address).items()}
        ours = {name.lower() for name in (*headers.COMMON, *headers.VARYING)}
        assert {n: v for n, v in answer.headers.items() if n in ours} == wanted, address
        assert all(answer.names.count(name) == 1 for name in wanted), address


def test_a_page_may_not_be_framed_and_an_embed_may(server):
    page, embed = server.ask("/"), server.ask("/embed/planted/")
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert page.headers["x-frame-options"] == "DENY"
    assert "frame-ancestors *" in embed.headers["content-security-policy"]
    assert "x-frame-options" not in embed.headers


def test_no_policy_allows_inline_code_or_another_host(server):
    for address in addresses_of_each_kind(server):
        policy = server.ask(address).headers["content-security-policy"]
        assert policy.startswith("default-src 'self'; object-src 'none'")
        assert "unsafe" not in policy and "http" not in policy and "data:" not in policy


def test_a_page_is_asked_for_anew_and_an_asset_never_again(server):
    assert server.ask("/").headers["cache-control"] == "no-cache"
    asset = server.ask(one(server, "assets/*.css"))
    assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_everybody_may_fetch_the_data_from_a_script(server):
    answer = server.ask(one(server, "data/*.csv"))
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "access-control-allow-origin" not in server.ask("/").headers


@pytest.mark.parametrize(
    "pattern",
    ["index.html", "data/*.csv", "data/status.json", "figures/*/wide.svg", "assets/*.css", "assets/*.js"],
)
def test_text_comes_compressed_under_its_own_type_and_unpacks_to_itself(server, pattern):
    address = one(server, pattern)
    plain = server.ask(address)
    packed = server.ask(address, accept_encoding="gzip, deflate")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert packed.headers["content-type"] == plain.headers["content-type"]
    assert packed.headers["content-type"] == headers.type_of(address)
    assert gzip.decompress(packed.body) == plain.body
    assert "content-encoding" not in plain.headers and len(packed.body) < len(plain.body)


@pytest.mark.parametrize("pattern", ["index.html", "data/*.csv", "assets/*.css"])
def test_a_browser_that_knows_brotli_gets_it(server, pattern):
    needed(MODULE.exists(), "the brotli module of nginx")
    import brotli

    address = one(server, pattern)
    packed = server.ask(address, accept_encoding="gzip, deflate, br")
    assert packed.headers["content-encoding"] == "br"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert packed.headers["content-type"] == headers.type_of(address)
    assert brotli.decompress(packed.body) == server.ask(address).body


def test_the_chinese_of_a_csv_is_declared(server):
    answer = server.ask(one(server, "data/*.csv"))
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"


def test_what_is_not_there_gets_the_page_that_says_so_and_its_headers(server):
    for address in ("/nothing.html", "/progress/nothing/", "/assets/nothing.css", "/assets/"):
        answer = server.ask(address)
        assert answer.status == 404, address
        assert "text/html" in answer.headers["content-type"]
        wanted = {name.lower(): value for name, value in headers.for_path("/404.html").items()}
        assert wanted.items() <= answer.headers.items(), address
    assert server.ask("/nothing.html").body == (server.pages / "404.html").read_bytes()


@pytest.mark.parametrize(
    "address",
    [
        "/../nginx.conf",
        "/assets/../../nginx.conf",
        "/%2e%2e/nginx.conf",
        "/..%2fnginx.conf",
        "/assets..%2f..%2fnginx.conf",
        "/data/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/.%00/etc/passwd",
    ],
)
def test_nothing_outside_the_site_can_be_asked_for(server, address):
    answer = server.ask(address)
    assert answer.status in (400, 404)
    assert b"worker_processes" not in answer.body and b"root:" not in answer.body


@pytest.mark.parametrize("address", ["/_headers", "/index.html.gz", "/index.html.br", "/.git/config"])
def test_what_is_not_for_readers_is_not_served(server, address):
    assert server.ask(address).status == 404


def test_a_lost_reader_of_the_english_pages_is_told_so_in_english_first(server):
    answer = server.ask("/en/progress/nothing.html")
    assert answer.status == 404
    assert answer.body == (server.pages / "en" / "404.html").read_bytes()


def test_the_links_of_the_page_for_lost_readers_hold_at_any_address(server):
    for name in ("404.html", "en/404.html"):
        page = (server.pages / name).read_text(encoding="utf-8")
        links = re.findall(r' (?:href|src|action|data-root|data-asset-[\w-]+)="([^"]*)"', page)
        assert links and not [to for to in links if not re.match(r"/|#|[a-z]+:", to)]


def test_a_folder_is_not_listed(server):
    answer = server.ask("/assets/")
    assert answer.status == 404 and b"Index of" not in answer.body


def test_a_folder_without_its_slash_leads_to_its_page_on_the_same_host(server):
    answer = server.ask("/embed/planted")
    assert answer.status == 301 and answer.headers["location"] == "/embed/planted/"


def test_head_says_what_get_says_and_sends_nothing(server):
    for address in ("/", one(server, "data/*.csv")):
        head, get = server.ask(address, "HEAD"), server.ask(address)
        assert head.status == 200 and head.body == b""
        assert head.headers["content-length"] == str(len(get.body))
        assert head.headers["content-type"] == get.headers["content-type"]


def test_what_a_browser_still_has_is_not_sent_again(server):
    for accepted in ("identity", "gzip"):
        first = server.ask("/", accept_encoding=accepted)
        again = server.ask("/", accept_encoding=accepted, if_none_match=first.headers["etag"])
        assert again.status == 304 and again.body == b""
        assert again.headers["cache-control"] == "no-cache"


def test_nothing_can_be_sent_to_the_server(server):
    for method in ("POST", "PUT", "DELETE"):
        assert server.ask("/", method).status == 405


def test_the_server_does_not_say_which_version_it_is(server):
    assert not re.search(r"\d", server.ask("/").headers["server"])
