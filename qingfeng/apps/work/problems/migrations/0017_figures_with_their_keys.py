"""The indexes of the figures with the key beside them, for PostgreSQL; those of SQLite have it and stay as they are."""

from django.conf import settings
from django.db import migrations, models


class Remove(migrations.RemoveIndex):
    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)


class Add(migrations.AddIndex):
    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0002_extra_columns"),
        ("inspections", "0002_sheets_counted"),
        ("orgs", "0003_unit_imports"),
        ("problems", "0016_rectification_imports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Remove(
            model_name="problem",
            name="problem_figures",
        ),
        Remove(
            model_name="problem",
            name="problem_closed_late",
        ),
        Remove(
            model_name="problem",
            name="problem_found_lately",
        ),
        Remove(
            model_name="problem",
            name="problem_closed_lately",
        ),
        Remove(
            model_name="problem",
            name="problem_overdue",
        ),
        Add(
            model_name="problem",
            index=models.Index(
                fields=["campaign", "state", "lead_unit", "due_date", "first_due_date", "closed_out_on"],
                include=("id",),
                name="problem_figures",
            ),
        ),
        Add(
            model_name="problem",
            index=models.Index(
                condition=models.Q(("closed_out_on__gt", models.F("first_due_date"))),
                fields=["campaign", "lead_unit", "state"],
                include=("id",),
                name="problem_closed_late",
            ),
        ),
        Add(
            model_name="problem",
            index=models.Index(
                fields=["campaign", "found_on", "state", "due_date", "people_affected"],
                include=("id",),
                name="problem_found_lately",
            ),
        ),
        Add(
            model_name="problem",
            index=models.Index(
                fields=["campaign", "closed_out_on", "state", "sum_returned"],
                include=("id",),
                name="problem_closed_lately",
            ),
        ),
        Add(
            model_name="problem",
            index=models.Index(
                condition=models.Q(("closed_out_on__isnull", True)),
                fields=["campaign", "due_date", "state", "closed_out_on"],
                include=("id",),
                name="problem_overdue",
            ),
        ),
    ]
