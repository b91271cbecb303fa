"""What the talent profile shows of mobility, to those who may read it."""

from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.models import Interest
from talent.profile.sections import Shown, profile_section

MOST_SHOWN = 10


@profile_section("mobility", order=50, is_aside=True)
def mobility_section(employee: Employee, user: Principal) -> Shown | None:
    """What the person said yes to, as far as this reader knows of it, and the way to their career paths. It is no part of
    the document: what is kept from managers must not lie on a table."""
    rows = Interest.objects.visible_to(user).filter(employee=employee).select_related("opportunity")
    interests = list(rows.order_by("-updated_at", "-pk")[:MOST_SHOWN])
    data = [
        {"opportunity": row.opportunity_id, "state": row.state, "is_told_to_manager": row.is_told_to_manager}
        for row in interests
    ]
    context = {"employee": employee, "interests": interests, "is_hr": user.viewer.is_hr}
    return Shown("talent/mobility/profile_card.html", context, data={"interests": data})
