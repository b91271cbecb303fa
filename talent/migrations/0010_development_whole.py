import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


def say_where_items_came_from(apps, schema_editor):
    """What has a source came of a review; of what was written by hand nobody knows any longer who wished it."""
    items = apps.get_model("talent", "PlanItem").objects
    items.filter(origin="").exclude(source="").update(origin="review")


class Migration(migrations.Migration):
    dependencies = [
        ("talent", "0009_retention"),
        ("people", "0004_importance"),
    ]

    operations = [
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
            ],
            options={
                "ordering": ["-proposed_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="MentoringGoal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="goal")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                ("done_at", models.DateTimeField(blank=True, null=True)),
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
            ],
            options={
                "ordering": ["competency__name"],
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
            ],
            options={
                "ordering": ["-on", "-id"],
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
            ],
            options={
                "ordering": ["competency__name"],
            },
        ),
        migrations.AddField(
            model_name="planaction",
            name="evidence_url",
            field=models.URLField(blank=True, max_length=500, verbose_name="link to the evidence"),
        ),
        migrations.AddField(
            model_name="planaction",
            name="progress",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="progress",
            ),
        ),
        migrations.AddField(
            model_name="planaction",
            name="source",
            field=models.CharField(blank=True, max_length=100),
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
        migrations.AddField(
            model_name="planitem",
            name="closed_by",
            field=models.CharField(
                blank=True,
                choices=[("reassessment", "A new assessment"), ("evidence", "Evidence")],
                max_length=20,
                verbose_name="closed by",
            ),
        ),
        migrations.AddField(
            model_name="planitem",
            name="closing_words",
            field=models.TextField(blank=True, verbose_name="what shows it, or why it was given up"),
        ),
        migrations.AddField(
            model_name="planitem",
            name="from_level",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)],
            ),
        ),
        migrations.AddField(
            model_name="planitem",
            name="origin",
            field=models.CharField(
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
        migrations.AddField(
            model_name="planitem",
            name="purpose",
            field=models.CharField(
                blank=True,
                choices=[("current", "Close a gap of today’s role"), ("next", "Build for the next role")],
                max_length=20,
                verbose_name="purpose",
            ),
        ),
        migrations.AddField(
            model_name="planitem",
            name="reached_level",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)],
            ),
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
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="enrolments",
                        to="talent.planaction",
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
            ],
            options={
                "ordering": ["-requested_at", "-id"],
            },
        ),
        migrations.AddField(
            model_name="planaction",
            name="learning_item",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="talent.learningitem",
                verbose_name="from the catalogue",
            ),
        ),
        migrations.AddConstraint(
            model_name="planaction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source", ""), _negated=True), fields=("source",), name="one_plan_action_per_source"
            ),
        ),
        migrations.AddField(
            model_name="mentoring",
            name="declined_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
            ),
        ),
        migrations.AddField(
            model_name="mentoring",
            name="mentee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="mentorings_had", to="people.employee"
            ),
        ),
        migrations.AddField(
            model_name="mentoring",
            name="mentor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="mentorings_given", to="people.employee"
            ),
        ),
        migrations.AddField(
            model_name="mentoring",
            name="proposed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
            ),
        ),
        migrations.AddField(
            model_name="mentoringgoal",
            name="mentoring",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="goals", to="talent.mentoring"
            ),
        ),
        migrations.AddField(
            model_name="mentoringmeeting",
            name="mentoring",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="meetings", to="talent.mentoring"
            ),
        ),
        migrations.AddField(
            model_name="mentoringmeeting",
            name="noted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
            ),
        ),
        migrations.AddField(
            model_name="mentoringwish",
            name="mentee",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="mentoring_wish", to="people.employee"
            ),
        ),
        migrations.AddField(
            model_name="mentoroffer",
            name="mentor",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="mentor_offer", to="people.employee"
            ),
        ),
        migrations.AddField(
            model_name="mentorsuggestion",
            name="mentee",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.employee"
            ),
        ),
        migrations.AddField(
            model_name="mentorsuggestion",
            name="mentor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.employee"
            ),
        ),
        migrations.AddField(
            model_name="offeredskill",
            name="competency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.competency"
            ),
        ),
        migrations.AddField(
            model_name="offeredskill",
            name="offer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="skills", to="talent.mentoroffer"
            ),
        ),
        migrations.AddField(
            model_name="plancheckin",
            name="by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
            ),
        ),
        migrations.AddField(
            model_name="plancheckin",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="check_ins", to="talent.planitem"
            ),
        ),
        migrations.AddField(
            model_name="wishedskill",
            name="competency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.competency"
            ),
        ),
        migrations.AddField(
            model_name="wishedskill",
            name="wish",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="skills", to="talent.mentoringwish"
            ),
        ),
        migrations.AddIndex(
            model_name="learningitem",
            index=models.Index(fields=["competency", "level"], name="learning_builds"),
        ),
        migrations.AddConstraint(
            model_name="learningitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("external_key", ""), _negated=True),
                fields=("external_key",),
                name="one_learning_item_per_key",
                violation_error_message="Another entry has this key.",
            ),
        ),
        migrations.AddConstraint(
            model_name="learningitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("proof", "none"),
                    models.Q(("competency__isnull", False), ("level__isnull", False)),
                    _connector="OR",
                ),
                name="proof_names_its_level",
                violation_error_message="What gives a level names the competency and the level.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["requested", "enrolled"])),
                fields=("learning_item", "employee"),
                name="one_enrolment_under_way",
                violation_error_message="This person is enrolled already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("external_key", ""), _negated=True),
                fields=("external_key",),
                name="one_enrolment_per_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "completed"), _negated=True), ("completed_on__isnull", False), _connector="OR"
                ),
                name="completion_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="mentoring",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["proposed", "active"])),
                fields=("mentor", "mentee"),
                name="one_mentoring_of_two",
                violation_error_message="These two are proposed or meet already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mentoring",
            constraint=models.CheckConstraint(
                condition=models.Q(("mentor", models.F("mentee")), _negated=True),
                name="mentor_is_another",
                violation_error_message="Nobody mentors themselves.",
            ),
        ),
        migrations.AddConstraint(
            model_name="offeredskill",
            constraint=models.UniqueConstraint(fields=("offer", "competency"), name="one_offered_level"),
        ),
        migrations.AddConstraint(
            model_name="offeredskill",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__range", (1, 5))), name="offered_level_in_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="plancheckin",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("note", ""), _negated=True), ("progress__isnull", False), _connector="OR"),
                name="check_in_says_something",
                violation_error_message="Write a note, or say how far it is.",
            ),
        ),
        migrations.AddConstraint(
            model_name="wishedskill",
            constraint=models.UniqueConstraint(fields=("wish", "competency"), name="one_wished_level"),
        ),
        migrations.AddConstraint(
            model_name="wishedskill",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__range", (1, 5))), name="wished_level_in_range"
            ),
        ),
        migrations.RunPython(say_where_items_came_from, migrations.RunPython.noop),
    ]
