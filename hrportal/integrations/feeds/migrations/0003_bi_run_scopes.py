from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feeds", "0002_bi_exports")]

    operations = [
        migrations.AddField(
            model_name="birun",
            name="scopes",
            field=models.JSONField(default=list, help_text="What it was read with: fields of a row depend on them."),
        ),
    ]
