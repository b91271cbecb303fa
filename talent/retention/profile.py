"""What the talent profile shows of retention, to those who may read it."""

from django.utils.functional import SimpleLazyObject

from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.freshness import RISK_RULE
from talent.models import FlightRisk, RetentionPlan, RetentionSubjects
from talent.profile.sections import Shown, profile_section
from talent.retention.looks import look_at


@profile_section("retention", order=60, is_aside=True)
def retention_section(employee: Employee, user: Principal) -> Shown | None:
    """The flight risk that counts and the open plan, with the way to all of it. Showing the first is a look.

    It is no part of the document: a paper is passed on, and nobody knows who looks.
    """
    if not RetentionSubjects().visible_to(user).filter(pk=employee.pk).exists():
        return None
    risks = FlightRisk.objects.visible_to(user).current().filter(employee=employee)
    # Read when the card is drawn, so that nobody is said to have looked at what was not shown to them.
    risk = SimpleLazyObject(lambda: next(iter(look_at(risks, by=user)), None))
    plan = RetentionPlan.objects.visible_to(user).open().filter(employee=employee).select_related("owner").first()
    context = {"employee": employee, "risk": risk, "plan": plan, "rule": RISK_RULE}
    return Shown("talent/retention/profile_card.html", context)
