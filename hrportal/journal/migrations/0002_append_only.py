"""The database itself keeps the journal append-only: one fill-in of position and hash, no other update, no delete."""

from django.db import migrations

CONTENT = (
    "id",
    "topic",
    "subject_type",
    "subject_id",
    "person_id",
    "version",
    "actor_id",
    "client_id",
    "on_behalf_of_id",
    "request_id",
    "data",
    "recorded_at",
)

POSTGRESQL = [
    f"""
    CREATE FUNCTION journal_fact_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND OLD.position IS NULL AND {" AND ".join(f"NEW.{c} IS NOT DISTINCT FROM OLD.{c}" for c in CONTENT)} THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'the journal is append-only';
    END $$
    """,
    "CREATE TRIGGER journal_fact_guard BEFORE UPDATE OR DELETE ON journal_fact FOR EACH ROW EXECUTE FUNCTION journal_fact_guard()",
]
POSTGRESQL_BACK = ["DROP TRIGGER journal_fact_guard ON journal_fact", "DROP FUNCTION journal_fact_guard()"]

SQLITE = [
    f"""
    CREATE TRIGGER journal_fact_no_update BEFORE UPDATE ON journal_fact
    WHEN OLD.position IS NOT NULL OR {" OR ".join(f"NEW.{c} IS NOT OLD.{c}" for c in CONTENT)}
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
    "CREATE TRIGGER journal_fact_no_delete BEFORE DELETE ON journal_fact BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
]
SQLITE_BACK = ["DROP TRIGGER journal_fact_no_update", "DROP TRIGGER journal_fact_no_delete"]


def _run(statements):
    """A migration step that runs the statements of whichever database this is."""

    def step(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    return step


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.RunPython(
            _run({"postgresql": POSTGRESQL, "sqlite": SQLITE}),
            _run({"postgresql": POSTGRESQL_BACK, "sqlite": SQLITE_BACK}),
        )
    ]
