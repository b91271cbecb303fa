import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("calibration", "0003_evidence"),
        ("people", "0003_list_exports"),
        ("performance", "0008_goal_proposals"),
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
    ]
