"""The list of sessions."""

from typing import Any

import django_filters as filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from calibration.enums import SessionState
from calibration.models import CalibrationSession
from calibration.models.sessions import SessionQuerySet
from performance.models import ReviewCycle


class SessionFilter(filters.FilterSet):
    search = filters.CharFilter(field_name="name", lookup_expr="icontains", label=_("Name"))
    cycle = filters.ModelChoiceFilter(
        queryset=lambda request: ReviewCycle.objects.visible_to(request.user).filter(is_calibrated=True),
        label=_("Cycle"),
        empty_label=_("Any cycle"),
    )
    state = filters.ChoiceFilter(
        choices=[*SessionState.choices, ("overdue", _("Overdue"))],
        method="filter_state",
        label=_("State"),
        empty_label=_("Any state"),
    )
    whose = filters.ChoiceFilter(
        choices=[("led", _("I lead")), ("table", _("I lead or take part in"))],
        method="filter_whose",
        label=_("Whose"),
        empty_label=_("All I see"),
    )
    under = filters.ModelChoiceFilter(
        queryset=lambda request: (
            CalibrationSession.objects.visible_to(request.user).filter(children__isnull=False).distinct()
        ),
        method="filter_under",
        label=_("Under"),
        empty_label=_("Any session"),
    )

    def filter_state(self, rows: SessionQuerySet, name: str, value: str) -> SessionQuerySet:
        return rows.late(timezone.localdate()) if value == "overdue" else rows.filter(state=value)

    def filter_whose(self, rows: SessionQuerySet, name: str, value: str) -> SessionQuerySet:
        viewer = self.request.user.viewer
        return rows.filter(rows.led_by(viewer) if value == "led" else rows.at_table(viewer))

    def filter_under(self, rows: SessionQuerySet, name: str, value: Any) -> SessionQuerySet:
        """With the session itself, at the head of those under it."""
        return rows.filter(Q(parent=value) | Q(pk=value.pk))
