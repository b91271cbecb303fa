import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("calibration", "0001_initial"),
        ("calibration", "0002_sessions_whole"),
        ("calibration", "0003_evidence"),
        ("calibration", "0004_reconciliations"),
        ("calibration", "0005_readiness"),
        ("calibration", "0006_decision_remarks"),
    ]

    dependencies = [
        ("journal", "0001_squashed_0003_daily_jobs"),
        ("people", "0001_squashed_0011_export_content"),
        ("people", "__first__"),
        ("performance", "0001_squashed_0008_goal_proposals"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reconciliation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("job_id", models.BigIntegerField(editable=False, null=True, unique=True)),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(null=True)),
                ("completed", models.PositiveIntegerField(default=0, help_text="Completed reviews there were.")),
                ("covered", models.PositiveIntegerField(default=0, help_text="Completed reviews that were compared.")),
                ("counts", models.JSONField(default=dict)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("running", "Under way"),
                            ("clean", "Both sides agree"),
                            ("different", "Differences"),
                            ("nothing", "Nothing compared"),
                        ],
                        default="running",
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[],
            options={
                "verbose_name_plural": "hand-overs",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("journal.delivery",),
        ),
        migrations.CreateModel(
            name="CalibrationSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("job_family", models.CharField(blank=True, max_length=100, verbose_name="job family")),
                ("job_level", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="job level")),
                (
                    "state",
                    models.CharField(
                        choices=[("preparing", "Preparing"), ("open", "Open"), ("locked", "Locked")],
                        default="preparing",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "rounding",
                    models.CharField(
                        choices=[
                            ("nearest", "To the nearest whole person"),
                            ("up", "Up: at most this many, and a part of a person counts as one"),
                            ("down", "Down: a part of a person does not count"),
                        ],
                        default="nearest",
                        max_length=10,
                        verbose_name="rounding of the guideline",
                    ),
                ),
                (
                    "pre_read_due_on",
                    models.DateField(blank=True, null=True, verbose_name="answers before the meeting due"),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                (
                    "revision",
                    models.PositiveIntegerField(
                        default=1,
                        editable=False,
                        help_text="Rises with every change of the session itself; cards count their own.",
                    ),
                ),
                ("pre_read_opened_at", models.DateTimeField(blank=True, null=True)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("locked_at", models.DateTimeField(blank=True, null=True)),
                ("completion_job_id", models.BigIntegerField(blank=True, editable=False, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "co_facilitator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                        verbose_name="co-facilitator",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="performance.reviewcycle"
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
                    "head",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                        verbose_name="everyone below",
                    ),
                ),
                (
                    "locked_by",
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
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="calibration.calibrationsession",
                        verbose_name="session above",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None), models.Q(("parent", models.F("pk")), _negated=True), _connector="OR"
                        ),
                        name="session_is_not_above_itself",
                        violation_error_message="A session cannot lie above itself.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Card",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("review_revision", models.PositiveSmallIntegerField(default=1)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("consistency", "Consistent with peers in the role"),
                            ("results", "Results weigh differently"),
                            ("scope", "Scope or difficulty of the role"),
                            ("evidence", "New evidence"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="reason",
                    ),
                ),
                ("rationale", models.TextField(blank=True, verbose_name="rationale")),
                ("is_discussed", models.BooleanField(default=False, verbose_name="discussed")),
                (
                    "agenda_place",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="place on the agenda"),
                ),
                ("agenda_note", models.CharField(blank=True, max_length=300, verbose_name="why it is to be discussed")),
                ("version", models.PositiveIntegerField(default=1)),
                ("changes", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "proposed_rating",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="performance.ratinglevel",
                    ),
                ),
                (
                    "rating",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="performance.ratinglevel",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="performance.review"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cards",
                        to="calibration.calibrationsession",
                    ),
                ),
            ],
            options={
                "ordering": ["review__employee__last_name", "review__employee__first_name", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "review_revision"), name="one_card_per_review")
                ],
            },
        ),
        migrations.CreateModel(
            name="CardMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("consistency", "Consistent with peers in the role"),
                            ("results", "Results weigh differently"),
                            ("scope", "Scope or difficulty of the role"),
                            ("evidence", "New evidence"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("rationale", models.TextField(blank=True)),
                ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="calibration.card"
                    ),
                ),
                (
                    "from_rating",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="performance.ratinglevel",
                    ),
                ),
                (
                    "moved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "to_rating",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="performance.ratinglevel",
                    ),
                ),
            ],
            options={
                "ordering": ["-moved_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="CycleEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_shown", models.BooleanField(default=True, verbose_name="figures are shown")),
                ("switch_reason", models.CharField(blank=True, max_length=300, verbose_name="why")),
                ("switched_at", models.DateTimeField(null=True)),
                ("stale_since", models.DateTimeField(null=True)),
                ("job_id", models.BigIntegerField(null=True)),
                (
                    "cycle",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="performance.reviewcycle"
                    ),
                ),
                (
                    "switched_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("review_revision", models.PositiveSmallIntegerField(default=1)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("consistency", "Consistent with peers in the role"),
                            ("results", "Results weigh differently"),
                            ("scope", "Scope or difficulty of the role"),
                            ("evidence", "New evidence"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="reason",
                    ),
                ),
                ("rationale", models.TextField(blank=True, verbose_name="rationale")),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "proposed_rating",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="performance.ratinglevel",
                    ),
                ),
                (
                    "rating",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="performance.ratinglevel"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="performance.review"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="calibration.calibrationsession",
                    ),
                ),
            ],
            options={
                "ordering": ["-decided_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "review_revision"), name="one_decision_per_revision"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rating", models.F("proposed_rating")),
                            models.Q(("rationale", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="difference_has_a_rationale",
                        violation_error_message="Say why the rating differs from the proposed one.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionRemark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_request", models.BooleanField(default=False)),
                ("text", models.TextField(verbose_name="remark")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="calibration.decision"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None), ("is_request", True)),
                        fields=("decision",),
                        name="one_open_request_about_a_decision",
                        violation_error_message="HR was asked already to look at this decision again.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at", None), models.Q(("answer", ""), _negated=True), _connector="OR"
                        ),
                        name="answer_to_a_remark_has_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("method", models.CharField(max_length=20)),
                ("inputs", models.CharField(max_length=64)),
                ("ratings", models.PositiveIntegerField(default=0)),
                ("people", models.PositiveIntegerField(default=0)),
                ("managers", models.PositiveIntegerField(default=0)),
                ("threshold", models.FloatField(default=0.75)),
                ("summary", models.JSONField(default=dict)),
                ("computed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="performance.reviewcycle"
                    ),
                ),
                ("pooled", models.ManyToManyField(related_name="+", to="performance.reviewcycle")),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["cycle", "-id"], name="evidence_run_latest")],
            },
        ),
        migrations.CreateModel(
            name="Explanation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=2000, verbose_name="explanation")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="performance.reviewcycle"
                    ),
                ),
                (
                    "manager",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
            ],
            options={
                "ordering": ["written_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ManagerEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("anchored", "Ratings compared with goals and peers"),
                            (
                                "halved",
                                "Leniency and a strong team cannot be told apart here: half of the difference, without an interval",
                            ),
                            ("inseparable", "Leniency and a strong team cannot be told apart here"),
                            ("too_few", "Too few ratings to say anything"),
                            ("too_few_managers", "Too few managers to compare"),
                            ("alike", "Managers differ by no more than chance"),
                        ],
                        max_length=20,
                    ),
                ),
                ("ratings", models.PositiveIntegerField()),
                ("people", models.PositiveIntegerField()),
                ("mean", models.FloatField(null=True)),
                ("organisation", models.FloatField(null=True)),
                ("explained", models.FloatField(null=True)),
                ("remaining", models.FloatField(null=True)),
                ("by_chance", models.FloatField(null=True)),
                ("evidence", models.FloatField(null=True)),
                ("slope", models.FloatField(null=True)),
                ("with_evidence", models.PositiveIntegerField(default=0)),
                ("weight", models.FloatField(null=True)),
                ("leniency", models.FloatField(null=True)),
                ("sd", models.FloatField(null=True)),
                ("low", models.FloatField(null=True)),
                ("high", models.FloatField(null=True)),
                ("mean_q", models.FloatField(null=True)),
                ("spread", models.FloatField(null=True)),
                ("spread_q", models.FloatField(null=True)),
                ("is_mean_flagged", models.BooleanField(default=False)),
                ("is_spread_flagged", models.BooleanField(default=False)),
                ("halo", models.FloatField(null=True)),
                ("halo_p", models.FloatField(null=True)),
                ("recent_share", models.FloatField(null=True)),
                ("dated_pieces", models.PositiveIntegerField(default=0)),
                (
                    "manager",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="calibration.evidencerun",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("run", "manager"), name="one_finding_per_manager")],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="calibration.calibrationsession",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("session", "employee"), name="once_at_the_table")],
            },
        ),
        migrations.CreateModel(
            name="PreReadAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.CharField(
                        choices=[("agree", "Agree"), ("question", "Question"), ("abstain", "Abstain")],
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("answered_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "about_rating",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="performance.ratinglevel",
                    ),
                ),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="calibration.card"
                    ),
                ),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("card", "employee"), name="one_answer_before_the_meeting")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadinessAudit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("client_id", models.CharField(blank=True, max_length=100)),
                ("reach", models.TextField(default="*")),
                ("job_id", models.BigIntegerField(editable=False, null=True)),
                ("figures", models.JSONField(default=dict)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("computed_at", models.DateTimeField(null=True)),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="performance.reviewcycle"
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
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["user", "-id"], name="readiness_audit_latest")],
            },
        ),
        migrations.CreateModel(
            name="Difference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("effect", models.CharField(help_text="One of `HandOverKind`.", max_length=100, verbose_name="what")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("missing", "Missing"),
                            ("wrong", "Wrong"),
                            ("extra", "Too much"),
                            ("parked", "Parked"),
                            ("pending", "On its way"),
                        ],
                        max_length=10,
                        verbose_name="difference",
                    ),
                ),
                (
                    "mismatch",
                    models.CharField(
                        choices=[
                            ("not_there", "It did not arrive."),
                            ("not_shown", "The review is shared, and the person does not see it."),
                            ("other_value", "It says something else than the review."),
                            ("other_version", "It is from another version of the review."),
                            ("other_person", "It stands with somebody the review is not about."),
                            ("twice", "It is there twice."),
                            ("second_plan", "The person has two open plans."),
                            ("unfounded", "No completed review asks for it."),
                            ("withdrawn", "Its review was withdrawn."),
                            ("no_review", "It names a review that does not exist."),
                            ("too_early", "The person sees it before the review is shared."),
                        ],
                        max_length=20,
                    ),
                ),
                ("handed_over_at", models.DateTimeField(help_text="When its review was handed over again.", null=True)),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="performance.review",
                    ),
                ),
                (
                    "reconciliation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="differences",
                        to="calibration.reconciliation",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["reconciliation", "kind"], name="difference_run_kind")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("review__isnull", False), ("handed_over_at", None), _connector="OR"),
                        name="handed_over_again_has_a_review",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=300, verbose_name="why")),
                ("declared_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "about",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                        verbose_name="about whom",
                    ),
                ),
                (
                    "declared_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.employee",
                        verbose_name="who stays out",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recusals",
                        to="calibration.calibrationsession",
                    ),
                ),
            ],
            options={
                "ordering": ["-declared_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("session", "employee", "about"),
                        name="one_recusal_about_a_person",
                        violation_error_message="This conflict is declared already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("employee", models.F("about")), _negated=True),
                        name="recusal_is_about_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("review_revision", models.PositiveSmallIntegerField(default=1)),
                ("calibrated", models.FloatField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("lenient", "Rated more generously than goals and peers explain"),
                            ("severe", "Rated more strictly than goals and peers explain"),
                        ],
                        max_length=20,
                    ),
                ),
                ("probability", models.FloatField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("accepted", "Accepted"), ("rejected", "Rejected"), ("discuss", "To be discussed")],
                        max_length=10,
                    ),
                ),
                ("answer_reason", models.TextField(blank=True, verbose_name="why")),
                ("answered_at", models.DateTimeField(null=True)),
                ("replaced_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suggestions",
                        to="calibration.managerevidence",
                    ),
                ),
                (
                    "given",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="performance.ratinglevel"
                    ),
                ),
                (
                    "proposed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="performance.ratinglevel"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="performance.review"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suggestions",
                        to="calibration.evidencerun",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("review", "review_revision"),
                        name="one_current_suggestion_per_review",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "rejected"), _negated=True),
                            models.Q(("answer_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="rejection_has_a_reason",
                        violation_error_message="Say why the suggestion is rejected.",
                    ),
                ],
            },
        ),
    ]
