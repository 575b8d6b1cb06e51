"""The first twenty rules as somebody would write them with pandas, on the same store; prints seconds, hits, memory.

PYTHON pandas_run.py FOLDER [RULE …]      (an environment of its own with pandas and pyarrow)
"""

import json
import resource
import sys
import time
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

AS_OF = pd.Timestamp("2026-06-30")
TESTED = (
    "低保|最低生活保障|特困|五保|救助|困难|低收入|贫困|廉租|公租|租赁补贴|危房|资助|助学|生活补贴|生活补助"
)
DAY = pd.Timedelta(days=1)
DATES = [
    "pay_date",
    "period",
    "death_date",
    "start_date",
    "end_date",
    "register_date",
    "due_date",
    "received_date",
    "voucher_date",
    "invoice_date",
    "award_date",
    "announce_date",
    "moved_in_date",
    "accepted_date",
    "decided_date",
    "from_date",
    "to_date",
    "founded_date",
    "month",
]
FOLDER = Path(sys.argv[1])


@cache
def table(name, *columns):
    """The columns of a table, dates as pandas has them; read once for all rules."""
    frame = pd.read_parquet(FOLDER / name / "part.parquet", columns=list(columns))
    for column in columns:
        if column in DATES:
            frame[column] = pd.to_datetime(frame[column])
    return frame


def payments():
    return table(
        "payments",
        "rec",
        "person_key",
        "village",
        "benefit",
        "pay_date",
        "period",
        "amount",
        "season",
        "area",
        "filed",
    )


@cache
def tested():
    paid = payments()
    wanted = paid["benefit"].drop_duplicates()
    return paid[paid["benefit"].isin(wanted[wanted.str.contains(TESTED)]) & (paid["amount"] > 0)]


def a01():
    found = payments().merge(table("deaths", "person_key", "death_date"), on="person_key")
    late = found["pay_date"] > found["death_date"] + 31 * DAY
    return found[late & ~found["benefit"].str.contains("丧葬|抚恤|遗属")]["person_key"]


def a02():
    paid = payments()
    one = paid[paid["benefit"].str.contains("特困")]
    other = paid[paid["benefit"].str.contains("低保|最低生活保障|残疾人护理|孤儿")]
    return one.merge(other, on=["person_key", "period"])["person_key"]


def a03():
    found = tested().merge(
        table("payroll", "person_key", "post", "post_kind", "month", "start_date", "end_date"),
        on="person_key",
    )
    regular = ~(found["post"].fillna("") + found["post_kind"].fillna("")).str.contains(
        "临时|编外|派遣|公益|保洁"
    )
    month = found["month"].isna() | (found["month"] == found["period"])
    inside = (found["pay_date"] > found["start_date"] + 31 * DAY) & (
        found["end_date"].isna() | (found["pay_date"] <= found["end_date"])
    )
    return found[regular & month & inside]["person_key"]


def a04():
    firms = table("firms", "firm_key", "legal_person_key", "status", "firm_kind", "founded_date", "end_date")
    holders = table("firm_people", "firm_key", "person_key", "share_percent")
    owners = pd.concat(
        [
            firms[["firm_key", "legal_person_key"]].rename(columns={"legal_person_key": "person_key"}),
            holders[holders["share_percent"].astype(float) >= 10][["firm_key", "person_key"]],
        ]
    )
    live = firms[~firms["status"].str.contains("注销|吊销|停业") & ~firms["firm_kind"].str.contains("合作社")]
    found = tested().merge(owners, on="person_key").merge(live, on="firm_key")
    return found[found["pay_date"] > found["founded_date"] + 31 * DAY]["person_key"]


@cache
def families():
    return table("household_register", "person_key", "household_no")


def _of_family(owned):
    owners = owned.merge(families(), on="person_key").drop(columns="person_key")
    return owners.merge(families(), on="household_no")


def a05():
    homes = table("real_estate", "person_key", "title_no", "area", "estate_kind", "register_date").rename(
        columns={"area": "home_area"}
    )
    reach = _of_family(homes[~homes["estate_kind"].str.contains("安置|宅基地|农村|车位")])
    found = tested().merge(reach, on="person_key")
    found = found[found["pay_date"] > found["register_date"] + 31 * DAY]
    each = (
        found.groupby(["person_key", "rec"])
        .agg(homes=("title_no", "nunique"), area=("home_area", "sum"))
        .reset_index()
    )
    return each[(each["homes"] > 1) | (each["area"] > 15000)]["person_key"]


