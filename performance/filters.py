"""How lists narrow down, in pages and API alike. Only by what the reader may read: nothing here filters by a rating."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hrportal.people.filters import UnitFilter
from performance.enums import (
    BEING_WRITTEN,
    CycleState,
    FeedbackKind,
    GoalKind,
    GoalLevel,
    GoalState,
    ReviewState,
)
from performance.models import Feedback, Objective, Review, ReviewCycle


def cycles(request: Any) -> QuerySet[ReviewCycle]:
    """The cycles the reader may know of."""
    return ReviewCycle.objects.visible_to(request.user) if request else ReviewCycle.objects.none()


def named(prefix: str, words: str) -> Q:
    """People whose names or number begin with each of the words."""
    condition = Q()
    for word in words.split():
        condition &= (
            Q(**{f"{prefix}first_name__istartswith": word})
            | Q(**{f"{prefix}last_name__istartswith": word})
            | Q(**{f"{prefix}preferred_name__istartswith": word})
            | Q(**{f"{prefix}employee_number__iexact": word})
        )
    return condition


class SearchFilter(django_filters.CharFilter):
    """People by the beginnings of their names."""

    def __init__(self, prefix: str, **options: Any) -> None:
        super().__init__(label=_("Name or number"), widget=forms.TextInput(attrs={"type": "search"}), **options)
        self.prefix = prefix

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(named(self.prefix, value)) if value else qs


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

    class Meta:
        model = Review
        fields: list[str] = []

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
        return queryset.filter(viewer.oneself("reviewer__"), state__in=BEING_WRITTEN)


class CycleFilter(django_filters.FilterSet):
    """Cycles by state."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=CycleState.choices, empty_label=_("All states"))

    class Meta:
        model = ReviewCycle
        fields: list[str] = []


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
    show = django_filters.ChoiceFilter(
        label=_("Show"),
        method="show_kind",
        widget=forms.HiddenInput,
        choices=[("own", _("My own")), ("team", _("My team")), ("shared", _("Company and units"))],
    )

    class Meta:
        model = Objective
        fields: list[str] = []

    def show_kind(self, queryset: QuerySet[Objective], name: str, value: str) -> QuerySet[Objective]:
        """One of the tabs."""
        viewer = self.request.user.viewer
        if value == "shared":
            return queryset.exclude(level=GoalLevel.INDIVIDUAL)
        return queryset.filter(viewer.oneself("owner__") if value == "own" else viewer.chain_below("owner__"))


class FeedbackFilter(django_filters.FilterSet):
    """Feedback by kind, and by which side of it one is on."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=FeedbackKind.choices, empty_label=_("All kinds"))
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

    class Meta:
        model = Feedback
        fields: list[str] = []

    def show_kind(self, queryset: QuerySet[Feedback], name: str, value: str) -> QuerySet[Feedback]:
        """One of the tabs."""
        viewer = self.request.user.viewer
        if value == "wall":
            return queryset.filter(visibility="everyone")
        if value == "team":
            return queryset.filter(viewer.chain_below("recipient__"))
        return queryset.filter(viewer.oneself("giver__" if value == "given" else "recipient__"))
