"""What stands under the columns that a campaign adds: a typed value for a problem, or for a sheet as a whole."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from qingfeng.apps.base.orgs.models import Person, Unit
from qingfeng.apps.work.campaigns.models import ExtraColumn
from qingfeng.apps.work.inspections.models import Sheet
from qingfeng.apps.work.problems.models.problems import Problem

DECIMALS = 4
SCALE = 10**DECIMALS


class ExtraValue(models.Model):
    """One value, written by the actions that file or correct its problem or sheet, together with their event.

    The words are those of the day on which it was written: a unit that is renamed later keeps its old name here.
    """

    column = models.ForeignKey(ExtraColumn, models.PROTECT, related_name="+", db_index=False)
    problem = models.ForeignKey(Problem, models.PROTECT, null=True, related_name="+", db_index=False)
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="+", db_index=False)
    text = models.CharField(max_length=200, blank=True)
    """Text and choice as written; person and unit by the name that tells them apart."""
    number = models.BigIntegerField(null=True)
    """In ten-thousandths: whole numbers are exact on every database, decimals are floats on SQLite."""
    day = models.DateField(null=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="extra_value_of_one",
                condition=Q(problem__isnull=False, sheet__isnull=True)
                | Q(problem__isnull=True, sheet__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["problem", "column"],
                condition=Q(problem__isnull=False),
                name="extra_value_once_a_problem",
            ),
            models.UniqueConstraint(
                fields=["sheet", "column"], condition=Q(sheet__isnull=False), name="extra_value_once_a_sheet"
            ),
        ]
        indexes = [
            # What the filters look up; with the problem, so that they need not read a row. Each row stands in the two
            # that it needs and in no other: the keys have none of their own.
            models.Index(
                fields=["column", "text", "problem"], condition=~Q(text=""), name="extra_value_texts"
            ),
            models.Index(
                fields=["column", "number", "problem"],
                condition=Q(number__isnull=False),
                name="extra_value_numbers",
            ),
            models.Index(
                fields=["column", "day", "problem"], condition=Q(day__isnull=False), name="extra_value_days"
            ),
            models.Index(
                fields=["column", "unit", "problem"],
                condition=Q(unit__isnull=False),
                name="extra_value_units",
            ),
        ]

    def __str__(self) -> str:
        return self.text or str(self.day or "") or (str(plain_number(self.number)) if self.number else "")


def plain_number(scaled: int) -> Decimal:
    """12.5 from ten-thousandths, without noughts at the end."""
    number = (Decimal(scaled) / SCALE).normalize()
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number