def a06():
    cars = table("vehicles", "person_key", "price", "vehicle_kind", "status", "register_date")
    dear = cars[(cars["price"] > 10_000_000) & ~cars["vehicle_kind"].str.contains("残疾|货|摩托")]
    found = tested().merge(_of_family(dear), on="person_key")
    return found[found["pay_date"] > found["register_date"] + 31 * DAY]["person_key"]


def a07():
    cadres = table("cadres", "person_key", "from_date", "to_date")
    kin = table("relatives", "cadre_person_key", "person_key").merge(
        cadres.rename(columns={"person_key": "cadre_person_key"}), on="cadre_person_key"
    )
    found = payments().merge(pd.concat([cadres, kin]), on="person_key")
    found = found[~found["benefit"].str.contains("耕地|地力|种粮|高龄|养老|抚恤|丧葬")]
    return found[(found["pay_date"] >= found["from_date"]) & (found["filed"] != True)]["person_key"]  # noqa: E712


def a11():
    paid = payments()
    claimed = (
        paid[paid["area"] > 0]
        .groupby(["person_key", "benefit", "season"])
        .agg(village=("village", "first"), area=("area", "sum"))
        .reset_index()
    )
    rights = _of_family(table("land_rights", "person_key", "area")).groupby("person_key")["area"].sum()
    moved = table("land_transfers", "to_person_key", "area").groupby("to_person_key")["area"].sum()
    allowed = claimed["person_key"].map(rights).fillna(0) + claimed["person_key"].map(moved).fillna(0)
    over = claimed[claimed["area"] * 100 > allowed * 110]
    keys = ["village", "benefit", "season"]
    grouped = claimed.groupby(keys)["area"]
    top = claimed[(claimed["area"] > grouped.transform("quantile", 0.95)) & (grouped.transform("size") >= 20)]
    top = top[top["person_key"].isin(table("cadres", "person_key", "from_date", "to_date")["person_key"])]
    return pd.concat([over["person_key"], top["person_key"]])


def b01():
    contracts = table("asset_contracts", "contract_no", "due_date", "due_amount", "litigation")
    got = table("receipts", "contract_no", "amount", "received_date")
    got = got[got["received_date"] <= AS_OF].groupby("contract_no")["amount"].sum()
    late = contracts[(contracts["due_date"] + 60 * DAY < AS_OF) & (contracts["litigation"] != True)]  # noqa: E712
    return late[late["contract_no"].map(got).fillna(0) < late["due_amount"]]["contract_no"]


def b07():
    paid = table(
        "vouchers",
        "rec",
        "village",
        "payee_firm_key",
        "payee_name_key",
        "voucher_date",
        "amount",
        "summary",
        "contract_no",
    )
    paid = paid[paid["contract_no"].isna() & ~paid["summary"].str.contains("工资|报酬|补贴|租金|电费")]
    paid = paid.assign(subject=paid["village"] + "|" + paid["payee_firm_key"].fillna(paid["payee_name_key"]))
    found = []
    for limit in (500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000):
        near = paid[(paid["amount"] < limit) & (paid["amount"] >= limit * 0.9)].sort_values(
            ["subject", "voucher_date"]
        )
        third = near.groupby("subject")["voucher_date"].shift(-2)
        found.append(near[third - near["voucher_date"] < 30 * DAY]["subject"])
    rounds = paid[paid["amount"] % 100_000 == 0]
    times = rounds.groupby(["subject", rounds["voucher_date"].dt.year]).size().reset_index(name="n")
    return pd.concat([*found, times[times["n"] >= 5]["subject"]])


def b08():
    papers = table(
        "invoices",
        "buyer",
        "seller_key",
        "seller_name",
        "invoice_code",
        "invoice_no",
        "invoice_date",
        "goods",
    )
    papers = papers[~papers["goods"].str.contains("水费|电费|物业|租金")].sort_values("invoice_no")
    keys = ["buyer", "seller_key", "invoice_code"]
    run = papers["invoice_no"].astype("int64") - papers.groupby(keys).cumcount()
    runs = (
        papers.assign(run=run).groupby([*keys, "run"])["invoice_date"].agg(["size", "nunique"]).reset_index()
    )
    runs = runs[(runs["size"] >= 3) & (runs["nunique"] > 1)]
    return runs["buyer"] + "|" + runs["seller_key"]


