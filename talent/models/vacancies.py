"""Vacancies: when a seat falls vacant and is filled, from where, and whether it went well."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.enums import Role
from hrportal.people.models import Employee, Position
from hrportal.people.viewer import EVERYONE, Principal, Viewer
from talent.enums import FillSource, PlacementOutcome, Readiness, VacancyReason, VacancyState
from talent.models.succession import SuccessionPlan, Successor, own_circle

# From then on it can be told whether a placement went well.
OUTCOME_AFTER = datetime.timedelta(days=365)


class VacancyQuerySet(models.QuerySet["Vacancy"]):
    def visible_to(self, user: Principal) -> Self:
        """Of critical roles those whose bench one may see; of other seats HR's and an executive's own part. Never one about a
        seat one holds, nor one that says how one came into a seat."""
        viewer = user.viewer
        if not viewer.may_use("succession:read"):
            return self.none()
        if viewer.is_client:
            return self.filter(viewer.client_rows("position__")).exclude(plan__is_private=True)
        plans = SuccessionPlan.objects.visible_to(user).order_by().values("pk")
        seen = self.filter(Q(plan__in=plans) | Q(plan=None) & self._seats(viewer))
        return seen.exclude(pk__in=Vacancy.objects.about(own_circle(viewer)).values("pk"))

    def about(self, people: set[int]) -> Self:
        """Those that say something about one of these people: who sits there, who was taken, who stood on the bench for it."""
        return self.filter(
            Q(position__incumbent__id__in=people)
            | Q(filled_by__in=people)
            | Q(proposed__in=people)
            | Q(successor__employee__in=people)
        )

    @staticmethod
    def _seats(viewer: Viewer) -> Q:
        if viewer.has(Role.HR_LEADER):
            return EVERYONE
        units = viewer.seats(viewer.partner_units, "position__")
        return units | viewer.seats(viewer.executive_units, "position__") | viewer.own_part("former__")

    def open(self) -> Self:
        return self.filter(state=VacancyState.OPEN)

    def filled(self) -> Self:
        return self.filter(state=VacancyState.FILLED)

    def critical(self) -> Self:
        """Those of seats that were critical when they fell vacant."""
        return self.exclude(plan=None)

    def with_seat(self) -> Self:
        """With all that a line of the list shows."""
        return self.select_related("position__org_unit", "position__job", "plan", "filled_by", "former", "proposed")


class Vacancy(models.Model):
    """A seat that falls vacant. `plan` is its succession plan, if it was critical then; `former` who left it; `proposed` who
    was found on it since, until HR says how they came there. `readiness_then` keeps what the bench said when it was filled.
    """

    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="vacancies", verbose_name=_("role"))
    plan = models.ForeignKey(SuccessionPlan, on_delete=models.PROTECT, null=True, blank=True, related_name="vacancies")
    former = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_on = models.DateField(_("vacant from"))
    reason = models.CharField(_("reason"), max_length=20, choices=VacancyReason)
    is_planned = models.BooleanField(
        _("planned"), default=False, help_text=_("It was known beforehand that the seat would fall vacant.")
    )
    note = models.TextField(_("note"), blank=True)
    opened_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=VacancyState, default=VacancyState.OPEN)
    proposed = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_on = models.DateField(_("filled or cancelled on"), null=True, blank=True)
    filled_by = models.ForeignKey(
        Employee,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("filled by"),
        help_text=_("Empty for somebody from outside who is not in the directory yet."),
    )
    source = models.CharField(_("where from"), max_length=10, choices=FillSource, blank=True)
    successor = models.ForeignKey(Successor, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    readiness_then = models.CharField(_("readiness then"), max_length=20, choices=Readiness, blank=True)
    decision = models.TextField(_("why this person, or why cancelled"), blank=True)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    rested_on_stale = models.JSONField(default=list, blank=True)
    outcome = models.CharField(_("after a year"), max_length=20, choices=PlacementOutcome, blank=True)
    outcome_reason = models.TextField(_("why"), blank=True)
    outcome_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = VacancyQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "-id"]
        verbose_name_plural = "vacancies"
        constraints = [
            models.UniqueConstraint(
                fields=["position"],
                condition=Q(state=VacancyState.OPEN),
                name="one_open_vacancy_per_seat",
                violation_error_message=_("This seat has an open vacancy already."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="vacancy_ends_after_it_began",
                violation_error_message=_("It cannot be filled before it fell vacant."),
            ),
        ]
        indexes = [models.Index(fields=["state", "closed_on"], name="vacancy_closed")]

    def __str__(self) -> str:
        return str(self.position)

    def get_absolute_url(self) -> str:
        return reverse("talent:vacancy_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == VacancyState.OPEN

    @property
    def is_filled(self) -> bool:
        return self.state == VacancyState.FILLED

    @property
    def is_critical(self) -> bool:
        return self.plan_id is not None

    @property
    def days(self) -> int | None:
        """How long the seat was vacant; None while it is."""
        return (self.closed_on - self.opened_on).days if self.is_filled and self.closed_on else None

    @property
    def is_ripe(self) -> bool:
        """Whether a year has passed since somebody of the directory took the seat."""
        is_taken = self.is_filled and self.filled_by_id is not None and self.closed_on is not None
        return bool(is_taken and self.closed_on and self.closed_on + OUTCOME_AFTER <= timezone.localdate())
