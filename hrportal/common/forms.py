"""What a form lets people choose from, when that depends on who asks; and what it says when an action refuses."""

from typing import Any, cast

from django import forms
from django.db.models import Field, Model, QuerySet

from hrportal.common.actions import ActionError


def offer(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> "forms.ModelChoiceField[Any]":
    """Let the field `name` choose among `rows`; the field, for what else there is to say of it."""
    field = cast("forms.ModelChoiceField[Any]", form.fields[name])
    field.queryset = rows
    return field


def usual_value(model: type[Model], name: str) -> Any:
    """What a field of a model is when nobody says."""
    return cast("Field[Any, Any]", model._meta.get_field(name)).get_default()


def words_of(model: type[Model], name: str) -> str:
    """What a field of a model is called."""
    return str(cast("Field[Any, Any]", model._meta.get_field(name)).verbose_name)


def put_on_form(form: Any, refusal: ActionError, *, field: str | None = None) -> None:
    """Say what an action refused beside the field it is about, or above the form. `field` where the form calls it otherwise."""
    name = field or refusal.field
    form.add_error(name if name in form.fields else None, refusal.message)
