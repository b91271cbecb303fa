"""How clients narrow lists of performance. No filter names a rating: what may not be read may not be filtered by."""

import datetime
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from hrportal.common.filters import (
    ChangedFilter,
    ChoiceIn,
    FlagFilter,
    NumberIn,
    ResourceFilter,
    WordIn,
)
from hrportal.common.paths import (
    at_or_below,
    below,
)
from hrportal.people.models import OrgUnit
from performance.enums import (
    CycleState,
    FeedbackKind,
    FeedbackVisibility,
    GoalKind,
    GoalLevel,
    GoalState,
    ImprovementState,
    MeetingState,
    ProposalState,
    RequestState,
    ReviewState,
    RoundState,
    SheetState,
    Side,
)
from performance.models import (
    ActionItem,
    AgendaItem,
    AnswerSheet,
    Feedback,
    FeedbackRequest,
    FeedbackRound,
    GoalAssignment,
    GoalPeriod,
    GoalProposal,
    GoalTemplate,
    ImprovementPlan,
    Meeting,
    Objective,
    OneToOne,
    Review,
    ReviewCycle,
    ReviewPart,
    RoundTemplate,
)


class CycleFilter(ChangedFilter):
    state = ChoiceIn(choices=CycleState.choices, help_text="States, with commas between them.")

    class Meta:
        model = ReviewCycle
        fields: list[str] = []


class PerformanceReviewFilter(ResourceFilter):
    """Assessments as unified HR interfaces ask for them. Those of withdrawn reviews only if asked for."""

    updated_after = django_filters.IsoDateTimeFilter(
        field_name="changed_at", lookup_expr="gt", help_text="Only what changed after this instant (ISO 8601)."
    )
    review_cycle_ids = NumberIn(field_name="review__cycle_id", help_text="Ids of cycles, with commas between them.")
    reviewee_ids = NumberIn(field_name="review__employee_id", help_text="Ids of the people reviewed.")
    types = ChoiceIn(
        choices=[("MANAGER", "MANAGER"), ("SELF", "SELF")], method="of_types", help_text="MANAGER, SELF or both."
    )
    include_deleted = FlagFilter(method="keep", help_text="true: with those of reviews that were withdrawn.")

    class Meta:
        model = ReviewPart
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[ReviewPart]) -> QuerySet[ReviewPart]:
        if not self.form.cleaned_data.get("include_deleted"):
            queryset = queryset.exclude(review__state=ReviewState.WITHDRAWN)
        return super().filter_queryset(queryset)

    def of_types(self, queryset: QuerySet[ReviewPart], name: str, value: list[str]) -> QuerySet[ReviewPart]:
        return queryset.filter(side__in=[Side[word] for word in value if word])

    def keep(self, queryset: QuerySet[ReviewPart], name: str, value: bool) -> QuerySet[ReviewPart]:
        return queryset


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
        saved = ReviewPart.objects.visible_to(self.request.user).filter(review=OuterRef("pk"), saved_at__gt=value)
        return queryset.filter(Q(updated_at__gt=value) | Exists(saved))

    @extend_schema_field(OpenApiTypes.INT)
    def in_unit(self, queryset: QuerySet[Review], name: str, unit: Any) -> QuerySet[Review]:
        return queryset.filter(at_or_below(unit.path, field="org_unit__path"))


def goals_of_reader(request: Any) -> QuerySet[Objective]:
    """The goals the reader may see."""
    return Objective.objects.visible_to(request.user) if request else Objective.objects.none()


class ObjectiveFilter(ChangedFilter):
    owner = NumberIn(field_name="owner_id", help_text="Ids of the people whose goals they are.")
    parent = NumberIn(field_name="parent_id", help_text="Ids of the goals they contribute to.")
    below = django_filters.ModelChoiceFilter(
        queryset=goals_of_reader,
        method="anywhere_below",
        help_text="Id of a goal: all that lead up to it, at any depth.",
    )
    is_top = FlagFilter(field_name="parent", lookup_expr="isnull", help_text="Goals that contribute to no other.")
    period = NumberIn(field_name="period_id", help_text="Ids of goal periods.")
    assignment = NumberIn(field_name="assignment_id", help_text="Ids of assignments they come from.")
    kind = ChoiceIn(choices=GoalKind.choices, help_text="Kinds, with commas between them.")
    is_stale = FlagFilter(method="only_stale", help_text="Active goals nobody measured for 30 days, or all others.")
    level = ChoiceIn(choices=GoalLevel.choices, help_text="Levels, with commas between them.")
    state = ChoiceIn(choices=GoalState.choices, help_text="States, with commas between them.")

    class Meta:
        model = Objective
        fields: list[str] = []

    @extend_schema_field(OpenApiTypes.INT)
    def anywhere_below(self, queryset: QuerySet[Objective], name: str, goal: Any) -> QuerySet[Objective]:
        return queryset.filter(below(goal.path))

    @extend_schema_field(OpenApiTypes.BOOL)
    def only_stale(self, queryset: QuerySet[Objective], name: str, value: bool) -> QuerySet[Objective]:
        stale = Objective.objects.stale()
        return queryset.filter(pk__in=stale) if value else queryset.exclude(pk__in=stale)


