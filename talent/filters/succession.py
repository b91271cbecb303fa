"""What the list of benches can be narrowed and sorted by."""

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.filters import UnitFilter
from talent.bench import rows_of
from talent.enums import BenchHealth, SuccessorState, VacancyRisk
from talent.filters.common import Ordering
from talent.models import SuccessionPlan, Successor


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
    criticality = django_filters.ChoiceFilter(
        choices=[(str(level), str(level)) for level in range(5, 0, -1)], label=_("Criticality"), empty_label=_("Any")
    )
    health = django_filters.ChoiceFilter(
        method="by_health", choices=BenchHealth.choices, label=_("Health"), empty_label=_("Any health")
    )

    def by_health(self, queryset: QuerySet[SuccessionPlan], name: str, value: str) -> QuerySet[SuccessionPlan]:
        return queryset.filter(rows_of(value, timezone.localdate()))


class ChartFilter(django_filters.FilterSet):
    unit = UnitFilter(field_name="position__org_unit")
    people = django_filters.ChoiceFilter(
        method="by_people",
        label=_("Bench"),
        empty_label=_("All critical roles"),
        choices=[("with", _("With successors")), ("without", _("Without successors"))],
    )
    risk = django_filters.ChoiceFilter(
        field_name="vacancy_risk", choices=VacancyRisk.choices, label=_("Vacancy risk"), empty_label=_("Any risk")
    )

    def by_people(self, queryset: QuerySet[SuccessionPlan], name: str, value: str) -> QuerySet[SuccessionPlan]:
        standing = Exists(Successor.objects.exclude(state=SuccessorState.REMOVED).filter(plan=OuterRef("pk")))
        return queryset.filter(standing if value == "with" else ~standing)
