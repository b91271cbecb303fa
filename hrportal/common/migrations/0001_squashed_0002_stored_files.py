import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("common", "0001_idempotent_requests"),
        ("common", "0002_stored_files"),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="IdempotentRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("principal", models.CharField(help_text="The client and the person it acted for.", max_length=200)),
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
        migrations.CreateModel(
            name="StoredPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="common.storedfile"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("file", "number"), name="one_stored_part_per_number")],
            },
        ),
    ]
