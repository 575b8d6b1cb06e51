"""The rows of all tables while they are made, and the account of what was planted among them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

TRUE = "true"
NEAR_MISS = "near_miss"

# What an officer would name a record by.
KEYS = {
    "payments": ("payment_no",),
    "deaths": ("certificate_no",),
    "approved_list": ("approval_no",),
    "appropriations": ("appropriation_no",),
    "approvals": ("case_no",),
    "approval_steps": ("case_no", "step"),
    "asset_contracts": ("contract_no",),
    "assets": ("asset_no",),
    "awards": ("award_no",),
    "bids": ("project_no", "lot_no", "bidder_name"),
    "bid_deposits": ("project_no", "lot_no", "bidder_name"),
    "bid_experts": ("project_no", "lot_no", "expert_name"),
    "contract_changes": ("change_no",),
    "building_cases": ("case_no",),
    "building_visits": ("case_no", "visit_date"),
    "compensation": ("project", "household_no", "item"),
    "fee_receipts": ("receipt_no",),
    "firms": ("firm_code",),
    "firm_people": ("firm_code", "name", "role"),
    "fuel": ("plate", "filled_at"),
    "trips": ("plate", "left_at"),
    "rectifications": ("problem_no",),
    "repairs": ("plate", "repair_date"),
    "hotline_orders": ("order_no",),
    "houses_checked": ("house_no",),
    "image_checks": ("house_no", "item"),
    "inspection_draws": ("draw_no",),
    "invoices": ("invoice_no",),
    "land_claims": ("claim_no",),
    "land_rights": ("parcel_no",),
    "land_transfers": ("contract_no",),
    "penalties": ("decision_no",),
    "project_dates": ("project_no",),
    "real_estate": ("title_no",),
    "receipts": ("receipt_no",),
    "receptions": ("sheet_no",),
    "trainings": ("bill_no",),
    "unit_reports": ("unit", "month"),
    "vehicles": ("plate",),
    "verdicts": ("clue_no",),
    "vouchers": ("village", "voucher_no"),
    "window_reviews": ("case_no",),
}


class Row(dict[str, Any]):
    """One record; where it was written to is known once the files are there."""

    __slots__ = ("at", "planted", "table")

    def __init__(self, table: str, values: dict[str, Any]) -> None:
        super().__init__(values)
        self.table = table
        self.planted = False
        self.at: tuple[str, str, int] | None = None

    @property
    def key(self) -> str:
        """The record's name for people: its number, or what tells it from others."""
        columns = KEYS.get(self.table, ("id_no", "name"))
        return "|".join(str(self.get(column) or "") for column in columns)


@dataclass(slots=True)
class Case:
    """One planted case: what MODELS.md makes of it, the records it is made of, and in words."""

    rule: str
    kind: str
    subject: str
    rows: list[Row]
    note: str


@dataclass
class Book:
    """All rows by table, and all planted cases."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    cases: list[Case] = field(default_factory=list)

    def add(self, table: str, **values: Any) -> Row:
        row = Row(table, values)
        self.rows[table].append(row)
        return row

    def plant(self, rule: str, kind: str, subject: str, rows: Iterable[Row], note: str) -> None:
        held = list(rows)
        for row in held:
            row.planted = True
        self.cases.append(Case(rule, kind, subject, held, note))
