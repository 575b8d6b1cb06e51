"""Looking for words: what changed is found by its new words, and walls hold inside the search too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from qingfeng.apps.base.orgs import actions as orgs
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records.actions import action, change, create, recording
from qingfeng.apps.base.records.models import SearchBuild, SearchEntry
from qingfeng.apps.base.records.search import queries as search
from qingfeng.apps.base.records.search import tables
from qingfeng.apps.base.records.search.actions import Touched, is_stale, rebuild, touch, write_touched
from qingfeng.apps.base.records.search.verification import verify_search
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.actions import SheetEntry
from qingfeng.apps.work.inspections.search import searched as searched_sheets
from qingfeng.apps.work.inspections.visibility import visible as visible_sheets
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.models import Problem, Recusal
from qingfeng.apps.work.problems.search import search as search_problems
from qingfeng.apps.work.problems.search import searched
from qingfeng.apps.work.problems.tests.columns import add as add_column
from qingfeng.apps.work.problems.tests.story import entry_of, group_sheet, self_sheet
from qingfeng.apps.work.problems.visibility import visible
from tests.cast import Cast

Find = Callable[[User, str], set[str]]


@pytest.fixture(params=["named by the index", "walked"])
def find(request: pytest.FixtureRequest, campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> Find:
    """The texts of the problems that a user finds; either way of finding must say the same."""
    if request.param == "walked":
        monkeypatch.setattr(search, "FEW", -1)

    def found(user: User, query: str) -> set[str]:
        rows = searched(visible(user), query, user=user, campaign=campaign)
        assert rows.count() == len(set(rows.values_list("pk", flat=True)))
        return set(rows.values_list("text", flat=True))

    return found


def register(cast: Cast, campaign: Campaign, text: str, **given: Any) -> Problem:
    """A problem of the street's own, on a sheet of its own."""
    entry = SheetEntry(
        kind="self_inspection",
        inspected_unit=cast.street,
        filing_unit=cast.street,
        inspectors="林晓禾",
        content="财务账册",
        inspected_on=date(2026, 6, 8),
    )
    problems = (entry_of(cast, text=text, **given),)
    return Problem.objects.get(
        sheet=actions.file_sheet(campaign=campaign, entry=entry, problems=problems, by=cast.clerk)
    )


def test_all_words_must_be_met_in_any_order_and_field(cast: Cast, campaign: Campaign, find: Find) -> None:
    register(cast, campaign, "低保评审会议没有留存影像资料")
    register(cast, campaign, "工程验收没有留存影像资料")
    assert find(cast.clerk, "影像 低保") == {"低保评审会议没有留存影像资料"}
    assert len(find(cast.clerk, "影像　林晓禾")) == 2
    assert find(cast.clerk, "影像 高沐阳") == set()
    assert find(cast.clerk, "，。") == set()


def test_the_number_is_found_whole_and_in_part(cast: Cast, campaign: Campaign, find: Find) -> None:
    problem = register(cast, campaign, "名册未公示")
    register(cast, campaign, "台账不全")
    assert problem.number == "临江街道自检1号-1"
    for query in (
        problem.number,
        "自检１号－１",
        "临江街道 自检1号",
        problem.reference,
        problem.reference[:4],
    ):
        assert find(cast.clerk, query) == {"名册未公示"}, query


def test_a_changed_text_is_found_by_its_new_words_only(cast: Cast, campaign: Campaign, find: Find) -> None:
    problem = register(cast, campaign, "渡口摆渡船票没有公开")
    assert find(cast.clerk, "船票")
    with recording():
        change(problem, by=cast.clerk, kind="problem.reworded", to={"text": "古井取水没有登记"})
    assert find(cast.clerk, "船票") == set()
    assert find(cast.clerk, "古井") == {"古井取水没有登记"}
    assert verify_search() == []


