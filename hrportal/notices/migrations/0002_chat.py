import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_initial"),
        ("people", "0001_squashed_0011_export_content"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="posted_at",
            field=models.DateTimeField(
                blank=True,
                help_text="When it was posted to a chat or mailed instead; or when a chat was connected later.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="noticesetting",
            name="chat",
            field=models.CharField(
                blank=True,
                choices=[("at_once", "At once"), ("never", "Not in chat")],
                max_length=10,
                verbose_name="in chat",
            ),
        ),
        migrations.AlterField(
            model_name="noticesetting",
            name="mail",
            field=models.CharField(
                blank=True,
                choices=[("at_once", "At once"), ("daily", "In a daily summary"), ("never", "Not by e-mail")],
                max_length=10,
                verbose_name="by e-mail",
            ),
        ),
        migrations.CreateModel(
            name="ChatConnection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "service",
                    models.CharField(
                        choices=[("slack", "Slack"), ("slack_address", "Slack"), ("teams", "Teams")], max_length=20
                    ),
                ),
                ("sealed", models.TextField()),
                ("shown", models.CharField(max_length=254)),
                (
                    "state",
                    models.CharField(
                        choices=[("working", "Working"), ("broken", "Broken")], default="working", max_length=10
                    ),
                ),
                (
                    "broken_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "refused",
                                "It takes no messages any more: the address was removed, or what answers there was turned off.",
                            ),
                            ("unknown", "Slack does not know your account any more."),
                            ("portal_refused", "Slack refuses the portal itself. Your administrators were told."),
                            ("no_answer", "Message after message found no answer."),
                            ("address_lost", "What was stored of it cannot be read any more."),
                        ],
                        max_length=20,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("posted_at", models.DateTimeField(blank=True, help_text="When it last took a message.", null=True)),
                (
                    "trouble",
                    models.CharField(
                        blank=True, help_text="Why the latest attempt failed; empty if it did not.", max_length=100
                    ),
                ),
                ("failures", models.PositiveIntegerField(default=0, help_text="Attempts in a row that failed.")),
                ("not_before", models.DateTimeField(blank=True, null=True)),
                ("lease", models.CharField(blank=True, max_length=32)),
                (
                    "employee",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chat_connection",
                        to="people.employee",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("not_before__isnull", False)), fields=["not_before"], name="chat_resting"
                    )
                ],
            },
        ),
    ]
