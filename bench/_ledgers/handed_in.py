"""A month as all units have handed it in, without the pages: forms and the records that they counted, few left out."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat, Mod
from django.utils import timezone

from qingfeng.apps.base.orgs.models import User
from qingfeng.apps.work.campaigns.models import Campaign
from qingfeng.apps.work.returns.district import UnitMonth, blank_form
from qingfeng.apps.work.returns.figures import ALL, Figure
from qingfeng.apps.work.returns.late_entries import dated_in
from qingfeng.apps.work.returns.models import MonthlyReturn, ReturnState
from qingfeng.apps.work.returns.periods import Month

LEFT_OUT = 500
"""Of so many records one is on no form: entered after the month had been handed in."""
ROOM = "PRAGMA cache_size = -400000"
"""Kilobytes that SQLite keeps while rows come in; counted is with what the product has."""
COUNTED = """INSERT INTO returns_countedrow (monthly_return_id, column_unit_id, figure, subject, late)
    SELECT form.id, ledger.of_unit, %s, ledger.of_subject, %s
    FROM ({rows}) ledger JOIN orgs_unitclosure above ON above.descendant_id = ledger.of_unit
    JOIN returns_monthlyreturn form ON form.unit_id = above.ancestor_id WHERE form.campaign_id = %s AND form.month = %s"""


def hand_in(campaign: Campaign, month: Month, units: list[UnitMonth], by: User) -> int:
    """Within the caller's transaction, who rolls it back. How many records stand behind the figures."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("the kept data would change")
    MonthlyReturn.objects.bulk_create(_form(campaign, one, month, by) for one in units)
    usual = _room(ROOM)
    counted = sum(_counted(campaign, month, figure) for figure in ALL)
    _room(usual)
    return counted


def _form(campaign: Campaign, one: UnitMonth, month: Month, by: User) -> MonthlyReturn:
    form = blank_form(campaign, one.unit, month)
    form.state = ReturnState.HANDED_IN
    form.prepared_at = form.signed_at = form.handed_in_at = timezone.now()
    form.prepared_by = form.signed_by = form.handed_in_by = by
    form.handed_in_on = month.end
    form.snapshot = {"subject": "", "unit": one.unit.name, "as_of": month.end.isoformat(), "columns": []}
    return form


def _counted(campaign: Campaign, month: Month, figure: Figure) -> int:
    rows = dated_in(campaign, month, figure, figure.rows(campaign, month.end).filter(campaign=campaign))
    name = f"{rows.model._meta.label_lower}:"
    told = (
        rows.order_by()
        .alias(turn=Mod(F("pk"), LEFT_OUT))
        .exclude(turn=0)
        .annotate(
            of_unit=F(figure.unit),
            of_subject=Concat(Value(name), Cast("pk", CharField()), output_field=CharField()),
        )
    )
    words, values = told.values("of_unit", "of_subject").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(COUNTED.format(rows=words), [figure.key, False, *values, campaign.pk, month.name])
        return cursor.rowcount


def _room(statement: str) -> str:
    """Sets it, on SQLite; the statement that sets it as before."""
    if connection.vendor != "sqlite":
        return ""
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA cache_size").fetchone()[0]
        cursor.execute(statement)
    return f"PRAGMA cache_size = {before}"
