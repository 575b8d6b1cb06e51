"""The two papers that come as files, each with its own reading, checking, writing and taking back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.base.records.actions import change_all
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.inspections.models import SheetState
from qingfeng.apps.work.problems.actions.answering import take_back, write_answer
from qingfeng.apps.work.problems.actions.core import alter_all
from qingfeng.apps.work.problems.flow import ProblemState
from qingfeng.apps.work.problems.imports import Place, Reading, file_read, read_file
from qingfeng.apps.work.problems.imports.boxes import INSPECTION
from qingfeng.apps.work.problems.imports.checking import checked, tried
from qingfeng.apps.work.problems.imports.extra_columns import extra_of
from qingfeng.apps.work.problems.imports.filing import Outcome, file_reads
from qingfeng.apps.work.problems.imports.model import ReadPart, ReadSheet, from_plain, to_plain
from qingfeng.apps.work.problems.imports.rectification.boxes import WORDS
from qingfeng.apps.work.problems.imports.rectification.checking import Answers
from qingfeng.apps.work.problems.imports.rectification.model import ReadAnswer, answer_from_plain
from qingfeng.apps.work.problems.imports.rectification.reading import read_answers
from qingfeng.apps.work.problems.imports.rectification.undoing import check_untouched
from qingfeng.apps.work.problems.imports.undoing import check_unmoved
from qingfeng.apps.work.problems.imports.vocabulary import Vocabulary
from qingfeng.apps.work.problems.models import ImportBatch, ImportKind, ImportLine, ImportLineState, Problem

UNDO_REASON = "撤销导入"
FileAll = Callable[[Any, Sequence[ImportLine], User], list[Outcome]]
"""For each line its sheet, or why it is not filed."""
UndoAll = Callable[[Sequence[ImportLine], User], None]


class Kind(Protocol):
    """One paper. `desk` is what its lines are written with: looked up once for all of them."""

    words: Vocabulary

    @property
    def nothing_chosen(self) -> str: ...

    def read(
        self, content: bytes, name: str, columns: Mapping[str, Any] | None, campaign: Campaign
    ) -> Reading[Any]: ...

    def desk(self, batch: ImportBatch, by: User) -> Any: ...

    def checked(self, desk: Any, reads: Sequence[Any]) -> Sequence[Any]: ...

    def lines(self, batch: ImportBatch, reads: Sequence[Any], by: User) -> Iterator[ImportLine]: ...

    def file(self, desk: Any, line: ImportLine, by: User) -> None: ...

    @property
    def file_all(self) -> FileAll | None:
        """Many lines at once, where the paper allows it."""

    def check_can_undo(self, lines: QuerySet[ImportLine]) -> None: ...

    def undo(self, line: ImportLine, by: User) -> None: ...

    @property
    def undo_all(self) -> UndoAll | None:
        """The same of many lines at once, where the paper allows it; Refused as a whole."""


class _Inspections:
    """Attachment 2: a line is a sheet with its problems."""

    words = INSPECTION

    @property
    def nothing_chosen(self) -> str:
        return _("没有选择要导入的台账，请至少勾选一张。")

    def read(
        self, content: bytes, name: str, columns: Mapping[str, Any] | None, campaign: Campaign
    ) -> Reading[ReadSheet]:
        return read_file(content, name, columns, extra_of(campaign))

    def desk(self, batch: ImportBatch, by: User) -> Place:
        return place_of(batch)

    def checked(self, desk: Place, reads: Sequence[ReadSheet]) -> list[ReadSheet]:
        return checked(desk, reads)

    def lines(self, batch: ImportBatch, reads: Sequence[ReadSheet], by: User) -> Iterator[ImportLine]:
        for order, read in enumerate(tried(place_of(batch), reads, by=by), 1):
            state = ImportLineState.FAULTY if read.faults else ImportLineState.READY
            yield _line(batch, order, read, state=state, problems=len(read.problems))

    def file(self, desk: Place, line: ImportLine, by: User) -> None:
        line.sheet = file_read(desk, from_plain(line.content), by)

    def file_all(self, desk: Place, lines: Sequence[ImportLine], by: User) -> list[Outcome]:
        return file_reads(desk, [from_plain(line.content) for line in lines], by)

    def check_can_undo(self, lines: QuerySet[ImportLine]) -> None:
        check_unmoved(lines.values_list("sheet_id", flat=True))

    def undo(self, line: ImportLine, by: User) -> None:
        self.undo_all([line], by)

    def undo_all(self, lines: Sequence[ImportLine], by: User) -> None:
        sheets = [line.sheet for line in lines if line.sheet and line.sheet.state != SheetState.VOID]
        if not sheets:
            return
        keys = [sheet.pk for sheet in sheets]
        check_unmoved(keys)
        problems = Problem.objects.filter(sheet__in=keys).counted()  # type: ignore[attr-defined]
        to = {"state": ProblemState.VOID, "void_reason": UNDO_REASON}
        alter_all(list(problems.order_by("sheet", "ordinal")), by=by, kind="problem.voided", to=to)
        to_sheet = {"state": SheetState.VOID, "void_reason": UNDO_REASON}
        change_all(sheets, by=by, kind="sheet.voided", to=to_sheet)


class _Rectifications:
    """Attachment 3: a line is what the file says of one problem."""

    words = WORDS
    file_all = undo_all = None

    @property
    def nothing_chosen(self) -> str:
        return _("没有选择要导入的问题，请至少勾选一个。")

    def read(
        self, content: bytes, name: str, columns: Mapping[str, Any] | None, campaign: Campaign
    ) -> Reading[ReadAnswer]:
        return read_answers(content, name, columns, extra_of(campaign))

    def desk(self, batch: ImportBatch, by: User) -> Answers:
        return Answers(place_of(batch), by)

    def checked(self, desk: Answers, reads: Sequence[ReadAnswer]) -> list[ReadAnswer]:
        return desk.checked(reads)

    def lines(self, batch: ImportBatch, reads: Sequence[ReadAnswer], by: User) -> Iterator[ImportLine]:
        for order, read in enumerate(reads, 1):
            line = _line(batch, order, read, state=_state(read), problems=len(read.new))
            line.problem_id = read.problem
            yield line

    def file(self, desk: Answers, line: ImportLine, by: User) -> None:
        read = answer_from_plain(line.content)
        line.problem, line.made, line.words = write_answer(answers=desk, read=read, by=by)

    def check_can_undo(self, lines: QuerySet[ImportLine]) -> None:
        rows = lines.select_related("problem")
        check_untouched([(line.problem, line.made) for line in rows if line.problem])

    def undo(self, line: ImportLine, by: User) -> None:
        assert line.problem is not None  # of every line that was filed
        take_back(problem=line.problem, made=line.made, reason=UNDO_REASON, by=by)


_KINDS: dict[str, Kind] = {
    ImportKind.INSPECTION: _Inspections(),
    ImportKind.RECTIFICATION: _Rectifications(),
}


def kind_of(batch: ImportBatch) -> Kind:
    """The paper that the file holds."""
    return _KINDS[batch.kind]


def place_of(batch: ImportBatch) -> Place:
    """Where the file belongs."""
    return Place(batch.campaign, batch.filing_unit, batch.filing_group)


def _state(read: ReadAnswer) -> ImportLineState:
    """What there is to do with a row: something to write, nothing but what is there, or nothing that may be written."""
    if read.faults:
        return ImportLineState.FAULTY
    if read.new:
        return ImportLineState.READY
    return ImportLineState.FAULTY if read.left or not read.pieces else ImportLineState.SAME


def _line(batch: ImportBatch, order: int, read: ReadPart, *, state: str, problems: int) -> ImportLine:
    return ImportLine(
        batch=batch,
        order=order,
        place=read.name[:120],
        content=to_plain(read),
        problems=problems,
        rows=max(len(read.rows), 1),
        state=state,
    )
