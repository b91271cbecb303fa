"""What an import is told, and the refusal of a whole file."""

import datetime
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
    """How to take a file. `source` names the system it comes from: a file is the whole company of its source."""

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
