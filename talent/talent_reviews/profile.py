"""What the talent profile shows of talent reviews, to those who see potential."""

from typing import Any

from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.enums import OpenTopic
from talent.models import BoxPlacement
from talent.models.sight import others_talent
from talent.models.talent_reviews import READ
from talent.profile.sections import Shown, profile_section
from talent.talent_reviews.card import earlier_of


@profile_section("talent_reviews", order=50)
def placements_section(employee: Employee, user: Principal) -> Shown | None:
    """Where meetings placed this person, newest first, each a decision of its day; nothing where there is none to read.

    Only for whoever reads the person's potential anyway: a seat at one table opens that meeting, not the profile.
    """
    if not Employee.objects.filter(others_talent(user, OpenTopic.POTENTIAL, READ, ""), pk=employee.pk).exists():
        return None
    placements = earlier_of([employee.pk], user).get(employee.pk, [])
    if not placements:
        return None
    context = {"placements": placements}
    template = "talent/review_profile_card.html"
    return Shown(template, context, print_template=template, data=[_answered(each) for each in placements])


def _answered(placement: BoxPlacement) -> dict[str, Any]:
    """One placement as the API of profiles answers it."""
    return {
        "review": placement.member.review_id,
        "name": placement.member.review.name,
        "box": placement.box,
        "label": placement.label,
        "decided_at": placement.decided_at.isoformat(),
    }
