"""A paper as the draft page shows it: head, blocks by what they are, runs that open, signature and imprint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qingfeng.apps.work.reports.papers.figure_list import with_figure_list
from qingfeng.apps.work.reports.papers.model import (
    Attached,
    Block,
    Chart,
    Counted,
    Gap,
    Grid,
    Heading,
    Items,
    Paper,
    Quoted,
    Run,
    Text,
)
from qingfeng.apps.work.reports.papers.numbered import numbered
from qingfeng.apps.work.reports.papers.wording import day

_MARK_ENDS = {"document": "文件", "letter": "", "minutes": "纪要"}


@dataclass(frozen=True)
class ShownRun:
    """A stretch of text; a figure has the address of its rows and its rule, a gap says so."""

    text: str
    href: str = ""
    hint: str = ""
    is_gap: bool = False


@dataclass(frozen=True)
class ShownBlock:
    """One block. `kind`: heading, text, table."""

    kind: str
    mark: str = ""
    level: int = 0
    runs: Sequence[ShownRun] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[ShownRun]] = ()
    caption: str = ""


@dataclass(frozen=True)
class ShownPage:
    """The text, or one attachment with its mark and title."""

    blocks: Sequence[ShownBlock]
    attachment: str = ""
    title: str = ""


@dataclass(frozen=True)
class ShownPaper:
    """What stands around the text, line by line, and the pages."""

    mark: str
    number: str
    signatory: str
    addressees: str
    attendance: Sequence[str]
    attached: Sequence[str]
    signature: Sequence[str]
    imprint: Sequence[str]
    pages: Sequence[ShownPage]


def on_paper(paper: Paper) -> ShownPaper:
    """The paper as on paper; its attachments below it, the figure list last."""
    attached = with_figure_list(paper)
    return ShownPaper(
        mark=_mark(paper),
        number=paper.number,
        signatory=f"签发人：{'　'.join(paper.signatories)}" if paper.signatories else "",
        addressees=f"{'、'.join(paper.addressees)}：" if paper.addressees else "",
        attendance=_attendance(paper),
        attached=_attachment_note(attached),
        signature=(*paper.issuers, day(paper.day)) if paper.form in ("document", "letter") else (),
        imprint=_imprint(paper),
        pages=[ShownPage(list(_blocks(paper.blocks))), *_attachments(attached)],
    )


def _mark(paper: Paper) -> str:
    """The red line; a plain sheet has none."""
    if paper.form == "plain":
        return ""
    return paper.mark or f"{'　'.join(paper.issuers)}{_MARK_ENDS[paper.form]}"


def _attendance(paper: Paper) -> list[str]:
    named = (("出席", paper.present), ("请假", paper.excused), ("列席", paper.observing))
    return [f"{word}：{'　'.join(names)}" for word, names in named if names]


def _attachment_note(attached: Sequence[Attached]) -> list[str]:
    if len(attached) == 1:
        return [f"附件：{attached[0].title}"]
    return [f"{'' if at > 1 else '附件：'}{at}.{one.title}" for at, one in enumerate(attached, 1)]


def _attachments(attached: Sequence[Attached]) -> list[ShownPage]:
    marks = ["附件"] if len(attached) == 1 else [f"附件{at}" for at in range(1, len(attached) + 1)]
    pairs = zip(marks, attached, strict=True)
    return [ShownPage(list(_blocks(one.blocks)), mark, one.title) for mark, one in pairs]


def _imprint(paper: Paper) -> list[str]:
    lines = [f"抄送：{'，'.join(paper.copied_to)}。"] if paper.copied_to else []
    if paper.issued_by and paper.issue_date:
        lines.append(f"{paper.issued_by}　{day(paper.issue_date)}印发")
    return lines


def _blocks(blocks: Iterable[Block]) -> Iterable[ShownBlock]:
    for mark, block in numbered(blocks):
        if isinstance(block, Heading):
            yield ShownBlock("heading", mark, block.level, [ShownRun(block.text)])
        elif isinstance(block, Text):
            yield ShownBlock("text", f"{mark}{block.lead}", 0, [_run(run) for run in block.runs])
        elif isinstance(block, Items):
            for at, item in enumerate(block.items, 1):
                yield ShownBlock("text", "", 0, [ShownRun(f"{at}."), *map(_run, item)])
        else:
            yield _table(block)


def _table(block: Grid | Chart) -> ShownBlock:
    grid = block if isinstance(block, Grid) else block.grid
    caption = grid.caption if isinstance(block, Grid) else block.caption
    rows = [[_run(cell) for cell in row] for row in grid.rows]
    return ShownBlock("table", head=grid.head, rows=rows, caption=caption)


def _run(run: Run) -> ShownRun:
    if isinstance(run, Counted):
        return ShownRun(run.words, run.href, f"{run.title}：{run.whole_rule}")
    if isinstance(run, Quoted):
        return ShownRun(run.text, run.href)
    return ShownRun(str(run), is_gap=isinstance(run, Gap))
