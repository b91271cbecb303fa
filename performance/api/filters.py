"""How clients narrow lists of performance. No filter names a rating: what may not be read may not be filtered by."""

import datetime
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from hrportal.common.filters import ChangedFilter, ChoiceIn, NumberIn, ResourceFilter, WordIn
from hrportal.common.paths import at_or_below
from hrportal.people.models import OrgUnit
from performance.enums import CycleState, GoalLevel, GoalState, ReviewState
from performance.models import Feedback, Objective, Review, ReviewCycle, ReviewPart


class CycleFilter(ChangedFilter):
    state = ChoiceIn(choices=CycleState.choices, help_text="States, with commas between them.")

    class Meta:
        model = ReviewCycle
        fields: list[str] = []


class ReviewFilter(ChangedFilter):
    modified_after = django_filters.IsoDateTimeFilter(
        method="changed_after", help_text="Only what changed after this instant (ISO 8601), in the review or its parts."
    )
    cycle = NumberIn(field_name="cycle_id", help_text="Ids of cycles, with commas between them.")
    state = ChoiceIn(choices=ReviewState.choices, help_text="States, with commas between them.")
    employee = NumberIn(field_name="employee_id", help_text="Ids of the people reviewed.")
    employee_numbers = WordIn(field_name="employee__employee_number", help_text="Numbers of the people reviewed.")
    reviewer = NumberIn(field_name="reviewer_id", help_text="Ids of those who write.")
    unit = django_filters.ModelChoiceFilter(
        queryset=OrgUnit.objects.all(), method="in_unit", help_text="Id of a unit: reviews in it and in units below it."
    )

    class Meta:
        model = Review
        fields: list[str] = []

    def changed_after(self, queryset: QuerySet[Review], name: str, value: datetime.datetime) -> QuerySet[Review]:
        saved = ReviewPart.objects.filter(review=OuterRef("pk"), saved_at__gt=value)
        return queryset.filter(Q(updated_at__gt=value) | Exists(saved))

    @extend_schema_field(OpenApiTypes.INT)
    def in_unit(self, queryset: QuerySet[Review], name: str, unit: Any) -> QuerySet[Review]:
        return queryset.filter(at_or_below(unit.path, field="org_unit__path"))


class ObjectiveFilter(ChangedFilter):
    owner = NumberIn(field_name="owner_id", help_text="Ids of the people whose goals they are.")
    parent = NumberIn(field_name="parent_id", help_text="Ids of the goals they contribute to.")
    level = ChoiceIn(choices=GoalLevel.choices, help_text="Levels, with commas between them.")
    state = ChoiceIn(choices=GoalState.choices, help_text="States, with commas between them.")

    class Meta:
        model = Objective
        fields: list[str] = []


class FeedbackFilter(ResourceFilter):
    recipient = NumberIn(field_name="recipient_id", help_text="Ids of those it is for.")
    giver = NumberIn(field_name="giver_id", help_text="Ids of those it is from.")

    class Meta:
        model = Feedback
        fields: list[str] = []
