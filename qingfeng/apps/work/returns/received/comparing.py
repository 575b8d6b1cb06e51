"""What a form that was sent says, beside what the platform counts for that unit and month: figure by figure.

The records are entered once and counted: a sent figure never takes the place of a counted one. What the form can give
is its words; they are offered where the unit's own form is still a draft.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.base.orgs.visibility import reach
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.errors import BadInput
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.problems.imports.model import Fault
from qingfeng.apps.work.problems.imports.unit_names import UnitNames
from qingfeng.apps.work.problems.spellings import is_nothing
from qingfeng.apps.work.returns.contents import Column, Contents, contents_of, live, recount
from qingfeng.apps.work.returns.figures import FIGURES, Box, Figure
from qingfeng.apps.work.returns.models import MonthlyReturn
from qingfeng.apps.work.returns.overview import units_reporting
from qingfeng.apps.work.returns.periods import Month
from qingfeng.apps.work.returns.permissions import can, check_can_edit
from qingfeng.apps.work.returns.queries import in_force
from qingfeng.apps.work.returns.received.phrases import figures_in, figures_of, marked, value_of
from qingfeng.apps.work.returns.received.reading import Sent, SentCell, SentColumn, SentForm
from qingfeng.apps.work.returns.wording import LONGEST, in_figures

_MISSING = {
    Box.INSPECTIONS: gettext_lazy("台账、会议、活动漏登的补登，数字就上来了"),
    Box.PROBLEMS: gettext_lazy("漏登的检查台账导入或填报，数字就上来了"),
    Box.RECTIFICATION: gettext_lazy("整改情况没有登记的先导入；销号要申请并由另一人核实"),
    Box.INSTITUTIONS: gettext_lazy("新建制度在申请销号时填写，承诺书由负责人签署"),
}
_WHERE = {
    "meetings": ("campaigns:meetings", gettext_lazy("登记会议")),
    "activities": ("campaigns:activities", gettext_lazy("登记活动")),
    "commitments": ("problems:commitments", gettext_lazy("签署承诺书")),
}
_OF_BOX = {
    Box.INSPECTIONS: ("problems:sheet_import", gettext_lazy("导入检查台账")),
    Box.PROBLEMS: ("problems:sheet_import", gettext_lazy("导入检查台账")),
    Box.RECTIFICATION: ("problems:rectification_import", gettext_lazy("导入整改台账")),
    Box.INSTITUTIONS: ("problems:rectification_import", gettext_lazy("导入整改台账")),
}


@dataclass(frozen=True)
class Difference:
    """One figure, as it was sent and as it is counted."""

    figure: Figure
    sent: int | None
    counted: int
    late: int
    place: str
    campaign: int
    rows: str = ""
    """Where its records are listed; empty where the form is not prepared, or there are none."""

    @property
    def agrees(self) -> bool:
        return self.sent == self.counted or (self.sent is None and not self.counted)

    @property
    def said(self) -> str:
        return _("没有写") if self.sent is None else in_figures(self.figure, self.sent)

    @property
    def is_counted(self) -> str:
        return in_figures(self.figure, self.counted)

    @property
    def what_to_do(self) -> str:
        """In words, what brings the two together."""
        if self.agrees:
            return ""
        if self.sent is None:
            return _("附件没有写，以平台为准。")
        if self.sent > self.counted:
            more = in_figures(self.figure, self.sent - self.counted)
            measure = str(self.figure.measure)
            return _("平台少%(more)s%(measure)s：%(missing)s。") % {
                "more": more,
                "measure": measure,
                "missing": _MISSING[self.figure.box],
            }
        more = in_figures(self.figure, self.counted - self.sent)
        return _("平台多%(more)s%(measure)s：点开核对，重复登记的请作废，其余以平台为准。") % {
            "more": more,
            "measure": str(self.figure.measure),
        }

    @property
    def is_missing(self) -> bool:
        """Whether the platform knows less than was sent."""
        return self.sent is not None and self.sent > self.counted

    @property
    def where(self) -> str:
        """The address at which what is missing is entered."""
        name, _words = self._place
        return reverse(name, args=[self.campaign] if name.startswith("campaigns:") else [])

    @property
    def where_words(self) -> str:
        return str(self._place[1])

    @property
    def _place(self) -> tuple[str, Any]:
        return _WHERE.get(self.figure.key, _OF_BOX[self.figure.box])


@dataclass(frozen=True)
class OfferedWords:
    """Words of a box that the unit's form does not have: what the records cannot say."""

    box: Box
    text: str
    shown: str
    """As it will be printed, with the figures as they are counted."""


@dataclass
class ComparedColumn:
    """One unit of the form."""

    name: str
    place: str
    code: str = ""
    fault: str = ""
    differences: list[Difference] = field(default_factory=list)
    words: list[OfferedWords] = field(default_factory=list)

    @property
    def differing(self) -> list[Difference]:
        return [one for one in self.differences if not one.agrees]

    @property
    def agreeing(self) -> list[Difference]:
        return [one for one in self.differences if one.agrees]


@dataclass
class ComparedForm:
    """One form of the file beside the platform's."""

    sent: SentForm
    unit: Unit | None = None
    form: MonthlyReturn | None = None
    fault: str = ""
    columns: list[ComparedColumn] = field(default_factory=list)
    not_sent: list[str] = field(default_factory=list)
    """Units of which the platform counts something and the form says nothing."""
    why_no_words: str = ""

    @property
    def worksheet(self) -> str:
        return self.sent.worksheet

    @property
    def figures(self) -> int:
        return sum(len(column.differences) for column in self.columns)

    @property
    def differing(self) -> int:
        return sum(len(column.differing) for column in self.columns)

    @property
    def agreeing(self) -> int:
        return self.figures - self.differing

    @property
    def faults(self) -> int:
        return sum(bool(column.fault) for column in self.columns)

    @property
    def offers_words(self) -> bool:
        return any(column.words for column in self.columns)


