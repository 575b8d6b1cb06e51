"""A folder of files as offices send them: what is loaded, what is set aside, what is refused, what is asked."""

from __future__ import annotations

import json
import stat
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
import xlsxwriter
import yaml

from qingfeng.screening.cleaning import codes, ids
from qingfeng.screening.cleaning.keys import Keys
from qingfeng.screening.errors import BadData
from qingfeng.screening.reading import recoding, text_files
from qingfeng.screening.store import Store, check, from_rows, ingest, stored

KEYS = Keys(b"a made-up key of enough length")
FIRST17 = "99010119400302001"
ID = FIRST17 + ids.check_digit(FIRST17)
CODE17 = "91990101MA0000001"
CODE = CODE17 + codes.check_character(CODE17)
HEAD = "补贴项目,姓名,身份证号,发放日期,金额"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


def load(data: Path, **given: Any) -> Store:
    return ingest(data, data.parent / "store", keys=KEYS, memory_limit="500MB", threads=1, **given)


def rows(store: Store, table: str, columns: str) -> list[tuple[Any, ...]]:
    return (
        store.connect(memory_limit="500MB")
        .execute(f'SELECT {columns} FROM "{table}" ORDER BY rec')
        .fetchall()
    )


def lines(store: Store) -> dict[str, dict[str, Any]]:
    return {line["file"]: line for line in store.report}


def book(
    path: Path,
    cells: list[list[Any]],
    merged: list[tuple[int, int, int, int, Any]] = (),
    sheet: str = "Sheet1",
) -> None:  # type: ignore[assignment]
    made = xlsxwriter.Workbook(path)
    page = made.add_worksheet(sheet)
    for number, row in enumerate(cells):
        for place, cell in enumerate(row):
            if cell is not None:
                page.write(number, place, cell)
    for top, left, bottom, right, value in merged:
        page.merge_range(top, left, bottom, right, value)
    made.close()


