"""Forms among the attachments: their fields in order, and whether they are a list, a sheet or a matrix."""

import re
from collections.abc import Sequence

from qingfeng.planreader.lines import Line, fold
from qingfeng.planreader.model import Form
from qingfeng.planreader.outline import Attachment, Outline

_FORM_NAME = re.compile(
    r"(?:表|台账|清单|登记簿|花名册|卡|单|承诺书|回执|名册|一览|(?:情况|进展|工作|数据|统计|整治|治理)[周旬月季年]报)$"
)
_TASK_TABLE = re.compile(r"分工|分解|任务表|计划表|安排表|名单|责任清单|进度表|任务清单|日程|工作清单")
_BLANK = re.compile(
    r"^(?:年|月|日|年月日|\d{1,2}[.、．]?[…\.．·]*|[…\.·_]+|自检.{0,2}号|□.*|/|[（(].*[)）])$"
)
_COLON_FIELD = re.compile(r"(?P<label>[^：:\s（(]{1,24}(?:\s?[（(][^）)]{1,12}[）)])?)\s*[：:]")


def find_forms(outline: Outline) -> tuple[Form, ...]:
    """The forms of the document, one for each attachment that is one."""
    forms = []
    for attachment in outline.attachments:
        title = _title(attachment)
        if is_form(attachment):
            fields, orientation = _read(attachment.lines, title)
            if len(fields) >= 2:
                forms.append(
                    Form(attachment.number, title, orientation, tuple(fields), attachment.line.number)
                )
    return tuple(forms)


def _title(attachment: Attachment) -> str:
    return attachment.title.strip("《》“”")


def is_form(attachment: Attachment) -> bool:
    """Is the attachment to be filled in, rather than to be read?"""
    title = _title(attachment)
    if _TASK_TABLE.search(title) and _has_values(attachment.lines):
        return False
    prose = sum(1 for line in attachment.lines if "。" in line.plain and len(line.plain) > 40)
    return prose < 3 and (bool(_FORM_NAME.search(title)) or any(line.is_row for line in attachment.lines))


def _has_values(lines: Sequence[Line]) -> bool:
    rows = [line for line in lines if line.is_row]
    filled = sum(1 for row in rows[1:] if sum(1 for cell in row.cells if len(cell) > 1) * 2 > len(row.cells))
    return filled >= 2


def _read(lines: Sequence[Line], title: str) -> tuple[list[str], str]:
    every = lines
    full = next((line for line in lines if line.is_row), None)
    if full is not None and len(full.cells) >= 3 and all(cell.strip() for cell in full.cells):
        lines = [line for line in lines if not line.is_row or line is full or _heads_below(line)]
    groups = [
        _labels(line) for line in lines if not re.match(r"^(?:注|说明|备注：|填表说明|填报说明)", line.plain)
    ]
    names: list[str] = []
    for labels in groups:
        names += [label for label in labels if label not in names]
    return names, _orientation(every, [_labels(line) for line in every], title)


def _heads_below(line: Line) -> bool:
    """A row below a full head row adds fields only when it is full of labels itself."""
    cells = [cell.strip() for cell in line.cells]
    return len(cells) >= 2 and all(len(cell) >= 2 for cell in cells) and len(set(cells)) == len(cells)


def _labels(line: Line) -> list[str]:
    """The field labels on a line; filled or blank cells are none."""
    if line.is_row:
        return _labels_of_row(line)
    text = line.text.strip("\u3000 ")
    if "。" in text:
        return []
    found: list[str] = []
    for piece in re.split(r"\s{2,}|\u3000+|\t", text):
        found += _labels_of_piece(piece.strip())
    return found


def _labels_of_row(line: Line) -> list[str]:
    cells = [cell.strip() for cell in line.cells]
    if re.fullmatch(r"\d{1,2}|[…\.]+|", cells[0]) and not any(len(cell) > 1 for cell in cells[1:]):
        return []
    found: list[str] = []
    for cell in cells:
        if "。" in cell:
            continue
        if "：" in cell or ":" in cell:
            found += [
                label
                for piece in re.split(r"\s{2,}|\u3000+", cell)
                for label in _labels_of_piece(piece.strip())
            ]
        elif (label := _clean("".join(cell.split()))) and len(label) <= 24:
            found.append(label)
    return found


def _labels_of_piece(piece: str) -> list[str]:
    if not piece or _BLANK.match(fold(piece).text):
        return []
    if re.match(r"^\d{1,2}\s*[.．、]\s*[…\.]*$", piece):
        return []
    if "：" in piece or ":" in piece:
        labels = [match["label"] for match in _COLON_FIELD.finditer(piece)]
        labels = [_clean(re.split(r"\s", label)[-1]) for label in labels]
        return [label for label in labels if label]
    pieces = [re.sub(r"\s*\d{1,2}\s*[.．、].*$|…+$", "", part) for part in piece.split(" ")]
    return [label for part in pieces if (label := _clean(part)) and not _BLANK.match(fold(label).text)]


def _clean(label: str) -> str:
    label = re.sub(r"\s*\d{1,2}[.．、]\s*[…\.]*$|[…_]+$", "", label).strip("：:，,；;。 \u3000")
    label = re.sub(r"^[年月日]+$|^[（(].*$", "", label)
    label = re.sub(
        r"[（(](?:盖章|公章|签章|签字|签名|本人签名|章|自检.{0,3}号|加盖公章|.{0,3}号)[）)]", "", label
    )
    return "" if _BLANK.match(fold(label).text) or len(label) < 2 else label


def _orientation(lines: Sequence[Line], groups: Sequence[Sequence[str]], title: str) -> str:
    """list: a head row to be repeated; matrix: rows against columns; sheet: labels with room behind them."""
    rows = [line for line in lines if line.is_row]
    if rows:
        return _of_table(rows)
    wide = [
        group
        for group, line in zip(groups, lines, strict=False)
        if len(group) >= 4 and "：" not in line.plain
    ]
    if wide:
        return "list"
    single = [
        line
        for line in lines
        if re.search(r"[^\s：:](?:\s{5,}|\u3000{4,})$", line.text + "") and "：" not in line.plain
    ]
    if len(single) >= 3 or re.search(
        r"受检基层单位|(?:月|统计|汇总)报?表", title + (lines[1].plain if len(lines) > 1 else "")
    ):
        return "matrix"
    return "sheet"


def _of_table(rows: Sequence[Line]) -> str:
    head, below = rows[0], rows[1:]
    heads = sum(1 for cell in head.cells if cell.strip())
    if heads == len(head.cells) and heads >= 3:
        labelled = [
            row
            for row in below
            if row.cells[0].strip()
            and not re.fullmatch(r"\d{1,3}|…+", row.cells[0].strip())
            and not any(c.strip() for c in row.cells[1:])
        ]
        if below and len(labelled) == len(below):
            return "matrix"
        return (
            "list"
            if all(not any(len(c.strip()) > 2 for c in row.cells) for row in below) or heads >= 5
            else "sheet"
        )
    if (
        heads == 1
        and len(head.cells) >= 4
        and all(sum(1 for c in row.cells if c.strip()) <= 1 for row in below)
    ):
        return "matrix"
    return "sheet"
