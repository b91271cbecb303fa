"""Filters of the lists: only by what every reader of the list may read."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.filters import UnitFilter
from hrportal.people.models import Job
from hrportal.people.search import named
from talent.bench import rows_of
from talent.enums import BenchHealth, PlanState, VacancyRisk
from talent.freshness import RATING_BUDGET, Freshness, oldest_fresh
from talent.models import CalibratedRating, DevelopmentPlan, SuccessionPlan, TalentProfile


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


class ProfileFilter(django_filters.FilterSet):
    q = PersonSearch(field_name="employee")
    unit = UnitFilter(field_name="employee__org_unit")
    family = django_filters.ChoiceFilter(
        field_name="employee__job__family", choices=families, label=_("Job family"), empty_label=_("All families")
    )
    freshness = django_filters.ChoiceFilter(
        method="by_freshness",
        label=_("Latest rating"),
        empty_label=_("Any"),
        choices=[
            (Freshness.FRESH.value, _("Up to date")),
            (Freshness.STALE.value, _("Out of date")),
            (Freshness.UNKNOWN.value, _("None yet")),
        ],
    )

    class Meta:
        model = TalentProfile
        fields: list[str] = []

    def by_freshness(self, queryset: QuerySet[TalentProfile], name: str, value: str) -> QuerySet[TalentProfile]:
        ratings = CalibratedRating.objects.current().filter(profile=OuterRef("pk"))
        fresh = Exists(ratings.filter(period_ends_on__gte=oldest_fresh(RATING_BUDGET, timezone.localdate())))
        if value == Freshness.FRESH:
            return queryset.filter(fresh)
        if value == Freshness.STALE:
            return queryset.filter(Exists(ratings), ~fresh)
        return queryset.filter(~Exists(ratings))


class PlanFilter(django_filters.FilterSet):
    q = PersonSearch(field_name="employee")
    unit = UnitFilter(field_name="employee__org_unit")
    state = django_filters.ChoiceFilter(
        choices=PlanState.choices, label=_("State"), empty_label=_("Open and completed")
    )

    class Meta:
        model = DevelopmentPlan
        fields: list[str] = []


class Ordering(django_filters.OrderingFilter):
    """What the heads of a table sort by; it is chosen there and not in the form."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.HiddenInput, **options)


class BenchFilter(django_filters.FilterSet):
    ordering = Ordering(
        fields={
            "position__name": "role",
            "position__org_unit__name": "unit",
            "depth": "depth",
            "ready_now": "ready_now",
            "reviewed_on": "reviewed",
        }
    )
    unit = UnitFilter(field_name="position__org_unit")
    risk = django_filters.ChoiceFilter(
        field_name="vacancy_risk", choices=VacancyRisk.choices, label=_("Vacancy risk"), empty_label=_("Any risk")
    )
    health = django_filters.ChoiceFilter(
        method="by_health", choices=BenchHealth.choices, label=_("Health"), empty_label=_("Any health")
    )

    class Meta:
        model = SuccessionPlan
        fields: list[str] = []

    def by_health(self, queryset: QuerySet[SuccessionPlan], name: str, value: str) -> QuerySet[SuccessionPlan]:
        return queryset.filter(rows_of(value, timezone.localdate()))
