"""Succession: critical roles and who could take them. A plan belongs to the seat, so it survives the incumbent."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hrportal.people.enums import EmploymentStatus, Role
from hrportal.people.models import Employee, Position
from hrportal.people.viewer import NOBODY, Principal, Viewer
from talent.bench import Strength
from talent.enums import CriticalBecause, OpenTopic, Readiness, SuccessorState, VacancyBecause, VacancyRisk
from talent.models.sight import opened_units

WORKS_HERE = [EmploymentStatus.ACTIVE, EmploymentStatus.LEAVE]


def own_circle(viewer: Viewer) -> set[int]:
    """Those whose seats and benches are not this viewer's business: themselves; but for an HR leader, those above too."""
    if viewer.employee_id is None:
        return set()
    return {viewer.employee_id} if viewer.has(Role.HR_LEADER) else {viewer.employee_id, *viewer.superiors()}


class SuccessionPlanQuerySet(models.QuerySet["SuccessionPlan"]):
    def visible_to(self, user: Principal) -> Self:
        """HR leaders see all benches, partners those of seats in their units, executives those of seats below them, managers
        those of seats below them where HR opened succession; a private one only HR leaders and its owner. Never the bench
        of one's own seat, nor a bench one stands on."""
        viewer = user.viewer
        if not viewer.may_use("succession:read"):
            return self.none()
        if viewer.is_client:
            return self.filter(viewer.client_rows("position__"), is_private=False)
        return self.filter(self._scope(viewer)).exclude(pk__in=SuccessionPlan.objects.about(viewer).values("pk"))

    def about(self, viewer: Viewer) -> Self:
        """Benches that say something about the viewer or those whose benches are not the viewer's business."""
        circle = own_circle(viewer)
        on_it = Successor.objects.exclude(state=SuccessorState.REMOVED).filter(employee_id__in=circle)
        return self.filter(Q(position__incumbent__id__in=circle) | Q(pk__in=on_it.values("plan")))

    @staticmethod
    def _scope(viewer: Viewer) -> Q:
        if viewer.has(Role.HR_LEADER):
            return Q()
        units = viewer.seats(viewer.partner_units, "position__") | viewer.seats(viewer.executive_units, "position__")
        below = NOBODY
        if viewer.has(Role.MANAGER):
            opened = opened_units(OpenTopic.SUCCESSION, "position__")
            below = viewer.chain_below("position__incumbent__") & opened
        open_to_them = Q(is_private=False) | Q(owner=viewer.employee_id) if viewer.employee_id else Q(is_private=False)
        return (units | viewer.own_part("position__incumbent__") | below) & open_to_them

    def active(self) -> Self:
        return self.filter(is_active=True)

    def with_strength(self) -> Self:
        """With the numbers a bench is judged by. Whoever has taken the seat by now succeeds nobody there."""
        counts = Q(successors__state=SuccessorState.APPROVED, successors__employee__status__in=WORKS_HERE)
        counts &= ~Q(successors__employee__position=F("position"))
        depth = counts & ~Q(successors__readiness=Readiness.EMERGENCY)
        return self.annotate(
            depth=models.Count("successors", filter=depth),
            ready_now=models.Count("successors", filter=counts & Q(successors__readiness=Readiness.READY_NOW)),
        )

    def with_bench(self) -> Self:
        """With seat, incumbent, strength and standing successors, best first."""
        standing = Successor.objects.standing().select_related("employee__job", "employee__org_unit")
        return (
            self.with_strength()
            .select_related("position__job", "position__org_unit", "position__incumbent", "owner")
            .prefetch_related(models.Prefetch("successors", queryset=standing, to_attr="bench"))
        )


