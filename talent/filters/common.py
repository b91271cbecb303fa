"""What several lists are narrowed and sorted by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Job
from hrportal.people.search import named


def families(request: Any = None) -> list[tuple[str, str]]:
    """The job families there are."""
    named = Job.objects.exclude(family="").order_by("family").values_list("family", flat=True).distinct()
    return [(family, family) for family in named]


class PersonSearch(django_filters.CharFilter):
    """People by the beginning of a name or of the employee number; each word narrows."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("Person"), **options)
        self.extra["widget"] = forms.TextInput(attrs={"type": "search"})

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(named(value, f"{self.field_name}__")) if value else qs


class Ordering(django_filters.OrderingFilter):
    """What the heads of a table sort by; it is chosen there and not in the form."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.HiddenInput, **options)
