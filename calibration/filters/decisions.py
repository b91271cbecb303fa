"""Decisions, and the cards of one table."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from calibration.models import CalibrationSession, Decision, DecisionRemark
from calibration.models.decisions import DecisionQuerySet
from hrportal.people.filters import SearchBox, UnitFilter
from hrportal.people.models import Employee
from hrportal.people.search import named
from performance.models import ReviewCycle


class DecisionFilter(filters.FilterSet):
    """The choices are what the reader's own decisions hold, so that no name is offered which they may not see."""

    search = filters.CharFilter(method="filter_person", label=_("Name or number"), widget=SearchBox, max_length=100)
    cycle = filters.ModelChoiceFilter(
        field_name="review__cycle", queryset=ReviewCycle.objects.none(), label=_("Cycle"), empty_label=_("Any cycle")
    )
    session = filters.ModelChoiceFilter(
        queryset=CalibrationSession.objects.none(),
        method="filter_session",
        label=_("Session"),
        empty_label=_("Any session"),
    )
    manager = filters.ModelChoiceFilter(
        field_name="review__reviewer",
        queryset=Employee.objects.none(),
        label=_("Manager"),
        empty_label=_("Any manager"),
    )
    unit = UnitFilter(field_name="review__org_unit")
    moved = filters.ChoiceFilter(
        choices=[("true", _("Moved")), ("false", _("As proposed"))],
        method="filter_moved",
        label=_("Moved"),
        empty_label=_("Moved or not"),
    )
    remarks = filters.ChoiceFilter(
        choices=[("waiting", _("HR is asked to look again")), ("any", _("With a remark"))],
        method="filter_remarks",
        label=_("Remarks"),
        empty_label=_("With and without"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows, path in (
            ("cycle", ReviewCycle, "review__cycle"),
            ("session", CalibrationSession, "session"),
            ("manager", Employee, "review__reviewer"),
        ):
            named_here = self.queryset.order_by().values(path)
            self.filters[name].queryset = rows.objects.filter(pk__in=named_here)
        above = self.filters["session"].queryset.order_by().values("parent")
        self.filters["session"].queryset |= CalibrationSession.objects.filter(pk__in=above)

    def filter_person(self, rows: DecisionQuerySet, name: str, value: str) -> QuerySet[Decision]:
        return rows.filter(named(value, "review__employee__"))

    def filter_session(self, rows: DecisionQuerySet, name: str, value: CalibrationSession) -> QuerySet[Decision]:
        return rows.filter(session__in=CalibrationSession.objects.at_one_table(value).values("pk"))

    def filter_moved(self, rows: DecisionQuerySet, name: str, value: str) -> QuerySet[Decision]:
        as_proposed = Q(rating=F("proposed_rating"))
        return rows.exclude(as_proposed) if value == "true" else rows.filter(as_proposed)

    def filter_remarks(self, rows: DecisionQuerySet, name: str, value: str) -> QuerySet[Decision]:
        remarks = DecisionRemark.objects.filter(decision=OuterRef("pk"))
        return rows.filter(Exists(remarks.waiting() if value == "waiting" else remarks))


class TableFilter(filters.FilterSet):
    """The cards of a session and of those under it."""

    session = filters.ModelChoiceFilter(
        queryset=lambda request: CalibrationSession.objects.visible_to(request.user),
        method="filter_session",
        widget=forms.HiddenInput,
    )

    def filter_session(self, rows: Any, name: str, value: CalibrationSession) -> Any:
        return rows.at_table_of(value)
