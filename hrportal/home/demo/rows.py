"""Rows on their way into the database, in batches: COPY on PostgreSQL, multi-row INSERT elsewhere."""

from collections import defaultdict
from typing import TypeVar

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max

from hrportal.common.copying import copy_rows

BATCH = 5000

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
