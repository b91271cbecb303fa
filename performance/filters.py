"""How lists narrow down, in pages and API alike. Only by what the reader may read: nothing here filters by a rating."""

from typing import Any

import django_filters
from django import forms
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hrportal.common.paths import at_or_below
from hrportal.people.filters import UnitFilter
from hrportal.people.models import Competency, Employee, OrgUnit
from hrportal.people.search import named
from performance.cycles.population import Population
from performance.enums import (
    BEING_WRITTEN,
    CycleState,
    FeedbackKind,
    GoalKind,
    GoalLevel,
    GoalState,
    ImprovementState,
    LeftOut,
    ProposalState,
    RequestState,
    ReviewState,
    RoundState,
)
from performance.models import (
    Feedback,
    FeedbackRequest,
    FeedbackRound,
    GoalPeriod,
    GoalProposal,
    ImprovementPlan,
    Objective,
    Review,
    ReviewCycle,
)
from performance.models.goals import ObjectiveQuerySet
from performance.models.reviews import ReviewQuerySet


def cycles(request: Any) -> QuerySet[ReviewCycle]:
    """The cycles the reader may know of."""
    return ReviewCycle.objects.visible_to(request.user) if request else ReviewCycle.objects.none()


class SearchFilter(django_filters.CharFilter):
    """People by the beginnings of their names."""

    def __init__(self, prefix: str, **options: Any) -> None:
        super().__init__(label=_("Name or number"), widget=forms.TextInput(attrs={"type": "search"}), **options)
        self.prefix = prefix

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(named(value, self.prefix)) if value else qs


