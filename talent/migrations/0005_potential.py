import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0003_daily_jobs"),
        ("people", "0004_importance"),
        ("talent", "0004_skills_whole"),
    ]

    operations = [
        migrations.CreateModel(
            name="PoolAttendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("took_part", models.BooleanField(default=True)),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
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
            ],
            options={
                "ordering": ["employee__last_name", "employee__first_name", "id"],
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
            ],
            options={
                "ordering": ["-as_of", "-id"],
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
            ],
            options={
                "ordering": ["asked_at", "id"],
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
            ],
            options={
                "ordering": ["-launched_at", "-id"],
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
            ],
            options={
                "ordering": ["name", "id"],
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
            },
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
            ],
            options={
                "ordering": ["-made_at", "-id"],
            },
        ),
        migrations.AddField(
            model_name="poolmember",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
            ),
        ),
        migrations.AddField(
            model_name="poolmember",
            name="employee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="pool_memberships", to="people.employee"
            ),
        ),
        migrations.AddField(
            model_name="poolmember",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
            ),
        ),
        migrations.AddField(
            model_name="poolmember",
            name="nominated_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
            ),
        ),
        migrations.AddField(
            model_name="poolattendance",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="attendances", to="talent.poolmember"
            ),
        ),
        migrations.AddField(
            model_name="poolattendance",
            name="step",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="attendances", to="talent.poolstep"
            ),
        ),
        migrations.AddField(
            model_name="potentialassessment",
            name="employee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="potential_assessments", to="people.employee"
            ),
        ),
        migrations.AddField(
            model_name="potentialassessment",
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
            model_name="potentialform",
            name="asked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
            ),
        ),
        migrations.AddField(
            model_name="potentialform",
            name="assessment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="forms", to="talent.potentialassessment"
            ),
        ),
        migrations.AddField(
            model_name="potentialform",
            name="rater",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
            ),
        ),
        migrations.AddField(
            model_name="potentialround",
            name="job",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="journal.job"
            ),
        ),
        migrations.AddField(
            model_name="potentialround",
            name="launched_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
            ),
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
        migrations.AddField(
            model_name="talentpool",
            name="org_unit",
            field=models.ForeignKey(
                blank=True,
                help_text="From where people are nominated; empty: from everywhere.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.orgunit",
                verbose_name="unit",
            ),
        ),
        migrations.AddField(
            model_name="talentpool",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
                verbose_name="owner",
            ),
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
        migrations.AddField(
            model_name="groupaudit",
            name="pool",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="audits", to="talent.talentpool"
            ),
        ),
        migrations.AddConstraint(
            model_name="aspiration",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to", None)), fields=("employee",), name="one_current_aspiration_per_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="aspiration",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                name="aspiration_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="poolattendance",
            constraint=models.UniqueConstraint(fields=("step", "member"), name="attendance_once"),
        ),
        migrations.AddConstraint(
            model_name="potentialform",
            constraint=models.UniqueConstraint(
                fields=("assessment", "rater"),
                name="potential_rater_once",
                violation_error_message="This person is a rater already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="potentialround",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("as_of"))),
                name="round_due_after_its_day",
                violation_error_message="The forms cannot be due before the day the round is as of.",
            ),
        ),
        migrations.AddIndex(
            model_name="potentialassessment",
            index=models.Index(fields=["employee", "-as_of"], name="potential_newest"),
        ),
        migrations.AddConstraint(
            model_name="potentialassessment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("employee",),
                name="one_open_assessment_per_person",
                violation_error_message="This person’s potential is being assessed already.",
            ),
        ),
        migrations.AddIndex(
            model_name="poolmember",
            index=models.Index(condition=models.Q(("state", "member")), fields=["expires_on"], name="pool_expiry"),
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
            model_name="poolmember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "member"), _negated=True),
                    models.Q(("expires_on__isnull", False), ("member_since__isnull", False)),
                    _connector="OR",
                ),
                name="membership_expires",
            ),
        ),
    ]
