"""Who can see a review, in words and names: the same sentences as `visible_to`, read the other way round."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hrportal.common.paths import ids_of
from hrportal.people.enums import Role
from hrportal.people.models import Employee, RoleGrant
from performance.models import Review


@dataclass(frozen=True)
class Reader:
    """Somebody who can see the review, and what of it."""

    name: str
    relation: str
    sees: str


def readers_of(review: Review) -> list[Reader]:
    """Everyone who can read this review today."""
    return [_employee(review), *_chain(review), *_hr(review)]


def _employee(review: Review) -> Reader:
    sees = (
        _("all but the proposed rating")
        if review.is_seen_by_employee
        else _("the own self-assessment only, until it is shared")
    )
    return Reader(review.employee.name, _("Employee"), sees)


def _chain(review: Review) -> list[Reader]:
    everything = _("everything; the self-assessment once it is handed in")
    delegation = review.current_delegation
    named = {review.reviewer_id: _("Reviewer")}
    if delegation:
        named[delegation.delegate_id] = _("Writes for the reviewer meanwhile")
    people = Employee.objects.filter(pk__in={*review.employee.manager_ids, *named}).exclude(pk=review.employee_id)
    return [
        Reader(person.name, named.get(person.pk, _("In the line above")), everything)
        for person in people.order_by("-path")
    ]


def _hr(review: Review) -> list[Reader]:
    grants = RoleGrant.objects.current().filter(role__in=[Role.HR_LEADER, Role.HRBP], user__is_active=True)
    grants = grants.exclude(user__employee=review.employee_id).select_related("user__employee", "org_unit")
    everything = _("everything; the self-assessment once it is handed in")
    return [
        Reader(str(grant.user.employee or grant.user), grant.get_role_display(), everything)
        for grant in grants
        if _reaches(grant, review.employee)
    ]


def _reaches(grant: RoleGrant, employee: Employee) -> bool:
    if grant.role == Role.HR_LEADER:
        return True
    person, unit = grant.user.employee, grant.org_unit
    is_superior = person is not None and employee.pk in ids_of(person.path)
    if unit is None or employee.org_unit is None:
        return False
    return employee.org_unit.path.startswith(unit.path) and not is_superior
