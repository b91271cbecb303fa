"""What an import is told, and the refusal of a whole file."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.utils import timezone


class ImportRefused(Exception):
    """The file as a whole cannot be taken in; the words say why."""


@dataclass(frozen=True)
class Lookup:
    """Another file that says what the codes of a column mean."""

    column: str
    file: Path
    code: str
    name: str


@dataclass(frozen=True)
class Options:
    """How to take a file. `source` names the system it comes from: a file is the whole company of its source.

    `names` say which of our columns theirs are ("" for none); `date_format` is how days are written beside 2026-01-31;
    employee numbers shorter than `digits` lost their zeros in a spreadsheet and get them back. `on_line` hears of every
    line that is read.
    """

    file: Path
    source: str = "hris"
    effective_on: datetime.date = field(default_factory=timezone.localdate)
    names: dict[str, str] = field(default_factory=dict)
    lookups: tuple[Lookup, ...] = ()
    email_domain: str = ""
    encoding: str = "utf-8-sig"
    is_dry_run: bool = False
    is_strict: bool = False
    allow_leavers: bool = False
    sheet: str = ""
    date_format: str = ""
    digits: int = 0
    on_line: Callable[[], None] | None = None
