"""Rows as compressed files. What is in them is read by programs, so every value is what the API says and nothing else."""

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TextIO

from rest_framework.utils.encoders import JSONEncoder

from hrportal.common.models import StoredFile
from hrportal.common.stored import StoredWriter
from hrportal.integrations.feeds.enums import TableFormat

CONTENT_TYPE = "application/gzip"
Row = dict[str, Any]


def write_table(rows: Iterable[Row], columns: Sequence[str], format: str) -> StoredFile:
    """The rows as a file, written part by part."""
    with StoredWriter(CONTENT_TYPE) as stored:
        # Without name and time, the same rows are the same bytes.
        with (
            gzip.GzipFile(filename="", fileobj=stored, mode="wb", mtime=0) as packed,
            io.TextIOWrapper(packed, encoding="utf-8", newline="") as text,
        ):
            _WRITERS[format](rows, columns, text)
        return stored.finish()


def _as_ndjson(rows: Iterable[Row], columns: Sequence[str], text: TextIO) -> None:
    for row in rows:
        text.write(json.dumps(row, cls=JSONEncoder, ensure_ascii=False, separators=(",", ":")) + "\n")


def _as_csv(rows: Iterable[Row], columns: Sequence[str], text: TextIO) -> None:
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])


def _cell(value: Any) -> Any:
    """Nothing is an empty cell; what is neither a text nor a number is JSON."""
    if value is None or isinstance(value, str) or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    return json.dumps(value, cls=JSONEncoder, ensure_ascii=False).strip('"')


_WRITERS: dict[str, Callable[[Iterable[Row], Sequence[str], TextIO], None]] = {
    TableFormat.NDJSON: _as_ndjson,
    TableFormat.CSV: _as_csv,
}
