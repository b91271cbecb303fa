"""What lists of mobility can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hrportal.people.filters import UnitFilter
from hrportal.people.models import Job, Location
from talent.enums import InterestState, OpportunityKind, OpportunityState, StepKind
from talent.filters.common import PersonSearch, families
from talent.models import CareerStep, Opportunity

MOST_WORDS = 5
BEST, NEWEST, SOONEST = "best", "newest", "soonest"


def _search(label: Any) -> django_filters.CharFilter:
    return django_filters.CharFilter(
        method="by_words", label=label, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )


def worded(value: str, *fields: str) -> Q:
    """Rows in which each word occurs in one of the fields."""
    found = Q()
    for word in value.replace("\x00", "").split()[:MOST_WORDS]:
        found &= Q(*((f"{name}__icontains", word) for name in fields), _connector=Q.OR)
    return found


class OpportunityFilter(django_filters.FilterSet):
    """Open opportunities; the order is chosen by the page."""

    q = _search(_("Title or description"))
    kind = django_filters.ChoiceFilter(choices=OpportunityKind.choices, label=_("Kind"), empty_label=_("Any kind"))
    unit = UnitFilter()
    location = django_filters.ModelChoiceFilter(
        queryset=Location.objects.all(), label=_("Location"), empty_label=_("Anywhere")
    )
    time = django_filters.ChoiceFilter(
        method="by_time",
        label=_("Working time"),
        empty_label=_("Any share"),
        choices=[("part", _("Beside one’s job")), ("whole", _("A whole job"))],
    )
    order = django_filters.ChoiceFilter(
        method="by_order",
        label=_("Order"),
        empty_label=None,
        choices=[(BEST, _("Best for me first")), (NEWEST, _("Newest first")), (SOONEST, _("Closing soonest first"))],
    )

    def by_words(self, queryset: QuerySet[Opportunity], name: str, value: str) -> QuerySet[Opportunity]:
        return queryset.filter(worded(value, "title", "description", "job__name"))

    def by_time(self, queryset: QuerySet[Opportunity], name: str, value: str) -> QuerySet[Opportunity]:
        return queryset.filter(time_share=100) if value == "whole" else queryset.filter(time_share__lt=100)

    def by_order(self, queryset: QuerySet[Opportunity], name: str, value: str) -> QuerySet[Opportunity]:
        return queryset


class ManagedFilter(django_filters.FilterSet):
    """Opportunities that one posted or looks after."""

    q = _search(_("Title or description"))
    kind = django_filters.ChoiceFilter(choices=OpportunityKind.choices, label=_("Kind"), empty_label=_("Any kind"))
    unit = UnitFilter()
    state = django_filters.ChoiceFilter(choices=OpportunityState.choices, label=_("State"), empty_label=_("Any state"))

    by_words = OpportunityFilter.by_words


class InterestFilter(django_filters.FilterSet):
    q = PersonSearch(field_name="employee")
    unit = UnitFilter(field_name="employee__org_unit")
    state = django_filters.ChoiceFilter(choices=InterestState.choices, label=_("State"), empty_label=_("Any state"))


class CareerStepFilter(django_filters.FilterSet):
    q = _search(_("Job"))
    family = django_filters.ChoiceFilter(
        method="by_family", choices=families, label=_("Job family"), empty_label=_("All families")
    )
    kind = django_filters.ChoiceFilter(choices=StepKind.choices, label=_("Kind"), empty_label=_("Any kind"))

    def by_words(self, queryset: QuerySet[CareerStep], name: str, value: str) -> QuerySet[CareerStep]:
        return queryset.filter(worded(value, "from_job__name", "to_job__name"))

    def by_family(self, queryset: QuerySet[CareerStep], name: str, value: str) -> QuerySet[CareerStep]:
        return queryset.filter(Q(from_job__family=value) | Q(to_job__family=value))


def jobs_with_a_way() -> QuerySet[Job]:
    """Jobs from or to which a step leads."""
    return Job.objects.filter(Q(steps_onward__isnull=False) | Q(steps_here__isnull=False)).distinct()
