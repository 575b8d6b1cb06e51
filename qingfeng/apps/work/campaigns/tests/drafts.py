"""A draft as the plan reader gives it, written by hand: a made-up plan of 清河区 for 2026."""

from __future__ import annotations

import copy
from typing import Any

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.work.campaigns.actions import plans
from qingfeng.apps.work.campaigns.models import Plan
from qingfeng.apps.work.campaigns.plan_process import masked_in
from qingfeng.apps.work.campaigns.reading import Reading
from tests.cast import Cast

LINES = [
    "清河区开展窗口服务专项治理实施方案",
    "一、动员部署(2026年5月11日至5月20日)",
    "各街道各部门于5月25日前将本单位方案以电子稿和纸质稿报送区专治办。",
    "二、自查自纠(5月21日至6月30日)",
    "各街道各部门每周召开例会,研究自查中发现的问题。",
    "三、整改落实(7月1日至9月30日)",
    "各专项治理小组每季度末月28日前梳理本季度工作情况。",
    "各街道各部门推进专项治理工作情况,于每月20日前以电子稿和纸质稿报送区专治办。",
    "收到整改通知之日起30日内,有关单位报送整改结果。",
    "领导小组办公室每月召开联席会议。",
    "领导小组组长由区委常委、区纪委书记高远山同志担任。",
]


def obligation(who: list[str], what: str, line: int, **given: Any) -> dict[str, Any]:
    return {
        "who": who,
        "what": what,
        "deliver_to": [],
        "start": None,
        "due": None,
        "due_text": "",
        "recurrence": None,
        "condition": None,
        "trigger": None,
        "channel": None,
        "form": None,
        "stage": None,
        "repeats_per_unit": True,
        "quote": LINES[line - 1],
        "line": line,
        **given,
    }


def rhythm(
    every: str, day: int | None = None, weekday: int | None = None, month: int | None = None
) -> dict[str, Any]:
    return {"every": every, "day": day, "weekday": weekday, "month_of_period": month}


ALL = ["各街道", "各部门"]
DRAFT: dict[str, Any] = {
    "kind": "plan",
    "reasons": [],
    "title": LINES[0],
    "issuer": "清河区纪委",
    "document_status": "issued",
    "basis": [],
    "period": {"start": "2026-05-11", "end": "2026-12-31"},
    "targets": [],
    "contents": [
        {"number": 1, "title": "惠民资金发放", "text": "", "line": 1},
        {"number": 2, "title": "窗口服务作风", "text": "", "line": 1},
    ],
    "stages": [
        {
            "number": 1,
            "name": "动员部署",
            "kind": "mobilization",
            "start": "2026-05-11",
            "end": "2026-05-20",
            "line": 2,
        },
        {
            "number": 2,
            "name": "自查自纠",
            "kind": "self_inspection",
            "start": "2026-05-21",
            "end": "2026-06-30",
            "line": 4,
        },
        {
            "number": 3,
            "name": "整改落实",
            "kind": "rectification",
            "start": "2026-07-01",
            "end": "2026-09-30",
            "line": 6,
        },
    ],
    "obligations": [
        obligation(
            ALL, "本单位方案", 3, deliver_to=["区专治办"], due="2026-05-25", stage=1, channel="电子稿和纸质稿"
        ),
        obligation(ALL, "召开例会", 5, recurrence=rhythm("week"), stage=2),
        obligation(["各专项治理小组"], "梳理本季度工作情况", 7, recurrence=rhythm("quarter", 28, month=3)),
        obligation(
            ALL,
            "推进专项治理工作情况",
            8,
            deliver_to=["区专治办"],
            recurrence=rhythm("month", 20),
            channel="电子稿和纸质稿",
        ),
        obligation(["有关单位"], "整改结果", 9, deliver_to=["区专治办"], trigger="收到整改通知之日起30日内"),
        obligation(
            ["领导小组办公室"], "召开联席会议", 10, recurrence=rhythm("month"), repeats_per_unit=False
        ),
    ],
    "groups": [
        {
            "name": "专项治理领导小组",
            "kind": "leading_group",
            "count": 1,
            "members": ["区委常委"],
            "line": 11,
        },
        {"name": "专项治理小组", "kind": "governance_group", "count": 8, "members": [], "line": 7},
    ],
    "mechanisms": [{"name": "周例会", "quote": LINES[4], "line": 5}],
    "forms": [
        {
            "attachment": 4,
            "title": "月报表",
            "orientation": "matrix",
            "fields": ["受检单位", "整改情况"],
            "line": 8,
        }
    ],
    "faults": [
        {"code": "person_named", "message": "写有个人姓名1处", "lines": [11]},
        {"code": "group_unnamed", "message": "8个专项治理小组没有名称", "lines": [7]},
    ],
}


def reading(**given: Any) -> Reading:
    """The reader's answer; parts may be replaced."""
    lines = [{"number": number, "text": text} for number, text in enumerate(LINES, 1)]
    return Reading(*masked_in([{**copy.deepcopy(DRAFT), **given}, lines], {"高远山"}))


def keep_plan(cast: Cast, *, by: User | None = None, name: str = "方案.txt", **given: Any) -> Plan:
    """The made-up plan, handed in by the office."""
    return plans.keep(
        file_name=name,
        content="\n".join(LINES).encode(),
        reading=reading(**given),
        root_unit=cast.district,
        by=by or cast.office,
    )
