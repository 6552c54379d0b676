"""Tests of shuangbei.site.figures.citation, against strings written by hand from the standards."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shuangbei.site.figures import citation


@pytest.fixture
def cited() -> citation.Cited:
    return citation.Cited(
        "tech-contracts-2027",
        "技术合同成交额",
        "某项目",
        "某站",
        "2026Q3",
        "2026-11-30",
        "https://a.example/figures/tech-contracts-2027/",
        "chart",
    )


def test_gb_t_7714_names_author_title_kind_site_edition_dates_and_address(cited):
    assert citation.gb7714(cited, "2026-12-01") == (
        "某项目. 技术合同成交额[EB/OL]//某站. 2026年三季度版. (2026-11-30)[2026-12-01]."
        " https://a.example/figures/tech-contracts-2027/."
    )
    assert "[CM/OL]//某站" in citation.gb7714(replace(cited, kind="map"))


def test_a_day_of_access_that_nobody_knows_is_left_out(cited):
    assert "(2026-11-30). https://" in citation.gb7714(cited)
    assert "urldate" not in citation.bibtex(cited)
    assert "  urldate = {2026-12-01},\n" in citation.bibtex(cited, "2026-12-01")
    assert citation.apa(cited, "2026-12-01") == citation.apa(cited)


def test_apa_names_author_date_title_version_type_publisher_and_address(cited, speak):
    assert citation.apa(cited) == (
        "某项目. (2026, November 30). 技术合同成交额 (2026年三季度版) [Chart]. 某站."
        " https://a.example/figures/tech-contracts-2027/"
    )
    speak("en")
    assert citation.apa(replace(cited, title="Contracts", published="2027-02-05")) == (
        "某项目. (2027, February 5). Contracts (Q3 2026 edition) [Chart]. 某站."
        " https://a.example/figures/tech-contracts-2027/"
    )


def test_apa_calls_a_map_a_map(cited):
    assert " [Map]. " in citation.apa(replace(cited, kind="map"))


def test_bibtex_is_one_entry_with_braced_names(cited):
    assert (
        citation.bibtex(cited)
        == """@misc{tech-contracts-2027-2026Q3,
  author = {{某项目}},
  title = {{技术合同成交额}},
  howpublished = {某站, 2026年三季度版},
  year = {2026},
  url = {https://a.example/figures/tech-contracts-2027/},
  month = nov,
}"""
    )


def test_signs_that_tex_reads_as_commands_are_escaped(cited):
    entry = citation.bibtex(replace(cited, title="R&D 50% {a}_b", address="https://a.example/x_y%20z"))
    assert r"title = {{R\&D 50\% \{a\}\_b}}" in entry
    assert "url = {https://a.example/x_y%20z}" in entry


def test_a_date_that_is_none_stops_the_build(cited):
    with pytest.raises(ValueError):
        citation.apa(replace(cited, published="2026-11"))


@pytest.mark.parametrize("form", ["gb", "bibtex"])
def test_the_day_of_access_stands_between_the_two_parts_of_a_citation(cited, form):
    write = {"gb": citation.gb7714, "bibtex": citation.bibtex}[form]
    made, day = write(cited), "2026-12-01"
    assert write(cited, day) == made.before + citation.access(form, day) + made.after
    assert made == made.before + made.after
