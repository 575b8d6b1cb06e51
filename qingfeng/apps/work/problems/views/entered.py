"""What was entered for a sheet, by page or by phone: its boxes, its rows of problems and suggestions, its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.work.campaigns.models import Campaign, ColumnTarget
from qingfeng.apps.work.problems import actions, drafts, offers, once
from qingfeng.apps.work.problems.extra_columns import columns_of
from qingfeng.apps.work.problems.forms.sheets import (
    SheetForm,
    filled,
    ordinals,
    paste_columns,
    problem_rows,
    suggestion_columns,
    suggestion_rows,
    units_by_name,
)
from qingfeng.apps.work.problems.models import EntryDraft
from qingfeng.apps.work.problems.views.found import found_files


@dataclass
class Entered:
    """The three forms of one sheet."""

    user: User
    campaign: Campaign
    form: SheetForm
    problems: Any
    suggestions: Any

    @classmethod
    def read(
        cls, user: User, campaign: Campaign, data: Any, draft: EntryDraft | None = None, unit: str = ""
    ) -> Entered:
        """From what was sent; else first values from the draft, else from what is known and was written last."""
        first = {"token": draft.key if draft else once.new_token(), **drafts.boxes_of(draft)}
        if unit and draft is None:
            first["inspected_unit"] = offers.inspected_units(user).filter(code=unit).first()
        last = offers.last_values(user, campaign) if data is None else None
        return cls(
            user,
            campaign,
            SheetForm(
                data, user=user, last=last, initial=first, asked=columns_of(campaign, ColumnTarget.SHEET)
            ),
            problem_rows(campaign, data, user=user, initial=drafts.rows_of(draft, "problems")),
            suggestion_rows(data, initial=drafts.rows_of(draft, "suggestions")),
        )

    @property
    def paste_columns(self) -> str:
        """The columns that a pasted table may have, for the page's script."""
        return paste_columns(columns_of(self.campaign, ColumnTarget.PROBLEM))

    @property
    def suggestion_columns(self) -> str:
        """Likewise for the suggestions."""
        return suggestion_columns()

    def is_valid(self) -> bool:
        """Each is asked, so that all faults are told at once."""
        return all([self.form.is_valid(), self.problems.is_valid(), self.suggestions.is_valid()])

    def file(self, request: HttpRequest) -> actions.FiledSheet:
        """Files what was found valid; BadInput and Refused say what still stands against it."""
        rows = filled(self.problems)
        helped = any(row.cleaned_data["co_units"] for row in rows)
        units = units_by_name(self.user, self.campaign) if helped else {}
        responsible = self.form.cleaned_data["responsible_name"]
        return actions.file_entered_sheet(
            key=self.form.cleaned_data["token"],
            campaign=self.campaign,
            entry=self.form.entry(tuple(row.cleaned_data["text"] for row in filled(self.suggestions))),
            problems=tuple(row.entry(units, responsible) for row in rows),
            found=found_files(request, ordinals(self.problems)),
            columns=self.form.columns,
            by=self.user,
        )
