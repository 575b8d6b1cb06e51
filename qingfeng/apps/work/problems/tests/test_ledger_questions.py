"""Questions of the ledgers are kept in words: each page shows the last change, and each reader's own rows."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import timezone

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records import questions
from qingfeng.apps.base.records.actions import action, change, create
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.ledgers import Ledger, ledger
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections import visibility as sheets
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems import ledgers, visibility
from qingfeng.apps.work.problems.models import CoUnit, Problem, Recusal
from qingfeng.apps.work.problems.tests.story import group_sheet, self_sheet
from tests.cast import Cast
from tests.environment.kept import kept

TEXTS = ("发放名册未公示", "账实不符", "合同未备案", "发放名册未签字", "公示期不足")


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "_kept", {})


@pytest.fixture
@kept
def problems(cast: Cast, campaign: Campaign) -> list[Problem]:
    """Five of the street, one of a sister street, one that a group found; the newest first."""
    self_sheet(cast, campaign, texts=TEXTS)
    self_sheet(cast, campaign, unit=cast.sister, by=cast.sister_clerk)
    group_sheet(cast, campaign)
    return list(Problem.objects.order_by("-pk"))


def opened(user: User, campaign: Campaign, *, size: int = 50, **asked: str) -> Ledger:
    made = ledgers.problem_ledger(RequestFactory().get("/problems/", asked), user, campaign)
    made.size = size
    return made


def shown(made: Ledger) -> list[int]:
    return [row.record.pk for row in made.rows]


def turned(user: User, campaign: Campaign, start: str = "", **asked: str) -> list[int]:
    """The keys of all pages of two rows, forward from the beginning and back from the end: both must be the same."""
    seen: list[int] = []
    page = opened(user, campaign, size=2, **asked)
    while True:
        seen += shown(page)
        if not page.later:
            break
        page = opened(user, campaign, size=2, **asked, after=page.later.partition("after=")[2])
    back = shown(page)
    while page.earlier:
        page = opened(user, campaign, size=2, **asked, before=page.earlier.partition("before=")[2])
        back = shown(page) + back
    assert sorted(back) == sorted(seen)
    return seen


ADDRESSES: tuple[dict[str, str], ...] = (
    {},
    {"view": "open"},
    {"sort": "due"},
    {"sort": "-state"},
    {"sort": "responsible", "nature": "ordinary"},
    {"q": "名册"},
    {"q": "发放 公示"},
    {"q": "名册", "sort": "-found"},
    {"found_from": "2026-01-01", "people_from": "3"},
    {"closed_from": "2026-01-01"},
    {"sort": "-closed"},
)


@pytest.mark.parametrize("asked", ADDRESSES, ids=str)
def test_every_page_says_what_a_ledger_asked_anew_says(
    cast: Cast,
    campaign: Campaign,
    problems: list[Problem],
    asked: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    readers = (cast.office, cast.clerk, cast.sister_clerk, cast.inspector, cast.office)
    kept = [(turned(user, campaign, **asked), opened(user, campaign, **asked).total) for user in readers]
    monkeypatch.setattr(ledgers, "KeptQuestions", lambda *made_of: None)
    anew = [(turned(user, campaign, **asked), opened(user, campaign, **asked).total) for user in readers]
    assert kept == anew and kept[0] == kept[-1]
    assert all(len(set(keys)) == len(keys) == total for keys, total in kept)


def test_a_reader_never_gets_the_rows_of_another(
    cast: Cast, campaign: Campaign, problems: list[Problem]
) -> None:
    for asked in ADDRESSES:
        for user in cast.everyone().values():
            rows = set(shown(opened(user, campaign, **asked)))
            assert rows <= set(ledgers.queries.visible(user).values_list("pk", flat=True)), (user, asked)
    assert set(shown(opened(cast.clerk, campaign))) != set(shown(opened(cast.sister_clerk, campaign)))


@action
def recuse(*, problem: Problem, user: User, by: User) -> None:
    given = {"person": user.person, "reason": "亲属", "declared_at": timezone.now(), "declared_by": by}
    row = Recusal(problem=problem, campaign=problem.campaign, **given)
    create(row, by=by, kind="recusal.declared")


@action
def reword(*, problem: Problem, by: User) -> None:
    change(problem, by=by, kind="problem.reworded", to={"text": "改过的名册", "nature": "risk"})


@pytest.mark.parametrize("asked", [{}, {"nature": "ordinary"}, {"q": "名册"}, {"sort": "due"}], ids=str)
def test_the_last_change_shows_on_a_page_whose_question_is_kept(
    cast: Cast, campaign: Campaign, problems: list[Problem], asked: dict[str, str]
) -> None:
    before = opened(cast.clerk, campaign, **asked)
    keys, total = shown(before), before.total
    changed = next(problem for problem in problems if problem.text == TEXTS[0])
    reword(problem=changed, by=cast.clerk)
    now = opened(cast.clerk, campaign, **asked)
    assert ("改过的名册" in [row.record.text for row in now.rows]) == ("nature" not in asked)
    recuse(problem=changed, user=cast.clerk, by=cast.office)
    left = opened(cast.clerk, campaign, **asked)
    assert shown(left) == [key for key in keys if key != changed.pk] and left.total == total - 1


def test_a_campaign_that_draws_its_colours_otherwise_is_asked_otherwise(
    cast: Cast, campaign: Campaign, problems: list[Problem]
) -> None:
    with clock.on(problems[0].due_date):
        assert shown(opened(cast.office, campaign, colour="yellow")) != []
        campaign.colours = {"yellow": -1.0, "green": 2.0}
        assert shown(opened(cast.office, campaign, colour="yellow")) == []


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if more were known to be there than anybody counts."""
    monkeypatch.setattr(ledger, "COUNT_LIMIT", 0)


