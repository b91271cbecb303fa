"""What happens to exits: they are recorded when people have left, and reviewed by HR."""

import datetime
from collections.abc import Collection, Sequence
from typing import Any, cast

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from hrportal.common.actions import checked
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee, Employment
from talent.actions.common import said
from talent.actions.profiles import lock_profiles
from talent.actions.retention_common import chosen
from talent.enums import Driver
from talent.events import retention as events
from talent.models import Exit
from talent.retention.foresight import foresight_of


@transaction.atomic
def record_exits(employee_ids: Collection[int]) -> int:
    """Make an exit for everyone of these who has left and has none for this leaving; how many were new.

    A last day that HR corrects afterwards corrects the exit; somebody who came back and leaves again has a second one.
    """
    left = Employee.objects.filter(pk__in=employee_ids, status=EmploymentStatus.LEFT, left_on__isnull=False)
    lock_profiles(left.values_list("pk", flat=True))
    people = list(left.filter(left_on__lte=timezone.localdate()).order_by("pk"))
    known, returned = _latest_exits(people), _last_starts(people)
    missing: list[Employee] = []
    for person in people:
        row = known.get(person.pk)
        if row is None or returned.get(person.pk, row.left_on) > row.left_on:
            missing.append(person)
        elif (row.left_on, row.leave_reason) != (person.left_on, person.leave_reason):
            Exit.objects.filter(pk=row.pk).update(
                left_on=person.left_on, leave_reason=person.leave_reason, updated_at=timezone.now()
            )
    made = Exit.objects.bulk_create(_rows(missing))
    events.exits_recorded(made, by=None)
    return len(made)


def _latest_exits(people: Sequence[Employee]) -> dict[int, Exit]:
    """The newest exit of each."""
    rows = Exit.objects.filter(employee__in=people).order_by("employee_id", "left_on")
    return {row.employee_id: row for row in rows}


def _last_starts(people: Sequence[Employee]) -> dict[int, Any]:
    """When the newest row of each one's history starts: after an earlier exit, they had come back."""
    starts = Employment.objects.filter(employee__in=people).order_by().values_list("employee")
    return dict(starts.annotate(last=Max("starts_on")))


def _rows(people: Sequence[Employee]) -> list[Exit]:
    known = foresight_of(people)
    return [
        Exit(
            employee=person,
            left_on=cast(datetime.date, person.left_on),  # only people with a last day come here
            leave_reason=person.leave_reason,
            org_unit_id=person.org_unit_id,
            manager_id=person.manager_id,
            **known[person.pk].columns,
        )
        for person in people
    ]


@transaction.atomic
def review_exit(row: Exit, *, by: Actor | None, is_regretted: bool, note: str, themes: Sequence[str] = ()) -> Exit:
    """Say whether the loss is regretted, why they left and what is learnt. May be said again: the last word counts."""
    row = Exit.objects.select_for_update(of=("self",)).get(pk=row.pk)
    row.is_regretted, row.review_note = is_regretted, said(note, field="note")
    row.themes = chosen(themes, Driver, field="themes")
    row.reviewed_by_id, row.reviewed_on = acting_id(by), timezone.localdate()
    checked(row).save(
        update_fields=["is_regretted", "review_note", "themes", "reviewed_by", "reviewed_on", "updated_at"]
    )
    events.exit_reviewed(row, by=by)
    return row
