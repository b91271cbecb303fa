"""Files of long lists move from one column into parts of a megabyte."""

import hashlib

import django.db.models.deletion
from django.db import migrations, models

PART = 1 << 20


def into_parts(apps, schema_editor):
    exports = apps.get_model("people", "ListExport")
    files, parts = apps.get_model("common", "StoredFile"), apps.get_model("common", "StoredPart")
    types = {"csv": "text/csv; charset=utf-8"}
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    for export in exports.objects.exclude(content=None).iterator(chunk_size=1):
        content = bytes(export.content)
        file = files.objects.create(
            content_type=types.get(export.format, sheet),
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            made_at=export.made_at,
        )
        for number, start in enumerate(range(0, len(content), PART)):
            parts.objects.create(file=file, number=number, content=content[start : start + PART])
        exports.objects.filter(pk=export.pk).update(file=file)


def into_columns(apps, schema_editor):
    exports, parts = apps.get_model("people", "ListExport"), apps.get_model("common", "StoredPart")
    for export in exports.objects.exclude(file=None).iterator(chunk_size=1):
        found = parts.objects.filter(file=export.file_id).order_by("number").values_list("content", flat=True)
        exports.objects.filter(pk=export.pk).update(content=b"".join(map(bytes, found)))


class Migration(migrations.Migration):
    dependencies = [
        ("common", "0002_stored_files"),
        ("people", "0009_inactive_organisation"),
    ]

    operations = [
        migrations.AddField(
            model_name="listexport",
            name="file",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="common.storedfile",
            ),
        ),
        migrations.RunPython(into_parts, into_columns),
    ]