def test_a_word_that_many_of_the_newest_hold_is_walked_for(
    cast: Cast, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL; what is found is the same."""
    monkeypatch.setattr(tables, "SHARE", 2)
    monkeypatch.setattr("qingfeng.apps.base.orgs.search.SMALL_REACH", 0)
    monkeypatch.setattr(tables, "MANY", 2)
    texts = ["戏台租赁收入没有入账", "库房物资没有登记", "灶房采购没有票据", "船票没有公开，戏台也没有"]
    kept = {text: register(cast, campaign, text) for text in texts}
    for query, found in (("没有", texts), ("戏台 没有", [texts[0], texts[3]]), ("灶房", texts[2:3])):
        meant = {kept[text].pk for text in found}
        asked = search_problems(query, user=cast.leader, campaign=campaign)
        rows = visible(cast.leader)
        assert set(asked.of(rows).values_list("pk", flat=True)) == meant
        assert asked.is_common == (len(found) > 1 and connection.vendor == "postgresql")
        if asked.is_common:
            newest = sorted(meant)[-2:]
            assert set(asked.some_of(rows).values_list("pk", flat=True)) == set(newest)


def test_a_failed_action_leaves_the_index_as_it_was(cast: Cast, campaign: Campaign, find: Find) -> None:
    problem = register(cast, campaign, "渡口摆渡船票没有公开")
    with pytest.raises(ZeroDivisionError):
        reword_and_fail(problem, by=cast.clerk)
    assert find(cast.clerk, "船票") and not find(cast.clerk, "古井")
    assert verify_search() == []


@action
def reword_and_fail(problem: Problem, by: User) -> None:
    change(problem, by=by, kind="problem.reworded", to={"text": "古井取水没有登记"})
    raise ZeroDivisionError


def test_a_renamed_unit_is_found_by_its_new_name(cast: Cast, campaign: Campaign, find: Find) -> None:
    register(cast, campaign, "名册未公示")
    orgs.rename_unit(unit=cast.street, name="临川街道", short_name="临川街道", by=cast.office)
    assert find(cast.office, "临川 名册") and verify_search() == []
    sheets = searched_sheets(
        visible_sheets(cast.office), "临川街道自检1号", user=cast.office, campaign=campaign
    )
    assert sheets.count() == 1


def test_a_recused_person_finds_nothing_of_it(cast: Cast, campaign: Campaign, find: Find) -> None:
    problem = register(cast, campaign, "戏台租赁收入没有入账")
    register(cast, campaign, "库房物资没有登记")
    recuse(cast, problem, cast.clerk)
    assert find(cast.clerk, "戏台") == set() and find(cast.head, "戏台")
    assert find(cast.clerk, problem.number) == set() and find(cast.clerk, problem.reference) == set()
    assert find(cast.clerk, "没有") == {"库房物资没有登记"}
    assert find(cast.clerk, "自检2号") == set(), "whoever is recused sees references, not the series"
    assert find(cast.clerk, "亲属") == find(cast.office, "亲属") == set(), "the reason is never indexed"


def recuse(cast: Cast, problem: Problem, user: User) -> None:
    with recording():
        create(
            Recusal(
                campaign=problem.campaign,
                problem=problem,
                person=user.person,
                reason="近亲属所在单位",
                declared_at=timezone.now(),
                declared_by=cast.office,
            ),
            by=cast.office,
            kind="recusal.declared",
        )


def test_what_is_out_of_reach_is_not_found(cast: Cast, campaign: Campaign, find: Find) -> None:
    problem = register(cast, campaign, "名册未公示")
    for user in (cast.sister_clerk, cast.administrator, cast.outsider, cast.department_clerk):
        assert find(user, "名册") == find(user, problem.number) == find(user, problem.reference) == set()
    for user in (cast.office, cast.leader, cast.inspector, cast.secretary):
        assert find(user, "名册") == {"名册未公示"}


def test_a_helping_unit_finds_it_by_its_text_but_not_by_the_number(
    cast: Cast, campaign: Campaign, find: Find
) -> None:
    problem = register(cast, campaign, "泵站台账不全", co_units=((cast.department, "核对泵站台账"),))
    assert find(cast.department_clerk, "泵站") == {"泵站台账不全"}
    assert find(cast.department_clerk, problem.reference) == {"泵站台账不全"}
    assert find(cast.department_clerk, "自检1号") == set()


def test_persons_involved_are_never_indexed(cast: Cast, campaign: Campaign, find: Find) -> None:
    register(cast, campaign, "名册未公示", persons_involved=(("钱某某", "出纳员"),))
    assert not SearchEntry.objects.filter(text__contains="钱").exists()
    assert find(cast.office, "钱某某") == find(cast.office, "出纳员") == set()


def test_sheets_are_found_by_number_content_people_and_suggestions(cast: Cast, campaign: Campaign) -> None:
    self_sheet(cast, campaign, content="农贸市场收费", suggestions=("张贴收费标准",))
    sheet = group_sheet(cast, campaign)
    for query, user, expected in (
        ("农贸 收费", cast.clerk, 1),
        ("张贴", cast.clerk, 1),
        ("谢知秋", cast.inspector, 1),
        (sheet.full_number, cast.inspector, 1),
        ("临江街道", cast.office, 2),
        ("农贸", cast.sister_clerk, 0),
    ):
        rows = searched_sheets(visible_sheets(user), query, user=user, campaign=campaign)
        assert rows.count() == expected, query


def test_the_index_can_be_built_anew_and_says_when_it_must_be(cast: Cast, campaign: Campaign) -> None:
    problem = register(cast, campaign, "名册未公示")
    assert is_stale()
    assert rebuild() == 2 and not is_stale() and verify_search() == []
    Problem.objects.filter(pk=problem.pk).update(text="另外的文字")
    assert any("与记录不符" in line for line in verify_search())
    SearchBuild.objects.update(version=0)
    assert is_stale()
    rebuild()
    assert verify_search() == [] and SearchBuild.objects.count() == 1


def test_a_lost_token_is_told(cast: Cast, campaign: Campaign) -> None:
    register(cast, campaign, "名册未公示")
    entry = SearchEntry.objects.get(kind="problems.problem")
    tables.put([(entry.pk + 1000, ["幽灵"])])
    assert any("幽灵" in line for line in verify_search())


def test_a_change_that_says_nothing_new_writes_no_entry(
    cast: Cast, campaign: Campaign, django_assert_num_queries: Callable[..., object]
) -> None:
    problem = register(cast, campaign, "名册未公示")
    touched: Touched = {}
    touch(touched, problem, {"people_affected", "state"})
    assert touched == {}
    touch(touched, problem, {"text"})
    (keys,) = touched.values()
    with django_assert_num_queries(3):  # type: ignore[attr-defined]
        write_touched(touched)
    assert keys == {problem.pk}


def test_what_stands_in_words_under_added_columns_is_found_by_those_who_see_the_record(
    cast: Cast, campaign: Campaign, find: Find
) -> None:
    origin, kind = add_column(cast, campaign, "text"), add_column(cast, campaign, "choice")
    whole = add_column(cast, campaign, "text", "sheet")
    problem = register(cast, campaign, "发放名册未公示")
    actions.fill_problem(
        problem=problem, given={origin.code: "柳荫社区三组", kind.code: "特困"}, by=cast.clerk
    )
    sheet = problem.sheet
    assert sheet is not None
    actions.fill_sheet(sheet=sheet, given={whole.code: "联合走访"}, by=cast.clerk)
    assert find(cast.clerk, "柳荫") == find(cast.office, "特困 名册") == {"发放名册未公示"}
    assert find(cast.sister_clerk, "柳荫") == find(cast.clerk, "三组特困") == set()
    sheets = searched_sheets(visible_sheets(cast.clerk), "走访", user=cast.clerk, campaign=campaign)
    assert list(sheets) == [sheet] and verify_search() == []
    actions.fill_problem(problem=problem, given={origin.code: "", kind.code: "特困"}, by=cast.clerk)
    assert find(cast.clerk, "柳荫") == set() and verify_search() == []
    assert rebuild() == 2 and find(cast.clerk, "特困") == {"发放名册未公示"}
