"""Figures about managers, and suggestions."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Abs
from django.utils.translation import gettext_lazy as _

from calibration.models import CalibrationSession, Card, ManagerEvidence, Suggestion
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from performance.models import ReviewCycle

FLAGGED = Q(is_mean_flagged=True) | Q(is_spread_flagged=True)


def at_table(user: Principal, session: CalibrationSession) -> Q:
    """Figures of managers with cards around this table that the reader sees."""
    cards = Card.objects.visible_to(user).at_table_of(session).filter(review__reviewer=OuterRef("manager"))
    return Q(Exists(cards.order_by()))


def asked_first(rows: QuerySet[ManagerEvidence]) -> QuerySet[ManagerEvidence]:
    """Who is asked something comes first, then whoever lies furthest from what goals and peers explain."""
    far = Abs(F("leniency")).desc(nulls_last=True)
    return rows.order_by("-is_mean_flagged", "-is_spread_flagged", far, "manager__last_name", "pk")


class FindingFilter(filters.FilterSet):
    search = filters.CharFilter(method="filter_name", label=_("Manager"))
    flagged = filters.ChoiceFilter(
        choices=[("true", _("Asked to explain")), ("false", _("Not asked"))],
        method="filter_flagged",
        label=_("Asked"),
        empty_label=_("Asked or not"),
    )
    cycle = filters.ModelChoiceFilter(
        field_name="run__cycle", queryset=ReviewCycle.objects.filter(is_calibrated=True), widget=forms.HiddenInput
    )
    session = filters.ModelChoiceFilter(
        queryset=lambda request: CalibrationSession.objects.visible_to(request.user),
        method="filter_session",
        widget=forms.HiddenInput,
    )
    ordering = filters.OrderingFilter(
        fields={
            "manager__last_name": "manager",
            "ratings": "ratings",
            "mean": "mean",
            "explained": "explained",
            "leniency": "leniency",
            "mean_q": "q",
        },
        widget=forms.HiddenInput,
    )

    def filter_name(self, rows: QuerySet[ManagerEvidence], name: str, value: str) -> QuerySet[ManagerEvidence]:
        people = Employee.objects.filter(Q(last_name__istartswith=value) | Q(first_name__istartswith=value))
        return rows.filter(manager__in=people.values("pk"))

    def filter_flagged(self, rows: QuerySet[ManagerEvidence], name: str, value: str) -> QuerySet[ManagerEvidence]:
        return rows.filter(FLAGGED if value == "true" else ~FLAGGED)

    def filter_session(
        self, rows: QuerySet[ManagerEvidence], name: str, value: CalibrationSession
    ) -> QuerySet[ManagerEvidence]:
        return rows.filter(at_table(self.request.user, value), run__cycle=value.cycle_id)


class SuggestionFilter(filters.FilterSet):
    answer = filters.ChoiceFilter(
        choices=[("open", _("Left to answer")), ("answered", _("Answered"))],
        method="filter_answer",
        label=_("Answer"),
        empty_label=_("Answered or not"),
    )
    direction = filters.ChoiceFilter(
        choices=[("severe", _("One level up")), ("lenient", _("One level down"))],
        field_name="reason",
        label=_("Direction"),
        empty_label=_("Up or down"),
    )

    def filter_answer(self, rows: Any, name: str, value: str) -> Any:
        return rows.open() if value == "open" else rows.exclude(pk__in=Suggestion.objects.open().values("pk"))
