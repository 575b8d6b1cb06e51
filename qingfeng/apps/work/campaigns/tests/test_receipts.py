"""What comes in against a duty, on paper and electronically; returned, and fulfilled by the monthly form."""

from __future__ import annotations

from datetime import date

import pytest

from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.campaigns import queries
from qingfeng.apps.work.campaigns.actions import duties, receipts, start
from qingfeng.apps.work.campaigns.models import Campaign, Duty, Receipt
from qingfeng.apps.work.campaigns.visibility import visible_duties
from tests.cast import Cast

DAY = date(2026, 5, 20)
FILE = {"file_name": "方案.txt", "content": "临江街道方案".encode()}


@pytest.fixture
def duty(cast: Cast, running: Campaign) -> Duty:
    """The street's own plan: wanted electronically and on paper by 25 May."""
    return Duty.objects.get(campaign=running, unit=cast.street, obligation__what="本单位方案")


@pytest.fixture
def monthly(cast: Cast, running: Campaign) -> Duty:
    return Duty.objects.get(unit=cast.street, obligation__is_monthly_form=True, period_start=date(2026, 6, 1))


@pytest.fixture(autouse=True)
def in_may(business_date: None):  # type: ignore[no-untyped-def]
    with clock.on(DAY):
        yield


def state(duty: Duty, day: date = DAY) -> str:
    return queries.with_state(Duty.objects.filter(pk=duty.pk), day).get().cell_state


def kinds_of(duty: Duty) -> list[str]:
    return list(Event.objects.filter(subject=duty.subject).order_by("pk").values_list("kind", flat=True))


def test_it_is_fulfilled_when_both_copies_are_in_each_with_its_own_time(cast: Cast, duty: Duty) -> None:
    receipts.receive(duty=duty, medium="electronic", by=cast.clerk, **FILE)
    assert Duty.objects.get(pk=duty.pk).fulfilled_at is None and state(duty) == "pending"
    with clock.on(date(2026, 5, 22)):
        receipts.receive(
            duty=duty, medium="paper", by=cast.office, received_on=date(2026, 5, 21), note="红头文件1份"
        )
    duty.refresh_from_db()
    assert (duty.fulfilled_on, duty.fulfilled_by) == (date(2026, 5, 21), cast.office)
    assert [row.received_on for row in Receipt.objects.order_by("pk")] == [DAY, date(2026, 5, 21)]
    assert kinds_of(duty) == ["duty.laid", "duty.fulfilled"] and state(duty) == "reported"


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("clerk", True),
        ("head", True),
        ("office", True),
        ("sister_clerk", False),
        ("secretary", False),
        ("inspector", False),
        ("leader", False),
        ("auditor", False),
        ("administrator", False),
        ("outsider", False),
    ],
)
def test_the_unit_hands_in_for_itself(cast: Cast, duty: Duty, who: str, allowed: bool) -> None:
    if allowed:
        assert (
            receipts.receive(duty=duty, medium="electronic", by=getattr(cast, who), **FILE).file.name
            == "方案.txt"
        )
    else:
        with pytest.raises(Refused):
            receipts.receive(duty=duty, medium="electronic", by=getattr(cast, who), **FILE)
        assert not Receipt.objects.exists()


@pytest.mark.parametrize("who", ["clerk", "head", "sister_clerk", "inspector", "leader"])
def test_paper_is_registered_by_the_receiving_side_only(cast: Cast, duty: Duty, who: str) -> None:
    with pytest.raises(Refused):
        receipts.receive(duty=duty, medium="paper", by=getattr(cast, who))


def test_a_group_to_which_it_is_delivered_registers_paper(cast: Cast, running: Campaign) -> None:
    laid = duties.add_obligation(
        campaign=running,
        by=cast.office,
        data={
            "what": "报送台账",
            "due": "2026-05-30",
            "deliver_to": ["专项治理小组"],
            "wants_paper": True,
            "bearers": [{"kind": "units", "classes": ["street"]}],
        },
    )
    duty = Duty.objects.get(obligation=laid[0], unit=cast.street)
    assert receipts.receive(duty=duty, medium="paper", by=cast.inspector).received_by == cast.inspector


def test_a_parents_clerk_hands_in_for_a_unit_without_one(cast: Cast, running: Campaign) -> None:
    laid = duties.add_obligation(
        campaign=running,
        by=cast.office,
        data={
            "what": "张贴海报",
            "due": "2026-06-30",
            "wants_electronic": True,
            "bearers": [{"kind": "units", "classes": ["community"]}],
        },
    )
    duty = Duty.objects.get(obligation=laid[0])
    with pytest.raises(Refused):
        receipts.receive(duty=duty, medium="electronic", by=cast.sister_clerk, note="已张贴")
    receipts.receive(duty=duty, medium="electronic", by=cast.clerk, note="已张贴")
    assert Duty.objects.get(pk=duty.pk).fulfilled_by == cast.clerk


def test_the_same_copy_is_received_once(cast: Cast, duty: Duty) -> None:
    receipts.receive(duty=duty, medium="electronic", by=cast.clerk, **FILE)
    with pytest.raises(Refused, match="已经收到"):
        receipts.receive(duty=duty, medium="electronic", by=cast.clerk, **FILE)
    assert Receipt.objects.count() == 1


