"""What the list of benches can be narrowed and sorted by."""

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.filters import UnitFilter
from talent.bench import rows_of
from talent.enums import BenchHealth, VacancyRisk
from talent.filters.common import Ordering
from talent.models import SuccessionPlan


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
