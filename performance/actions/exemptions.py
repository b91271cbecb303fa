"""People who are in no cycle for the time being, or for good."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.models import Employee
from performance.actions.common import required_reason
from performance.events import cycles as events
from performance.models import ReviewExemption


@transaction.atomic
def exempt_from_reviews(
    employee: Employee, *, by: Actor | None, reason: str, until: datetime.date | None = None
) -> ReviewExemption:
    """Leave somebody out of the cycles launched until a day (included), or of all. Reviews under way stay."""
    if until is not None and until < timezone.localdate():
        raise ActionError(_("This day is over already."), field="until")
    exemption = ReviewExemption.objects.select_for_update().filter(employee=employee).first()
    exemption = exemption or ReviewExemption(employee=employee)
    exemption.reason, exemption.until = required_reason(reason), until
    exemption.made_by_id, exemption.made_at = acting_id(by), timezone.now()
    checked(exemption).save()
    events.exemption_made(exemption, by=by)
    return exemption


@transaction.atomic
def end_exemption(exemption: ReviewExemption, *, by: Actor | None) -> ReviewExemption:
    """Let somebody be in the cycles to come again. That they were not, and why, stays on record."""
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    exemption = ReviewExemption.objects.select_for_update().get(pk=exemption.pk)
    if exemption.until is not None and exemption.until <= yesterday:
        raise ActionError(_("This is over already."))
    exemption.until = yesterday
    exemption.save(update_fields=["until"])
    events.exemption_ended(exemption, by=by)
    return exemption