def e01():
    bought = table(
        "awards",
        "unit",
        "budget_item",
        "category",
        "winner_key",
        "place",
        "award_date",
        "amount",
        "framework",
        "way",
    )
    bought = bought[(bought["framework"] != True) & ~bought["way"].str.contains("公开招标|邀请招标")]  # noqa: E712
    bought = bought.assign(year=bought["award_date"].dt.year)
    found = []
    keys = ["unit", "year", "budget_item", "category"]
    for limit in (50_000_000, 200_000_000):
        under = bought[bought["amount"] < limit]
        sums = under.groupby(keys)["amount"].agg(["size", "sum"]).reset_index()
        sums = sums[(sums["size"] >= 2) & (sums["sum"] >= limit)]
        found.append(sums[keys].astype(str).agg("|".join, axis=1) if len(sums) else pd.Series(dtype=str))
        for party in ("winner_key", "place"):
            together = ["unit", "category", party]
            whole = under.groupby(together)["amount"].agg(["size", "sum"]).reset_index()
            whole = whole[(whole["size"] >= 2) & (whole["sum"] >= limit)]
            few = under.merge(whole[together], on=together)
            for _, group in few.groupby(together):
                rolled = group.sort_values("award_date").rolling("90D", on="award_date")["amount"].sum()
                if (rolled >= limit).any():
                    found.append(group[keys].astype(str).agg("|".join, axis=1))
    return pd.concat(found)


def c01():
    items = table(
        "compensation",
        "household_no",
        "house_no",
        "project",
        "item",
        "person_key",
        "announce_date",
        "supplement",
    )
    items = items[items["supplement"] != True]  # noqa: E712
    projects = items.groupby("household_no")["project"].nunique()
    twice = items[items.duplicated(["household_no", "project", "house_no", "item"])]
    return pd.concat([projects[projects > 1].index.to_series(), twice["household_no"]])


def c02():
    items = table(
        "compensation",
        "household_no",
        "house_no",
        "project",
        "item",
        "person_key",
        "announce_date",
        "supplement",
    )
    moved = table("household_register", "person_key", "moved_in_date", "moved_in_reason")
    found = items[items["item"].str.contains("人口|人头|人均")].merge(
        moved[moved["moved_in_date"].notna()], on="person_key"
    )
    recent = (found["moved_in_date"] > found["announce_date"] - pd.DateOffset(months=12)) & (
        found["moved_in_date"] <= found["announce_date"]
    )
    return found[recent & ~found["moved_in_reason"].str.contains("出生|婚|退役|毕业|释放")]["person_key"]


def e02():
    awards = table("awards", "unit", "winner_key", "award_date")
    last = awards.groupby("unit")["award_date"].transform("max")
    recent = awards[awards["award_date"] > last - pd.DateOffset(months=24)]
    won = recent.groupby(["unit", "winner_key"]).size().reset_index(name="won")
    total = won.groupby("unit")["won"].transform("sum")
    found = won[(won["won"] >= 5) & (won["won"] * 2 >= total)]
    return found["unit"] + "|" + found["winner_key"]


def e04():
    bids = table("bids", "project_no", "lot_no", "bidder_key", "mac", "disk_no", "licence_no", "author", "ip")
    keys = ["project_no", "lot_no"]
    found = []
    for mark in ("mac", "disk_no", "licence_no", "author", "ip"):
        firms = bids.dropna(subset=[mark]).groupby([*keys, mark])["bidder_key"].nunique()
        shared = firms[firms > 1].reset_index()
        found.append(shared["project_no"] + "|" + shared["lot_no"])
    return pd.concat(found)


def e07():
    bids = table("bids", "project_no", "lot_no", "bidder_key", "contact_phone_key")
    firms = table("firms", "firm_key", "legal_person_key", "phone_key", "firm_address_key")
    people = table("firm_people", "firm_key", "person_key", "holder_firm_key", "to_date")
    people = people[people["to_date"].isna()]
    links = pd.concat(
        [
            firms[["firm_key"]].assign(link="p" + firms["legal_person_key"]),
            people[["firm_key"]].assign(link="p" + people["person_key"]),
            people[["firm_key"]].assign(link="h" + people["holder_firm_key"]),
            firms[["firm_key"]].assign(link="t" + firms["phone_key"]),
            firms[["firm_key"]].assign(link="a" + firms["firm_address_key"]),
        ]
    ).dropna()
    keys = ["project_no", "lot_no", "bidder_key"]
    linked = bids[keys].merge(links, left_on="bidder_key", right_on="firm_key")[[*keys, "link"]]
    linked = pd.concat([linked, bids[keys].assign(link="t" + bids["contact_phone_key"]).dropna()])
    shared = linked.groupby(["project_no", "lot_no", "link"])["bidder_key"].nunique()
    shared = shared[shared > 1].reset_index()
    return shared["project_no"] + "|" + shared["lot_no"]


