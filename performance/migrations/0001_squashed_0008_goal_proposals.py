import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models

import hrportal.common.paths


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("performance", "0001_initial"),
        ("performance", "0002_cycles_and_reviews_whole"),
        ("performance", "0003_goals"),
        ("performance", "0004_feedback_asked"),
        ("performance", "0005_feedback_rounds"),
        ("performance", "0006_one_to_ones"),
        ("performance", "0007_improvement_plans"),
        ("performance", "0008_goal_proposals"),
    ]

    dependencies = [
        ("people", "0001_squashed_0011_export_content"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeyResult",
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
                (
                    "current",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="current"),
                ),
                ("measured_on", models.DateField(blank=True, editable=False, null=True)),
                ("next_due_on", models.DateField(blank=True, editable=False, null=True)),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                ("last_check_in_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_due_on__isnull", False)),
                        fields=["next_due_on"],
                        name="key_result_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("baseline", models.F("target")), _negated=True),
                        name="target_differs_from_start",
                        violation_error_message="The target must differ from the start, or nothing could be measured.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stretch", None),
                            models.Q(("stretch__gt", models.F("target")), ("target__gt", models.F("baseline"))),
                            models.Q(("stretch__lt", models.F("target")), ("target__lt", models.F("baseline"))),
                            _connector="OR",
                        ),
                        name="stretch_lies_beyond_target",
                        violation_error_message="The stretch lies beyond the target, in the same direction.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoundTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "introduction",
                    models.TextField(
                        blank=True, help_text="What those who answer read first.", verbose_name="introduction"
                    ),
                ),
                ("is_copy", models.BooleanField(default=False, editable=False)),
                ("is_archived", models.BooleanField(default=False, verbose_name="archived")),
            ],
            options={
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="TemplateQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=300, verbose_name="question")),
                ("help_text", models.TextField(blank=True, verbose_name="help")),
                (
                    "asked_of",
                    models.CharField(
                        choices=[("self", "Employee"), ("manager", "Manager"), ("both", "Both")],
                        default="both",
                        max_length=10,
                        verbose_name="asked of",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "Text"),
                            ("rating", "Rating with comment"),
                            ("choice", "One of several answers"),
                            ("yes_no", "Yes or no"),
                        ],
                        default="text",
                        max_length=10,
                        verbose_name="kind of answer",
                    ),
                ),
                ("choices", models.JSONField(blank=True, default=list, verbose_name="answers to choose from")),
                (
                    "seen_by",
                    models.CharField(
                        choices=[
                            ("employee", "Employee, line and HR"),
                            ("manager", "Line and HR, never the employee"),
                            ("hr", "HR only"),
                        ],
                        default="employee",
                        max_length=10,
                        verbose_name="read by",
                    ),
                ),
                ("is_required", models.BooleanField(default=False, verbose_name="required")),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["section__order", "order", "id"],
            },
        ),
        migrations.CreateModel(
            name="FeedbackRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_on", models.DateField(verbose_name="answers due")),
                (
                    "min_raters",
                    models.PositiveSmallIntegerField(
                        default=3,
                        help_text="A group with fewer answers is not shown. Three is the least.",
                        verbose_name="fewest answers",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("nominating", "Choosing who is asked"),
                            ("collecting", "Collecting answers"),
                            ("closed", "Closed, not shared yet"),
                            ("shared", "Shared"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="nominating",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("enough", models.JSONField(blank=True, default=list, editable=False)),
                ("reason", models.TextField(blank=True, help_text="Why it was withdrawn.", verbose_name="reason")),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("shared_at", models.DateTimeField(blank=True, null=True)),
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
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feedback_rounds",
                        to="people.employee",
                    ),
                ),
            ],
            options={
                "ordering": ["-opened_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "collecting", "nominating"])),
                        fields=("subject",),
                        name="one_open_round_per_subject",
                        violation_error_message="A round about this person is open already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("min_raters__gte", 3)),
                        name="three_raters_at_least",
                        violation_error_message="Fewer than three answers would not keep anybody’s name.",
                    ),
                ],
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="goal_period_ends_after_start",
                        violation_error_message="A period cannot end before it starts.",
                    )
                ],
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("competency", None), ("kind", "development"), _connector="OR"),
                        name="only_development_templates_name_a_competency",
                        violation_error_message="Only a development goal names a competency.",
                    )
                ],
            },
        ),
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
                (
                    "assigned_by",
                    models.ForeignKey(
                        editable=False,
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
                    "period",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="performance.goalperiod",
                        verbose_name="period",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="performance.goaltemplate",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("starts_on"))),
                        name="assignment_due_after_start",
                        violation_error_message="A goal cannot be due before it starts.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImprovementPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("hr_approval", "With HR for approval"),
                            ("open", "Open, to be acknowledged"),
                            ("acknowledged", "Under way"),
                            ("paused", "Paused"),
                            ("closed", "Closed"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("successful", "Successful"),
                            ("unsuccessful", "Unsuccessful"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("acknowledged_version", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "reason",
                    models.TextField(
                        blank=True, help_text="What happened, when, and what it led to.", verbose_name="reason"
                    ),
                ),
                (
                    "expectations",
                    models.TextField(
                        blank=True, help_text="What good work looks like from now on.", verbose_name="expectations"
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="starts")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends")),
                (
                    "rhythm",
                    models.PositiveSmallIntegerField(
                        choices=[(7, "Every week"), (14, "Every two weeks"), (30, "Every month")],
                        default=14,
                        verbose_name="check-ins",
                    ),
                ),
                ("next_check_in_on", models.DateField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
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
                    "created_by",
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
                        related_name="improvement_plans",
                        to="people.employee",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                        verbose_name="manager",
                    ),
                ),
                (
                    "submitted_by",
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
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["owner", "state"], name="improvement_plan_owner_state")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "closed"), _negated=True),
                        fields=("employee",),
                        name="one_improvement_plan_under_way",
                        violation_error_message="There is an improvement plan under way for this person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("owner", models.F("employee")), _negated=True),
                        name="nobody_owns_their_own_improvement_plan",
                        violation_error_message="Nobody runs their own improvement plan.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("starts_on", None),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="improvement_plan_ends_after_start",
                        violation_error_message="The plan must end after it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "closed"),
                                models.Q(("outcome", ""), _negated=True),
                                ("closed_at__isnull", False),
                            ),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True), ("outcome", ""), ("closed_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="closed_improvement_plan_has_an_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["open", "acknowledged", "paused"]), _negated=True),
                            ("opened_at__isnull", False),
                            _connector="OR",
                        ),
                        name="seen_improvement_plan_was_opened",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImprovementMilestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="milestone")),
                ("measure", models.CharField(blank=True, max_length=500, verbose_name="measure of success")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("not_yet", "Not yet judged"),
                            ("met", "Met"),
                            ("partly", "Partly met"),
                            ("not_met", "Not met"),
                        ],
                        default="not_yet",
                        max_length=10,
                        verbose_name="result",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("judged_at", models.DateTimeField(blank=True, null=True)),
                ("dropped_at", models.DateTimeField(blank=True, null=True)),
                (
                    "judged_by",
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
                        related_name="milestones",
                        to="performance.improvementplan",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="ImprovementExtension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ended_on", models.DateField()),
                ("ends_on", models.DateField(verbose_name="new end")),
                ("reason", models.TextField(verbose_name="reason")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="performance.improvementplan",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("ended_on"))), name="extension_gives_more_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImprovementEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("check_in", "Check-in"),
                            ("evidence", "Evidence"),
                            ("response", "The employee’s response"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("held_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="day")),
                ("text", models.TextField(verbose_name="what was said")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="link")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="performance.improvementplan",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ImprovementRemark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "readers",
                    models.CharField(
                        choices=[("hr", "HR only"), ("hr_and_managers", "HR and the managers")],
                        default="hr",
                        max_length=20,
                        verbose_name="who reads it",
                    ),
                ),
                ("text", models.TextField(verbose_name="remark")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="performance.improvementplan",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ImprovementStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("hr_approval", "With HR for approval"),
                            ("open", "Open, to be acknowledged"),
                            ("acknowledged", "Under way"),
                            ("paused", "Paused"),
                            ("closed", "Closed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("reason", models.TextField(blank=True)),
                ("content", models.JSONField(default=dict)),
                ("is_for_employee", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="performance.improvementplan",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ImprovementSupport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("training", "Training"),
                            ("mentor", "Mentor"),
                            ("time", "Time"),
                            ("other", "Something else"),
                        ],
                        default="training",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("description", models.CharField(max_length=500, verbose_name="what is given")),
                ("dropped_at", models.DateTimeField(blank=True, null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="support",
                        to="performance.improvementplan",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="CheckIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="value")),
                (
                    "confidence",
                    models.CharField(
                        choices=[("on_track", "On track"), ("at_risk", "At risk"), ("off_track", "Off track")],
                        default="on_track",
                        max_length=20,
                        verbose_name="confidence",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("measured_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="measured on")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "key_result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="check_ins",
                        to="performance.keyresult",
                    ),
                ),
            ],
            options={
                "ordering": ["-measured_on", "-made_at", "-id"],
                "indexes": [models.Index(fields=["key_result", "-measured_on"], name="check_in_latest")],
            },
        ),
        migrations.CreateModel(
            name="Objective",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="objective")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("company", "Company"),
                            ("unit", "Unit"),
                            ("team", "Team"),
                            ("individual", "Individual"),
                        ],
                        default="individual",
                        max_length=20,
                        verbose_name="level",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("business", "Business goal"), ("development", "Development goal")],
                        default="business",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("active", "Active"),
                            ("closed", "Closed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="active",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("path", hrportal.common.paths.PathField(db_index=True, default="", editable=False, max_length=240)),
                ("weight", models.PositiveSmallIntegerField(default=1, verbose_name="weight")),
                (
                    "progress_from",
                    models.CharField(
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
                ("progress", models.DecimalField(decimal_places=2, editable=False, max_digits=5, null=True)),
                ("raw_progress", models.DecimalField(decimal_places=2, editable=False, max_digits=22, null=True)),
                ("parts_measured", models.PositiveIntegerField(default=0, editable=False)),
                ("parts_count", models.PositiveIntegerField(default=0, editable=False)),
                ("starts_on", models.DateField(verbose_name="starts")),
                ("due_on", models.DateField(verbose_name="due")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "assignment",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objectives",
                        to="performance.goalassignment",
                    ),
                ),
                (
                    "carried_from",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried_to",
                        to="performance.objective",
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
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objectives",
                        to="people.employee",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="performance.objective",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objectives",
                        to="performance.goalperiod",
                        verbose_name="period",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("starts_on"))),
                        name="objective_due_after_start",
                        violation_error_message="A goal cannot be due before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", "individual"), _negated=True), ("owner__isnull", False), _connector="OR"
                        ),
                        name="individual_goal_has_owner",
                        violation_error_message="An individual goal needs its person.",
                    ),
                    models.UniqueConstraint(fields=("assignment", "owner"), name="one_goal_per_assignment_and_person"),
                    models.CheckConstraint(
                        condition=models.Q(("competency", None), ("kind", "development"), _connector="OR"),
                        name="only_development_goals_name_a_competency",
                        violation_error_message="Only a development goal names a competency.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="keyresult",
            name="objective",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="key_results", to="performance.objective"
            ),
        ),
        migrations.CreateModel(
            name="GoalProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level_now",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ]
                    ),
                ),
                (
                    "level_wanted",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ]
                    ),
                ),
                ("wanted_by", models.DateField(verbose_name="wanted by")),
                ("source", models.CharField(max_length=100)),
                ("source_version", models.PositiveSmallIntegerField(default=1)),
                ("period_ends_on", models.DateField(verbose_name="period ends")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("accepted", "Accepted"),
                            ("dismissed", "Dismissed"),
                            ("superseded", "No longer current"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="proposed",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("shared_at", models.DateTimeField(blank=True, help_text="From when the employee sees it.", null=True)),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "competency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.competency",
                        verbose_name="competency",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="goal_proposals", to="people.employee"
                    ),
                ),
                (
                    "objective",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposal",
                        to="performance.objective",
                    ),
                ),
            ],
            options={
                "ordering": ["employee__last_name", "employee__first_name", "competency__name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "source_version", "competency"), name="one_proposal_per_source_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")),
                        fields=("employee", "competency"),
                        name="one_open_proposal_per_competency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level_wanted__gt", models.F("level_now"))), name="proposal_asks_for_more"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), _negated=True),
                            ("objective__isnull", False),
                            _connector="OR",
                        ),
                        name="accepted_proposal_has_its_goal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "dismissed"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="dismissed_with_a_reason",
                    ),
                ],
            },
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
        migrations.CreateModel(
            name="FeedbackRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.TextField(max_length=2000, verbose_name="question")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waiting for an answer"),
                            ("answered", "Answered"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=2000, verbose_name="reason")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "about",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "asked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="feedback_asked", to="people.employee"
                    ),
                ),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feedback_requested",
                        to="people.employee",
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
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="performance.objective",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["due_on"], name="open_feedback_request_due"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("asker", "about", "asked"),
                        name="one_open_feedback_request",
                        violation_error_message="You have asked this already and wait for the answer.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked", models.F("asker")), _negated=True),
                            models.Q(("asked", models.F("about")), _negated=True),
                        ),
                        name="feedback_is_asked_of_others",
                        violation_error_message="Ask somebody else than yourself and the person it is about.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Feedback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("praise", "Praise"), ("coaching", "Coaching"), ("observation", "Observation")],
                        default="praise",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("recipient", "Recipient"),
                            ("recipient_and_manager", "Recipient and manager"),
                            ("giver", "Only me"),
                            ("everyone", "Everyone"),
                        ],
                        default="recipient_and_manager",
                        max_length=30,
                        verbose_name="seen by",
                    ),
                ),
                ("is_read_by_asker", models.BooleanField(default=False, verbose_name="whoever asked may read it")),
                ("text", models.TextField(verbose_name="feedback")),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("thanked_at", models.DateTimeField(blank=True, null=True)),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
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
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="feedback_given", to="people.employee"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feedback_received",
                        to="people.employee",
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="performance.feedbackrequest",
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="feedback",
                        to="performance.objective",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "feedback",
                "ordering": ["-given_at", "-id"],
                "indexes": [models.Index(fields=["recipient", "-given_at"], name="feedback_recipient")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("giver", models.F("recipient")), _negated=True),
                        name="feedback_is_for_others",
                        violation_error_message="Feedback is for somebody else.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OneToOne",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("weekly", "Every week"),
                            ("fortnightly", "Every two weeks"),
                            ("monthly", "Every month"),
                            ("none", "As needed"),
                        ],
                        default="fortnightly",
                        max_length=20,
                        verbose_name="rhythm",
                    ),
                ),
                ("first_on", models.DateField(verbose_name="first meeting")),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="one_to_ones", to="people.employee"
                    ),
                ),
                (
                    "manager",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="one_to_ones_led",
                        to="people.employee",
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("manager", "employee"),
                        name="one_running_series_per_pair",
                        violation_error_message="You two have one-to-ones already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("manager", models.F("employee")), _negated=True),
                        name="one_to_one_takes_two",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slot_on", models.DateField()),
                ("held_on", models.DateField(verbose_name="day")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("held", "Held"), ("skipped", "Skipped")],
                        default="planned",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("notes", models.TextField(blank=True, verbose_name="shared notes")),
                ("version", models.PositiveIntegerField(default=1)),
                ("noted_at", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
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
                (
                    "one_to_one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="performance.onetoone"
                    ),
                ),
            ],
            options={
                "ordering": ["-held_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "planned")),
                        fields=("one_to_one",),
                        name="one_planned_meeting",
                        violation_error_message="The next meeting is planned already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300, verbose_name="to talk about")),
                ("source", models.CharField(blank=True, max_length=100)),
                ("position", models.PositiveIntegerField(default=0)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "discussed_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agenda_discussed",
                        to="performance.meeting",
                    ),
                ),
                (
                    "one_to_one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="agenda", to="performance.onetoone"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="ActionItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300, verbose_name="to do")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                ("agreed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="one_to_one_actions",
                        to="people.employee",
                    ),
                ),
                (
                    "one_to_one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="performance.onetoone"
                    ),
                ),
            ],
            options={
                "ordering": [models.OrderBy(models.F("due_on"), nulls_last=True), "id"],
                "indexes": [
                    models.Index(condition=models.Q(("done_at", None)), fields=["owner"], name="one_to_one_action_open")
                ],
            },
        ),
        migrations.CreateModel(
            name="PrivateNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(blank=True, verbose_name="private notes")),
                ("version", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="private_notes",
                        to="performance.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "author"), name="one_private_note_per_author")
                ],
            },
        ),
        migrations.CreateModel(
            name="Rater",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("self", "Self"),
                            ("manager", "Manager"),
                            ("peer", "Peers"),
                            ("report", "Reports"),
                            ("skip_level", "Managers above the manager"),
                            ("external", "People outside the company"),
                        ],
                        max_length=10,
                        verbose_name="group",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("nominated", "Nominated"),
                            ("approved", "Approved"),
                            ("rejected", "Not wanted"),
                            ("invited", "Asked"),
                        ],
                        default="nominated",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "link_number",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="A renewed link makes the ones before it void."
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
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="raters",
                        to="performance.feedbackround",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "employee"),
                        name="rater_once_per_round",
                        violation_error_message="This person is on the list already.",
                    ),
                    models.UniqueConstraint(
                        models.F("round"),
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("email", ""), _negated=True),
                        name="address_once_per_round",
                        violation_error_message="This address is on the list already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("employee", None), ("group", "external"), models.Q(("email", ""), _negated=True)),
                            models.Q(
                                models.Q(("group", "external"), _negated=True),
                                ("email", ""),
                                ("employee__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="rater_is_colleague_or_address",
                        violation_error_message="Name a colleague, or give a name and an address outside the company.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnswerSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "To answer"), ("handed_in", "Handed in"), ("declined", "Declined")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "rater",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sheet", to="performance.rater"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RatingScale",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("is_copy", models.BooleanField(default=False, editable=False)),
                ("archived_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "copied_from",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="copies",
                        to="performance.ratingscale",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="RatingLevel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.SmallIntegerField(verbose_name="value")),
                ("label", models.CharField(max_length=60, verbose_name="label")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "scale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="levels", to="performance.ratingscale"
                    ),
                ),
            ],
            options={
                "ordering": ["value"],
                "constraints": [models.UniqueConstraint(fields=("scale", "value"), name="one_level_per_value")],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("goal_setting", "Goal setting"),
                            ("self_assessment", "Self-assessment"),
                            ("manager_review", "Manager review"),
                            ("second_approval", "Second approval"),
                            ("submitted", "Submitted"),
                            ("in_calibration", "In calibration"),
                            ("calibrated", "Calibrated"),
                            ("completed", "Completed"),
                            ("shared", "Shared"),
                            ("disputed", "Disputed"),
                            ("acknowledged", "Acknowledged"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="self_assessment",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("revision", models.PositiveSmallIntegerField(default=1)),
                ("self_due_on", models.DateField(blank=True, null=True, verbose_name="self-assessment due")),
                ("manager_due_on", models.DateField(blank=True, null=True, verbose_name="manager review due")),
                (
                    "acknowledge_due_on",
                    models.DateField(blank=True, null=True, verbose_name="answer to the review due"),
                ),
                ("goals_agreed_at", models.DateTimeField(blank=True, null=True)),
                ("final_is_calibrated", models.BooleanField(default=False)),
                ("completed_without_calibration_reason", models.TextField(blank=True)),
                (
                    "computed_score",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="computed score"
                    ),
                ),
                ("score_inputs", models.JSONField(blank=True, default=dict)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("completed_at", models.DateTimeField(blank=True, null=True)),
                ("shared_at", models.DateTimeField(blank=True, null=True)),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                ("acknowledgement_comment", models.TextField(blank=True, verbose_name="comment")),
                ("disputed_at", models.DateTimeField(blank=True, null=True)),
                ("dispute_reason", models.TextField(blank=True, verbose_name="reason for the dispute")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="people.employee"
                    ),
                ),
                (
                    "final_rating",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="performance.ratinglevel",
                        verbose_name="final rating",
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
                    ),
                ),
                (
                    "manager_at_launch",
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
                    "position",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.position",
                    ),
                ),
                (
                    "proposed_rating",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="performance.ratinglevel",
                        verbose_name="proposed rating",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews_to_write",
                        to="people.employee",
                    ),
                ),
            ],
            options={
                "ordering": ["employee__last_name", "employee__first_name", "id"],
                "indexes": [models.Index(fields=["reviewer", "state"], name="review_reviewer_state")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("revision__gte", 1)), name="revisions_count_from_one"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["completed", "shared", "disputed", "acknowledged"]), _negated=True),
                            ("completed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="finished_review_has_a_date",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="feedbackround",
            name="review",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="feedback_rounds",
                to="performance.review",
            ),
        ),
        migrations.CreateModel(
            name="ReviewCycle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("period", "Fixed dates"),
                            ("anniversary", "Anniversary of each person"),
                            ("probation", "End of probation"),
                        ],
                        default="period",
                        max_length=20,
                        verbose_name="calendar",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="period starts")),
                ("ends_on", models.DateField(verbose_name="period ends")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("launching", "Launching"),
                            ("open", "Open"),
                            ("calibration", "In calibration"),
                            ("completed", "Completed"),
                            ("closed", "Closed"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "job_families",
                    models.JSONField(
                        blank=True, default=list, help_text="Leave empty for all jobs.", verbose_name="job families"
                    ),
                ),
                (
                    "hired_until",
                    models.DateField(
                        blank=True,
                        help_text="Who joined later is not reviewed in this cycle.",
                        null=True,
                        verbose_name="hired until",
                    ),
                ),
                (
                    "is_calibrated",
                    models.BooleanField(
                        default=True,
                        help_text="Ratings are calibrated across managers before they are final.",
                        verbose_name="calibrated",
                    ),
                ),
                ("needs_second_approval", models.BooleanField(default=False, verbose_name="second approval")),
                (
                    "shares_on_completion",
                    models.BooleanField(
                        default=True,
                        help_text="Employees see their review as soon as it is completed.",
                        verbose_name="share on completion",
                    ),
                ),
                (
                    "manager_change_rule",
                    models.CharField(
                        choices=[
                            ("stay", "The review stays with its reviewer"),
                            ("follow", "The review follows to the new manager"),
                            ("ask", "Reviewer, new manager or HR decide"),
                        ],
                        default="ask",
                        max_length=10,
                        verbose_name="when the manager changes",
                    ),
                ),
                (
                    "unrated_parts",
                    models.CharField(
                        choices=[
                            ("leave_out", "Leave it out and weigh the others anew"),
                            ("block", "Ask for it before the review is submitted"),
                        ],
                        default="leave_out",
                        max_length=10,
                        verbose_name="parts without a rating",
                    ),
                ),
                (
                    "skips_late_self_assessments",
                    models.BooleanField(
                        default=False,
                        help_text="The day after they were due, the managers can submit without them.",
                        verbose_name="go on without late self-assessments",
                    ),
                ),
                (
                    "goals_due_on",
                    models.DateField(
                        blank=True,
                        help_text="Gives the cycle a goal-setting phase before the writing.",
                        null=True,
                        verbose_name="goals agreed by",
                    ),
                ),
                ("writing_opens_on", models.DateField(blank=True, null=True, verbose_name="writing begins")),
                ("self_due_on", models.DateField(blank=True, null=True, verbose_name="self-assessments due")),
                ("manager_due_on", models.DateField(blank=True, null=True, verbose_name="manager reviews due")),
                ("approval_due_on", models.DateField(blank=True, null=True, verbose_name="second approvals due")),
                ("calibration_due_on", models.DateField(blank=True, null=True, verbose_name="calibration due")),
                ("share_on", models.DateField(blank=True, null=True, verbose_name="shared on")),
                (
                    "acknowledgement_days",
                    models.PositiveSmallIntegerField(default=14, verbose_name="days to acknowledge or dispute"),
                ),
                (
                    "remind_days_before",
                    models.PositiveSmallIntegerField(default=3, verbose_name="days before a due date to remind"),
                ),
                (
                    "escalate_days_after",
                    models.PositiveSmallIntegerField(
                        default=3, verbose_name="days after a due date to tell the next above"
                    ),
                ),
                (
                    "months_after_hire",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="When probation ends; for cycles that follow it.",
                        null=True,
                        verbose_name="months after hire",
                    ),
                ),
                (
                    "opens_days_before",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="For cycles that follow each person’s calendar.",
                        verbose_name="days before a person’s day to open",
                    ),
                ),
                (
                    "days_for_self",
                    models.PositiveSmallIntegerField(default=14, verbose_name="days for the self-assessment"),
                ),
                (
                    "days_for_manager",
                    models.PositiveSmallIntegerField(default=14, verbose_name="days for the manager’s review after it"),
                ),
                (
                    "repeats",
                    models.BooleanField(
                        default=False,
                        help_text="When its period ends, the next one is launched with the same settings.",
                        verbose_name="repeat",
                    ),
                ),
                ("launched_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("launch_job_id", models.BigIntegerField(blank=True, editable=False, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "cloned_from",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="clones",
                        to="performance.reviewcycle",
                    ),
                ),
                (
                    "excluded_people",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="people.employee", verbose_name="people left out"
                    ),
                ),
                (
                    "excluded_units",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="people.orgunit", verbose_name="units left out"
                    ),
                ),
                (
                    "included_people",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="people.employee", verbose_name="people added"
                    ),
                ),
                (
                    "org_units",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Leave empty for everyone.",
                        related_name="+",
                        to="people.orgunit",
                        verbose_name="units",
                    ),
                ),
                (
                    "scale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cycles", to="performance.ratingscale"
                    ),
                ),
            ],
            options={
                "ordering": ["-ends_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="cycle_ends_after_start",
                        violation_error_message="The period cannot end before it starts.",
                    ),
                    models.UniqueConstraint(
                        fields=("name",),
                        name="one_cycle_per_name",
                        violation_error_message="Another cycle has this name.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="review",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="performance.reviewcycle"
            ),
        ),
        migrations.CreateModel(
            name="GuidelineShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.SmallIntegerField()),
                ("percent", models.PositiveSmallIntegerField()),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="guideline",
                        to="performance.reviewcycle",
                    ),
                ),
            ],
            options={
                "ordering": ["value"],
                "constraints": [
                    models.UniqueConstraint(fields=("cycle", "value"), name="one_share_per_value"),
                    models.CheckConstraint(condition=models.Q(("percent__lte", 100)), name="share_at_most_all"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CycleExtension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("dates", models.JSONField(default=dict)),
                ("reason", models.TextField(verbose_name="reason")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extensions",
                        to="performance.reviewcycle",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ReviewDelegation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(verbose_name="reason")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "delegate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegated_reviews",
                        to="people.employee",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="delegations", to="performance.review"
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
            ],
            options={
                "ordering": ["-given_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("review",), name="one_delegate_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("delegate", models.F("reviewer")), _negated=True),
                        name="delegate_is_somebody_else",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewerChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be decided"),
                            ("moved", "Moved to the new manager"),
                            ("kept", "Stayed with the reviewer"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
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
                    "new_manager",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviewer_changes",
                        to="performance.review",
                    ),
                ),
                (
                    "reviewer",
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
                "ordering": ["-asked_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("review",), name="one_open_reviewer_change"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewExemption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "employee",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_exemption",
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
                "ordering": ["employee__last_name", "employee__first_name", "id"],
            },
        ),
        migrations.CreateModel(
            name="ReviewPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(
                        choices=[("self", "Self-assessment"), ("manager", "Manager review")], max_length=10
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "override_reason",
                    models.TextField(blank=True, verbose_name="why the rating differs from the computed one"),
                ),
                ("saved_at", models.DateTimeField(blank=True, null=True)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "overall_rating",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="performance.ratinglevel",
                        verbose_name="overall rating",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="performance.review"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("review", "side"), name="one_part_per_side")],
            },
        ),
        migrations.CreateModel(
            name="PartVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("revision", models.PositiveSmallIntegerField(default=1)),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("saved", "Saved while writing"),
                            ("submitted", "Handed in"),
                            ("returned", "Returned"),
                            ("moved", "Given to somebody else"),
                            ("replaced", "Replaced"),
                        ],
                        default="saved",
                        max_length=10,
                    ),
                ),
                ("content", models.JSONField(default=dict)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="performance.reviewpart",
                    ),
                ),
            ],
            options={
                "ordering": ["-saved_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="DevelopmentNeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("description", models.CharField(max_length=300, verbose_name="what to develop")),
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
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="development_needs",
                        to="performance.reviewpart",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="CompetencyRating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                ("comment", models.TextField(blank=True)),
                (
                    "competency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.competency"
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="competency_ratings",
                        to="performance.reviewpart",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("part", "competency"), name="one_rating_per_competency"),
                    models.CheckConstraint(
                        condition=models.Q(("level", None), ("level__range", (1, 5)), _connector="OR"),
                        name="competency_level_in_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewRemark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("returned", "Returned"),
                            ("extended", "Given more time"),
                            ("delegated", "Delegated"),
                            ("reassigned", "Reassigned"),
                            ("withdrawn", "Withdrawn"),
                            ("restored", "Taken back in"),
                            ("settled", "Dispute settled"),
                            ("reopened", "Reopened"),
                        ],
                        max_length=20,
                    ),
                ),
                ("revision", models.PositiveSmallIntegerField()),
                ("reason", models.TextField(verbose_name="reason")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("content", models.JSONField(blank=True, default=dict)),
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
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="performance.review"
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ReviewTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                ("is_copy", models.BooleanField(default=False, editable=False)),
                ("archived_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "copied_from",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="copies",
                        to="performance.reviewtemplate",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
            },
        ),
        migrations.AddField(
            model_name="reviewcycle",
            name="template",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="cycles", to="performance.reviewtemplate"
            ),
        ),
        migrations.CreateModel(
            name="RoundQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("rating", "Rating from 1 to 5"), ("text", "Text")],
                        default="rating",
                        max_length=10,
                        verbose_name="kind of answer",
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="question")),
                ("order", models.PositiveSmallIntegerField(default=0)),
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
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="performance.roundtemplate",
                    ),
                ),
            ],
            options={
                "ordering": ["order", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("competency", None), ("kind", "rating"), _connector="OR"),
                        name="rated_question_has_competency",
                        violation_error_message="Only a rating can stand for a competency.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RoundAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("self", "Self"),
                            ("manager", "Manager"),
                            ("peer", "Peers"),
                            ("report", "Reports"),
                            ("skip_level", "Managers above the manager"),
                            ("external", "People outside the company"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "rating",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                ("text", models.TextField(blank=True)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="performance.feedbackround",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="performance.roundquestion"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("author", None),
                            models.Q(("group__in", ["peer", "report", "skip_level", "external"]), _negated=True),
                            _connector="OR",
                        ),
                        name="anonymous_answer_has_no_author",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="feedbackround",
            name="template",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="performance.roundtemplate"
            ),
        ),
        migrations.CreateModel(
            name="SheetAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rating",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                ("text", models.TextField(blank=True)),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="performance.roundquestion"
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="performance.answersheet",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sheet", "question"), name="one_answer_per_question_and_sheet")
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(blank=True)),
                ("choice", models.CharField(blank=True, max_length=200)),
                (
                    "rating",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="performance.ratinglevel",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="performance.reviewpart"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="performance.templatequestion"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("part", "question"), name="one_answer_per_question")],
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
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="key_results",
                        to="performance.goaltemplate",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("baseline", models.F("target")), _negated=True),
                        name="template_target_differs_from_start",
                        violation_error_message="The target must differ from the start, or nothing could be measured.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stretch", None),
                            models.Q(("stretch__gt", models.F("target")), ("target__gt", models.F("baseline"))),
                            models.Q(("stretch__lt", models.F("target")), ("target__lt", models.F("baseline"))),
                            _connector="OR",
                        ),
                        name="template_stretch_lies_beyond_target",
                        violation_error_message="The stretch lies beyond the target, in the same direction.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplateSection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("goals", "Goals"),
                            ("competencies", "Competencies"),
                            ("questions", "Questions"),
                            ("overall", "Overall rating"),
                            ("development", "Development needs"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=100, verbose_name="title")),
                ("help_text", models.TextField(blank=True, verbose_name="help")),
                (
                    "weight",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Per cent of the computed score. All weights total 100; empty does not count.",
                        null=True,
                        verbose_name="weight",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="performance.reviewtemplate",
                    ),
                ),
            ],
            options={
                "ordering": ["order", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("weight", None), ("weight__range", (1, 100)), _connector="OR"),
                        name="section_weight_in_per_cent",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="templatequestion",
            name="section",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="performance.templatesection"
            ),
        ),
        migrations.CreateModel(
            name="TemplateCompetency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "competency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.competency"
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="competencies",
                        to="performance.templatesection",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "template competencies",
                "ordering": ["order", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("section", "competency"), name="competency_once_per_section")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["cycle", "state"], name="review_cycle_state"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(fields=("cycle", "employee"), name="one_review_per_cycle"),
        ),
    ]
