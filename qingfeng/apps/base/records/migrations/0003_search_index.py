"""The search index: what each record is found by, and the table of tokens in the database's own full-text index."""

from django.db import migrations, models

SQLITE = [
    """CREATE VIRTUAL TABLE records_search
       USING fts5(tokens, content='', detail=none, tokenize='ascii')""",
    "INSERT INTO records_search(records_search, rank) VALUES ('automerge', 8)",
]

POSTGRESQL = [
    "CREATE TABLE records_search (rowid bigint PRIMARY KEY, tokens tsvector NOT NULL)",
    # A short pending list: a search reads all of it.
    "CREATE INDEX records_search_tokens ON records_search USING gin (tokens) WITH (gin_pending_list_limit = 256)",
]


def create_tokens(apps, schema_editor):
    statements = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("records", "0002_events_stay")]
    operations = [
        migrations.CreateModel(
            name="SearchBuild",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(unique=True)),
                ("built_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("subject_id", models.BigIntegerField()),
                ("campaign_id", models.BigIntegerField()),
                ("text", models.TextField()),
                ("number", models.TextField()),
                ("seen_by", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "subject_id"), name="search_entry_once")
                ],
            },
        ),
        migrations.RunPython(create_tokens, migrations.RunPython.noop),
    ]
