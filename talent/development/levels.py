"""The level an item of a plan starts from."""

from django.utils import timezone

from talent.models import SkillAssessment
from talent.skills.counting import best_of, counting_of


def shared_level(employee_id: int, competency_id: int) -> int | None:
    """The level that counts of those the person was told; None when nobody told them any.

    A plan is read by its person, so that a level of a review not yet shared must not stand in it.
    """
    told = SkillAssessment.objects.standing().filter(
        profile__employee=employee_id, competency=competency_id, shared_at__isnull=False
    )
    today = timezone.localdate()
    columns = told.values_list("level", "kind", "assessed_on", "good_until")
    best = best_of(counting_of(level, kind, on, until, today) for level, kind, on, until in columns)
    return best.level if best else None
