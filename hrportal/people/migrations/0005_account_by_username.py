from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_importance"),
    ]

    operations = [
        migrations.AddIndex(model_name="user", index=models.Index(Lower("username"), name="account_by_username")),
    ]
