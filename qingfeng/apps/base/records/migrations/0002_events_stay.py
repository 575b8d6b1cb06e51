"""Events are never updated or deleted; a payload only ends by being emptied. The database itself says so."""

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER records_event_no_update BEFORE UPDATE ON records_event
       BEGIN SELECT RAISE(ABORT, 'events are never changed'); END""",
    """CREATE TRIGGER records_event_no_delete BEFORE DELETE ON records_event
       BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END""",
    """CREATE TRIGGER records_payload_no_update BEFORE UPDATE ON records_payload
       WHEN NOT (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.content = '')
       BEGIN SELECT RAISE(ABORT, 'payloads only end by being erased'); END""",
    """CREATE TRIGGER records_payload_no_delete BEFORE DELETE ON records_payload
       BEGIN SELECT RAISE(ABORT, 'payloads are never deleted'); END""",
]

POSTGRESQL = [
    """CREATE FUNCTION records_refuse() RETURNS trigger AS $$
       BEGIN RAISE EXCEPTION 'events and payloads stay'; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER records_event_no_change BEFORE UPDATE OR DELETE ON records_event
       FOR EACH ROW EXECUTE FUNCTION records_refuse()""",
    """CREATE TRIGGER records_payload_no_delete BEFORE DELETE ON records_payload
       FOR EACH ROW EXECUTE FUNCTION records_refuse()""",
    """CREATE TRIGGER records_payload_no_update BEFORE UPDATE ON records_payload FOR EACH ROW
       WHEN (NOT (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.content = ''))
       EXECUTE FUNCTION records_refuse()""",
]


def create_triggers(apps, schema_editor):
    statements = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(create_triggers, migrations.RunPython.noop)]
