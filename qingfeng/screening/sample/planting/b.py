"""B01–B12: collective funds, assets and resources. Each case has a village of its own where the village is meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from qingfeng.screening.sample.book import Row
from qingfeng.screening.sample.district import District, days, hundredths
from qingfeng.screening.sample.ordinary import collective as c
from qingfeng.screening.sample.ordinary import people
from qingfeng.screening.sample.world import Firm, Person, Village


def _village(d: District) -> Village:
    """A village with its account; its street is an old one, so that like assets have neighbours."""
    return c.village_with_bank(d, d.rng.choice(d.world.villages))


def b01_rent_unpaid(d: District) -> None:
    village = _village(d)
    row = c.contract(d, village, paid=0)
    d.true("B01", row["contract_no"], [row], "应收日期过了五个月，没有收款")
    d.true("B10", village.name, [row], "合同没有任何入账收款")
    village = _village(d)
    row = c.contract(d, village, paid=0.4)
    d.true("B01", row["contract_no"], [row, d.book.rows["receipts"][-1]], "只收了四成租金")
    row = c.contract(d, village, paid=0.5, due_date=date(2026, 4, 28))
    d.true("B01", row["contract_no"], [row], "过应收日期63天，只收一半")
    row = c.contract(d, village, paid=0.5, due_date=date(2026, 5, 3))
    d.near("B01", row["contract_no"], [row], "过应收日期58天，未满60天")
    row = c.contract(d, village, paid=0.3, litigation=True)
    d.near("B01", row["contract_no"], [row], "正在诉讼")
    row = c.contract(d, village, paid=0.6)
    late = c.receive(d, row, row["due_amount"] - round(row["due_amount"] * 0.6), date(2026, 4, 20), village)
    d.near("B01", row["contract_no"], [row, late], "迟交，但已交齐")


def b02_expired(d: District) -> None:
    village = _village(d)
    old: dict[str, Any] = {"start": date(2022, 7, 1), "due_date": date(2025, 1, 31)}
    row = c.contract(d, village, **old)
    d.true("B02", row["contract_no"], [row], "合同到期一年，仍在使用，没有新合同")
    row = c.contract(d, village, in_use=None, **old)
    seen = c.asset(d, village, asset_no=row["asset_no"], area=row["area"], surveyed_area=row["area"])
    seen.update(state="出租", surveyed_state="出租", tenant_name=row["tenant_name"])
    seen["surveyed_tenant_name"] = row["tenant_name"]
    d.true("B02", row["contract_no"], [row, seen], "合同到期，实地核查仍由原承租人在用")
    row = c.contract(d, village, **old)
    again = c.contract(d, village, start=date(2025, 7, 1), asset_no=row["asset_no"])
    d.near("B02", row["contract_no"], [row, again], "到期后已续签")
    row = c.contract(d, village, in_use=False, **old)
    d.near("B02", row["contract_no"], [row], "到期后已收回，不在用")
    row = c.contract(d, village, start=date(2023, 8, 1))
    d.near("B02", row["contract_no"], [row], "一个月后才到期")


def b03_low_rent(d: District) -> None:
    village = _village(d)
    for factor, kind in ((0.35, "门面"), (0.55, "耕地"), (0.6, "鱼塘")):
        row = c.contract(d, village, kind=kind, price_factor=factor)
        d.true("B03", row["contract_no"], [row], f"单价只有同街道同类资产的{factor:.0%}左右")
    row = c.contract(d, village, kind="鱼塘", price_factor=0.8)
    d.near("B03", row["contract_no"], [row], "单价约为中位数的八成")
    row = c.contract(d, village, kind="厂房", price_factor=0.5, built_by_tenant=True)
    d.near("B03", row["contract_no"], [row], "厂房由承租人自建，只收地租")


def b04_term_and_way(d: District) -> None:
    village = _village(d)
    for years, start in ((20, date(2023, 1, 1)), (6, date(2024, 5, 1))):
        row = c.contract(d, village, years=years, start=start)
        d.true("B04", row["contract_no"], [row], f"{start.year}年签订，租期{years}年")
    row = c.contract(d, village, kind="门面", mu=8, way="直接协议")
    d.true("B04", row["contract_no"], [row], "直接协议租给个人，合同总额五十多万元")
    row = c.contract(d, village, years=5)
    d.near("B04", row["contract_no"], [row], "租期正好五年")
    row = c.contract(d, village, kind="林地", mu=5, way="直接协议")
    d.near("B04", row["contract_no"], [row], "直接协议，但总额不到两千元")
    row = c.contract(d, village, years=30, start=date(2001, 1, 1))
    d.near("B04", row["contract_no"], [row], "2000年签的老合同，早于规定")


def b05_cadre_tenant(d: District) -> None:
    village = _village(d)

    def cadre(**other: Any) -> tuple[Person, Row]:
        person = d.world.person(46, village=village)
        return person, people.cadre(d, person, village.name + "村民委员会", **other)

    agreed: dict[str, Any] = {"way": "直接协议"}
    person, row = cadre()
    lease = c.contract(d, village, person, **agreed)
    d.true("B05", lease["contract_no"], [lease, row], "承租人是本村干部")
    for relation in ("配偶", "弟弟"):
        person, row = cadre()
        kin = d.world.person(44, village=village)
        lease = c.contract(d, village, kin, **agreed)
        d.true(
            "B05",
            lease["contract_no"],
            [lease, people.relative(d, person, kin, relation)],
            f"承租人是干部的{relation}",
        )
    person, row = cadre()
    lease = c.contract(d, village, d.world.person(46, village=village, name=person.name), **agreed)
    d.near("B05", lease["contract_no"], [lease, row], "承租人与干部同名，身份证号不同")
    person, row = cadre()
    firm = d.world.firm("农业")
    line = people.found(d, firm, person)
    lease = c.contract(d, village, firm, **agreed)
    d.true("B05", lease["contract_no"], [lease, line, row], "承租单位的法定代表人是干部")
    person, row = cadre()
    lease = c.contract(d, village, person, way="公开竞价")
    d.near("B05", lease["contract_no"], [lease, row], "公开竞价取得")
    person, row = cadre(to_date=date(2022, 12, 31))
    lease = c.contract(d, village, person, **agreed)
    d.near("B05", lease["contract_no"], [lease, row], "离任两年后才承租")


def b06_assets(d: District) -> None:
    village = _village(d)
    row = c.asset(d, village, area=hundredths(10), surveyed_area=hundredths(26))
    d.true("B06", row["asset_no"], [row], "账面10亩，实测26亩")
    row = c.asset(d, village, state="闲置", surveyed_state="出租")
    d.true("B06", row["asset_no"], [row], "账面闲置，实地在出租")
    row = c.asset(
        d, village, state="出租", surveyed_state="出租", tenant_name="何大山", surveyed_tenant_name="邱小满"
    )
    d.true("B06", row["asset_no"], [row], "账面承租人与实际使用人不同")
    row = c.asset(d, village, area=hundredths(50), surveyed_area=hundredths(50.8))
    d.near("B06", row["asset_no"], [row], "相差1.6%，测量方法不同")
    row = c.asset(
        d, village, state="出租", surveyed_state="出租", tenant_name="何山", surveyed_tenant_name="何 山"
    )
    d.near("B06", row["asset_no"], [row], "姓名只差一个空格")


def b07_payments(d: District) -> None:
    village = _village(d)
    first = date(2026, 3, 4)

    def run(sums: Sequence[float], gap: int, payee: Person | Firm) -> list[Row]:
        steps = enumerate(sums)
        return [c.voucher(d, village, first + days(n * gap), y, payee, decided=True) for n, y in steps]

    builder = people.new_firm(d, "建材")
    d.true(
        "B07",
        f"{village.name}|{builder.code}",
        run([9800, 9650, 9900], 9, builder),
        "26天内三笔接近一万元限额",
    )
    worker = d.world.person(village=village, name="田有根")
    subject = f"{village.name}|{d.keys.name('田有根')}"
    d.true("B07", subject, run([9200, 9950, 9500, 9990], 7, worker), "四笔9千多元付给同一人")
    shop = people.new_firm(d, "建材")
    d.true(
        "B07", f"{village.name}|{shop.code}", run([5000, 8000, 3000, 6000, 5000, 4000], 8, shop), "六笔整千元"
    )
    for sums, gap, note in (
        ([9800, 9650], 9, "只有两笔接近限额"),
        ([9800, 9650, 9900], 45, "三笔相隔一个半月"),
        ([8830, 8755, 8910], 9, "三笔都低于限额的九成"),
        ([10020, 10350, 10400], 9, "三笔都在限额以上"),
    ):
        firm = people.new_firm(d, "建材")
        d.near("B07", f"{village.name}|{firm.code}", run(sums, gap, firm), note)
    firms = [people.new_firm(d, "建材") for _ in range(3)]
    rows = [c.voucher(d, village, first + days(n), 9700, firm, decided=True) for n, firm in enumerate(firms)]
    d.near("B07", f"{village.name}|{firms[0].code}", rows, "三笔付给三家")


def b08_invoice_numbers(d: District) -> None:
    def run(first: int, count: int, gap: int, *, width: int = 8) -> tuple[str, list[Row]]:
        seller = people.new_firm(d, "文印")
        buyer = d.world.body()
        base = {"invoice_code": "099002600222" if width == 8 else ""}
        rows = []
        for n in range(count):
            day = date(2025, 11, 5) + days(n * gap)
            number = f"{first + n:0{width}d}"
            rows.append(c.invoice(d, seller, buyer, day, 1860 + 73 * n, "打印纸", invoice_no=number, **base))
        return f"{buyer}|{seller.code}", rows

    def number() -> int:
        return 95_000_000 + d.world.serial("consecutive") * 50

    for first, count, width, note in (
        (number(), 3, 8, "三张发票连号，日期各不相同"),
        (number() - 94_000_000, 5, 8, "五张连号，号码以零开头"),
        (25_990_000_000_000_000_000 + number(), 4, 20, "四张数电发票20位号码连号"),
    ):
        subject, rows = run(first, count, 11, width=width)
        d.true("B08", subject, rows, note)
    village = _village(d)
    seller = people.new_firm(d, "建材")
    first = number()
    rows = [
        c.voucher(d, village, date(2026, 2, 3) + days(17 * n), 2380 + n, seller, invoice_no=str(first + n))
        for n in range(3)
    ]
    d.true("B08", f"{village.name}|{seller.code}", rows, "村级凭证所附发票三张连号")
    subject, rows = run(number(), 2, 11)
    d.near("B08", subject, rows, "只有两张连号")
    subject, rows = run(number(), 3, 0)
    d.near("B08", subject, rows, "三张连号在同一天，一次采购分开开票")
    subject, rows = run(number(), 1, 11)
    buyer = subject.split("|")[0]
    for n in (1, 2):
        seller = people.new_firm(d, "文印")
        number_text = f"{int(rows[0]['invoice_no']) + n:08d}"
        day = date(2025, 11, 5) + days(n)
        rows.append(c.invoice(d, seller, buyer, day, 900, "打印纸", invoice_no=number_text))
    d.near("B08", subject, rows, "号码相连，但开票方不同")
    subject, rows = run(number(), 3, 11)
    for n, row in enumerate(rows):
        row["invoice_no"] = f"{int(row['invoice_no']) + 4 * n:08d}"
    d.near("B08", subject, rows, "号码相近而不相连")


def b09_cash(d: District) -> None:
    village = _village(d)
    for yuan, way, planted, note in (
        (1000, "现金", d.true, "现金支出正好1000元"),
        (6840, "现金", d.true, "现金支出6840元"),
        (23_600, "现金支付", d.true, "现金支出2.36万元"),
        (985, "现金", d.near, "现金支出985元"),
        (5760, "转账", d.near, "转账支出"),
    ):
        row = c.voucher(d, village, date(2026, 4, 9), yuan, way=way)
        planted("B09", f"{village.name}|{row['voucher_no']}", [row], note)


def b10_accounts(d: District) -> None:
    village = _village(d)
    row = c.bank(d, village.name, d.world.account(), in_agency=False)
    d.true("B10", village.name, [row], "村里另有账户没有纳入代理")
    village = _village(d)
    lease = c.contract(d, village, paid=0)
    outside = c.receive(d, lease, lease["due_amount"], date(2026, 1, 20), village, account=d.world.account())
    d.true("B10", village.name, [lease, outside], "租金收到代理账户以外的账户")
    village = _village(d)
    row = c.bank(d, village.name, d.world.account(), in_agency=False, opened_date=date(2026, 6, 18))
    d.near("B10", village.name, [row], "新开的账户，代理手续在办")
    village = _village(d)
    row = c.bank(d, village.name, d.world.account(), in_agency=False, closed_date=date(2022, 3, 1))
    d.near("B10", village.name, [row], "代理以前的旧账户早已销户")
    village = _village(d)
    row = c.contract(d, village)
    d.near("B10", village.name, [row], "合同租金已入代理账户")


def b11_no_meeting(d: District) -> None:
    village = _village(d)
    row = c.contract(d, village, kind="厂房", mu=9, decided=False)
    d.true("B11", row["contract_no"], [row], "总额四十万元的合同没有会议记录")
    for steps, note in (({"voted": False}, "会议没有表决"), ({"noticed": False}, "会议结果没有公示")):
        row = c.contract(d, village, kind="厂房", mu=9, decided=False)
        meeting = c.decide(d, village, row["contract_no"], row["sign_date"] - days(15), "厂房出租", **steps)
        d.true("B11", row["contract_no"], [row, meeting], note)
    row = c.voucher(d, village, date(2026, 3, 18), 186_000, people.new_firm(d, "建设"), decided=False)
    d.true("B11", f"{row['voucher_no']}", [row], "付款18.6万元没有会议记录")
    row = c.contract(d, village, kind="林地", mu=6, decided=False)
    d.near("B11", row["contract_no"], [row], "总额两千余元的小合同")
    row = c.contract(d, village, kind="厂房", mu=9)
    d.near("B11", row["contract_no"], [row], "会议有表决也有公示")
    row = c.voucher(d, village, date(2026, 3, 18), 2600, decided=False)
    d.near("B11", f"{row['voucher_no']}", [row], "2600元的小额支出")


def b12_personal_cost(d: District) -> None:
    village = _village(d)
    for summary, account, planted, note in (
        ("招待上级检查餐费", "管理费用", d.true, "餐费"),
        ("购香烟两条", "管理费用", d.true, "香烟"),
        ("会议用白酒", "其他支出", d.true, "白酒"),
        ("村干部外出旅游费", "其他支出", d.true, "旅游"),
        ("私车加油费", "交通费", d.true, "加油"),
        ("接待支出", "业务招待费", d.true, "招待费科目"),
        ("老年食堂食材", "公益支出", d.near, "老年食堂"),
        ("购消毒酒精", "公益支出", d.near, "消毒用酒精，不是酒"),
        ("秸秆禁烧烟火巡查补助", "公益支出", d.near, "烟火巡查，不是烟"),
        ("广场路灯维修", "公益支出", d.near, "路灯维修"),
        ("餐厨垃圾清运", "公益支出", d.near, "垃圾清运，不是餐费"),
        ("接待室空调维修", "管理费用", d.near, "空调维修，不是招待"),
    ):
        row = c.voucher(d, village, date(2026, 4, 16), 640, summary=summary, ledger_account=account)
        planted("B12", f"{village.name}|{row['voucher_no']}", [row], note)


RULES = (
    b01_rent_unpaid,
    b02_expired,
    b03_low_rent,
    b04_term_and_way,
    b05_cadre_tenant,
    b06_assets,
    b07_payments,
    b08_invoice_numbers,
    b09_cash,
    b10_accounts,
    b11_no_meeting,
    b12_personal_cost,
)
