from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.utils import timezone

import hrportal.common.paths
from hrportal.common.paths import paths_of

BATCH = 1000


def fill_stored_columns(apps: Any, schema_editor: Any) -> None:
    """Rows written before had neither path nor stored progress; a measurement's day was the day it was made."""
    _date_measurements(apps)
    _place_in_tree(apps)
    _compute_progress(apps)
    # Goals were written twice: PostgreSQL indexes no table while checks of its rows wait for the end of the transaction.
    schema_editor.connection.check_constraints()


def _date_measurements(apps: Any) -> None:
    CheckIn, KeyResult = apps.get_model("performance", "CheckIn"), apps.get_model("performance", "KeyResult")
    _rewrite(CheckIn.objects.all(), ["measured_on"], lambda row: setattr(row, "measured_on", _day(row.made_at)))
    measured = KeyResult.objects.exclude(last_check_in_at=None)
    _rewrite(measured, ["measured_on"], lambda row: setattr(row, "measured_on", _day(row.last_check_in_at)))


def _day(moment: Any) -> Any:
    """The day it was here, not in UTC."""
    return timezone.localtime(moment).date()


def _place_in_tree(apps: Any) -> None:
    Objective = apps.get_model("performance", "Objective")
    paths = paths_of(dict(Objective.objects.order_by().values_list("pk", "parent_id")))
    _rewrite(Objective.objects.all(), ["path"], lambda row: setattr(row, "path", paths[row.pk]))


def _compute_progress(apps: Any) -> None:
    """The weighted mean of the measured key results, which is what progress was until now."""
    objectives = apps.get_model("performance", "Objective").objects.prefetch_related("key_results")
    columns = ["progress", "raw_progress", "parts_measured", "parts_count"]
    _rewrite(objectives, columns, _sum_up)


def _sum_up(goal: Any) -> None:
    counting = [row for row in goal.key_results.all() if row.weight]
    measured = [(_raw(row), row.weight) for row in counting if row.current is not None]
    goal.parts_count, goal.parts_measured = len(counting), len(measured)
    if measured:
        goal.raw_progress = _mean(measured)
        goal.progress = _mean([(max(Decimal(0), min(Decimal(100), raw)), weight) for raw, weight in measured])


def _raw(row: Any) -> Decimal:
    return (row.current - row.baseline) / (row.target - row.baseline) * 100


