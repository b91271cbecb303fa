"""Numbers by the hundred thousand, out of the database and into it, without a row ever becoming an object.

PostgreSQL copies out as text, which numpy reads a few times faster than Python its tuples, and takes whole columns in as
arrays. Other databases do the same slowly.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Model, QuerySet

from calibration.variances import Floats

BATCH = 2000


def read(rows: QuerySet) -> Floats:
    """The numbers that a `values_list` finds, sorted by its first column, then the second, and so on."""
    statement, params = rows.query.sql_with_params()
    columns = len(rows.query.values_select) + len(rows.query.annotation_select)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            wanted = cursor.mogrify(statement, params).decode()
            text = io.StringIO()
            cursor.copy_expert(f"COPY ({wanted}) TO STDOUT WITH (DELIMITER ' ', NULL 'nan')", text)
            found = np.fromstring(text.getvalue(), sep=" ").reshape(-1, columns)
        else:
            cursor.execute(statement, params)
            found = as_array(cursor.fetchall(), columns)
    return found[np.lexsort(found.T[::-1])]


def as_array(rows: Sequence[Sequence[Any]], columns: int) -> Floats:
    """Tuples of numbers as an array, unknown ones as NaN."""
    return np.array(rows, dtype=float).reshape(-1, columns)


def insert(model: type[Model], columns: Mapping[str, Sequence[Any]], **constants: Any) -> list[int]:
    """A row for each entry of the columns, with the same constants in all; their ids, in the same order.

    Fields are named as in the table's model, foreign keys with `_id`; all others take their defaults.
    """
    template = model(**constants)
    if connection.vendor != "postgresql":
        rows = (
            model(**constants, **dict(zip(columns, row, strict=True))) for row in zip(*columns.values(), strict=True)
        )
        return [row.pk for row in model._default_manager.bulk_create(rows, batch_size=BATCH)]
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    given = [field for field in fields if field.attname in columns]
    others = [field for field in fields if field.attname not in columns]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in (*given, *others))
    arrays = ", ".join(f"%s::{_type(field)}[]" for field in given)
    values = ", ".join([*(f"made.c{at}" for at in range(len(given))), *(f"%s::{_type(field)}" for field in others)])
    aliases = ", ".join(f"c{at}" for at in range(len(given)))
    statement = (  # names of our own tables and columns only; every value is a parameter
        f"INSERT INTO {quote(model._meta.db_table)} ({names}) SELECT {values} "  # noqa: S608  (see above)
        f"FROM unnest({arrays}) WITH ORDINALITY AS made ({aliases}, place) ORDER BY made.place RETURNING id"
    )
    constant = [field.get_db_prep_save(getattr(template, field.attname), connection) for field in others]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*constant, *(list(columns[field.attname]) for field in given)])
        return [pk for (pk,) in cursor.fetchall()]


def _type(field: Any) -> str:
    return str(field.db_type(connection))
