"""What can happen to the organisation's units."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.journal.recording import Actor
from hrportal.people import events
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee, OrgUnit
from hrportal.people.trees import lock_tree, move_subtree, path_under


@transaction.atomic
def create_unit(*, by: Actor | None, code: str, name: str, parent: OrgUnit | None = None, **fields: Any) -> OrgUnit:
    """Add a unit below `parent`, or at the top."""
    lock_tree(OrgUnit)
    if OrgUnit.objects.filter(code=code).exists():
        raise ActionError(_("There is already a unit with the code %s.") % code, field="code")
    unit = OrgUnit.objects.create(code=code, name=name, parent=parent, **fields)
    unit.path = path_under(unit, parent, field="parent")
    unit.save(update_fields=["path"])
    events.unit_created(unit, by=by)
    return unit


@transaction.atomic
def edit_unit(unit: OrgUnit, *, by: Actor | None, **fields: Any) -> OrgUnit:
    """Change what a unit is called or is. Where it lies is `move_unit`."""
    if unknown := fields.keys() - {"name", "kind", "is_active"}:
        raise TypeError(f"not to be edited: {sorted(unknown)}")
    unit = OrgUnit.objects.select_for_update().get(pk=unit.pk)
    if fields.get("is_active") is False and unit.is_active:
        _refuse_in_use(unit)
    changed = [name for name, value in fields.items() if getattr(unit, name) != value]
    for name in changed:
        setattr(unit, name, fields[name])
    if changed:
        unit.save(update_fields=changed)
        events.unit_changed(unit, changed, by=by)
    return unit


@transaction.atomic
def move_unit(unit: OrgUnit, *, by: Actor | None, parent: OrgUnit | None) -> OrgUnit:
    """Put a unit, with all below it, under another one. A unit is never put below itself."""
    lock_tree(OrgUnit)
    unit = OrgUnit.objects.select_for_update().get(pk=unit.pk)
    if unit.parent_id == getattr(parent, "pk", None):
        return unit
    move_subtree(unit, path_under(unit, parent, field="parent"))
    unit.parent = parent
    unit.save(update_fields=["parent"])
    events.unit_moved(unit, by=by)
    return unit


def _refuse_in_use(unit: OrgUnit) -> None:
    if Employee.objects.filter(org_unit=unit).exclude(status=EmploymentStatus.LEFT).exists():
        raise ActionError(_("People work in this unit. Move them first."), field="is_active")
    if OrgUnit.objects.filter(parent=unit, is_active=True).exists():
        raise ActionError(_("Units in use lie below this one."), field="is_active")