def g02():
    fills = table("fuel", "plate", "plate_key", "filled_at", "litres").merge(
        table("official_cars", "plate_key", "tank_litres"), on="plate_key", how="left"
    )
    fills = fills.assign(litres=fills["litres"].astype(float), tank=fills["tank_litres"].astype(float))
    fills = fills.sort_values(["plate", "filled_at"])
    by_car = fills.groupby("plate")
    soon = fills["filled_at"] - by_car["filled_at"].shift() <= pd.Timedelta(hours=2)
    more = fills["litres"] + by_car["litres"].shift() > fills["tank"]
    that_day = fills.groupby(["plate", fills["filled_at"].dt.date])["litres"].transform("size") >= 2
    return fills[that_day | (fills["litres"] > fills["tank"]) | (soon & more)]["plate"]


def g06():
    papers = table(
        "invoices",
        "buyer",
        "seller_key",
        "seller_name",
        "invoice_code",
        "invoice_no",
        "invoice_date",
        "goods",
    )
    words = "烟酒|香烟|卷烟|白酒|红酒|酒水|茶叶|礼品|礼盒|购物卡|购物券|月饼|储值卡"
    gifts = papers[(papers["seller_name"] + papers["goods"]).str.contains(words)]
    gifts = gifts[
        gifts["buyer"].str.contains("局|委员会|办公室|政府|街道|镇|乡|村|社区|中心|学校|医院|所|队|站|处")
    ]
    near = np.zeros(len(gifts), dtype=bool)
    for day in (
        "2025-10-01",
        "2025-10-06",
        "2026-01-01",
        "2026-02-17",
        "2026-04-05",
        "2026-05-01",
        "2026-06-19",
    ):
        festival = pd.Timestamp(day)
        near |= (
            (gifts["invoice_date"] >= festival - 15 * DAY) & (gifts["invoice_date"] < festival)
        ).to_numpy()
    return gifts[near]["buyer"]


def d01():
    cases = table("approvals", "case_no", "accepted_date", "decided_date", "promised_days")
    steps = table("approval_steps", "case_no", "stop_kind", "start_date", "end_date")
    holidays = json.loads((FOLDER / "holidays.json").read_text())
    calendar = np.busdaycalendar(holidays=holidays["off"])
    extra = np.array(holidays["on"], dtype="datetime64[D]")

    def worked(first, last):
        """Working days after the first day up to the last."""
        first, last = (
            first.to_numpy().astype("datetime64[D]") + 1,
            last.to_numpy().astype("datetime64[D]") + 1,
        )
        made_up = np.searchsorted(extra, last) - np.searchsorted(extra, first)
        return np.busday_count(first, last, busdaycal=calendar) + made_up

    until = cases["decided_date"].fillna(AS_OF)
    cases = cases.assign(used=worked(cases["accepted_date"], until))
    late = cases[cases["used"] > cases["promised_days"]]
    stops = steps[steps["stop_kind"].fillna("").str.contains("补正|材料|听证|评审|检验|鉴定")].merge(
        late, on="case_no"
    )
    stops = stops.assign(days=worked(stops["start_date"] - DAY, stops["end_date"]))
    off = late["case_no"].map(stops.groupby("case_no")["days"].sum()).fillna(0)
    return late[late["used"] - off > late["promised_days"]]["case_no"]


def main():
    wanted = [name.lower() for name in sys.argv[2:]]
    began = time.perf_counter()
    rules = {}
    for name in wanted:
        start = time.perf_counter()
        hits = int(globals()[name]().nunique())
        rules[name.upper()] = {
            "seconds": round(time.perf_counter() - start, 3),
            "hits": hits,
            "status": "done",
        }
    seconds = round(time.perf_counter() - began, 3)
    peak = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps({"kind": "pandas", "seconds": seconds, "peak_mib": peak, "rules": rules}))


main()
