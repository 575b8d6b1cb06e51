"""Pages of the organisation: what each role sees, what is not there, what a page leaves behind."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from qingfeng.apps.base.orgs import actions
from qingfeng.apps.base.orgs.models import Appointment, Group, GroupOversight, Person, Unit, User
from qingfeng.apps.base.orgs.tests.test_people import Desk, held_by
from qingfeng.apps.base.orgs.tests.test_unit_import import HEAD, units
from qingfeng.apps.base.orgs.unit_import import read_units
from qingfeng.apps.base.records.models import Event
from tests.cast import START, Cast


def at(user: User) -> Client:
    """A browser signed in as this user."""
    client = Client()
    client.force_login(user)
    return client


def text(answer: Any) -> str:
    return answer.content.decode()


def page(name: str, *args: Any) -> str:
    return reverse(f"orgs:{name}", args=args)


PAGES = [("units",), ("unit_tree",), ("people",), ("groups",)]


@pytest.mark.parametrize("name", [name for (name,) in PAGES])
@pytest.mark.parametrize(
    "who", ["office", "clerk", "head", "inspector", "leader", "auditor", "administrator", "outsider"]
)
def test_everybody_signed_in_gets_the_lists(cast: Cast, name: str, who: str):
    assert at(getattr(cast, who)).get(page(name)).status_code == 200


@pytest.mark.parametrize("name", ["units", "people", "groups", "accounts", "unit_import", "unit_new"])
def test_strangers_are_sent_to_the_door(db: None, client: Client, name: str):
    answer = client.get(page(name))
    assert answer.status_code == 302 and reverse("account_login") in answer["Location"]


@pytest.mark.parametrize("name", [name for (name,) in PAGES])
def test_lists_refuse_to_be_posted_to(cast: Cast, name: str):
    assert at(cast.office).post(page(name)).status_code == 405


def test_a_clerk_sees_the_own_subtree_and_no_more(cast: Cast):
    body = text(at(cast.clerk).get(page("units")))
    assert "临江街道" in body and "柳荫社区" in body
    assert "望山街道" not in body and "区水务局" not in body
    people = text(at(cast.clerk).get(page("people")))
    assert "陈立群" in people and "何雨田" not in people


@pytest.mark.parametrize("name", ["unit", "unit_change", "unit_move", "unit_end", "unit_appoint"])
def test_a_unit_out_of_reach_is_not_there(cast: Cast, name: str):
    for code in (cast.sister.code, "999999"):
        assert at(cast.clerk).get(page(name, code)).status_code == 404


def test_people_and_groups_out_of_reach_are_not_there(cast: Cast):
    browser = at(cast.clerk)
    assert browser.get(page("person", cast.sister_clerk.person.staff_no)).status_code == 404
    assert browser.get(page("group", cast.sister_committee.code)).status_code == 404
    assert browser.get(page("appointment_end", held_by(cast.sister_clerk).pk)).status_code == 404
    assert browser.get(page("group", cast.governance.code)).status_code == 200
    assert "望山街道</a>" not in text(browser.get(page("group", cast.governance.code)))


@pytest.mark.parametrize("name", ["unit_change", "unit_move", "unit_end", "unit_appoint"])
def test_who_only_works_there_changes_nothing(cast: Cast, name: str):
    browser = at(cast.clerk)
    assert browser.get(page(name, cast.street.code)).status_code == 403
    assert browser.post(page(name, cast.street.code), {}).status_code == 403
    assert "专治办或系统管理员" in text(browser.get(page("unit_new")))


def test_moves_are_offered_only_to_those_who_may(cast: Cast):
    address = page("unit", cast.street.code)
    assert page("unit_end", cast.street.code) in text(at(cast.office).get(address))
    assert page("unit_end", cast.street.code) not in text(at(cast.clerk).get(address))


def test_a_unit_page_tells_who_works_there_and_who_oversees_it(cast: Cast):
    body = text(at(cast.office).get(page("unit", cast.street.code)))
    for words in (
        "林晓禾",
        "党工委书记",
        "临江街道纪工委",
        "第一专项治理小组",
        "柳荫社区",
        "清河区",
        "登记了单位",
    ):
        assert words in body


def test_ledgers_cost_the_same_however_long_they_are(cast: Cast, django_assert_max_num_queries: Any):
    for number in range(30):
        actions.create_unit(
            code=f"C{number}", name=f"第{number}社区", kind="community", parent=cast.street, by=None
        )
        who = actions.create_person(name=f"某{number}", staff_no=f"P{number}", by=None)
        actions.appoint(person=who, role="unit_clerk", title="干事", unit=cast.street, by=None)
    browser = at(cast.office)
    browser.get(page("groups"))  # the number of waiting matters in the frame is counted once and kept
    for name in ("units", "people", "groups", "unit_tree"):
        with django_assert_max_num_queries(14):
            browser.get(page(name))


def test_the_tree_shows_units_of_today_only(cast: Cast):
    actions.end_unit(unit=cast.community, last_day=date(2026, 6, 9), by=cast.office)
    assert "柳荫社区" not in text(at(cast.office).get(page("unit_tree")))
    assert "柳荫社区" not in text(at(cast.office).get(page("units")))
    assert "柳荫社区" in text(at(cast.office).get(page("units") + "?view=ended"))


def test_a_unit_is_entered_changed_moved_and_ended_on_pages(cast: Cast):
    browser = at(cast.office)
    entered = {
        "code": "990101009",
        "name": "芦苇社区",
        "kind": "community",
        "parent": "990101",
        "order": "",
        "valid_from": "2026-06-01",
        "short_name": "",
    }
    answer = browser.post(page("unit_new"), entered)
    assert (answer.status_code, answer["Location"]) == (302, page("unit", "990101009"))
    assert "接下来可以为它任职" in text(browser.get(answer["Location"]))
    browser.post(
        page("unit_change", "990101009"),
        {
            "name": "芦花社区",
            "short_name": "芦花",
            "kind": "community",
            "order": "4",
            "valid_from": "2026-05-01",
        },
    )
    browser.post(page("unit_move", "990101009"), {"parent": "990102"})
    browser.post(page("unit_end", "990101009"), {"last_day": "2026-06-30"})
    unit = Unit.objects.get(code="990101009")
    assert (unit.name, unit.short_name, unit.order, unit.parent, unit.valid_to) == (
        "芦花社区",
        "芦花",
        4,
        cast.sister,
        date(2026, 6, 30),
    )
    kinds = list(Event.objects.filter(subject=unit.subject).order_by("seq").values_list("kind", flat=True))
    assert kinds == ["unit.created", "unit.renamed", "unit.corrected", "unit.moved", "unit.ended"]


def test_what_is_wrong_stands_at_the_form_and_what_was_typed_stays(cast: Cast):
    entered = {
        "code": "990101",
        "name": "芦苇社区",
        "kind": "community",
        "parent": "990101",
        "valid_from": "2026-06-01",
    }
    answer = at(cast.office).post(page("unit_new"), entered)
    assert answer.status_code == 422
    assert "已用于“临江街道”" in text(answer) and 'value="芦苇社区"' in text(answer)
    assert not Unit.objects.filter(name="芦苇社区").exists()


def test_a_page_saved_twice_leaves_one_event(cast: Cast):
    entered = {
        "name": "滨江街道",
        "short_name": "滨江",
        "kind": "street",
        "order": "0",
        "valid_from": START.isoformat(),
    }
    for _attempt in range(2):
        assert at(cast.office).post(page("unit_change", cast.street.code), entered).status_code == 302
    assert Event.objects.filter(kind="unit.renamed").count() == 1


def test_the_page_of_leaving_says_what_is_open_and_asks_for_a_successor(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    desk = Desk(2)
    monkeypatch.setattr(actions.handover_sources, "_fillers", [desk])
    browser, row = at(cast.office), held_by(cast.clerk)
    assert "2项" in text(browser.get(page("appointment_end", row.pk)))
    answer = browser.post(page("appointment_end", row.pk), {"last_day": "2026-06-10"})
    assert answer.status_code == 422 and "请指定接办人" in text(answer)
    answer = browser.post(page("appointment_end", row.pk), {"last_day": "2026-06-10", "successor": "T004"})
    assert answer.status_code == 302 and len(desk.handed) == 1
    assert "2项未办结事项已交陈立群接办" in text(browser.get(answer["Location"]))


def test_successors_are_colleagues_and_people_of_the_unit_above(cast: Cast):
    body = text(at(cast.office).get(page("appointment_end", held_by(cast.clerk).pk)))
    assert "陈立群（T004）" in body and "郑若谷" in body
    assert "林晓禾（T003）" not in body and "何雨田" not in body


def test_a_person_is_registered_appointed_and_corrected_on_pages(cast: Cast):
    browser = at(cast.office)
    browser.post(page("person_new"), {"name": "苏新到", "staff_no": "T800"})
    entered = {"person": "T800", "title": "网格员", "role": "unit_clerk", "valid_from": "2026-06-01"}
    assert browser.post(page("unit_appoint", cast.community.code), entered).status_code == 302
    row = Appointment.objects.get(person__staff_no="T800")
    browser.post(page("appointment_change", row.pk), {"valid_from": "2026-05-15"})
    browser.post(page("person_rename", "T800"), {"name": "苏新道"})
    row.refresh_from_db()
    assert (row.valid_from, row.person.name, row.post.unit) == (date(2026, 5, 15), "苏新道", cast.community)
    assert "网格员" in text(browser.get(page("person", "T800")))


def test_a_group_is_set_up_and_taken_apart_on_pages(cast: Cast):
    browser = at(cast.office)
    browser.post(
        page("group_new"),
        {
            "code": "G8",
            "name": "第二小组",
            "kind": "governance_group",
            "home_unit": "990100",
            "valid_from": "2026-06-01",
        },
    )
    browser.post(page("group_oversee", "G8"), {"unit": "990150", "valid_from": "2026-06-01"})
    browser.post(
        page("group_appoint", "G8"),
        {"person": "T099", "title": "组长", "role": "inspector", "valid_from": "2026-06-01"},
    )
    browser.post(page("group_rename", "G8"), {"name": "第二专项治理小组"})
    body = text(browser.get(page("group", "G8")))
    assert "方无涯" in body and "区水务局" in body and "第二专项治理小组" in body
    answer = browser.post(page("group_end", "G8"), {"last_day": "2026-06-30"})
    assert answer.status_code == 422 and "还有1人在任" in text(answer)
    row = GroupOversight.objects.get(group__code="G8")
    browser.post(page("oversight_end", "G8", row.pk), {"last_day": "2026-06-09"})
    browser.post(
        page("appointment_end", Appointment.objects.get(person=cast.outsider.person).pk),
        {"last_day": "2026-06-09"},
    )
    assert browser.post(page("group_end", "G8"), {"last_day": "2026-06-30"}).status_code == 302
    assert Group.objects.get(code="G8").valid_to == date(2026, 6, 30)


def test_the_oversight_of_another_group_is_not_there(cast: Cast):
    row = GroupOversight.objects.filter(group=cast.committee).get()
    assert at(cast.office).get(page("oversight_end", cast.governance.code, row.pk)).status_code == 404


ACCOUNT_PAGES = ["account_reset", "account_lock", "account_unlock"]


@pytest.mark.parametrize("who", ["office", "clerk", "leader", "auditor", "outsider"])
def test_for_others_than_the_administrator_there_are_no_accounts(cast: Cast, who: str):
    browser, number = at(getattr(cast, who)), cast.clerk.person.staff_no
    assert browser.get(page("accounts")).status_code == 404
    assert browser.get(page("account_new", number)).status_code == 404
    for name in ACCOUNT_PAGES:
        assert browser.post(page(name, number)).status_code == 404
    if who in {"office", "leader"}:
        body = text(browser.get(page("person", number)))
        assert "停用账号" not in body and "开通了账号" not in body


@pytest.mark.parametrize("name", ACCOUNT_PAGES)
def test_account_moves_refuse_get(cast: Cast, name: str):
    assert at(cast.administrator).get(page(name, cast.clerk.person.staff_no)).status_code == 405


def test_a_first_password_is_shown_once_and_kept_nowhere(cast: Cast):
    browser = at(cast.administrator)
    who = actions.create_person(name="苏新到", staff_no="T800", by=cast.office)
    answer = browser.post(page("account_new", "T800"), {"username": "suxindao"})
    password = answer.context["password"]
    assert password in text(answer) and "no-store" in answer["Cache-Control"]
    user = User.objects.get(person=who)
    assert user.check_password(password) and user.must_change_password
    assert password not in text(browser.get(page("person", "T800")))
    assert password not in str(browser.session.items())
    again = browser.post(page("account_reset", "T800")).context["password"]
    user.refresh_from_db()
    assert again != password and user.check_password(again)


def test_an_account_name_in_use_is_told_at_the_field(cast: Cast):
    actions.create_person(name="苏新到", staff_no="T800", by=cast.office)
    answer = at(cast.administrator).post(page("account_new", "T800"), {"username": "clerk"})
    assert answer.status_code == 422 and "已存在" in text(answer)


def test_accounts_are_locked_and_unlocked(cast: Cast):
    browser, number = at(cast.administrator), cast.clerk.person.staff_no
    browser.post(page("account_lock", number))
    assert not User.objects.get(pk=cast.clerk.pk).is_active
    assert "已停用" in text(browser.get(page("accounts") + "?view=locked"))
    browser.post(page("account_unlock", number))
    assert User.objects.get(pk=cast.clerk.pk).is_active
    assert browser.post(page("account_lock", cast.administrator.person.staff_no)).status_code == 422


def test_people_in_post_without_an_account_are_listed_for_the_administrator(cast: Cast):
    who = actions.create_person(name="苏新到", staff_no="T800", by=cast.office)
    assert "苏新到" not in text(at(cast.administrator).get(page("accounts")))
    actions.appoint(person=who, role="unit_clerk", title="干事", unit=cast.street, by=cast.office)
    assert "苏新到" in text(at(cast.administrator).get(page("accounts")))


def upload(browser: Client, content: bytes, name: str = "单位.xlsx") -> Any:
    return browser.post(page("unit_import"), {"file": SimpleUploadedFile(name, content)})


GOOD = ["990101002", "芦苇社区", "", "社区", "990101"]
BAD = ["990101003", "荷塘社区", "", "飞地", "990101"]


def test_an_import_shows_before_it_writes(cast: Cast):
    browser = at(cast.office)
    answer = upload(browser, units(GOOD))
    assert "新增 1" in text(answer) and "设在“临江街道”之下" in text(answer)
    assert not Unit.objects.filter(code="990101002").exists()
    answer = browser.post(page("unit_import"), {"token": answer.context["token"], "take": "all"})
    assert "已导入" in text(answer) and Unit.objects.filter(code="990101002").exists()
    assert Event.objects.filter(kind="unit.created", actor_id=cast.office.pk).count() == 1


def test_an_import_with_faults_offers_the_good_rows(cast: Cast):
    browser = at(cast.office)
    answer = upload(browser, units(GOOD, BAD))
    assert "第3行" in text(answer) and "“飞地”不在可选范围内" in text(answer)
    token = answer.context["token"]
    refused = browser.post(page("unit_import"), {"token": token, "take": "all"})
    assert refused.status_code == 422 and not Unit.objects.filter(code="990101002").exists()
    taken = browser.post(page("unit_import"), {"token": token, "take": "good"})
    assert "没有导入的行" in text(taken)
    handed_back = browser.post(page("unit_import"), {"token": token, "faulty": "1"})
    (again,) = read_units(handed_back.content, "待改正.xlsx").tables
    assert len(again.rows) == 1 and "attachment" in handed_back["Content-Disposition"]
    assert set(Unit.objects.filter(code__startswith="99010100").values_list("name", flat=True)) == {
        "柳荫社区",
        "芦苇社区",
    }


def test_a_preview_is_taken_once_and_only_by_who_made_it(cast: Cast):
    token = upload(at(cast.office), units(GOOD)).context["token"]
    for browser in (at(cast.office_second), at(cast.office), at(cast.office)):
        answer = browser.post(page("unit_import"), {"token": token, "take": "all"})
    assert answer.status_code == 422 and "预览已过期" in text(answer)
    assert Event.objects.filter(kind="unit.created", actor_id=cast.office.pk).count() == 1
    assert not Event.objects.filter(actor_id=cast.office_second.pk).exists()


def test_a_file_that_is_no_table_is_turned_away_at_the_field(cast: Cast):
    answer = upload(at(cast.office), b"%PDF-1.7", "a.pdf")
    assert answer.status_code == 422 and "只能导入.xlsx、.xls或.csv文件" in text(answer)
    assert "请选择要导入的文件" in text(at(cast.office).post(page("unit_import"), {}))


def test_an_import_by_others_is_refused(cast: Cast):
    assert at(cast.clerk).get(page("unit_import")).status_code == 403
    assert upload(at(cast.clerk), units(GOOD)).status_code == 403


def test_the_import_page_says_which_columns_it_wants(cast: Cast):
    body = text(at(cast.office).get(page("unit_import")))
    for words in (*HEAD, "工号", "监督单位", "街道（乡镇）", "单位经办人"):
        assert words in body


def test_nobody_without_a_post_finds_anything(cast: Cast):
    body = text(at(cast.outsider).get(page("units")))
    assert "临江街道" not in body
    assert at(cast.outsider).get(page("person", cast.outsider.person.staff_no)).status_code == 200


def test_people_without_a_post_are_seen_by_those_who_could_give_them_one(cast: Cast):
    number = cast.outsider.person.staff_no
    assert at(cast.office).get(page("person", number)).status_code == 200
    assert at(cast.leader).get(page("person", number)).status_code == 404
    assert Person.objects.filter(staff_no=number).exists()
