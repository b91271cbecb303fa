import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_importance"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("talent", "0006_talent_reviews"),
    ]

    operations = [
        migrations.CreateModel(
            name="BenchSnapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("plan_version", models.PositiveIntegerField()),
                ("taken_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="endorsed")),
                ("content", models.JSONField(default=dict)),
                ("rested_on_stale", models.JSONField(blank=True, default=list)),
            ],
            options={
                "ordering": ["-taken_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="BenchStudy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("client_id", models.CharField(blank=True, max_length=100)),
                ("job_id", models.BigIntegerField(editable=False, null=True)),
                ("figures", models.JSONField(default=dict)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("computed_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name_plural": "bench studies",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Experience",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="experience")),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="ExternalSuccessor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("note", models.TextField(blank=True, verbose_name="what is known")),
                ("named_on", models.DateField(verbose_name="named on")),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("removed_because", models.TextField(blank=True, verbose_name="why removed")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="HeldExperience",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_held", models.BooleanField(verbose_name="has it")),
                ("assessed_on", models.DateField(verbose_name="assessed on")),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name="NinetyDayPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("starts_on", models.DateField(verbose_name="starts on")),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-starts_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="RoleExperience",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
        ),
        migrations.CreateModel(
            name="SnapshotSeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "readiness",
                    models.CharField(
                        choices=[
                            ("ready_now", "Ready now"),
                            ("soon", "1–2 years"),
                            ("later", "3–5 years"),
                            ("emergency", "Emergency cover"),
                        ],
                        max_length=20,
                    ),
                ),
                ("emergency_cover", models.BooleanField(default=False)),
                ("rank", models.PositiveSmallIntegerField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "Proposed"), ("approved", "Approved"), ("removed", "Removed")],
                        max_length=10,
                    ),
                ),
                ("assessed_on", models.DateField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="successionplan",
            name="critical_because",
            field=models.JSONField(blank=True, default=list, verbose_name="kinds of reason"),
        ),
        migrations.AddField(
            model_name="successionplan",
            name="criticality",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="From 1 to 5: how much stops, and for how long, when nobody sits here. Empty: nobody judged it yet.",
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)],
                verbose_name="criticality",
            ),
        ),
        migrations.AddField(
            model_name="successionplan",
            name="is_first_rank_vacant",
            field=models.BooleanField(
                default=False,
                help_text="Nobody is good enough yet to be the first choice; the ranks begin with 2.",
                verbose_name="rank 1 is left vacant",
            ),
        ),
        migrations.AddField(
            model_name="successionplan",
            name="is_private",
            field=models.BooleanField(
                default=False,
                help_text="Only HR leaders and the owner of the plan see a private plan.",
                verbose_name="private",
            ),
        ),
        migrations.AddField(
            model_name="successionplan",
            name="vacancy_because",
            field=models.JSONField(blank=True, default=list, verbose_name="what makes a vacancy likely"),
        ),
        migrations.AddField(
            model_name="successor",
            name="approved_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="successor",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
            ),
        ),
        migrations.AddField(
            model_name="successor",
            name="emergency_cover",
            field=models.BooleanField(
                default=False,
                help_text="Could hold the role for up to six months, whatever their readiness to keep it.",
                verbose_name="emergency cover",
            ),
        ),
        migrations.AddField(
            model_name="successor",
            name="rested_on_stale",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddConstraint(
            model_name="successionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("criticality", None), ("criticality__range", (1, 5)), _connector="OR"),
                name="criticality_in_range",
            ),
        ),
        migrations.AddField(
            model_name="benchsnapshot",
            name="endorsed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
            ),
        ),
        migrations.AddField(
            model_name="benchsnapshot",
            name="incumbent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
            ),
        ),
        migrations.AddField(
            model_name="benchsnapshot",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="snapshots", to="talent.successionplan"
            ),
        ),
        migrations.AddField(
            model_name="benchstudy",
            name="user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="experience",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("name"), name="one_experience_per_name"
            ),
        ),
        migrations.AddField(
            model_name="externalsuccessor",
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
            model_name="externalsuccessor",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="externals", to="talent.successionplan"
            ),
        ),
        migrations.AddField(
            model_name="heldexperience",
            name="assessed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
            ),
        ),
        migrations.AddField(
            model_name="heldexperience",
            name="employee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="experiences", to="people.employee"
            ),
        ),
        migrations.AddField(
            model_name="heldexperience",
            name="experience",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="talent.experience"
            ),
        ),
        migrations.AddField(
            model_name="ninetydayplan",
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
            model_name="ninetydayplan",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.employee",
            ),
        ),
        migrations.AddField(
            model_name="ninetydayplan",
            name="successor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="ninety_day_plans", to="talent.successor"
            ),
        ),
        migrations.AddField(
            model_name="roleexperience",
            name="experience",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="talent.experience"
            ),
        ),
        migrations.AddField(
            model_name="roleexperience",
            name="job",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="experiences", to="people.job"
            ),
        ),
        migrations.AddField(
            model_name="snapshotseat",
            name="employee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.employee"
            ),
        ),
        migrations.AddField(
            model_name="snapshotseat",
            name="snapshot",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="talent.benchsnapshot"
            ),
        ),
        migrations.AddIndex(
            model_name="benchsnapshot",
            index=models.Index(fields=["plan", "-taken_at"], name="snapshot_of_plan"),
        ),
        migrations.AddIndex(
            model_name="benchstudy",
            index=models.Index(fields=["user", "-id"], name="bench_study_latest"),
        ),
        migrations.AddConstraint(
            model_name="heldexperience",
            constraint=models.UniqueConstraint(fields=("employee", "experience"), name="one_line_per_experience"),
        ),
        migrations.AddConstraint(
            model_name="roleexperience",
            constraint=models.UniqueConstraint(fields=("job", "experience"), name="one_experience_per_job"),
        ),
        migrations.AddConstraint(
            model_name="snapshotseat",
            constraint=models.UniqueConstraint(fields=("snapshot", "employee"), name="once_in_a_snapshot"),
        ),
    ]
