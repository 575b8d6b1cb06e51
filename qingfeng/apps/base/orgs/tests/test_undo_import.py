"""An import of units taken back: what it made is void, what it changed is as before, until something builds on it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from qingfeng.apps.base.orgs import actions
from qingfeng.apps.base.orgs.models import (
    Appointment,
    Group,
    GroupOversight,
    Person,
    Post,
    Unit,
    UnitClosure,
    UnitImport,
    User,
)
from qingfeng.apps.base.orgs.tests.test_unit_import import GROUPS, HEAD, PEOPLE, units, workbook
from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.records.verification import verify_streams
from qingfeng.apps.base.web.errors import Refused
from tests.cast import Cast

NEW = ["990101002", "芦苇社区", "", "社区", "990101"]


def taken(content: bytes, by: User) -> UnitImport:
    batch = actions.import_units(content=content, name="单位.xlsx", by=by).batch
    assert batch is not None
    return batch


def everything() -> dict[str, object]:
    """All rows of the organisation that stand, without their revisions, and who is below whom."""
    models = (Unit, Group, GroupOversight, Person, Post, Appointment, User)
    left_out = ("revision", "password", "last_login")
    found: dict[str, object] = {
        model.__name__: [
            {name: value for name, value in row.items() if name not in left_out}
            for row in model.objects.order_by("pk").values()
        ]
        for model in models
    }
    return {**found, "tree": set(UnitClosure.objects.values_list("ancestor", "descendant", "depth"))}


def test_units_groups_people_and_accounts_are_void_and_changes_are_as_before(cast: Cast):
    before = everything()
    content = workbook(
        单位=[
            HEAD,
            NEW,
            ["990101003", "荷塘社区", "", "社区", "990101"],
            ["990102", "望山新街道", "", "街道", "990100"],
            [cast.community.code, cast.community.name, "", "社区", "990102"],
        ],
        组=[GROUPS, ["X9", "临时专班", "专班", "990101", "990101002"]],
        人员=[PEOPLE, ["尹小满", "Y001", "990101002", "干事", "经办人", "", "yinxm"]],
    )
    batch = taken(content, cast.administrator)
    assert (
        User.objects.filter(username="yinxm").exists()
        and Unit.objects.get(code="990102").name == "望山新街道"
    )
    actions.undo_import(batch=batch, by=cast.administrator)
    assert everything() == before
    assert all(stream.broken is None for stream in verify_streams())
    assert Event.objects.filter(kind="unit.taken_back").count() == 2
    for model in (Unit, Group, GroupOversight, Person, Post, Appointment, User):
        void = model.with_void.exclude(voided_at=None)
        assert {(row.voided_by, row.void_reason) for row in void} == {
            (cast.administrator, "“单位.xlsx”的导入已撤销")
        }
    again = taken(content, cast.administrator)
    assert (
        Unit.with_void.filter(code="990101002").count() == 2
    )  # the code is free, the row that was void stays
    assert User.with_void.filter(username="yinxm").count() == 2
    assert again.pk != batch.pk and Unit.objects.get(code="990101002").parent == cast.street


def test_it_is_refused_once_something_builds_on_it_or_was_changed_since(cast: Cast):
    batch = taken(units(NEW), cast.office)
    unit = Unit.objects.get(code="990101002")
    with pytest.raises(Refused, match="由专治办或系统管理员"):
        actions.undo_import(batch=batch, by=cast.clerk)
    actions.appoint(person=cast.clerk.person, role="unit_head", title="书记", unit=unit, by=cast.office)
    with pytest.raises(Refused, match="已经有了职务"):
        actions.undo_import(batch=batch, by=cast.office)
    other = taken(units(["990101003", "荷塘社区", "", "社区", "990101"]), cast.office)
    changed = Unit.objects.get(code="990101003")
    actions.rename_unit(unit=changed, name="荷塘新社区", short_name="荷塘", by=cast.office)
    with pytest.raises(Refused, match="“荷塘新社区”后来又有变动"):
        actions.undo_import(batch=other, by=cast.office)
    assert Unit.objects.filter(code__in=["990101002", "990101003"]).count() == 2


def test_the_page_offers_it_and_says_why_not(cast: Cast, client: Client):
    batch = taken(units(NEW), cast.office)
    client.force_login(cast.office)
    address = reverse("orgs:unit_import")
    assert "撤销这次导入" in client.get(address).content.decode()
    done = client.post(address, {"undo": batch.reference}, follow=True).content.decode()
    assert "已撤销“单位.xlsx”的导入" in done and not Unit.objects.filter(code="990101002").exists()
    twice = client.post(address, {"undo": batch.reference})
    assert twice.status_code == 422 and "已经撤销" in twice.content.decode()
    assert client.post(address, {"undo": "NICHT-DA"}).status_code == 404


def test_an_account_that_was_taken_back_opens_for_nobody_and_its_person_may_have_another(
    cast: Cast, client: Client
):
    seat = ["尹小满", "Y001", "990101", "干事", "经办人"]
    actions.import_units(content=workbook(人员=[PEOPLE, seat]), name="人员.xlsx", by=cast.administrator)
    batch = taken(workbook(人员=[PEOPLE, [*seat, "", "yinxm"]]), cast.administrator)
    account = User.objects.get(username="yinxm")
    actions.undo_import(batch=batch, by=cast.administrator)
    client.force_login(account)
    assert client.get("/").status_code == 302
    person = Person.objects.get(staff_no="Y001")
    actions.create_account(person=person, username="yinxm", password="Changqing-2026", by=cast.administrator)
    assert User.objects.get(username="yinxm").pk != account.pk


def test_what_was_taken_back_first_does_not_hinder_taking_back_what_it_stood_on(cast: Cast):
    below = taken(units(NEW), cast.office)
    inside = taken(workbook(人员=[PEOPLE, ["尹小满", "Y001", "990101002", "干事", "经办人"]]), cast.office)
    with pytest.raises(Refused, match="已经有了职务"):
        actions.undo_import(batch=below, by=cast.office)
    actions.undo_import(batch=inside, by=cast.office)
    actions.undo_import(batch=below, by=cast.office)
    assert not Unit.objects.filter(code="990101002").exists()
