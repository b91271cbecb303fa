"""Sessions as a table that people bring along: one line for each, checked line by line before anything is made."""

import datetime
from collections import Counter
from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from calibration.enums import SessionState
from calibration.models import CalibrationSession
from calibration.sessions.planning import LONGEST_NAME, MOST_AT_ONCE, Planned, Spread, find_existing
from hrportal.common.actions import ActionError
from hrportal.common.exports import Column
from hrportal.common.numbers import is_number
from hrportal.common.tables import read_table
from hrportal.people.models import Employee, Job, OrgUnit
from hrportal.people.viewer import Principal
from performance.models import ReviewCycle

PEOPLE = ("head", "owner", "facilitator", "co_facilitator")
DATES = ("due_on", "pre_read_due_on")
COLUMNS = ("name", "unit", "job_family", "job_level", *PEOPLE, "participants", *DATES, "parent")
HIGHEST_LEVEL = 32_767


def read_sessions(text: str, cycle: ReviewCycle, *, by: Principal | None) -> list[Planned]:
    """The sessions in a table, each with what is wrong in its line or the session that is there already."""
    lines = _lines(text)
    known = _Known(lines, cycle, by)
    plan = [_planned(number, cells, cycle, known) for number, cells in lines]
    _refuse_doubles(plan)
    _place(find_existing(cycle, plan), known)
    spread = Spread(cycle, by, has_heads=any(planned.session.head for planned in plan))
    for planned in plan:
        spread.measure(planned)
        if by is not None and not by.has_perm("calibration.create_session", planned.session):
            planned.errors.append(_("This is not one of the units you look after."))
    return plan


def sample_columns() -> list[Column]:
    """The columns of the sample, by the names that are read."""

    def cell(name: str) -> Callable[[Any], Any]:
        return lambda row: row.get(name, "")

    return [Column(name, cell(name)) for name in COLUMNS]


def sample_rows(today: datetime.date) -> list[dict[str, Any]]:
    """A session above two others, one of a unit and one of a job family in it."""
    due = today + datetime.timedelta(days=21)
    first = {"owner": "1001", "facilitator": "1002", "due_on": due, "unit": "SALES"}
    return [
        {"name": "Sales", **first},
        {"name": "Sales North", **first, "unit": "SALES-N", "parent": "Sales", "participants": "1003 1004 1005"},
        {"name": "Sales engineers", **first, "job_family": "Engineering", "job_level": 4, "parent": "Sales"},
    ]


def _lines(text: str) -> list[tuple[int, dict[str, str]]]:
    table = read_table(text, most_lines=MOST_AT_ONCE)
    header = [name.strip().lower().replace(" ", "_") for name in table.header]
    if unknown := [name for name in header if name not in COLUMNS]:
        words = _("These columns are not known: %(unknown)s. Known are: %(known)s.")
        raise ActionError(words % {"unknown": ", ".join(unknown), "known": ", ".join(COLUMNS)}, field="text")
    if "name" not in header:
        raise ActionError(_("The column “name” is missing."), field="text")
    if not table.lines:
        raise ActionError(_("There is no line below the header."), field="text")
    return [(number, dict(zip(header, cells, strict=False))) for number, cells in table.lines]


class _Known:
    """What the cells name, found in a handful of queries for the whole table."""

    def __init__(self, lines: list[tuple[int, dict[str, str]]], cycle: ReviewCycle, by: Principal | None) -> None:
        cells = [line for _number, line in lines]
        codes = {line.get("unit", "").lower() for line in cells}
        units = OrgUnit.objects.annotate(key=Lower("code")).filter(key__in=codes)
        self.units: dict[str, OrgUnit] = {unit.key: unit for unit in units}
        self.people = _people({word for line in cells for word in _named_in(line)})
        wanted = {line.get("job_family", "") for line in cells} - {""}
        self.families = set(Job.objects.filter(family__in=wanted).values_list("family", flat=True))
        names = {line.get("parent", "") for line in cells} - {""}
        above = CalibrationSession.objects.filter(cycle=cycle, name__in=names, parent=None)
        above = above.exclude(state=SessionState.LOCKED).select_related("org_unit")
        self.above = list(above if by is None else above.visible_to(by))


