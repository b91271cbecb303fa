import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("talent", "0005_potential"),
        ("people", "0004_importance"),
    ]

    operations = [
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
        ),
        migrations.AddField(
            model_name="reviewmember",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="members", to="talent.talentreview"
            ),
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
        migrations.AddConstraint(
            model_name="talentreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("performance_low__lt", models.F("performance_high"))),
                name="performance_cuts_rise",
                violation_error_message="“Higher” begins above “middle”.",
            ),
        ),
        migrations.AddConstraint(
            model_name="talentreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("potential_low__lt", models.F("potential_high"))),
                name="potential_cuts_rise",
                violation_error_message="“Higher” begins above “middle”.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewseat",
            constraint=models.UniqueConstraint(fields=("review", "employee"), name="once_at_a_talent_review"),
        ),
        migrations.AddConstraint(
            model_name="reviewmember",
            constraint=models.UniqueConstraint(fields=("review", "employee"), name="once_in_a_talent_review"),
        ),
    ]
