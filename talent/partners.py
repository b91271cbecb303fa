"""Who of HR looks after a person or a seat: the partner nearest to it, else an HR leader."""

from collections.abc import Sequence
from dataclasses import dataclass

from hrportal.common.paths import ids_of
from hrportal.people.enums import EmploymentStatus, Role
from hrportal.people.models import Employee, OrgUnit, RoleGrant


@dataclass(frozen=True)
class Partners:
    """Everybody of HR, read once: partners with their unit, those of the smallest part first, then leaders."""

    partners: Sequence[tuple[str, Employee]]
    leaders: Sequence[Employee]

    @classmethod
    def read(cls) -> "Partners":
        """One query."""
        grants = RoleGrant.objects.current().filter(
            role__in=[Role.HRBP, Role.HR_LEADER],
            user__is_active=True,
            user__employee__status__in=[EmploymentStatus.ACTIVE, EmploymentStatus.LEAVE],
        )
        rows = list(grants.select_related("user__employee", "org_unit").order_by("pk"))
        partners = [(row.org_unit.path, _person(row)) for row in rows if row.role == Role.HRBP and row.org_unit]
        leaders = [_person(row) for row in rows if row.role == Role.HR_LEADER]
        return cls(sorted(partners, key=lambda pair: -len(pair[0])), leaders)

    @property
    def leaders_only(self) -> "Partners":
        """For what only HR leaders see."""
        return Partners([], self.leaders)

    def for_person(self, employee: Employee) -> Employee | None:
        """Who looks after this person: never themselves nor, as a partner, somebody below them; None where nobody can."""
        return self.for_seat(employee.org_unit, {employee.pk})

    def for_seat(self, unit: OrgUnit | None, concerned: set[int], preferred_id: int | None = None) -> Employee | None:
        """Who looks after a seat in this unit that concerns these people; whoever is preferred, if they are one of those who do."""
        path = unit.path if unit else ""
        able = [partner for above, partner in self.partners if path.startswith(above) and _is_free(partner, concerned)]
        able += [leader for leader in self.leaders if leader.pk not in concerned]
        return next((person for person in able if person.pk == preferred_id), able[0] if able else None)


def _is_free(partner: Employee, concerned: set[int]) -> bool:
    """Whether nobody concerned is the partner or above them."""
    return not concerned & set(ids_of(partner.path))


def _person(grant: RoleGrant) -> Employee:
    employee = grant.user.employee
    if employee is None:
        raise ValueError("grants of accounts without a person are not read")
    return employee
