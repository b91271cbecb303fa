import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

GROUPS = {"hrleader": "Role: HR leader", "executive": "Role: Executive", "admin": "Role: System administrator"}


def add_groups(apps, schema_editor):
    """The roles that are not over a unit, each as a group that clients can fill."""
    ScimGroup = apps.get_model("scim", "ScimGroup")
    for role, name in GROUPS.items():
        ScimGroup.objects.get_or_create(client=None, role=role, org_unit=None, defaults={"display_name": name})


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("scim", "0001_initial"),
        ("scim", "0002_role_groups"),
    ]

    dependencies = [
        ("people", "0001_squashed_0011_export_content"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="ScimClient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, unique=True, verbose_name="name")),
                ("takes_on_people", models.BooleanField(default=False, verbose_name="takes on people")),
                ("ends_employments", models.BooleanField(default=False, verbose_name="ends employments")),
                ("sends_invitations", models.BooleanField(default=False, verbose_name="sends invitations")),
                (
                    "is_privileged",
                    models.BooleanField(default=False, verbose_name="may give and take privileged roles"),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "SCIM client",
                "verbose_name_plural": "SCIM clients",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="ScimAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("generation", models.PositiveSmallIntegerField(default=1)),
                ("display_name", models.CharField(blank=True, max_length=200)),
                ("is_email_primary", models.BooleanField(null=True)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scim", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ScimGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("display_name", models.CharField(max_length=200, verbose_name="name")),
                ("external_id", models.CharField(blank=True, max_length=200)),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hrbp", "HR business partner"),
                            ("hrleader", "HR leader"),
                            ("executive", "Executive"),
                            ("admin", "System administrator"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "client",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groups",
                        to="scim.scimclient",
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
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role", "hrbp"), _negated=True), ("org_unit__isnull", False), _connector="OR"
                        ),
                        name="partner_group_has_unit",
                        violation_error_message="An HR business partner needs a unit to look after.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ScimMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="scim.scimgroup"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scim_memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("group", "user"), name="once_in_a_group")],
            },
        ),
        migrations.AddField(
            model_name="scimgroup",
            name="members",
            field=models.ManyToManyField(
                related_name="scim_groups", through="scim.ScimMember", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.CreateModel(
            name="ScimRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("method", models.CharField(max_length=7)),
                ("path", models.CharField(max_length=200)),
                ("status", models.PositiveSmallIntegerField()),
                ("detail", models.CharField(blank=True, max_length=300)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="scim.scimclient"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["client", "-id"], name="scim_request_of_client"),
                    models.Index(fields=["made_at"], name="scim_request_made"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScimToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("beginning", models.CharField(max_length=16)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tokens", to="scim.scimclient"
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ExternalId",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.CharField(max_length=200)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="external_ids",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="external_ids", to="scim.scimclient"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("client", "value"), name="one_account_per_external_id"),
                    models.UniqueConstraint(fields=("client", "user"), name="one_external_id_per_account"),
                ],
            },
        ),
        migrations.RunPython(add_groups, migrations.RunPython.noop, elidable=False),
    ]
