import uuid
from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("talent", "0001_initial"),
        ("talent", "0002_skills"),
        ("talent", "0003_openings"),
        ("talent", "0004_skills_whole"),
        ("talent", "0005_potential"),
        ("talent", "0006_talent_reviews"),
        ("talent", "0007_succession_whole"),
        ("talent", "0008_vacancies"),
        ("talent", "0009_retention"),
        ("talent", "0010_development_whole"),
        ("talent", "0011_rewards"),
        ("talent", "0012_mobility"),
    ]

    dependencies = [
        ("journal", "0001_squashed_0003_daily_jobs"),
        ("people", "0001_squashed_0011_export_content"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalibratedRating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=100)),
                ("source_version", models.PositiveSmallIntegerField(default=1)),
                ("period", models.CharField(max_length=100, verbose_name="period")),
                ("period_ends_on", models.DateField(verbose_name="period ends")),
                ("value", models.SmallIntegerField(verbose_name="value")),
                ("label", models.CharField(max_length=60, verbose_name="rating")),
                ("lowest", models.SmallIntegerField()),
                ("highest", models.SmallIntegerField()),
                ("rated_at", models.DateTimeField(help_text="When the review was completed.")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("source", "source_version"), name="one_rating_per_source_version"),
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("source",),
                        name="one_current_rating_per_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__gte", models.F("lowest")), ("value__lte", models.F("highest"))),
                        name="rating_within_its_scale",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PoolStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="step")),
                ("held_on", models.DateField(verbose_name="day")),
            ],
            options={
                "ordering": ["held_on", "id"],
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
            name="BenchSnapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("plan_version", models.PositiveIntegerField()),
                ("taken_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="endorsed")),
                ("content", models.JSONField(default=dict)),
                ("rested_on_stale", models.JSONField(blank=True, default=list)),
                (
                    "endorsed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "incumbent",
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
                "ordering": ["-taken_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="DevelopmentPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("completed", "Completed")],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("completed_at", models.DateTimeField(blank=True, null=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="development_plans",
                        to="people.employee",
                    ),
                ),
            ],
            options={
                "ordering": ["employee__last_name", "employee__first_name", "-opened_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("employee",), name="one_open_plan"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Experience",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="experience")),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"), name="one_experience_per_name"
                    )
                ],
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
                "indexes": [models.Index(fields=["employee", "-assessed_on"], name="flight_risk_by_day")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)), fields=("employee",), name="one_current_flight_risk"
                    ),
                    models.UniqueConstraint(fields=("employee", "version"), name="one_flight_risk_per_version"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("score", None), models.Q(("score__gte", 0), ("score__lte", 1)), _connector="OR"
                        ),
                        name="flight_risk_score_is_a_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("overrides", None),
                            models.Q(("source", "human"), models.Q(("override_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="override_of_a_flight_risk_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("interval_low", None), ("interval_low__lte", models.F("interval_high")), _connector="OR"
                        ),
                        name="flight_risk_interval_is_ordered",
                    ),
                ],
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("legal_entity__isnull", False), ("org_unit", None)),
                            models.Q(("legal_entity", None), ("org_unit__isnull", False)),
                            _connector="OR",
                        ),
                        name="opt_out_of_a_unit_or_an_entity",
                        violation_error_message="Choose a unit or a legal entity, one of the two.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("org_unit",),
                        name="one_opt_out_per_unit",
                        violation_error_message="Flight risk is turned off there already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("legal_entity",),
                        name="one_opt_out_per_entity",
                        violation_error_message="Flight risk is turned off there already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GapAnalysis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateField(verbose_name="needed on")),
                (
                    "profile",
                    models.CharField(
                        choices=[("today", "As of today"), ("in_24_months", "In 24 months")],
                        default="in_24_months",
                        max_length=20,
                        verbose_name="role profiles",
                    ),
                ),
                (
                    "group_by",
                    models.CharField(
                        choices=[("unit", "Unit"), ("family", "Job family")],
                        default="unit",
                        max_length=10,
                        verbose_name="by",
                    ),
                ),
                ("client_id", models.CharField(blank=True, max_length=100)),
                ("reach", models.TextField(default="*")),
                ("job_id", models.BigIntegerField(editable=False, null=True)),
                ("figures", models.JSONField(default=dict)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("computed_at", models.DateTimeField(null=True)),
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
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "gap analyses",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["user", "-id"], name="gap_analysis_latest")],
            },
        ),
        migrations.CreateModel(
            name="HeadcountForecast",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="day")),
                ("number", models.PositiveIntegerField(verbose_name="people needed")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.job",
                        verbose_name="job",
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
            ],
            options={
                "ordering": ["job__name", "on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("job", "org_unit", "on"),
                        name="one_forecast_per_unit_and_day",
                        violation_error_message="There is a forecast for this job, unit and day already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("org_unit", None)),
                        fields=("job", "on"),
                        name="one_forecast_for_all_per_day",
                        violation_error_message="There is a forecast for this job and day already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldExperience",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_held", models.BooleanField(verbose_name="has it")),
                ("assessed_on", models.DateField(verbose_name="assessed on")),
                ("updated_at", models.DateTimeField(auto_now=True)),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="experiences", to="people.employee"
                    ),
                ),
                (
                    "experience",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="talent.experience"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("employee", "experience"), name="one_line_per_experience")
                ],
            },
        ),
        migrations.CreateModel(
            name="LearningItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("provider", models.CharField(blank=True, max_length=120, verbose_name="provider")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("course", "Course"),
                            ("certification", "Certification"),
                            ("book", "Book or article"),
                            ("workshop", "Workshop"),
                            ("circle", "Mentoring circle"),
                            ("project", "Project or stretch assignment"),
                            ("conference", "Conference"),
                        ],
                        default="course",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="builds up to level",
                    ),
                ),
                (
                    "proof",
                    models.CharField(
                        choices=[
                            ("none", "No level: evidence, and a reason to assess again"),
                            ("assessment", "The level, found by an assessor"),
                            ("certificate", "The level, certified"),
                        ],
                        default="none",
                        max_length=20,
                        verbose_name="what finishing says",
                    ),
                ),
                (
                    "pass_score",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="score to pass",
                    ),
                ),
                (
                    "hours",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=6,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="hours",
                    ),
                ),
                (
                    "cost",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="cost",
                    ),
                ),
                ("currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                ("needs_approval", models.BooleanField(default=False, verbose_name="needs approval")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="link")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("external_key", models.CharField(blank=True, max_length=100, verbose_name="key in its own system")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "competency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.competency",
                        verbose_name="competency",
                    ),
                ),
            ],
            options={
                "ordering": ["title", "id"],
                "indexes": [models.Index(fields=["competency", "level"], name="learning_builds")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("external_key", ""), _negated=True),
                        fields=("external_key",),
                        name="one_learning_item_per_key",
                        violation_error_message="Another entry has this key.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("proof", "none"),
                            models.Q(("competency__isnull", False), ("level__isnull", False)),
                            _connector="OR",
                        ),
                        name="proof_names_its_level",
                        violation_error_message="What gives a level names the competency and the level.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mentoring",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("active", "Under way"),
                            ("ended", "Ended"),
                            ("declined", "Not taken up"),
                        ],
                        default="proposed",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("goal", models.TextField(verbose_name="what it is for")),
                ("score", models.FloatField(blank=True, null=True)),
                ("parts", models.JSONField(default=dict)),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("mentor_said_yes_at", models.DateTimeField(blank=True, null=True)),
                ("mentee_said_yes_at", models.DateTimeField(blank=True, null=True)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("mentor_reflection", models.TextField(blank=True, verbose_name="what the mentor made of it")),
                ("mentee_reflection", models.TextField(blank=True, verbose_name="what the mentee made of it")),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "declined_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "mentee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mentorings_had", to="people.employee"
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentorings_given",
                        to="people.employee",
                    ),
                ),
                (
                    "proposed_by",
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
                "ordering": ["-proposed_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["proposed", "active"])),
                        fields=("mentor", "mentee"),
                        name="one_mentoring_of_two",
                        violation_error_message="These two are proposed or meet already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mentor", models.F("mentee")), _negated=True),
                        name="mentor_is_another",
                        violation_error_message="Nobody mentors themselves.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MentoringGoal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="goal")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "mentoring",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="goals", to="talent.mentoring"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="MentoringMeeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField(verbose_name="held on")),
                ("note", models.TextField(blank=True, verbose_name="what you spoke about")),
                (
                    "mentoring",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="meetings", to="talent.mentoring"
                    ),
                ),
                (
                    "noted_by",
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
                "ordering": ["-held_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="MentoringWish",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("goal", models.TextField(verbose_name="what you hope for")),
                ("is_active", models.BooleanField(default=True, verbose_name="I look for a mentor")),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "mentee",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mentoring_wish", to="people.employee"
                    ),
                ),
            ],
            options={
                "ordering": ["mentee__last_name", "mentee__first_name", "id"],
            },
        ),
        migrations.CreateModel(
            name="MentorOffer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("note", models.TextField(blank=True, verbose_name="what you can help with")),
                (
                    "capacity",
                    models.PositiveSmallIntegerField(
                        default=2,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10),
                        ],
                        verbose_name="how many mentees at a time",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="I am available")),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "mentor",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mentor_offer", to="people.employee"
                    ),
                ),
            ],
            options={
                "ordering": ["mentor__last_name", "mentor__first_name", "id"],
            },
        ),
        migrations.CreateModel(
            name="MentorSuggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("score", models.FloatField()),
                ("parts", models.JSONField(default=dict)),
                ("computed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "mentee",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.employee"
                    ),
                ),
            ],
            options={
                "ordering": ["-score", "id"],
            },
        ),
        migrations.CreateModel(
            name="OfferedSkill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ]
                    ),
                ),
                (
                    "competency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.competency"
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="skills", to="talent.mentoroffer"
                    ),
                ),
            ],
            options={
                "ordering": ["competency__name"],
                "constraints": [
                    models.UniqueConstraint(fields=("offer", "competency"), name="one_offered_level"),
                    models.CheckConstraint(condition=models.Q(("level__range", (1, 5))), name="offered_level_in_range"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("potential", "Potential, nine-box and high potential"),
                            ("succession", "Succession"),
                            ("retention", "Flight risk"),
                        ],
                        max_length=20,
                        verbose_name="what is opened",
                    ),
                ),
                ("reason", models.TextField(verbose_name="why")),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
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
                    "org_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.orgunit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "ordering": ["topic", "org_unit__name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("topic", "org_unit"),
                        name="one_opening_in_force",
                        violation_error_message="This is open for the unit already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Opportunity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("role", "Role"), ("project", "Project"), ("stretch", "Stretch assignment")],
                        default="role",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "description",
                    models.TextField(
                        help_text="What there is to do, and what one learns by it.", verbose_name="description"
                    ),
                ),
                ("leads_people", models.BooleanField(default=False, verbose_name="leads people")),
                (
                    "travel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "None"),
                            ("some", "A few days a month"),
                            ("often", "Up to half of the time"),
                            ("mostly", "Most of the time"),
                        ],
                        max_length=10,
                        verbose_name="travel",
                    ),
                ),
                (
                    "time_share",
                    models.PositiveSmallIntegerField(
                        default=100,
                        help_text="In percent: 100 is a whole job.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="share of working time",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="starts on")),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, help_text="Empty for as long as it is wanted.", null=True, verbose_name="ends on"
                    ),
                ),
                (
                    "closes_on",
                    models.DateField(
                        blank=True,
                        help_text="Empty as long as it is open.",
                        null=True,
                        verbose_name="last day to say yes",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("open", "Open"),
                            ("filled", "Filled"),
                            ("closed", "Closed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ending_words", models.TextField(blank=True, verbose_name="why it ended")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "filled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.job",
                        verbose_name="job",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.location",
                        verbose_name="location",
                    ),
                ),
                (
                    "org_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.orgunit",
                        verbose_name="unit",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opportunities",
                        to="people.employee",
                        verbose_name="owner",
                    ),
                ),
                (
                    "units",
                    models.ManyToManyField(
                        blank=True,
                        help_text="People of these units and of all below them; nobody chosen means everybody.",
                        related_name="+",
                        to="people.orgunit",
                        verbose_name="published to",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "opportunities",
                "ordering": ["-published_at", "-id"],
                "indexes": [models.Index(fields=["state", "-published_at"], name="opportunity_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("time_share__range", (1, 100))), name="opportunity_time_share_in_percent"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("starts_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="opportunity_ends_after_it_began",
                        violation_error_message="It cannot end before it begins.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Interest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "Invited"),
                            ("interested", "Interested"),
                            ("in_talks", "In talks"),
                            ("offered", "Offered"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="interested",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="what the person wrote")),
                (
                    "is_told_to_manager",
                    models.BooleanField(
                        default=False,
                        help_text="Unless you tick this, nobody above you learns of it, not even as owner of the opportunity.",
                        verbose_name="my managers may know",
                    ),
                ),
                ("invited_at", models.DateTimeField(blank=True, null=True)),
                ("invitation", models.TextField(blank=True, verbose_name="invitation")),
                ("said_yes_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "answered_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="interests", to="people.employee"
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="interests", to="talent.opportunity"
                    ),
                ),
            ],
            options={
                "ordering": ["-said_yes_at", "-id"],
                "indexes": [models.Index(fields=["employee", "state"], name="interest_of_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("opportunity", "employee"), name="one_interest_per_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="CandidateSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("client_id", models.CharField(blank=True, max_length=100)),
                ("job_id", models.BigIntegerField(editable=False, null=True)),
                ("people", models.JSONField(default=list)),
                ("compared", models.PositiveIntegerField(default=0)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("computed_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="searches", to="talent.opportunity"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "candidate searches",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="OpportunityNeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ]
                    ),
                ),
                (
                    "importance",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="importance",
                    ),
                ),
                (
                    "competency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.competency"
                    ),
                ),
                (
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="needs", to="talent.opportunity"
                    ),
                ),
            ],
            options={
                "ordering": ["-importance", "competency__name", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("opportunity", "competency"), name="one_need_per_competency"),
                    models.CheckConstraint(
                        condition=models.Q(("importance__range", (1, 5)), ("level__range", (1, 5))),
                        name="need_level_and_importance_in_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PayRange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "currency",
                    models.CharField(
                        max_length=3,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{3}$", "A currency has three capital letters, as in EUR."
                            )
                        ],
                        verbose_name="currency",
                    ),
                ),
                (
                    "minimum",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="minimum",
                    ),
                ),
                (
                    "midpoint",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="midpoint",
                    ),
                ),
                (
                    "maximum",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="maximum",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.job",
                        verbose_name="job",
                    ),
                ),
            ],
            options={
                "ordering": ["job__name", "-valid_from"],
                "constraints": [
                    models.UniqueConstraint(fields=("job", "valid_from"), name="one_pay_range_per_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("maximum__gt", models.F("midpoint")),
                            ("midpoint__gt", models.F("minimum")),
                            ("minimum__gt", 0),
                        ),
                        name="pay_range_in_order",
                        violation_error_message="A range goes from its minimum over its midpoint to its maximum.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PayRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "yearly_base",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="yearly base pay",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        max_length=3,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{3}$", "A currency has three capital letters, as in EUR."
                            )
                        ],
                        verbose_name="currency",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
            ],
            options={
                "ordering": ["employee__last_name", "employee__first_name", "-valid_from"],
                "constraints": [
                    models.UniqueConstraint(fields=("employee", "valid_from"), name="one_pay_per_day"),
                    models.CheckConstraint(condition=models.Q(("yearly_base__gt", 0)), name="pay_above_nothing"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("training", "Training"),
                            ("mentoring", "Mentoring"),
                            ("coaching", "Coaching"),
                            ("stretch", "Stretch assignment"),
                            ("rotation", "Job rotation"),
                            ("project", "Project"),
                        ],
                        default="training",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="action")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "progress",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="progress",
                    ),
                ),
                ("evidence", models.TextField(blank=True, verbose_name="evidence")),
                ("evidence_url", models.URLField(blank=True, max_length=500, verbose_name="link to the evidence")),
                ("source", models.CharField(blank=True, max_length=100)),
                (
                    "learning_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="talent.learningitem",
                        verbose_name="from the catalogue",
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
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        fields=("source",),
                        name="one_plan_action_per_source",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Waiting for approval"),
                            ("enrolled", "Enrolled"),
                            ("completed", "Completed"),
                            ("refused", "Refused"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="requested",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("requested_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("words", models.TextField(blank=True, verbose_name="why it was refused or cancelled")),
                ("completed_on", models.DateField(blank=True, null=True, verbose_name="completed on")),
                (
                    "score",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="score",
                    ),
                ),
                ("evidence", models.TextField(blank=True, verbose_name="evidence")),
                ("evidence_url", models.URLField(blank=True, max_length=500, verbose_name="link to the evidence")),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                ("external_key", models.CharField(blank=True, max_length=100)),
                ("updated_at", models.DateTimeField(auto_now=True)),
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
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="enrolments", to="people.employee"
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "learning_item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="enrolments", to="talent.learningitem"
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="enrolments",
                        to="talent.planaction",
                    ),
                ),
            ],
            options={
                "ordering": ["-requested_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["requested", "enrolled"])),
                        fields=("learning_item", "employee"),
                        name="one_enrolment_under_way",
                        violation_error_message="This person is enrolled already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("external_key", ""), _negated=True),
                        fields=("external_key",),
                        name="one_enrolment_per_key",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "completed"), _negated=True),
                            ("completed_on__isnull", False),
                            _connector="OR",
                        ),
                        name="completion_has_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300, verbose_name="what to develop")),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="why")),
                (
                    "purpose",
                    models.CharField(
                        blank=True,
                        choices=[("current", "Close a gap of today’s role"), ("next", "Build for the next role")],
                        max_length=20,
                        verbose_name="purpose",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("review", "A performance review"),
                            ("gap", "A gap to what the job asks for"),
                            ("person", "The person’s own wish"),
                            ("manager", "A manager or HR"),
                            ("mentoring", "Mentoring"),
                            ("succession", "Succession planning"),
                            ("talent_review", "A talent review"),
                        ],
                        max_length=20,
                        verbose_name="where it comes from",
                    ),
                ),
                (
                    "from_level",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                (
                    "target_level",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                (
                    "reached_level",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("done", "Done"), ("dropped", "Dropped")],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=100)),
                ("shared_at", models.DateTimeField(blank=True, help_text="From when the employee sees it.", null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
                    models.CharField(
                        blank=True,
                        choices=[("reassessment", "A new assessment"), ("evidence", "Evidence")],
                        max_length=20,
                        verbose_name="closed by",
                    ),
                ),
                ("closing_words", models.TextField(blank=True, verbose_name="what shows it, or why it was given up")),
                (
                    "competency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.competency",
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
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="talent.developmentplan"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        fields=("plan", "source"),
                        name="one_item_per_source",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanCheckIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="day")),
                (
                    "progress",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="progress",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="check_ins", to="talent.planitem"
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("note", ""), _negated=True), ("progress__isnull", False), _connector="OR"
                        ),
                        name="check_in_says_something",
                        violation_error_message="Write a note, or say how far it is.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="planaction",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="actions", to="talent.planitem"
            ),
        ),
        migrations.CreateModel(
            name="PoolMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("nominated", "Nominated"),
                            ("approved", "Approved"),
                            ("declined", "Declined"),
                            ("member", "Member"),
                            ("renewed", "Renewed"),
                            ("expired", "Expired"),
                            ("left", "Left the pool"),
                        ],
                        default="nominated",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("rationale", models.TextField(verbose_name="why")),
                ("evidence", models.JSONField(blank=True, default=dict)),
                ("rested_on_stale", models.JSONField(blank=True, default=list)),
                ("nominated_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decision_reason", models.TextField(blank=True, verbose_name="reason of the decision")),
                ("member_since", models.DateField(blank=True, null=True, verbose_name="member since")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="expires on")),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_reason", models.TextField(blank=True, verbose_name="why it ended")),
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
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pool_memberships",
                        to="people.employee",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "nominated_by",
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
                "ordering": ["employee__last_name", "employee__first_name", "id"],
                "indexes": [
                    models.Index(condition=models.Q(("state", "member")), fields=["expires_on"], name="pool_expiry")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "member"), _negated=True),
                            models.Q(("expires_on__isnull", False), ("member_since__isnull", False)),
                            _connector="OR",
                        ),
                        name="membership_expires",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PoolAttendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("took_part", models.BooleanField(default=True)),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attendances", to="talent.poolmember"
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attendances", to="talent.poolstep"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("step", "member"), name="attendance_once")],
            },
        ),
        migrations.CreateModel(
            name="PotentialAssessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("as_of", models.DateField(verbose_name="as of")),
                ("due_on", models.DateField(verbose_name="due on")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("closed", "Closed")],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("questionnaire", models.CharField(max_length=20)),
                ("level", models.FloatField(blank=True, null=True)),
                ("low", models.FloatField(blank=True, null=True)),
                ("high", models.FloatField(blank=True, null=True)),
                ("raters", models.PositiveSmallIntegerField(default=0)),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="potential_assessments",
                        to="people.employee",
                    ),
                ),
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
            ],
            options={
                "ordering": ["-as_of", "-id"],
                "indexes": [models.Index(fields=["employee", "-as_of"], name="potential_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("employee",),
                        name="one_open_assessment_per_person",
                        violation_error_message="This person’s potential is being assessed already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PotentialForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("manager", "Manager above"), ("hr", "HR"), ("colleague", "Knows their work")],
                        max_length=10,
                        verbose_name="knows the person as",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "Asked"), ("submitted", "Submitted"), ("withdrawn", "No longer asked")],
                        default="asked",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("answers", models.JSONField(blank=True, default=dict)),
                ("evidence", models.JSONField(blank=True, default=dict)),
                ("version", models.PositiveIntegerField(default=1)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("saved_at", models.DateTimeField(blank=True, null=True)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forms",
                        to="talent.potentialassessment",
                    ),
                ),
                (
                    "rater",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assessment", "rater"),
                        name="potential_rater_once",
                        violation_error_message="This person is a rater already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PotentialRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("as_of", models.DateField(verbose_name="as of")),
                ("due_on", models.DateField(verbose_name="due on")),
                ("scope", models.JSONField(blank=True, default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("closed", "Closed")],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("launched_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="journal.job",
                    ),
                ),
                (
                    "launched_by",
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
                "ordering": ["-launched_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("as_of"))),
                        name="round_due_after_its_day",
                        violation_error_message="The forms cannot be due before the day the round is as of.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="potentialassessment",
            name="round",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assessments",
                to="talent.potentialround",
            ),
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
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retention_plans",
                        to="people.employee",
                    ),
                ),
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
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("employee",),
                        name="one_open_retention_plan",
                        violation_error_message="There is an open retention plan for this person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("owner", models.F("employee")), _negated=True),
                        name="nobody_owns_their_own_retention_plan",
                        violation_error_message="Nobody owns the retention plan for themselves.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on", None), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("closed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="closed_retention_plan_has_a_day",
                    ),
                ],
            },
        ),
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
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                        verbose_name="owner",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="talent.retentionplan"
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "id"],
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
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="talent.retentionplan",
                    ),
                ),
            ],
            options={
                "ordering": ["-left_on", "-id"],
                "indexes": [models.Index(fields=["left_on"], name="exit_by_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("employee", "left_on"), name="one_exit_per_leaving"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_regretted", None), ("reviewed_on", None)),
                            models.Q(("is_regretted__isnull", False), ("reviewed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="reviewed_exit_says_whether_it_is_regretted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("performance", models.FloatField(null=True, verbose_name="performance")),
                ("performance_on", models.DateField(null=True)),
                ("performance_parts", models.JSONField(default=dict)),
                ("potential", models.FloatField(null=True, verbose_name="potential")),
                ("potential_on", models.DateField(null=True)),
                ("potential_parts", models.JSONField(default=dict)),
                ("figures_on", models.DateField(null=True)),
                (
                    "box",
                    models.PositiveSmallIntegerField(
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(9),
                        ],
                        verbose_name="box",
                    ),
                ),
                (
                    "figures_box",
                    models.PositiveSmallIntegerField(
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(9),
                        ],
                    ),
                ),
                ("rationale", models.TextField(blank=True, verbose_name="why")),
                ("is_discussed", models.BooleanField(default=False, verbose_name="discussed")),
                ("version", models.PositiveIntegerField(default=1)),
                ("changes", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.job"
                    ),
                ),
                (
                    "manager",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "org_unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.orgunit"
                    ),
                ),
            ],
            options={
                "ordering": ["employee__last_name", "employee__first_name", "id"],
            },
        ),
        migrations.CreateModel(
            name="MemberNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "box",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(9),
                        ],
                        verbose_name="proposed box",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="talent.reviewmember"
                    ),
                ),
            ],
            options={
                "ordering": ["written_at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("member", "employee"), name="one_note_before_a_talent_review")
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("trajectory", "Direction"),
                            ("high_potential", "High-potential nomination"),
                            ("succession", "Succession placement"),
                            ("development", "Development focus"),
                            ("retention", "Retention step"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "trajectory",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("up", "A larger role"),
                            ("across", "Another field at the same level"),
                            ("deepen", "Deeper in the present field"),
                            ("steady", "The present role, well supported"),
                            ("change", "A role that fits better"),
                        ],
                        max_length=10,
                        verbose_name="direction",
                    ),
                ),
                ("what", models.CharField(max_length=200, verbose_name="what")),
                ("reason", models.TextField(verbose_name="why")),
                ("reference", models.CharField(blank=True, max_length=100)),
                ("rested_on_stale", models.JSONField(default=list)),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="talent.reviewmember"
                    ),
                ),
            ],
            options={
                "ordering": ["decided_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="BoxPlacement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "box",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(9),
                        ],
                        verbose_name="box",
                    ),
                ),
                ("label", models.CharField(max_length=60)),
                (
                    "figures_box",
                    models.PositiveSmallIntegerField(
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(9),
                        ],
                    ),
                ),
                ("rationale", models.TextField(blank=True, verbose_name="why")),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("rested_on_stale", models.JSONField(default=list)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="placement", to="talent.reviewmember"
                    ),
                ),
            ],
            options={
                "ordering": ["-decided_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="BoxMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "from_box",
                    models.PositiveSmallIntegerField(
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(9),
                        ],
                    ),
                ),
                (
                    "to_box",
                    models.PositiveSmallIntegerField(
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(9),
                        ],
                    ),
                ),
                ("rationale", models.TextField()),
                ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "moved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="talent.reviewmember"
                    ),
                ),
            ],
            options={
                "ordering": ["-moved_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ReviewTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="task")),
                ("due_on", models.DateField(verbose_name="due")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("done", "Done"), ("dropped", "Dropped")],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="what came of it")),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="task", to="talent.memberdecision"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="RewardCycle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("period", models.CharField(max_length=100, verbose_name="rating period")),
                ("effective_on", models.DateField(verbose_name="effective on")),
                (
                    "budget_percent",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("50")),
                        ],
                        verbose_name="budget in % of pay",
                    ),
                ),
                (
                    "tolerance",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("1"),
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("50")),
                        ],
                        verbose_name="room around the guideline, in percentage points",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("computing", "Being computed"),
                            ("recommended", "Recommended"),
                            ("approved", "Approved"),
                            ("exported", "Exported"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("computed_at", models.DateTimeField(blank=True, null=True)),
                ("job_id", models.BigIntegerField(editable=False, null=True)),
                ("exported_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
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
            ],
            options={
                "ordering": ["-effective_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="MeritRecommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "pay",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="pay",
                    ),
                ),
                ("currency", models.CharField(blank=True, max_length=3)),
                (
                    "minimum",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="minimum",
                    ),
                ),
                (
                    "midpoint",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="midpoint",
                    ),
                ),
                (
                    "maximum",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="maximum",
                    ),
                ),
                ("place", models.DecimalField(blank=True, decimal_places=3, max_digits=9, null=True)),
                ("compa_ratio", models.DecimalField(blank=True, decimal_places=3, max_digits=9, null=True)),
                (
                    "position",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("below", "Below the range"),
                            ("lower", "Lower third"),
                            ("middle", "Middle third"),
                            ("upper", "Upper third"),
                            ("above", "Above the range"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("50")),
                        ],
                        verbose_name="recommended",
                    ),
                ),
                (
                    "low",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("50")),
                        ],
                        verbose_name="from",
                    ),
                ),
                ("high", models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="to")),
                (
                    "left_out",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_rating", "No calibrated rating in the period"),
                            ("no_pay", "Pay is not known"),
                            ("no_range", "No pay range for the job"),
                            ("other_currency", "Paid in another currency than the range"),
                            ("no_cell", "The guideline says nothing about this rating"),
                        ],
                        max_length=20,
                    ),
                ),
                ("rested_on_stale", models.JSONField(blank=True, default=list)),
                (
                    "decided_percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("50")),
                        ],
                        verbose_name="decided",
                    ),
                ),
                ("decided_because", models.TextField(blank=True, verbose_name="why")),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
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
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "rating",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="talent.calibratedrating",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations",
                        to="talent.rewardcycle",
                    ),
                ),
            ],
            options={
                "ordering": ["employee__last_name", "employee__first_name", "id"],
                "indexes": [models.Index(fields=["cycle", "left_out"], name="recommendation_left_out")],
                "constraints": [
                    models.UniqueConstraint(fields=("cycle", "employee"), name="one_recommendation_per_cycle"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("left_out", ""), _negated=True),
                            models.Q(("pay__isnull", False), ("percent__isnull", False), ("rating__isnull", False)),
                            _connector="OR",
                        ),
                        name="no_amount_without_a_rating",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_percent", None),
                            models.Q(("left_out", ""), models.Q(("decided_because", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="decided_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeritCell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rating", models.SmallIntegerField(verbose_name="rating")),
                (
                    "position",
                    models.CharField(
                        choices=[
                            ("below", "Below the range"),
                            ("lower", "Lower third"),
                            ("middle", "Middle third"),
                            ("upper", "Upper third"),
                            ("above", "Above the range"),
                        ],
                        max_length=10,
                        verbose_name="position in the range",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("50")),
                        ],
                        verbose_name="increase in %",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="cells", to="talent.rewardcycle"
                    ),
                ),
            ],
            options={
                "ordering": ["-rating", "position"],
                "constraints": [models.UniqueConstraint(fields=("cycle", "rating", "position"), name="one_merit_cell")],
            },
        ),
        migrations.CreateModel(
            name="RoleExperience",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "experience",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="talent.experience"
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="experiences", to="people.job"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("job", "experience"), name="one_experience_per_job")],
            },
        ),
        migrations.CreateModel(
            name="RoleProfileRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("lines", models.JSONField(default=list)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="profile_revisions", to="people.job"
                    ),
                ),
            ],
            options={
                "ordering": ["-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("job", "version"), name="one_profile_revision_per_version")
                ],
            },
        ),
        migrations.CreateModel(
            name="SkillAssessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ]
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("self", "The person"),
                            ("manager", "Their manager"),
                            ("review", "Review"),
                            ("assessor", "Assessor"),
                            ("certificate", "Certificate"),
                        ],
                        default="review",
                        max_length=20,
                        verbose_name="assessed by",
                    ),
                ),
                ("source", models.CharField(max_length=100)),
                ("source_version", models.PositiveSmallIntegerField(default=1)),
                ("assessed_on", models.DateField(verbose_name="assessed on")),
                (
                    "valid_to",
                    models.DateField(
                        blank=True, help_text="The day from which a newer one counts.", null=True, verbose_name="until"
                    ),
                ),
                (
                    "good_until",
                    models.DateField(
                        blank=True,
                        help_text="The last day of a certificate that expires.",
                        null=True,
                        verbose_name="good until",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="what shows it")),
                ("withdrawn_because", models.CharField(blank=True, max_length=300, verbose_name="withdrawn because")),
                ("shared_at", models.DateTimeField(blank=True, help_text="From when the employee sees it.", null=True)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assessed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                        verbose_name="by",
                    ),
                ),
                (
                    "competency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.competency"
                    ),
                ),
            ],
            options={
                "ordering": ["competency__name", "kind", "-assessed_on", "id"],
                "indexes": [models.Index(fields=["competency", "level"], name="skill_level")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "source_version", "competency", "kind"), name="one_skill_per_source_version"
                    ),
                    models.CheckConstraint(condition=models.Q(("level__range", (1, 5))), name="skill_level_in_range"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gte", models.F("assessed_on")), _connector="OR"
                        ),
                        name="skill_ends_after_it_began",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="planitem",
            name="assessment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="talent.skillassessment",
            ),
        ),
        migrations.CreateModel(
            name="SkillAssessor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("named_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessing",
                        to="people.employee",
                        verbose_name="assessor",
                    ),
                ),
                (
                    "competency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.competency",
                        verbose_name="competency",
                    ),
                ),
                (
                    "named_by",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.orgunit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "ordering": ["assessor__last_name", "assessor__first_name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("competency__isnull", False), ("ended_at", None)),
                        fields=("assessor", "org_unit", "competency"),
                        name="one_assessor_per_competency",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("competency", None), ("ended_at", None)),
                        fields=("assessor", "org_unit"),
                        name="one_assessor_for_any_competency",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SnapshotSeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "readiness",
                    models.CharField(
                        choices=[
                            ("ready_now", "Ready now"),
                            ("soon", "1–2 years"),
                            ("later", "3–5 years"),
                            ("emergency", "Emergency cover"),
                        ],
                        max_length=20,
                    ),
                ),
                ("emergency_cover", models.BooleanField(default=False)),
                ("rank", models.PositiveSmallIntegerField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "Proposed"), ("approved", "Approved"), ("removed", "Removed")],
                        max_length=10,
                    ),
                ),
                ("assessed_on", models.DateField()),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="talent.benchsnapshot"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("snapshot", "employee"), name="once_in_a_snapshot")],
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
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stay_interviews",
                        to="people.employee",
                    ),
                ),
                (
                    "interviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                        verbose_name="interviewer",
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
                    "planned_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="talent.stayinterviewtemplate",
                        verbose_name="questions",
                    ),
                ),
            ],
            options={
                "ordering": ["-planned_on", "-id"],
                "indexes": [models.Index(fields=["state", "finished_on"], name="stay_interview_held")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("interviewer", models.F("employee")), _negated=True),
                        name="nobody_interviews_themselves",
                        violation_error_message="Nobody interviews themselves.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "planned")),
                        fields=("employee",),
                        name="one_planned_stay_interview",
                        violation_error_message="A stay interview with this person is planned already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "held"), _negated=True), ("finished_on__isnull", False), _connector="OR"
                        ),
                        name="held_stay_interview_has_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SuccessionPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(verbose_name="why this role is critical")),
                (
                    "criticality",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="From 1 to 5: how much stops, and for how long, when nobody sits here. Empty: nobody judged it yet.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="criticality",
                    ),
                ),
                ("critical_because", models.JSONField(blank=True, default=list, verbose_name="kinds of reason")),
                (
                    "vacancy_risk",
                    models.CharField(
                        choices=[("low", "Low"), ("medium", "Medium"), ("high", "High")],
                        default="medium",
                        max_length=10,
                        verbose_name="vacancy risk",
                    ),
                ),
                (
                    "vacancy_because",
                    models.JSONField(blank=True, default=list, verbose_name="what makes a vacancy likely"),
                ),
                (
                    "is_private",
                    models.BooleanField(
                        default=False,
                        help_text="Only HR leaders and the owner of the plan see a private plan.",
                        verbose_name="private",
                    ),
                ),
                (
                    "is_first_rank_vacant",
                    models.BooleanField(
                        default=False,
                        help_text="Nobody is good enough yet to be the first choice; the ranks begin with 2.",
                        verbose_name="rank 1 is left vacant",
                    ),
                ),
                ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="last reviewed")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "position",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="succession_plan",
                        to="people.position",
                    ),
                ),
            ],
            options={
                "ordering": ["position__name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("criticality", None), ("criticality__range", (1, 5)), _connector="OR"),
                        name="criticality_in_range",
                    )
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
                ("data_from", models.DateField(blank=True, null=True, verbose_name="last looked at")),
                ("due_on", models.DateField(verbose_name="due")),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
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
            name="ExternalSuccessor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("note", models.TextField(blank=True, verbose_name="what is known")),
                ("named_on", models.DateField(verbose_name="named on")),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("removed_because", models.TextField(blank=True, verbose_name="why removed")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "named_by",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="externals",
                        to="talent.successionplan",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="benchsnapshot",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="snapshots", to="talent.successionplan"
            ),
        ),
        migrations.CreateModel(
            name="Successor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "readiness",
                    models.CharField(
                        choices=[
                            ("ready_now", "Ready now"),
                            ("soon", "1–2 years"),
                            ("later", "3–5 years"),
                            ("emergency", "Emergency cover"),
                        ],
                        max_length=20,
                        verbose_name="readiness",
                    ),
                ),
                (
                    "emergency_cover",
                    models.BooleanField(
                        default=False,
                        help_text="Could hold the role for up to six months, whatever their readiness to keep it.",
                        verbose_name="emergency cover",
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="rank")),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "Proposed"), ("approved", "Approved"), ("removed", "Removed")],
                        default="proposed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("rationale", models.TextField(blank=True, verbose_name="why")),
                ("assessed_on", models.DateField(verbose_name="assessed on")),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("rested_on_stale", models.JSONField(blank=True, default=list)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("removed_because", models.TextField(blank=True, verbose_name="why removed")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "approved_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="successions", to="people.employee"
                    ),
                ),
                (
                    "nominated_by",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="talent.successionplan",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "removed"), _negated=True),
                        fields=("plan", "employee"),
                        name="once_on_a_bench",
                        violation_error_message="This person is already on the bench.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NinetyDayPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("starts_on", models.DateField(verbose_name="starts on")),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ninety_day_plans",
                        to="talent.successor",
                    ),
                ),
            ],
            options={
                "ordering": ["-starts_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="TalentMetrics",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("client_id", models.CharField(blank=True, max_length=100)),
                ("reach", models.TextField(default="*")),
                ("job_id", models.BigIntegerField(editable=False, null=True)),
                ("figures", models.JSONField(default=dict)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("computed_at", models.DateTimeField(null=True)),
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
            ],
            options={
                "verbose_name_plural": "talent metrics",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["user", "-id"], name="talent_metrics_latest")],
            },
        ),
        migrations.CreateModel(
            name="TalentPool",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("high_potential", "High potential"),
                            ("critical_skill", "Critical skill"),
                            ("early_career", "Early career"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "definition",
                    models.TextField(
                        help_text="What somebody in this pool is meant to become.", verbose_name="definition"
                    ),
                ),
                (
                    "criteria",
                    models.TextField(
                        help_text="What evidence a nomination needs; the same for everyone.", verbose_name="criteria"
                    ),
                ),
                (
                    "validity_months",
                    models.PositiveSmallIntegerField(
                        default=12,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(36),
                        ],
                        verbose_name="valid for, in months",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "org_unit",
                    models.ForeignKey(
                        blank=True,
                        help_text="From where people are nominated; empty: from everywhere.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.orgunit",
                        verbose_name="unit",
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
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
            },
        ),
        migrations.AddField(
            model_name="poolstep",
            name="pool",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="talent.talentpool"
            ),
        ),
        migrations.AddField(
            model_name="poolmember",
            name="pool",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="members", to="talent.talentpool"
            ),
        ),
        migrations.CreateModel(
            name="GroupAudit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("population", models.PositiveIntegerField()),
                ("chosen", models.PositiveIntegerField()),
                ("lines", models.JSONField(default=list)),
                ("asks_why", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="audits", to="talent.talentpool"
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="TalentProfile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "employee",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="talent_profile", to="people.employee"
                    ),
                ),
            ],
            options={
                "ordering": ["employee__last_name", "employee__first_name", "id"],
            },
        ),
        migrations.AddField(
            model_name="skillassessment",
            name="profile",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="skills", to="talent.talentprofile"
            ),
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("issuer", models.CharField(max_length=200, verbose_name="issued by")),
                ("issued_on", models.DateField(verbose_name="issued on")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="expires on")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="level",
                    ),
                ),
                ("evidence_url", models.URLField(blank=True, max_length=500, verbose_name="link")),
                ("evidence", models.TextField(blank=True, verbose_name="evidence")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_because", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("told_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "competency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.competency",
                        verbose_name="competency",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="talent.talentprofile",
                    ),
                ),
            ],
            options={
                "ordering": ["expires_on", "name", "id"],
                "indexes": [models.Index(fields=["expires_on"], name="certificate_expires")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_on", None), ("expires_on__gte", models.F("issued_on")), _connector="OR"
                        ),
                        name="certificate_ends_after_it_began",
                        violation_error_message="It cannot expire before it was issued.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level", None),
                            models.Q(("level__range", (1, 5)), ("competency__isnull", False)),
                            _connector="OR",
                        ),
                        name="certificate_level_of_a_competency",
                        violation_error_message="A level needs the competency it is a level of.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="calibratedrating",
            name="profile",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="ratings", to="talent.talentprofile"
            ),
        ),
        migrations.CreateModel(
            name="TalentReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("job_family", models.CharField(blank=True, max_length=100, verbose_name="job family")),
                ("job_level", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="job level")),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="day of the meeting")),
                (
                    "prepare_until",
                    models.DateField(blank=True, null=True, verbose_name="notes before the meeting until"),
                ),
                ("cycle_source", models.CharField(blank=True, max_length=100)),
                ("cycle_name", models.CharField(blank=True, max_length=120, verbose_name="performance cycle")),
                (
                    "performance_low",
                    models.FloatField(
                        default=2.5,
                        validators=[
                            django.core.validators.MinValueValidator(1.0),
                            django.core.validators.MaxValueValidator(5.0),
                        ],
                        verbose_name="performance: middle from",
                    ),
                ),
                (
                    "performance_high",
                    models.FloatField(
                        default=3.5,
                        validators=[
                            django.core.validators.MinValueValidator(1.0),
                            django.core.validators.MaxValueValidator(5.0),
                        ],
                        verbose_name="performance: higher from",
                    ),
                ),
                (
                    "potential_low",
                    models.FloatField(
                        default=2.5,
                        validators=[
                            django.core.validators.MinValueValidator(1.0),
                            django.core.validators.MaxValueValidator(5.0),
                        ],
                        verbose_name="potential: middle from",
                    ),
                ),
                (
                    "potential_high",
                    models.FloatField(
                        default=3.5,
                        validators=[
                            django.core.validators.MinValueValidator(1.0),
                            django.core.validators.MaxValueValidator(5.0),
                        ],
                        verbose_name="potential: higher from",
                    ),
                ),
                ("boxes", models.JSONField(blank=True, default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("preparing", "Preparing"),
                            ("open", "Open"),
                            ("concluded", "Concluded"),
                            ("archived", "Archived"),
                        ],
                        default="preparing",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("job_id", models.BigIntegerField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("prepared_at", models.DateTimeField(blank=True, null=True)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("concluded_at", models.DateTimeField(blank=True, null=True)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "concluded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "facilitator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                        verbose_name="facilitator",
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
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("performance_low__lt", models.F("performance_high"))),
                        name="performance_cuts_rise",
                        violation_error_message="“Higher” begins above “middle”.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("potential_low__lt", models.F("potential_high"))),
                        name="potential_cuts_rise",
                        violation_error_message="“Higher” begins above “middle”.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewSeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seats", to="talent.talentreview"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("review", "employee"), name="once_at_a_talent_review")],
            },
        ),
        migrations.AddField(
            model_name="reviewmember",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="members", to="talent.talentreview"
            ),
        ),
        migrations.CreateModel(
            name="Vacancy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("filled", "Filled"), ("cancelled", "Cancelled")],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="filled or cancelled on")),
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
                ("outcome_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(auto_now=True)),
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
                    "former",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
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
                    "outcome_by",
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
                        related_name="vacancies",
                        to="talent.successionplan",
                    ),
                ),
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
                    "proposed",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
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
            name="WishedSkill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ]
                    ),
                ),
                (
                    "competency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.competency"
                    ),
                ),
                (
                    "wish",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="skills", to="talent.mentoringwish"
                    ),
                ),
            ],
            options={
                "ordering": ["competency__name"],
                "constraints": [
                    models.UniqueConstraint(fields=("wish", "competency"), name="one_wished_level"),
                    models.CheckConstraint(condition=models.Q(("level__range", (1, 5))), name="wished_level_in_range"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Aspiration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("wishes", models.TextField(blank=True, verbose_name="what I would like to do")),
                (
                    "leading",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("later", "Later"), ("no", "No")],
                        max_length=10,
                        verbose_name="leading people",
                    ),
                ),
                (
                    "relocation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no", "Stay where I am"),
                            ("region", "Within the region"),
                            ("country", "Anywhere in the country"),
                            ("abroad", "Abroad, too"),
                        ],
                        max_length=10,
                        verbose_name="moving for a role",
                    ),
                ),
                (
                    "travel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "None"),
                            ("some", "A few days a month"),
                            ("often", "Up to half of the time"),
                            ("mostly", "Most of the time"),
                        ],
                        max_length=10,
                        verbose_name="travel",
                    ),
                ),
                (
                    "timing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("now", "Now"),
                            ("year", "Within a year"),
                            ("two_years", "In one to two years"),
                            ("later", "Later"),
                        ],
                        max_length=10,
                        verbose_name="when",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="what else should be known")),
                (
                    "is_shared",
                    models.BooleanField(
                        default=False,
                        help_text="HR reads it in any case. Your managers only if you tick this.",
                        verbose_name="my managers may read this",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="until")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="aspirations", to="people.employee"
                    ),
                ),
                (
                    "jobs",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="people.job", verbose_name="roles I would like"
                    ),
                ),
            ],
            options={
                "ordering": ["-valid_from", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to", None)),
                        fields=("employee",),
                        name="one_current_aspiration_per_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="aspiration_ends_after_it_began",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BenchStudy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("client_id", models.CharField(blank=True, max_length=100)),
                ("job_id", models.BigIntegerField(editable=False, null=True)),
                ("figures", models.JSONField(default=dict)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("computed_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "bench studies",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["user", "-id"], name="bench_study_latest")],
            },
        ),
        migrations.CreateModel(
            name="CareerStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("up", "Up"), ("lateral", "Lateral"), ("family", "Change of family")],
                        default="up",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="How long people usually hold the first job before this step; empty if nobody knows.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(240),
                        ],
                        verbose_name="usual time in months",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What usually makes the step possible. All can read it.",
                        verbose_name="note",
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "from_job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps_onward",
                        to="people.job",
                        verbose_name="from",
                    ),
                ),
                (
                    "to_job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps_here",
                        to="people.job",
                        verbose_name="to",
                    ),
                ),
            ],
            options={
                "ordering": [
                    "from_job__family",
                    "from_job__level",
                    "from_job__name",
                    "to_job__level",
                    "to_job__name",
                    "id",
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("from_job", "to_job"),
                        name="one_career_step_between_two_jobs",
                        violation_error_message="This step is there already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_job", models.F("to_job")), _negated=True),
                        name="career_step_leads_elsewhere",
                        violation_error_message="A step leads to another job.",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="benchsnapshot",
            index=models.Index(fields=["plan", "-taken_at"], name="snapshot_of_plan"),
        ),
        migrations.AddConstraint(
            model_name="poolmember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["nominated", "approved"])),
                fields=("pool", "employee"),
                name="one_nomination_at_a_time",
                violation_error_message="This person is nominated for the pool already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="poolmember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "member")), fields=("pool", "employee"), name="member_once_per_pool"
            ),
        ),
        migrations.AddConstraint(
            model_name="skillassessment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at", None), ("valid_to", None)),
                fields=("profile", "competency", "kind"),
                name="one_current_skill_per_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="calibratedrating",
            index=models.Index(fields=["profile", "-period_ends_on"], name="rating_profile_period"),
        ),
        migrations.AddConstraint(
            model_name="reviewmember",
            constraint=models.UniqueConstraint(fields=("review", "employee"), name="once_in_a_talent_review"),
        ),
    ]
