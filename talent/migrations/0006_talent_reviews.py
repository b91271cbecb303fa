from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("talent", "0005_potential"),
        ("people", "0004_importance"),
    ]

    operations: list[migrations.operations.base.Operation] = []
