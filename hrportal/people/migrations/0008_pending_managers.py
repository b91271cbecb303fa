import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

KEYS = [("employee_number", "Employee number"), ("remote_id", "Id in the source system"), ("work_email", "Work e-mail")]


class Migration(migrations.Migration):
    dependencies = [("people", "0007_personal_tokens")]

    operations = [
        migrations.CreateModel(
            name="PendingManager",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(choices=KEYS, max_length=20, verbose_name="named by")),
                ("source", models.CharField(blank=True, max_length=50, verbose_name="source system")),
                ("value", models.CharField(max_length=254, verbose_name="named as")),
                (
                    "starts_on",
                    models.DateField(help_text="From this day on they report to whoever it is.", verbose_name="from"),
                ),
                ("problem", models.TextField(blank=True, verbose_name="problem")),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "employee",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pending_manager",
                        to="people.employee",
                    ),
                ),
            ],
            options={
                "verbose_name": "pending manager",
                "verbose_name_plural": "pending managers",
                "indexes": [models.Index(fields=["key", "value"], name="pending_manager_key")],
            },
        )
    ]
