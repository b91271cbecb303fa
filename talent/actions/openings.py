"""Opening talent data to managers, and closing them again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.models import OrgUnit
from talent import events
from talent.actions.common import said
from talent.models import Opening


@transaction.atomic
def open_topic(*, by: Actor | None, topic: str, org_unit: OrgUnit, reason: str) -> Opening:
    """From now on managers in a unit, and in all below it, see a topic of those below them."""
    OrgUnit.objects.select_for_update().get(pk=org_unit.pk)
    opening = Opening(topic=topic, org_unit=org_unit, reason=said(reason, field="reason"), opened_by_id=acting_id(by))
    checked(opening).save()
    events.topic_opened(opening, by=by)
    return opening


@transaction.atomic
def close_topic(opening: Opening, *, by: Actor | None) -> Opening:
    """From now on managers no longer see it, unless a unit above is open still."""
    opening = Opening.objects.select_for_update(of=("self",)).select_related("org_unit").get(pk=opening.pk)
    if opening.closed_at:
        raise ActionError(_("This is closed already."))
    opening.closed_at, opening.closed_by_id = timezone.now(), acting_id(by)
    opening.save(update_fields=["closed_at", "closed_by"])
    events.topic_closed(opening, by=by)
    return opening
