"""Columns that the campaign office adds: named with care, changed with an event, ended and never deleted."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.campaigns.actions import columns as actions
from qingfeng.apps.work.campaigns.actions.start import end
from qingfeng.apps.work.campaigns.column_names import clean_name
from qingfeng.apps.work.campaigns.models import Campaign, ExtraColumn
from tests.cast import TODAY, Cast


def add(cast: Cast, campaign: Campaign, name: str = "困难类型", **given: Any) -> ExtraColumn:
    values: dict[str, Any] = {"kind": "text", "target": "problem", "by": cast.office, **given}
    return actions.add_column(campaign=campaign, name=name, **values)


def names(campaign: Campaign, target: str = "problem") -> list[str]:
    rows = ExtraColumn.objects.filter(campaign=campaign, target=target, ended_on=None)
    return list(rows.values_list("name", flat=True))


@pytest.mark.django_db
def test_columns_get_codes_that_stay_and_an_order(cast: Cast, campaign: Campaign) -> None:
    first, second = add(cast, campaign, "户籍地"), add(cast, campaign, "  困难 类型 ")
    assert [(one.code, one.name, one.order) for one in (first, second)] == [
        ("x1", "户籍地", 1),
        ("x2", "困难 类型", 2),
    ]
    assert Event.objects.filter(kind="extra_column.added").count() == 2


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("身份证号", "身份证件号码"),
        ("当事人 身份证 号码（18位）", "身份证件号码"),
        ("公民身份号码", "身份证件号码"),
        ("银行账号", "银行账号"),
        ("补贴卡号", "银行账号"),
        ("开户行及帐户", "银行账号"),
        ("联系电话", "电话号码"),
        ("手 机 号", "电话号码"),
        ("Mobile phone", "电话号码"),
        ("联系方式", "电话号码"),
    ],
)
def test_numbers_of_persons_are_not_gathered_on_the_side(name: str, said: str) -> None:
    with pytest.raises(BadInput, match=f"不能增设“.*不收集{said}"):
        clean_name(name)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "没有填写"),
        ("类", "至少两个字"),
        ("长" * 21, "有21个字，最多20个字"),
        ("=SUM(A1)", "不能用符号开头"),
        ("2026", "不能只是数字"),
        ("整改时限", "是台账原有的栏目"),
        ("发现的 问题：", "是台账原有的栏目"),
    ],
)
def test_a_name_that_would_not_do_is_refused(name: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        clean_name(name)


@pytest.mark.parametrize("name", ["困难类型", "涉及耕地（亩）", "低保证编号", "备注"])
def test_other_names_are_kept_as_written(name: str) -> None:
    assert clean_name(f" {name}\u3000") == name


@pytest.mark.django_db
def test_two_columns_in_use_do_not_bear_one_name(cast: Cast, campaign: Campaign) -> None:
    first, second = add(cast, campaign), add(cast, campaign, "户籍地")
    with pytest.raises(BadInput, match="已有增设栏目叫“困难 类型：”"):
        add(cast, campaign, "困难 类型：", target="sheet")
    for name, said in (("困难类型", "已有增设栏目"), ("联系电话", "电话号码")):
        with pytest.raises(BadInput, match=said):
            actions.amend_column(column=second, name=name, by=cast.office)
    assert actions.amend_column(column=first, name="困难类型", by=cast.office).revision == 1


@pytest.mark.django_db
def test_a_choice_needs_something_to_choose_from(cast: Cast, campaign: Campaign) -> None:
    for choices in ((), ("低保",), ("低保", "低保"), tuple(map(str, range(31))), ("甲", "长" * 31)):
        with pytest.raises(BadInput, match="选项"):
            add(cast, campaign, kind="choice", choices=choices)


@pytest.mark.django_db
def test_moving_changes_places_among_those_of_the_same_sheet(cast: Cast, campaign: Campaign) -> None:
    first, second, third = (add(cast, campaign, name) for name in ("一栏", "二栏", "三栏"))
    add(cast, campaign, "整表栏", target="sheet")
    actions.move_column(column=third, up=True, by=cast.office)
    assert names(campaign) == ["一栏", "三栏", "二栏"]
    actions.move_column(column=ExtraColumn.objects.get(pk=first.pk), up=True, by=cast.office)
    second.refresh_from_db()
    actions.move_column(column=second, up=False, by=cast.office)
    assert names(campaign) == ["一栏", "三栏", "二栏"]


@pytest.mark.django_db
def test_an_ended_column_leaves_its_name_free_and_is_changed_no_more(cast: Cast, campaign: Campaign) -> None:
    column = add(cast, campaign)
    with clock.on(TODAY):
        actions.end_column(column=column, by=cast.office)
    assert column.ended_on == TODAY
    again = add(cast, campaign)
    assert again.code == "x2"
    for change in (
        lambda: actions.end_column(column=column, by=cast.office),
        lambda: actions.amend_column(column=column, name="别的", by=cast.office),
        lambda: actions.move_column(column=column, up=True, by=cast.office),
    ):
        with pytest.raises(Refused, match="已于2026-06-10停用"):
            change()


@pytest.mark.django_db
def test_only_the_office_of_a_running_campaign_adds(cast: Cast, campaign: Campaign) -> None:
    for who in (cast.clerk, cast.head, cast.inspector, cast.leader, cast.auditor):
        with pytest.raises(Refused):
            add(cast, campaign, by=who)
    end(campaign=campaign, by=cast.office)
    with pytest.raises(Refused, match="已结束"):
        add(cast, campaign)


@pytest.mark.django_db
def test_no_more_than_fit_on_the_paper(cast: Cast, campaign: Campaign) -> None:
    for number in range(actions.MOST):
        add(cast, campaign, f"第{number}栏")
    with pytest.raises(Refused, match="最多同时使用12个"):
        add(cast, campaign, "多出的栏")
    add(cast, campaign, "整表栏", target="sheet")


@pytest.fixture
def office(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.office)
    return client


def send(client: Client, campaign: Campaign, verb: str, **data: Any) -> Any:
    address = reverse("campaigns:columns", args=[campaign.pk])
    return client.post(address, {"verb": verb, **data}, follow=True)


@pytest.mark.django_db
def test_the_page_adds_changes_moves_and_ends(cast: Cast, campaign: Campaign, office: Client) -> None:
    asked = {"kind": "choice", "target": "problem", "choices": "低保\n特困，孤儿", "required": "on"}
    page = send(office, campaign, "add", name="困难类型", **asked)
    assert "已增设“困难类型”" in page.content.decode()
    column = ExtraColumn.objects.get()
    assert (column.choices, column.required) == (["低保", "特困，孤儿"], True)
    send(office, campaign, "add", name="户籍地", kind="text", target="problem")
    send(office, campaign, "up", column="x2")
    assert names(campaign) == ["户籍地", "困难类型"]
    send(office, campaign, "amend", column="x1", name="困难类别", choices="低保\n其他")
    column.refresh_from_db()
    assert (column.name, column.choices, column.required) == ("困难类别", ["低保", "其他"], False)
    send(office, campaign, "end", column="x1")
    assert names(campaign) == ["户籍地"]
    told = office.get(reverse("campaigns:columns", args=[campaign.pk])).content.decode()
    assert "停用了增设栏目" in told
    assert "困难类别" in told


@pytest.mark.django_db
def test_a_refusal_stands_at_the_form_with_what_was_typed(campaign: Campaign, office: Client) -> None:
    page = send(office, campaign, "add", name="联系电话", kind="text", target="problem")
    assert page.status_code == 422
    assert "不收集电话号码" in page.content.decode()
    assert 'value="联系电话"' in page.content.decode()


@pytest.mark.django_db
def test_readers_see_the_columns_without_the_form(cast: Cast, campaign: Campaign) -> None:
    add(cast, campaign)
    client = Client()
    client.force_login(cast.clerk)
    page = client.get(reverse("campaigns:columns", args=[campaign.pk])).content.decode()
    assert "困难类型" in page
    assert 'name="verb"' not in page
    refused = client.post(reverse("campaigns:columns", args=[campaign.pk]), {"verb": "end", "column": "x1"})
    assert refused.status_code == 403
    assert client.get(reverse("campaigns:columns", args=[campaign.pk]) + "?column=zz").status_code == 404
