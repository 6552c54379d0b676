"""Tests of what the search is made from: records of a page, other names, pinyin, the index."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

import pytest

from shuangbei import load, paths
from shuangbei.site.search import index, names, records, said

PAGE = """<!DOCTYPE html><html><head><title>t</title>
<meta name="description" content="这一页说 什么"></head><body>
<nav>导航不算</nav>
<main id="main"><article><section id="id1"><h1>研发投入<a class="headerlink" href="#id1">#</a></h1>
<p>全市<span>2.6</span>%，<b>全国</b>更高。</p><script>no()</script>
<section id="rd-intensity-2027"><span id="id3"></span><h2>差距缩小了吗<a class="headerlink" href="#x">#</a></h2>
<p>第一段。</p><p>第二段。</p>
<section id="id4"><h3>市内差别</h3><p>内层。</p></section>
<figure class="report-figure" id="fig-rd-intensity-2027"><figcaption><span class="figure-title">强度</span>
<span class="figure-facts">单位：%</span></figcaption>
<picture><source srcset="n.svg" width="328" height="400"><img src="w.svg" alt="强度；从1到2。" width="1" height="1"></picture>
<p class="figure-sources">来源：统计局。</p><ul class="figure-actions"><li><a href="x">嵌入</a></li></ul>
<details><summary>图中数据</summary><table><caption>强度</caption>
<tbody><tr><th>2024年</th><td>2.6</td></tr></tbody></table></details></figure>
<p>图后面。</p></section>
<section id="id9"><h2>表</h2><table><tr><th><span id="s007">s007</span></th><td>某文件</td><td>某报</td></tr>
<tr><th>没有锚点</th><td>值</td></tr></table>
<dl class="glossary"><dt id="term-0">研发经费<a class="headerlink" href="#term-0">#</a></dt><dd><p>花的钱。</p></dd></dl></section>
</section></article></main></body></html>"""


def test_records_come_back_from_json_as_they_were():
    made = records.records(PAGE.encode())
    told = json.loads(json.dumps([asdict(one) for one in made]))
    assert [records.of_json(one) for one in told] == made
    assert any(one.picture for one in made) and any(one.trail for one in made)


@pytest.fixture(scope="module")
def found() -> dict[str, records.Record]:
    return {one.anchor: one for one in records.records(PAGE.encode())}


def test_a_page_comes_first_and_says_what_it_is_about(found):
    page = next(iter(found.values()))
    assert (page.kind, page.anchor, page.title) == ("page", "", "研发投入")
    assert page.summary == "这一页说 什么"
    assert page.text == "全市2.6%，全国更高。"


def test_text_belongs_to_the_innermost_heading_alone(found):
    section = found["rd-intensity-2027"]
    assert (section.kind, section.title, section.trail) == ("section", "差距缩小了吗", ())
    assert section.text == "第一段。 第二段。 图后面。"
    assert (found["id4"].text, found["id4"].trail) == ("内层。", ("差距缩小了吗",))


def test_a_figure_is_found_by_its_words_and_its_table_but_not_by_its_buttons(found):
    figure = found["fig-rd-intensity-2027"]
    assert (figure.kind, figure.title) == ("figure", "强度")
    assert figure.picture == records.Picture(328, 400)
    for words in ("从1到2", "单位：%", "2024年", "统计局"):
        assert words in figure.text
    assert "嵌入" not in figure.text


def test_parts_that_the_theme_sets_apart_are_parted_by_a_blank_and_other_words_are_not():
    card = """<main><h1>a</h1><p class="card-promise"><b>Promise</b>: more this year.<span
 class="card-cite">Action plan</span></p><a class="headline"><span class="headline-name">firms</span><strong
 class="headline-value">9,123</strong><span class="headline-when">2025</span></a><p>R<b>&amp;</b>D</p></main>"""
    text = records.records(card.encode())[0].text
    assert text == "Promise: more this year. Action plan firms 9,123 2025 R&D"


def test_rows_and_terms_with_an_anchor_are_found_by_themselves(found):
    row, term = found["s007"], found["term-0"]
    assert (row.kind, row.title, row.text) == ("row", "s007 某文件", "某报")
    assert (term.kind, term.title, term.text) == ("term", "研发经费", "花的钱。")
    assert found["id9"].text == "没有锚点 值"


AREAS = """<html lang="zh-CN"><main><h1>a</h1><h2 id="b">b</h2><table><caption>梯队</caption>
<tr><th>区县</th><th>数值</th><th>时期</th></tr>
<tr id="area-500118"><th>永川区</th><td>第二梯队</td><td>2022年</td></tr></table><h2 id="c">c</h2>
<table><caption>目标</caption><tr><th>区县</th><th>数值（家）</th><th>时期</th></tr>
<tr><th>永川区</th><td>470</td><td>2025年</td></tr><tr><th>永川区</th><td>—</td><td>2027年</td></tr>
<tr><th>忠县</th><td>1</td><td>2025年</td></tr></table></main></html>"""


def test_what_all_tables_say_of_a_district_is_one_record_that_leads_to_its_row():
    found = [one for one in records.records(AREAS.encode()) if one.kind == "area"]
    assert [(one.anchor, one.title, one.trail) for one in found] == [("area-500118", "永川区", ())]
    assert found[0].text == "梯队：第二梯队 2022年。目标：数值（家） 470 2025年；2027年。"
    assert "永川区" in {one.anchor: one.text for one in records.records(AREAS.encode())}["c"]


def test_a_note_that_ends_with_a_full_stop_gets_no_second_one():
    page = AREAS.replace("<td>第二梯队</td>", "<td>第二梯队。</td>")
    page = page.replace("<td>2022年</td>", "<td>只点名8个。</td>")
    found = [one for one in records.records(page.encode()) if one.kind == "area"]
    assert found[0].text.startswith("梯队：第二梯队。 只点名8个。目标")


def test_the_first_row_of_a_district_gets_an_anchor_and_no_other_row_does():
    row = '<tr><th scope="row">永川区</th><td>1</td></tr>'
    city = '<tr><th scope="row">重庆市</th><td>1</td></tr>'
    marked = index.anchored(row + city + row)
    assert marked == row.replace("<tr>", '<tr id="area-500118">') + city + row


WORDS = """word,same_as,means_zh,means_en,leads_to,note_zh,note_en
高企,,高新技术企业,High-tech enterprises,a.html,,
HTE,高企,,,,,
就业,,,,b.html#c,没有承诺。,No commitment.
纠错,,,,gone.html,,
"""


@pytest.fixture
def listed(tmp_path, monkeypatch, speak):
    """A list of four words."""
    (tmp_path / "search_words.csv").write_text(WORDS, encoding="utf-8")
    monkeypatch.setenv("SHUANGBEI_DATA", str(tmp_path))
    return speak


def test_words_that_mean_the_same_lead_to_the_same_place_and_words_of_the_site(listed):
    listed("zh")
    assert said.daily()[0] == ["高新技术企业", "高企", "HTE", "gaoqi", "gaoxinjishuqiye"]
    assert said.leads({"a.html", "b.html#c"}) == [["a.html", "高企", "HTE"], ["b.html#c", "就业"]]
    listed("en")
    assert said.daily()[0][:4] == ["High-tech enterprises", "高企", "HTE", "高新技术企业"]


def test_what_the_plan_does_not_cover_is_said_in_the_language_of_the_edition(listed):
    for language, note in (("zh", "没有承诺。"), ("en", "No commitment.")):
        listed(language)
        assert said.notes() == [[note, "就业"]]


def test_a_word_without_words_of_the_site_is_found_by_its_pinyin(listed):
    listed("zh")
    assert ["纠错", "jiucuo"] in said.daily()


def test_traditional_characters_are_folded_where_their_simplified_forms_occur():
    traditional, simple = said.folds("重庆两江新区 高新技术企业")
    pairs = dict(zip(traditional, simple, strict=True))
    assert pairs["慶"] == "庆" and pairs["兩"] == "两" and pairs["區"] == "区" and pairs["術"] == "术"
    assert "東" not in pairs and "新" not in pairs


def test_districts_go_by_the_names_they_had_as_counties_and_cities(speak):
    for language, known in (("zh", "永川区"), ("en", "Yongchuan")):
        speak(language)
        former = {row[0]: row[1:] for row in names.former()}
        assert {"永川县", "永川市"} <= set(former[known])
        assert all("忠" not in row[1] for row in names.former())


def test_an_office_goes_by_its_short_name_without_the_city():
    assert "科技局" in names.Names().hidden(record("office-kjj")).split(" · ")


def test_what_stands_for_other_words_is_kept_apart_from_the_index():
    made = index.index(pages())
    words_of = index.vocabulary(pages(), index.script(made))
    assert set(made) == {"version", "pages", "records", "kinds"}
    assert set(words_of) == {"version", "typed", "leads", "notes", "folds"}
    assert index.script(made).startswith("report.give({") and "import" not in index.script(made)[:20]


def test_short_forms_of_daily_life_stand_for_words_of_the_edition(speak):
    for language, word in (("zh", "高新技术企业"), ("en", "High-tech enterprises")):
        speak(language)
        assert "高企" in next(row for row in names.typed([]) if row[0] == word)


@pytest.mark.parametrize("name", ["search.js", "search-engine.js", "report.js"])
def test_scripts_need_no_look_behind_which_older_browsers_refuse(name):
    text = (paths.ROOT / "shuangbei/site/theme/js" / name).read_text(encoding="utf-8")
    assert "(?<=" not in text and "(?<!" not in text


def test_nothing_outside_main_and_no_script_is_indexed(found):
    everything = " ".join(one.title + one.text for one in found.values())
    assert "导航" not in everything and "no()" not in everything and "#" not in everything


def test_a_page_without_a_title_is_refused():
    with pytest.raises(ValueError, match="main"):
        records.records(b"<html><body><main><p>x</p></main></body></html>")
    with pytest.raises(ValueError, match="main"):
        records.records(b"<html><body><h1>x</h1></body></html>")


def test_a_figure_without_a_picture_is_refused():
    page = "<main><h1>a</h1><figure id='fig-x'><span class='figure-title'>a</span></figure></main>"
    with pytest.raises(ValueError, match="fig-x"):
        records.records(page.encode())


def record(anchor: str, kind: str = "section", title: str = "x") -> records.Record:
    return records.Record(kind, anchor, title)


def test_a_commitment_is_shown_by_its_name_and_found_by_its_code_and_its_english_name():
    known_names = names.Names()
    about = load.commitment("little-giants-2027")
    assert known_names.shown(record("little-giants-2027")) == about["name_zh"]
    hidden = known_names.hidden(record("little-giants-2027"))
    assert about["name_en"] in hidden and "little-giants-2027" in hidden
    assert about["name_zh"] not in hidden
    assert known_names.shown(record("id7")) == known_names.hidden(record("id7")) == ""


@pytest.mark.parametrize(
    ("anchor", "said"),
    [
        ("task-t08", ["任务8", "第8项", "任务八", "第八项", "task 8", "T08"]),
        ("task-t15", ["任务15", "第十五项"]),
        ("task-s5", ["保障5", "保障五", "safeguard 5"]),
        ("office-kjj", ["市科技局", "Chongqing Science and Technology Bureau"]),
        ("rd_intensity", ["R&D intensity"]),
        ("area-500118", ["Yongchuan District", "永川", "Yongchuan"]),
        ("area-X-wansheng", ["万盛经开区"]),
        ("fig-hte-city-2027", ["hte-city-2027"]),
    ],
)
def test_things_are_found_by_their_numbers_short_names_and_english_names(anchor, said):
    hidden = names.Names().hidden(record(anchor)).split(" · ")
    assert set(said) <= set(hidden)


def test_the_pinyin_of_a_district_is_its_english_name():
    areas = load.table("geographies").query("level == 'district'")
    words = dict(zip(areas["name_zh"].map(names.area), areas["name_en"], strict=True))
    words.pop("两江新区")
    spoken = {word: full for word, full, _ in said.pinyin(sorted(words))}
    for word, english in words.items():
        plain = names.area_in_english(english).lower().replace("’", "").removesuffix(" ")
        assert spoken[word] == plain, word


def test_names_with_characters_of_two_readings_are_read_as_people_say_them():
    said = {row[0]: row[1] for row in names.typed([])}
    assert said["丰都县"] == "fengduxian" and said["人行重庆营管部"].startswith("renhang")
    assert said["长寿"] == "changshou" and said["重庆市统计局"] == "chongqingshitongjiju"


def test_a_region_and_a_zone_keep_their_whole_name():
    words = {row[0] for row in names.typed([])}
    assert {"中心城区", "万盛经开区"} <= words and not {"中心城", "万盛经开"} & words


def test_pinyin_says_numbers_and_letters_as_they_are_typed():
    assert said.pinyin(["R&D经费"]) == [["R&D经费", "rdjingfei", "rdjf"]]


def pages() -> list[tuple[str, str, list[records.Record]]]:
    return [("progress/research-investment.html", "进展", records.records(PAGE.encode()))]


def test_the_index_leaves_out_what_is_empty_and_leads_back_to_its_page():
    made = index.index(pages())
    assert made["pages"] == [["progress/research-investment.html", "研发投入", "进展"]]
    assert all(value not in ("", []) for entry in made["records"] for value in entry.values())
    figure = next(entry for entry in made["records"] if entry["k"] == "figure")
    assert figure["i"] == ["rd-intensity-2027", 328, 400]
    commitment = next(entry for entry in made["records"] if entry.get("a") == "rd-intensity-2027")
    assert commitment["n"] == load.label("commitments", "rd-intensity-2027")


def test_the_same_pages_give_the_same_index():
    assert json.dumps(index.index(pages())) == json.dumps(index.index(pages()))


def test_pinyin_is_for_chinese_pages_and_chinese_names_for_english_ones(monkeypatch):
    chinese = {row[0]: row[1:] for row in names.typed([])}
    assert chinese["永川"] == ["yongchuan", "yc"] and chinese["渝中区"] == ["yuzhongqu", "yzq"]
    assert chinese["市科技局"][1] == "skjj"
    monkeypatch.setenv("SHUANGBEI_LANG", "en")
    english = {row[0]: row[1:] for row in names.typed([])}
    assert set(english["Yongchuan"]) == {"永川", "永川区"}
    assert "Liangjiang New Area" in english


def test_the_library_of_the_search_is_the_one_that_its_readme_names():
    vendor = paths.ROOT / "shuangbei/site/theme/vendor"
    for file in vendor.glob("*.js"):
        row = next(
            line
            for line in (vendor / "README.md").read_text(encoding="utf-8").splitlines()
            if line.startswith(f"| `{file.name}` |")
        )
        assert f"`{hashlib.sha256(file.read_bytes()).hexdigest()}`" in row
        assert "Copyright" in file.read_text(encoding="utf-8")[:200]
    assert (vendor / "minisearch.js").is_file()
