import uuid

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="IdempotentRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "principal",
                    models.CharField(help_text="The client and the person it acted for.", max_length=200),
                ),
                ("key", models.CharField(max_length=255)),
                ("fingerprint", models.CharField(help_text="Of method, address, scopes and body.", max_length=64)),
                (
                    "claim",
                    models.UUIDField(default=uuid.uuid4, help_text="Who works on it; only they may write the answer."),
                ),
                ("claimed_until", models.DateTimeField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "status",
                    models.PositiveSmallIntegerField(help_text="Of the answer; empty while there is none.", null=True),
                ),
                ("headers", models.JSONField(default=dict)),
                ("body", models.BinaryField(default=b"")),
            ],
            options={
                "indexes": [models.Index(fields=["created_at"], name="idempotent_created")],
                "constraints": [models.UniqueConstraint(fields=("principal", "key"), name="one_request_per_key")],
            },
        ),
    ]
