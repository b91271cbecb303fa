"""Who could take on work for somebody's retention: those who may read it, and those above the person."""

from django.db.models import Q, QuerySet

from hrportal.common.paths import WIDTH, ids_of
from hrportal.people.enums import Role
from hrportal.people.models import Employee, RoleGrant
from talent.enums import OpenTopic
from talent.models import Opening


def readers_of(employee: Employee) -> QuerySet[Employee]:
    """Everyone employed whose account reads this person's retention data: the sentence of `visible_to`, asked the other way round."""
    units = _units_above(employee)
    grants = RoleGrant.objects.current().filter(user__is_active=True)
    everywhere = grants.filter(role=Role.HR_LEADER)
    # A partner or an executive does not look after those they report to.
    below = Q(user__employee__path__startswith=employee.path)
    for_units = grants.filter(role__in=[Role.HRBP, Role.EXECUTIVE], org_unit__path__in=units).exclude(below)
    above = grants.filter(role=Role.EXECUTIVE, user__employee__in=employee.manager_ids)
    by_grant = Q(user__grants__in=(everywhere | for_units | above).values("pk"))
    opened = Opening.objects.in_force().filter(topic=OpenTopic.RETENTION, org_unit__path__in=units).exists()
    in_line = Q(pk__in=employee.manager_ids if opened else [])
    people = Employee.objects.employed().filter(by_grant | in_line, user__is_active=True)
    return people.exclude(pk=employee.pk).distinct()


def helpers_of(employee: Employee) -> QuerySet[Employee]:
    """Those who may read it and those above the person, who may be asked for a piece of it."""
    able = Q(pk__in=readers_of(employee).order_by().values("pk")) | Q(pk__in=employee.manager_ids)
    return Employee.objects.employed().filter(able).exclude(pk=employee.pk)


def _units_above(employee: Employee) -> list[str]:
    """The paths of the person's unit and of all above it."""
    path = employee.org_unit.path if employee.org_unit else ""
    return [path[: WIDTH * depth] for depth in range(1, len(ids_of(path)) + 1)]
