"""What lists about potential and pools can be narrowed by. No filter names a level."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hrportal.people.filters import UnitFilter
from talent.enums import AssessmentState, PoolMemberState
from talent.filters.common import PersonSearch
from talent.models import PoolMember, PotentialAssessment


class AssessmentFilter(django_filters.FilterSet):
    q = PersonSearch(field_name="employee")
    unit = UnitFilter(field_name="employee__org_unit")
    state = django_filters.ChoiceFilter(choices=AssessmentState.choices, label=_("State"), empty_label=_("All"))
    raters = django_filters.ChoiceFilter(
        method="by_raters",
        label=_("Raters"),
        empty_label=_("Any number"),
        choices=[
            ("few", _("Fewer than two named")),
            ("waiting", _("Forms still to come")),
            ("done", _("All submitted")),
        ],
    )

    def by_raters(
        self, queryset: QuerySet[PotentialAssessment], name: str, value: str
    ) -> QuerySet[PotentialAssessment]:
        """Of rows read `with_progress`."""
        wanted = {"few": {"asked__lt": 2}, "waiting": {}, "done": {"asked__gte": 2}}[value]
        found = queryset.filter(**wanted)
        waiting = found.filter(forms__state="asked").values("pk")
        if value == "waiting":
            return found.filter(pk__in=waiting)
        return found.exclude(pk__in=waiting) if value == "done" else found


class PoolMemberFilter(django_filters.FilterSet):
    q = PersonSearch(field_name="employee")
    unit = UnitFilter(field_name="employee__org_unit")
    state = django_filters.ChoiceFilter(
        choices=PoolMemberState.choices, label=_("State"), method="by_state", empty_label=_("Nominated and members")
    )

    def by_state(self, queryset: QuerySet[PoolMember], name: str, value: str) -> QuerySet[PoolMember]:
        return queryset.filter(state=value)
