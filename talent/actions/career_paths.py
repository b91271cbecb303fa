"""What HR does to career paths."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.recording import Actor
from hrportal.people.models import Job
from talent.actions.common import apply
from talent.events import mobility as events
from talent.models import CareerStep

EDITABLE = frozenset({"kind", "months", "note"})


@transaction.atomic
def add_career_step(*, by: Actor | None, from_job: Job, to_job: Job, **fields: Any) -> CareerStep:
    """Draw a step between two jobs; there is one at most."""
    step = CareerStep(from_job=from_job, to_job=to_job)
    apply(step, fields, EDITABLE)
    checked(step).save()
    events.career_step_added(step, by=by)
    return step


@transaction.atomic
def edit_career_step(step: CareerStep, *, by: Actor | None, **changes: Any) -> CareerStep:
    """Correct what a step is; between other jobs it is another step."""
    locked = _lock(step)
    apply(locked, changes, EDITABLE)
    checked(locked).save()
    events.career_step_edited(locked, by=by)
    return locked


@transaction.atomic
def remove_career_step(step: CareerStep, *, by: Actor | None) -> None:
    """Take a step out of the paths; that it was there stays in the journal."""
    locked = _lock(step)
    events.career_step_removed(locked, by=by)
    locked.delete()


def _lock(step: CareerStep) -> CareerStep:
    locked = CareerStep.objects.select_for_update(of=("self",)).with_jobs().filter(pk=step.pk).first()
    if locked is None:
        raise ActionError(_("This step was removed already."))
    return locked
