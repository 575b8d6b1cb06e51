"""The made-up district: its tables go through the same import that an office uses; the accounts share one password."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.hashers import make_password

from qingfeng.apps.base.orgs import actions as orgs
from qingfeng.apps.base.orgs.models import Group, Person, User

TABLES = Path(__file__).with_name("tables")
ROOT_CODE = "990700"
"""The district's own code; no region begins with 99."""
PASSWORD = "yunting-2026-demo"  # noqa: S105 — printed at every load; the demo holds nothing to guard
SHORT_NAMED = ("QFB", "ZL")
"""Groups that file sheets, whose short name stands before the sheet's number."""


@dataclass(frozen=True)
class Account:
    """An account to try first."""

    role: str
    username: str
    does: str

    @property
    def name(self) -> str:
        return User.objects.select_related("person").get(username=self.username).person.name


ACCOUNTS = (
    Account("专治办", "office", "核对方案、看任务一览、退回台账、审批转办"),
    Account("单位经办人", "clerk", "汀兰街道：填检查台账、登记整改、编月报"),
    Account("单位负责人", "head", "汀兰街道：签字、签零问题承诺"),
    Account("街道纪工委书记", "secretary", "汀兰街道自查问题的销号人，审批延期、回头看"),
    Account("检查人员", "inspector", "派驻二组组长、治理组副组长：填督检台账、销号"),
    Account("领导（只读）", "leader", "全区总览、四张清单"),
    Account("审计员", "auditor", "事件记录、核验"),
    Account("系统管理员", "admin", "账号"),
)


def set_up_district() -> None:
    """Units, groups, people and accounts. Without an actor: this is the installation itself."""
    for name in ("units.csv", "groups.csv", "people.csv"):
        orgs.import_units(content=(TABLES / name).read_bytes(), name=name, by=None)
    for row in rows("groups.csv"):
        if row["组代码"].startswith(SHORT_NAMED):
            group = Group.objects.get(code=row["组代码"])
            orgs.rename_group(group=group, name=row["名称"], short_name=row["简称"], by=None)
    password_hash = make_password(PASSWORD)
    people = {person.staff_no: person for person in Person.objects.all()}
    for row in rows("accounts.csv"):
        orgs.create_account(
            person=people[row["工号"]],
            username=row["账号"],
            password="",
            must_change=False,
            password_hash=password_hash,
            by=None,
        )


def rows(name: str) -> list[dict[str, str]]:
    """A table of the demo, a dictionary a row."""
    with (TABLES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
