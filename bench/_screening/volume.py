"""A store of N payments and proportionate other tables, made by SQL alone, with a known sprinkling of hits.

Everything is arithmetic on the row number, so that any size is made in seconds and is the same each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from qingfeng.screening.catalogue import catalogue_version, stored_columns, table
from qingfeng.screening.store.writing import WRITTEN_AS, copied

DONE = "made"
MACROS = """
CREATE OR REPLACE MACRO key(kind, n) AS substr(md5(concat(kind, n)), 1, 12);
CREATE OR REPLACE MACRO village(n) AS concat('第', n % 600, '村');
CREATE OR REPLACE MACRO firm_code(n) AS concat('91990101', lpad(CAST(n AS VARCHAR), 10, '0'));
CREATE OR REPLACE MACRO firm_name(n) AS concat('云泽区第', n, '有限公司');
CREATE OR REPLACE MACRO benefit_of(i) AS CASE WHEN i % 20 = 0 THEN '农村低保' WHEN i % 20 = 1 THEN '高龄津贴'
  WHEN i % 20 = 2 THEN '重度残疾人护理补贴' WHEN i % 20 BETWEEN 3 AND 7 THEN '耕地地力保护补贴'
  ELSE '城乡居民基本养老保险' END;
"""
PERSON = {
    "person_key": "key('p', i)",
    "person_tier": "1",
    "birth_date": "DATE '1950-01-01' + CAST(i % 9000 AS INTEGER)",
    "id_shown": "concat('990101********', lpad(CAST(i % 10000 AS VARCHAR), 4, '0'))",
    "name": "concat(chr(19968 + CAST(i % 300 AS INTEGER)), '*')",
    "name_key": "key('n', i % 500000)",
    "village": "village(i // 3)",
}


@dataclass(frozen=True)
class Size:
    """How much there is of everything for N payments."""

    payments: int

    @property
    def people(self) -> int:
        return max(6000, self.payments // 10)

    def share(self, of: int, least: int) -> int:
        return max(least, self.payments // of)


def make(folder: Path, payments: int) -> Path:
    """The folder of tables, written as a store writes them; reused until the catalogue or the writing changes."""
    made, told = folder / DONE, f"{payments}, {catalogue_version()}, {WRITTEN_AS}"
    if made.exists() and made.read_text() == told:
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    size = Size(payments)
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '1500MB'")
        connection.execute("SET preserve_insertion_order = false")
        connection.execute(f"SET temp_directory = '{folder / 'spill'}'")
        connection.execute(MACROS)
        for name, rows, values in (
            *people_tables(size),
            *village_tables(size),
            *tender_tables(size),
            *office_tables(size),
        ):
            _write(connection, folder, name, rows, values)
    made.write_text(told)
    return folder


def _write(
    connection: duckdb.DuckDBPyConnection, folder: Path, name: str, rows: str, values: Mapping[str, str]
) -> None:
    source = {
        "rec": "rec",
        "source_file": f"'{name}.csv'",
        "source_sheet": "''",
        "source_row": "CAST(rec % 1000000 + 2 AS INTEGER)",
    }
    told = {**source, **values}
    columns = stored_columns(table(name))
    unknown = set(values) - set(columns)
    if unknown:
        raise ValueError(f"{name}: {unknown}")
    chosen = ", ".join(
        f"CAST({told.get(column, 'NULL')} AS {kind}) AS {column}" for column, kind in columns.items()
    )
    target = folder / name
    target.mkdir(exist_ok=True)
    connection.execute(copied(f"SELECT {chosen} FROM ({rows})", target / "part.parquet"))


def _rows(count: int, **derived: str) -> str:
    more = "".join(f", {text} AS {name}" for name, text in derived.items())
    return f"SELECT j AS rec, j{more} FROM range({count}) t(j)"


Made = list[tuple[str, str, dict[str, str]]]


PAYMENT = {
    **PERSON,
    "payment_no": "concat('FF', rec)",
    "benefit": "benefit",
    "street": "concat('第', i % 12, '街道')",
    "household_no": "concat('H', i // 3)",
    "pay_date": "pay_month + 11",
    "period": "pay_month",
    "amount": "CASE WHEN benefit = '农村低保' THEN 48000 WHEN benefit LIKE '特困%' THEN 96000 ELSE 11000 + i % 700 END",
    "account": "'****1234'",
    "account_key": "key('a', i)",
    "holder_name": "concat(chr(19968 + CAST(i % 300 AS INTEGER)), '*')",
    "holder_name_key": "key('n', i % 500000)",
    "channel": "'一卡通'",
    "payer": "'云泽区民政局'",
    "batch_no": "concat('PC', m)",
    "approval_no": "concat('SP', rec)",
    "season": "CASE WHEN benefit LIKE '耕地%' THEN concat('第', m, '季') END",
    "parcel_no": "CASE WHEN benefit LIKE '耕地%' THEN concat('DK', i) END",
    "area": "CASE WHEN benefit LIKE '耕地%' THEN CASE WHEN i % 4013 = 5 THEN 3000 ELSE 500 END END",
}


def people_tables(size: Size) -> Made:
    """Payments and the registers they are compared with. Person i has the benefit benefit_of(i); three make a household."""
    p, n = size.people, size.payments
    month = "CAST(DATE '2025-09-01' + to_months(CAST(m AS INTEGER)) AS DATE)"
    paid = (
        f"SELECT rec, i, m, benefit, {month} AS pay_month FROM ("
        f"SELECT j AS rec, j % {p} AS i, j // {p} AS m, benefit_of(j % {p}) AS benefit FROM range({n}) t(j) UNION ALL "
        f"SELECT {n} + j, 3020 * (j // 10), j % 10, '特困人员救助供养' FROM range({(p - 1) // 3020 * 10 + 10}) t(j))"
    )
    everybody = _rows(p, i="j")
    death = {
        **_of("deaths"),
        "death_date": "CASE WHEN i % 2003 = 7 THEN DATE '2026-01-10' ELSE DATE '2026-06-20' END",
        "source": "'公安'",
        "certificate_no": "concat('SW', i)",
    }
    on_payroll = {
        **_of("payroll"),
        "unit": "'云泽区某局'",
        "post": "'科员'",
        "post_kind": "'事业编制'",
        "start_date": "DATE '2012-08-01'",
        "pay_amount": "600000",
    }
    cadre = {**_of("cadres"), "unit": "'村民委员会'", "post": "'委员'", "from_date": "DATE '2021-01-01'"}
    relative = {
        "person_key": "key('p', i + 1)", "person_tier": "1", "name": "'某*'", "name_key": "key('n', (i + 1) % 500000)",
        "cadre_person_key": "key('p', i)", "cadre_person_tier": "1", "cadre_name": "'某*'", "relation": "'配偶'",
        "basis": "'申报'", "filed_date": "DATE '2025-01-20'",
    }  # fmt: skip
    car = {
        **_of("vehicles"), "plate": "'云Y****'", "plate_key": "key('c', i)", "vehicle_kind": "'小型轿车'", "use_kind": "'非营运'",
        "price": "CASE WHEN i % 101 = 17 THEN 25000000 ELSE 6000000 END", "status": "'正常'", "register_date": "DATE '2021-05-01'",
    }  # fmt: skip
    home = {
        **_of("real_estate"), "title_no": "concat('BDC', i, '-', copy)", "share_percent": "100", "area": "9000",
        "estate_kind": "'商品住宅'", "register_date": "DATE '2016-05-01'",
    }  # fmt: skip
    homes = (
        f"SELECT row_number() OVER (ORDER BY i, copy) AS rec, i, copy FROM (SELECT j AS i, 1 AS copy FROM range({p}) t(j) "
        f"WHERE j % 15 = 1 UNION ALL SELECT 6020 * j + 60, c FROM range({max(1, (p - 61) // 6020)}) t(j), range(3) u(c))"
    )
    right = {
        **_of("land_rights"),
        "parcel_no": "concat('DK', i)",
        "household_no": "concat('H', i // 3)",
        "area": "500",
        "register_date": "DATE '2017-01-01'",
    }
    transfer = {
        "contract_no": "concat('LZ', i)", "to_person_key": "key('p', i)", "to_person_tier": "1", "area": "100",
        "start_date": "DATE '2023-01-01'", "end_date": "DATE '2028-12-31'",
    }  # fmt: skip
    member = {
        **_of("household_register"), "household_no": "concat('H', i // 3)", "relation": "CASE i % 3 WHEN 0 THEN '户主' ELSE '家庭成员' END",
        "moved_in_date": "CASE WHEN i % 400 = 8 THEN DATE '2025-03-02' WHEN i % 50 = 4 THEN DATE '2015-03-02' END",
        "moved_in_reason": "CASE WHEN i % 400 = 8 THEN '投靠亲友' WHEN i % 50 = 4 THEN '婚迁' END",
    }  # fmt: skip
    return [
        ("payments", paid, PAYMENT),
        ("deaths", f"SELECT * FROM ({everybody}) WHERE i % 100 = 50 OR i % 2003 = 7", death),
        (
            "payroll",
            f"SELECT * FROM ({everybody}) WHERE (i % 33 = 5 AND i % 20 <> 0) OR i % 4020 = 20",
            on_payroll,
        ),
        ("cadres", f"SELECT * FROM ({everybody}) WHERE i % 500 = 77 OR i % 7020 = 80", cadre),
        ("relatives", f"SELECT * FROM ({everybody}) WHERE i % 500 = 77", relative),
        ("vehicles", f"SELECT * FROM ({everybody}) WHERE i % 3 = 2 OR i % 101 = 17", car),
        ("real_estate", homes, home),
        ("land_rights", f"SELECT * FROM ({everybody}) WHERE i % 20 BETWEEN 3 AND 7", right),
        ("land_transfers", f"SELECT * FROM ({everybody}) WHERE i % 20 = 4", transfer),
        ("household_register", everybody, member),
    ]


def _of(name: str) -> dict[str, str]:
    """What a table stores of its own person."""
    columns = stored_columns(table(name))
    return {column: text for column, text in PERSON.items() if column in columns}


def village_tables(size: Size) -> Made:
    """Contracts with their receipts, vouchers, invoices."""
    contracts, vouchers, invoices = size.share(100, 1000), size.share(20, 10_000), size.share(20, 10_000)
    contract = {
        "contract_no": "concat('HT', j)", "village": "village(j)", "street": "concat('第', j % 12, '街道')", "asset_kind": "'耕地'",
        "asset_name": "'耕地'", "tenant_name": "'某*'", "tenant_name_key": "key('n', j)", "tenant_person_key": "key('p', j)",
        "tenant_person_tier": "1", "area": "1000", "unit_price": "60000", "annual_rent": "600000", "total_amount": "1800000",
        "way": "'公开招租'", "sign_date": "DATE '2024-12-20'", "start_date": "DATE '2025-01-01'", "end_date": "DATE '2027-12-31'",
        "due_date": "DATE '2026-01-31'", "due_amount": "600000", "in_use": "true", "litigation": "false",
    }  # fmt: skip
    receipt = {
        "receipt_no": "concat('SJ', j)", "contract_no": "concat('HT', j)", "village": "village(j)", "received_date": "DATE '2026-01-20'",
        "amount": "CASE WHEN j % 97 = 3 THEN 300000 ELSE 600000 END", "payer_name": "'某*'", "payer_name_key": "key('n', j)",
    }  # fmt: skip
    near, round_ = "j % 3000 < 3", "j % 5000 BETWEEN 10 AND 14"
    payee = f"CASE WHEN {near} THEN concat('h', j // 3000) WHEN {round_} THEN concat('r', j // 5000) ELSE concat('p', j % {vouchers // 4}) END"
    spent = {
        "voucher_no": "concat('PZ', j)",
        "village": f"CASE WHEN {near} THEN village(j // 3000) WHEN {round_} THEN village(j // 5000) ELSE village(j) END",
        "voucher_date": f"CASE WHEN {near} THEN DATE '2026-03-02' + CAST(j % 3000 * 8 AS INTEGER) ELSE DATE '2026-01-05' + CAST(j % 160 AS INTEGER) END",
        "summary": "'沟渠清淤'", "ledger_account": "'管理费用'",
        "amount": f"CASE WHEN {near} THEN 975000 + j % 7 * 100 WHEN {round_} THEN 300000 ELSE 10001 + j * 7919 % 420000 // 10 * 10 END",
        "way": "'转账'", "payee_name": "'某*'", "payee_name_key": f"key('y', {payee})",
    }  # fmt: skip
    run, gift = "j % 2000 < 4", "j % 3000 = 100"
    paper = {
        "invoice_code": "'099002500111'",
        "invoice_no": f"CASE WHEN {run} THEN lpad(CAST(80000000 + j // 2000 * 10 + j % 2000 AS VARCHAR), 8, '0') ELSE lpad(CAST(10000000 + j * 7 % 60000000 AS VARCHAR), 8, '0') END",
        "seller_code": "firm_code(s)", "seller_name": "firm_name(s)", "seller_key": "firm_code(s)",
        "buyer": f"CASE WHEN {run} THEN concat('第', j // 2000, '管理中心') ELSE concat('第', j % 977, '服务站') END",
        "invoice_date": f"CASE WHEN {run} THEN DATE '2025-11-03' + CAST(j % 2000 * 5 AS INTEGER) WHEN {gift} THEN DATE '2026-02-06' ELSE DATE '2025-07-01' + CAST(j % 360 AS INTEGER) END",
        "goods": f"CASE WHEN {gift} THEN '茶叶礼盒' ELSE '办公用品' END", "amount": "100000 + j % 9999",
    }  # fmt: skip
    firms = size.share(250, 2000)
    return [
        ("asset_contracts", _rows(contracts), contract),
        ("receipts", f"SELECT * FROM ({_rows(contracts)}) WHERE j % 101 <> 5", receipt),
        ("vouchers", _rows(vouchers), spent),
        ("invoices", _rows(invoices, s=f"CASE WHEN {run} THEN j // 2000 ELSE j * 13 % {firms} END"), paper),
    ]


def tender_tables(size: Size) -> Made:
    """Firms and their people, bids in lots of five, awards in units of ten."""
    firms = size.share(250, 2000) // 5 * 5
    bids, awards = size.share(50, 10_000) // 5 * 5, size.share(200, 5000)
    firm = {
        "firm_code": "firm_code(j)", "firm_name": "firm_name(j)", "firm_key": "firm_code(j)", "firm_kind": "'有限责任公司'", "status": "'存续'",
        "legal_person_key": "CASE WHEN j % 1000 = 6 THEN key('l', j - 1) WHEN j % 40 = 2 AND 5020 * (j // 40) + 40 < "
        f"{size.people} THEN key('p', 5020 * (j // 40) + 40) ELSE key('l', j) END",
        "legal_person_tier": "1", "legal_id_shown": "'990101********0000'", "legal_name": "'某*'", "legal_name_key": "key('n', j)",
        "founded_date": "DATE '2016-03-08'", "capital": "1000000000", "staff_count": "30", "phone": "'****0000'", "phone_key": "key('t', j)",
        "firm_address": "concat('工业路', j, '号')", "firm_address_key": "key('d', j)",
    }  # fmt: skip
    holder = {
        "firm_code": "firm_code(j)", "firm_name": "firm_name(j)", "firm_key": "firm_code(j)", "role": "'股东'", "person_key": "key('s', j)",
        "person_tier": "1", "id_shown": "'990101********0000'", "name": "'某*'", "name_key": "key('n', j)", "share_percent": "60", "from_date": "DATE '2016-03-08'",
    }  # fmt: skip
    offer = {
        "project_no": "concat('XM', j // 5)", "lot_no": "'1'", "unit": "concat('第', j // 5 % 500, '单位')",
        "bidder_code": "firm_code(f)", "bidder_name": "firm_name(f)", "bidder_key": "firm_code(f)",
        "bid_amount": "100000000 + j * 7919 % 9000000", "ceiling_amount": "120000000", "bid_date": "DATE '2026-03-17'", "won": "j % 5 = 0", "valid": "true",
        "mac": "CASE WHEN j // 5 % 300 = 7 AND j % 5 = 2 THEN key('m', j - 1) ELSE key('m', j) END",
        "disk_no": "key('k', j)", "licence_no": "key('e', j)", "ip": "key('i', j)", "author": "key('u', j)",
        "contact_name": "'某*'", "contact_name_key": "key('n', j)", "contact_phone": "'****0000'", "contact_phone_key": "key('q', j)",
    }  # fmt: skip
    split, winner = "j % 500 < 3", "j // 10 % 50 = 3 AND j % 10 < 6"
    won = {
        "award_no": "concat('ZB', j)", "project_no": "concat('CG', j)", "lot_no": "'1'", "project_name": "'采购项目'",
        "unit": "concat('第', j // 10, '单位')", "budget_item": f"CASE WHEN {split} THEN '办公运行' ELSE concat('专项', j) END",
        "category": f"CASE WHEN {split} THEN '专用设备' ELSE concat('品目', j) END", "place": "concat('地点', j)",
        "winner_code": "firm_code(w)", "winner_name": "firm_name(w)", "winner_key": "firm_code(w)",
        "amount": f"CASE WHEN {split} THEN 30000000 ELSE 450000000 END", "way": "'询价'", "framework": "false",
        "award_date": "DATE '2025-03-03' + CAST(j % 10 * 20 AS INTEGER)",
    }  # fmt: skip
    return [
        ("firms", _rows(firms), firm),
        ("firm_people", _rows(firms), holder),
        ("bids", _rows(bids, f=f"j % {firms}"), offer),
        (
            "awards",
            _rows(awards, w=f"CASE WHEN {winner} THEN j // 10 % {firms} ELSE j * 17 % {firms} END"),
            won,
        ),
    ]


def office_tables(size: Size) -> Made:
    """Official cars with their fuel, approvals with their steps, clearance files of three items."""
    cars, cases, files = size.share(2000, 200), size.share(50, 4000), size.share(150, 1500)
    car = {
        "plate": "concat('云Z', j)",
        "plate_key": "key('o', j)",
        "unit": "'某单位'",
        "tank_litres": "60",
        "fuel_card": "concat('YK', j)",
        "on_call": "false",
    }
    filled = {
        "card_no": "concat('YK', c)", "plate": "concat('云Z', c)", "plate_key": "key('o', c)",
        "filled_at": "CASE WHEN c % 50 = 3 AND t = 5 THEN TIMESTAMP '2025-09-01 12:10:00' + to_days(56) ELSE TIMESTAMP '2025-09-01 09:10:00' + to_days(CAST(t * 14 AS INTEGER)) END",
        "litres": "CASE WHEN c % 70 = 9 AND t = 7 THEN 80 ELSE 40 END", "amount": "30000", "station": "'东站'",
    }  # fmt: skip
    case = {
        "case_no": "concat('SL', j)", "matter": "'许可'", "unit": "'审批局'", "window": "'综合窗口'", "officer": "'某*'", "officer_key": "key('n', j % 200)",
        "accepted_date": "a", "decided_date": "a + CASE WHEN j % 200 IN (3, 4) THEN 40 ELSE 7 END", "promised_days": "10",
    }  # fmt: skip
    accepted = "DATE '2025-08-04' + CAST(j % 250 AS INTEGER)"
    step = {
        "case_no": "concat('SL', j // 2)", "step": "CASE j % 2 WHEN 0 THEN '受理' ELSE '审查' END",
        "start_date": "a + 1", "end_date": "a + CASE WHEN stopped THEN 36 ELSE 5 END", "stop_kind": "CASE WHEN stopped THEN '补正材料' END",
    }  # fmt: skip
    steps = (
        f"SELECT j AS rec, j, DATE '2025-08-04' + CAST(j // 2 % 250 AS INTEGER) AS a, j % 2 = 1 AND j // 2 % 200 = 4 AS stopped "
        f"FROM range({cases * 2}) t(j)"
    )
    paid = {
        "project": "CASE WHEN again THEN '甲片区' ELSE '乙片区' END", "announce_date": "DATE '2025-09-01'", "household_no": "concat('DA', h)",
        "house_no": "concat('F', h)", "person_key": "key('p', h)", "person_tier": "1", "id_shown": "'990101********0000'", "name": "'某*'",
        "name_key": "key('n', h)", "village": "village(h)",
        "item": "CASE WHEN k = 0 THEN '房屋补偿' WHEN k = 1 THEN '装修补偿' WHEN h % 4 = 0 THEN '人口安置补助' ELSE '附属物补偿' END",
        "area": "CASE WHEN k = 0 THEN 12000 END", "unit_price": "300000", "amount": "36000000", "pay_date": "DATE '2026-01-15'", "supplement": "false",
    }  # fmt: skip
    paid_rows = (
        f"SELECT row_number() OVER (ORDER BY h, k, again) AS rec, h, k, again FROM ("
        f"SELECT j // 3 AS h, j % 3 AS k, false AS again FROM range({files * 3}) t(j) UNION ALL "
        f"SELECT j * 500 + 3, 0, true FROM range({(files - 4) // 500 + 1}) t(j))"
    )
    return [
        ("official_cars", _rows(cars), car),
        ("fuel", _rows(cars * 20, c=f"j % {cars}", t=f"j // {cars}"), filled),
        ("approvals", _rows(cases, a=accepted), case),
        ("approval_steps", steps, step),
        ("compensation", paid_rows, paid),
    ]
