from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0008_pending_managers")]

    operations = [
        migrations.AddField(
            model_name=name, name="is_active", field=models.BooleanField(default=True, verbose_name="active")
        )
        for name in ("job", "legalentity", "location")
    ]