class GoalProposalFilter(ChangedFilter):
    employee = NumberIn(field_name="employee_id", help_text="Ids of people, with commas between them.")
    employee_numbers = WordIn(field_name="employee__employee_number", help_text="Their employee numbers.")
    competency = NumberIn(field_name="competency_id", help_text="Ids of competencies.")
    state = ChoiceIn(choices=ProposalState.choices, help_text="States, with commas between them.")

    class Meta:
        model = GoalProposal
        fields: list[str] = []


class GoalPeriodFilter(ChangedFilter):
    is_open = FlagFilter(field_name="closed_at", lookup_expr="isnull", help_text="Those not closed yet, or the closed.")

    class Meta:
        model = GoalPeriod
        fields: list[str] = []


class GoalTemplateFilter(ChangedFilter):
    class Meta:
        model = GoalTemplate
        fields: list[str] = []


class GoalAssignmentFilter(ResourceFilter):
    template = NumberIn(field_name="template_id", help_text="Ids of templates.")

    class Meta:
        model = GoalAssignment
        fields: list[str] = []


class FeedbackFilter(ResourceFilter):
    recipient = NumberIn(field_name="recipient_id", help_text="Ids of those it is for.")
    giver = NumberIn(field_name="giver_id", help_text="Ids of those it is from.")
    competency = NumberIn(field_name="competency_id", help_text="Ids of competencies.")
    kind = ChoiceIn(choices=FeedbackKind.choices, help_text="Kinds, with commas between them.")
    visibility = ChoiceIn(choices=FeedbackVisibility.choices, help_text="Who sees it, with commas between them.")
    given_after = django_filters.IsoDateTimeFilter(
        field_name="given_at", lookup_expr="gt", help_text="Only what was given after this instant (ISO 8601)."
    )

    class Meta:
        model = Feedback
        fields: list[str] = []


class FeedbackRequestFilter(ResourceFilter):
    asker = NumberIn(field_name="asker_id", help_text="Ids of those who ask.")
    asked = NumberIn(field_name="asked_id", help_text="Ids of those who are asked.")
    about = NumberIn(field_name="about_id", help_text="Ids of those it is about.")
    state = ChoiceIn(choices=RequestState.choices, help_text="States, with commas between them.")

    class Meta:
        model = FeedbackRequest
        fields: list[str] = []


class ImprovementPlanFilter(ChangedFilter):
    employee = NumberIn(field_name="employee_id", help_text="Ids of the people whose plans they are.")
    state = ChoiceIn(choices=ImprovementState.choices, help_text="States, with commas between them.")

    class Meta:
        model = ImprovementPlan
        fields: list[str] = []


class OneToOneFilter(ResourceFilter):
    is_running = FlagFilter(
        field_name="ended_at", lookup_expr="isnull", help_text="true for those that run, false for those that ended."
    )

    class Meta:
        model = OneToOne
        fields: list[str] = []


class MeetingFilter(ResourceFilter):
    one_to_one = NumberIn(field_name="one_to_one_id", help_text="Ids of series.")
    state = ChoiceIn(choices=MeetingState.choices, help_text="States, with commas between them.")

    class Meta:
        model = Meeting
        fields: list[str] = []


class AgendaItemFilter(ResourceFilter):
    one_to_one = NumberIn(field_name="one_to_one_id", help_text="Ids of series.")
    is_open = FlagFilter(field_name="discussed_in", lookup_expr="isnull", help_text="true for what lies on the table.")

    class Meta:
        model = AgendaItem
        fields: list[str] = []


class OneToOneActionFilter(ResourceFilter):
    one_to_one = NumberIn(field_name="one_to_one_id", help_text="Ids of series.")
    owner = NumberIn(field_name="owner_id", help_text="Ids of those who promised.")
    is_open = FlagFilter(field_name="done_at", lookup_expr="isnull", help_text="true for what is not done yet.")

    class Meta:
        model = ActionItem
        fields: list[str] = []


class RoundFilter(ResourceFilter):
    subject = NumberIn(field_name="subject_id", help_text="Ids of the people the rounds are about.")
    state = ChoiceIn(choices=RoundState.choices, help_text="States, with commas between them.")

    class Meta:
        model = FeedbackRound
        fields: list[str] = []


class RoundTemplateFilter(ResourceFilter):
    class Meta:
        model = RoundTemplate
        fields: list[str] = []


class AnswerSheetFilter(django_filters.FilterSet):
    ids = NumberIn(field_name="rater_id", help_text="Ids, with commas between them.")
    state = ChoiceIn(choices=SheetState.choices, help_text="States, with commas between them.")

    class Meta:
        model = AnswerSheet
        fields: list[str] = []
