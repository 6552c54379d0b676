"""Tests of shuangbei.pictures.vega: the same picture for the same words, and a glyph for every word."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
import zlib

import altair as alt
import pandas as pd
import pytest
from glyphs import drawable

from shuangbei import charts, load, paths, pictures, words
from shuangbei.pictures import vega
from shuangbei.words import language, numbers

FONT = pictures.FONT_DIR / "NotoSansSC-Regular.otf"


def spec(title: str = "家数", value: float = 3) -> dict:
    data = pd.DataFrame({"x": ["渝中区", "万州区"], "y": [value, 2]})
    bars = alt.Chart(data).mark_bar().encode(alt.X("x:N", title=None), alt.Y("y:Q", title=title))
    return bars.properties(width=200, height=100).to_dict()


@pytest.fixture
def empty(tmp_path, monkeypatch):
    """A cache with nothing in it."""
    monkeypatch.setattr(paths, "CACHE", tmp_path / "cache")
    return tmp_path / "cache"


def test_the_same_specification_gives_the_same_bytes_when_drawn_again(tmp_path, monkeypatch):
    drawn = []
    for name in ("one", "two"):
        monkeypatch.setattr(paths, "CACHE", tmp_path / name)
        drawn.append(pictures.svg(spec()))
    assert drawn[0] == drawn[1]


def test_another_process_draws_the_same_bytes(tmp_path, empty):
    code = (
        "import sys, json, pathlib; from shuangbei import paths, pictures\n"
        "paths.CACHE = pathlib.Path(sys.argv[1])\n"
        "sys.stdout.buffer.write(pictures.svg(json.load(sys.stdin)).encode())"
    )
    import json

    own = {**os.environ, "PYTHONPATH": str(paths.ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "theirs")],
        env=own,
        input=json.dumps(spec()).encode(),
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode() == pictures.svg(spec())


def test_chinese_stays_text(empty):
    drawn = pictures.svg(spec())
    assert all(f">{word}<" in drawn for word in ("渝中区", "万州区", "家数"))


def test_a_label_takes_the_room_that_its_characters_need(empty):
    """Without the font every label would measure nothing, and the plot would cover it."""

    def room(label: str) -> float:
        data = pd.DataFrame({"x": [1], "y": [label]})
        bars = alt.Chart(data).mark_bar().encode(alt.X("x:Q", title=None), alt.Y("y:N", title=None))
        drawn = pictures.svg(bars.properties(width=200).to_dict())
        return float(re.search(r'width="([\d.]+)"', drawn)[1])

    assert room("渝中区渝中区") - room("渝中区") == pytest.approx(3 * 13, abs=4)


def test_the_vendored_font_is_known_before_anything_is_drawn(empty, monkeypatch):
    """A computer may have a font of its own for Chinese, which would hide that ours is not used."""
    import vl_convert

    steps = []
    monkeypatch.setattr(vl_convert, "register_font_directory", lambda f: steps.append(f))
    monkeypatch.setattr(vl_convert, "vegalite_to_svg", lambda *a, **k: steps.append("drawn") or "")
    vega._converter.cache_clear()
    try:
        pictures.svg(spec())
    finally:
        vega._converter.cache_clear()
    assert steps == [str(pictures.FONT_DIR), "drawn"]


def test_a_picture_is_drawn_once(empty, monkeypatch):
    first = pictures.svg(spec())
    monkeypatch.setattr(vega, "_converter", lambda: pytest.fail("drawn again"))
    assert pictures.svg(spec()) == first
    assert len(list((empty / "svg").iterdir())) == 1


def test_another_value_is_another_picture(empty):
    assert pictures.digest(spec(value=3)) != pictures.digest(spec(value=4))
    assert pictures.svg(spec(value=3)) != pictures.svg(spec(value=4))


def test_the_order_of_keys_makes_no_other_picture():
    one = spec()
    assert pictures.digest(one) == pictures.digest(dict(reversed(one.items())))


def test_coordinates_are_rounded_to_a_tenth_of_a_pixel(empty):
    paths_ = re.findall(r' d="([^"]+)"', pictures.svg(spec(value=3.14159)))
    assert paths_ and not [d for d in paths_ if re.search(r"\.\d\d", d)]


def test_a_specification_that_is_none_is_refused_and_not_kept(empty):
    with pytest.raises(ValueError):
        pictures.svg({"mark": "no such mark"})
    assert not list((empty / "svg").glob("*")) if (empty / "svg").exists() else True


# Pictures as PNG, and the bundle for browsers

WORD = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30">{}</svg>'
SAID = WORD.format('<text x="2" y="20" font-family="Noto Sans SC" font-size="18">渝中</text>')


@pytest.fixture
def unseen():
    """Forget that text was seen to leave a trace, before and after."""
    vega._see_ink.cache_clear()
    yield
    vega._see_ink.cache_clear()


def test_the_same_picture_gives_the_same_png_when_drawn_again(tmp_path, monkeypatch):
    drawn = []
    for name in ("one", "two"):
        monkeypatch.setattr(paths, "CACHE", tmp_path / name)
        drawn.append(pictures.png(pictures.svg(spec())))
    assert drawn[0] == drawn[1] and drawn[0].startswith(b"\x89PNG")


def test_a_png_is_as_large_as_its_scale_says(empty):
    width, height = struct.unpack_from(">II", pictures.png(SAID, 2), 16)
    assert (width, height) == (120, 60)


def test_packing_a_png_changes_no_pixel(empty):
    loose = vega._converter().svg_to_png(SAID, scale=2)
    packed = vega._packed(loose)
    assert len(packed) < len(loose)
    assert vega._packed(packed) == packed
    assert pixels(packed) == pixels(loose)


def pixels(png: bytes) -> bytes:
    data, place = b"", 8
    while place < len(png):
        length, kind = struct.unpack_from(">I4s", png, place)
        body = png[place + 8 : place + 8 + length]
        assert struct.unpack_from(">I", png, place + 8 + length)[0] == zlib.crc32(kind + body)
        data += body if kind == b"IDAT" else b""
        place += length + 12
    return zlib.decompress(data)


def test_text_of_the_vendored_font_leaves_ink(empty, unseen):
    assert pixels(pictures.png(SAID)) != pixels(pictures.png(WORD.format("")))


def test_a_build_without_a_font_stops(empty, unseen, monkeypatch):
    """As where the font is missing: every text is dropped, and nothing says so."""
    true = vega._converter()

    class Deaf:
        def svg_to_png(self, svg, **more):
            return true.svg_to_png(re.sub(r"<text.*?</text>", "", svg), **more)

    monkeypatch.setattr(vega, "_converter", Deaf)
    with pytest.raises(pictures.NoInk, match="fonts"):
        pictures.png(SAID)
    assert not list(empty.glob("png/*"))


def test_a_png_is_drawn_once(empty, monkeypatch):
    first = pictures.png(SAID)
    monkeypatch.setattr(vega, "_converter", lambda: pytest.fail("drawn again"))
    assert pictures.png(SAID) == first


def test_the_bundle_is_kept_and_names_what_figures_call(empty, monkeypatch):
    made = pictures.bundle()
    assert b"window.drawChart=" in made
    for banned in (b"http://cdn", b"https://cdn", b"jsdelivr", b"unpkg"):
        assert banned not in made
    monkeypatch.setattr(vega, "_converter", lambda: pytest.fail("made again"))
    assert pictures.bundle() == made


def test_pictures_name_their_font_once_and_say_nothing_inside(empty):
    drawn = pictures.svg(charts_spec())
    assert drawn.count("font-family") == 1
    assert "aria-" not in drawn and " role=" not in drawn and " style=" not in drawn


def charts_spec() -> dict:
    data = pd.DataFrame({"x": ["渝中区"], "y": [3]})
    return alt.Chart(data).mark_bar(tooltip=True).encode(x="x:N", y="y:Q").to_dict()


# The vendored font


def texts_of_charts() -> dict[str, set[str]]:
    """Every text of the data and of the package that a chart may draw, by where it stands."""
    found = {}
    folder = paths.data_dir()
    for path in sorted(folder.rglob("*.csv")):
        frame = load.table(path.relative_to(folder).with_suffix("").as_posix())
        for column in frame.columns:
            if column.startswith(("name", "short", "note", "reading")) or column == "publisher":
                found[f"{path.name} {column}"] = set("".join(frame[column]))
    found["wording"] = set("".join(word for pair in language._WORDS.values() for word in pair))
    found["signs"] = set("".join(word for pair in numbers._SIGNS.values() for word in pair))
    found["numbers"] = set(f"0123456789,.%+—–{words.MINUS}")
    return found


@pytest.mark.parametrize("place", texts_of_charts())
def test_the_vendored_font_draws_every_character_of(place):
    assert texts_of_charts()[place] - drawable(FONT) == set()


def test_the_font_is_known_to_have_no_glyph_for_everything():
    assert "渝" in drawable(FONT) and "A" in drawable(FONT)
    assert not {"\U0001f600", "\u0e01", "\ue000"} & drawable(FONT)


def test_the_theme_asks_for_the_vendored_font_first():
    assert charts.FONT.startswith('"Noto Sans SC"')
    assert "Noto Sans SC".encode("utf-16-be") in FONT.read_bytes()


def test_a_picture_is_the_same_whatever_the_process_drew_before(tmp_path, monkeypatch):
    outline = {"type": "Polygon", "coordinates": [[[0, 0], [9, 0], [9, 9], [0, 0]]]}
    shape = alt.Chart(alt.Data(values=[{"type": "Feature", "properties": {}, "geometry": outline}]))
    clipped = shape.project("identity").mark_geoshape(clip=True).properties(width=20, height=20).to_dict()
    drawn = []
    for name in ("one", "two"):
        monkeypatch.setattr(paths, "CACHE", tmp_path / name)
        drawn.append(pictures.svg(clipped))
    assert 'clip-path="url(#clip1)"' in drawn[0]
    assert drawn[0] == drawn[1]
