"""Holiday tables come from files, and bad files are refused with one Chinese sentence."""

from datetime import date
from pathlib import Path

import pytest

from qingfeng.calendars import TableInvalid, load_folder, load_table

JSON = '{"year": 2061, "holidays": ["2061-01-03"], "workdays": ["2061-01-08"], "source": "试例"}'


def test_json_and_csv_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(JSON, encoding="utf-8")
    (tmp_path / "b.csv").write_text("日期,类别\n2061-01-03,休\n2061-01-08,班\n", encoding="utf-8-sig")
    one, two = load_table(tmp_path / "a.json"), load_table(tmp_path / "b.csv")
    assert (one.year, one.holidays, one.workdays) == (two.year, two.holidays, two.workdays)
    assert one.holidays == {date(2061, 1, 3)}
    assert one.source == "试例"


def test_a_folder_gives_all_its_tables_and_a_missing_one_none(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(JSON, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("不是表", encoding="utf-8")
    assert [table.year for table in load_folder(tmp_path)] == [2061]
    assert load_folder(tmp_path / "none") == ()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.json", "{", "第1行不是正确的JSON"),
        ("a.json", '{"holidays": []}', "缺少年份"),
        ("a.json", '{"year": 2061, "holidays": ["2061-02-30"]}', "2061-02-30.*不是日期"),
        ("a.json", '{"year": 2061, "holidays": "2061-01-03"}', "应是一列日期"),
        ("a.json", '{"year": 2061, "holidays": []}', "没有一天放假"),
        ("a.json", '{"year": 2061, "holidays": ["2055-01-01"]}', "不属于2061年"),
        ("a.json", '{"year": 2061, "holidays": ["2061-01-03"], "x": 1}', "不认识的项目“x”"),
        (
            "a.json",
            '{"year": 2061, "holidays": ["2061-01-03"], "workdays": ["2061-01-03"]}',
            "既列为放假又列为上班",
        ),
        ("a.csv", "2061-01-03,也许", "第1行没有写明休或班"),
        ("a.csv", "日期,类别\n", "没有日期"),
        ("a.txt", "2061-01-03", "不是JSON或CSV"),
    ],
)
def test_a_bad_table_is_refused_with_place_and_remedy(
    tmp_path: Path, name: str, content: str, says: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(TableInvalid, match=says):
        load_table(tmp_path / name)


def test_a_missing_or_unreadable_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableInvalid, match="没有找到文件“none.json”"):
        load_table(tmp_path / "none.json")
    (tmp_path / "b.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TableInvalid, match="UTF-8"):
        load_table(tmp_path / "b.csv")
