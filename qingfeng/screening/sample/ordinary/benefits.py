"""Benefits: approved month by month, shown on the notice board, paid on the recipient's own card."""

from __future__ import annotations

from datetime import date
from typing import Any

from qingfeng.screening.sample.book import Row
from qingfeng.screening.sample.district import District, days, fen, hundredths, month_of
from qingfeng.screening.sample.world import Person

CIVIL = "云泽区民政局"
FARMING = "云泽区农业农村局"
LABOUR = "云泽区人力资源和社会保障局"
SCHOOLS = "云泽区教育局"

RURAL_MINIMUM = "农村低保"
URBAN_MINIMUM = "城市低保"
DESTITUTE = "特困人员救助供养"
OLD_AGE = "高龄津贴"
NURSING = "重度残疾人护理补贴"
DISABLED = "困难残疾人生活补贴"
ORPHAN = "孤儿基本生活费"
PENSION = "城乡居民基本养老保险"
FARMLAND = "耕地地力保护补贴"
PUPIL = "家庭经济困难学生资助"
RELIEF = "临时救助"
FUNERAL = "丧葬补助"

# Who pays it, and how many yuan a time.
STANDARDS = {
    RURAL_MINIMUM: (CIVIL, 480),
    URBAN_MINIMUM: (CIVIL, 720),
    DESTITUTE: (CIVIL, 960),
    OLD_AGE: (CIVIL, 100),
    NURSING: (CIVIL, 110),
    DISABLED: (CIVIL, 90),
    ORPHAN: (CIVIL, 1500),
    PENSION: (LABOUR, 198),
    FARMLAND: (FARMING, 0),
    PUPIL: (SCHOOLS, 625),
    RELIEF: (CIVIL, 2000),
    FUNERAL: (CIVIL, 3000),
}
FARMLAND_PER_MU = 96
CONDITIONS = {
    NURSING: {"disability_grade": "一级"},
    DISABLED: {"disability_grade": "二级"},
    PUPIL: {"school_status": "在读"},
}
CHANNELS = ("一卡通", "一卡通", "社保卡", "银行卡")


def month_day(year: int, month: int, day: int = 12) -> date:
    """The day of a month's pay run; months beyond December run on into the next year."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, day)


def months(first: int, last: int, day: int = 12) -> list[date]:
    """Pay days from the `first` to the `last` month, counted from January 2025 as 1 (so 18 is June 2026)."""
    return [month_day(2025, number, day) for number in range(first, last + 1)]


def pay(
    d: District,
    person: Person,
    benefit: str,
    day: date,
    *,
    amount: float | None = None,
    approved: bool = True,
    noticed: bool = True,
    **other: Any,
) -> Row:
    """One payment with its approval and, the first time, its public notice."""
    payer, standard = STANDARDS.get(benefit, (CIVIL, 500))
    sum_paid = fen(standard if amount is None else amount)
    period = other.pop("period", month_of(day))
    number = d.world.coded("SP", 8)
    if noticed:
        show(d, person, benefit, day, sum_paid)
    if approved:
        approve(d, person, benefit, period, sum_paid, number)
    values = {
        "payment_no": d.world.coded("FF", 9),
        "benefit": benefit,
        "id_no": person.id_no,
        "name": person.name,
        "village": person.village.name,
        "street": person.village.street,
        "household_no": person.household,
        "pay_date": day,
        "period": period,
        "amount": sum_paid,
        "account": person.account,
        "holder_name": person.name,
        "channel": d.rng.choice(CHANNELS),
        "payer": payer,
        "batch_no": f"PC{day:%Y%m%d}",
        "approval_no": number if approved else "",
    }
    return d.book.add("payments", **{**values, **CONDITIONS.get(benefit, {}), **other})


def pay_monthly(d: District, person: Person, benefit: str, dates: list[date], **other: Any) -> list[Row]:
    """The same payment on each of some days."""
    return [pay(d, person, benefit, day, **other) for day in dates]


def approve(d: District, person: Person, benefit: str, period: date, amount: int, number: str) -> Row:
    return d.book.add(
        "approved_list",
        approval_no=number,
        benefit=benefit,
        id_no=person.id_no,
        name=person.name,
        village=person.village.name,
        period=period,
        amount=amount,
    )


def show(d: District, person: Person, benefit: str, before: date, amount: int) -> Row | None:
    """Ten days on the notice board before the first payment; once per person and benefit."""
    mark = (person.number, benefit)
    if mark in d.noticed:
        return None
    d.noticed.add(mark)
    return notice(d, person, benefit, before - days(25), before - days(15), amount)


def notice(d: District, person: Person, benefit: str, start: date, end: date, amount: int) -> Row:
    return d.book.add(
        "public_notices",
        benefit=benefit,
        id_no=person.id_no,
        name=person.name,
        village=person.village.name,
        notice_from=start,
        notice_to=end,
        amount=amount,
    )


def die(d: District, person: Person, day: date, **other: Any) -> Row:
    """A death as the crematorium or the police report it."""
    values = {
        "id_no": person.id_no,
        "name": person.name,
        "death_date": day,
        "registered_date": day + days(6),
        "village": person.village.name,
        "source": d.rng.choice(("殡葬管理所", "公安", "卫健", "民政")),
        "certificate_no": d.world.coded("SW", 6),
    }
    return d.book.add("deaths", **{**values, **other})


def hold_land(d: District, person: Person, mu: float, parcel: str | None = None) -> Row:
    """A registered right to farm a parcel."""
    return d.book.add(
        "land_rights",
        parcel_no=parcel or d.world.coded("DK", 8),
        id_no=person.id_no,
        name=person.name,
        household_no=person.household,
        village=person.village.name,
        area=hundredths(mu),
        register_date=date(2017, 11, 20),
    )


def take_over_land(d: District, giver: Person, taker: Person, mu: float, start: date, end: date) -> Row:
    """A recorded transfer of farmland."""
    return d.book.add(
        "land_transfers",
        contract_no=d.world.coded("LZ", 6),
        parcel_no=d.world.coded("DK", 8),
        from_id_no=giver.id_no,
        from_name=giver.name,
        to_id_no=taker.id_no,
        to_name=taker.name,
        village=taker.village.name,
        area=hundredths(mu),
        start_date=start,
        end_date=end,
    )


def claim_land(d: District, person: Person, parcel: str, mu: float, year: int = 2025, **other: Any) -> Row:
    """The yearly farmland subsidy for one parcel, paid by the mu."""
    day = date(year, 5, 20) if year > 2025 else date(year, 9, 15)
    amount = round(mu * FARMLAND_PER_MU, 2)
    land: dict[str, Any] = {"parcel_no": parcel, "area": hundredths(mu), "season": f"{year}年"}
    return pay(d, person, FARMLAND, day, amount=amount, **land, **other)
