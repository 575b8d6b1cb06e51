"""A batch comes back as it was sent, with advice beside each row."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
import python_calamine as calamine
import xlsxwriter

from qingfeng.screening.batch import BatchReport, check
from qingfeng.screening.cleaning.ids import check_digit
from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.errors import BadData
from qingfeng.screening.store import from_rows

KEYS = Keys(b"a key for tests only, not for data")
AS_OF = datetime.date(2026, 7, 31)


def number(body: str) -> str:
    return body + check_digit(body)


JIA, YI, BING, DING = (
    number(body)
    for body in ("99010119500302123", "99010119610817451", "99010119721104332", "99010119830905117")
)
LOADED = {
    "deaths": [{"id_no": JIA, "name": "张建国", "death_date": "2026-01-02", "village": "石桥村"}],
    "payroll": [
        {"id_no": YI, "name": "李秀兰", "unit": "清河中学", "month": "2026-06", "pay_amount": "5000"}
    ],
    "household_register": [
        {"id_no": JIA, "name": "张建国", "village": "石桥村"},
        {"id_no": BING, "name": "王伟", "village": "青林村", "household_no": "H3"},
    ],
    "payments": [
        {
            "id_no": DING,
            "name": "赵敏",
            "benefit": "农村低保",
            "period": "2026-07",
            "pay_date": "2026-07-05",
            "amount": "600",
            "source_file": "七月.xlsx",
        }
    ],
}


@dataclass
class Loaded:
    """A store laid out by hand."""

    path: Path

    @property
    def tables(self) -> dict[str, int]:
        return {name: len(rows) for name, rows in LOADED.items()}

    def table_path(self, name: str) -> Path:
        return self.path / f"{name}.parquet"

    def relation(self, name: str, *, ingested: bool = False) -> str:
        return f"read_parquet('{self.path / name}.parquet')"

    def connect(self, *, memory_limit: str = "2GB", threads: int | None = None) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect()
        for name in LOADED:
            connection.execute(f"CREATE VIEW {name} AS SELECT * FROM {self.relation(name)}")
        return connection


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    path = tmp_path_factory.mktemp("store")
    with duckdb.connect() as connection:
        from_rows(connection, LOADED, KEYS)
        for name in LOADED:
            connection.execute(f"COPY {name} TO '{path / name}.parquet' (FORMAT parquet)")
    return Loaded(path)


ROWS: list[list[Any]] = [
    ["清河区七月低保发放名单"],
    ["序号", "姓名", "身份证号码", "村名", "项目名称", "发放金额", "备注"],
    [1, "张建国", JIA, "石桥村", "农村低保", 600, ""],
    [2, "李秀兰", YI, "石桥村", "农村低保", 600, "照旧"],
    [3, "王伟", BING, "青林村", "农村低保", 600.5, ""],
    [4, "张建国", JIA[:16] + "9" + JIA[17:], "石桥村", "农村低保", 600, ""],
    [5, "欧阳若水", "", "石桥村", "农村低保", 600, ""],
    [6, "赵敏", DING, "石桥村", "农村低保", "六百元左右", ""],
    ["合计", "", "", "", "", 3600.5, ""],
]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("batch") / "八月.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for title, rows in (("名单", ROWS), ("填表说明", [["请按月报送", datetime.date(2026, 7, 1)]])):
            page = book.add_worksheet(title)
            for place, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, datetime.date):
                        page.write_datetime(
                            place, column, cell, book.add_format({"num_format": "yyyy-mm-dd"})
                        )
                    else:
                        page.write(place, column, cell)
    return path


@pytest.fixture(scope="module")
def came_back(
    sent: Path, loaded: Loaded, tmp_path_factory: pytest.TempPathFactory
) -> tuple[BatchReport, Path]:
    out = tmp_path_factory.mktemp("out") / "核查.xlsx"
    return check(sent, loaded, out, keys=KEYS, as_of=AS_OF), out


def rows_of(path: Path, sheet: str = "名单") -> list[list[Any]]:
    return calamine.load_workbook(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def row(came_back: tuple[BatchReport, Path], number: int) -> tuple[str, str, str]:
    advice, doubt, verify = rows_of(came_back[1])[number - 1][7:10]
    return advice, doubt, verify


def test_the_workbook_keeps_its_sheets_columns_and_order(
    came_back: tuple[BatchReport, Path], sent: Path
) -> None:
    book = calamine.load_workbook(came_back[1])
    assert book.sheet_names == ["名单", "填表说明", "核查说明"]
    assert [line[:7] for line in rows_of(came_back[1])] == [line[:7] for line in rows_of(sent)]
    assert rows_of(came_back[1], "填表说明") == rows_of(sent, "填表说明")
    assert rows_of(came_back[1])[1][7:] == ["建议", "疑点", "核实什么"]


def test_a_dead_person_is_verified_first_with_the_record_that_says_so(
    came_back: tuple[BatchReport, Path],
) -> None:
    advice, doubt, verify = row(came_back, 3)
    assert advice == "先核实"
    assert "死亡后仍在发放（A01）" in doubt
    assert "死亡日期2026-01-02" in doubt
    assert "死亡人员 deaths.csv第2行" in doubt
    assert "家属" in verify


def test_the_last_payroll_stands_for_the_month_that_has_none_yet(came_back: tuple[BatchReport, Path]) -> None:
    advice, doubt, _ = row(came_back, 4)
    assert advice == "先核实"
    assert "财政供养人员领取困难补贴（A03）" in doubt
    assert "清河中学" in doubt


def test_a_row_about_which_nothing_is_known_may_be_paid(came_back: tuple[BatchReport, Path]) -> None:
    assert row(came_back, 5) == ("可付", "", "")


def test_a_slip_in_the_number_is_told_and_the_person_behind_it_checked(
    came_back: tuple[BatchReport, Path],
) -> None:
    advice, doubt, verify = row(came_back, 6)
    assert advice == "先核实"
    assert doubt.startswith("①身份证号：")
    assert "证号只差一处" in doubt
    assert "死亡后仍在发放" in doubt
    assert "核对身份证原件" in verify


def test_a_missing_number_asks_who_it_is_and_matches_nobody_by_name(
    came_back: tuple[BatchReport, Path],
) -> None:
    advice, doubt, _ = row(came_back, 7)
    assert (advice, doubt) == ("身份待确认", "没有身份证号，身份未确认")


def test_a_cell_that_cannot_be_read_keeps_its_place_with_the_reason(
    came_back: tuple[BatchReport, Path],
) -> None:
    advice, doubt, _ = row(came_back, 8)
    assert advice == "先核实"
    assert "金额读不出：" in doubt


def test_totals_get_no_advice(came_back: tuple[BatchReport, Path]) -> None:
    assert row(came_back, 9) == ("", "", "")


def test_the_last_sheet_says_what_was_not_looked_at(came_back: tuple[BatchReport, Path]) -> None:
    report, out = came_back
    told = str(rows_of(out, "核查说明"))
    assert "A01 死亡后仍在发放" in told
    assert "A06 有超标准车辆仍领取困难补贴：缺少表：机动车登记" in told
    assert any("缺少列：惠民惠农补贴发放“银行账号”" in why for why in report.skipped.values())
    assert report.rows == 6
    assert sum(report.advice.values()) == 6


def test_it_never_writes_over_the_batch(sent: Path, loaded: Loaded) -> None:
    with pytest.raises(BadData, match="不能写到原文件上"):
        check(sent, loaded, sent, keys=KEYS, as_of=AS_OF)


def test_a_file_without_a_list_is_refused_in_one_sentence(tmp_path: Path, loaded: Loaded) -> None:
    path = tmp_path / "通知.csv"
    path.write_text("关于报送的通知\n请各镇街报送\n", encoding="utf-8")
    with pytest.raises(BadData, match="没有认出发放名单"):
        check(path, loaded, tmp_path / "x.xlsx", keys=KEYS, as_of=AS_OF)


def test_a_list_that_no_rule_can_look_at_is_not_said_to_be_payable(tmp_path: Path, loaded: Loaded) -> None:
    path, out = tmp_path / "名单.csv", tmp_path / "核查.xlsx"
    path.write_text(f"姓名,身份证号,村\n王伟,{BING},青林村\n", encoding="utf-8")
    report = check(path, loaded, out, keys=KEYS, as_of=AS_OF)
    assert report.rules == () and "缺少列：惠民惠农补贴发放“金额”" in str(report.skipped)
    assert rows_of(out)[1][3:5] == ["先核实", "没有一条规则查得了这份名单，原因见“核查说明”"]


def test_a_dead_person_is_found_also_where_the_benefit_is_not_known(tmp_path: Path, loaded: Loaded) -> None:
    path, out = tmp_path / "名单.csv", tmp_path / "核查.xlsx"
    path.write_text(f"姓名,身份证号,金额\n张建国,{JIA},600\n", encoding="utf-8")
    check(path, loaded, out, keys=KEYS, as_of=AS_OF)
    advice, doubt = rows_of(out)[1][3:5]
    assert advice == "先核实" and "死亡后仍在发放（A01）" in doubt
