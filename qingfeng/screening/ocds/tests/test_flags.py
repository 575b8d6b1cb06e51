"""The eleven flags: what raises each, and each exclusion of its public definition."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from qingfeng.screening.errors import BadData
from qingfeng.screening.ocds import Parameters, flags, tender_rows
from qingfeng.screening.ocds.fences import fences, quantile
from qingfeng.screening.ocds.tests.releases import award, bid, contest, process

WIDE = [contest(f"宽{number}", 100, 10_000 + number) for number in range(7)]
EQUAL = [contest(f"平{number}", 100, 100) for number in range(7)]
NEAR = [contest(f"近{number}", 100, 100 + number) for number in range(7)]
DISTURBED = [
    process(
        "一标待定",
        [bid("valid", "甲", asks=1), bid("valid", "乙", asks=1)],
        [award("甲"), award(status="pending")],
    ),
    process(
        "状态不明", [bid("valid", "甲", asks=1), bid("valid", "乙", asks=1)], [award("甲"), award(status="?")]
    ),
    process("两标", [bid("valid", "甲", asks=1), bid("valid", "乙", asks=1)], [award("甲"), award("甲")]),
    process("联合中标", [bid("valid", "甲", asks=1), bid("valid", "乙", asks=1)], [award("甲", "丙")]),
    process("联合投标", [bid("valid", "甲", asks=1), bid("valid", "乙", "丙", asks=1)], [award("甲")]),
    process("胜者未受理", [bid("invited", "甲", asks=1), bid("valid", "乙", asks=1)], [award("甲")]),
    process(
        "另一币种", [bid("valid", "甲", asks=1), bid("valid", "乙", asks=1, currency="USD")], [award("甲")]
    ),
    contest("低价未中", 2, 1),
    contest("已取消", 1, 1, tender={"status": "cancelled"}),
]


def flagged(code: str, lines: list[str], *pairs: str) -> dict[str, dict[str, float | None]]:
    """Group → identifier → value of one flag."""
    found = flags(lines, Parameters.parse(pairs, rules=[code]))
    return {group: {known: codes[code] for known, codes in of.items()} for group, of in found.items()}


def test_a_runner_up_close_to_the_winner_is_flagged_with_both_firms() -> None:
    found = flagged("R024", [contest("近", 100, 101), *WIDE, *DISTURBED])
    assert found == {"OCID": {"近": 0.01}, "Tenderer": {"甲": 0.0, "乙": 0.0}}


def test_no_margin_is_unusual_where_three_quarters_have_none() -> None:
    assert flagged("R024", [*EQUAL, contest("远", 100, 300)]) == {}


def test_the_winners_lowest_bid_counts() -> None:
    twice = process(
        "两报",
        [bid("valid", "甲", asks=100), bid("valid", "甲", asks=150), bid("valid", "乙", asks=100)],
        [award("甲")],
    )
    assert flagged("R024", [twice, *WIDE])["OCID"] == {"两报": 0.0}


def test_a_discount_out_of_proportion_is_flagged_with_its_winner() -> None:
    found = flagged("R058", [contest("远", 100, 300), *NEAR, *DISTURBED])
    assert found == {"OCID": {"远": 2.0}, "Tenderer": {"甲": 0.0}}


def test_a_bid_for_nothing_has_no_finite_margin() -> None:
    assert flagged("R058", [contest("零", 0, 300), contest("都零", 0, 0), *NEAR])["OCID"] == {"零": None}


def test_a_fence_given_takes_the_place_of_the_computed_one() -> None:
    lines = [contest("近", 100, 104), *WIDE]
    assert flagged("R024", lines, "r024.threshold=0.03") == {}
    assert flagged("R024", lines, "r024.threshold=0.05")["OCID"] == {"近": 0.04}


def test_prices_set_by_the_buyer_are_not_compared() -> None:
    lines = [contest("定价", 100, 100, tender={"procurementMethodDetails": "抽签"}), *WIDE]
    barred = "no_price_comparison_procurement_methods=抽签"
    assert "OCID" in flagged("R024", lines)
    assert flagged("R024", lines, barred) == flagged("R028", lines, barred) == {}
    assert flagged("R028", lines, "exclusions.procurement_method_details=抽签") == {}
    assert "OCID" in flagged("R028", lines, barred, "price_comparison_procurement_methods=抽签")


def test_a_period_is_only_measured_between_moments_of_the_standard() -> None:
    forms = {
        "标准": ("2026-03-01T09:00:00+08:00", "2026-03-05T09:00:00.5+08:00"),
        "小写": ("2026-03-01t09:00:00z", "2026-03-05t09:00:00z"),
        "无时区": ("2026-03-01T09:00:00", "2026-03-05T09:00:00"),
        "无分隔": ("20260301T090000Z", "20260305T090000Z"),
        "只到小时": ("2026-03-01T09Z", "2026-03-05T09Z"),
    }
    lines = [
        process(name, tender={"tenderPeriod": {"startDate": start, "endDate": end}})
        for name, (start, end) in forms.items()
    ]
    assert flagged("R003", lines) == {"OCID": {"标准": 1.0, "小写": 1.0}}


def test_who_bids_most_and_wins_least_is_flagged() -> None:
    won = [
        process(f"{n}", [bid("valid", "常败"), bid("valid", f"胜{n}")], [award(f"胜{n}")]) for n in range(9)
    ]
    once = process("末", [bid("valid", "常败"), bid("valid", "常败"), bid("valid", "偶投")], [award("常败")])
    assert flagged("R025", [*won, once], "r025.threshold=0.2", "r025.percentile=90") == {
        "Tenderer": {"常败": 0.1}
    }
    assert flagged("R025", [*won, once], "r025.threshold=0.2") == {"Tenderer": {"常败": 0.1, "偶投": 0.0}}
    # Without a threshold the fence is computed: here every winner lies on it, and all who lie on it count.
    assert flagged("R025", won) == {"Tenderer": {"常败": 0.0} | {f"胜{n}": 1.0 for n in range(9)}}


def test_equal_prices_of_different_firms_are_flagged_whatever_the_verdict_on_the_bids() -> None:
    lines = [
        process("同", [bid("valid", "甲", asks=5), bid("disqualified", "乙", asks=5)]),
        process("自己", [bid("valid", "丙", asks=5), bid("pending", "丙", asks=5)]),
        process("同一联合体", [bid("valid", "丙", "丁", asks=5), bid("valid", "丁", "丙", asks=5)]),
        process("币种不同", [bid("valid", "丙", asks=5), bid("valid", "丁", asks=5, currency="USD")]),
        process("撤回", [bid("valid", "丙", asks=5), bid("withdrawn", "丁", asks=5)]),
        process("无人", [bid("valid", "丙", asks=5), bid("valid", asks=5)]),
    ]
    assert flagged("R028", lines) == {"OCID": {"同": 1.0}, "Tenderer": {"甲": 1.0, "乙": 1.0}}


def test_a_late_bid_is_flagged_only_when_it_won() -> None:
    tender = {"tenderPeriod": {"endDate": "2026-03-15T17:00:00+08:00"}}
    late, early = "2026-04-01T00:00:00+08:00", "2026-03-01T00:00:00+08:00"
    lines = [
        process("迟", [bid("valid", "甲", date=late)], [award("甲")], tender=tender),
        process("及时", [bid("valid", "乙", date=early)], [award("乙")], tender=tender),
        process("未中", [bid("valid", "乙", date=late)], [award("丙")], tender=tender),
        process("未定", [bid("valid", "乙", date=late)], [award("乙", status="pending")], tender=tender),
    ]
    assert flagged("R030", lines) == {"OCID": {"迟": 1.0}, "Tenderer": {"甲": 1.0}}


def test_all_others_disqualified_counts_firms_and_names_the_winner() -> None:
    out, kept = bid("disqualified", "丁"), bid("valid", "甲")
    lines = [
        process("一家", [out, out, kept, kept], [award("甲"), award("甲")]),
        process(
            "两家", [out, bid("disqualified", "戊"), kept], [award("甲"), award("己", status="cancelled")]
        ),
        process("另有有效", [out, kept, bid("valid", "戊")], [award("甲")]),
        process("另有中标", [out, kept], [award("甲"), award("戊")]),
        process("无人出局", [kept], [award("甲")]),
        process("待定", [out, kept], [award("甲"), award(status="pending")]),
    ]
    assert flagged("R035", lines) == {"OCID": {"一家": 1.0, "两家": 2.0}, "Tenderer": {"甲": 0.0}}
    assert flagged("R035", lines, "r035.threshold=2")["OCID"] == {"两家": 2.0}


def test_the_lowest_bid_disqualified_is_flagged() -> None:
    lines = [
        process("低者出局", [bid("disqualified", "甲", asks=1), bid("valid", "乙", asks=2)], [award("乙")]),
        process(
            "邀而未投",
            [bid("invited", "甲", asks=1), bid("disqualified", "乙", asks=2), bid("valid", "丙", asks=3)],
            [award("丙")],
        ),
        process("同价先出局", [bid("disqualified", "甲", asks=1), bid("valid", "乙", asks=1)], [award("乙")]),
        process(
            "低者待定",
            [bid("pending", "甲", asks=1), bid("disqualified", "乙", asks=2), bid("valid", "丙", asks=3)],
            [award("丙")],
        ),
        process(
            "未定标",
            [bid("disqualified", "甲", asks=1), bid("valid", "乙", asks=2)],
            [award(status="pending")],
        ),
        process("无有效报价", [bid("disqualified", "甲", asks=1), bid("valid", "乙")], [award("乙")]),
    ]
    assert flagged("R036", lines) == {"OCID": {"低者出局": 1.0, "邀而未投": 1.0, "同价先出局": 1.0}}


def test_many_disqualified_bids_are_flagged_for_buyers_entities_and_tenderers() -> None:
    def one(number: int, buyer: str, out: bool) -> str:
        bids = [bid("valid", f"商{number}"), bid("disqualified" if out else "valid", f"户{number}")]
        return process(
            f"{number}", bids, buyer={"id": buyer}, tender={"procuringEntity": {"id": f"{buyer}代"}}
        )

    lines = [one(0, "严", True), *(one(number, f"常{number}", False) for number in range(1, 6))]
    assert flagged("R038", lines) == {"Buyer": {"严": 0.5}, "ProcuringEntity": {"严代": 0.5}}
    assert flagged("R038", lines, "r038.minimum_submitted_bids=1", "r038.threshold=0.9") == {
        "Tenderer": {"户0": 1.0}
    }
    assert flagged("R038", lines, "r038.minimum_contracting_processes=3") == {}


def test_a_supplier_of_everything_is_flagged_once_it_has_enough_awards() -> None:
    lines = [process(f"{n}", awards=[award(f"专{n}", classes=("10000000", "10110000"))]) for n in range(4)]
    lines.append(
        process(
            "杂",
            awards=[award("杂货", classes=("10000000", "22000000")), award("杂货", "另", classes=("30",))],
        )
    )
    few = "r048.minimum_contracting_processes=1"
    assert flagged("R048", lines, few) == {"Tenderer": {"杂货": 2.0}}
    assert flagged("R048", lines) == {}
    assert flagged("R048", lines, few, "r048.threshold=3") == {}
    assert flagged("R048", lines, few, "r048.digits=4")["Tenderer"] == dict.fromkeys(
        ("专0", "专1", "专2", "专3", "杂货"), 2.0
    )


def test_a_period_is_short_in_whole_days() -> None:
    def period(ocid: str, end: str, **tender: str) -> str:
        return process(
            ocid,
            tender={"tenderPeriod": {"startDate": "2026-03-01T18:00:00+08:00", "endDate": end}, **tender},
        )

    lines = [
        period("差一秒", "2026-03-16T17:59:59+08:00", procurementMethod="open"),
        period("整十五天", "2026-03-16T10:00:00Z"),
        period("无时区", "2026-03-02T10:00:00"),
        period("应急", "2026-03-10T18:00:00+08:00", procurementMethodDetails="应急"),
    ]
    assert flagged("R003", lines)["OCID"] == {"差一秒": 1.0, "应急": 1.0}
    assert flagged("R003", lines, "r003.procurement_method_details.应急=5")["OCID"] == {"差一秒": 1.0}
    assert flagged("R003", lines, "r003.procurement_methods=open")["OCID"] == {"差一秒": 1.0}
    assert flagged("R003", lines, "r003.threshold=9") == {}


def test_a_single_bid_counts_in_competitive_procedures() -> None:
    lines = [
        process(f"{method}{n}", tender={"numberOfTenderers": n, "procurementMethod": method})
        for method in ("open", "direct")
        for n in (1, 2)
    ]
    assert flagged("R018", lines) == {"OCID": {"open1": 1.0}}
    assert set(flagged("R018", lines, "r018.procurement_methods=direct")["OCID"]) == {"direct1"}


def test_quartiles_are_median_unbiased() -> None:
    assert quantile([1, 2, 3, 4], 0.25) == pytest.approx(1 + (4 + 1 / 3) / 4 + 1 / 3 - 1)
    assert fences([5.0] * 4) == (5.0, 5.0, 5.0, 5.0)
    assert math.isnan(fences([]).lower)


@pytest.mark.parametrize(
    "pair",
    [
        "r003.threshold=viele",
        "r999.threshold=1",
        "r035.threshold=-1",
        "threshold",
        "r024.threshold=nan",
        "r025.percentile=101",
    ],
)
def test_a_parameter_that_is_none_is_refused_by_name(pair: str) -> None:
    with pytest.raises(BadData) as refused:
        Parameters.parse([pair])
    assert pair.partition("=")[0] in str(refused.value)


def test_a_misspelt_parameter_is_told_the_name_that_was_meant() -> None:
    with pytest.raises(BadData, match=r"是不是 r003\.threshold？"):
        Parameters.parse(["r003.treshold=10"])
    with pytest.raises(BadData, match=r"exclusions\.procurement_method_details"):
        Parameters.parse(["xyz=10"])


def test_an_ini_file_may_ask_for_flags_that_are_none_of_the_eleven(tmp_path: Path) -> None:
    settings = tmp_path / "设置.ini"
    settings.write_text("[R018]\n[R044]\n[R055]\nthreshold = 5\n", encoding="utf-8-sig")
    read = Parameters.parse(settings=settings)
    assert (read.rules, read.not_computed) == (("R018",), ("R044", "R055"))
    with pytest.raises(BadData, match="打不开"):
        Parameters.parse(settings=tmp_path / "没有.ini")


def test_an_ini_file_chooses_the_flags_that_it_has_a_section_for(tmp_path: Path) -> None:
    settings = tmp_path / "设置.ini"
    settings.write_text(
        "currency = CNY\n[modifications]\nmove_auctions = true\n[R024]\nthreshold = 0.05 ; 低\n"
        "[R003]\n[R003.procurement_method_details]\n应急 = 5\n",
        encoding="utf-8",
    )
    read = Parameters.parse(["r024.threshold=0.06"], settings=settings)
    assert (read.rules, read.currency, read.r024_threshold, read.r003_details) == (
        ("R003", "R024"),
        "CNY",
        0.06,
        {"应急": 5},
    )


def test_releases_become_rows_of_the_tender_tables(tmp_path: Path) -> None:
    release = {
        "ocid": "P1",
        "buyer": {"name": "云汀街道"},
        "tender": {"title": "修路", "tenderPeriod": {"startDate": "2026-01-05T00:00:00Z"}},
        "awards": [
            {
                "id": "1",
                "status": "active",
                "date": "2026-02-01T00:00:00Z",
                "suppliers": [{"id": "F1", "name": "甲建"}],
                "value": {"amount": 9.5, "currency": "CNY"},
            }
        ],
        "bids": {"details": [bid("valid", "F1", asks=9.5), bid("disqualified", "F2", asks=8)]},
    }
    path = tmp_path / "发布.jsonl"
    path.write_text("\n" + json.dumps(release), encoding="utf-8")
    rows = [
        (table, row.get("winner_name") or row.get("bidder_name"), row.get("won"), row.get("valid"), line)
        for table, row, line in tender_rows(path)
    ]
    assert rows == [
        ("awards", "甲建", None, None, 2),
        ("bids", "F1", "是", "是", 2),
        ("bids", "F2", "否", "否", 2),
    ]
