import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("performance", "0005_feedback_rounds"),
    ]

    operations = [
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
        ),
        migrations.AddConstraint(
            model_name="onetoone",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("manager", "employee"),
                name="one_running_series_per_pair",
                violation_error_message="You two have one-to-ones already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="onetoone",
            constraint=models.CheckConstraint(
                condition=models.Q(("manager", models.F("employee")), _negated=True), name="one_to_one_takes_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "planned")),
                fields=("one_to_one",),
                name="one_planned_meeting",
                violation_error_message="The next meeting is planned already.",
            ),
        ),
        migrations.AddIndex(
            model_name="actionitem",
            index=models.Index(condition=models.Q(("done_at", None)), fields=["owner"], name="one_to_one_action_open"),
        ),
        migrations.AddConstraint(
            model_name="privatenote",
            constraint=models.UniqueConstraint(fields=("meeting", "author"), name="one_private_note_per_author"),
        ),
    ]
