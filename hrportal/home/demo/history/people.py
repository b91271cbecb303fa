"""Who came, left and was given a role."""

from hrportal.home.demo.history.source import Source
from hrportal.people.models import Employee, RoleGrant


def sources() -> list[Source]:
    hired = Employee.objects.filter(left_on=None, user__isnull=False).exclude(hired_on=None)
    grant = {"account": "user_id", "role": "role", "unit": "org_unit_id"}
    return [
        Source("people.employee_hired", hired, "hired_on", Employee, person="pk"),
        Source("people.employment_ended", Employee.objects.all(), "left_on", Employee, person="pk"),
        Source(
            "people.role_granted",
            RoleGrant.objects.all(),
            "granted_at",
            RoleGrant,
            person="user__employee_id",
            actor="granted_by_id",
            data=grant,
        ),
    ]
