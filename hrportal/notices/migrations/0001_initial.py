import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_squashed_0011_export_content"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("key", models.CharField(max_length=120)),
                ("words", models.JSONField(default=dict)),
                ("url", models.CharField(max_length=300)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="people.employee"
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-id"],
                "indexes": [
                    models.Index(fields=["employee", "-made_at"], name="notice_of_employee"),
                    models.Index(condition=models.Q(("mailed_at", None)), fields=["id"], name="notice_unmailed"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("employee", "kind", "key"), name="one_notice_per_occasion")
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeSetting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                (
                    "mail",
                    models.CharField(
                        choices=[("at_once", "At once"), ("daily", "In a daily summary"), ("never", "Not by e-mail")],
                        max_length=10,
                        verbose_name="by e-mail",
                    ),
                ),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice_settings",
                        to="people.employee",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("employee", "kind"), name="one_setting_per_kind")],
            },
        ),
    ]
