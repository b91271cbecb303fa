from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("talent", "0006_talent_reviews"),
        ("people", "0004_importance"),
    ]

    operations: list[migrations.operations.base.Operation] = []
