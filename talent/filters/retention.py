"""What the lists of retention can be narrowed by."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.enums import LeaveReason
from hrportal.people.filters import UnitFilter
from talent.enums import Driver, RetentionState, RiskLevel, StayInterviewState
from talent.filters.common import Ordering, PersonSearch, families
from talent.freshness import RISK_BUDGET, Freshness, oldest_fresh
from talent.models import Exit, FlightRisk, RetentionPlan


class RiskFilter(django_filters.FilterSet):
    q = PersonSearch(field_name="employee")
    unit = UnitFilter(field_name="employee__org_unit")
    family = django_filters.ChoiceFilter(
        field_name="employee__job__family", choices=families, label=_("Job family"), empty_label=_("All families")
    )
    likelihood = django_filters.ChoiceFilter(choices=RiskLevel.choices, label=_("Likelihood"), empty_label=_("Any"))
    impact = django_filters.ChoiceFilter(choices=RiskLevel.choices, label=_("Impact"), empty_label=_("Any"))
    driver = django_filters.ChoiceFilter(
        method="by_driver", choices=Driver.choices, label=_("Reason"), empty_label=_("Any")
    )
    freshness = django_filters.ChoiceFilter(
        method="by_freshness",
        label=_("Assessed"),
        empty_label=_("Any time"),
        choices=[(Freshness.FRESH.value, _("Up to date")), (Freshness.STALE.value, _("Out of date"))],
    )
    plan = django_filters.ChoiceFilter(
        method="by_plan",
        label=_("Retention plan"),
        empty_label=_("With and without"),
        choices=[("yes", _("With an open plan")), ("no", _("Without one"))],
    )
    ordering = Ordering(
        fields={"employee__last_name": "name", "assessed_on": "assessed", "employee__org_unit__name": "unit"}
    )

    def by_driver(self, queryset: QuerySet[FlightRisk], name: str, value: str) -> QuerySet[FlightRisk]:
        # The list is stored as JSON; a value is a word of our own, so its quoted form occurs only as an element.
        return queryset.alias(words=Cast("drivers", TextField())).filter(words__contains=f'"{value}"')

    def by_freshness(self, queryset: QuerySet[FlightRisk], name: str, value: str) -> QuerySet[FlightRisk]:
        bound = oldest_fresh(RISK_BUDGET, timezone.localdate())
        fresh = value == Freshness.FRESH
        return queryset.filter(assessed_on__gte=bound) if fresh else queryset.filter(assessed_on__lt=bound)

    def by_plan(self, queryset: QuerySet[FlightRisk], name: str, value: str) -> QuerySet[FlightRisk]:
        has = Exists(RetentionPlan.objects.open().filter(employee=OuterRef("employee")))
        return queryset.filter(has if value == "yes" else ~has)


class RetentionPlanFilter(django_filters.FilterSet):
    q = PersonSearch(field_name="employee")
    unit = UnitFilter(field_name="employee__org_unit")
    state = django_filters.ChoiceFilter(choices=RetentionState.choices, label=_("State"), empty_label=_("Any state"))


class StayInterviewFilter(django_filters.FilterSet):
    q = PersonSearch(field_name="employee")
    unit = UnitFilter(field_name="employee__org_unit")
    state = django_filters.ChoiceFilter(
        choices=StayInterviewState.choices, label=_("State"), empty_label=_("Any state")
    )


class ExitFilter(django_filters.FilterSet):
    q = PersonSearch(field_name="employee")
    unit = UnitFilter(field_name="org_unit")
    leave_reason = django_filters.ChoiceFilter(
        choices=LeaveReason.choices, label=_("Reason for leaving"), empty_label=_("Any")
    )
    review = django_filters.ChoiceFilter(
        method="by_review",
        label=_("Review"),
        empty_label=_("Any"),
        choices=[("open", _("Not reviewed yet")), ("regretted", _("Regretted")), ("not", _("Not regretted"))],
    )
    strong = django_filters.ChoiceFilter(
        field_name="was_strong",
        label=_("Rated high"),
        empty_label=_("Any"),
        choices=[("True", _("High performers")), ("False", _("Others"))],
    )

    def by_review(self, queryset: QuerySet[Exit], name: str, value: str) -> QuerySet[Exit]:
        kinds: dict[str, Any] = {
            "open": {"reviewed_on": None},
            "regretted": {"is_regretted": True},
            "not": {"is_regretted": False},
        }
        return queryset.filter(**kinds[value])
