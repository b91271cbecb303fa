"""What the list of a merit round can be narrowed by."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hrportal.people.filters import UnitFilter
from talent.enums import LeftOut, PayPosition
from talent.filters.common import PersonSearch
from talent.models import MeritRecommendation

OUTSIDE = Q(decided_percent__lt=F("low")) | Q(decided_percent__gt=F("high"))


class MeritFilter(django_filters.FilterSet):
    """`show` says which part: those with an amount, those without and why, those somebody decided on, those to approve."""

    q = PersonSearch(field_name="employee")
    unit = UnitFilter(field_name="employee__org_unit")
    show = django_filters.ChoiceFilter(
        method="by_part",
        label=_("Show"),
        empty_label=_("Everybody with a recommendation"),
        choices=[
            ("decided", _("Decided by a person")),
            ("outside", _("Outside the guideline")),
            ("stale", _("Resting on an old rating")),
            ("waiting", _("Not approved yet")),
            *LeftOut.choices,
        ],
    )
    rating = django_filters.NumberFilter(field_name="rating__value", label=_("Rating"), widget=forms.Select)
    position = django_filters.ChoiceFilter(
        choices=PayPosition.choices, label=_("Position in the range"), empty_label=_("Any")
    )

    def offer_ratings(self, labels: Sequence[tuple[int, str]]) -> None:
        """Ask for the ratings of the round by their words."""
        self.form.fields["rating"].widget.choices = [("", gettext("Any")), *labels]

    def filter_queryset(self, queryset: QuerySet[MeritRecommendation]) -> Any:
        if not self.form.cleaned_data.get("show"):
            queryset = queryset.filter(left_out="")
        return super().filter_queryset(queryset)

    def by_part(self, queryset: Any, name: str, value: str) -> Any:
        if value in LeftOut.values:
            return queryset.filter(left_out=value)
        parts = {
            "decided": Q(decided_percent__isnull=False),
            "outside": OUTSIDE,
            "stale": ~Q(rested_on_stale=[]),
            "waiting": Q(approved_at=None),
        }
        return queryset.filter(parts[value], left_out="")
