"""What Excel does to the bytes of a file is taken back, and nothing else is touched."""

from __future__ import annotations

from shuangbei.check.files import tidy

CLEAN = "a,b\n1,“二”\n".encode()


def test_what_excel_adds_is_taken_back_and_no_cell_changes(tmp_path):
    (tmp_path / "observations").mkdir()
    saved = tmp_path / "observations" / "contracts.csv"
    saved.write_bytes(b"\xef\xbb\xbf" + CLEAN.replace(b"\n", b"\r\n"))
    (tmp_path / "units.csv").write_bytes(CLEAN)
    assert tidy(tmp_path) == ["observations/contracts.csv"]
    assert saved.read_bytes() == CLEAN
    assert tidy(tmp_path) == []
    assert sorted(p.name for p in tmp_path.rglob("*.csv")) == ["contracts.csv", "units.csv"]


def test_another_encoding_is_left_for_the_check_to_name(tmp_path):
    content = "名称\n数\n".encode("gbk")
    (tmp_path / "x.csv").write_bytes(content)
    assert tidy(tmp_path) == []
    assert (tmp_path / "x.csv").read_bytes() == content
