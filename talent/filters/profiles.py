"""What the list of profiles can be narrowed by."""

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.filters import UnitFilter
from talent.filters.common import PersonSearch, families
from talent.freshness import RATING_BUDGET, Freshness, oldest_fresh
from talent.models import CalibratedRating, TalentProfile


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

    def by_freshness(self, queryset: QuerySet[TalentProfile], name: str, value: str) -> QuerySet[TalentProfile]:
        ratings = CalibratedRating.objects.current().filter(profile=OuterRef("pk"))
        fresh = Exists(ratings.filter(period_ends_on__gte=oldest_fresh(RATING_BUDGET, timezone.localdate())))
        if value == Freshness.FRESH:
            return queryset.filter(fresh)
        if value == Freshness.STALE:
            return queryset.filter(Exists(ratings), ~fresh)
        return queryset.filter(~Exists(ratings))
