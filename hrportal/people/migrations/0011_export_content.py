from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0010_export_files")]

    operations = [migrations.RemoveField(model_name="listexport", name="content")]
