"""Preparing, wording, signing, handing in, correcting: works, refuses, leaves its event, does nothing twice."""

from __future__ import annotations

from datetime import date

import pytest

from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Conflict, Refused
from qingfeng.apps.work.campaigns.models import Campaign, Duty, Receipt
from qingfeng.apps.work.returns import actions
from qingfeng.apps.work.returns.contents import contents_of
from qingfeng.apps.work.returns.models import CountedRow, MonthlyReturn, ReturnState
from qingfeng.apps.work.returns.tests.story import (
    JULY,
    JUNE,
    MAY,
    file_sheet,
    handed_in,
    owe_monthly_form,
    prepared,
    signed,
)
from qingfeng.apps.work.returns.verification import all_figures_agree, figures_agree
from qingfeng.apps.work.returns.visibility import visible
from tests.cast import Cast
from tests.environment.kept import kept

NOT_OF_THE_UNIT = (
    "office",
    "office_second",
    "sister_clerk",
    "sister_head",
    "secretary",
    "inspector",
    "leader",
    "auditor",
    "administrator",
    "outsider",
    "department_clerk",
)


@pytest.fixture
@kept
def campaign(campaign: Campaign, cast: Cast) -> Campaign:
    file_sheet(cast, campaign, date(2026, 6, 8))
    return campaign


def events(form: MonthlyReturn) -> list[str]:
    rows = Event.objects.filter(subject=form.subject).order_by("pk")
    return [kind.removeprefix("monthly_return.") for kind in rows.values_list("kind", flat=True)]


# Prepare


@pytest.mark.parametrize("name", ["clerk", "head"])
def test_the_unit_prepares_its_own_form(cast: Cast, campaign: Campaign, name: str) -> None:
    form = actions.prepare(
        campaign=campaign, unit=cast.street, month=date(2026, 6, 17), by=getattr(cast, name)
    )
    assert (form.month, form.period_start, form.period_end) == (JUNE, JUNE, date(2026, 6, 30))
    assert events(form) == ["prepared"]


@pytest.mark.parametrize("name", NOT_OF_THE_UNIT)
def test_nobody_else_prepares_it(cast: Cast, campaign: Campaign, name: str) -> None:
    with pytest.raises(Refused):
        actions.prepare(campaign=campaign, unit=cast.street, month=JUNE, by=getattr(cast, name))
    assert not MonthlyReturn.objects.exists()


def test_a_parent_prepares_for_a_unit_without_a_clerk(cast: Cast, campaign: Campaign) -> None:
    form = actions.prepare(campaign=campaign, unit=cast.community, month=JUNE, by=cast.clerk)
    assert form.unit == cast.community


def test_a_month_is_prepared_once(cast: Cast, campaign: Campaign) -> None:
    prepared(cast, campaign)
    with pytest.raises(Refused, match="已经编制"):
        prepared(cast, campaign)


def test_a_month_to_come_is_bad_input(cast: Cast, campaign: Campaign) -> None:
    with pytest.raises(BadInput, match="还没有到"):
        prepared(cast, campaign, JULY)


# Words


def test_words_are_edited_and_the_marks_keep_counting(cast: Cast, campaign: Campaign) -> None:
    form = prepared(cast, campaign)
    actions.edit_words(
        monthly_return=form,
        column_unit=cast.community,
        box="problems",
        text="入户走访发现{发现问题}个，约谈3人",
        by=cast.clerk,
    )
    column = contents_of(form).column(cast.community.code)
    assert column is not None and column.text("problems") == "入户走访发现1个，约谈3人"
    file_sheet(cast, campaign, date(2026, 6, 9))
    assert contents_of(form).column(cast.community.code).text("problems") == "入户走访发现2个，约谈3人"  # type: ignore[union-attr]
    assert events(form) == ["prepared", "worded"]


def test_the_standard_wording_ends_an_edit(cast: Cast, campaign: Campaign) -> None:
    form = prepared(cast, campaign)
    standard = contents_of(form).column(cast.community.code).words["problems"]  # type: ignore[union-attr]
    for text in ("改过", standard):
        actions.edit_words(
            monthly_return=form, column_unit=cast.community, box="problems", text=text, by=cast.clerk
        )
    assert form.words == {str(cast.community.pk): {}}


