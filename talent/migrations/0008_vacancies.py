import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_importance"),
        ("talent", "0007_succession_whole"),
    ]

    operations = [
        migrations.CreateModel(
            name="Vacancy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "position",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vacancies",
                        to="people.position",
                        verbose_name="role",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vacancies",
                        to="talent.successionplan",
                    ),
                ),
                (
                    "former",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="vacant from")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("left", "Left the company"),
                            ("retired", "Retired"),
                            ("moved", "Moved to another role"),
                            ("new_seat", "New seat"),
                            ("other", "Another reason"),
                        ],
                        max_length=20,
                        verbose_name="reason",
                    ),
                ),
                (
                    "is_planned",
                    models.BooleanField(
                        default=False,
                        help_text="It was known beforehand that the seat would fall vacant.",
                        verbose_name="planned",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("filled", "Filled"), ("cancelled", "Cancelled")],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "proposed",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="filled or cancelled on")),
                (
                    "filled_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for somebody from outside who is not in the directory yet.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                        verbose_name="filled by",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("bench", "From the bench"),
                            ("internal", "From inside, not from the bench"),
                            ("external", "From outside"),
                        ],
                        max_length=10,
                        verbose_name="where from",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="talent.successor",
                    ),
                ),
                (
                    "readiness_then",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ready_now", "Ready now"),
                            ("soon", "1–2 years"),
                            ("later", "3–5 years"),
                            ("emergency", "Emergency cover"),
                        ],
                        max_length=20,
                        verbose_name="readiness then",
                    ),
                ),
                ("decision", models.TextField(blank=True, verbose_name="why this person, or why cancelled")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                ("rested_on_stale", models.JSONField(blank=True, default=list)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("meets", "Meets expectations"), ("falls_short", "Falls short")],
                        max_length=20,
                        verbose_name="after a year",
                    ),
                ),
                ("outcome_reason", models.TextField(blank=True, verbose_name="why")),
                (
                    "outcome_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                ("outcome_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name_plural": "vacancies",
                "ordering": ["-opened_on", "-id"],
                "indexes": [models.Index(fields=["state", "closed_on"], name="vacancy_closed")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("position",),
                        name="one_open_vacancy_per_seat",
                        violation_error_message="This seat has an open vacancy already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on", None), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                        ),
                        name="vacancy_ends_after_it_began",
                        violation_error_message="It cannot be filled before it fell vacant.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RefreshTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rating", "Calibrated rating"),
                            ("potential", "Potential"),
                            ("flight_risk", "Flight risk"),
                            ("succession", "Readiness as a successor"),
                        ],
                        max_length=20,
                        verbose_name="what",
                    ),
                ),
                (
                    "employee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="talent.successionplan",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                        verbose_name="who is asked",
                    ),
                ),
                ("data_from", models.DateField(blank=True, null=True, verbose_name="last looked at")),
                ("due_on", models.DateField(verbose_name="due")),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "ordering": ["due_on", "id"],
                "indexes": [models.Index(fields=["owner", "done_at"], name="refresh_owner")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_at", None), ("plan", None)),
                        fields=("kind", "employee"),
                        name="one_open_refresh_per_datum",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("done_at", None), ("plan__isnull", False)),
                        fields=("plan",),
                        name="one_open_refresh_per_bench",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("employee", None), ("plan__isnull", False)),
                            models.Q(("employee__isnull", False), ("plan", None)),
                            _connector="OR",
                        ),
                        name="refresh_about_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("owner", models.F("employee")), _negated=True),
                            ("owner", None),
                            ("employee", None),
                            _connector="OR",
                        ),
                        name="nobody_refreshes_themselves",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TalentMetrics",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "org_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.orgunit",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("client_id", models.CharField(blank=True, max_length=100)),
                ("reach", models.TextField(default="*")),
                ("job_id", models.BigIntegerField(editable=False, null=True)),
                ("figures", models.JSONField(default=dict)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("computed_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name_plural": "talent metrics",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["user", "-id"], name="talent_metrics_latest")],
                "constraints": [],
            },
        ),
    ]
