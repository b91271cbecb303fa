"""The circle of an improvement plan: the employee, the managers above, the employee's HR. Nobody else, whatever their rights."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hrportal.common.paths import ids_of
from hrportal.people.enums import Role
from hrportal.people.models import Employee, RoleGrant
from performance.models import ImprovementPlan


@dataclass(frozen=True)
class Member:
    """Somebody who can read the plan, and what of it."""

    name: str
    relation: str
    sees: str


def manager_for(employee: Employee) -> Employee | None:
    """The nearest person above who works here now; None when there is none."""
    return Employee.objects.chain_above(employee).employed().order_by("-path").first()


def hr_to_ask(employee: Employee, *, besides: Iterable[int | None] = ()) -> list[int]:
    """Whom HR work on this employee goes to: the unit's partners, or the HR leaders where there is none but those named."""
    left_out = {*besides, None}
    grants = [grant for grant in _grants_over(employee) if grant.user.employee_id not in left_out]
    partners = [grant for grant in grants if grant.role == Role.HRBP]
    return sorted({grant.user.employee_id for grant in partners or grants if grant.user.employee_id})


def circle_of(plan: ImprovementPlan) -> list[Member]:
    """Everyone who can read this plan today, in names."""
    return [_employee(plan), *_managers(plan), *_hr(plan)]


def _employee(plan: ImprovementPlan) -> Member:
    sees = (
        _("everything but HR’s remarks, from the opening on") if plan.was_seen else _("nothing before HR approves it")
    )
    return Member(plan.employee.name, _("Employee"), sees)


def _managers(plan: ImprovementPlan) -> list[Member]:
    ids = {*plan.employee.manager_ids, plan.owner_id} - {plan.employee_id}
    return [
        Member(
            person.name,
            _("Manager of this plan") if person.pk == plan.owner_id else _("In the line above"),
            _("everything but what HR keeps to itself"),
        )
        for person in Employee.objects.filter(pk__in=ids).order_by("-path")
    ]


def _hr(plan: ImprovementPlan) -> list[Member]:
    return [
        Member(str(grant.user.employee or grant.user), grant.get_role_display(), _("everything"))
        for grant in _grants_over(plan.employee)
    ]


def _grants_over(employee: Employee) -> list[RoleGrant]:
    grants = RoleGrant.objects.current().filter(role__in=[Role.HRBP, Role.HR_LEADER], user__is_active=True)
    grants = grants.exclude(user__employee=employee).select_related("user__employee", "org_unit").order_by("pk")
    return [grant for grant in grants if _reaches(grant, employee)]


def _reaches(grant: RoleGrant, employee: Employee) -> bool:
    if grant.role == Role.HR_LEADER:
        return True
    person, unit = grant.user.employee, employee.org_unit
    if grant.org_unit is None or unit is None:
        return False
    is_superior = person is not None and employee.pk in ids_of(person.path)
    return unit.path.startswith(grant.org_unit.path) and not is_superior
