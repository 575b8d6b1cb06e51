"""A file of many sheets is taken back together: the same events and figures as one by one, and what moved stays."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingfeng.apps.base.jobs import actions as jobs
from qingfeng.apps.base.jobs.actions import working
from qingfeng.apps.base.jobs.doing import carry_out
from qingfeng.apps.base.jobs.models import JobLine
from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.web.errors import Conflict, Refused
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.actions import importing
from qingfeng.apps.work.problems.jobs import UNDO
from qingfeng.apps.work.problems.models import ImportBatch, ImportLine, Problem
from qingfeng.apps.work.problems.queries import recount
from qingfeng.apps.work.problems.tests.files import row, table
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def filed(cast: Cast, campaign: Campaign, numbers: Sequence[int]) -> ImportBatch:
    """A sheet with two problems each."""
    said = {"发现的问题": "1. 名册未公示\n2. 代领签字不全", "编号": ""}
    content = table(*(row(检查内容=f"内容{number}", **said) for number in numbers))
    batch = importing.read_in(
        campaign=campaign, body=cast.street, name="台账.xlsx", content=content, by=cast.clerk
    )
    orders = set(ImportLine.objects.filter(batch=batch, state="ready").values_list("order", flat=True))
    importing.take(batch=batch, orders=orders, by=cast.clerk)
    return importing.file_all(batch=batch, by=cast.clerk)


def lines_of(batch: ImportBatch) -> list[ImportLine]:
    return list(ImportLine.objects.filter(batch=batch).select_related("batch", "sheet").order_by("order"))


def told_since(first: int) -> list[tuple[str, int, Any]]:
    """(kind, actor, what changed) of each event, in an order of their own."""
    rows = Event.objects.filter(pk__gt=first).exclude(kind__startswith="import.").select_related("payload")
    return sorted((one.kind, one.actor_id, json.loads(one.payload.content)["changed"]) for one in rows)


def test_together_they_leave_the_events_and_figures_of_one_by_one(cast: Cast, campaign: Campaign) -> None:
    told = []
    for numbers, together in ((range(3), False), (range(3, 6), True)):
        batch = filed(cast, campaign, numbers)
        last = Event.objects.latest("pk").pk
        if together:
            importing.undo_lines(lines=lines_of(batch), by=cast.clerk)
        else:
            for line in lines_of(batch):
                importing.undo_line(line=line, by=cast.clerk)
        told.append(told_since(last))
        assert {line.state for line in lines_of(batch)} == {"voided"}
    assert told[0] == told[1] and [kind for kind, *_rest in told[0]].count("problem.voided") == 6
    assert set(Problem.objects.values_list("state", "void_reason", "revision")) == {("void", "撤销导入", 2)}
    assert set(Sheet.objects.values_list("state", "void_reason", "revision")) == {("void", "撤销导入", 2)}
    assert recount(campaign) == []


def test_the_queries_do_not_grow_with_the_sheets(cast: Cast, campaign: Campaign) -> None:
    asked = []
    for numbers in (range(2), range(2, 8)):
        lines = lines_of(filed(cast, campaign, numbers))
        with CaptureQueriesContext(connection) as told:
            importing.undo_lines(lines=lines, by=cast.clerk)
        asked.append(len(told))
    assert asked[1] <= asked[0]


def test_one_that_moves_in_the_meantime_stays_and_is_named_and_the_others_go(
    cast: Cast, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = filed(cast, campaign, range(4))
    jobs.start(UNDO, by=cast.clerk, about="x", stream=batch.stream_key(), batch=batch.reference)
    moved = lines_of(batch)[1]
    actions.add_measure(problem=Problem.objects.filter(sheet=moved.sheet)[0], text="补充公示", by=cast.clerk)
    with pytest.raises(Refused, match="已经开始办理"):
        importing.undo_lines(lines=lines_of(batch), by=cast.clerk)
    assert not Sheet.objects.filter(state="void").exists()
    monkeypatch.setattr(importing, "check_can_undo", lambda by, batch: None)  # as before it moved
    carry_out(working.claim(worker="w1"))
    assert [line.state for line in lines_of(batch)] == ["voided", "filed", "voided", "voided"]
    assert "已经开始办理" in JobLine.objects.get(ok=False).words
    assert recount(campaign) == []


def test_a_sheet_that_somebody_changes_in_between_is_a_conflict_and_nothing_is_written(
    cast: Cast, campaign: Campaign
) -> None:
    batch = filed(cast, campaign, range(3))
    lines = lines_of(batch)
    actions.void_sheet(sheet=lines_of(batch)[2].sheet, reason="重复", by=cast.office)  # type: ignore[arg-type]
    with pytest.raises(Conflict, match="周文渊"):
        importing.undo_lines(lines=lines, by=cast.clerk)
    assert Sheet.objects.filter(state="void").count() == 1
    assert {line.state for line in lines_of(batch)} == {"filed"}
