"""Tests of shuangbei.site.figures.pages and embed: pages around figures, and code for other sites."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from shuangbei import charts, load, measures, words
from shuangbei.site import addresses, figures
from shuangbei.site.figures import embed
from shuangbei.site.figures import pages as pages_figures

ID = "tech-contracts-2027"
EDITION = load.edition()["edition"]


class Builder:
    """What the pages ask of Sphinx's builder."""

    def get_target_uri(self, name: str) -> str:
        return addresses.address_of(name) + ".html"

    def get_relative_uri(self, here: str, there: str) -> str:
        return pages_figures.relative_uri(self.get_target_uri(here), self.get_target_uri(there))


@pytest.fixture(scope="module")
def drawn():
    return charts.trajectory(measures.assess(ID), '成交额 <与> "路径"').to_dict()


@pytest.fixture
def app(drawn, tmp_path):
    card = {key: value for key, value in drawn["usermeta"].items() if key != "narrow"}
    titles = {
        name: SimpleNamespace(astext=lambda text=text: text)
        for name, text in (("book/index", "某站"), ("notebooks/technology-contracts", "技术合同"))
    }
    known = {ID: ("notebooks/technology-contracts", card, figures.forms(drawn))}
    env = SimpleNamespace(titles=titles, shuangbei_figures=known, toctree_includes={})
    config = SimpleNamespace(html_baseurl="https://a.example/", root_doc="book/index", author="某项目")
    return SimpleNamespace(env=env, config=config, builder=Builder(), outdir=str(tmp_path))


@pytest.fixture
def pages(app):
    return {name: (context, template) for name, context, template in pages_figures.collect(app)}


def test_every_figure_has_a_page_a_frame_and_a_frame_that_stays(pages):
    assert {name: template for name, (_, template) in pages.items()} == {
        f"figures/{ID}/index": "figure.html",
        f"embed/{ID}": "embed.html",
        f"embed/{EDITION}/{ID}": "embed.html",
        "figures/index": "figures.html",
    }


def test_the_frozen_frame_stands_on_files_of_its_own(pages, tmp_path):
    folder = tmp_path / "embed" / EDITION
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == {
        "frame.css",
        "frame.js",
        f"{ID}/wide.svg",
        f"{ID}/narrow.svg",
    }
    live, frozen = (
        BeautifulSoup(str(pages[name][0]["picture"]), "html.parser").img["src"]
        for name in (f"embed/{ID}", f"embed/{EDITION}/{ID}")
    )
    assert (live, frozen) == (f"../figures/{ID}/wide.svg#scheme", f"{ID}/wide.svg#scheme")
    assert (folder / ID / "wide.svg").read_bytes() == (tmp_path / "figures" / ID / "wide.svg").read_bytes()


def test_frames_lead_back_to_the_page_of_the_figure(pages):
    assert pages[f"embed/{ID}"][0]["home"] == f"../figures/{ID}/"
    assert pages[f"embed/{EDITION}/{ID}"][0]["home"] == f"../../figures/{ID}/"


def test_the_first_picture_of_a_page_loads_at_once_and_the_others_later():
    page = '<img loading="lazy"><img loading="lazy">'
    assert pages_figures._eager(page) == '<img fetchpriority="high"><img loading="lazy">'


def test_a_figure_leads_to_where_it_is_discussed(pages):
    context = pages[f"figures/{ID}/index"][0]
    assert context["chapter"] == f"../../progress/technology-contracts.html#fig-{ID}"
    assert (
        context["about"]["chapter"]["address"]
        == f"https://a.example/progress/technology-contracts.html#fig-{ID}"
    )


def test_what_a_reader_passes_on_has_number_source_edition_and_address(pages):
    said = pages[f"figures/{ID}/index"][0]["message"]
    assert said.startswith('成交额 <与> "路径"') and "974.24" in said
    assert said.count('成交额 <与> "路径"') == 1, "the title is said once"
    assert "来源：" in said and words.edition_line() in said
    assert said.endswith(f"https://a.example/figures/{ID}/")


def test_code_to_embed_names_absolute_addresses_and_cannot_be_broken_by_a_title(pages):
    code = {one["key"]: one["code"] for one in pages[f"figures/{ID}/index"][0]["snippets"]}
    found = {key: BeautifulSoup(text, "html.parser") for key, text in code.items()}
    assert found["frame"].iframe["src"] == f"https://a.example/embed/{ID}.html"
    assert found["frozen"].iframe["src"] == f"https://a.example/embed/{EDITION}/{ID}.html"
    assert found["frame"].script["src"] == "https://a.example/embed/embed.js"
    assert not found["plain"].script and not found["picture"].script
    assert {found[key].iframe["title"] for key in ("frame", "plain", "frozen")} == {'成交额 <与> "路径"'}
    image = found["picture"].img
    assert image["src"] == f"https://a.example/embed/{EDITION}/{ID}/wide.svg" and "974.24" in image["alt"]


