import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("talent", "0008_vacancies"),
        ("people", "0004_importance"),
    ]

    operations = [
        migrations.CreateModel(
            name="RetentionAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("career", "Career"),
                            ("growth", "Growth"),
                            ("recognition", "Recognition"),
                            ("pay", "Pay"),
                            ("culture", "Culture"),
                            ("work_life", "Work-life"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="action")),
                ("due_on", models.DateField(verbose_name="due")),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.TextField(blank=True, verbose_name="what came of it")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["due_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="RetentionPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kinds", models.JSONField(default=list, verbose_name="kinds")),
                ("aim", models.TextField(verbose_name="what shall be reached")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("stayed", "Closed: the person stayed"),
                            ("left", "Closed: the person left"),
                            ("given_up", "Closed: no longer needed"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("closing_note", models.TextField(blank=True, verbose_name="what came of it")),
                ("opened_on", models.DateField(verbose_name="opened")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed")),
                ("rested_on_stale", models.JSONField(blank=True, default=list)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "ordering": ["due_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="StayInterview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("questions", models.JSONField(default=list)),
                ("answers", models.JSONField(blank=True, default=list)),
                ("notes", models.TextField(blank=True, verbose_name="notes")),
                ("themes", models.JSONField(blank=True, default=list, verbose_name="themes")),
                ("planned_on", models.DateField(verbose_name="planned for")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("held", "Held"), ("cancelled", "Cancelled")],
                        default="planned",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("finished_on", models.DateField(blank=True, null=True, verbose_name="held")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "ordering": ["-planned_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="StayInterviewTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                ("questions", models.JSONField(default=list, verbose_name="questions")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="FlightRisk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField(default=1)),
                (
                    "likelihood",
                    models.CharField(
                        choices=[("low", "Low"), ("medium", "Medium"), ("high", "High")],
                        max_length=10,
                        verbose_name="likelihood of leaving",
                    ),
                ),
                (
                    "impact",
                    models.CharField(
                        choices=[("low", "Low"), ("medium", "Medium"), ("high", "High")],
                        max_length=10,
                        verbose_name="impact of the loss",
                    ),
                ),
                ("drivers", models.JSONField(blank=True, default=list, verbose_name="reasons")),
                ("note", models.TextField(blank=True, verbose_name="what it rests on")),
                (
                    "source",
                    models.CharField(
                        choices=[("human", "Assessed by a person"), ("computed", "Computed")],
                        default="human",
                        max_length=10,
                    ),
                ),
                ("assessed_on", models.DateField(verbose_name="assessed on")),
                ("score", models.DecimalField(blank=True, decimal_places=4, max_digits=5, null=True)),
                ("interval_low", models.DecimalField(blank=True, decimal_places=4, max_digits=5, null=True)),
                ("interval_high", models.DecimalField(blank=True, decimal_places=4, max_digits=5, null=True)),
                ("method", models.CharField(blank=True, max_length=60)),
                ("computed_on", models.DateField(blank=True, null=True)),
                ("override_reason", models.TextField(blank=True, verbose_name="why otherwise than computed")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assessed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="flight_risks", to="people.employee"
                    ),
                ),
                (
                    "overrides",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="talent.flightrisk",
                    ),
                ),
            ],
            options={
                "ordering": ["employee__last_name", "employee__first_name", "-version"],
            },
        ),
        migrations.CreateModel(
            name="Exit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("left_on", models.DateField(verbose_name="last day")),
                (
                    "leave_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("voluntary", "Voluntary"),
                            ("involuntary", "Involuntary"),
                            ("retirement", "Retirement"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="reason for leaving",
                    ),
                ),
                ("was_strong", models.BooleanField(blank=True, null=True)),
                ("seen_coming", models.BooleanField(blank=True, null=True)),
                ("had_plan", models.BooleanField(default=False)),
                ("is_regretted", models.BooleanField(blank=True, null=True, verbose_name="regretted")),
                ("themes", models.JSONField(blank=True, default=list, verbose_name="reasons")),
                ("review_note", models.TextField(blank=True, verbose_name="what we learn from it")),
                ("reviewed_on", models.DateField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="exits", to="people.employee"
                    ),
                ),
                (
                    "manager",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
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
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "risk",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="talent.flightrisk",
                    ),
                ),
            ],
            options={
                "ordering": ["-left_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="FlightRiskOptOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(verbose_name="why")),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "legal_entity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.legalentity",
                        verbose_name="legal entity",
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "org_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.orgunit",
                        verbose_name="unit",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
            ],
            options={
                "ordering": ["-set_at", "-id"],
            },
        ),
        migrations.AddField(
            model_name="retentionaction",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
                verbose_name="owner",
            ),
        ),
        migrations.AddField(
            model_name="retentionplan",
            name="employee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="retention_plans", to="people.employee"
            ),
        ),
        migrations.AddField(
            model_name="retentionplan",
            name="opened_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
            ),
        ),
        migrations.AddField(
            model_name="retentionplan",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
                verbose_name="owner",
            ),
        ),
        migrations.AddField(
            model_name="retentionaction",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="talent.retentionplan"
            ),
        ),
        migrations.AddField(
            model_name="exit",
            name="plan",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="talent.retentionplan",
            ),
        ),
        migrations.AddField(
            model_name="stayinterview",
            name="employee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="stay_interviews", to="people.employee"
            ),
        ),
        migrations.AddField(
            model_name="stayinterview",
            name="interviewer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
                verbose_name="interviewer",
            ),
        ),
        migrations.AddField(
            model_name="stayinterview",
            name="org_unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.orgunit",
            ),
        ),
        migrations.AddField(
            model_name="stayinterview",
            name="planned_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
            ),
        ),
        migrations.AddField(
            model_name="stayinterview",
            name="template",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="talent.stayinterviewtemplate",
                verbose_name="questions",
            ),
        ),
        migrations.AddIndex(
            model_name="flightrisk",
            index=models.Index(fields=["employee", "-assessed_on"], name="flight_risk_by_day"),
        ),
        migrations.AddConstraint(
            model_name="flightrisk",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at", None)), fields=("employee",), name="one_current_flight_risk"
            ),
        ),
        migrations.AddConstraint(
            model_name="flightrisk",
            constraint=models.UniqueConstraint(fields=("employee", "version"), name="one_flight_risk_per_version"),
        ),
        migrations.AddConstraint(
            model_name="flightrisk",
            constraint=models.CheckConstraint(
                condition=models.Q(("score", None), models.Q(("score__gte", 0), ("score__lte", 1)), _connector="OR"),
                name="flight_risk_score_is_a_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="flightrisk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("overrides", None),
                    models.Q(("source", "human"), models.Q(("override_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="override_of_a_flight_risk_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="flightrisk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("interval_low", None), ("interval_low__lte", models.F("interval_high")), _connector="OR"
                ),
                name="flight_risk_interval_is_ordered",
            ),
        ),
        migrations.AddConstraint(
            model_name="flightriskoptout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("legal_entity__isnull", False), ("org_unit", None)),
                    models.Q(("legal_entity", None), ("org_unit__isnull", False)),
                    _connector="OR",
                ),
                name="opt_out_of_a_unit_or_an_entity",
                violation_error_message="Choose a unit or a legal entity, one of the two.",
            ),
        ),
        migrations.AddConstraint(
            model_name="flightriskoptout",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at", None)),
                fields=("org_unit",),
                name="one_opt_out_per_unit",
                violation_error_message="Flight risk is turned off there already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="flightriskoptout",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at", None)),
                fields=("legal_entity",),
                name="one_opt_out_per_entity",
                violation_error_message="Flight risk is turned off there already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionplan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("employee",),
                name="one_open_retention_plan",
                violation_error_message="There is an open retention plan for this person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("owner", models.F("employee")), _negated=True),
                name="nobody_owns_their_own_retention_plan",
                violation_error_message="Nobody owns the retention plan for themselves.",
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on", None), ("state", "open")),
                    models.Q(models.Q(("state", "open"), _negated=True), ("closed_on__isnull", False)),
                    _connector="OR",
                ),
                name="closed_retention_plan_has_a_day",
            ),
        ),
        migrations.AddIndex(
            model_name="exit",
            index=models.Index(fields=["left_on"], name="exit_by_day"),
        ),
        migrations.AddConstraint(
            model_name="exit",
            constraint=models.UniqueConstraint(fields=("employee", "left_on"), name="one_exit_per_leaving"),
        ),
        migrations.AddConstraint(
            model_name="exit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_regretted", None), ("reviewed_on", None)),
                    models.Q(("is_regretted__isnull", False), ("reviewed_on__isnull", False)),
                    _connector="OR",
                ),
                name="reviewed_exit_says_whether_it_is_regretted",
            ),
        ),
        migrations.AddIndex(
            model_name="stayinterview",
            index=models.Index(fields=["state", "finished_on"], name="stay_interview_held"),
        ),
        migrations.AddConstraint(
            model_name="stayinterview",
            constraint=models.CheckConstraint(
                condition=models.Q(("interviewer", models.F("employee")), _negated=True),
                name="nobody_interviews_themselves",
                violation_error_message="Nobody interviews themselves.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stayinterview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "planned")),
                fields=("employee",),
                name="one_planned_stay_interview",
                violation_error_message="A stay interview with this person is planned already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stayinterview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "held"), _negated=True), ("finished_on__isnull", False), _connector="OR"
                ),
                name="held_stay_interview_has_a_day",
            ),
        ),
    ]
