"""Every fact people announces. Facts carry ids and names of fields, never what is in them."""

from collections.abc import Iterable, Mapping, Sequence

from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, Entry, record, record_each, record_many
from hrportal.people.models import Employee, EmployeeImport, OrgUnit, RoleGrant, User
from hrportal.people.models.organisation import Job, LegalEntity, Location, Named, Position


def employee_hired(employee: Employee, *, by: Actor | None) -> Fact:
    return record("people.employee_hired", employee, by=by, person_id=employee.pk)


def employees_hired(employee_ids: Iterable[int], *, by: Actor | None) -> None:
    record_each("people.employee_hired", Employee, [(pk, pk, {}) for pk in employee_ids], by=by)


def employee_changed(employee: Employee, fields: Sequence[str], *, by: Actor | None) -> Fact:
    return record("people.employee_changed", employee, by=by, person_id=employee.pk, data={"fields": [*fields]})


def employees_changed(changes: Mapping[int, Sequence[str]], *, by: Actor | None) -> None:
    """The names of the fields that changed, by the employee's id."""
    told = [(pk, pk, {"fields": [*fields]}) for pk, fields in changes.items()]
    record_each("people.employee_changed", Employee, told, by=by)


def employment_end_planned(employee: Employee, *, by: Actor | None) -> Fact:
    return record("people.employment_end_planned", employee, by=by, person_id=employee.pk)


def employment_ended(employee: Employee, *, by: Actor | None) -> Fact:
    return record("people.employment_ended", employee, by=by, person_id=employee.pk)


def employments_ended(employee_ids: Iterable[int], *, by: Actor | None) -> None:
    record_each("people.employment_ended", Employee, [(pk, pk, {}) for pk in employee_ids], by=by)


def import_uploaded(imported: EmployeeImport, *, by: Actor | None) -> Fact:
    return record("people.import_uploaded", imported, by=by)


def import_scheduled(imported: EmployeeImport, *, by: Actor | None) -> Fact:
    return record("people.import_scheduled", imported, by=by)


def import_discarded(imported: EmployeeImport, *, by: Actor | None) -> Fact:
    return record("people.import_discarded", imported, by=by)


def import_finished(imported: EmployeeImport, *, by: Actor | None) -> Fact:
    return record("people.import_finished", imported, by=by)


def import_undone(imported: EmployeeImport, *, by: Actor | None) -> Fact:
    return record("people.import_undone", imported, by=by)


def unit_created(unit: OrgUnit, *, by: Actor | None) -> Fact:
    return record("people.unit_created", unit, by=by)


def unit_changed(unit: OrgUnit, fields: Sequence[str], *, by: Actor | None) -> Fact:
    return record("people.unit_changed", unit, by=by, data={"fields": [*fields]})


def unit_moved(unit: OrgUnit, *, by: Actor | None) -> Fact:
    return record("people.unit_moved", unit, by=by, data={"parent": unit.parent_id})


_CREATED: dict[type[Named], str] = {
    Job: "people.job_created",
    Position: "people.position_created",
    Location: "people.location_created",
    LegalEntity: "people.legalentity_created",
}
_CHANGED: dict[type[Named], str] = {
    Job: "people.job_changed",
    Position: "people.position_changed",
    Location: "people.location_changed",
    LegalEntity: "people.legalentity_changed",
}


def organisation_row_created(row: Named, *, by: Actor | None) -> Fact:
    """Of a job, seat, location or legal entity."""
    return record(_CREATED[type(row)], row, by=by)


def organisation_row_changed(row: Named, fields: Sequence[str], *, by: Actor | None) -> Fact:
    return record(_CHANGED[type(row)], row, by=by, data={"fields": [*fields]})


def role_granted(grant: RoleGrant, *, by: Actor | None) -> Fact:
    return record("people.role_granted", grant, by=by, person_id=grant.user.employee_id, data=_what_of(grant))


def role_revoked(grant: RoleGrant, *, by: Actor | None) -> Fact:
    return record("people.role_revoked", grant, by=by, person_id=grant.user.employee_id, data=_what_of(grant))


def account_created(user: User, *, by: Actor | None) -> Fact:
    return record("people.account_created", user, by=by, person_id=user.employee_id)


def account_changed(user: User, fields: Sequence[str], *, by: Actor | None) -> Fact:
    return record("people.account_changed", user, by=by, person_id=user.employee_id, data={"fields": [*fields]})


def account_deactivated(user: User, *, by: Actor | None) -> Fact:
    return accounts_deactivated([user], by=by)[0]


def accounts_deactivated(users: Iterable[User], *, by: Actor | None) -> list[Fact]:
    entries = [Entry(user, person_id=user.employee_id) for user in users]
    return record_many("people.account_deactivated", entries, by=by)


def account_reactivated(user: User, *, by: Actor | None) -> Fact:
    return record("people.account_reactivated", user, by=by, person_id=user.employee_id)


def person_invited(user: User, *, by: Actor | None) -> Fact:
    return record("people.person_invited", user, by=by, person_id=user.employee_id)


def invitation_accepted(user: User) -> Fact:
    return record("people.invitation_accepted", user, by=user, person_id=user.employee_id)


def _what_of(grant: RoleGrant) -> dict[str, object]:
    return {"account": grant.user_id, "role": grant.role, "unit": grant.org_unit_id}