def _named_in(line: dict[str, str]) -> list[str]:
    words = " ".join(line.get(name, "") for name in (*PEOPLE, "participants"))
    return words.lower().replace(",", " ").replace(";", " ").split()


def _people(words: set[str]) -> dict[str, Employee]:
    """Those employed, by number and by work e-mail."""
    keyed = Employee.objects.employed().annotate(number=Lower("employee_number"), email=Lower("work_email"))
    found: dict[str, Employee] = {}
    for person in keyed.filter(Q(number__in=words) | Q(email__in=words)):
        found |= {person.number: person, person.email: person}
    return found


def _planned(number: int, cells: dict[str, str], cycle: ReviewCycle, known: _Known) -> Planned:
    planned = Planned(CalibrationSession(cycle=cycle, name=cells.get("name", "")), line=number)
    planned.above = cells.get("parent", "")
    session = planned.session
    if not session.name or len(session.name) > LONGEST_NAME:
        planned.errors.append(_("Give the session a name of at most %d characters.") % LONGEST_NAME)
    if code := cells.get("unit"):
        session.org_unit = known.units.get(code.lower())
        _expect(planned, session.org_unit, _("There is no unit with the code %s.") % code)
    if family := cells.get("job_family"):
        session.job_family = family
        _expect(planned, family in known.families, _("No job is of the family %s.") % family)
    if level := cells.get("job_level"):
        is_level = is_number(level) and int(level) <= HIGHEST_LEVEL
        session.job_level = int(level) if is_level else None
        _expect(planned, is_level, _("%s is not a job level.") % level)
    for name in PEOPLE:
        if word := cells.get(name):
            setattr(session, name, _person(planned, word, known))
    for name in DATES:
        if word := cells.get(name):
            setattr(session, name, _day(planned, word))
    seats = [_person(planned, word, known) for word in _named_in({"participants": cells.get("participants", "")})]
    planned.seats = sorted({person.pk for person in seats if person})
    return planned


def _expect(planned: Planned, found: Any, otherwise: str) -> None:
    if not found:
        planned.errors.append(otherwise)


def _person(planned: Planned, word: str, known: _Known) -> Employee | None:
    person = known.people.get(word.lower())
    _expect(planned, person, _("Nobody employed is known as %s.") % word)
    return person


def _day(planned: Planned, word: str) -> datetime.date | None:
    try:
        return forms.DateField().clean(word.removesuffix(" 00:00:00"))
    except forms.ValidationError:
        planned.errors.append(_("%s is not a date.") % word)
        return None


def _refuse_doubles(plan: list[Planned]) -> None:
    names = Counter(planned.session.name for planned in plan)
    scopes: dict[Any, int] = {}
    for planned in plan:
        if names[planned.session.name] > 1:
            planned.errors.append(_("Another line has this name too."))
        first = scopes.setdefault(planned.session.scope, planned.line)
        if first != planned.line and not planned.errors:
            planned.errors.append(_("Line %d is about the same reviews.") % first)


def _place(plan: list[Planned], known: _Known) -> None:
    """Put each under the session it names, of this table or there already."""
    in_file = {planned.session.name: planned for planned in plan}
    there = {session.name: session for session in known.above}
    for planned in plan:
        if not planned.above:
            continue
        above = in_file.get(planned.above)
        session = (above.existing or above.session) if above else there.get(planned.above)
        if session is None or session.state == SessionState.LOCKED:
            planned.errors.append(_("No session here is called %s, or it is locked.") % planned.above)
        elif above and (above.above or above is planned):
            planned.errors.append(_("Sessions lie at most one below another."))
        else:
            planned.session.parent = session