class SuccessionPlan(models.Model):
    """A critical role with the plan for its succession."""

    position = models.OneToOneField(Position, on_delete=models.PROTECT, related_name="succession_plan")
    reason = models.TextField(_("why this role is critical"))
    criticality = models.PositiveSmallIntegerField(
        _("criticality"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text=_(
            "From 1 to 5: how much stops, and for how long, when nobody sits here. Empty: nobody judged it yet."
        ),
    )
    critical_because = models.JSONField(_("kinds of reason"), default=list, blank=True)
    vacancy_risk = models.CharField(_("vacancy risk"), max_length=10, choices=VacancyRisk, default=VacancyRisk.MEDIUM)
    vacancy_because = models.JSONField(_("what makes a vacancy likely"), default=list, blank=True)
    is_private = models.BooleanField(
        _("private"), default=False, help_text=_("Only HR leaders and the owner of the plan see a private plan.")
    )
    is_first_rank_vacant = models.BooleanField(
        _("rank 1 is left vacant"),
        default=False,
        help_text=_("Nobody is good enough yet to be the first choice; the ranks begin with 2."),
    )
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_on = models.DateField(_("last reviewed"), null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    depth: int  # of rows read `with_strength`
    ready_now: int
    bench: "list[Successor]"  # of rows read `with_bench`

    objects = SuccessionPlanQuerySet.as_manager()

    class Meta:
        ordering = ["position__name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(criticality=None) | Q(criticality__range=(1, 5)), name="criticality_in_range"
            ),
        ]

    def __str__(self) -> str:
        return str(self.position)

    def get_absolute_url(self) -> str:
        return reverse("talent:bench_detail", args=[self.pk])

    @property
    def critical_words(self) -> list[Promise | str]:
        """The kinds of reason why the role is critical."""
        return [CriticalBecause(value).label for value in self.critical_because]

    @property
    def vacancy_words(self) -> list[Promise | str]:
        """What makes a vacancy likely."""
        return [VacancyBecause(value).label for value in self.vacancy_because]

    @property
    def strength(self) -> Strength:
        """What the bench holds; of rows read `with_strength`."""
        return Strength(self.depth, self.ready_now, self.reviewed_on)

    @property
    def incumbent(self) -> Employee | None:
        """Who holds the seat now."""
        return getattr(self.position, "incumbent", None)


class SuccessorQuerySet(models.QuerySet["Successor"]):
    def visible_to(self, user: Principal) -> Self:
        """Those on benches one may see, now or once; of whoever is off a bench again, not what it said about oneself."""
        seen = self.filter(plan__in=SuccessionPlan.objects.visible_to(user).values("pk"))
        return seen.exclude(employee_id__in=own_circle(user.viewer))

    def standing(self) -> Self:
        """Those on the bench now, best first."""
        order = models.Case(
            *(models.When(readiness=value, then=models.Value(place)) for place, value in enumerate(Readiness.values)),
            output_field=models.SmallIntegerField(),
        )
        return self.exclude(state=SuccessorState.REMOVED).order_by(order, F("rank").asc(nulls_last=True), "id")


class Successor(models.Model):
    """One person on one bench, with how ready they are and since when that is known."""

    plan = models.ForeignKey(SuccessionPlan, on_delete=models.PROTECT, related_name="successors")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="successions")
    readiness = models.CharField(_("readiness"), max_length=20, choices=Readiness)
    emergency_cover = models.BooleanField(
        _("emergency cover"),
        default=False,
        help_text=_("Could hold the role for up to six months, whatever their readiness to keep it."),
    )
    rank = models.PositiveSmallIntegerField(_("rank"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=SuccessorState, default=SuccessorState.PROPOSED)
    rationale = models.TextField(_("why"), blank=True)
    assessed_on = models.DateField(_("assessed on"))
    nominated_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    rested_on_stale = models.JSONField(default=list, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_because = models.TextField(_("why removed"), blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SuccessorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "employee"],
                condition=~Q(state=SuccessorState.REMOVED),
                name="once_on_a_bench",
                violation_error_message=_("This person is already on the bench."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee} for {self.plan}"

    @property
    def has_the_seat(self) -> bool:
        """Whether they took the seat themselves by now: they stand on its bench until it is tidied, and count for nothing."""
        return self.employee.position_id == self.plan.position_id

    @property
    def covers_emergency(self) -> bool:
        """Whether they could hold the role for some months; that is asked apart from readiness."""
        return self.emergency_cover or self.readiness == Readiness.EMERGENCY
