from django.db import migrations

GROUPS = {"hrleader": "Role: HR leader", "executive": "Role: Executive", "admin": "Role: System administrator"}


def add_groups(apps, schema_editor):
    """The roles that are not over a unit, each as a group that clients can fill."""
    ScimGroup = apps.get_model("scim", "ScimGroup")
    for role, name in GROUPS.items():
        ScimGroup.objects.get_or_create(client=None, role=role, org_unit=None, defaults={"display_name": name})


class Migration(migrations.Migration):
    dependencies = [
        ("scim", "0001_initial"),
    ]

    operations = [migrations.RunPython(add_groups, migrations.RunPython.noop, elidable=False)]
