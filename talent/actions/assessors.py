"""Naming those who assess others, beside managers and HR."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.models import Competency, Employee, OrgUnit
from talent.events import skills as events
from talent.models import SkillAssessor


@transaction.atomic
def name_assessor(
    *, by: Actor | None, assessor: Employee, org_unit: OrgUnit, competency: Competency | None = None
) -> SkillAssessor:
    """Let somebody assess the people of a unit and below: in one competency, or in any."""
    if acting_id(by) == assessor.pk:
        raise ActionError(_("Nobody names themselves."), field="assessor")
    named = SkillAssessor(assessor=assessor, org_unit=org_unit, competency=competency, named_by_id=acting_id(by))
    try:
        with transaction.atomic():
            named.save()
    except IntegrityError as error:
        raise ActionError(_("They are named for this already."), field="assessor") from error
    events.assessor_named(named, by=by)
    return named


@transaction.atomic
def end_assessor(assessor: SkillAssessor, *, by: Actor | None) -> SkillAssessor:
    """From here on they assess no more; what they said stays."""
    locked = SkillAssessor.objects.select_for_update().get(pk=assessor.pk)
    if locked.ended_at:
        raise ActionError(_("This has ended already."))
    locked.ended_at = timezone.now()
    locked.save(update_fields=["ended_at"])
    events.assessor_ended(locked, by=by)
    return locked
