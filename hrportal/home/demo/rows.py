"""Rows on their way into the database, in batches: COPY on PostgreSQL, multi-row INSERT elsewhere."""

import io
import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max

BATCH = 5000
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})

Row = TypeVar("Row", bound=models.Model)


class Rows:
    """Gives every row its id at once, so that children can name their parents before either is written.

    Foreign keys are checked at the end of a transaction, so the order of writing does not matter; memory holds one
    batch of each table and never more.
    """

    def __init__(self) -> None:
        self._last: dict[type[models.Model], int] = {}
        self._waiting: dict[type[models.Model], list[models.Model]] = defaultdict(list)

    def add(self, row: Row) -> Row:
        """Take a row for writing; it has its id from here on."""
        model = type(row)
        if row.pk is None:
            row.pk = self.next_id(model)
        waiting = self._waiting[model]
        waiting.append(row)
        if len(waiting) >= BATCH:
            self._write(model)
        return row

    def flush(self) -> None:
        """Write all that waits and have its foreign keys checked."""
        for model in list(self._waiting):
            self._write(model)
        if connection.vendor == "postgresql":
            connection.check_constraints()

    def close(self) -> None:
        """Write the rest and let the database number its next rows after ours."""
        self.flush()
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(self._last)):
                cursor.execute(statement)

    def next_id(self, model: type[models.Model]) -> int:
        """The id of a row that is still being made."""
        if model not in self._last:
            self._last[model] = model._default_manager.aggregate(last=Max("pk"))["last"] or 0
        self._last[model] += 1
        return self._last[model]

    def _write(self, model: type[models.Model]) -> None:
        rows, self._waiting[model] = self._waiting[model], []
        if not rows:
            return
        if connection.vendor == "postgresql":
            copy_rows(model, rows)
        else:
            model._default_manager.bulk_create(rows)


def copy_rows(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Write rows of one table with PostgreSQL's COPY."""
    fields = model._meta.concrete_fields
    filled_in = [
        field for field in fields if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    ]
    to_text = [(field.attname, isinstance(field, models.JSONField)) for field in fields]
    lines = io.StringIO()
    for row in rows:
        for field in filled_in:
            field.pre_save(row, True)
        values = row.__dict__
        lines.write("\t".join([_text(values[name], is_json) for name, is_json in to_text]))
        lines.write("\n")
    lines.seek(0)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {connection.ops.quote_name(model._meta.db_table)} ({columns}) FROM STDIN", lines)


def _text(value: Any, is_json: bool) -> str:
    """A value as COPY reads it."""
    if value is None:
        return "\\N"
    if is_json:
        value = json.dumps(value)
    return value.translate(ESCAPES) if isinstance(value, str) else str(value)
