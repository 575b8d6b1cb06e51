"""A question put together once is answered anew each time, and gives what its rows give."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import CharField, Count, Exists, OuterRef, QuerySet, Value
from django.test.utils import CaptureQueriesContext

from qingfeng.apps.base.orgs import actions as orgs
from qingfeng.apps.base.orgs.models import Appointment, Group, Unit
from qingfeng.apps.base.orgs.visibility import reach, standing, visible_groups, visible_units
from qingfeng.apps.base.records import questions
from qingfeng.apps.base.records.questions import (
    AmongKeys,
    Given,
    GivenKeys,
    KeptQuestions,
    answers,
    number,
)
from qingfeng.apps.base.web import clock
from tests.cast import TODAY, Cast


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "_kept", {})


def test_the_question_is_put_together_once_and_the_answer_is_of_now(cast: Cast) -> None:
    put_together: list[int] = []

    def below() -> QuerySet:
        put_together.append(1)
        return Unit.objects.filter(parent=cast.street).order_by("code")

    before = answers("below the street", below)
    Unit.objects.filter(pk=cast.community.pk).update(short_name="另名")
    assert [unit.short_name for unit in answers("below the street", below)] == ["另名"] != before
    Unit.objects.filter(pk=cast.community.pk).update(parent=cast.sister)
    assert answers("below the street", below) == []
    assert put_together == [1]


@pytest.mark.parametrize(
    "rows",
    [
        lambda: Unit.objects.order_by("code"),
        lambda: Unit.objects.select_related("parent").order_by("-code")[1:3],
        lambda: Unit.objects.order_by("code").values_list("code", flat=True)[:2],
        lambda: Unit.objects.order_by("code").values_list("pk", "parent__code"),
        lambda: Unit.objects.order_by("code").values("code", "valid_from"),
        lambda: Unit.objects.order_by("kind").values("kind").annotate(number=Count("pk")),
        lambda: Group.objects.order_by("code").annotate(
            said=Value("x"), held=Exists(Appointment.objects.filter(post__group=OuterRef("pk")))
        ),
        lambda: (
            Unit.objects.order_by()
            .values_list("code")
            .union(Group.objects.order_by().values_list("code"))
            .order_by("code")
        ),
        lambda: Unit.objects.filter(pk__in=[]),
    ],
)
def test_it_gives_what_its_rows_give(cast: Cast, rows: Callable[[], QuerySet]) -> None:
    wanted = list(rows())
    for _turn in range(2):
        given = answers("these rows", rows)
        assert given == wanted
        assert [getattr(one, "held", None) for one in given] == [getattr(one, "held", None) for one in wanted]


def test_an_answer_is_never_kept_with_a_question(cast: Cast) -> None:
    for rows in (
        lambda: Unit.objects.filter(pk__in=list(Unit.objects.values_list("pk", flat=True))),
        lambda: Unit.objects.filter(parent=Unit.objects.get(pk=cast.street.pk)),
    ):
        with pytest.raises(RuntimeError):
            answers("with an answer in it", rows)
    with pytest.raises(ValueError, match="further questions"):
        answers("more than one", lambda: Unit.objects.prefetch_related("parent"))
    assert not questions._kept


def test_what_is_given_is_told_each_time_and_never_kept(cast: Cast) -> None:
    put_together: list[int] = []

    def rows() -> QuerySet:
        put_together.append(1)
        given = Unit.objects.filter(code__gt=Given("after", "never this", CharField()))
        return given.filter(AmongKeys("keys", [0]), kind__in=["community", "street"]).order_by("code")

    street, sister, community = cast.street, cast.sister, cast.community
    keys = [street.pk, sister.pk, community.pk]
    for after, among in (("", keys), ("", [sister.pk]), (street.code, keys), ("", [])):
        told = {"after": after, "keys": among}
        wanted = Unit.objects.filter(code__gt=after, pk__in=among).order_by("code")
        assert answers("given", rows, told) == list(wanted)
        counted = number("given", lambda: rows().order_by().values("pk")[:2], told)
        assert counted == min(2, wanted.count())
    assert len(put_together) == 2
    with pytest.raises(KeyError):
        answers("given", rows, {"after": ""})


def test_a_given_value_is_one_like_any_other_where_nothing_is_kept(cast: Cast) -> None:
    rows = Unit.objects.filter(pk__in=GivenKeys("keys", [cast.street.pk, cast.sister.pk]))
    assert set(rows) == {cast.street, cast.sister}
    assert rows.filter(code=Given("code", cast.sister.code, CharField())).count() == 1
    assert set(rows.filter(AmongKeys("some", [cast.street.pk]))) == {cast.street}
    assert number("none", lambda: Unit.objects.filter(pk__in=[]).values("pk")) == 0


def test_questions_made_of_something_else_are_others(cast: Cast) -> None:
    for parent, below in ((cast.street, {cast.community}), (cast.community, set())):
        asking = KeptQuestions(parent.pk)
        assert set(asking.rows("below", lambda: Unit.objects.filter(parent=parent.pk), {})) == below  # noqa: B023


def test_the_question_first_asked_goes_first(monkeypatch: pytest.MonkeyPatch, db: object) -> None:
    monkeypatch.setattr(questions, "MOST", 2)
    for key in ("first", "second", "first", "third"):
        answers(key, Unit.objects.all)
    assert list(questions._kept) == ["second", "third"]


def test_a_new_post_another_day_or_another_person_is_another_question(cast: Cast) -> None:
    asked = {standing(user) for user in cast.everyone().values()}
    assert len(asked) == len(cast.everyone())
    with clock.on(TODAY.replace(year=2027)):
        assert standing(cast.clerk) not in asked


def test_reach_within_a_question_is_the_reach_alone(cast: Cast) -> None:
    for user in cast.everyone().values():
        units = set(reach(user).values_list("descendant_id", flat=True))
        assert set(Unit.objects.filter(pk__in=reach(user)).values_list("pk", flat=True)) == units
        outside = Unit.objects.exclude(pk__in=reach(user)).values_list("pk", flat=True)
        assert set(outside) == set(Unit.objects.values_list("pk", flat=True)) - units
        narrowed = reach(user).filter(descendant_id=cast.street.pk)
        assert set(Unit.objects.filter(pk__in=narrowed)) == (
            {cast.street} if cast.street.pk in units else set()
        )
        assert visible_units(user).count() >= len(units)
        assert list(visible_groups(user)) == list(dict.fromkeys(visible_groups(user)))


def test_a_unit_that_comes_below_is_in_reach_at_once(cast: Cast) -> None:
    before = set(Unit.objects.filter(pk__in=reach(cast.clerk)))
    added = orgs.create_unit(
        name="新社区",
        short_name="新社区",
        code="990199",
        kind="community",
        parent=cast.street,
        by=cast.office,
    )
    assert set(Unit.objects.filter(pk__in=reach(cast.clerk))) == {*before, added}


def test_signs_that_a_database_reads_stay_what_they_are_in_kept_questions(cast: Cast) -> None:
    sign = "半数50% 的 'o' %s"

    def rows() -> QuerySet:
        signed = Unit.objects.order_by("pk").annotate(sign=Value(sign, CharField()))
        return signed.filter(sign=Given("sign", sign, CharField())).values_list("pk", "sign")

    everything = list(Unit.objects.order_by("pk").annotate(sign=Value(sign)).values_list("pk", "sign"))
    for _ in range(4):
        assert answers(("signs",), rows, {"sign": sign}) == everything
        assert answers(("signs",), rows, {"sign": "%"}) == []
        assert number(("signs",), lambda: rows().values("pk"), {"sign": sign}) == len(everything)


def test_what_was_asked_is_told_however_often(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as told:
        for _ in range(5):
            answers(("units",), lambda: Unit.objects.order_by("pk"))
    assert all("orgs_unit" in one["sql"] for one in told.captured_queries) and len(told) == 5
