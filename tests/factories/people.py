"""People for tests. Paths are kept as the portal keeps them; nobody has a history, a manager or a role unless asked for."""

import factory

from hrportal.common.paths import encode
from hrportal.people.enums import Role
from hrportal.people.models import (
    Competency,
    CompetencyLevel,
    Employee,
    Job,
    LegalEntity,
    Location,
    OrgUnit,
    Position,
    RoleGrant,
    RoleProfileEntry,
    User,
)


class NamedFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    code = factory.Sequence(lambda n: f"C{n}")
    name = factory.LazyAttribute(lambda named: f"Name of {named.code}")


class TreeFactory(factory.django.DjangoModelFactory):
    """Rows of a tree: the path follows from the row above, `above` naming the field that leads there."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        row = super()._create(model_class, *args, **kwargs)
        above = row.manager if isinstance(row, Employee) else row.parent
        row.path = (above.path if above else "") + encode(row.pk)
        row.save(update_fields=["path"])
        return row


class LegalEntityFactory(NamedFactory):
    class Meta:
        model = LegalEntity


class LocationFactory(NamedFactory):
    class Meta:
        model = Location


class OrgUnitFactory(TreeFactory):
    class Meta:
        model = OrgUnit

    code = factory.Sequence(lambda n: f"U{n}")
    name = factory.LazyAttribute(lambda unit: f"Unit {unit.code}")


class JobFactory(NamedFactory):
    class Meta:
        model = Job


class PositionFactory(NamedFactory):
    class Meta:
        model = Position


class EmployeeFactory(TreeFactory):
    class Meta:
        model = Employee

    employee_number = factory.Sequence(lambda n: f"E{n}")
    first_name = factory.Sequence(lambda n: f"First{n}")
    last_name = factory.Sequence(lambda n: f"Last{n}")
    work_email = factory.LazyAttribute(lambda person: f"{person.employee_number}@example.com".lower())


class UserFactory(factory.django.DjangoModelFactory):
    """An account that belongs to nobody, with the password "correct horse battery"."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.com")
    password = factory.django.Password("correct horse battery")


class RoleGrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RoleGrant

    user = factory.SubFactory(UserFactory)
    role = Role.HR_LEADER


class CompetencyFactory(NamedFactory):
    class Meta:
        model = Competency


class CompetencyLevelFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CompetencyLevel

    competency = factory.SubFactory(CompetencyFactory)
    level = 3
    description = "Does it alone"


class RoleProfileEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RoleProfileEntry

    job = factory.SubFactory(JobFactory)
    competency = factory.SubFactory(CompetencyFactory)


def make_chain(length: int, **fields) -> list[Employee]:
    """Employees each of whom reports to the one before, topmost first."""
    chain: list[Employee] = []
    for _ in range(length):
        chain.append(EmployeeFactory(manager=chain[-1] if chain else None, **fields))
    return chain


def make_user(*roles: str, employee: Employee | None = None, unit: OrgUnit | None = None, **fields) -> User:
    """An account with these roles, `unit` being what its partner and executive roles are over.

    It belongs to `employee`; without one, to a new employee, except that a system administrator alone is nobody's.
    Role.MANAGER gives the employee a report; a partner without `unit` looks after a new one.
    """
    employee = employee or (None if set(roles) == {Role.ADMIN} else EmployeeFactory())
    if Role.MANAGER in roles:
        EmployeeFactory(manager=employee)
    user = UserFactory(employee=employee, **fields)
    for role in set(roles) & set(Role.granted()):
        RoleGrantFactory(user=user, role=role, org_unit=_unit_of(role, unit))
    return user


def _unit_of(role: str, unit: OrgUnit | None) -> OrgUnit | None:
    if role == Role.HRBP:
        return unit or OrgUnitFactory()
    return unit if role == Role.EXECUTIVE else None
