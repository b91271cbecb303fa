from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("talent", "0010_development_whole"),
        ("people", "0004_importance"),
    ]

    operations = []
