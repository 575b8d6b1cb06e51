"""Many sheets of a file are written together: to the same end as one after the other, with far fewer questions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingfeng.apps.base.records.actions import recording
from qingfeng.apps.base.records.models import Event, NumberSeries
from qingfeng.apps.base.records.verification import verify_streams
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems.actions import filing_many
from qingfeng.apps.work.problems.imports import Place, ReadSheet, file_read, read_sheets
from qingfeng.apps.work.problems.imports.filing import Outcome, file_reads
from qingfeng.apps.work.problems.models import Problem
from qingfeng.apps.work.problems.queries import recount
from qingfeng.apps.work.problems.tests.files import row, table
from tests.cast import Cast

TOLD = (
    "kind",
    "number",
    "inspected_unit_id",
    "inspected_on",
    "inspectors",
    "content",
    "due_date",
    "on_behalf",
)


def reads(count: int, **changed: Any) -> list[ReadSheet]:
    rows = [
        row(编号=f"自检{at}号", 检查内容=f"作风{at}", 发现的问题="1. 迟到\n2. 早退", **changed)
        for at in range(1, count + 1)
    ]
    return read_sheets(table(*rows), "台账.xlsx")


def filed(cast: Cast, campaign: Campaign, many: list[ReadSheet]) -> list[Outcome]:
    with recording():
        return file_reads(Place(campaign, cast.street), many, cast.clerk)


def told(problem: Problem) -> tuple[object, ...]:
    texts = problem.suggestions.order_by("order").values_list("text", flat=True)
    person = problem.responsible_person_id
    return problem.number, problem.text, problem.due_date, problem.state, person, problem.lead_unit_id, *texts


def test_sheets_filed_together_are_what_they_are_one_by_one(cast: Cast, campaign: Campaign) -> None:
    many = reads(2)
    place = Place(campaign, cast.street)
    first = file_read(place, many[0], cast.clerk)
    (second,) = filed(cast, campaign, many[1:])
    assert isinstance(second, Sheet)
    alike = [{name: getattr(sheet, name) for name in TOLD} for sheet in (first, second)]
    assert alike[1] == {**alike[0], "number": 2, "content": "作风2"}
    one, other = (
        [told(row) for row in Problem.objects.filter(sheet=sheet).order_by("ordinal")]
        for sheet in (first, second)
    )
    assert [row[1:] for row in one] == [row[1:] for row in other] and len(one) == 2
    assert [row[0] for row in other] == [f"{second.full_number}-{ordinal}" for ordinal in (1, 2)]


def test_what_may_not_be_filed_is_refused_row_by_row_and_leaves_no_gap(
    cast: Cast, campaign: Campaign
) -> None:
    good, wrong, late = reads(1), reads(1, 被检查单位="望山街道"), reads(2, 检查时间="2027-01-01")[1:]
    again = reads(3)[1:]
    outcomes = filed(cast, campaign, [*good, *wrong, *late, *again, *good])
    assert [isinstance(outcome, Sheet) for outcome in outcomes] == [True, False, False, True, True, False]
    assert "没有叫“望山街道”的单位" in str(outcomes[1]) and "不能晚于今天" in str(outcomes[2])
    assert "在这个文件里有两张" in str(outcomes[5])
    assert sorted(Sheet.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert NumberSeries.objects.get(key__startswith="sheet:").last == 3
    (once_more,) = filed(cast, campaign, good)
    assert isinstance(once_more, BadInput) and "已填报为" in str(once_more)


def test_each_record_has_its_event_the_chain_holds_and_the_figures_are_right(
    cast: Cast, campaign: Campaign
) -> None:
    filed(cast, campaign, reads(3))
    kinds = [Event.objects.filter(kind=kind).count() for kind in ("sheet.filed", "problem.found")]
    assert kinds == [3, 6] and Event.objects.filter(kind="suggestion.made").count() == 3
    assert recount(campaign) == [] and not any(one.broken for one in verify_streams())


def test_a_part_that_ends_in_the_middle_leaves_nothing(
    cast: Cast, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Event.objects.count()
    many = reads(2)
    monkeypatch.setattr(filing_many, "adjust", None)
    with pytest.raises(TypeError):
        filed(cast, campaign, many)
    monkeypatch.undo()
    assert (Sheet.objects.count(), Problem.objects.count(), Event.objects.count()) == (0, 0, before)
    filed(cast, campaign, reads(1))
    assert Sheet.objects.get().number == 1


def test_ten_sheets_more_ask_little_more(cast: Cast, campaign: Campaign) -> None:
    filed(cast, campaign, reads(1, 检查人员="陈立群"))
    many = reads(12)
    with CaptureQueriesContext(
        connection,
    ) as two:
        filed(cast, campaign, many[:2])
    with CaptureQueriesContext(connection) as ten:
        filed(cast, campaign, many[2:])
    assert len(ten) <= len(two) + 2
    assert date(2026, 6, 8) in Sheet.objects.values_list("inspected_on", flat=True)
