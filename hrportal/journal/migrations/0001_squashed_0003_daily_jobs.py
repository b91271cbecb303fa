import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

# The database itself keeps the journal append-only: one fill-in of position and hash, no other update, no delete.
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
    initial = True

    replaces = [
        ("journal", "0001_initial"),
        ("journal", "0002_append_only"),
        ("journal", "0003_daily_jobs"),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ChainHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.BigIntegerField(default=0)),
                ("hash", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(db_index=True, max_length=100)),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.BigIntegerField()),
                (
                    "person_id",
                    models.BigIntegerField(help_text="The employee it is about, if it is about one.", null=True),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "actor_id",
                    models.BigIntegerField(help_text="The account that did it; empty when the system did.", null=True),
                ),
                (
                    "client_id",
                    models.CharField(blank=True, help_text="The API client it came through, if any.", max_length=100),
                ),
                (
                    "on_behalf_of_id",
                    models.BigIntegerField(help_text="The account it was done for, if another.", null=True),
                ),
                ("request_id", models.CharField(blank=True, max_length=64)),
                ("data", models.JSONField(default=dict)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("position", models.BigIntegerField(null=True, unique=True)),
                ("hash", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject_type", "subject_id"], name="fact_subject"),
                    models.Index(fields=["person_id"], name="fact_person"),
                    models.Index(condition=models.Q(("position", None)), fields=["id"], name="fact_unsequenced"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=100)),
                ("title", models.CharField(max_length=200)),
                ("params", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[("queued", "Waiting"), ("running", "Running"), ("done", "Done"), ("failed", "Failed")],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(null=True)),
                ("result", models.JSONField(default=dict)),
                ("result_url", models.CharField(blank=True, max_length=300)),
                ("error", models.TextField(blank=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(null=True)),
                ("requested_by_id", models.BigIntegerField(db_index=True, null=True)),
                (
                    "scheduled_for",
                    models.DateField(help_text="The day of a daily job; two clocks cannot start it twice.", null=True),
                ),
                ("client_id", models.CharField(blank=True, max_length=100)),
                ("on_behalf_of_id", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["queued", "running"])), fields=["created_at"], name="job_open"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("kind", "scheduled_for"), name="once_a_day")],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subscriber", models.CharField(max_length=100)),
                (
                    "state",
                    models.CharField(
                        choices=[("pending", "Pending"), ("done", "Done"), ("parked", "Parked")],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_error", models.TextField(blank=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "fact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="journal.fact"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "deliveries",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "pending")),
                        fields=["subscriber", "next_try_at"],
                        name="delivery_due",
                    ),
                    models.Index(fields=["subscriber", "state"], name="delivery_state"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("fact", "subscriber"), name="one_delivery_per_subscriber")
                ],
            },
        ),
        migrations.RunPython(
            _run({"postgresql": POSTGRESQL, "sqlite": SQLITE}),
            _run({"postgresql": POSTGRESQL_BACK, "sqlite": SQLITE_BACK}),
        ),
    ]
