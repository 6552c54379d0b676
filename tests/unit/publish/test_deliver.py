"""Tests of what servers need: the rules of headers, as each kind of server states them."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path

import brotli
import pytest

from shuangbei import languages, paths
from shuangbei.publish import delivery, headers

DEPLOY = paths.ROOT / "deploy" / "nginx"
# One of each kind, and the neighbours that are easily taken for one another.
FILES = (
    "index.html",
    "404.html",
    "en/index.html",
    "plan/tasks.html",
    "robots.txt",
    "sitemap.xml",
    "data/index.html",
    "data/sources.html",
    "en/data/index.html",
    "data/commitments.csv",
    "data/observations/research.csv",
    "data/status.json",
    "data/datapackage.zip",
    "data/schemas/tasks.yaml",
    "figures/index.json",
    "figures/some-figure/index.html",
    "figures/some-figure/wide.svg",
    "figures/some-figure/data.csv",
    "figures/other/figure.png",
    "en/figures/some-figure/data.csv",
    "en/figures/some-figure/index.html",
    "embed/some-figure/index.html",
    "en/embed/some-figure/index.html",
    "embed/2001Q1/some-figure/index.html",
    "embed/2001Q1/some-figure/wide.svg",
    "en/embed/2001Q1/some-figure/index.html",
    "assets/report.0123456789.css",
    "assets/report.0123456789.js",
    "archive/2001Q1.zip",
)
ADDRESSES = [f"/{name}" for name in FILES] + [
    "/",
    "/figures/some-figure/",
    "/data/",
    "/embed/some-figure/",
    "/no/such/page",
]


@pytest.fixture
def pages(tmp_path):
    """A site with one file of each kind."""
    for name in FILES:
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name} " * 400, encoding="utf-8")
    return tmp_path / "site"


def of_nginx(path: str) -> dict[str, str]:
    """What nginx would send, read from the files that are shipped."""
    rules = (DEPLOY / "rules.conf").read_text(encoding="utf-8")
    maps = dict(re.findall(r"map \$report_address (\$\w+) \{\n(.*?)\n\}", rules, re.DOTALL))
    sent = {}
    given = (DEPLOY / "headers.conf").read_text(encoding="utf-8")
    for name, value in re.findall(r"^add_header (\S+) (.+) always;$", given, re.MULTILINE):
        found = value.strip('"') if value.startswith('"') else mapped(maps[value], path)
        sent |= {name: found} if found else {}
    return sent


def mapped(block: str, path: str) -> str:
    rows = re.findall(r'^ {4}(default|"~[^"]+") +"([^"]*)";$', block, re.MULTILINE)
    assert len(rows) == len(block.splitlines())
    default = dict(rows)["default"]
    return next(
        (value for pattern, value in rows if pattern != "default" and re.search(pattern.strip('"~'), path)),
        default,
    )


def of_pages_host(text: str, path: str) -> dict[str, str]:
    """What a host sends that adds up all blocks that match, and joins what is given twice."""
    sent: dict[str, str] = {}
    for block in re.split(r"\n\n+", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).strip()):
        pattern, *lines = block.splitlines()
        if not re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), path):
            continue
        for name in [line.strip()[2:] for line in lines if line.strip().startswith("! ")]:
            sent.pop(name, None)
        for line in lines:
            name, _, value = line.strip().partition(": ")
            if value:
                sent[name] = f"{sent[name]}, {value}" if name in sent else value
    return sent


@pytest.mark.parametrize("path", ADDRESSES)
def test_nginx_sends_what_the_rules_say(path):
    assert of_nginx(path) == headers.for_path(path)


@pytest.mark.parametrize("below", ["", "/some/report"])
@pytest.mark.parametrize("path", ADDRESSES)
def test_a_pages_host_sends_what_the_rules_say(path, below, pages):
    delivery.write_headers(pages, f"https://a.example{below}/")
    text = (pages / "_headers").read_text(encoding="utf-8")
    assert of_pages_host(text, below + path) == headers.for_path(path)


@pytest.mark.parametrize(
    ("base", "path"), [("https://a.example/", ""), ("http://a.example/some/report/", "/some/report")]
)
@pytest.mark.skipif(not shutil.which("sed"), reason="a server that runs nginx has sed")
def test_the_written_way_to_nginx_takes_the_path_from_the_address_of_the_site(base, path, tmp_path):
    (line,) = re.findall(r"^PREFIX=.*$", (DEPLOY.parent / "README.md").read_text(encoding="utf-8"), re.M)
    settings = (paths.ROOT / "_config.yml").read_text(encoding="utf-8")
    changed = re.sub(r"(?m)^(  baseurl: ).*$", rf"\g<1>{base}", settings)
    (tmp_path / "_config.yml").write_text(changed, encoding="utf-8")
    said = subprocess.run(["sh", "-c", f'{line}; printf %s "$PREFIX"'], cwd=tmp_path, capture_output=True)
    assert said.stdout.decode() == path


def test_the_object_store_is_told_the_types_and_caches_of_the_rules(pages):
    for row in delivery.objects(pages):
        path = f"/{row['key']}"
        assert row["Cache-Control"] == headers.for_path(path)["Cache-Control"]
        assert row["Content-Type"] == headers.type_of(row["key"])
    assert sorted(row["key"] for row in delivery.objects(pages)) == sorted(FILES)


def test_nginx_knows_the_types_and_charsets_of_the_object_store():
    rules = (DEPLOY / "rules.conf").read_text(encoding="utf-8")
    types = dict(re.findall(r"^ {4}([\w.+/-]+) +(\w+);$", rules, re.MULTILINE))
    charsets = {"text/html", *re.search(r"charset_types (.*);", rules)[1].split()}
    told = {suffix: f"{kind}; charset=utf-8" if kind in charsets else kind for kind, suffix in types.items()}
    assert told == {suffix: headers.type_of(f"a.{suffix}") for suffix in headers.TYPES}


@pytest.mark.parametrize("name", headers.shipped())
def test_the_shipped_files_are_those_that_the_rules_make(name):
    shipped = (DEPLOY.parent / name).read_text(encoding="utf-8")
    assert shipped == headers.shipped()[name], "run python -m shuangbei.publish.headers"


@pytest.mark.parametrize("path", ADDRESSES)
def test_what_stands_before_an_object_store_is_told_the_same(path):
    told = json.loads((DEPLOY.parent / "object-store/headers.json").read_text(encoding="utf-8"))
    found = next(one for one in told["rules"] if re.search(one["pattern"], path))
    assert found["headers"] == headers.for_path(path)


def test_no_location_of_nginx_has_a_header_of_its_own_and_so_loses_the_others():
    text = (DEPLOY / "site.conf").read_text(encoding="utf-8")
    lines = [line.split("#")[0] for line in text.splitlines()]
    assert not [line for line in lines if "add_header" in line]


def test_only_embeds_may_be_framed():
    framed = [
        path for path in ADDRESSES if "frame-ancestors *" in headers.for_path(path)["Content-Security-Policy"]
    ]
    assert framed == [path for path in ADDRESSES if re.match(r"/(en/)?embed/", path)]
    assert all(("X-Frame-Options" in headers.for_path(path)) == (path not in framed) for path in ADDRESSES)


def test_the_policy_has_no_exception():
    assert "unsafe" not in languages.POLICY and "data:" not in languages.POLICY
    assert "blob:" not in languages.POLICY and "http" not in languages.POLICY


def test_a_page_among_the_data_is_a_page():
    assert headers.rule_for("/data/sources.html").name == "pages"
    assert headers.rule_for("/figures/some-figure/").name == "pages"
    assert headers.rule_for("/data/commitments.csv").name == "reuse"


def test_only_what_never_changes_is_kept_for_good():
    kept = [path for path in ADDRESSES if "immutable" in headers.for_path(path)["Cache-Control"]]
    assert kept == [p for p in ADDRESSES if re.match(r"/assets/", p)]


def test_compressed_copies_unpack_to_the_file(pages):
    delivery.compress(pages)
    for name in ("index.html", "data/commitments.csv", "assets/report.0123456789.css"):
        whole = (pages / name).read_bytes()
        assert gzip.decompress((pages / f"{name}.gz").read_bytes()) == whole
        assert brotli.decompress((pages / f"{name}.br").read_bytes()) == whole


def test_what_is_small_or_packed_already_is_not_compressed(pages):
    (pages / "small.css").write_text("a{}")
    (pages / "noise.csv").write_bytes(bytes(range(256)) * 2 + paths.ROOT.name.encode())
    delivery.compress(pages)
    assert not list(pages.glob("small.css.*")) and not list(pages.glob("noise.csv.*"))
    assert not list(pages.rglob("*.zip.*")) and not list(pages.rglob("*.png.*"))


def test_a_copy_that_is_no_smaller_is_not_offered(pages, tmp_path):
    import random

    noise = random.Random(1).randbytes(4096)
    (pages / "noise.txt").write_bytes(noise)
    delivery.compress(pages)
    assert not list(pages.glob("noise.txt.*"))


def test_the_same_files_give_the_same_copies_from_the_store_and_anew(pages):
    delivery.compress(pages)
    first = {path: path.read_bytes() for path in pages.rglob("*.[gb][zr]")}
    delivery.compress(pages)
    again = {path: path.read_bytes() for path in pages.rglob("*.[gb][zr]")}
    for kept in (paths.CACHE / "compressed").iterdir():
        kept.unlink()
    delivery.compress(pages)
    anew = {path: path.read_bytes() for path in pages.rglob("*.[gb][zr]")}
    assert first and first == again == anew
    # gzip would note the second in which it packed.
    assert {packed[4:8] for path, packed in first.items() if path.suffix == ".gz"} == {bytes(4)}


def test_files_that_are_alike_do_not_stand_in_each_others_way(pages):
    for number in range(60):
        (pages / f"{number}.txt").write_text(f"{number // 20} alike " * 20_000)
    delivery.compress(pages)
    for number in range(60):
        whole = (pages / f"{number}.txt").read_bytes()
        assert gzip.decompress((pages / f"{number}.txt.gz").read_bytes()) == whole


def test_a_changed_file_gets_a_new_copy_and_the_old_one_is_forgotten(pages):
    delivery.compress(pages)
    kept = len(list((paths.CACHE / "compressed").iterdir()))
    (pages / "index.html").write_text("new " * 1000)
    delivery.compress(pages)
    assert gzip.decompress((pages / "index.html.gz").read_bytes()) == b"new " * 1000
    assert len(list((paths.CACHE / "compressed").iterdir())) == kept


def test_the_store_gets_pages_packed_and_data_plain(pages, tmp_path):
    delivery.compress(pages)
    delivery.write_objects(pages, tmp_path / "objects.jsonl")
    lines = (tmp_path / "objects.jsonl").read_text(encoding="utf-8").splitlines()
    rows = {row["key"]: row for row in map(json.loads, lines)}
    assert rows["index.html"]["file"] == "index.html.gz"
    assert rows["index.html"]["Content-Encoding"] == "gzip"
    assert rows["data/commitments.csv"]["file"] == "data/commitments.csv"
    assert "Content-Encoding" not in rows["data/commitments.csv"]
    assert all(Path(pages, row["file"]).is_file() for row in rows.values())


def test_copies_and_host_files_are_not_listed_as_objects_or_patterns(pages):
    delivery.compress(pages)
    delivery.write_headers(pages, "https://a.example/")
    keys = [row["key"] for row in delivery.objects(pages)]
    assert "_headers" not in keys and not [key for key in keys if key.endswith((".gz", ".br"))]
    assert ".gz" not in (pages / "_headers").read_text(encoding="utf-8")


def test_a_pages_host_is_not_given_more_blocks_and_longer_lines_than_it_takes(pages):
    delivery.write_headers(pages, "https://a.example/")
    text = (pages / "_headers").read_text(encoding="utf-8")
    assert text.count("\n/") <= 100 and max(map(len, text.splitlines())) <= 2000
