"""What people say about their own future."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.recording import Actor
from hrportal.people.models import Employee, Job
from talent import events
from talent.actions.common import apply
from talent.actions.profiles import lock_profiles
from talent.models import Aspiration

EDITABLE = frozenset({"wishes", "leading", "relocation", "travel", "timing", "note", "is_shared"})


@transaction.atomic
def state_aspiration(employee: Employee, *, by: Actor | None, jobs: Iterable[Job] = (), **wishes: Any) -> Aspiration:
    """Note what somebody wants from today; what they said before ends today, and stays known as what it was."""
    lock_profiles([employee.pk])
    if employee.has_left:
        raise ActionError(_("This person does not work here any more."))
    today = timezone.localdate()
    Aspiration.objects.current().filter(employee=employee).update(valid_to=today)
    aspiration = Aspiration(employee=employee, valid_from=today)
    apply(aspiration, wishes, EDITABLE)
    checked(aspiration)
    aspiration.save()
    aspiration.jobs.set(jobs)
    events.aspiration_stated(aspiration, by=by)
    return aspiration
