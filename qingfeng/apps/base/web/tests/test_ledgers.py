"""Ledgers: paging by key, filters by address, sorting, columns; nothing is lost or shown twice."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import RequestFactory

from qingfeng.apps.base.orgs.models import Unit
from qingfeng.apps.base.web.ledgers import Column, Filter, Ledger, Own, OwnList, View, in_order_of
from tests.cast import Cast

COLUMNS = [
    Column("id", "编号", sort="pk"),
    Column("app_label", "模块", sort="app_label"),
    Column("model", "台账", shown=False),
]


def ledger(address: str = "/", **given: Any) -> Ledger:
    return Ledger(
        RequestFactory().get(address),
        given.pop("rows", ContentType.objects.all()),
        given.pop("columns", COLUMNS),
        **{"size": 7, **given},
    )


def walk(address: str, turn: str, **given: Any) -> list[list[int]]:
    pages = []
    while address:
        page = ledger(address, **given)
        pages.append([row.record.pk for row in page.rows])
        address = getattr(page, turn)
    return pages


@pytest.mark.django_db
@pytest.mark.parametrize("sort", ["", "id", "-id", "app_label", "-app_label"])
def test_walking_forth_and_back_meets_every_row_once(sort: str):
    forth = walk(f"/?sort={sort}", "later")
    keys = [key for page in forth for key in page]
    assert sorted(keys) == sorted(ContentType.objects.values_list("pk", flat=True))
    last = ledger(f"/?sort={sort}")
    while last.later:
        last = ledger(last.later)
    assert (
        walk(last.address() if not last.params else "/?" + last.params.urlencode(), "earlier") == forth[::-1]
    )


@pytest.mark.parametrize("sort", ["ended", "-ended"])
def test_empty_values_come_last_in_both_directions(cast: Cast, sort: str):
    Unit.objects.filter(pk=cast.sister.pk).update(valid_to="2030-01-01")
    Unit.objects.filter(pk=cast.street.pk).update(valid_to="2029-01-01")
    columns = [Column("code", "代码"), Column("ended", "止", "valid_to", "date", sort="valid_to")]
    pages = walk(f"/?sort={sort}", "later", rows=Unit.objects.all(), columns=columns, size=2)
    assert [len(page) for page in pages] == [2, 2, 1]
    first = [cast.street.pk, cast.sister.pk]
    assert pages[0] == (first if sort == "ended" else first[::-1])
    assert len({key for page in pages for key in page}) == 5


@pytest.mark.django_db
def test_a_page_costs_two_queries(django_assert_num_queries: Any):
    with django_assert_num_queries(2):
        page = ledger()
        assert page.rows and page.later and page.total


@pytest.mark.django_db
def test_filters_narrow_and_unknown_values_are_said_not_applied():
    labels = [("auth", "账号"), ("orgs", "组织")]
    filters = [
        Filter("app", "模块", "app_label", labels),
        Filter("q", "查找", "model__contains", kind="text"),
        Filter("day", "不早于", kind="date"),
    ]
    found = ledger("/?app=orgs&q=unit", filters=filters)
    assert {row.record.app_label for row in found.rows} == {"orgs"}
    assert [choice.label for choice in found.chosen] == ["组织", "unit"]
    odd = ledger("/?app=nix&day=2026-02-30", filters=filters)
    assert odd.total == ContentType.objects.count()
    assert [choice.fault[:4] for choice in odd.choices if choice.fault] == ["“模块”", "“不早于"[:4]]


@pytest.mark.django_db
def test_a_saved_view_narrows_and_keeps_its_address():
    views = [View("all", "全部"), View("auth", "账号", lambda rows: rows.filter(app_label="auth"))]
    page = ledger("/?view=auth&before=x", views=views)
    assert {row.record.app_label for row in page.rows} == {"auth"}
    assert page.tabs == [("全部", "/?view=all", False), ("账号", "/?view=auth", True)]
    assert page.is_narrowed and not ledger("/", views=views).is_narrowed


@pytest.mark.django_db
def test_columns_are_chosen_by_address_and_the_first_one_stays():
    assert [column.key for column in ledger().columns] == ["id", "app_label"]
    assert [column.key for column in ledger("/?col=model").columns] == ["id", "model"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "place", ["after=x", "after=W10", "before=bnVsbA", "after=WyJhIiwiYiIsImMiXQ", "sort=nix"]
)
def test_a_mangled_place_is_the_first_page(place: str):
    assert [row.record.pk for row in ledger(f"/?{place}").rows] == [row.record.pk for row in ledger().rows]


@pytest.mark.django_db
def test_a_range_has_two_ends_and_says_so_in_a_chip():
    filters = [Filter("key", "编号", "pk", kind="numbers"), Filter("day", "日期", "pk", kind="days")]
    keys = sorted(ContentType.objects.values_list("pk", flat=True))
    page = ledger(f"/?key_from={keys[1]}&key_to={keys[2]}&sort=id", filters=filters)
    assert [row.record.pk for row in page.rows] == keys[1:3]
    (chip,) = page.chips
    assert chip.words == f"编号：{keys[1]}至{keys[2]}" and chip.href == "/?sort=id"
    wrong = ledger("/?key_from=9&key_to=1&day_from=2026-02-30", filters=filters)
    assert [bool(choice.fault) for choice in wrong.choices] == [True, True]
    assert wrong.total == len(keys)


def test_money_is_typed_in_yuan_and_compared_in_fen():
    money = Filter("sum", "金额", kind="money")
    assert money.choice({"sum_from": "1,234.50"}).value == (123450, None)
    assert money.choice({"sum_to": "1e30"}).fault and money.choice({"sum_to": "NaN"}).fault


def test_a_filter_may_have_words_of_its_own():
    late = Filter("late", "逾期", choices=[("1", "是"), ("0", "否")], words={"1": "逾期"})
    assert late.choice({"late": "1"}).words == "逾期"
    assert late.choice({"late": "0"}).words == "逾期：否"


@pytest.mark.django_db
@pytest.mark.parametrize("sort", ["app", "-app"])
def test_sorting_by_the_order_of_the_work_meets_every_row_once(sort: str):
    order = in_order_of("app_label", ["orgs", "campaigns", "auth"])
    columns = [Column("id", "编号"), Column("app", "模块", "app_label", sort=order)]
    keys = [key for page in walk(f"/?sort={sort}", "later", columns=columns) for key in page]
    assert sorted(keys) == sorted(ContentType.objects.values_list("pk", flat=True))
    first = ContentType.objects.get(pk=keys[0 if sort == "app" else -1])
    assert first.app_label == "orgs"


class Kept(Ledger):
    """A ledger of somebody who keeps lists and columns."""

    own = Own(  # type: ignore[assignment]
        "/keep/",
        (OwnList(1, "组织", "app=orgs&sort=id&view=all"), OwnList(2, "首页", "view=all", is_first=True)),
        ("model", "app_label"),
    )


@pytest.mark.django_db
def test_own_lists_are_tabs_and_own_columns_keep_their_order():
    filters = [Filter("app", "模块", "app_label", [("orgs", "组织")])]
    page = Kept(
        RequestFactory().get("/?sort=id&view=all&app=orgs"),
        ContentType.objects.all(),
        COLUMNS,
        filters=filters,
    )
    assert [column.key for column in page.columns] == ["id", "model", "app_label"]
    assert page.open_list and page.open_list.name == "组织"
    assert [(label, is_open) for label, _href, is_open in page.tabs] == [
        ("全部", False),
        ("组织", True),
        ("首页", False),
    ]
    chosen = Kept(RequestFactory().get("/?col=app_label&col=nix"), ContentType.objects.all(), COLUMNS)
    assert [column.key for column in chosen.columns] == ["id", "app_label"]


def test_the_state_is_spelt_the_same_however_it_was_asked_for():
    views = [View("all", "全部"), View("auth", "账号")]
    spelt = {
        ledger(address, views=views).state
        for address in ("/?sort=id&q=a", "/?q=a&view=all&sort=id&before=x", "/?view=all&q=a&sort=id&unit=")
    }
    assert spelt == {"q=a&sort=id&view=all"}


@pytest.mark.django_db
def test_the_extract_is_named_after_what_it_holds():
    views = [View("all", "全部"), View("auth", "账号/权限", lambda rows: rows.filter(app_label="auth"))]
    page = ledger("/?view=auth", views=views, title="模块台账", rule="一类一条。")
    extract = page.extract()
    assert extract.file_name.startswith("模块台账_账号权限_20")
    foot = "".join(extract.foot(3, "林晓禾"))
    assert "共3条" in foot and "筛选：账号/权限" in foot and "一类一条。" in foot and "林晓禾" in foot
    assert {record.app_label for record in extract.records} == {"auth"}
