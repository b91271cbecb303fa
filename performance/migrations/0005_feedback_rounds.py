import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("performance", "0004_feedback_asked"),
    ]

    operations = [
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
                    "review",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="feedback_rounds",
                        to="performance.review",
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
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="performance.roundtemplate",
                    ),
                ),
            ],
            options={
                "ordering": ["-opened_at", "-id"],
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
            },
        ),
        migrations.AddConstraint(
            model_name="rater",
            constraint=models.UniqueConstraint(
                fields=("round", "employee"),
                name="rater_once_per_round",
                violation_error_message="This person is on the list already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rater",
            constraint=models.UniqueConstraint(
                models.F("round"),
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(("email", ""), _negated=True),
                name="address_once_per_round",
                violation_error_message="This address is on the list already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rater",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("employee", None), ("group", "external"), models.Q(("email", ""), _negated=True)),
                    models.Q(
                        models.Q(("group", "external"), _negated=True), ("email", ""), ("employee__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="rater_is_colleague_or_address",
                violation_error_message="Name a colleague, or give a name and an address outside the company.",
            ),
        ),
        migrations.AddConstraint(
            model_name="roundanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("author", None),
                    models.Q(("group__in", ["peer", "report", "skip_level", "external"]), _negated=True),
                    _connector="OR",
                ),
                name="anonymous_answer_has_no_author",
            ),
        ),
        migrations.AddConstraint(
            model_name="roundquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("competency", None), ("kind", "rating"), _connector="OR"),
                name="rated_question_has_competency",
                violation_error_message="Only a rating can stand for a competency.",
            ),
        ),
        migrations.AddConstraint(
            model_name="feedbackround",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["asked", "collecting", "nominating"])),
                fields=("subject",),
                name="one_open_round_per_subject",
                violation_error_message="A round about this person is open already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="feedbackround",
            constraint=models.CheckConstraint(
                condition=models.Q(("min_raters__gte", 3)),
                name="three_raters_at_least",
                violation_error_message="Fewer than three answers would not keep anybody’s name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetanswer",
            constraint=models.UniqueConstraint(fields=("sheet", "question"), name="one_answer_per_question_and_sheet"),
        ),
    ]
