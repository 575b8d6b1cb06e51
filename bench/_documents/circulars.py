"""A thousand circulars with their imprint, as a campaign's office issues them: one to six pages, with tables.

Those whose end comes near the end of a page are counted by LibreOffice, forty in one process; the others are as sure
without it. A sample of the sure ones is printed afterwards, outside the measured time, to prove that.
"""

from __future__ import annotations

import io
from random import Random

import docx

from qingfeng.gongwen import Document, pdf, read_source
from qingfeng.gongwen.check import check
from qingfeng.gongwen.service import is_sure, render_documents

from .report import Line, Report, clocked

PROVED = 40
SENTENCES = (
    "各单位要对照任务清单逐项核对，明确责任人和完成时限，做到底数清、情况明。",
    "检查发现的问题要登记造册，整改一项、核实一项、销号一项，不得以报代改。",
    "截至2026年9月30日，全区共检查基层单位128个，发现问题356个，已办结301个，办结率84.6%。",
    "对工作推进缓慢、敷衍应付的单位，由领导小组办公室发函提醒，限期说明情况。",
    "第3季度共追回资金12.5万元，清退37人次，新建制度19项。",
    "要把检查同日常监督结合起来，注重从信访举报、审计反馈和数据比对中发现问题。",
)
KINDS = ("通报", "通知", "决定", "意见")


def measure(report: Report, count: int) -> None:
    sources = [_source(Random(9704 + number), number) for number in range(count)]
    line = Line(f"{count} circulars, source to .docx", most=60 * count / 1000)
    with clocked() as clock:
        documents = [read_source(source) for source in sources]
        made = render_documents(documents, all_counted=False)
    line.wall, line.cpu = clock.wall, clock.cpu
    with clocked() as clock:
        for document in documents:
            _bare(document)
    line.floor, line.floor_is = clock.cpu, "python-docx: the same paragraphs in files without any format"
    report.lines.append(line)
    sure = [document for document in documents if is_sure(document)]
    report.facts["circulars counted by LibreOffice"] = count - len(sure) if pdf.office() else 0
    report.check("circulars made", len(made), count)
    report.check("circulars on an odd number of pages", sum(paper.pages % 2 for paper in made), 0)
    told = [one for paper in made[:PROVED] for one in check(paper.docx)]
    report.check("departures in a sample", [one.sentence() for one in told[:3]], [])
    if pdf.office():
        _prove(report, sure[:PROVED])


def _prove(report: Report, documents: list[Document]) -> None:
    guessed = [paper.pages for paper in render_documents(documents, all_counted=False)]
    printed = [paper.pages for paper in render_documents(documents, as_pdf=True)]
    report.check("pages of sure circulars, counted and printed", guessed, printed)
    report.facts["sure circulars printed to prove it"] = len(documents)


def _source(chance: Random, number: int) -> str:
    head = [
        "---", f"kind: {chance.choice(KINDS)}", "issuer: 云汀区专项治理工作领导小组",
        f"number: 云治发〔2026〕{number + 1}号",
        f"title: 关于第{number + 1}批专项检查发现问题整改情况的通报", "addressees: [各街道, 区直各部门]",
        "date: 2026-10-12", "copied_to: [区委办公室, 区政府办公室]", "issued_by: 云汀区治理办",
        "issue_date: 2026-10-13",
    ]  # fmt: skip
    attached = chance.random() < 0.3
    if attached:
        head.append("attachments: [问题清单]")
    body: list[str] = []
    for part in range(chance.randint(1, 5)):
        body.append(f"# 第{part + 1}部分工作情况")
        for _ in range(chance.randint(1, 6)):
            body.append("".join(chance.choices(SENTENCES, k=chance.randint(1, 4))))
    if attached:
        rows = "\n".join(
            f"| {at} | 第{at}中队 | 台账登记不全 | 已办结 |" for at in range(1, chance.randint(4, 40))
        )
        body.append(f"# 附件1 问题清单\n\n| 序号 | 单位 | 问题 | 情况 |\n|---|---|---|---|\n{rows}")
    return "\n".join([*head, "---", "", "\n\n".join(body), ""])


def _bare(document: Document) -> None:
    word = docx.Document()
    for block in document.blocks:
        word.add_paragraph(getattr(block, "text", ""))
    word.save(io.BytesIO())
