import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("feeds", "0001_calendars"),
        ("feeds", "0002_bi_exports"),
        ("feeds", "0003_bi_run_scopes"),
    ]

    dependencies = [
        ("allauth_idp_oidc", "0003_client_allow_uri_wildcards"),
        ("common", "0001_squashed_0002_stored_files"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="BiExport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tables", models.JSONField(default=list, verbose_name="tables")),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("ndjson", "One JSON object on each line (NDJSON)"),
                            ("csv", "Comma-separated values (CSV)"),
                        ],
                        default="ndjson",
                        max_length=10,
                        verbose_name="format",
                    ),
                ),
                (
                    "kept_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="days a night is kept",
                    ),
                ),
                ("is_on", models.BooleanField(default=True, verbose_name="made every night")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "client",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="allauth_idp_oidc.client",
                        verbose_name="client",
                    ),
                ),
            ],
            options={
                "ordering": ["client__name", "id"],
            },
        ),
        migrations.CreateModel(
            name="BiRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("job_id", models.BigIntegerField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "Running"), ("done", "Done"), ("failed", "Failed")],
                        default="running",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("reach", models.CharField(max_length=64)),
                (
                    "scopes",
                    models.JSONField(default=list, help_text="What it was read with: fields of a row depend on them."),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("ndjson", "One JSON object on each line (NDJSON)"),
                            ("csv", "Comma-separated values (CSV)"),
                        ],
                        max_length=10,
                    ),
                ),
                ("schema_version", models.PositiveSmallIntegerField(default=1)),
                ("as_of", models.BigIntegerField(null=True)),
                ("left_out", models.JSONField(default=list)),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(null=True)),
                ("error", models.CharField(blank=True, max_length=200)),
                (
                    "export",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="runs", to="feeds.biexport"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="CalendarLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_read_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BiFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(max_length=60)),
                ("rows", models.PositiveIntegerField()),
                ("columns", models.JSONField(default=list)),
                (
                    "stored",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="common.storedfile"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="feeds.birun"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("run", "table"), name="one_file_per_table_and_night")],
            },
        ),
        migrations.CreateModel(
            name="CalendarEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60)),
                ("on", models.DateField()),
                ("digest", models.CharField(max_length=64)),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("cancelled_at", models.DateTimeField(null=True)),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="feeds.calendarlink"
                    ),
                ),
            ],
            options={
                "ordering": ["on", "key"],
                "constraints": [models.UniqueConstraint(fields=("link", "key"), name="one_calendar_entry_per_key")],
            },
        ),
    ]