class ReviewFilter(django_filters.FilterSet):
    """Reviews by cycle, state, unit and person."""

    search = SearchFilter("employee__")
    cycle = django_filters.ModelChoiceFilter(label=_("Cycle"), queryset=cycles, empty_label=_("All cycles"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=ReviewState.choices, empty_label=_("All states"))
    unit = UnitFilter(field_name="org_unit")
    show = django_filters.ChoiceFilter(
        label=_("Show"),
        method="show_kind",
        widget=forms.HiddenInput,
        choices=[
            ("to_write", _("To write")),
            ("to_approve", _("To approve")),
            ("team", _("My team")),
            ("own", _("My own")),
            ("all", _("All I look after")),
        ],
    )

    def show_kind(self, queryset: QuerySet[Review], name: str, value: str) -> QuerySet[Review]:
        """One of the tabs: what waits for me, whom I lead, myself."""
        viewer = self.request.user.viewer
        if value == "all":
            return queryset
        if value == "own":
            return queryset.filter(viewer.oneself())
        if value == "team":
            return queryset.filter(viewer.chain_below())
        if value == "to_approve":
            waits = queryset.filter(state=ReviewState.SECOND_APPROVAL)
            return waits.filter(viewer.chain_below("reviewer__")).exclude(viewer.oneself())
        return queryset.filter(ReviewQuerySet.written_by(viewer), state__in=[ReviewState.GOAL_SETTING, *BEING_WRITTEN])


class PopulationFilter(django_filters.FilterSet):
    """People of a cycle's population, or those who are not in it, by the reason."""

    search = SearchFilter("")
    unit = UnitFilter()
    show = django_filters.ChoiceFilter(
        label=_("Show"),
        method="show_kind",
        empty_label=None,
        choices=[
            ("in", _("In the cycle")),
            ("nobody", _("In, with nobody to review them")),
            (_("Left out: they …"), LeftOut.choices),
        ],
    )

    def show_kind(self, queryset: Any, name: str, value: str) -> QuerySet[Employee]:
        """Who is in, who of them has no reviewer, or who is out for a reason."""
        population = Population(queryset)
        if value == "nobody":
            return population.without_reviewer
        return population.included if value == "in" else population.left_out(LeftOut(value))


class CycleFilter(django_filters.FilterSet):
    """Cycles by state."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=CycleState.choices, empty_label=_("All states"))


class GoalUnitFilter(UnitFilter):
    """Goals of a unit and those below it, and of the people in them."""

    def filter(self, qs: QuerySet[Objective], value: OrgUnit | None) -> QuerySet[Objective]:
        if value is None:
            return qs
        return qs.filter(
            at_or_below(value.path, field="org_unit__path") | at_or_below(value.path, field="owner__org_unit__path")
        )


class ObjectiveFilter(django_filters.FilterSet):
    """Goals by whose they are, level, kind and state."""

    search = django_filters.CharFilter(
        label=_("Words"), field_name="title", lookup_expr="icontains", widget=forms.TextInput(attrs={"type": "search"})
    )
    level = django_filters.ChoiceFilter(
        label=pgettext_lazy("goal", "Level"), choices=GoalLevel.choices, empty_label=_("All levels")
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=GoalKind.choices, empty_label=_("All kinds"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=GoalState.choices, empty_label=_("All states"))
    period = django_filters.ModelChoiceFilter(
        label=_("Period"), queryset=GoalPeriod.objects.all(), empty_label=_("All periods")
    )
    unit = GoalUnitFilter()
    stale = django_filters.ChoiceFilter(
        label=_("Check-ins"),
        method="only_stale",
        choices=[("true", _("None for 30 days"))],
        empty_label=_("Any"),
    )
    show = django_filters.ChoiceFilter(
        label=_("Show"),
        method="show_kind",
        widget=forms.HiddenInput,
        choices=[("own", _("My own")), ("team", _("My team")), ("shared", _("Company and units"))],
    )

    def only_stale(self, queryset: ObjectiveQuerySet, name: str, value: str) -> ObjectiveQuerySet:
        """Goals nobody measured for 30 days."""
        return queryset.stale()

    def show_kind(self, queryset: QuerySet[Objective], name: str, value: str) -> QuerySet[Objective]:
        """One of the tabs."""
        viewer = self.request.user.viewer
        if value == "shared":
            return queryset.exclude(level=GoalLevel.INDIVIDUAL)
        return queryset.filter(viewer.oneself("owner__") if value == "own" else viewer.chain_below("owner__"))


class GoalProposalFilter(django_filters.FilterSet):
    """Proposed development goals by whose they are, competency and state."""

    search = django_filters.CharFilter(
        label=_("Person"), method="by_person", widget=forms.TextInput(attrs={"type": "search"})
    )
    competency = django_filters.ModelChoiceFilter(
        label=_("Competency"), queryset=Competency.objects.order_by("name"), empty_label=_("All competencies")
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=ProposalState.choices, empty_label=_("All states"))
    show = django_filters.ChoiceFilter(
        label=_("Show"),
        method="show_kind",
        widget=forms.HiddenInput,
        choices=[("own", _("My own")), ("team", _("My team")), ("others", _("Everyone I look after"))],
    )

    def by_person(self, queryset: QuerySet[GoalProposal], name: str, value: str) -> QuerySet[GoalProposal]:
        return queryset.filter(named(value, "employee__"))

    def show_kind(self, queryset: QuerySet[GoalProposal], name: str, value: str) -> QuerySet[GoalProposal]:
        """One of the tabs."""
        viewer = self.request.user.viewer
        whose = {"own": viewer.oneself(), "team": viewer.chain_below(), "others": viewer.others()}
        return queryset.filter(whose[value])


class CascadeFilter(django_filters.FilterSet):
    """The cascade of one period, one unit or one person."""

    period = django_filters.ModelChoiceFilter(
        label=_("Period"), queryset=GoalPeriod.objects.all(), empty_label=_("All periods")
    )
    unit = GoalUnitFilter()
    person = SearchFilter("owner__")


class FeedbackFilter(django_filters.FilterSet):
    """Feedback by kind, and by which side of it one is on."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=FeedbackKind.choices, empty_label=_("All kinds"))
    competency = django_filters.ModelChoiceFilter(
        label=_("Competency"), queryset=Competency.objects.filter(is_active=True), empty_label=_("All competencies")
    )
    unit = UnitFilter(field_name="recipient__org_unit")
    show = django_filters.ChoiceFilter(
        label=_("Show"),
        method="show_kind",
        widget=forms.HiddenInput,
        choices=[
            ("received", _("Received")),
            ("given", _("Given")),
            ("team", _("My team")),
            ("wall", _("Praise for all to see")),
        ],
    )

    def show_kind(self, queryset: QuerySet[Feedback], name: str, value: str) -> QuerySet[Feedback]:
        """One of the tabs."""
        viewer = self.request.user.viewer
        if value == "wall":
            return queryset.filter(visibility="everyone")
        if value == "team":
            return queryset.filter(viewer.chain_below("recipient__"))
        return queryset.filter(viewer.oneself("giver__" if value == "given" else "recipient__"))


class FeedbackRequestFilter(django_filters.FilterSet):
    """Requests for feedback by what one has to do with them."""

    show = django_filters.ChoiceFilter(
        label=_("Show"),
        method="show_kind",
        widget=forms.HiddenInput,
        choices=[("to_answer", _("To answer")), ("mine", _("Asked by me")), ("answered", _("Settled"))],
    )

    def show_kind(self, queryset: QuerySet[FeedbackRequest], name: str, value: str) -> QuerySet[FeedbackRequest]:
        """One of the tabs."""
        viewer = self.request.user.viewer
        if value == "mine":
            return queryset.filter(viewer.oneself("asker__"))
        asked = queryset.filter(viewer.oneself("asked__"))
        if value == "answered":
            return asked.exclude(state=RequestState.OPEN)
        return asked.filter(state=RequestState.OPEN).order_by(F("due_on").asc(nulls_last=True), "id")


class ImprovementPlanFilter(django_filters.FilterSet):
    """Improvement plans by person and state, and by what one has to do with them."""

    search = SearchFilter("employee__")
    state = django_filters.ChoiceFilter(label=_("State"), choices=ImprovementState.choices, empty_label=_("All states"))
    show = django_filters.ChoiceFilter(
        label=_("Show"),
        method="show_kind",
        widget=forms.HiddenInput,
        choices=[("lead", _("I lead")), ("hr", _("I look after")), ("own", _("My own"))],
    )

    def show_kind(self, queryset: QuerySet[ImprovementPlan], name: str, value: str) -> QuerySet[ImprovementPlan]:
        """One of the tabs."""
        viewer = self.request.user.viewer
        if value == "own":
            return queryset.filter(viewer.oneself())
        if value == "hr":
            return queryset.filter(viewer.hr())
        return queryset.filter(viewer.chain_below() | viewer.oneself("owner__"))


class RoundFilter(django_filters.FilterSet):
    """360 rounds by person and state. Nothing here looks at who answered, or how."""

    search = SearchFilter("subject__")
    state = django_filters.ChoiceFilter(label=_("State"), choices=RoundState.choices, empty_label=_("All states"))
    unit = UnitFilter(field_name="subject__org_unit")
    show = django_filters.ChoiceFilter(
        method="show_kind",
        widget=forms.HiddenInput,
        choices=[
            ("to_answer", _("To answer")),
            ("own", _("About me")),
            ("team", _("My team")),
            ("all", _("All I look after")),
        ],
    )

    def show_kind(self, queryset: QuerySet[FeedbackRound], name: str, value: str) -> QuerySet[FeedbackRound]:
        """One of the tabs: about oneself, whom one leads, whom one looks after."""
        viewer = self.request.user.viewer
        if value == "own":
            return queryset.filter(viewer.oneself("subject__"))
        return queryset.filter(viewer.chain_below("subject__")) if value == "team" else queryset
