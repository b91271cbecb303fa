"""What can happen to jobs, seats, locations and legal entities: they come, are changed, and go out of use."""

from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.recording import Actor
from hrportal.people import events
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee
from hrportal.people.models.organisation import Job, LegalEntity, Location, Named, Position

RowT = TypeVar("RowT", bound=Named)

# What may be said of each beside its code, and the field of an employee that puts somebody there.
FIELDS: dict[type[Named], frozenset[str]] = {
    Job: frozenset({"name", "family", "level", "is_active"}),
    Position: frozenset({"name", "job", "org_unit", "is_active"}),
    Location: frozenset({"name", "country", "is_active"}),
    LegalEntity: frozenset({"name", "country", "is_active"}),
}
PLACES: dict[type[Named], str] = {Job: "job", Position: "position", Location: "location", LegalEntity: "legal_entity"}


@transaction.atomic
def add_to_organisation(model: type[RowT], *, by: Actor | None, code: str, **fields: Any) -> RowT:
    """Add a job, seat, location or legal entity."""
    if model._default_manager.filter(code=code).exists():
        raise ActionError(_("The code %s is taken.") % code, field="code")
    row = checked(model(code=code, **_known(model, fields)))
    row.save()
    events.organisation_row_created(row, by=by)
    return row


@transaction.atomic
def edit_in_organisation(row: RowT, *, by: Actor | None, **fields: Any) -> RowT:
    """Change what one is called or is, or take it out of use; whatever people are on stays in use."""
    row = type(row)._default_manager.select_for_update().get(pk=row.pk)
    changed = [name for name, value in _known(type(row), fields).items() if getattr(row, name) != value]
    if "is_active" in changed and row.is_active:
        _refuse_in_use(row)
    for name in changed:
        setattr(row, name, fields[name])
    if changed:
        checked(row)
        row.save(update_fields=changed)
        events.organisation_row_changed(row, changed, by=by)
    return row


def _known(model: type[Named], fields: dict[str, Any]) -> dict[str, Any]:
    if unknown := fields.keys() - FIELDS[model]:
        raise TypeError(f"not to be said of a {model.__name__}: {sorted(unknown)}")
    return fields


def _refuse_in_use(row: Named) -> None:
    there = Employee.objects.filter(**{PLACES[type(row)]: row}).exclude(status=EmploymentStatus.LEFT)
    if there.exists():
        raise ActionError(_("People are there now. Move them first."), field="is_active")