DIRTY = f"""\
清河区补贴发放明细,,,,
单位：万元,,,,
{HEAD}
低保,张 三,{ID},2026年3月10日,0.06
低保,李四,990101400302001,20260311,"0.12"
低保,王五,3.30102E+17,2026-03-12,300元
,,,,
合计,,,,0.21
{HEAD}
低保,赵六,,2026年2月30日,0.05
制表人：某某,,,,
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_a_csv_is_read_in_any_encoding_with_any_separator(data: Path, encoding: str, mark: str) -> None:
    (data / "低保.csv").write_bytes(DIRTY.replace(",", mark).encode(encoding))
    store = load(data)
    assert rows(store, "payments", "source_row, name, person_key, person_tier, pay_date, amount") == [
        (4, "张*", KEYS.person(ID), 1, date(2026, 3, 10), 60000),
        (5, "李*", KEYS.person(ids.from_15("990101400302001")), 2, date(2026, 3, 11), 120000),
        (6, "王*", None, None, date(2026, 3, 12), 30000),
    ]
    line = lines(store)["低保.csv"]
    assert [(one["reason"], one["examples"]) for one in line["refused"]] == [("发放日期：日期不存在", [10])]
    assert [one["examples"] for one in line["set_aside"]] == [[8], [11], [9]]
    assert "浮点数" in line["warnings"][0]["reason"] and line["warnings"][0]["examples"] == [6]
    assert line["rows_read"] == line["rows_loaded"] + 1 + 3


def test_rows_from_files_and_rows_at_hand_are_cleaned_alike(data: Path) -> None:
    written = {"benefit": "低保（农村）", "name": "張 三", "id_no": ID, "pay_date": "2026/3/1", "amount": "1,234.5", "account": "6228 4800 1234 5678 901", "address": "石桥村１２号", "proxy": "是", "period": "202603", "area": "3.5亩"}  # fmt: skip
    titles = "补贴项目,姓名,身份证号,发放日期,金额,银行账号,地址,代领手续,所属月份,补贴面积"
    (data / "补贴.csv").write_text(
        titles + "\n" + ",".join(f'"{value}"' for value in written.values()) + "\n"
    )
    connection = duckdb.connect()
    assert from_rows(connection, {"payments": [written]}, KEYS) == []
    compared = "* EXCLUDE (rec, source_file, source_sheet, source_row)"
    assert (
        rows(load(data), "payments", compared)
        == connection.execute(f"SELECT {compared} FROM payments").fetchall()
    )


def test_a_workbook_with_title_two_header_lines_and_merged_cells(data: Path) -> None:
    head = [
        ["惠民惠农补贴发放表"],
        ["序号", "村社区", "人员信息", None, "发放", None],
        [None, None, "姓名", "身份证号", "日期", "金额（元）"],
    ]
    body = [[1, "石桥村", "张三", ID, "2026-03-01", 600.5], [2, None, "李四", None, "2026-03-01", 700]]
    head[0] += ["补贴项目：低保"]
    head[1].append("补贴项目")
    head[2].append(None)
    for row in body:
        row.append("低保")
    head[2][4] = "发放日期"
    book(data / "补贴.xlsx", head + body, merged=[(3, 1, 4, 1, "石桥村")])
    store = load(data)
    assert rows(store, "payments", "source_row, source_sheet, village, amount, pay_date") == [
        (4, "Sheet1", "石桥村", 60050, date(2026, 3, 1)),
        (5, "Sheet1", "石桥村", 70000, date(2026, 3, 1)),
    ]


def test_formula_errors_and_formulas_without_value_are_named(data: Path) -> None:
    made = xlsxwriter.Workbook(data / "补贴.xlsx")
    page = made.add_worksheet()
    page.write_row(0, 0, HEAD.split(","))
    for number in (1, 2, 3):
        page.write_row(number, 0, ["低保", "张三", ID, "2026-03-01"])
    page.write_formula(1, 4, "=300*2", None, 600)
    page.write_formula(2, 4, "=1/0", None, "#DIV/0!")
    page.write_formula(3, 4, "=SUM(A1)", None, "")
    made.close()
    store = load(data)
    assert rows(store, "payments", "source_row, amount") == [(2, 60000)]
    assert any(
        "#DIV/0!" in one["reason"] and one["examples"] == [3] for one in lines(store)["补贴.xlsx"]["refused"]
    )
    assert sum(one["rows"] for one in lines(store)["补贴.xlsx"]["refused"]) == 2


def test_rows_of_unequal_length_are_not_shifted(data: Path) -> None:
    (data / "低保.csv").write_text(
        f"{HEAD}\n低保,张三,{ID},2026-03-01,600\n\n低保,李四,,2026-03-01\n低保,王五,,2026-03-01,1,200\n"
    )
    store = load(data)
    assert rows(store, "payments", "source_row") == [(2,)]
    reasons = {one["reason"]: one["examples"] for one in lines(store)["低保.csv"]["refused"]}
    assert reasons.pop("金额：没有填") == [4]
    assert list(reasons.values()) == [[5]] and "格数多于表头" in next(iter(reasons))


def test_equal_rows_are_one_record_only_when_their_number_repeats_too(data: Path) -> None:
    row = f"低保,张三,{ID},2026-03-01,600"
    (data / "无号低保.csv").write_text(f"{HEAD}\n{row}\n{row}\n")
    (data / "有号低保.csv").write_text(f"流水号,{HEAD}\nL1,{row}\nL1,{row}\nL2,{row}\n")
    store = load(data)
    assert store.tables == {"payments": 4}
    assert "均已载入" in lines(store)["无号低保.csv"]["warnings"][0]["reason"]
    assert lines(store)["有号低保.csv"]["set_aside"][0]["examples"] == [3]


def test_the_same_file_twice_is_loaded_once(data: Path) -> None:
    for name in ("低保.csv", "低保 - 副本.csv"):
        (data / name).write_text(f"{HEAD}\n低保,张三,{ID},2026-03-01,600\n")
    store = load(data)
    assert store.tables == {"payments": 1}
    assert sorted(line["status"] for line in store.report) == ["duplicate", "loaded"]


def test_an_unsure_header_is_asked_about_once_and_the_answer_kept(data: Path) -> None:
    heads = "补贴项目,代办者,发放日期,金额"
    (data / "补贴三月.csv").write_text(f"{heads}\n低保,张三,2026-03-01,600\n低保,李四,2026-03-02,500\n")
    store = load(data)
    assert store.tables == {} and lines(store)["补贴三月.csv"]["status"] == "asked"
    assert "待确认列名对应" in lines(store)["补贴三月.csv"]["why"]
    mapping = answered(data, 代办者="姓名")
    (data / "补贴四月.csv").write_text(f"{heads}\n低保,张三,2026-04-01,700\n")
    store = load(data)
    assert rows(store, "payments", "amount") == [(60000,), (50000,), (70000,)]
    assert yaml.safe_load((data / "mapping.yaml").read_text()) == mapping


def answered(data: Path, **columns: str | None) -> list[dict[str, Any]]:
    """The one question of mapping.yaml, answered and confirmed."""
    mapping = yaml.safe_load((data / "mapping.yaml").read_text())
    mapping[0]["列"] |= columns
    mapping[0]["标准表"], mapping[0]["已确认"] = "payments", "是"
    (data / "mapping.yaml").write_text(yaml.safe_dump(mapping, allow_unicode=True))
    return mapping


def test_a_sheet_without_one_column_is_loaded_and_asked_about_meanwhile(data: Path) -> None:
    (data / "补贴.csv").write_text(
        f"补贴项目,姓名,身份证号,发放日期,核定标准\n低保,张三,{ID},2026-03-01,600\n"
    )
    store = load(data)
    assert rows(store, "payments", "name, pay_date, amount") == [("张*", date(2026, 3, 1), None)]
    line = lines(store)["补贴.csv"]
    assert line["status"] == "loaded" and line["doubts"] == ["没有“金额”这一列，是哪一列？"]
    assert "靠这一列判断的规则不查这张表" in line["why"]
    answered(data, 核定标准="amount")
    assert rows(load(data), "payments", "amount") == [(60000,)]
    answered(data, 核定标准=None)
    store = load(data)
    assert rows(store, "payments", "amount") == [(None,)] and lines(store)["补贴.csv"]["doubts"] == []
    assert lines(store)["补贴.csv"]["why"] == "没有“金额”，靠这一列判断的规则不查这张表"


def test_a_monthly_list_without_days_is_dated_by_the_first_of_its_month(data: Path) -> None:
    (data / "农村低保.csv").write_text(
        f"补贴项目,姓名,身份证号,发放月份,金额\n低保,张三,{ID},2026年3月,600\n低保,张三,{ID},,600\n"
    )
    store = load(data)
    assert rows(store, "payments", "pay_date, period") == [(date(2026, 3, 1), date(2026, 3, 1)), (None, None)]
    assert "没有“发放日期”这一列，各行凭“所属月份”认" in lines(store)["农村低保.csv"]["why"]
    assert lines(store)["农村低保.csv"]["doubts"] == []


def test_an_answer_that_does_not_say_of_whom_the_rows_are_is_refused(data: Path) -> None:
    (data / "补贴.csv").write_text("补贴项目,代办者,发放日期,金额\n低保,张三,2026-03-01,600\n")
    load(data)
    answered(data, 代办者=None)
    line = lines(load(data))["补贴.csv"]
    assert line["status"] == "unread" and "“姓名”，没有它说不清是谁" in line["why"]


def test_a_benefit_told_by_the_name_alone_stands_in_every_record_and_in_the_mapping(data: Path) -> None:
    heads = "姓名,身份证号,打卡时间,金额"
    body = f"{heads}\n张三,{ID},2026-03-01,600\n,,,\n{heads}\n合计,,,600\n李四,,2026-03-01,x\n"
    (data / "80岁以上高龄津贴.csv").write_text(body)
    store = load(data)
    assert rows(store, "payments", "source_row, benefit") == [(2, "高龄津贴")]
    line = lines(store)["80岁以上高龄津贴.csv"]
    assert line["why"].startswith("按推定读入：") and "“高龄津贴”" in line["why"]
    assert [one["examples"] for one in (*line["set_aside"], *line["refused"])] == [[5], [4], [6]]
    mapping = data / "mapping.yaml"
    told = yaml.safe_load(mapping.read_text())
    assert told[0]["常量"] == {"补贴项目": "高龄津贴"} and told[0]["已确认"] == "否"
    told[0]["常量"], told[0]["已确认"] = {"补贴项目": "长寿津贴"}, "是"
    mapping.write_text(yaml.safe_dump(told, allow_unicode=True))
    (data / "孤儿生活费.csv").write_text(f"{heads}\n王五,{ID},2026-03-01,900\n")
    assert rows(load(data), "payments", "benefit") == [("长寿津贴",), ("孤儿基本生活费",)]


def test_persons_and_firms_of_one_column_are_taken_apart(data: Path) -> None:
    heads = "合同编号,村,承租方,承租方证件号码"
    (data / "租赁合同.csv").write_text(
        f"{heads}\nH1,石桥村,张三,{ID}\nH2,石桥村,清河区恒信建筑有限公司,{CODE}\nH3,石桥村,,\n"
    )
    store = load(data)
    wanted = "contract_no, tenant_name, tenant_person_key, tenant_firm_name, tenant_firm_code"
    assert rows(store, "asset_contracts", wanted) == [
        ("H1", "张*", KEYS.person(ID), None, None),
        ("H2", None, None, "清河区恒信建筑有限公司", CODE),
        ("H3", None, None, None, None),
    ]
    assert "“承租方”里的个人作“承租人”、单位作“承租单位”" in lines(store)["租赁合同.csv"]["why"]
    assert lines(store)["租赁合同.csv"]["warnings"] == []
    told = (data / "mapping.yaml").read_text()
    (data / "mapping.yaml").write_text(told.replace("已确认: 否", "已确认: 是"))
    assert rows(load(data), "asset_contracts", "tenant_firm_code") == [(None,), (CODE,), (None,)]


def test_what_is_no_table_is_told_and_not_asked(data: Path) -> None:
    (data / "低保.csv").write_text(f"{HEAD}\n低保,张三,{ID},2026-03-01,600\n")
    (data / "签到.csv").write_text("姓名,科室,签到时间\n张三,财务科,2026-03-01 09:00\n")
    store = load(data)
    assert lines(store)["签到.csv"]["status"] == "skipped" and "没有载入" in lines(store)["签到.csv"]["why"]
    assert store.tables == {"payments": 1}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("- 文件: [", "写得不对"),
        ("- {文件: a.csv, 列: {a: nothing}, 标准表: payments, 已确认: 是}", "不是惠民惠农补贴发放的列"),
    ],
)
def test_a_broken_mapping_file_is_refused_with_its_place(data: Path, text: str, why: str) -> None:
    (data / "a.csv").write_text(f"{HEAD}\n")
    (data / "mapping.yaml").write_text(text)
    with pytest.raises(BadData, match=why):
        load(data)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("空.csv", b"", "空文件"),
        ("坏.xlsx", b"PK\x03\x04not a workbook", "不是完好的电子表格"),
        ("密.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("网页.xls", b"<html><table></table></html>", "网页"),
        ("坏.parquet", b"PAR1", "Parquet"),
        ("名单.csv", Random(1).randbytes(20_000), "不是文字"),
        ("杂.csv", f"甲,{ID}\n乙,{ID}\n丙,{ID}\n".encode(), "表头"),
    ],
)
def test_one_bad_file_is_named_and_does_not_stop_the_others(
    data: Path, name: str, content: bytes, why: str
) -> None:
    (data / name).write_bytes(content)
    (data / "低保.csv").write_text(f"{HEAD}\n低保,张三,{ID},2026-03-01,600\n")
    store = load(data)
    assert store.tables == {"payments": 1}
    assert why in lines(store)[name]["why"]


def test_a_text_file_named_xls_is_read_as_text(data: Path) -> None:
    (data / "低保.xls").write_bytes(
        f"{HEAD}\n低保,张三,{ID},2026-03-01,600\n".replace(",", "\t").encode("gb18030")
    )
    assert load(data).tables == {"payments": 1}


def test_an_empty_or_missing_folder_is_said(data: Path) -> None:
    with pytest.raises(BadData, match="没有可读的表"):
        load(data)
    with pytest.raises(BadData, match="找不到"):
        load(data / "nowhere")


def test_unchanged_files_are_not_read_again_and_removed_ones_go(data: Path) -> None:
    (data / "低保一.csv").write_text(f"{HEAD}\n低保,张三,{ID},2026-03-01,600\n")
    (data / "低保二.csv").write_text(f"{HEAD}\n低保,李四,,2026-03-01,600\n")
    first = load(data)
    (data / "低保二.csv").unlink()
    again = load(data)
    assert lines(again)["低保一.csv"]["status"] == "unchanged"
    assert again.tables == {"payments": 1} and again.manifest.next_part == first.manifest.next_part
    assert len(list(again.table_path("payments").glob("*.parquet"))) == 1


def test_an_interrupted_load_keeps_what_is_finished(data: Path) -> None:
    for name in ("低保一.csv", "低保二.csv"):
        (data / name).write_text(f"{HEAD}\n低保,{name[2]}某,{ID},2026-03-01,600\n")

    def stop(file: str, done: int, of: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(data, progress=stop)
    assert Store(data.parent / "store").tables == {"payments": 1}
    assert [line["status"] for line in load(data).report] == ["unchanged", "loaded"]


def test_a_full_disk_is_one_sentence(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (data / "低保.csv").write_text(f"{HEAD}\n低保,张三,{ID},2026-03-01,600\n")

    def full(*_: Any, **__: Any) -> None:
        raise duckdb.IOException("Could not write: No space left on device")

    monkeypatch.setattr("qingfeng.screening.store.sheets._Cleaning.write_table", full)
    with pytest.raises(BadData, match="磁盘已满"):
        load(data)


def test_a_firm_finds_its_code_whichever_file_comes_first(data: Path) -> None:
    (data / "中标.csv").write_text(
        "采购单位,中标单位,中标金额(万元),中标日期\n甲局,清河(县) 商贸有限公司,12.5,2026/3/1\n"
    )
    assert rows(load(data), "awards", "winner_key, amount") == [("n:清河县商贸有限公司", 12500000)]
    (data / "登记.csv").write_text(f"企业名称,统一社会信用代码\n清河（县）商贸有限公司,{CODE}\n")
    assert rows(load(data), "awards", "winner_key") == [(CODE,)]


def test_clear_values_lie_in_the_vault_alone(data: Path) -> None:
    bad = ID[:17] + ("1" if ID[17] != "1" else "2")
    (data / "低保.csv").write_text(
        f"{HEAD},银行账号\n低保,张三,{ID},2026-03-01,600,6228480012345678901\n低保,李四,{bad},2026-03-01,600,\n"
    )
    store = load(data)
    files = list((store.path / stored.VAULT).iterdir())
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in [*files, store.path / "refused.csv"])
    recs = [rec for (rec,) in rows(store, "payments", "rec")]
    one, other = store.reveal("payments", recs)
    assert (one["id_no"], one["name"], one["account"]) == (ID, "张三", "6228480012345678901")
    assert (other["id_no"], other["name"]) == (bad, "李四")
    for path in store.path.rglob("*"):
        if path.is_file() and path.parent.name != stored.VAULT:
            content = path.read_bytes()
            assert (
                ID.encode() not in content and bad.encode() not in content and "张三".encode() not in content
            )
    vault = store.connect(vault=True).execute('SELECT "column", value FROM vault ORDER BY ALL').fetchall()
    assert ("id_no", bad) in vault and len(vault) == 5


def test_parquet_is_read_in_source_columns_and_taken_as_it_is_in_stored_ones(data: Path) -> None:
    duckdb.sql(
        f"COPY (SELECT '低保' AS benefit, '张三' AS name, '{ID}' AS id_no, DATE '2026-03-01' AS pay_date, 600.5 AS amount) TO '{data}/payments.parquet'"
    )
    first = load(data)
    assert rows(first, "payments", "amount, name") == [(60050, "张*")]
    other = data.parent / "other"
    other.mkdir()
    (other / "payments.parquet").write_bytes(
        next(first.table_path("payments").glob("*.parquet")).read_bytes()
    )
    duckdb.sql(
        f"COPY (SELECT 7::BIGINT AS rec, DATE '2026-01-02' AS death_date, '甲*' AS name) TO '{other}/deaths.parquet'"
    )
    again = ingest(other, data.parent / "other-store", keys=KEYS)
    assert rows(again, "payments", "*") == rows(first, "payments", "*")
    assert rows(again, "deaths", "rec, death_date, person_key") == [(7, date(2026, 1, 2), None)]


def test_the_quality_of_a_load_is_said_in_sentences(data: Path) -> None:
    (data / "低保一月.csv").write_text(
        f"{HEAD}\n低保,张三,{ID},2026-03-01,600\n低保,李四,,2026-09-01,600\n低保,王五,12,2026-03-01,600\n"
    )
    load(data)
    (data / "低保二月.csv").write_text(f"{HEAD}\n低保,张三,{ID},2026-03-01,600\n低保,赵六,,2026-03-02,600\n")
    report = check(load(data), as_of=date(2026, 6, 30))
    assert {(one.kind, one.rows) for one in report.findings} == {
        ("missing_id", 2), ("bad_id", 1), ("future_date", 1), ("sent_twice", 1), ("jump", 5),
    }  # fmt: skip
    assert any("晚于 2026-06-30（如 低保一月.csv 第3行）" in line for line in report.lines())
    assert ID not in str(report.as_dict())


def test_tenders_in_ocds_lines_become_awards_and_bids(data: Path) -> None:
    release = {
        "ocid": "ocds-made-up-1",
        "buyer": {"id": "b1", "name": "清河区甲局"},
        "tender": {"id": "t1", "title": "办公设备"},
        "awards": [
            {
                "id": "a1",
                "status": "active",
                "date": "2026-03-01T00:00:00Z",
                "value": {"amount": 125000, "currency": "CNY"},
                "suppliers": [{"id": CODE, "name": "清河商贸有限公司"}],
            }
        ],
    }
    (data / "招标.jsonl").write_text("\n" + json.dumps(release, ensure_ascii=False) + "\n")
    store = load(data)
    expected = [("OCDS-MADE-UP-1", CODE, 12500000, date(2026, 3, 1), 2)]
    assert rows(store, "awards", "project_no, winner_key, amount, award_date, source_row") == expected


def test_columns_of_one_kind_share_what_was_found_and_each_names_its_own_faults(data: Path) -> None:
    body = "\n".join(
        [
            "补贴项目,姓名,户名,发放日期,金额",
            "低保,张三,张 三,2026-03-10,600",
            "低保,李四,赵六,2026-03-10,600",
            "低保,張三,???,2026-03-10,600",
            "低保,王五,,2026-03-10,600",
        ]
    )
    (data / "低保.csv").write_text(body, "utf-8")
    store = load(data)
    found = rows(store, "payments", "name, name_key, holder_name, holder_name_key")
    keys = [KEYS.name(name) for name in ("张三", "李四", "张三", "王五")]
    assert [key for _, key, *_ in found] == keys
    assert [holder for *_, holder in found] == [KEYS.name("张三"), KEYS.name("赵六"), None, None]
    assert [shown for _, _, shown, _ in found] == ["张*", "赵*", None, None]
    warned = [(one["reason"], one["examples"]) for one in lines(store)["低保.csv"]["warnings"]]
    assert warned == [("账户户名：姓名里没有文字", [4])]
    clear = store.connect(memory_limit="500MB", vault=True)
    told = clear.execute("SELECT name, holder_name FROM clear_payments ORDER BY rec").fetchall()
    assert told == [("张三", "张三"), ("李四", "赵六"), ("张三", None), ("王五", None)]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_read_in_pieces_keeps_its_rows_and_their_numbers(
    data: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    monkeypatch.setattr(recoding, "PIECE", 4_000)
    monkeypatch.setattr(recoding, "TOGETHER", 4)
    monkeypatch.setattr(text_files, "CHUNK", 1_000)
    remark = {0: "、\n其妻"}
    rows_made = [f'低保,"张三{remark.get(n % 7, "")}",{ID},2026-03-01,{n}' for n in range(1_000)]
    (data / "低保.csv").write_bytes("\n".join([HEAD, *rows_made, ""]).encode(encoding))
    found = rows(load(data), "payments", "source_row, amount")
    assert found == [(n + 2, n * 100) for n in range(1_000)]


def test_an_encoding_that_shows_only_far_down_is_found(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_files, "CHUNK", 1_000)
    plain = "\n".join(f"A1,B{n},{ID},2026-03-01,5" for n in range(200))
    text = f"benefit,name,id_no,pay_date,amount\n{plain}\n低保,张三,{ID},2026-03-01,6\n"
    (data / "payments.csv").write_bytes(text.encode("gb18030"))
    store = load(data)
    assert rows(store, "payments", "benefit, amount")[-1] == ("低保", 600)
    assert store.tables == {"payments": 201}


def test_bytes_of_no_encoding_are_replaced_and_told(data: Path) -> None:
    text = f"{HEAD}\n低保,张三,{ID},2026-03-01,6\n低保,李四X,,2026-03-01,7\n"
    (data / "低保.csv").write_bytes(text.encode("gb18030").replace(b"X", b"\xff\xff"))
    store = load(data)
    assert store.tables == {"payments": 2}
    assert lines(store)["低保.csv"]["notes"] == [text_files.LOSSY]
