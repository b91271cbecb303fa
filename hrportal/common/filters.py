"""Filters every resource of the API has. Different filters narrow together, the values of one filter widen."""

from functools import cache
from typing import Any

import django_filters
from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import Model
from drf_spectacular.utils import extend_schema_field

LARGEST_ID = 2**63 - 1
CHANGED = "Only what changed after this instant (ISO 8601). Pass the header `Watermark` of your last first page."
ID = {"type": "integer", "minimum": 0, "maximum": LARGEST_ID, "format": "int64"}


@extend_schema_field(ID)
class Number(django_filters.NumberFilter):
    """A whole number that a database can hold."""

    field_class = forms.IntegerField

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, **options)

    def get_max_validator(self) -> MaxValueValidator:
        return MaxValueValidator(LARGEST_ID)


class NumberIn(django_filters.BaseInFilter, Number):
    """Several ids, with commas between them."""


class WordIn(django_filters.BaseInFilter, django_filters.CharFilter):
    """Several words, with commas between them."""


class ChoiceIn(django_filters.BaseInFilter, django_filters.ChoiceFilter):
    """Several of some choices, with commas between them."""


def _since(column: str, words: str) -> django_filters.IsoDateTimeFilter:
    return django_filters.IsoDateTimeFilter(field_name=column, lookup_expr="gt", help_text=words)


class ResourceFilter(django_filters.FilterSet):
    """What a client that keeps a copy needs: rows by id and by their id elsewhere, rows made or changed since it last looked.

    Those that rest on a column are there for every model that has it.
    """

    ids = NumberIn(field_name="pk", help_text="Ids, with commas between them.")

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        filters = super().get_filters()
        columns = {field.name for field in cls._meta.model._meta.fields} if cls._meta.model else set()
        for column, name, made in (
            ("created_at", "created_after", _since("created_at", "Only what was made after this instant (ISO 8601).")),
            ("updated_at", "modified_after", _since("updated_at", CHANGED)),
            ("remote_id", "remote_ids", WordIn(field_name="remote_id", help_text="Ids in the source system.")),
        ):
            if column in columns:
                filters.setdefault(name, made)
        return filters


class ChangedFilter(ResourceFilter):
    """For rows that know when they changed."""

    modified_after = _since("updated_at", CHANGED)


@cache
def filter_for(model: type[Model]) -> type[ResourceFilter]:
    """What a resource can be filtered by that names no filters of its own."""
    meta = type("Meta", (), {"model": model, "fields": []})
    return type(f"{model.__name__}Filter", (ResourceFilter,), {"Meta": meta})


class FlagFilter(django_filters.BooleanFilter):
    """true or false; anything else is refused rather than read as absent."""

    class _Field(forms.NullBooleanField):
        def to_python(self, value: object) -> Any:
            if value in (None, ""):
                return None
            if str(value).lower() not in {"true", "false"}:
                raise forms.ValidationError("true or false.", code="invalid")
            return str(value).lower() == "true"

    field_class = _Field

    def __init__(self, **options: object) -> None:
        super().__init__(widget=forms.TextInput, **options)
