"""How an item of a plan is assessed again: a level from whoever works with the person, or one found elsewhere since."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.people.models.competencies import HIGHEST, LOWEST
from talent.actions.skills import SkillRecord, record_skills
from talent.enums import SkillSource
from talent.models import PlanItem, SkillAssessment


def record_level(item: PlanItem, level: int, note: str, *, by: Any) -> SkillAssessment:
    """Enter the level into the skills inventory as the manager's finding, shared with the person at once.

    Raises ActionError for a level off the scale, and for somebody who would assess themselves.
    """
    employee_id, assessor = item.plan.employee_id, by.viewer.employee_id if by else None
    if assessor == employee_id:
        raise ActionError(_("Nobody assesses themselves here: ask your manager."), field="level")
    if not LOWEST <= level <= HIGHEST:
        raise ActionError(_("Levels go from %(low)d to %(high)d.") % {"low": LOWEST, "high": HIGHEST}, field="level")
    times = SkillAssessment.objects.filter(source__startswith=f"talent.plan_item:{item.pk}:").count()
    source = f"talent.plan_item:{item.pk}:{times + 1:03d}"
    record = SkillRecord(
        employee_id=employee_id,
        source=source,
        source_version=1,
        assessed_on=timezone.localdate(),
        levels={_competency(item): level},
        shared_at=timezone.now(),
        kind=SkillSource.MANAGER,
        assessed_by_id=assessor,
        note=note,
    )
    record_skills([record], by=by)
    return SkillAssessment.objects.get(source=source)


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


def _competency(item: PlanItem) -> int:
    if item.competency_id is None:
        raise ActionError(_("This item names no competency to assess."), field="level")
    return item.competency_id
