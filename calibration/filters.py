"""What lists can be narrowed by; shared by pages and API."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from calibration.enums import HandOverKind, SessionState
from calibration.models import CalibrationSession, Card, HandOver
from calibration.models.handover import HandOverQuerySet
from hrportal.journal.enums import DeliveryState
from hrportal.people.models import Employee, Job, OrgUnit
from performance.models import ReviewCycle


class SessionFilter(filters.FilterSet):
    search = filters.CharFilter(field_name="name", lookup_expr="icontains", label=_("Name"))
    state = filters.ChoiceFilter(choices=SessionState.choices, label=_("State"), empty_label=_("Any state"))
    cycle = filters.ModelChoiceFilter(
        queryset=lambda request: ReviewCycle.objects.visible_to(request.user).filter(is_calibrated=True),
        label=_("Cycle"),
        empty_label=_("Any cycle"),
    )

    class Meta:
        model = CalibrationSession
        fields: list[str] = []


class CardFilter(filters.FilterSet):
    """The choices are what lies on this board, so that no name is offered which the reader may not see."""

    manager = filters.ModelChoiceFilter(
        field_name="review__reviewer",
        queryset=Employee.objects.none(),
        label=_("Manager"),
        empty_label=_("Any manager"),
    )
    unit = filters.ModelChoiceFilter(
        field_name="review__org_unit", queryset=OrgUnit.objects.none(), label=_("Unit"), empty_label=_("Any unit")
    )
    job = filters.ModelChoiceFilter(
        field_name="review__job", queryset=Job.objects.none(), label=_("Job"), empty_label=_("Any job")
    )
    moved = filters.ChoiceFilter(
        choices=[("true", _("Moved")), ("false", _("As proposed"))],
        method="filter_moved",
        label=_("Moved"),
        empty_label=_("Moved or not"),
    )
    discussed = filters.ChoiceFilter(
        choices=[("true", _("Discussed")), ("false", _("Left to discuss"))],
        method="filter_discussed",
        label=_("Discussed"),
        empty_label=_("Discussed or not"),
    )

    # Not a criterion: keeps "as a list" while the filter changes.
    view = filters.ChoiceFilter(choices=[("list", "list")], method="keep", widget=forms.HiddenInput)

    class Meta:
        model = Card
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("manager", Employee), ("unit", OrgUnit), ("job", Job)):
            on_board = self.queryset.order_by().values(self.filters[name].field_name)
            self.filters[name].queryset = rows.objects.filter(pk__in=on_board)

    def keep(self, cards: QuerySet[Card], name: str, value: str) -> QuerySet[Card]:
        return cards

    def filter_moved(self, cards: QuerySet[Card], name: str, value: str) -> QuerySet[Card]:
        unmoved = Q(rating=F("proposed_rating"))
        return cards.filter(~unmoved if value == "true" else unmoved)

    def filter_discussed(self, cards: QuerySet[Card], name: str, value: str) -> QuerySet[Card]:
        return cards.filter(is_discussed=value == "true")


class HandOverFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(
        field_name="subscriber", choices=HandOverKind.choices, label=_("What"), empty_label=_("Everything")
    )
    status = filters.ChoiceFilter(
        method="filter_status",
        label=_("State"),
        empty_label=_("Any state"),
        choices=[
            (DeliveryState.PARKED, _("Parked")),
            ("failing", _("Failing, tried again")),
            (DeliveryState.PENDING, _("Pending")),
            (DeliveryState.DONE, _("Done")),
        ],
    )
    person = filters.CharFilter(method="filter_person", label=_("Person"))

    class Meta:
        model = HandOver
        fields: list[str] = []

    def filter_status(self, rows: HandOverQuerySet, name: str, value: str) -> HandOverQuerySet:
        return rows.failing() if value == "failing" else rows.filter(state=value)

    def filter_person(self, rows: HandOverQuerySet, name: str, value: str) -> HandOverQuerySet:
        found = Employee.objects.filter(Q(last_name__istartswith=value) | Q(first_name__istartswith=value))
        return rows.filter(fact__person_id__in=found.values("pk"))
