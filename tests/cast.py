"""A small cast with names and fixed relations: the district 清河区, its streets, and who works there.

Made up, like all people of tests and demo.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from qingfeng.apps.base.orgs import actions as orgs
from qingfeng.apps.base.orgs.models import Group, Person, Unit, User
from qingfeng.apps.base.records import files
from qingfeng.apps.base.records.actions import create, recording
from qingfeng.apps.work.campaigns.models import (
    Campaign,
    CampaignUnit,
    ContentCategory,
    Plan,
    PlanState,
    Stage,
    StageKind,
)
from qingfeng.apps.work.problems.actions import set_up_origins

START = date(2026, 1, 1)
TODAY = date(2026, 6, 10)


@dataclass
class Cast:
    """Units, groups and accounts by name."""

    district: Unit
    street: Unit
    """临江街道, where most of the story plays."""
    sister: Unit
    """望山街道: a unit of the same rank."""
    community: Unit
    """柳荫社区 of 临江街道; has no clerk of its own."""
    department: Unit
    office_group: Group
    committee: Group
    """临江街道纪工委: oversees the street and what is below it."""
    sister_committee: Group
    governance: Group
    """第一专项治理小组: oversees both streets."""
    office: User
    office_second: User
    clerk: User
    head: User
    sister_clerk: User
    sister_head: User
    secretary: User
    """Of the street's discipline committee: closes out what the street found itself."""
    sister_secretary: User
    inspector: User
    """Of the first governance group."""
    second_inspector: User
    leader: User
    auditor: User
    administrator: User
    outsider: User
    """Has an account, but no post at all."""
    department_clerk: User
    extra: dict[str, Any] = field(default_factory=dict)

    def everyone(self) -> dict[str, User]:
        return {name: value for name, value in vars(self).items() if isinstance(value, User)}


def person(name: str, number: int, username: str) -> tuple[Person, User]:
    who = orgs.create_person(name=name, staff_no=f"T{number:03d}", by=None)
    return who, orgs.create_account(person=who, username=username, password="", password_hash="!", by=None)


def make_cast() -> Cast:
    """All of them, by the real actions."""
    unit, group = _units(), {}
    group["office_group"] = orgs.create_group(
        code="G0",
        name="清河区专项治理领导小组办公室",
        short_name="区专治办",
        kind="campaign_office",
        home_unit=unit["district"],
        by=None,
        oversees=(unit["district"],),
        valid_from=START,
    )
    for key, code, name, street in (
        ("committee", "G1", "临江街道纪工委", "street"),
        ("sister_committee", "G2", "望山街道纪工委", "sister"),
    ):
        group[key] = orgs.create_group(
            code=code,
            name=name,
            kind="street_discipline_committee",
            home_unit=unit[street],
            by=None,
            oversees=(unit[street],),
            valid_from=START,
        )
    group["governance"] = orgs.create_group(
        code="G3",
        name="第一专项治理小组",
        short_name="治理一组",
        kind="governance_group",
        home_unit=unit["district"],
        by=None,
        oversees=(unit["street"], unit["sister"]),
        valid_from=START,
    )
    return Cast(**unit, **group, **_people(unit, group))


def _units() -> dict[str, Unit]:
    district = orgs.create_unit(
        code="990100", name="清河区", kind="district", parent=None, by=None, valid_from=START
    )
    made = {"district": district}
    for key, code, name, kind, parent in (
        ("street", "990101", "临江街道", "street", "district"),
        ("sister", "990102", "望山街道", "street", "district"),
        ("community", "990101001", "柳荫社区", "community", "street"),
        ("department", "990150", "区水务局", "department", "district"),
    ):
        made[key] = orgs.create_unit(
            code=code, name=name, kind=kind, parent=made[parent], by=None, valid_from=START
        )
    return made


def _people(unit: dict[str, Unit], group: dict[str, Group]) -> dict[str, User]:
    seats: list[tuple[str, str, str, str, Any]] = [
        ("office", "周文渊", "campaign_office", "综合科科长", group["office_group"]),
        ("office_second", "吴清越", "campaign_office", "副主任", group["office_group"]),
        ("clerk", "林晓禾", "unit_clerk", "纪检干事", unit["street"]),
        ("head", "陈立群", "unit_head", "党工委书记", unit["street"]),
        ("sister_clerk", "何雨田", "unit_clerk", "纪检干事", unit["sister"]),
        ("sister_head", "罗世安", "unit_head", "党工委书记", unit["sister"]),
        ("secretary", "孙明远", "inspector", "纪工委书记", group["committee"]),
        ("sister_secretary", "唐一宁", "inspector", "纪工委书记", group["sister_committee"]),
        ("inspector", "高沐阳", "inspector", "组长", group["governance"]),
        ("second_inspector", "谢知秋", "inspector", "组员", group["governance"]),
        ("leader", "郑若谷", "leader", "区纪委书记", unit["district"]),
        ("auditor", "冯守一", "auditor", "审计员", unit["district"]),
        ("administrator", "许工", "administrator", "系统管理员", unit["district"]),
        ("department_clerk", "宋既白", "unit_clerk", "办公室科员", unit["department"]),
    ]
    made = {}
    for number, (key, name, role, title, where) in enumerate(seats, 1):
        who, made[key] = person(name, number, key)
        place = {"unit": where} if isinstance(where, Unit) else {"group": where}
        orgs.appoint(person=who, role=role, title=title, by=None, valid_from=START, **place)
    made["outsider"] = person("方无涯", 99, "outsider")[1]
    return made


def make_campaign(cast: Cast, **given: Any) -> Campaign:
    """A running campaign without its plan's details: stages, two contents, both streets and the department."""
    with recording():
        stored = files.store(name="方案.txt", content="关于开展专项治理的实施方案".encode(), by=cast.office)
        plan = create(
            Plan(
                file=stored,
                root_unit=cast.district,
                title="清河区专项治理实施方案",
                state=PlanState.STARTED,
                lines=[],
                draft={},
                handed_in_at=timezone.now(),
                handed_in_by=cast.office,
            ),
            by=cast.office,
            kind="plan.handed_in",
        )
        values = {
            "title": "清河区专项治理",
            "short_title": "专项治理",
            "starts_on": date(2026, 5, 11),
            "ends_on": date(2026, 12, 31),
            "plan": plan,
            "root_unit": cast.district,
            "office": cast.office_group,
            "started_at": timezone.now(),
            "started_by": cast.office,
            **given,
        }
        campaign = create(Campaign(**values), by=cast.office, kind="campaign.started")
        stages = (
            ("动员部署", StageKind.MOBILIZATION, (5, 11), (5, 20)),
            ("自查自纠", StageKind.SELF_INSPECTION, (5, 21), (6, 30)),
            ("整改落实", StageKind.RECTIFICATION, (7, 1), (9, 30)),
        )
        for number, (name, kind, first, last) in enumerate(stages, 1):
            create(
                Stage(
                    campaign=campaign,
                    number=number,
                    name=name,
                    kind=kind,
                    starts_on=date(2026, *first),
                    ends_on=date(2026, *last),
                ),
                by=cast.office,
                kind="stage.set",
            )
        for number, title in enumerate(("惠民资金发放", "窗口服务作风"), 1):
            create(
                ContentCategory(campaign=campaign, number=number, title=title),
                by=cast.office,
                kind="content.set",
            )
        for unit in (cast.street, cast.sister, cast.department):
            create(CampaignUnit(campaign=campaign, unit=unit), by=cast.office, kind="campaign_unit.joined")
        set_up_origins(campaign=campaign, by=cast.office)
    return campaign
