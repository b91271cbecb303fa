"""Writing many rows at once: COPY on PostgreSQL, multi-row INSERT elsewhere.

Nothing is checked but what the database itself checks, so whoever writes this way knows that its rows are good.
"""

import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import Max

Row = TypeVar("Row", bound=models.Model)

BATCH = 2000
FEW = 100  # so many rows take a multi-row INSERT no longer than COPY, which asks for their ids first
PIECE = 1 << 16
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
ESCAPED = re.compile(r"[\\\t\n\r]")
NULL = "\\N"
as_json = json.JSONEncoder(ensure_ascii=False).encode


def reserve_ids(model: type[models.Model], count: int) -> Sequence[int]:
    """The ids of rows that are about to be written, so that others can name them before."""
    if connection.vendor != "postgresql":
        # Only one transaction writes at a time there.
        first = (model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1
        return range(first, first + count)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(ids) FROM (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS ids OFFSET 0) AS it,"
            " generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [pk for (pk,) in cursor.fetchall()]


def write_values(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows given as values in the order of `names` (of attributes: `manager_id`, not `manager`)."""
    if connection.vendor == "postgresql":
        _copy(model, names, rows)
    else:
        made = (model(**dict(zip(names, row, strict=True))) for row in rows)
        model._default_manager.bulk_create(made, batch_size=BATCH)


def write_rows(rows: Iterable[Row]) -> list[Row]:
    """Write new instances of one model and give them their ids."""
    rows = list(rows)
    if not rows:
        return rows
    model = type(rows[0])
    if connection.vendor != "postgresql" or len(rows) <= FEW:
        return model._default_manager.bulk_create(rows, batch_size=BATCH)
    for row, pk in zip(rows, reserve_ids(model, len(rows)), strict=True):
        row.pk, row._state.adding, row._state.db = pk, False, connection.alias
    copy_rows(model, rows)
    return rows


def copy_rows(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Write instances of one model that have their ids. Only on PostgreSQL."""
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    filled_in = [
        field for field in fields if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    ]

    def values() -> Iterable[list[Any]]:
        for row in rows:
            for field in filled_in:
                field.pre_save(row, True)
            held = row.__dict__
            yield [held[name] for name in names]

    _copy(model, names, values())


def _copy(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    documents = [place for place, name in enumerate(names) if isinstance(fields[name], models.JSONField)]
    lines = io.StringIO()
    for row in rows:
        if documents:
            row = list(row)
            for place in documents:
                row[place] = as_json(row[place])
        lines.write(_line(row))
        lines.write("\n")
    lines.seek(0)
    columns = ", ".join(connection.ops.quote_name(str(fields[name].column)) for name in names)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(
            f"COPY {connection.ops.quote_name(model._meta.db_table)} ({columns}) FROM STDIN", lines, PIECE
        )


def _line(row: Sequence[Any]) -> str:
    """A row as COPY reads it. Hardly any holds what has to be escaped, so that is looked for in all its texts at once."""
    if ESCAPED.search("".join([value for value in row if isinstance(value, str)])):
        row = [value.translate(ESCAPES) if isinstance(value, str) else value for value in row]
    return "\t".join([value if isinstance(value, str) else NULL if value is None else str(value) for value in row])
