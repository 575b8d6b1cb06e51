"""The month of the whole district: the form of every unit that takes part, and what they come to together.

Where a unit has no form yet, its figures are counted from the ledgers as they are now, and said to be so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from qingfeng.apps.base.documents.excel import TableColumn, Value, to_xlsx
from qingfeng.apps.base.documents.ledger_sheets import table_xlsx
from qingfeng.apps.base.orgs.models import Unit, User
from qingfeng.apps.base.orgs.visibility import reach
from qingfeng.apps.base.web import clock
from qingfeng.apps.base.web.marks import Mark
from qingfeng.apps.work.campaigns.models import Campaign, CampaignUnit
from qingfeng.apps.work.returns.contents import Column, Contents
from qingfeng.apps.work.returns.contents import Value as Figures
from qingfeng.apps.work.returns.figures import ALL, Figure
from qingfeng.apps.work.returns.models import MonthlyReturn, ReturnState
from qingfeng.apps.work.returns.papers import form_of
from qingfeng.apps.work.returns.periods import Month
from qingfeng.apps.work.returns.queries import mark_of
from qingfeng.apps.work.returns.tallying import Tally
from qingfeng.apps.work.returns.visibility import visible
from qingfeng.apps.work.returns.wording import PAPER_LANGUAGE, STANDARD


@dataclass(frozen=True)
class UnitMonth:
    """One unit's month: its form in force, or none yet."""

    unit: Unit
    form: MonthlyReturn | None
    month: Month

    @property
    def mark(self) -> Mark:
        """Late only when the month is over."""
        if self.form:
            return mark_of(self.form.state)
        return Mark(_("未编制"), "late" if clock.today() > self.month.end else "neutral")

    @property
    def is_handed_in(self) -> bool:
        return bool(self.form and self.form.state == ReturnState.HANDED_IN)


def units_of_month(user: User, campaign: Campaign, month: Month) -> list[UnitMonth]:
    """Every unit in reach that takes part or has a form of that month, in the order of the books. Two queries."""
    rows = visible(user).filter(campaign=campaign, month=month.name).exclude(state=ReturnState.REPLACED)
    forms = {form.unit_id: form for form in rows}
    taking_part = CampaignUnit.objects.filter(campaign=campaign, unit_id__in=reach(user))
    ids = {*taking_part.values_list("unit_id", flat=True), *forms}
    units = Unit.objects.filter(pk__in=ids).order_by("order", "code")
    return [UnitMonth(unit, forms.get(unit.pk), month) for unit in units]


def blank_form(campaign: Campaign, unit: Unit, month: Month) -> MonthlyReturn:
    """A draft that is never kept: a unit's figures where it has no form."""
    return MonthlyReturn(
        campaign=campaign,
        unit=unit,
        month=month.name,
        period_start=month.start,
        period_end=month.end,
        words={},
    )


class DistrictTotal:
    """What the units' forms come to. A grassroots unit that stands on two forms counts once, from its own."""

    def __init__(self, campaign: Campaign, month: Month) -> None:
        self.campaign, self.month = campaign, month
        self._lines: list[list[Value]] = []
        self._columns: dict[int, Column] = {}

    def add(self, one: UnitMonth, contents: Contents) -> None:
        for column in contents.columns:
            if column.unit_id not in self._columns or column.unit_id == one.unit.pk:
                self._columns[column.unit_id] = column
        sums = summed(contents.columns)
        day = one.form.handed_in_on if one.form else None
        with translation.override(PAPER_LANGUAGE):
            state = str(one.mark)
        self._lines.append([one.unit.name, state, day, *_numbers(sums)])

    @property
    def sums(self) -> dict[str, Figures]:
        return summed(self._columns.values())

    def form(self) -> bytes:
        """Attachment 4 of the district, with one column: all units together."""
        root = self.campaign.root_unit
        words = {str(box): text for box, text in STANDARD.items()}
        column = Column(root.pk, root.code, "合计", words, self.sums)
        contents = Contents(self.campaign.short_title, root.name, _as_of(self.month), (column,))
        return to_xlsx(form_of(blank_form(self.campaign, root, self.month), contents, linked=False))

    def table(self) -> bytes:
        """A line for each unit, and all of them together."""
        columns = [
            TableColumn("单位", 22.0),
            TableColumn("月报表", 10.0, "short"),
            TableColumn("报送日期", 12.0, "date"),
            *(TableColumn(_head(figure), 12.0, "money" if figure.is_money else "number") for figure in ALL),
        ]
        rows = [*self._lines, ["合计", "", None, *_numbers(self.sums)]]
        title = f"{self.campaign.root_unit.name}{in_chinese(self.month)}月报汇总表"
        note = (
            f"报表期{self.month.start.isoformat()}至{self.month.end.isoformat()}；未编制、编制中的单位按台账"
            f"{_as_of(self.month).isoformat()}的数字计；同一受检单位只计一次，故合计可能小于各行之和。"
        )
        return table_xlsx(title, columns, rows, note)


def summed(columns: Iterable[Column]) -> dict[str, Figures]:
    """Figures added up over columns."""
    found: dict[str, Figures] = {}
    for column in columns:
        for key, value in column.values.items():
            before = found.get(key, Figures())
            found[key] = Figures(
                before.number + value.number, before.rows + value.rows, before.late + value.late
            )
    return found


def unit_file(tally: Tally, one: UnitMonth) -> tuple[Contents, bytes]:
    """What a unit's form says, and the form as an Excel file."""
    form = one.form or blank_form(tally.campaign, one.unit, tally.month)
    contents = tally.contents(form)
    return contents, to_xlsx(form_of(form, contents, linked=False))


def in_chinese(month: Month) -> str:
    """2026年6月, on papers, whatever language the page speaks."""
    return f"{month.name.year}年{month.name.month}月"


def _head(figure: Figure) -> str:
    with translation.override(PAPER_LANGUAGE):
        return f"{figure.name}（元）" if figure.is_money else str(figure.name)


def _numbers(sums: dict[str, Figures]) -> Sequence[Value]:
    return [sums.get(figure.key, Figures()).number / (100 if figure.is_money else 1) for figure in ALL]


def _as_of(month: Month) -> date:
    return min(month.end, clock.today())
