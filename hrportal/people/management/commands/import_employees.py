"""`manage.py import_employees FILE`: take in the employees of an HRIS."""

import datetime
from argparse import ArgumentTypeError, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hrportal.people.importing import ImportRefused, Lookup, Options, import_employees
from hrportal.people.importing.columns import COLUMNS
from hrportal.people.importing.mapping import plain
from hrportal.people.importing.report import Report

HELP = f"""Take in employees from a CSV file.

Columns: {", ".join(COLUMNS)}.
employee_number, first_name and last_name are required. The case of headers does not matter, spaces and underscores are alike; columns
with other names are ignored. A cell that is blank leaves what is stored alone; a cell with "-" clears it.

The file is taken as everyone of its source: people of the same source who are missing in it, or whose leave date
is past, are ended. Somebody who had left and stands in it again without a leave date has come back. A file that
would end more than a tenth of the people is refused unless you say --allow-leavers.

Wrong rows stay out and are reported; the others go in. Running the same file twice changes nothing.
"""


class Command(BaseCommand):
    help = HELP

    def create_parser(self, *args: Any, **kwargs: Any) -> CommandParser:
        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")
        parser.add_argument("--strict", action="store_true", help="take in nothing while one row is wrong")
        parser.add_argument("--allow-leavers", action="store_true", help="end as many people as the file says")
        parser.add_argument("--errors", type=Path, metavar="FILE", help="write the wrong rows to this CSV file")
        parser.add_argument("--source", default="hris", metavar="NAME", help="the system the file comes from (hris)")
        parser.add_argument("--encoding", default="utf-8-sig", metavar="NAME", help="the file's encoding (UTF-8)")
        parser.add_argument("--email-domain", default="", metavar="D", help="for mail addresses that are only a name")
        parser.add_argument("--effective-on", type=_day, metavar="DAY", help="the day the file speaks of (today)")
        parser.add_argument(
            "--map", type=_pair, action="append", default=[], metavar="THEIRS=OURS", help="what a column is called here"
        )
        parser.add_argument(
            "--lookup",
            type=_lookup,
            action="append",
            default=[],
            metavar="COLUMN=FILE:CODE:NAME",
            help="a file, beside FILE, that says what the codes of org_unit, job, position, location or legal_entity mean",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = import_employees(_options(options), by=None)
        except ImportRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self._print(report, is_dry_run=options["dry_run"])
        if options["errors"]:
            report.write_errors(options["errors"])
            self.stdout.write(f"Wrong rows are in {options['errors']}.")
        if not report.is_applied and not options["dry_run"]:
            raise CommandError("Nothing was taken in, because some rows are wrong.")

    def _print(self, report: Report, *, is_dry_run: bool) -> None:
        if report.ignored_columns:
            self.stdout.write(f"Ignored columns: {', '.join(report.ignored_columns)}.")
        for column, codes in report.new_codes.items():
            self.stdout.write(f"New in {column}: {_some(codes)}.")
        if is_dry_run:
            self._print_changes(report)
        for error in report.errors[:20]:
            self.stderr.write(f"Line {error.line}, {error.column or 'row'} {error.value!r}: {error.reason}.")
        verb = "would be" if not report.is_applied else "were"
        counts = ", ".join(f"{count} {kind}" for kind, count in report.counts.items()) or "nobody changed"
        self.stdout.write(f"{report.rows} rows: {verb} {counts}; {report.refused} lines with errors.")

    def _print_changes(self, report: Report) -> None:
        for change in report.first_changes:
            self.stdout.write(f"{change.kind} {change.number}" + (f" from {change.on}" if change.on else ""))
            for name, (old, new) in change.fields.items():
                self.stdout.write(f"  {name}: {_shown(old)} -> {_shown(new)}")


def _options(options: dict[str, Any]) -> Options:
    file: Path = options["file"]
    lookups = tuple(Lookup(column, file.parent / name, *rest) for column, name, *rest in options["lookup"])
    given = {"effective_on": options["effective_on"]} if options["effective_on"] else {}
    return Options(
        file=file,
        source=options["source"],
        names=dict(options["map"]),
        lookups=lookups,
        email_domain=options["email_domain"],
        encoding=options["encoding"],
        is_dry_run=options["dry_run"],
        is_strict=options["strict"],
        allow_leavers=options["allow_leavers"],
        **given,
    )


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError("not a day like 2026-01-31") from error


def _pair(text: str) -> tuple[str, str]:
    theirs, equals, ours = text.partition("=")
    if not (theirs and equals and ours):
        raise ArgumentTypeError("write THEIRS=OURS")
    return theirs, ours


def _lookup(text: str) -> tuple[str, str, str, str]:
    column, _equals, rest = text.partition("=")
    parts = rest.rsplit(":", 2)
    if len(parts) != 3 or not all(parts):
        raise ArgumentTypeError("write COLUMN=FILE:CODE:NAME")
    return (plain(column), parts[0], parts[1], parts[2])


def _some(codes: list[str]) -> str:
    shown = ", ".join(codes[:10])
    return shown if len(codes) <= 10 else f"{shown} and {len(codes) - 10} more"


def _shown(value: object) -> str:
    return "(nothing)" if value in (None, "") else str(value)
