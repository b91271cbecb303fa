import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_importance"),
        ("talent", "0003_openings"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoleProfileRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("lines", models.JSONField(default=list)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-version"],
            },
        ),
        migrations.CreateModel(
            name="SkillAssessor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("named_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["assessor__last_name", "assessor__first_name", "id"],
            },
        ),
        migrations.AddField(
            model_name="skillassessment",
            name="assessed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="skillassessment",
            name="good_until",
            field=models.DateField(
                blank=True,
                help_text="The last day of a certificate that expires.",
                null=True,
                verbose_name="good until",
            ),
        ),
        migrations.AddField(
            model_name="skillassessment",
            name="withdrawn_because",
            field=models.CharField(blank=True, max_length=300, verbose_name="withdrawn because"),
        ),
        migrations.AddField(
            model_name="skillassessment",
            name="note",
            field=models.TextField(blank=True, verbose_name="what shows it"),
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
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="talent.talentprofile",
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
            ],
            options={
                "ordering": ["expires_on", "name", "id"],
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
            },
        ),
        migrations.AddField(
            model_name="roleprofilerevision",
            name="changed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
            ),
        ),
        migrations.AddField(
            model_name="roleprofilerevision",
            name="job",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="profile_revisions", to="people.job"
            ),
        ),
        migrations.AddField(
            model_name="skillassessor",
            name="assessor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assessing",
                to="people.employee",
                verbose_name="assessor",
            ),
        ),
        migrations.AddField(
            model_name="skillassessor",
            name="competency",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.competency",
                verbose_name="competency",
            ),
        ),
        migrations.AddField(
            model_name="skillassessor",
            name="named_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
            ),
        ),
        migrations.AddField(
            model_name="skillassessor",
            name="org_unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.orgunit", verbose_name="unit"
            ),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(fields=["expires_on"], name="certificate_expires"),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_on", None), ("expires_on__gte", models.F("issued_on")), _connector="OR"),
                name="certificate_ends_after_it_began",
                violation_error_message="It cannot expire before it was issued.",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("level", None), models.Q(("level__range", (1, 5)), ("competency__isnull", False)), _connector="OR"
                ),
                name="certificate_level_of_a_competency",
                violation_error_message="A level needs the competency it is a level of.",
            ),
        ),
        migrations.AddIndex(
            model_name="gapanalysis",
            index=models.Index(fields=["user", "-id"], name="gap_analysis_latest"),
        ),
        migrations.AddConstraint(
            model_name="headcountforecast",
            constraint=models.UniqueConstraint(
                fields=("job", "org_unit", "on"),
                name="one_forecast_per_unit_and_day",
                violation_error_message="There is a forecast for this job, unit and day already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="headcountforecast",
            constraint=models.UniqueConstraint(
                condition=models.Q(("org_unit", None)),
                fields=("job", "on"),
                name="one_forecast_for_all_per_day",
                violation_error_message="There is a forecast for this job and day already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="roleprofilerevision",
            constraint=models.UniqueConstraint(fields=("job", "version"), name="one_profile_revision_per_version"),
        ),
        migrations.AddConstraint(
            model_name="skillassessor",
            constraint=models.UniqueConstraint(
                condition=models.Q(("competency__isnull", False), ("ended_at", None)),
                fields=("assessor", "org_unit", "competency"),
                name="one_assessor_per_competency",
            ),
        ),
        migrations.AddConstraint(
            model_name="skillassessor",
            constraint=models.UniqueConstraint(
                condition=models.Q(("competency", None), ("ended_at", None)),
                fields=("assessor", "org_unit"),
                name="one_assessor_for_any_competency",
            ),
        ),
    ]