class Comparing:
    """The forms of one file, for one month."""

    def __init__(self, user: User, campaign: Campaign, month: Month) -> None:
        self._user, self._campaign, self._month = user, campaign, month
        units = Unit.objects.filter(pk__in=reach(user)).select_related("parent")
        self._names = UnitNames(list(units), campaign.root_unit)

    def compared(self, sent: Sent) -> list[ComparedForm]:
        """Each form; what cannot be compared is told and does not hinder the others."""
        return [self._form(form) for form in sent.forms if form.columns]

    def _form(self, sent: SentForm) -> ComparedForm:
        found = ComparedForm(sent)
        try:
            found.unit = self._unit(sent)
            found.form = in_force(self._campaign, found.unit, self._month.name)
            contents = self._contents(found)
        except BadInput as error:
            found.fault = str(Fault(sent.worksheet, "", str(error)))
            return found
        editable = found.form is not None and can(check_can_edit, self._user, found.form)
        found.why_no_words = self._why_no_words(found.form, editable)
        for column in sent.columns:
            found.columns.append(self._column(column, contents, found.form, editable))
        named = {column.code for column in found.columns}
        found.not_sent = [one.name for one in contents.columns if one.code not in named and one.values]
        return found

    def _unit(self, sent: SentForm) -> Unit:
        """Who sent it: as the form says, else the only unit for which this person reports."""
        if sent.filing_unit:
            return self._names.named(sent.filing_unit, clock.today())
        own = list(units_reporting(self._user, self._campaign)[:2])
        if len(own) == 1:
            return own[0]
        raise BadInput(
            _("表上没有写填报单位，不知道是哪个单位的月报表。请在表头写上“填报单位：”和单位名称。")
        )

    def _contents(self, found: ComparedForm) -> Contents:
        """The form in force; where there is none, what it would count."""
        if found.form is not None:
            return contents_of(found.form)
        month = self._month
        form = MonthlyReturn(
            campaign=self._campaign,
            unit=found.unit,
            month=month.name,
            period_start=month.start,
            period_end=month.end,
            words={},
        )
        return live(form, recount(form))

    def _why_no_words(self, form: MonthlyReturn | None, editable: bool) -> str:
        if form is None:
            return _("本月的月报表还没有编制；编制以后再核对一次，就能点开每个数字，也能采用附件的文字。")
        if not editable:
            return _("月报表已签字、已报送，或者您不能修改它，附件的文字不能采用。")
        return ""

    def _column(
        self, sent: SentColumn, contents: Contents, form: MonthlyReturn | None, editable: bool
    ) -> ComparedColumn:
        found = ComparedColumn(sent.name, sent.place)
        try:
            unit = self._names.named(sent.name, clock.today())
        except BadInput as error:
            found.fault = str(error)
            return found
        found.name, found.code = unit.name, unit.code
        counted = contents.column(unit.code)
        found.differences = [*self._differences(sent, counted, form)]
        if counted is not None and editable:
            found.words = [*_offered(sent, counted)]
        return found

    def _differences(
        self, sent: SentColumn, counted: Column | None, form: MonthlyReturn | None
    ) -> Iterator[Difference]:
        for box in Box:
            said = _said(box, sent)
            for figure in figures_of(box):
                value = counted.value(figure.key) if counted else None
                number, late = (value.number, value.late) if value else (0, 0)
                if figure.key in said:
                    sent_number, place = said[figure.key]
                elif not number or box not in sent.boxes:
                    continue
                else:
                    sent_number, place = None, sent.boxes[box].place
                rows = ""
                if form is not None and counted is not None and value and value.rows:
                    rows = reverse("returns:row_figures", args=[form.pk, counted.code, figure.key])
                yield Difference(figure, sent_number, number, late, place, self._campaign.pk, rows)


def _said(box: Box, sent: SentColumn) -> Mapping[str, tuple[int | None, str]]:
    """The figures of this box, from its words or from columns of their own, with their cells."""
    found: dict[str, tuple[int | None, str]] = {}
    cell = sent.boxes.get(box)
    if cell is not None:
        found |= {one.figure.key: (one.value, cell.place) for one in figures_in(box, cell.text)}
    for key, own in sent.figures.items():
        if FIGURES[key].box == box:
            found[key] = (_number(FIGURES[key], own), own.place)
    return found


def _number(figure: Figure, cell: SentCell) -> int | None:
    """What stands in the cell of a figure; None when it is no number."""
    if is_nothing(cell.text):
        return 0
    try:
        return value_of(figure, cell.text.removesuffix(str(figure.measure)) if figure.measure else cell.text)
    except ValueError:
        return None


def _offered(sent: SentColumn, counted: Column) -> Iterator[OfferedWords]:
    for box, cell in sent.boxes.items():
        text = marked(box, cell.text)
        if is_nothing(text) or len(text) > LONGEST or _bare(text) == _bare(counted.words[box]):
            continue
        shown = Column(
            counted.unit_id, counted.code, counted.name, {**counted.words, box: text}, counted.values
        )
        try:
            yield OfferedWords(box, text, shown.text(box))
        except KeyError:
            continue  # braces that are no mark


def _bare(text: str) -> str:
    return "".join(text.split()).rstrip("。；;")


def in_order(forms: Sequence[ComparedForm]) -> list[ComparedForm]:
    """Those with something to look at first."""
    return sorted(forms, key=lambda form: not (form.fault or form.differing))
