"""A change and its event are one; numbers have no gaps; events stay."""

import pytest
from django.db import DatabaseError, connection, transaction

from qingfeng.apps.base.orgs.models import Unit
from qingfeng.apps.base.records.actions import action, change, create, note, recording, take_number
from qingfeng.apps.base.records.models import Event, NumberSeries, Payload, Stream, UnrecordedChange
from qingfeng.apps.base.records.verification import verify_streams
from qingfeng.apps.base.web.errors import Conflict
from tests.cast import Cast


def test_a_record_is_not_written_outside_an_action(cast: Cast) -> None:
    with pytest.raises(UnrecordedChange):
        cast.street.save()
    with pytest.raises(UnrecordedChange):
        change(cast.street, by=cast.office, kind="unit.renamed", to={"name": "新名"})
    with pytest.raises(UnrecordedChange):
        cast.street.delete()


def test_a_change_leaves_its_event_with_who_and_what(cast: Cast) -> None:
    with recording():
        change(cast.street, by=cast.office, kind="unit.renamed", to={"name": "新名"})
    event = Event.objects.get(kind="unit.renamed")
    assert event.actor_id == cast.office.pk and event.subject == cast.street.subject
    assert '"from": "临江街道"' in event.payload.content


def test_a_failed_action_leaves_neither_change_nor_event(cast: Cast) -> None:
    before = Event.objects.count()
    with pytest.raises(ZeroDivisionError):
        _rename_and_fail(cast)
    assert Unit.objects.get(pk=cast.street.pk).name == "临江街道"
    assert Event.objects.count() == before


@action
def _rename_and_fail(cast: Cast) -> None:
    change(cast.street, by=cast.office, kind="unit.renamed", to={"name": "新名"})
    raise ZeroDivisionError


@action
def _take_a_number_and_fail() -> None:
    take_number("s")
    raise ZeroDivisionError


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(cast: Cast) -> None:
    stale = Unit.objects.get(pk=cast.street.pk)
    with recording():
        change(cast.street, by=cast.office, kind="unit.renamed", to={"name": "先改"})
    with pytest.raises(Conflict, match="周文渊"), recording():
        change(stale, by=cast.clerk, kind="unit.renamed", to={"name": "后改"})
    assert Unit.objects.get(pk=cast.street.pk).name == "先改"


def test_numbers_have_no_gap_when_an_action_fails(cast: Cast) -> None:
    with recording():
        assert take_number("s") == 1
    with pytest.raises(ZeroDivisionError):
        _take_a_number_and_fail()
    with recording():
        assert take_number("s") == 2
    assert NumberSeries.objects.get(key="s").last == 2


def test_all_streams_hold_after_real_work(cast: Cast) -> None:
    results = verify_streams()
    assert results and all(result.broken is None for result in results)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records_event SET kind = 'x'",
        "DELETE FROM records_event",
        "DELETE FROM records_payload",
        "UPDATE records_payload SET content = 'x'",
    ],
)
def test_the_database_refuses_to_change_what_was_written(cast: Cast, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_erased_payload_leaves_the_chain_whole(cast: Cast) -> None:
    with recording():
        note(cast.street, "unit.noted", by=cast.office, payload={"text": "个人信息"})
    event = Event.objects.get(kind="unit.noted")
    Payload.objects.filter(event=event).update(content="", erased_at=event.at, erased_by=cast.office.pk)
    assert all(result.broken is None for result in verify_streams())


def test_a_cut_off_tail_is_named_by_stream_and_place(cast: Cast) -> None:
    Stream.objects.filter(key="orgs").update(head="0" * 64)
    broken = [result for result in verify_streams() if result.broken]
    assert [result.stream for result in broken] == ["orgs"]


def test_a_payload_changed_behind_the_triggers_is_named(cast: Cast) -> None:
    event = Event.objects.filter(stream__key="orgs", seq=3).get()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER records_payload_no_update")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE records_payload DISABLE TRIGGER records_payload_no_update")
        cursor.execute("UPDATE records_payload SET content = 'forged' WHERE event_id = %s", [event.pk])
    broken = [result.broken for result in verify_streams() if result.broken]
    assert [(found.seq, found.what) for found in broken] == [(3, "详情与摘要不符")]


def test_a_record_is_created_with_what_was_entered(cast: Cast) -> None:
    with recording():
        create(
            Unit(
                code="990199",
                name="新设街道",
                short_name="新设",
                kind="street",
                parent=cast.district,
                valid_from=cast.district.valid_from,
            ),
            by=cast.office,
            kind="unit.created",
        )
    assert "新设街道" in Event.objects.filter(kind="unit.created").latest("pk").payload.content