def test_an_unknown_mark_box_or_unit_is_bad_input(cast: Cast, campaign: Campaign) -> None:
    form = prepared(cast, campaign)
    with pytest.raises(BadInput, match="没有“{总数}”"):
        actions.edit_words(
            monthly_return=form, column_unit=cast.community, box="problems", text="{总数}", by=cast.clerk
        )
    with pytest.raises(BadInput, match="没有“其他”这一栏"):
        actions.edit_words(
            monthly_return=form, column_unit=cast.community, box="其他", text="一", by=cast.clerk
        )
    with pytest.raises(BadInput, match="不在本月的受检单位中"):
        actions.edit_words(
            monthly_return=form, column_unit=cast.sister, box="problems", text="一", by=cast.clerk
        )
    assert form.words == {}


def test_a_signed_form_keeps_its_words(cast: Cast, campaign: Campaign) -> None:
    form = signed(cast, campaign)
    with pytest.raises(Refused, match="已签字"):
        actions.edit_words(
            monthly_return=form, column_unit=cast.community, box="problems", text="一", by=cast.clerk
        )


# Sign


@pytest.mark.parametrize("name", ["clerk", *NOT_OF_THE_UNIT])
def test_only_the_head_signs(cast: Cast, campaign: Campaign, name: str) -> None:
    form = prepared(cast, campaign)
    with pytest.raises(Refused, match="临江街道的负责人签字"):
        actions.sign(monthly_return=form, by=getattr(cast, name))
    assert events(form) == ["prepared"]


def test_where_a_unit_has_no_head_the_next_above_signs(cast: Cast, campaign: Campaign) -> None:
    form = actions.prepare(campaign=campaign, unit=cast.community, month=JUNE, by=cast.clerk)
    assert actions.sign(monthly_return=form, by=cast.head).state == ReturnState.SIGNED


def test_without_any_head_the_reason_says_so(cast: Cast, campaign: Campaign) -> None:
    form = actions.prepare(campaign=campaign, unit=cast.department, month=JUNE, by=cast.department_clerk)
    with pytest.raises(Refused, match="没有登记负责人"):
        actions.sign(monthly_return=form, by=cast.head)


def test_a_form_is_signed_once(cast: Cast, campaign: Campaign) -> None:
    form = signed(cast, campaign)
    with pytest.raises(Refused, match="只有编制中"):
        actions.sign(monthly_return=form, by=cast.head)


def test_the_signature_is_taken_back_with_a_reason(cast: Cast, campaign: Campaign) -> None:
    form = signed(cast, campaign)
    with pytest.raises(BadInput, match="理由"):
        actions.take_back(monthly_return=form, reason=" ", by=cast.head)
    with pytest.raises(Refused):
        actions.take_back(monthly_return=form, reason="文字要改", by=cast.clerk)
    actions.take_back(monthly_return=form, reason="文字要改", by=cast.head)
    assert (form.state, form.signed_by, form.snapshot) == (ReturnState.DRAFT, None, None)
    assert events(form) == ["prepared", "signed", "taken_back"]


def test_two_people_on_one_form_do_not_overwrite_each_other(cast: Cast, campaign: Campaign) -> None:
    form = prepared(cast, campaign)
    stale = MonthlyReturn.objects.get(pk=form.pk)
    actions.edit_words(
        monthly_return=form, column_unit=cast.community, box="problems", text="一", by=cast.clerk
    )
    with pytest.raises(Conflict, match="林晓禾"):
        actions.sign(monthly_return=stale, by=cast.head)


# Hand in


@pytest.mark.parametrize("name", ["clerk", "head"])
def test_handing_in_keeps_figures_and_rows_and_does_the_duty(
    cast: Cast, campaign: Campaign, name: str
) -> None:
    duty = owe_monthly_form(cast, campaign)
    form = actions.hand_in(monthly_return=signed(cast, campaign), by=getattr(cast, name))
    assert form.snapshot and form.snapshot["columns"][0]["figures"]["found"] == [1, 1, 0]
    assert CountedRow.objects.filter(monthly_return=form, figure="found").count() == 1
    assert Duty.objects.get(pk=duty.pk).fulfilled_on == clock.today()
    assert Receipt.objects.get(duty=duty).received_by == getattr(cast, name)
    assert form.duty == duty and events(form) == ["prepared", "signed", "handed_in"]


def test_without_a_duty_it_is_handed_in_all_the_same(cast: Cast, campaign: Campaign) -> None:
    assert handed_in(cast, campaign).duty is None


def test_an_unsigned_form_is_not_handed_in(cast: Cast, campaign: Campaign) -> None:
    with pytest.raises(Refused, match="须先由单位负责人签字"):
        actions.hand_in(monthly_return=prepared(cast, campaign), by=cast.clerk)


@pytest.mark.parametrize("name", NOT_OF_THE_UNIT)
def test_nobody_else_hands_it_in(cast: Cast, campaign: Campaign, name: str) -> None:
    form = signed(cast, campaign)
    with pytest.raises(Refused):
        actions.hand_in(monthly_return=form, by=getattr(cast, name))
    assert not CountedRow.objects.exists()


