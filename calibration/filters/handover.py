"""What crosses the bridge."""

import django_filters as filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calibration.enums import HandOverKind
from calibration.models.handover import HandOverQuerySet
from hrportal.journal.enums import DeliveryState
from hrportal.people.models import Employee


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

    def filter_status(self, rows: HandOverQuerySet, name: str, value: str) -> HandOverQuerySet:
        return rows.failing() if value == "failing" else rows.filter(state=value)

    def filter_person(self, rows: HandOverQuerySet, name: str, value: str) -> HandOverQuerySet:
        found = Employee.objects.filter(Q(last_name__istartswith=value) | Q(first_name__istartswith=value))
        return rows.filter(fact__person_id__in=found.values("pk"))
