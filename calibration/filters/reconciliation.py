"""Where the two sides of the bridge differ."""

import django_filters as filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calibration.enums import DifferenceKind, HandOverKind
from calibration.models.reconciliation import DifferenceQuerySet
from calibration.reconciliation.effects import EFFECT_KINDS


class DifferenceFilter(filters.FilterSet):
    effect = filters.ChoiceFilter(
        choices=[(kind, HandOverKind(kind).label) for kind in EFFECT_KINDS],
        label=_("What"),
        empty_label=_("Everything"),
    )
    kind = filters.ChoiceFilter(choices=DifferenceKind.choices, label=_("Difference"), empty_label=_("Any difference"))
    person = filters.CharFilter(method="filter_person", label=_("Person"))

    def filter_person(self, rows: DifferenceQuerySet, name: str, value: str) -> DifferenceQuerySet:
        return rows.filter(Q(employee__last_name__istartswith=value) | Q(employee__first_name__istartswith=value))
