"""Accounts: one for everybody who works here, six of which one can sign in to with the well-known password."""

from django.contrib.auth.hashers import make_password

from hrportal.home.demo.cast import PASSWORD, Cast
from hrportal.home.demo.rows import Rows
from hrportal.people.enums import Role
from hrportal.people.models import Employee, OrgUnit, RoleGrant, User


def open_accounts(rows: Rows, cast: Cast) -> None:
    """The six with the password, everyone else without one, so that only an invitation opens their account."""
    names = {part.employee.pk: part.username for part in cast.parts}
    people = Employee.objects.employed().order_by("pk").values_list("pk", "work_email")
    partners: dict[int, User] = {}
    for pk, email in people.iterator(chunk_size=2000):
        password = make_password(PASSWORD) if pk in names else make_password(None)
        user = rows.add(
            User(username=names.get(pk, email.split("@")[0]), email=email, employee_id=pk, password=password)
        )
        if pk in names or pk in cast.partners.values():
            partners[pk] = user
    _give_roles(rows, cast, partners)


def _give_roles(rows: Rows, cast: Cast, users: dict[int, User]) -> None:
    leader = users[cast["admin"].pk]
    given = {(part.employee.pk, part.role, part.unit.pk if part.unit else None) for part in cast.parts if part.role}
    paths = dict(OrgUnit.objects.filter(path__in=cast.partners).values_list("path", "pk"))
    given |= {(person, Role.HRBP, paths[path]) for path, person in cast.partners.items()}
    for person, role, unit in sorted(given, key=str):
        rows.add(RoleGrant(user=users[person], role=role, org_unit_id=unit, granted_by=leader))
