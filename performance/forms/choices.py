"""What a form lets people choose from, when that depends on who asks."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet


def offer(form: forms.BaseForm, name: str, rows: QuerySet[Any], *, is_required: bool | None = None) -> None:
    """Let the field `name` choose among `rows`."""
    field = cast("forms.ModelChoiceField[Any]", form.fields[name])
    field.queryset = rows
    if is_required is not None:
        field.required = is_required
