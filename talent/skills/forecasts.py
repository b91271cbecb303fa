"""Forecasts as a table that people bring along."""

import datetime
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.common.numbers import is_number
from hrportal.common.tables import read_table
from hrportal.people.models import Job, OrgUnit
from talent.actions.headcount import ForecastSeed

FORECAST_COLUMNS = ("job", "unit", "day", "number", "note")
REQUIRED = ("job", "day", "number")
MOST_LINES = 5000
LARGEST_NUMBER = 1_000_000
LONGEST_NOTE = 300


def seeds_of(text: str) -> list[ForecastSeed]:
    """The forecasts in a table; jobs and units by their codes. Refused as a whole, with the line and why, when one makes no sense."""
    table = read_table(text, most_lines=MOST_LINES)
    places = _places(table.header)
    rows = [(number, _cells(cells, places)) for number, cells in table.lines]
    jobs = {row.code.lower(): row for row in Job.objects.filter(code__in={cells["job"] for _n, cells in rows})}
    units = {row.code.lower(): row for row in OrgUnit.objects.filter(code__in={cells["unit"] for _n, cells in rows})}
    return [_seed(number, cells, jobs, units) for number, cells in rows]


def _places(header: Sequence[str]) -> dict[str, int]:
    names = [name.strip().lower() for name in header]
    if missing := [name for name in REQUIRED if name not in names]:
        raise ActionError(_("These columns are missing: %s.") % ", ".join(missing), field="text")
    return {name: names.index(name) for name in FORECAST_COLUMNS if name in names}


def _cells(cells: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    found = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
    return dict.fromkeys(FORECAST_COLUMNS, "") | found


def _seed(number: int, cells: Mapping[str, str], jobs: Mapping[str, Job], units: Mapping[str, OrgUnit]) -> ForecastSeed:
    job, unit = jobs.get(cells["job"].lower()), units.get(cells["unit"].lower())
    if job is None:
        raise _refused(number, _("there is no job with the code “%s”") % cells["job"])
    if cells["unit"] and unit is None:
        raise _refused(number, _("there is no unit with the code “%s”") % cells["unit"])
    return ForecastSeed(job, _day(number, cells["day"]), _number(number, cells["number"]), unit, _note(number, cells))


def _day(number: int, cell: str) -> datetime.date:
    try:
        return datetime.datetime.fromisoformat(cell).date()
    except ValueError as error:
        raise _refused(number, _("“%s” is no day like 2027-12-31") % cell) from error


def _number(number: int, cell: str) -> int:
    if not (is_number(cell) and int(cell) <= LARGEST_NUMBER):
        raise _refused(number, _("“%s” is no number of people") % cell)
    return int(cell)


def _note(number: int, cells: Mapping[str, str]) -> str:
    if len(cells["note"]) > LONGEST_NOTE:
        raise _refused(number, _("the note is too long"))
    return cells["note"]


def _refused(number: int, why: str) -> ActionError:
    return ActionError(_("Line %(line)d: %(why)s. Nothing was taken in.") % {"line": number, "why": why}, field="text")
