"""Who may do what in people. Which rows somebody sees is `visible_to`; this is about touching them."""

import rules

from hrportal.common.paths import ids_of, is_below
from hrportal.people.enums import PRIVILEGED, Role
from hrportal.people.models import Employee, RoleGrant, User
from hrportal.people.models.imports import sees_imports
from hrportal.people.viewer import Principal


@rules.predicate
def is_administrator(user: Principal) -> bool:
    return user.viewer.has(Role.ADMIN)


@rules.predicate
def may_write_accounts(user: Principal) -> bool:
    return user.viewer.may_use("accounts:write")


@rules.predicate
def is_client(user: Principal) -> bool:
    return user.viewer.is_client


@rules.predicate
def is_client_for_person(user: Principal, employee: Employee) -> bool:
    return user.viewer.is_client_for(employee)


@rules.predicate
def is_client_for_everybody(user: Principal) -> bool:
    return user.viewer.is_client and user.viewer.is_over_all


@rules.predicate
def is_client_for_account(user: Principal, account: User) -> bool:
    """A client looks after the accounts of the people of its units, but of none that holds or held a role that opens everything."""
    if account.employee is None or not user.viewer.is_client_for(account.employee):
        return False
    return not account.grants.filter(role__in=PRIVILEGED).exists()


@rules.predicate
def is_somebody_elses(user: Principal, account: User) -> bool:
    return account.pk != user.viewer.user_id


@rules.predicate
def is_somebody_elses_grant(user: Principal, grant: RoleGrant) -> bool:
    return grant.role != Role.ADMIN or grant.user_id != user.viewer.user_id


@rules.predicate
def is_another_person(user: Principal, employee: Employee | None) -> bool:
    """Nobody looks after themselves: where they stand, for whom they work and until when is for somebody else to say."""
    return employee is None or employee.pk != user.viewer.employee_id


@rules.predicate
def is_oneself(user: Principal, employee: Employee) -> bool:
    return employee.pk == user.viewer.employee_id


@rules.predicate
def is_above(user: Principal, employee: Employee) -> bool:
    return is_below(employee.path, user.viewer.path)


@rules.predicate
def is_hr_for(user: Principal, employee: Employee) -> bool:
    """The sentence of `Viewer.hr` about one row: an HR leader for all others, a partner for their units below."""
    viewer = user.viewer
    if viewer.has(Role.HR_LEADER):
        return employee.pk != viewer.employee_id
    if employee.org_unit is None or employee.pk in ids_of(viewer.path):
        return False
    return any(employee.org_unit.path.startswith(path) for path in viewer.partner_units)


@rules.predicate
def takes_people_in(user: Principal) -> bool:
    """Files are taken in, and taken back, by whoever sees them."""
    return sees_imports(user)


rules.add_perm("people.import_employees", takes_people_in)
rules.add_perm("people.edit_person", takes_people_in & is_another_person)
rules.add_perm("people.edit_organisation", takes_people_in)
rules.add_perm("people.view_history", is_oneself | is_above | is_hr_for)
rules.add_perm("people.create_account", may_write_accounts & (is_administrator | is_client))
rules.add_perm("people.invite_person", may_write_accounts & (is_administrator | is_client_for_person))
rules.add_perm("people.invite_people", may_write_accounts & (is_administrator | is_client_for_everybody))
rules.add_perm("people.invite_account", may_write_accounts & (is_administrator | is_client_for_account))
rules.add_perm("people.grant_role", is_administrator & is_somebody_elses)
rules.add_perm("people.revoke_role", is_administrator & is_somebody_elses_grant)
# A new address is a new way in, so it takes a person.
rules.add_perm("people.take_work_address", may_write_accounts & is_administrator & is_somebody_elses)
for verb in ("deactivate_account", "reactivate_account"):
    closes = (is_administrator & is_somebody_elses) | is_client_for_account
    rules.add_perm(f"people.{verb}", may_write_accounts & closes)
