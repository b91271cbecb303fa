"""What the actions share: who acts, changes by name, and the database's own checks in words."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import Model
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, StaleVersion

RowT = TypeVar("RowT", bound=Model)


def apply(row: Model, changes: Mapping[str, Any], editable: frozenset[str]) -> None:
    """Set fields that may be changed; any other name is a mistake of the caller."""
    if unknown := changes.keys() - editable:
        raise TypeError(f"not to be changed here: {', '.join(sorted(unknown))}")
    for name, value in changes.items():
        setattr(row, name, value)


def refuse_stale(row: Any, version: int, names: Iterable[str]) -> None:
    """StaleVersion, with what these fields hold now, unless a locked row is still what was read."""
    if row.version != version:
        words = _("Somebody changed this meanwhile. What you typed is still here: compare, and save again.")
        raise StaleVersion(words, version=row.version, theirs=model_to_dict(row, fields=sorted(names)))


def said(text: str, *, field: str) -> str:
    """What was written, if anything was; a step that asks for words refuses silence."""
    if not text.strip():
        raise ActionError(_("Please say why."), field=field)
    return text.strip()
