"""What the catalogue and the lists of enrolments can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hrportal.people.filters import UnitFilter
from hrportal.people.models import Competency
from hrportal.people.models.competencies import HIGHEST, LOWEST
from talent.enums import EnrolmentState, LearningKind
from talent.filters.common import PersonSearch
from talent.models import LearningItem


def active_competencies(request: Any = None) -> QuerySet[Competency]:
    """Those of the library one can still choose."""
    return Competency.objects.filter(is_active=True)


class LearningFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        method="by_words", label=_("Title or provider"), widget=forms.TextInput(attrs={"type": "search"})
    )
    competency = django_filters.ModelChoiceFilter(
        queryset=active_competencies, label=_("Competency"), empty_label=_("Any competency")
    )
    level = django_filters.ChoiceFilter(
        choices=[(n, n) for n in range(LOWEST, HIGHEST + 1)],
        lookup_expr="gte",
        label=_("Builds at least up to"),
        empty_label=_("Any level"),
    )
    kind = django_filters.ChoiceFilter(choices=LearningKind.choices, label=_("Kind"), empty_label=_("Any kind"))

    def by_words(self, queryset: QuerySet[LearningItem], name: str, value: str) -> QuerySet[LearningItem]:
        for word in value.replace("\x00", "").split()[:5]:
            queryset = queryset.filter(Q(title__icontains=word) | Q(provider__icontains=word))
        return queryset


class EnrolmentFilter(django_filters.FilterSet):
    q = PersonSearch(field_name="employee")
    unit = UnitFilter(field_name="employee__org_unit")
    state = django_filters.ChoiceFilter(choices=EnrolmentState.choices, label=_("State"), empty_label=_("Any state"))
