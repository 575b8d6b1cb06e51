"""What the figures counted from the rows at every look is kept: numbers by due date, struck off late, come back again."""

from collections import defaultdict

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

OPEN = ("found", "assigned", "in_rectification", "submitted", "returned", "transferred", "reopened")
AT_ONCE = 1000


def fill(apps, schema_editor):
    _dues(apps)
    _closed_late(apps)
    _numbers(apps.get_model("problems", "Submission").objects.filter(verdict="returned"), "nth_return")
    _numbers(apps.get_model("problems", "Extension").objects.filter(answer="approved"), "nth_extension")


def _dues(apps):
    problems = apps.get_model("problems", "Problem").objects.filter(state__in=OPEN).order_by()
    summary = apps.get_model("problems", "DueSummary")
    found = defaultdict(lambda: [0, 0])
    for place, column in enumerate(("due_date", "first_due_date")):
        key = ("campaign_id", "lead_unit_id", column)
        rows = problems.filter(**{f"{column}__isnull": False}).values(*key).annotate(number=Count("pk"))
        for campaign, unit, day, number in rows.values_list(*key, "number"):
            found[campaign, unit, "month", day.replace(day=1)][place] += number
            found[campaign, unit, "day", day][place] += number
    kept = (
        summary(campaign_id=campaign, unit_id=unit, span=span, starts_on=day, due=due, first_due=first)
        for (campaign, unit, span, day), (due, first) in found.items()
    )
    summary.objects.bulk_create(kept, batch_size=AT_ONCE)


def _closed_late(apps):
    problems = apps.get_model("problems", "Problem").objects.filter(closed_out_on__gt=F("first_due_date"))
    kept = apps.get_model("problems", "UnitSummary").objects
    key = ("campaign_id", "lead_unit_id", "state")
    counted = problems.order_by().values(*key).annotate(number=Count("pk")).values_list(*key, "number")
    for campaign, unit, state, number in list(counted):
        kept.filter(campaign_id=campaign, unit_id=unit, state=state).update(closed_late=number)


def _numbers(rows, column):
    """The second and each later one gets its number."""
    nth = Window(RowNumber(), partition_by="problem_id", order_by="pk")
    numbered = rows.order_by().annotate(nth=nth).filter(nth__gt=1).values_list("pk", "nth")
    for key, number in list(numbered):
        rows.model.objects.filter(pk=key).update(**{column: number})


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0002_extra_columns"),
        ("inspections", "0002_sheets_counted"),
        ("orgs", "0003_unit_imports"),
        ("problems", "0018_evidence_that_stands"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DueSummary",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("span", models.CharField(max_length=5)),
                ("starts_on", models.DateField()),
                ("due", models.IntegerField(default=0)),
                ("first_due", models.IntegerField(default=0)),
                (
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "span", "starts_on", "unit"), name="due_summary_once"
                    )
                ]
            },
        ),
        migrations.RemoveIndex(model_name="problem", name="problem_closed_late"),
        migrations.RemoveIndex(model_name="extension", name="extension_approved"),
        migrations.RemoveIndex(model_name="submission", name="submission_returned"),
        migrations.AddField(
            model_name="unitsummary", name="closed_late", field=models.IntegerField(default=0)
        ),
        migrations.AddField(
            model_name="extension", name="nth_extension", field=models.PositiveSmallIntegerField(null=True)
        ),
        migrations.AddField(
            model_name="submission", name="nth_return", field=models.PositiveSmallIntegerField(null=True)
        ),
        migrations.AddIndex(
            model_name="extension",
            index=models.Index(
                condition=models.Q(("nth_extension__isnull", False)),
                fields=["problem"],
                name="extension_approved_again",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("nth_return__isnull", False)),
                fields=["problem"],
                name="submission_returned_again",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