def _mean(weighted: list[tuple[Decimal, int]]) -> Decimal:
    total = sum((value * weight for value, weight in weighted), Decimal(0))
    return (total / sum(weight for _value, weight in weighted)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _rewrite(rows: Any, fields: list[str], change: Any) -> None:
    batch = []
    for row in rows.order_by("pk").iterator(chunk_size=BATCH):
        change(row)
        batch.append(row)
        if len(batch) == BATCH:
            rows.model.objects.bulk_update(batch, fields)
            batch = []
    if batch:
        rows.model.objects.bulk_update(batch, fields)


class Migration(migrations.Migration):
    dependencies = [("performance", "0002_cycles_and_reviews_whole"), ("people", "0002_user_language")]

    operations = [
        migrations.CreateModel(
            name="GoalAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.JSONField(default=dict, editable=False)),
                ("job_family", models.CharField(blank=True, max_length=100, verbose_name="job family")),
                ("starts_on", models.DateField(verbose_name="starts")),
                ("due_on", models.DateField(verbose_name="due")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "ordering": ["-created_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="GoalPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                ("starts_on", models.DateField(verbose_name="starts")),
                ("ends_on", models.DateField(verbose_name="ends")),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "ordering": ["-starts_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="GoalTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="objective")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "kind",
                    models.CharField(
                        choices=[("business", "Business goal"), ("development", "Development goal")],
                        default="business",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("weight", models.PositiveSmallIntegerField(default=1, verbose_name="weight")),
                ("archived_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "ordering": ["title", "id"],
            },
        ),
        migrations.CreateModel(
            name="TemplateResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="key result")),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("number", "Number"),
                            ("percent", "Percentage"),
                            ("money", "Money"),
                            ("milestone", "Milestone"),
                            ("yes_no", "Yes or no"),
                        ],
                        default="number",
                        max_length=20,
                        verbose_name="measure",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=20, verbose_name="unit")),
                ("baseline", models.DecimalField(decimal_places=2, default=0, max_digits=16, verbose_name="start")),
                ("target", models.DecimalField(decimal_places=2, default=1, max_digits=16, verbose_name="target")),
                (
                    "stretch",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="stretch"),
                ),
                ("weight", models.PositiveSmallIntegerField(default=1, verbose_name="weight")),
                (
                    "frequency",
                    models.CharField(
                        blank=True,
                        choices=[("weekly", "Every week"), ("monthly", "Every month"), ("quarterly", "Every quarter")],
                        max_length=20,
                        verbose_name="measured again",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AlterModelOptions(
            name="checkin",
            options={"ordering": ["-measured_on", "-made_at", "-id"]},
        ),
        migrations.AddField(
            model_name="checkin",
            name="measured_on",
            field=models.DateField(default=django.utils.timezone.localdate, verbose_name="measured on"),
        ),
        migrations.AddField(
            model_name="keyresult",
            name="frequency",
            field=models.CharField(
                blank=True,
                choices=[("weekly", "Every week"), ("monthly", "Every month"), ("quarterly", "Every quarter")],
                max_length=20,
                verbose_name="measured again",
            ),
        ),
        migrations.AddField(
            model_name="keyresult",
            name="measured_on",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="keyresult",
            name="next_due_on",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="keyresult",
            name="stretch",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="stretch"),
        ),
        migrations.AddField(
            model_name="objective",
            name="carried_from",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="carried_to",
                to="performance.objective",
            ),
        ),
        migrations.AddField(
            model_name="objective",
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
            model_name="objective",
            name="parts_count",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="objective",
            name="parts_measured",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="objective",
            name="path",
            field=hrportal.common.paths.PathField(db_index=True, default="", editable=False, max_length=240),
        ),
        migrations.AddField(
            model_name="objective",
            name="progress",
            field=models.DecimalField(decimal_places=2, editable=False, max_digits=5, null=True),
        ),
        migrations.AddField(
            model_name="objective",
            name="progress_from",
            field=models.CharField(
                choices=[
                    ("results", "Its own key results"),
                    ("children", "The goals that contribute to it"),
                    ("both", "Both: key results and contributing goals"),
                ],
                default="results",
                max_length=20,
                verbose_name="progress comes from",
            ),
        ),
        migrations.AddField(
            model_name="objective",
            name="raw_progress",
            field=models.DecimalField(decimal_places=2, editable=False, max_digits=22, null=True),
        ),
        migrations.AddIndex(
            model_name="checkin",
            index=models.Index(fields=["key_result", "-measured_on"], name="check_in_latest"),
        ),
        migrations.AddIndex(
            model_name="keyresult",
            index=models.Index(
                condition=models.Q(("next_due_on__isnull", False)), fields=["next_due_on"], name="key_result_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="keyresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stretch", None),
                    models.Q(("stretch__gt", models.F("target")), ("target__gt", models.F("baseline"))),
                    models.Q(("stretch__lt", models.F("target")), ("target__lt", models.F("baseline"))),
                    _connector="OR",
                ),
                name="stretch_lies_beyond_target",
                violation_error_message="The stretch lies beyond the target, in the same direction.",
            ),
        ),
        migrations.AddField(
            model_name="goalassignment",
            name="assigned_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
            ),
        ),
        migrations.AddField(
            model_name="goalassignment",
            name="job",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.job",
                verbose_name="job",
            ),
        ),
        migrations.AddField(
            model_name="goalassignment",
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
            model_name="goalassignment",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="performance.objective",
            ),
        ),
        migrations.AddField(
            model_name="objective",
            name="assignment",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="objectives",
                to="performance.goalassignment",
            ),
        ),
        migrations.AddConstraint(
            model_name="goalperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="goal_period_ends_after_start",
                violation_error_message="A period cannot end before it starts.",
            ),
        ),
        migrations.AddField(
            model_name="goalassignment",
            name="period",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="performance.goalperiod",
                verbose_name="period",
            ),
        ),
        migrations.AddField(
            model_name="objective",
            name="period",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="objectives",
                to="performance.goalperiod",
                verbose_name="period",
            ),
        ),
        migrations.AddConstraint(
            model_name="objective",
            constraint=models.UniqueConstraint(
                fields=("assignment", "owner"), name="one_goal_per_assignment_and_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="objective",
            constraint=models.CheckConstraint(
                condition=models.Q(("competency", None), ("kind", "development"), _connector="OR"),
                name="only_development_goals_name_a_competency",
                violation_error_message="Only a development goal names a competency.",
            ),
        ),
        migrations.AddField(
            model_name="goaltemplate",
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
            model_name="goalassignment",
            name="template",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="performance.goaltemplate"
            ),
        ),
        migrations.AddField(
            model_name="templateresult",
            name="template",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="key_results", to="performance.goaltemplate"
            ),
        ),
        migrations.AddConstraint(
            model_name="goaltemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(("competency", None), ("kind", "development"), _connector="OR"),
                name="only_development_templates_name_a_competency",
                violation_error_message="Only a development goal names a competency.",
            ),
        ),
        migrations.AddConstraint(
            model_name="goalassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("starts_on"))),
                name="assignment_due_after_start",
                violation_error_message="A goal cannot be due before it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="templateresult",
            constraint=models.CheckConstraint(
                condition=models.Q(("baseline", models.F("target")), _negated=True),
                name="template_target_differs_from_start",
                violation_error_message="The target must differ from the start, or nothing could be measured.",
            ),
        ),
        migrations.AddConstraint(
            model_name="templateresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stretch", None),
                    models.Q(("stretch__gt", models.F("target")), ("target__gt", models.F("baseline"))),
                    models.Q(("stretch__lt", models.F("target")), ("target__lt", models.F("baseline"))),
                    _connector="OR",
                ),
                name="template_stretch_lies_beyond_target",
                violation_error_message="The stretch lies beyond the target, in the same direction.",
            ),
        ),
        migrations.RunPython(fill_stored_columns, migrations.RunPython.noop),
    ]
