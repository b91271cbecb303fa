"""Feedback between people, at any time."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.people.models import Competency, Employee
from performance import events
from performance.actions.common import acting_id
from performance.enums import FeedbackKind, FeedbackVisibility
from performance.models import Feedback, Objective


def _giver(by: Any) -> Employee:
    giver_id = acting_id(by)
    if giver_id is None:
        raise ActionError(_("Feedback comes from a person."))
    return Employee.objects.get(pk=giver_id)


@transaction.atomic
def give_feedback(
    *,
    by: Any,
    recipient: Employee,
    kind: str,
    visibility: str,
    text: str,
    competency: Competency | None = None,
    objective: Objective | None = None,
) -> Feedback:
    """Say something to a colleague. Only praise can be shown to everyone."""
    if visibility == FeedbackVisibility.EVERYONE and kind != FeedbackKind.PRAISE:
        raise ActionError(_("Only praise can be shown to everyone."), field="visibility")
    if objective is not None and objective.owner_id != recipient.pk:
        raise ActionError(_("This goal is not the recipient’s."), field="objective")
    feedback = Feedback(
        giver=_giver(by),
        recipient=recipient,
        kind=kind,
        visibility=visibility,
        text=text.strip(),
        competency=competency,
        objective=objective,
    )
    checked(feedback).save()
    events.feedback_given(feedback, by=by)
    return feedback