def test_it_is_handed_in_once(cast: Cast, campaign: Campaign) -> None:
    form = handed_in(cast, campaign)
    with pytest.raises(Refused, match="已于2026-06-10报送"):
        actions.hand_in(monthly_return=form, by=cast.clerk)


def test_a_signature_holds_for_the_figures_that_were_signed(cast: Cast, campaign: Campaign) -> None:
    form = signed(cast, campaign)
    file_sheet(cast, campaign, date(2026, 6, 9))
    with pytest.raises(Refused, match="柳荫社区“发现问题”由1变为2"):
        actions.hand_in(monthly_return=form, by=cast.clerk)
    actions.take_back(monthly_return=form, reason="台账有新增", by=cast.head)
    actions.sign(monthly_return=form, by=cast.head)
    assert actions.hand_in(monthly_return=form, by=cast.clerk).state == ReturnState.HANDED_IN


def test_what_was_handed_in_does_not_change_with_the_ledgers(cast: Cast, campaign: Campaign) -> None:
    form = handed_in(cast, campaign)
    before = contents_of(form)
    file_sheet(cast, campaign, date(2026, 6, 9))
    assert contents_of(MonthlyReturn.objects.get(pk=form.pk)) == before


# Correct


def test_a_correction_is_a_new_version_with_the_reason(cast: Cast, campaign: Campaign) -> None:
    duty = owe_monthly_form(cast, campaign)
    old = handed_in(cast, campaign)
    file_sheet(cast, campaign, date(2026, 6, 9))
    new = actions.correct(monthly_return=old, reason="漏计一次检查", by=cast.clerk)
    assert (old.state, new.version, new.correction_reason) == (ReturnState.REPLACED, 2, "漏计一次检查")
    actions.sign(monthly_return=new, by=cast.head)
    actions.hand_in(monthly_return=new, by=cast.clerk)
    assert contents_of(new).column(cast.community.code).value("found").number == 2  # type: ignore[union-attr]
    assert contents_of(old).column(cast.community.code).value("found").number == 1  # type: ignore[union-attr]
    assert events(old)[-1] == "corrected" and Receipt.objects.filter(duty=duty).count() == 1


def test_only_what_was_handed_in_is_corrected_and_with_a_reason(cast: Cast, campaign: Campaign) -> None:
    with pytest.raises(Refused, match="只有已报送"):
        actions.correct(monthly_return=prepared(cast, campaign, MAY), reason="改", by=cast.clerk)
    form = handed_in(cast, campaign)
    with pytest.raises(BadInput, match="理由"):
        actions.correct(monthly_return=form, reason="", by=cast.clerk)
    with pytest.raises(BadInput, match="请精简"):
        actions.correct(monthly_return=form, reason="长" * 301, by=cast.clerk)
    for name in NOT_OF_THE_UNIT:
        with pytest.raises(Refused):
            actions.correct(monthly_return=form, reason="改", by=getattr(cast, name))
    assert form.state == ReturnState.HANDED_IN


# Sight


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("clerk", True),
        ("head", True),
        ("office", True),
        ("leader", True),
        ("auditor", True),
        ("inspector", True),
        ("secretary", True),
        ("sister_clerk", False),
        ("sister_head", False),
        ("sister_secretary", False),
        ("administrator", False),
        ("outsider", False),
        ("department_clerk", False),
    ],
)
def test_a_form_exists_for_those_above_and_not_beside(
    cast: Cast, campaign: Campaign, name: str, sees: bool
) -> None:
    form = prepared(cast, campaign)
    assert visible(getattr(cast, name)).filter(pk=form.pk).exists() is sees


# Verify


def test_the_kept_figures_agree_with_the_kept_rows(cast: Cast, campaign: Campaign) -> None:
    form = handed_in(cast, campaign)
    prepared(cast, campaign, MAY)
    assert figures_agree(form) == [] and all_figures_agree(campaign) == []


def test_a_changed_snapshot_and_a_lost_row_are_named(cast: Cast, campaign: Campaign) -> None:
    form = handed_in(cast, campaign)
    snapshot = form.snapshot
    assert snapshot is not None
    snapshot["columns"][0]["figures"]["found"] = [5, 5, 0]
    MonthlyReturn.objects.filter(pk=form.pk).update(snapshot=snapshot)
    assert all_figures_agree() == [
        "临江街道2026-06：报送后内容被改动",
        "临江街道2026-06 柳荫社区“发现问题”：表上5条，留存1条",
    ]
