"""A file of sheets from its upload to its undoing, through the pages."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from qingfeng.apps.base.jobs.actions import working
from qingfeng.apps.base.jobs.doing import carry_out
from qingfeng.apps.base.jobs.models import Job, JobLine
from qingfeng.apps.base.orgs.actions import rename_unit
from qingfeng.apps.base.records.models import Event, StoredFile
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.actions import importing
from qingfeng.apps.work.problems.imports import Place, read_file
from qingfeng.apps.work.problems.imports.faulty_rows import faulty_rows
from qingfeng.apps.work.problems.models import ImportBatch, ImportLine, ImportLineState, Problem
from qingfeng.apps.work.problems.tests.conftest import Browser
from qingfeng.apps.work.problems.tests.files import HEADER, paper, row, table
from qingfeng.apps.work.problems.tests.word_files import docx, paper_2
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("bare_frame")
TWO_AND_ONE_WRONG = table(
    row(),
    row(编号="自检2号", 检查时间="尽快"),
    row(编号="自检3号", 检查内容="作风", 发现的问题="1. 迟到\n2. 早退"),
)


def upload(client: Client, cast: Cast, content: bytes, name: str = "台账.xlsx") -> Any:
    data = {"body": f"unit:{cast.street.pk}", "file": SimpleUploadedFile(name, content)}
    return client.post(reverse("problems:sheet_import"), data, follow=True)


def move(client: Client, verb: str, **data: Any) -> Any:
    batch = ImportBatch.objects.latest("pk")
    return client.post(reverse("problems:import_move", args=[batch.reference, verb]), data, follow=True)


def read_in(cast: Cast, campaign: Campaign, content: bytes) -> ImportBatch:
    return importing.read_in(
        campaign=campaign, body=cast.street, name="台账.xlsx", content=content, by=cast.clerk
    )


def filed(cast: Cast, campaign: Campaign, content: bytes) -> ImportBatch:
    batch = read_in(cast, campaign, content)
    orders = set(ImportLine.objects.filter(batch=batch).values_list("order", flat=True))
    importing.take(batch=batch, orders=orders, by=cast.clerk)
    return importing.file_all(batch=batch, by=cast.clerk)


def test_a_file_is_looked_at_taken_in_part_and_undone(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    client = browser(cast.clerk)
    assert client.get(reverse("problems:sheet_import")).context["step"] == 1
    text = upload(client, cast, TWO_AND_ONE_WRONG).content.decode()
    assert "可导入2张（3个问题），有误1张" in text and "台账!C3" in text and not Sheet.objects.exists()
    assert "自检1号，问题1" in text and "自检2号，问题1—2" in text
    done = move(client, "take", line=["3"], shown=["1", "2", "3"])
    assert "已导入1张" in done.content.decode()
    (sheet,) = Sheet.objects.all()
    assert sheet.content == "作风" and Problem.objects.count() == 2
    assert "没有重复登记" in move(client, "take", line=["1"]).content.decode() and Sheet.objects.count() == 1
    undone = move(client, "undo")
    assert "已撤销" in undone.content.decode()
    sheet.refresh_from_db()
    assert (sheet.state, sheet.void_reason) == ("void", "撤销导入")
    assert set(Problem.objects.values_list("state", "void_reason")) == {("void", "撤销导入")}
    kinds = Event.objects.filter(subject__startswith="problems.importbatch").order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == [
        "import.read",
        "import.taken",
        "import.filed",
        "import.undone",
    ]


def test_an_undone_import_may_be_made_again_under_new_numbers(cast: Cast, campaign: Campaign) -> None:
    importing.undo(batch=filed(cast, campaign, paper()), by=cast.clerk)
    filed(cast, campaign, paper())
    assert list(Sheet.objects.order_by("pk").values_list("number", "state")) == [(1, "void"), (2, "filed")]


def test_undo_is_refused_once_a_problem_has_moved(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    batch = filed(cast, campaign, paper())
    problem = Problem.objects.earliest("pk")
    actions.add_measure(problem=problem, text="补充公示名册", by=cast.clerk)
    with pytest.raises(Refused, match="自检1号-1已经开始办理（整改中）"):
        importing.undo(batch=batch, by=cast.clerk)
    page = browser(cast.clerk).get(reverse("problems:import_batch", args=[batch.reference]))
    assert "不能撤销：" in page.content.decode()
    assert not Problem.objects.filter(state="void").exists()


def test_only_who_imported_and_the_office_undo(cast: Cast, campaign: Campaign) -> None:
    batch = filed(cast, campaign, paper())
    for who in (cast.head, cast.sister_clerk, cast.inspector):
        with pytest.raises(Refused, match="只有导入人和专治办"):
            importing.undo(batch=batch, by=who)
    assert importing.undo(batch=batch, by=cast.office).state == "undone"


def test_the_same_file_again_is_the_same_preview_and_after_filing_a_warning(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    content = paper()  # written once: a workbook bears the second in which it was made
    first, second = read_in(cast, campaign, content), read_in(cast, campaign, content)
    assert first.pk == second.pk and StoredFile.objects.filter(name="台账.xlsx").count() == 1
    filed(cast, campaign, content)
    text = upload(browser(cast.clerk), cast, content).content.decode()
    assert "这个文件已经导入过" in text and "同样的检查已填报为临江街道自检1号" in text


def test_the_same_file_again_is_checked_anew_once_a_unit_was_put_right(
    cast: Cast, campaign: Campaign
) -> None:
    content = paper(D3="荷塘社区")
    batch = read_in(cast, campaign, content)
    assert ImportLine.objects.get(batch=batch).state == ImportLineState.FAULTY
    rename_unit(unit=cast.community, name="荷塘社区", short_name="荷塘", by=cast.office)
    ImportBatch._base_manager.filter(pk=batch.pk).update(read_at=timezone.now() - timedelta(minutes=5))
    assert read_in(cast, campaign, content).pk == batch.pk
    assert ImportLine.objects.get(batch=batch).state == ImportLineState.READY


def test_a_preview_belongs_to_who_made_it(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    upload(browser(cast.clerk), cast, paper())
    assert move(browser(cast.sister_clerk), "take", line=["1"]).status_code == 404
    assert move(browser(cast.office), "take", line=["1"]).status_code == 404
    assert not Sheet.objects.exists()


def test_nothing_ticked_is_nothing_taken(cast: Cast, campaign: Campaign, browser: Browser) -> None:
    client = browser(cast.clerk)
    upload(client, cast, paper())
    answer = move(client, "take", shown=["1"])
    assert answer.status_code == 422 and "至少勾选一张" in answer.content.decode()
    assert ImportBatch.objects.get().state == "read"


def test_a_column_that_is_called_otherwise_is_told_and_read_anew(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    client = browser(cast.clerk)
    heads = [{"检查人员": "带队同志", "检查内容": "看了什么"}.get(name, name) for name in HEADER]
    text = upload(client, cast, table(row(), header=heads)).content.decode()
    assert "表头里没有“检查人员”、“检查内容”列" in text and "缺少必要的列，请指定" in text
    boxes = {"column-4": "inspectors", "column-5": "content", "column-2": "inspected_on"}
    boxes |= {
        "column-3": "inspected_unit",
        "column-6": "problems",
        "column-8": "due_date",
        "column-9": "responsible",
    }
    done = move(client, "columns", worksheet="台账", row="0", row_before="0", **boxes)
    assert "可导入1张（1个问题）" in done.content.decode()
    twice = move(
        client, "columns", worksheet="台账", row="0", row_before="0", **{**boxes, "column-9": "content"}
    )
    assert "“检查内容”对应了两列" in twice.content.decode()
    del boxes["column-5"]
    filled = {"worksheet": "台账", "row": "0", "row_before": "0", "all-content": "补贴发放"}
    assert "可导入1张（1个问题）" in move(client, "columns", **boxes, **filled).content.decode()


def test_faulty_rows_are_handed_back_with_their_reasons_and_are_read_again(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    client = browser(cast.clerk)
    upload(client, cast, TWO_AND_ONE_WRONG)
    answer = client.get(reverse("problems:import_faulty", args=[ImportBatch.objects.get().reference]))
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_name("台账").to_python()
    assert (
        rows[0][-1] == "原因" and rows[1][1] == "自检2号" and "不是有效日期" in rows[1][-1] and len(rows) == 2
    )
    again = read_file(answer.content, "改好.xlsx").sheets
    assert [(read.stated_no, read.faults[0].cell) for read in again] == [("自检2号", "C2")]


def test_a_word_file_goes_the_same_way_its_faulty_form_comes_back_as_a_workbook(
    cast: Cast, campaign: Campaign, browser: Browser
) -> None:
    client = browser(cast.clerk)
    wrong = paper_2("自检4号", "作风纪律").replace("柳荫社区", "不存在的社区")
    content = docx(paper_2(), wrong)
    text = upload(client, cast, content, "台账.docx").content.decode()
    assert "可导入1张（2个问题），有误1张" in text and "表格2!第1行第4格" in text
    answer = client.get(reverse("problems:import_faulty", args=[ImportBatch.objects.get().reference]))
    (again,) = read_file(answer.content, "改好.xlsx").sheets
    assert (again.inspected_unit, again.content, len(again.problems)) == ("不存在的社区", "作风纪律", 2)
    assert "已导入1张" in move(client, "take", line=["1"], shown=["1"]).content.decode()
    assert list(Problem.objects.order_by("pk").values_list("text", flat=True)) == [
        "发放名册未公示",
        "代领签字不全",
    ]
    assert "已撤销" in move(client, "undo").content.decode()
    assert set(Problem.objects.values_list("state", flat=True)) == {"void"}


def test_a_form_that_could_not_be_taken_is_handed_back_as_it_stood() -> None:
    (read,) = read_file(paper(B7="尽快"), "表.xlsx").sheets
    back = faulty_rows(paper(B7="尽快"), "表.xlsx", {}, [(read, "整改时限不是日期")])
    (again,) = read_file(back, "改好.xlsx").sheets
    assert [fault.cell for fault in again.faults] == ["B6"] and again.content == read.content


def test_a_preview_that_is_dropped_or_past_its_term_leaves_no_file(cast: Cast, campaign: Campaign) -> None:
    importing.drop(batch=read_in(cast, campaign, paper()), by=cast.clerk)
    batch = read_in(cast, campaign, paper())
    ImportBatch._base_manager.filter(pk=batch.pk).update(read_at=timezone.now() - timedelta(days=31))
    assert importing.drop_past_term() == 1
    batch.refresh_from_db()
    assert (batch.state, batch.file) == ("dropped", None)
    assert not StoredFile.objects.filter(name="台账.xlsx").exists()
    assert not any(ImportLine.objects.values_list("content", flat=True))
    with pytest.raises(BadInput, match="保存期已满"):
        importing.content_of(batch)


def test_a_refused_line_leaves_nothing_but_its_reason(cast: Cast, campaign: Campaign) -> None:
    batch = read_in(cast, campaign, table(row(), row(编号="自检2号", 检查内容="作风")))
    importing.take(batch=batch, orders={1, 2}, by=cast.clerk)
    first = ImportLine.objects.get(batch=batch, order=1)
    ImportLine.objects.filter(pk=first.pk).update(content={**first.content, "inspected_unit": "望山街道"})
    importing.file_all(batch=batch, by=cast.clerk)
    assert list(Sheet.objects.values_list("number", flat=True)) == [1]
    assert Event.objects.filter(kind="sheet.filed").count() == 1
    first.refresh_from_db()
    assert (first.state, "没有叫“望山街道”的单位" in first.words) == ("refused", True)


def test_a_large_file_is_filed_by_the_worker_and_goes_on_after_it_was_killed(
    cast: Cast, campaign: Campaign, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 2)
    monkeypatch.setattr("qingfeng.apps.work.problems.jobs.CHUNK", 2)
    client = browser(cast.clerk)
    rows = [row(编号=f"自检{number}号", 检查内容=f"作风{number}") for number in range(1, 6)]
    upload(client, cast, table(*rows))
    page = move(client, "take", line=["1", "2", "3", "4"], rest="on", shown=["1", "2", "3", "4"])
    assert Job.objects.get().kind == "problems.import" and not Sheet.objects.exists()
    _killed_in_the_middle(monkeypatch)
    assert Sheet.objects.count() == 2
    job = Job.objects.get()
    working.give_back(job=job)
    carry_out(working.claim(worker="w2"))
    assert sorted(Sheet.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert list(JobLine.objects.order_by("number").values_list("ok", flat=True)) == [True] * 5
    assert ImportBatch.objects.get().state == "filed" and page.status_code == 200


class Killed(BaseException):
    """What a test uses for SIGKILL: nothing catches it."""


def _killed_in_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = importing.file_lines, []

    def dying(**given: Any) -> None:
        calls.append(given)
        real(**given)
        if len(calls) == 2:
            raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(importing, "file_lines", dying)
        with pytest.raises(Killed):
            carry_out(working.claim(worker="w1"))


def test_lines_that_were_filed_are_not_filed_again(cast: Cast, campaign: Campaign) -> None:
    batch = filed(cast, campaign, paper())
    line = ImportLine.objects.get(batch=batch)
    place = Place(campaign, cast.street)
    assert importing.file_line(line=line, desk=place, by=cast.clerk).state == "filed"
    assert Sheet.objects.count() == 1
