"""Lines and options drawn in Python say what the components would, and escape what people typed."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.ledgers import Cell, Choice, Column, Filter, Row
from qingfeng.apps.base.web.marks import Due, Mark
from qingfeng.apps.base.web.templatetags.ledgers import drawn, filter_box, line, options


def cell(value: Any, kind: Any = "text", href: str = "") -> Cell:
    return Cell(Column("key", "标题", kind=kind), value, href)


def test_what_people_typed_is_escaped_everywhere() -> None:
    nasty = '<b title="x">&'
    row = Row(
        SimpleNamespace(pk=7),
        [cell(nasty, href='/a?b="c"&d'), cell(nasty, "long"), cell(Mark(nasty), "state")],
    )
    html = line(row, ["a move"])
    assert "<b" not in html and html.count("&lt;b title=&quot;x&quot;&gt;&amp;") == 4
    assert 'href="/a?b=&quot;c&quot;&amp;d"' in html and 'value="7"' in html
    choice = Filter("unit", "单位", choices=[('"1"', nasty), ("2", "二")]).choice({"unit": "2"})
    assert options(choice) == (
        '<option value="&quot;1&quot;">&lt;b title=&quot;x&quot;&gt;&amp;</option>'
        '<option value="2" selected>二</option>'
    )
    assert isinstance(choice, Choice)


def test_each_kind_is_drawn_as_its_component_draws_it() -> None:
    with clock.on(date(2026, 6, 10)):
        late = drawn(cell(Due(date(2026, 6, 7), date(2026, 6, 1)), "due"))
    assert late == (
        '<span class="due"><time datetime="2026-06-07">2026-06-07</time>'
        '<span class="due-left due-late">逾期3天</span><span class="due-first">原定 2026-06-01</span></span>'
    )
    assert drawn(cell(Due(None), "due")) == '<span class="quiet">未定时限</span>'
    assert drawn(cell(Mark("已销号", "done"), "state")) == '<span class="mark mark-done">已销号</span>'
    assert drawn(cell(123456, "money")) == "1,234.56"
    assert drawn(cell(date(2026, 6, 7), "date")) == "2026-06-07"
    assert drawn(cell(None)) == "" and drawn(cell(0, "number")) == "<span>0</span>"


def test_a_line_has_a_box_to_tick_only_where_there_are_bulk_moves() -> None:
    row = Row(SimpleNamespace(pk=7), [cell("3号"), cell("")])
    assert "checkbox" not in line(row, [])
    assert line(row) == (
        '<th scope="row" class="kind-text"><span>3号</span></th>'
        '<td class="kind-text blank" data-label="标题"><span></span></td>'
    )


def test_a_filter_of_the_bar_says_its_label_what_stands_in_it_and_that_it_was_not_understood() -> None:
    nasty = '"><b>'
    found = Filter("q", nasty, kind="text").choice({"q": nasty})
    assert filter_box(found) == (
        '<div class="filter"><label for="filter_q">&quot;&gt;&lt;b&gt;</label><input class="form-control"'
        ' id="filter_q" name="q" type="search" value="&quot;&gt;&lt;b&gt;" data-search></div>'
    )
    chosen = Filter("state", "状态", choices=[("open", "整改中")]).choice({"state": "open"})
    assert filter_box(chosen) == (
        '<div class="filter"><label for="filter_state">状态</label><select class="form-select" id="filter_state"'
        ' name="state"><option value="">全部</option><option value="open" selected>整改中</option></select></div>'
    )
    days = Filter("found", "发现日期", kind="days", names=("from", "to")).choice({"from": "x"})
    assert filter_box(days) == (
        '<div class="filter filter-range"><label for="filter_from">发现日期</label><input class="form-control"'
        ' id="filter_from" name="from" value="x" type="date" aria-invalid="true"><label for="filter_to"'
        ' class="filter-to">至</label><input class="form-control" id="filter_to" name="to" value="" type="date"'
        ' aria-invalid="true"></div>'
    )
    money = filter_box(Filter("sum", "金额", kind="money").choice({"sum_to": "3"}))
    assert 'name="sum_from" value="" inputmode="decimal"' in money and 'value="3"' in money
    assert filter_box(Filter("day", "日期", kind="date").choice({})).count('type="date"') == 1
