"""What the list of vacancies can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hrportal.people.filters import UnitFilter
from talent.enums import FillSource, VacancyState
from talent.models import Vacancy
from talent.search import seats_named


class VacancyFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="by_seat", label=_("Role"), widget=forms.TextInput(attrs={"type": "search"}))
    unit = UnitFilter(field_name="position__org_unit")
    state = django_filters.ChoiceFilter(choices=VacancyState.choices, label=_("State"), empty_label=_("Any state"))
    source = django_filters.ChoiceFilter(choices=FillSource.choices, label=_("Filled"), empty_label=_("From anywhere"))
    critical = django_filters.ChoiceFilter(
        method="by_critical", label=_("Roles"), empty_label=_("All roles"), choices=[("yes", _("Critical roles only"))]
    )

    def by_seat(self, queryset: QuerySet[Vacancy], name: str, value: str) -> QuerySet[Vacancy]:
        return queryset.filter(seats_named(value, "position__"))

    def by_critical(self, queryset: QuerySet[Vacancy], name: str, value: Any) -> QuerySet[Vacancy]:
        return queryset.exclude(plan=None)