def test_what_is_handed_in_needs_its_file(cast: Cast, duty: Duty) -> None:
    with pytest.raises(BadInput, match="上传"):
        receipts.receive(duty=duty, medium="electronic", by=cast.clerk, note="见邮件")
    with pytest.raises(BadInput, match="上传"):
        receipts.receive(duty=duty, medium="electronic", by=cast.office)
    assert receipts.receive(duty=duty, medium="electronic", by=cast.office, note="邮箱收到").file is None


def test_nobody_dates_a_receipt_ahead_and_units_do_not_date_it_back(cast: Cast, duty: Duty) -> None:
    with pytest.raises(BadInput, match="还没有到"):
        receipts.receive(duty=duty, medium="paper", by=cast.office, received_on=date(2026, 5, 21))
    with pytest.raises(Refused, match="当天为准"):
        receipts.receive(duty=duty, medium="electronic", by=cast.clerk, received_on=date(2026, 5, 12), **FILE)


def test_a_returned_copy_opens_the_duty_again(cast: Cast, duty: Duty) -> None:
    first = receipts.receive(duty=duty, medium="electronic", by=cast.clerk, **FILE)
    receipts.receive(duty=duty, medium="paper", by=cast.office)
    first = Receipt.objects.get(pk=first.pk)
    with pytest.raises(BadInput, match="理由"):
        receipts.return_receipt(receipt=first, reason=" ", by=cast.office)
    with pytest.raises(Refused):
        receipts.return_receipt(receipt=first, reason="自己退", by=cast.clerk)
    receipts.return_receipt(receipt=first, reason="没有时间节点", by=cast.office)
    duty.refresh_from_db()
    assert duty.fulfilled_at is None and duty.fulfilled_on is None
    assert kinds_of(duty)[-1] == "duty.reopened"
    assert list(queries.returned_duties(cast.clerk)) == [duty]
    receipts.receive(duty=duty, medium="electronic", by=cast.clerk, **FILE)
    assert Duty.objects.get(pk=duty.pk).fulfilled_at and not queries.returned_duties(cast.clerk).exists()


def test_words_of_a_cell(cast: Cast, duty: Duty) -> None:
    after = date(2026, 5, 26)
    assert (state(duty), state(duty, after)) == ("pending", "missing")
    receipts.receive(duty=duty, medium="electronic", by=cast.clerk, **FILE)
    assert state(duty, after) == "overdue"
    with clock.on(after):
        receipts.receive(duty=duty, medium="paper", by=cast.office)
    assert state(duty, after) == "late"


def test_the_monthly_form_fulfils_its_duty_once(cast: Cast, monthly: Duty) -> None:
    with pytest.raises(Refused, match="月报表"):
        receipts.receive(duty=monthly, medium="electronic", by=cast.clerk, **FILE)
    first = receipts.fulfil_by_form(duty=monthly, by=cast.head)
    again = receipts.fulfil_by_form(duty=monthly, by=cast.head)
    assert first == again and Receipt.objects.count() == 1
    assert Duty.objects.get(pk=monthly.pk).fulfilled_at is None  # the paper copy is still wanted
    receipts.receive(duty=monthly, medium="paper", by=cast.office)
    assert Duty.objects.get(pk=monthly.pk).fulfilled_on == DAY


def test_only_the_monthly_forms_duty_is_fulfilled_by_it(cast: Cast, duty: Duty, monthly: Duty) -> None:
    with pytest.raises(BadInput):
        receipts.fulfil_by_form(duty=duty, by=cast.head)
    with pytest.raises(Refused):
        receipts.fulfil_by_form(duty=monthly, by=cast.sister_head)


def test_nothing_is_received_for_what_is_waived_not_wanted_or_over(cast: Cast, duty: Duty) -> None:
    weekly = Duty.objects.filter(unit=cast.street, obligation__what="召开例会")[0]
    with pytest.raises(BadInput, match="不要求"):
        receipts.receive(duty=weekly, medium="paper", by=cast.office)
    duties.waive(duty=duty, reason="合并报送", by=cast.office)
    with pytest.raises(Refused, match="免报"):
        receipts.receive(duty=duty, medium="electronic", by=cast.clerk, **FILE)
    start.end(campaign=weekly.campaign, by=cast.office)
    with pytest.raises(Refused, match="已结束"):
        receipts.receive(duty=weekly, medium="electronic", by=cast.clerk, note="已开会")


def test_totals_and_lists_agree(cast: Cast, running: Campaign, duty: Duty) -> None:
    receipts.receive(duty=duty, medium="electronic", by=cast.clerk, **FILE)
    with clock.on(date(2026, 5, 26)):
        rows = visible_duties(cast.office).filter(obligation__what="本单位方案")
        counted = queries.totals(rows)
        assert (counted.total, counted.overdue, counted.missing, counted.reported) == (3, 3, 2, 0)
        assert queries.in_state(rows, "overdue").count() == 3
        assert queries.in_state(rows, "missing").count() == 2
        assert (
            queries.missing(running, unit_ids=[cast.sister.pk]).filter(obligation__what="本单位方案").count()
            == 1
        )
        late = queries.overdue_duties(cast.clerk, mine=True)
        assert duty in late and all(one.unit == cast.street for one in late)
