from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_importance"),
        ("talent", "0010_development_whole"),
    ]

    operations = [
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
    ]
