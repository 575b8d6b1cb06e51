"""Two lists of people: who is one person, for what reasons, and what no reason can make one."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence

import duckdb
import pytest

from qingfeng.screening.errors import ScreeningError
from qingfeng.screening.matching import PERSON, link
from qingfeng.screening.matching.explaining import explain
from qingfeng.screening.matching.linking import Links
from qingfeng.screening.matching.preparing import insert, prepare
from qingfeng.screening.matching.sounds import name_sound
from qingfeng.screening.matching.splink_weights import learn_with_splink
from qingfeng.screening.matching.variants import fold

COLUMNS = ("rec", "id_no", "name", "birth_date", "sex", "address", "village", "phone")
Row = tuple[str, str, str, str, str, str, str]


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute("SET threads = 1")
        yield opened


def lay(connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[Row]) -> None:
    connection.execute(f"CREATE TABLE {name} ({', '.join(f'{column} VARCHAR' for column in COLUMNS)})")
    insert(
        connection, name, [(str(place), *(cell or None for cell in row)) for place, row in enumerate(rows, 1)]
    )


def linked(
    connection: duckdb.DuckDBPyConnection, left: Sequence[Row], right: Sequence[Row]
) -> tuple[Links, set[tuple[str, str]]]:
    """By hand-set weights: these lists are too short to learn from."""
    lay(connection, "a", left)
    lay(connection, "b", right)
    links = link(connection, "a", "b", learn=None)
    return links, set(connection.execute("SELECT left_rec, right_rec FROM links").fetchall())


JIA: Row = (
    "990101195003021231",
    "张建国",
    "1950-03-02",
    "男",
    "清河区石桥村3组12号",
    "石桥村",
    "13900000001",
)
CROWD: list[Row] = [
    ("", f"{surname}{one}{two}", f"19{year}-0{1 + year % 9}-1{year % 9}", "女", "", "", "")
    for year, (surname, one, two) in enumerate(
        zip("赵钱孙李周吴郑王冯陈", "一二三四五六七八九十", "甲乙丙丁戊己庚辛壬癸", strict=True), 50
    )
]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (("", "張建國", "1950-03-02", "男", "", "", ""), "姓名相同"),
        (("", "章建国", "1950-03-02", "男", "", "", ""), "姓名读音相同"),
        (("", "张国建", "1950-03-02", "", "", "石桥村委会", ""), "姓名字序不同"),
        (("", "张建华", "1950-03-02", "男", "石桥村3组12号", "石桥村", ""), "姓名一字不同"),
        (("", "张建", "1950-03-02", "男", "", "", "13900000001"), "姓名多一字或少一字"),
        (("", "张建国", "1950-02-03", "男", "", "石桥村", ""), "出生日期月日互换"),
        (("", "张建国", "1950-03-20", "男", "", "石桥村", ""), "相邻两位互换"),
        (("", "张建国", "1950-04-18", "男", "", "石桥村", "13900000001"), "农历与公历"),
        (("", "张建国", "1950-01-01", "男", "3组12号", "", ""), "一处只写到年"),
        (("990101195003021239", "张建国", "", "", "", "", ""), "身份证号相同"),
        (("990101500302123", "张建国", "", "", "", "", ""), "身份证号相同"),
        (("990101195003021321", "张建国", "", "", "", "", ""), "身份证号一位不同或相邻两位互换"),
    ],
)
def test_a_person_is_found_again(connection: duckdb.DuckDBPyConnection, other: Row, why: str) -> None:
    links, found = linked(connection, [JIA, *CROWD], [other, *CROWD[:3]])
    assert ("1", "1") in found
    told = next(one for one in explain(connection, links, ["1"]))
    assert why in str(told)
    assert told.keys


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(("", "张建国", "", "", "", "", ""), id="a name alone"),
        pytest.param(("", "张建国", "1971-11-20", "男", "", "青林村", ""), id="a namesake"),
        pytest.param(
            (
                "990101197305064441",
                "张建芳",
                "1973-05-06",
                "女",
                "清河区石桥村3组12号",
                "石桥村",
                "13900000001",
            ),
            id="a daughter",
        ),
        pytest.param(
            ("990101195003027896", "张卫国", "1950-03-02", "男", "", "青林村", ""), id="born on the same day"
        ),
    ],
)
def test_others_stay_others(connection: duckdb.DuckDBPyConnection, other: Row) -> None:
    _, found = linked(connection, [JIA, *CROWD], [other, *CROWD[:3]])
    assert ("1", "1") not in found


def test_one_to_one_takes_the_better_of_two(connection: duckdb.DuckDBPyConnection) -> None:
    near: Row = ("", "张建国", "1950-03-02", "男", "", "石桥村", "")
    better: Row = ("990101195003021231", "张建国", "1950-03-02", "男", "", "", "")
    _, found = linked(connection, [JIA, *CROWD], [near, better])
    assert ("1", "2") in found
    assert ("1", "1") not in found


def test_a_list_is_linked_with_itself(connection: duckdb.DuckDBPyConnection) -> None:
    lay(connection, "one", [JIA, ("", "張建國", "1950-03-02", "男", "", "石桥村", ""), *CROWD])
    link(connection, "one", learn=None)
    assert connection.execute("SELECT left_rec, right_rec FROM links").fetchall() == [("1", "2")]


def test_the_same_lists_give_the_same_links(connection: duckdb.DuckDBPyConnection) -> None:
    lay(connection, "a", [JIA, *CROWD])
    lay(connection, "b", [*CROWD, JIA])
    first = link(connection, "a", "b")
    before = connection.execute("SELECT left_rec, right_rec, bits FROM links ORDER BY ALL").fetchall()
    again = link(connection, "a", "b")
    assert connection.execute("SELECT left_rec, right_rec, bits FROM links ORDER BY ALL").fetchall() == before
    assert first.weights == again.weights


def test_only_columns_of_both_lists_are_compared(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "CREATE TABLE a AS SELECT 1 AS rec, '张建国' AS name, '1950-03-02' AS birth_date, '139' AS phone"
    )
    connection.execute("CREATE TABLE b AS SELECT 9 AS rec, '张建国' AS name, '1950-03-02' AS birth_date")
    links = link(connection, "a", "b", learn=None)
    assert [field.column for field in links.model.fields] == ["name", "birth_date"]
    assert connection.execute("SELECT left_rec, right_rec FROM links").fetchall() == [("1", "9")]


def test_a_block_beyond_the_bound_is_left_out_and_told(connection: duckdb.DuckDBPyConnection) -> None:
    many: list[Row] = [("", "王伟", "1970-01-01", "男", "", "", f"139{place:08d}") for place in range(30)]
    lay(connection, "one", many)
    links = link(connection, "one", learn=None, largest_block=100)
    left_out = {key.title: key.records_left_out for key in links.keys}
    assert left_out["姓名＋出生日期"] == 30
    assert links.compared < 100


def test_every_field_has_a_title_and_every_key_known_columns() -> None:
    columns = {field.column for field in PERSON.fields}
    assert all(field.title for field in PERSON.fields)
    assert all(set(key.columns) <= columns for key in PERSON.keys)
    assert len(PERSON.keys) <= 32


def test_sounds_fold_what_dialects_do_not_tell_apart() -> None:
    assert name_sound("曾宁") == name_sound("增林")
    assert name_sound("单雄") == name_sound("山雄")


def test_variants_fold_to_one_character() -> None:
    assert fold("閻峯喆") == fold("闫峰哲")


def test_splink_missing_is_told_with_what_to_install(connection: duckdb.DuckDBPyConnection) -> None:
    if importlib.util.find_spec("splink"):
        pytest.skip("Splink is installed here; bench/screening_linkage.py runs it")
    lay(connection, "a", [JIA])
    with pytest.raises(ScreeningError, match=r"qingfeng\[match\]"):
        link(connection, "a", learn=learn_with_splink)


def test_what_is_written_the_usual_way_is_made_ready_as_what_is_not() -> None:
    usual = ("990101199002031234", "1990-02-03", "13900000001", "清河区石桥村4组12号")
    unusual = ("９９０１０１ 19900203 1234", "1990/02/03", "139-0000-0001", "清河区 石桥村４组，12号")
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE people (rec VARCHAR, id_no VARCHAR, birth_date VARCHAR, phone VARCHAR, address VARCHAR)"
        )
        for number, written in enumerate((usual, unusual)):
            connection.execute("INSERT INTO people VALUES (?, ?, ?, ?, ?)", [str(number), *written])
        prepare(connection, PERSON, "people", None)
        ready = connection.execute("SELECT * EXCLUDE (rid, rec) FROM lk_records").fetchall()
        names = [name for name, *_ in connection.description]
    told = dict(zip(names, ready[0], strict=True))
    assert ready[0] == ready[1]
    assert (told["birth_date"], told["address"], told["address_numbers"]) == (
        "19900203",
        "石桥村4组12号",
        "4-12",
    )
