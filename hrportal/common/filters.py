"""Filters every resource of the API has. Different filters narrow together, the values of one filter widen."""

from typing import Any

import django_filters
from django import forms
from django.core.validators import MaxValueValidator
from drf_spectacular.utils import extend_schema_field

LARGEST_ID = 2**63 - 1
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


class ResourceFilter(django_filters.FilterSet):
    """What a client that keeps a copy needs: rows by id, and rows changed since it last looked."""

    ids = NumberIn(field_name="pk", help_text="Ids, with commas between them.")


class ChangedFilter(ResourceFilter):
    """For rows that know when they changed. Pass the time your last good fetch *started*."""

    modified_after = django_filters.IsoDateTimeFilter(
        field_name="updated_at", lookup_expr="gt", help_text="Only what changed after this instant (ISO 8601)."
    )


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
