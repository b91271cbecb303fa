"""How an item of a plan is assessed again: a level from whoever works with the person, or one found elsewhere since."""

from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.people.acting import acting_id
from hrportal.people.models.competencies import HIGHEST, LOWEST
from hrportal.people.viewer import Principal
from talent.actions.assessments import assess_skill
from talent.enums import SkillSource
from talent.models import PlanItem, SkillAssessment


def record_level(item: PlanItem, level: int, note: str, *, by: Principal) -> SkillAssessment:
    """Enter the level into the skills inventory as that of whoever says it, seen by the person at once.

    Raises ActionError for a level off the scale, for somebody who would assess themselves, and for whoever may not assess
    the competency.
    """
    if acting_id(by) == item.plan.employee_id:
        raise ActionError(_("Nobody assesses themselves here: ask your manager."), field="level")
    if not LOWEST <= level <= HIGHEST:
        raise ActionError(_("Levels go from %(low)d to %(high)d.") % {"low": LOWEST, "high": HIGHEST}, field="level")
    if item.competency is None:
        raise ActionError(_("This item names no competency to assess."), field="level")
    return assess_skill(item.plan.employee, by=by, competency=item.competency, level=level, note=note)


def found_since(item: PlanItem) -> SkillAssessment | None:
    """The newest level that somebody other than the person found since the item was written, and the person knows of;
    of several of one day the highest."""
    since = timezone.localdate(item.created_at)
    rows = SkillAssessment.objects.standing().filter(
        profile__employee=item.plan.employee_id,
        competency=item.competency_id,
        shared_at__isnull=False,
        assessed_on__gte=since,
        recorded_at__gte=item.created_at,
    )
    return rows.exclude(kind=SkillSource.SELF).order_by("-assessed_on", "-level").first()
