"""Attachment 3 as offices send it back: what it says of which problem, what is new, what may not be written, and undoing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from qingfeng.apps.base.documents.excel import to_xlsx
from qingfeng.apps.base.documents.ledger_files import content_of
from qingfeng.apps.base.documents.word import to_docx
from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records.models import Event
from qingfeng.apps.base.web.errors import BadInput, Refused
from qingfeng.apps.base.web.ledgers import Extract
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems import actions
from qingfeng.apps.work.problems.actions import importing
from qingfeng.apps.work.problems.imports.rectification.model import answer_from_plain
from qingfeng.apps.work.problems.models import ImportBatch, ImportKind, ImportLine, Measure, Problem
from qingfeng.apps.work.problems.official import official_problems
from qingfeng.apps.work.problems.papers import rectification_papers
from qingfeng.apps.work.problems.queries import ledger
from qingfeng.apps.work.problems.tests import story
from qingfeng.apps.work.problems.tests.conftest import Browser
from qingfeng.apps.work.problems.tests.files import ROW as INSPECTED
from qingfeng.apps.work.problems.tests.files import table, workbook
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("bare_frame")
HEADER = ("序号", "编号", "问题单位", "整改责任人及责任", "存在问题", "整改措施", "完成情况", "整改时间")


@pytest.fixture
def problems(cast: Cast, campaign: Campaign) -> list[Problem]:
    """Of one sheet: the first in rectification with two measures and a word of progress, the second only assigned."""
    sheet = story.self_sheet(cast, campaign, texts=("发放名册未公示", "代领签字不全"))
    first, second = Problem.objects.filter(sheet=sheet).order_by("ordinal")
    actions.add_measure(problem=first, text="补充公示名册。", by=cast.clerk)
    actions.add_measure(problem=first, text="张榜公布；接受监督", by=cast.clerk)
    actions.add_measure(problem=first, text="已公示一半", kind="progress", by=cast.clerk)
    return [first, second]


def row(**said: Any) -> tuple[Any, ...]:
    return tuple(said.get(name, "") for name in HEADER)


def ledger_of(*rows: tuple[Any, ...], above: int = 0) -> bytes:
    return table(*rows, header=HEADER, above=above)


def read_in(
    cast: Cast, campaign: Campaign, content: bytes, by: User | None = None, name: str = "整改.xlsx"
) -> ImportBatch:
    return importing.read_in(
        campaign=campaign,
        body=cast.street,
        name=name,
        content=content,
        by=by or cast.clerk,
        kind=ImportKind.RECTIFICATION,
    )


def taken(cast: Cast, campaign: Campaign, content: bytes, by: User | None = None) -> ImportBatch:
    """Read in, all that is ready taken, and written."""
    batch = read_in(cast, campaign, content, by)
    ready = set(ImportLine.objects.filter(batch=batch, state="ready").values_list("order", flat=True))
    importing.take(batch=batch, orders=ready, by=by or cast.clerk)
    return importing.file_all(batch=batch, by=by or cast.clerk)


def fates(batch: ImportBatch) -> list[tuple[str, list[tuple[str, str]]]]:
    """(state, [(box, fate)]) of each line."""
    lines = ImportLine.objects.filter(batch=batch).order_by("order")
    read = [(line.state, answer_from_plain(line.content)) for line in lines]
    return [(state, [(piece.box, piece.fate) for piece in one.pieces]) for state, one in read]


def faults(batch: ImportBatch) -> list[str]:
    lines = ImportLine.objects.filter(batch=batch).order_by("order")
    return [fault.message for line in lines for fault in answer_from_plain(line.content).faults]


def exported(cast: Cast, campaign: Campaign, kind: str) -> bytes:
    """The problem ledger in the columns of attachment 3, as its page hands it out."""
    form = official_problems(campaign)
    rows = list(ledger(cast.clerk, campaign).order_by("pk"))
    assert form.prepare is not None
    form.prepare(rows)
    return content_of(Extract(form.title, form.columns, rows, "口径：一条。"), kind, "林晓禾", filed_by="x")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_ledger_that_was_written_out_holds_nothing_new(
    cast: Cast, campaign: Campaign, problems: list[Problem], kind: str
) -> None:
    batch = read_in(cast, campaign, exported(cast, campaign, kind), name=f"整改台账.{kind}")
    assert faults(batch) == []
    assert [state for state, _pieces in fates(batch)] == ["same", "same"]
    assert list(ImportLine.objects.filter(batch=batch).values_list("problem", flat=True)) == [
        p.pk for p in problems
    ]
    with pytest.raises(BadInput, match="没有选择要导入的问题"):
        importing.take(batch=batch, orders={1, 2}, by=cast.clerk)


@pytest.mark.parametrize("write", [to_xlsx, to_docx])
def test_the_paper_that_was_written_out_holds_nothing_new(
    cast: Cast, campaign: Campaign, problems: list[Problem], write: Any
) -> None:
    """Measures of the first problem only, so the paper numbers them with a gap."""
    paper = write(rectification_papers(cast.clerk, problems[0].sheet))  # type: ignore[arg-type]
    name = "整改台账.xlsx" if write is to_xlsx else "整改台账.docx"
    batch = read_in(cast, campaign, paper, name=name)
    assert faults(batch) == []
    same = [("assign", "same"), ("measure", "same"), ("progress", "same")]
    assert fates(batch) == [("same", same), ("same", [same[0], same[2]])]


def test_what_was_written_in_the_file_arrives_and_the_second_time_is_there(
    cast: Cast, campaign: Campaign, problems: list[Problem]
) -> None:
    numbers = [problem.number for problem in problems]
    content = ledger_of(
        row(
            编号=numbers[0],
            整改措施="补充公示名册；张榜公布；接受监督；约谈经办人",
            完成情况="整改中：已全部公示",
        ),
        row(
            编号=numbers[1],
            存在问题="代领签字不全",
            整改措施="1、补签\n2、立规矩",
            整改时间="２０２６年６月９日",
        ),
    )
    batch = taken(cast, campaign, content)
    assert batch.state == "filed"
    told = Measure.objects.order_by("pk").values_list("problem", "kind", "text", "taken_on")[3:]
    first, second = (problem.pk for problem in problems)
    assert list(told) == [
        (first, "measure", "约谈经办人", date(2026, 6, 10)),
        (first, "progress", "已全部公示", date(2026, 6, 10)),
        (second, "measure", "补签", date(2026, 6, 9)),
        (second, "measure", "立规矩", date(2026, 6, 9)),
    ]
    assert Problem.objects.get(pk=second).state == "in_rectification"
    again = read_in(cast, campaign, content)
    assert [state for state, _pieces in fates(again)] == ["same", "same"]


def test_it_never_strikes_off(cast: Cast, campaign: Campaign, problems: list[Problem]) -> None:
    batch = read_in(cast, campaign, ledger_of(row(编号=problems[0].number, 完成情况="已销号")))
    (line,) = ImportLine.objects.filter(batch=batch)
    (piece,) = answer_from_plain(line.content).left
    assert line.state == "faulty" and "另一人核实" in piece.why
    taken(
        cast, campaign, ledger_of(row(编号=problems[0].number, 完成情况="已完成整改", 整改时间="2026-06-10"))
    )
    problems[0].refresh_from_db()
    assert (problems[0].state, problems[0].completion) == ("in_rectification", "")
    assert Measure.objects.latest("pk").text == "已完成整改"


def test_what_may_not_be_written_is_said_and_does_not_hinder_the_rest(
    cast: Cast, campaign: Campaign, problems: list[Problem]
) -> None:
    actions.add_evidence(problem=problems[0], name="照片.png", content=story.PROOF, by=cast.clerk)
    actions.submit(problem=problems[0], statement="已全部公示", new_rule="公示办法", by=cast.clerk)
    content = ledger_of(
        row(编号=problems[0].number, 整改措施="再公示一次", 完成情况="已全部公示"),
        row(编号=problems[1].number, 整改责任人及责任="陈立群：牵头", 整改措施="补签"),
        row(编号="临江街道自检9号-1", 整改措施="没有这个问题"),
        row(编号=problems[1].number, 整改措施="又一行"),
    )
    batch = taken(cast, campaign, content)
    assert fates(batch)[:2] == [
        ("faulty", [("measure", "left"), ("progress", "same")]),
        ("filed", [("assign", "left"), ("measure", "new")]),
    ]
    first, second = list(ImportLine.objects.filter(batch=batch).order_by("order"))[:2]
    assert "待销号" in answer_from_plain(first.content).left[0].why
    assert "交办以后不能从附件改责任人" in second.words
    assert ["没有编号为“临江街道自检9号-1”的问题" in said for said in faults(batch)][:1] == [True]
    assert "与台账!A3是同一个问题" in faults(batch)[1]
    assert list(Measure.objects.filter(problem=problems[1]).values_list("text", flat=True)) == ["补签"]


def test_a_number_beside_the_words_of_another_problem_is_not_believed(
    cast: Cast, campaign: Campaign, problems: list[Problem]
) -> None:
    other = row(编号=problems[0].number, 存在问题="公务用车加油记录不全", 整改措施="补记")
    nearly = row(编号=problems[1].number, 存在问题="代领的签字不全", 整改措施="补签")
    batch = read_in(cast, campaign, ledger_of(other, nearly))
    assert "不是一个问题，请核对编号" in faults(batch)[0]
    assert [state for state, _pieces in fates(batch)] == ["faulty", "ready"]
    second = answer_from_plain(ImportLine.objects.get(batch=batch, order=2).content)
    assert "文字没有改" in second.warnings[0].message


def test_who_may_not_work_on_it_is_told_so(cast: Cast, campaign: Campaign, problems: list[Problem]) -> None:
    batch = importing.read_in(
        campaign=campaign,
        body=cast.governance,
        name="整改.xlsx",
        content=ledger_of(row(编号=problems[0].number, 整改措施="督促公示")),
        by=cast.inspector,
        kind=ImportKind.RECTIFICATION,
    )
    assert fates(batch) == [("faulty", [("measure", "left")])]


def test_a_problem_is_found_by_its_sheet_or_by_unit_and_words(
    cast: Cast, campaign: Campaign, problems: list[Problem]
) -> None:
    content = ledger_of(
        row(编号="自检1号", 存在问题="代领签字 不全。", 整改措施="补签"),
        row(问题单位="临江街道", 存在问题="发放名册未公示", 整改措施="约谈经办人"),
    )
    batch = read_in(cast, campaign, content)
    assert list(ImportLine.objects.filter(batch=batch).values_list("problem", flat=True)) == [
        problems[1].pk,
        problems[0].pk,
    ]
    left_out = ledger_of(
        row(问题单位="柳荫社区", 存在问题="没有的问题", 整改措施="补"),
        row(存在问题="发放名册未公示", 整改措施="补"),
    )
    assert all("“柳荫社区”没有这个问题" in said for said in faults(read_in(cast, campaign, left_out)))
    story.self_sheet(cast, campaign, content="再查一次")
    again = read_in(
        cast, campaign, ledger_of(row(问题单位="临江街道", 存在问题="发放名册未公示", 整改措施="约谈"))
    )
    assert "临江街道自检1号-1、临江街道自检2号-1" in faults(again)[0]
    other = ledger_of(row(问题单位="望山街道", 存在问题="发放名册未公示", 整改措施="约谈"))
    assert "没有叫“望山街道”的单位" in faults(read_in(cast, campaign, other))[0]


def test_a_problem_without_date_is_assigned_by_the_file_and_undoing_takes_all_of_it_back(
    cast: Cast, campaign: Campaign
) -> None:
    sheet = story.self_sheet(cast, campaign, entry={"due_date": None, "responsible_name": ""})
    problem = Problem.objects.get(sheet=sheet)
    assert problem.state == "found"
    header = (*HEADER, "整改时限")
    said = (*row(编号=problem.number, 整改责任人及责任="陈立群：督促公示", 整改措施="补充公示"), "2026-07-15")
    batch = taken(cast, campaign, table(said, header=header))
    problem.refresh_from_db()
    assert (problem.state, problem.responsible_name, problem.duty_text) == (
        "in_rectification",
        "陈立群",
        "督促公示",
    )
    assert problem.due_date == date(2026, 7, 15)
    importing.undo(batch=batch, by=cast.clerk)
    problem.refresh_from_db()
    assert (problem.state, problem.responsible_name, problem.due_date) == ("found", "", None)
    assert problem.responsible_person is None and not Measure.objects.exists()


def test_undo_is_refused_once_somebody_went_on(
    cast: Cast, campaign: Campaign, problems: list[Problem]
) -> None:
    batch = taken(cast, campaign, ledger_of(row(编号=problems[1].number, 整改措施="补签")))
    problems[1].refresh_from_db()
    later = actions.add_measure(problem=problems[1], text="张榜", by=cast.clerk)
    with pytest.raises(Refused, match="又有办理"):
        importing.undo(batch=batch, by=cast.clerk)
    assert set(Measure.objects.filter(problem=problems[1]).values_list("text", flat=True)) == {
        "补签",
        later.text,
    }


def upload(client: Client, cast: Cast, content: bytes) -> Any:
    data = {"body": f"unit:{cast.street.pk}", "file": SimpleUploadedFile("整改.xlsx", content)}
    return client.post(reverse("problems:rectification_import"), data, follow=True)


def test_a_file_of_which_all_is_there_asks_for_no_correction(
    cast: Cast, campaign: Campaign, problems: list[Problem], browser: Browser
) -> None:
    content = ledger_of(row(编号=problems[0].number, 整改措施="补充公示名册"))
    text = upload(browser(cast.clerk), cast, content).content.decode()
    assert "文件里写的平台上都已有，不用再导入。" in text and "请改正后重新选择文件" not in text


def test_from_the_upload_to_the_undoing_through_the_pages(
    cast: Cast, campaign: Campaign, problems: list[Problem], browser: Browser
) -> None:
    client = browser(cast.clerk)
    assert client.get(reverse("problems:rectification_import")).context["step"] == 1
    content = ledger_of(
        row(编号=problems[1].number, 整改措施="补签", 完成情况="已补签"),
        row(编号=problems[0].number, 整改措施="补充公示名册"),
        row(编号="自检7号-1", 整改措施="无此问题"),
    )
    text = upload(client, cast, content).content.decode()
    assert "读到3个问题的整改情况：1个有新内容（共2项），1个平台上已有，1个不能登记" in text
    assert "将登记" in text and "已有" in text and "台账!B4" in text
    batch = ImportBatch.objects.get()

    def move(verb: str, **data: Any) -> str:
        address = reverse("problems:rectification_move", args=[batch.reference, verb])
        return client.post(address, data, follow=True).content.decode()

    assert "已登记1个问题的整改情况" in move("take", line=["1"], shown=["1"])
    shown = reverse("problems:rectification_batch", args=[batch.reference])
    assert browser(cast.office).get(shown).status_code == 404
    faulty = client.get(reverse("problems:rectification_faulty", args=[batch.reference]))
    again = read_in(cast, campaign, faulty.content, name="待改正.xlsx")
    assert len(faults(again)) == 1
    assert "问题恢复到导入以前" in move("undo")
    problems[1].refresh_from_db()
    assert problems[1].state == "assigned" and not Measure.objects.filter(problem=problems[1]).exists()
    kept = Measure.with_void.filter(problem=problems[1]).values_list("void_reason", flat=True)
    assert list(kept) == ["撤销导入"] * 2
    kinds = Event.objects.filter(subject=problems[1].subject).order_by("-pk").values_list("kind", flat=True)
    assert kinds[0] == "problem.import_undone"
    history = reverse("problems:problem", args=[problems[1].reference]) + "?tab=timeline"
    page = client.get(history).content.decode()
    assert "撤销导入" in page


def test_forms_of_several_worksheets_are_read_and_other_papers_passed_over(
    cast: Cast, campaign: Campaign, problems: list[Problem]
) -> None:
    form = {
        "A1": "整改台账",
        "A2": "填报单位（盖章）：临江街道",
        "C2": "编号：（自检１号）",
        "A3": "整改时间",
        "B3": "2026年6月10日",
        "C3": "问题单位",
        "D3": "临江街道",
        "A4": "整改责任人\n及责任",
        "B4": "林晓禾",
        "A5": "存在问题",
        "B5": "1. 发放名册未公示\n2. 代领签字不全",
        "A6": "整改措施",
        "B6": "2. 补签",
        "A7": "完成情况",
        "B7": "1. 已公示一半；2. 已补签",
    }
    content = workbook(("说明", {"A1": "请各单位填写"}), ("整改", form), merged=())
    batch = read_in(cast, campaign, content)
    assert batch.remarks[0][0] == "说明" and faults(batch) == []
    assert fates(batch) == [
        ("same", [("assign", "same"), ("progress", "same")]),
        ("ready", [("assign", "same"), ("measure", "new"), ("progress", "new")]),
    ]


def test_its_address_lies_below_the_problems_and_an_address_of_before_leads_there(
    cast: Cast, campaign: Campaign, problems: list[Problem], browser: Browser
) -> None:
    batch = read_in(cast, campaign, ledger_of(row(编号=problems[1].number, 整改措施="补签")))
    client, here = browser(cast.clerk), f"/problems/import/{batch.reference}/"
    answer = client.get(f"/sheets/import/{batch.reference}/")
    assert answer.status_code == 302 and answer["Location"] == here
    page = client.get(here).content.decode()
    assert f"{here}take/" in page and "/sheets/import/" not in page
    assert client.post(f"/sheets/import/{batch.reference}/drop/").status_code == 404
    inspection = importing.read_in(
        campaign=campaign, body=cast.street, name="台账.xlsx", content=table(INSPECTED), by=cast.clerk
    )
    answer = client.get(f"/problems/import/{inspection.reference}/")
    assert answer["Location"] == f"/sheets/import/{inspection.reference}/"