@pytest.mark.parametrize("stretch", [1, 4, 6000])
def test_who_sees_much_reads_the_same_pages_along_the_ledger_or_by_the_keys(
    cast: Cast,
    campaign: Campaign,
    problems: list[Problem],
    many: None,
    stretch: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ledger, "STRETCH", stretch)
    for user in (cast.clerk, cast.secretary, cast.sister_clerk):
        seen = ledgers.queries.visible(user).order_by("-pk").values_list("pk", flat=True)
        assert turned(user, campaign) == list(seen), user
        down = turned(user, campaign, sort="number")
        assert down == list(seen.order_by("pk")), user


def test_a_place_that_nobody_stands_at_is_the_first_page_or_none(
    cast: Cast, campaign: Campaign, problems: list[Problem], many: None
) -> None:
    for place in ("W251bGxd", "W10", "x", "WyJhIl0"):  # [null], [], no base64, ["a"]
        for user in (cast.clerk, cast.office):
            assert isinstance(shown(opened(user, campaign, after=place)), list)
            assert isinstance(shown(opened(user, campaign, before=place)), list)


def test_where_more_are_known_to_be_there_than_are_counted_nothing_is_counted(
    cast: Cast, campaign: Campaign, problems: list[Problem], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert opened(cast.clerk, campaign, size=1).total == 6
    monkeypatch.setattr(ledger, "PART_LIMIT", 3)
    counted: list[Any] = []
    monkeypatch.setattr(Ledger, "_counted", lambda *given: counted.append(given) or 0)
    assert opened(cast.clerk, campaign, size=1).total_in_words == "超过3条" and not counted


@pytest.mark.parametrize("asked", [{}, {"sort": "-problems"}, {"q": "补贴"}, {"view": "open"}], ids=str)
def test_sheets_are_the_same_however_much_of_them_a_reader_sees(
    cast: Cast, campaign: Campaign, problems: list[Problem], asked: dict[str, str]
) -> None:
    def found(user: User) -> list[tuple[int, int]]:
        made = ledgers.sheet_ledger(RequestFactory().get("/sheets/", asked), user, campaign)
        assert made.total == len(made.rows)
        return [(row.record.pk, row.record.problem_count) for row in made.rows]

    for user in cast.everyone().values():
        seen = set(sheets.visible(user).values_list("pk", flat=True))
        given = found(user)
        assert {key for key, _count in given} == seen - (
            {sheet_of_a_group(campaign)} if "q" in asked else set()
        )
        assert given == found(user) and all(count for _key, count in given)


def sheet_of_a_group(campaign: Campaign) -> int:
    """The sheet of a group, which is about something else."""
    return int(Sheet.objects.get(campaign=campaign, filing_group__isnull=False).pk)


ENDS = ("", "-")
WALKED = ("responsible", "state", "due", "found", "people", "returned", "closed", "look_back")


@pytest.mark.parametrize("key", WALKED)
def test_a_ledger_too_large_to_be_sorted_is_read_in_the_order_of_its_indexes(
    cast: Cast, campaign: Campaign, problems: list[Problem], key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = [turned(cast.office, campaign, sort=end + key) for end in ENDS]
    monkeypatch.setattr(ledger, "COUNT_LIMIT", 1)
    large = [turned(cast.office, campaign, sort=end + key) for end in ENDS]
    assert large == small and len(set(large[0])) == len(problems)


def test_a_ledger_too_large_to_be_sorted_says_by_what_it_cannot_be(
    cast: Cast, campaign: Campaign, problems: list[Problem], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "COUNT_LIMIT", 1)
    whole = opened(cast.office, campaign, sort="unit", size=2)
    assert whole.unsorted and whole.unsorted.key == "unit" and shown(whole)[0] == problems[0].pk
    assert [head["column"].key for head in whole.heads if not head["href"]] == ["text", "unit", "colour"]
    narrowed = opened(cast.office, campaign, sort="unit", size=2, nature="ordinary")
    assert narrowed.unsorted is None and not narrowed.sorted_once_narrowed
    of_a_street = opened(cast.clerk, campaign, sort="unit", size=2)
    assert of_a_street.sorting == ("unit", False)


def test_the_parts_of_a_small_reach_are_all_that_is_visible_and_nothing_twice(
    cast: Cast, campaign: Campaign, problems: list[Problem]
) -> None:
    of_group, _of_sister, found, named, helped, hidden, _led = problems
    sister = {"lead_unit": cast.sister, "finding_unit": cast.sister}
    Problem.objects.update(responsible_person=None)
    Problem.objects.filter(pk=of_group.pk).update(lead_unit=cast.sister)
    Problem.objects.filter(pk=found.pk).update(lead_unit=cast.sister)
    Problem.objects.filter(pk=named.pk).update(**sister, responsible_person=cast.clerk.person)
    Problem.objects.filter(pk=helped.pk).update(**sister)
    CoUnit.objects.bulk_create(
        [CoUnit(problem=helped, campaign=campaign, unit=cast.street, sub_task="协助核查")]
    )
    recuse(problem=hidden, user=cast.clerk, by=cast.office)
    for user in cast.everyone().values():
        for parts, seen in ((visibility.parts, visibility.visible), (sheets.parts, sheets.visible)):
            keys = [key for part in parts(user, campaign) for key in part.values_list("pk", flat=True)]
            assert sorted(keys) == sorted(seen(user).values_list("pk", flat=True)), user
    assert [part.count() for part in visibility.parts(cast.clerk, campaign)] == [1, 1, 1, 1]
