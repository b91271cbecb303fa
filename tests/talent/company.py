"""A small company seen from everywhere: who stands where, and an account for each way of looking at one person."""

from dataclasses import dataclass

from hrportal.people.enums import Role
from hrportal.people.models import Employee, OrgUnit, Position, User
from tests.factories.people import EmployeeFactory, JobFactory, OrgUnitFactory, PositionFactory, make_user

VIEWERS = [
    "self",
    "colleague",
    "manager",
    "head",
    "partner",
    "far_partner",
    "partner_below",
    "hr_leader",
    "executive",
    "far_executive",
    "admin",
]


@dataclass
class Company:
    """`person` reports to `boss`, who reports to `head`; all in `unit`, which holds `seat`, the boss's."""

    unit: OrgUnit
    elsewhere: OrgUnit
    head: Employee
    boss: Employee
    person: Employee
    seat: Position

    def viewer(self, name: str) -> User:
        """An account that stands to `person` as the name says."""
        return getattr(self, f"_{name}")()

    def _self(self) -> User:
        return make_user(employee=self.person)

    def _colleague(self) -> User:
        return make_user(employee=EmployeeFactory(manager=self.boss, org_unit=self.unit))

    def _manager(self) -> User:
        return make_user(employee=self.boss)

    def _head(self) -> User:
        return make_user(employee=self.head)

    def _partner(self) -> User:
        return make_user(Role.HRBP, unit=self.unit)

    def _far_partner(self) -> User:
        return make_user(Role.HRBP, unit=self.elsewhere)

    def _partner_below(self) -> User:
        """A partner of the unit who reports to the person."""
        return make_user(Role.HRBP, unit=self.unit, employee=EmployeeFactory(manager=self.person))

    def _hr_leader(self) -> User:
        return make_user(Role.HR_LEADER)

    def _executive(self) -> User:
        return make_user(Role.EXECUTIVE, employee=EmployeeFactory(), unit=self.unit)

    def _far_executive(self) -> User:
        return make_user(Role.EXECUTIVE, unit=self.elsewhere)

    def _admin(self) -> User:
        return make_user(Role.ADMIN)


def a_company() -> Company:
    unit, elsewhere = OrgUnitFactory(), OrgUnitFactory()
    seat = PositionFactory(org_unit=unit, job=JobFactory())
    head = EmployeeFactory(org_unit=unit)
    boss = EmployeeFactory(org_unit=unit, manager=head, position=seat)
    person = EmployeeFactory(org_unit=unit, manager=boss, job=JobFactory())
    return Company(unit, elsewhere, head, boss, person, seat)