def test_the_caption_of_the_picture_alone_names_title_sources_edition_and_the_way_back(app, speak):
    wanted = {
        "zh": ('成交额 <与> "路径"。来源：', f"。{words.period(EDITION)}版。某站：数据、下载和引用"),
        "en": ('成交额 <与> "路径". Sources: ', " edition. 某站: data, downloads and citation"),
    }
    for language, (first, last) in wanted.items():
        speak(language)
        pages = {name: context for name, context, _ in pages_figures.collect(app)}
        code = {one["key"]: one["code"] for one in pages[f"figures/{ID}/index"]["snippets"]}["picture"]
        figure = BeautifulSoup(code, "html.parser")
        caption = figure.figcaption.get_text()
        assert caption.startswith(first) and caption.endswith(last)
        assert ".." not in caption and "。。" not in caption and "  " not in caption
        home = f"https://a.example/{'en/' if language == 'en' else ''}figures/{ID}/"
        assert {link["href"] for link in figure.select("a")} == {home}
        kept = home.replace("figures/", f"embed/{EDITION}/")
        assert [figure.img["src"], figure.source["srcset"]] == [kept + "wide.svg", kept + "narrow.svg"]


def test_the_letters_of_a_frame_are_those_of_its_language():
    css = embed.own_files()["frame.css"].decode()
    english = css.split(':root[lang="en"] body')[1].split("}")[0]
    assert english.index("system-ui") < english.index("Arial") < english.index("PingFang")


def test_the_english_edition_embeds_its_own_pages_by_the_same_script(app, speak):
    speak("en")
    pages = {name: context for name, context, _ in pages_figures.collect(app)}
    code = pages[f"figures/{ID}/index"]["snippets"][0]["code"]
    assert f'"https://a.example/en/embed/{ID}.html"' in code
    assert '"https://a.example/embed/embed.js"' in code


def test_the_script_for_other_sites_lies_once_at_the_root(app, tmp_path, speak):
    list(pages_figures.collect(app))
    script = tmp_path / "embed/embed.js"
    assert script.is_file()
    script.unlink()
    speak("en")
    list(pages_figures.collect(app))
    assert not script.exists() and (tmp_path / "embed/frame.js").is_file()


def test_a_frame_without_a_script_holds_the_taller_picture():
    framed = embed.Framed("题", "文", "", "", "", "p", "f", "z", "s", (700, 400), (320, 610), "")
    height = int(BeautifulSoup(embed.plain(framed), "html.parser").iframe["height"])
    assert 610 < height < 900


def test_the_day_of_access_can_be_filled_in_and_leaves_no_gap_without_a_script(pages):
    patterns = {}
    for one in pages[f"figures/{ID}/index"][0]["citations"]:
        parsed = BeautifulSoup(str(one["text"]), "html.parser")
        patterns[one["key"]] = [span["data-today"] for span in parsed.select("[data-today]")]
        said = parsed.get_text()
        assert '成交额 <与> "路径"' in said
        assert "{day}" not in said and "[]" not in said and "urldate" not in said
    assert patterns == {"gb": ["[{day}]"], "apa": [], "bibtex": ["  urldate = {{day}},\n"]}


def test_a_map_is_cited_as_a_map(app, drawn):
    context = {name: made for name, made, _ in pages_figures.collect(app)}[f"figures/{ID}/index"]
    assert "[EB/OL]" in context["citations"][0]["text"] and "[Chart]" in context["citations"][1]["text"]
    docname, card, forms = app.env.shuangbei_figures[ID]
    shape = {"mark": {"type": "geoshape"}, "data": {"values": []}}
    wide = {**forms["wide"], "layer": [*forms["wide"]["layer"], shape]}
    app.env.shuangbei_figures[ID] = (docname, card, {**forms, "wide": wide})
    context = {name: made for name, made, _ in pages_figures.collect(app)}[f"figures/{ID}/index"]
    assert "[CM/OL]" in context["citations"][0]["text"] and "[Map]" in context["citations"][1]["text"]


def test_readers_see_the_name_of_the_licence_and_programs_its_code(pages):
    context = pages[f"figures/{ID}/index"][0]
    assert context["licence"] == "CC BY 4.0" and context["about"]["licence"]["name"] == "CC-BY-4.0"


def test_all_figures_are_listed_for_readers_and_for_programs(pages, tmp_path):
    (group,) = pages["figures/index"][0]["groups"]
    assert group["title"] == "技术合同" and [one["id"] for one in group["figures"]] == [ID]
    listed = json.loads((tmp_path / "figures/index.json").read_text(encoding="utf-8"))
    assert [one["id"] for one in listed["figures"]] == [ID]
    assert {"title", "alt", "files", "sources", "chapter"} <= set(listed["figures"][0])
