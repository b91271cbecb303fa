"""Opportunities inside the company: roles, projects and stretch assignments that people can say yes to."""

import datetime
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.enums import Role
from hrportal.people.models import Competency, Employee, Job, Location, OrgUnit
from hrportal.people.models.competencies import HIGHEST, LOWEST, MEDIUM_IMPORTANCE, level_field
from hrportal.people.viewer import EVERYONE, NOBODY, Principal, Viewer
from talent.enums import OpportunityKind, OpportunityState, TravelWish

WHOLE = 100


def managed_by(viewer: Viewer) -> Q:
    """Opportunities one posted, and those of units that one looks after as HR."""
    own = viewer.oneself("owner__")
    return own | (EVERYONE if viewer.has(Role.HR_LEADER) else viewer.seats(viewer.partner_units, ""))


class OpportunityQuerySet(models.QuerySet["Opportunity"]):
    def visible_to(self, user: Principal) -> Self:
        """Open ones by those they are for; one's own; HR for their unit; and any to which an interest leads that one sees."""
        from talent.models.interests import Interest  # noqa: PLC0415  (an interest is described in terms of an opportunity)

        viewer = user.viewer
        if not viewer.may_use("mobility:read"):
            return self.none()
        if viewer.is_client:
            return self.filter(viewer.client_rows(""))
        followed = Interest.objects.visible_to(user).order_by().values("opportunity")
        return self.filter(self._addressed(viewer) | managed_by(viewer) | Q(pk__in=followed))

    @staticmethod
    def _addressed(viewer: Viewer) -> Q:
        """Open, and published to everybody or to a unit that the viewer works in."""
        if not viewer.employee_id:
            return NOBODY
        units = Opportunity.units.through.objects.filter(opportunity=OuterRef("pk"))
        here = Employee.objects.filter(pk=viewer.employee_id, org_unit__path__startswith=OuterRef("orgunit__path"))
        is_for_all = ~Exists(units)
        return Q(state=OpportunityState.OPEN) & (Q(is_for_all) | Q(Exists(units.filter(Exists(here)))))

    def open(self) -> Self:
        return self.filter(state=OpportunityState.OPEN)

    def taking(self, today: datetime.date) -> Self:
        """Open ones whose last day has not passed."""
        return self.open().filter(Q(closes_on=None) | Q(closes_on__gte=today))

    def with_place(self) -> Self:
        """With all that a line of a list shows."""
        return self.select_related("org_unit", "job", "location", "owner")

    def with_needs(self) -> Self:
        """With the skills they ask for."""
        return self.prefetch_related("needs__competency")


class Opportunity(models.Model):
    """Something one person can take on. It is filled by a placement: somebody of the company who accepted its offer."""

    kind = models.CharField(_("kind"), max_length=10, choices=OpportunityKind, default=OpportunityKind.ROLE)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), help_text=_("What there is to do, and what one learns by it."))
    org_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    job = models.ForeignKey(
        Job, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("job")
    )
    location = models.ForeignKey(
        Location, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("location")
    )
    leads_people = models.BooleanField(_("leads people"), default=False)
    travel = models.CharField(_("travel"), max_length=10, choices=TravelWish, blank=True)
    time_share = models.PositiveSmallIntegerField(
        _("share of working time"),
        default=WHOLE,
        validators=[MinValueValidator(1), MaxValueValidator(WHOLE)],
        help_text=_("In percent: 100 is a whole job."),
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True, help_text=_("Empty for as long as it is wanted."))
    closes_on = models.DateField(
        _("last day to say yes"), null=True, blank=True, help_text=_("Empty as long as it is open.")
    )
    units = models.ManyToManyField(
        OrgUnit,
        blank=True,
        related_name="+",
        verbose_name=_("published to"),
        help_text=_("People of these units and of all below them; nobody chosen means everybody."),
    )
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="opportunities", verbose_name=_("owner"))
    state = models.CharField(_("state"), max_length=10, choices=OpportunityState, default=OpportunityState.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending_words = models.TextField(_("why it ended"), blank=True)
    filled_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-id"]
        verbose_name_plural = "opportunities"
        constraints = [
            models.CheckConstraint(condition=Q(time_share__range=(1, WHOLE)), name="opportunity_time_share_in_percent"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="opportunity_ends_after_it_began",
                violation_error_message=_("It cannot end before it begins."),
            ),
        ]
        indexes = [models.Index(fields=["state", "-published_at"], name="opportunity_newest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("talent:opportunity_detail", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == OpportunityState.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state == OpportunityState.OPEN

    def is_taking(self, today: datetime.date) -> bool:
        """Whether one can still say yes."""
        return self.is_open and (self.closes_on is None or self.closes_on >= today)


class OpportunityNeed(models.Model):
    """One competency an opportunity asks for: which level, and how much depends on it."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="needs")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    level = level_field()
    importance = models.PositiveSmallIntegerField(
        _("importance"), default=MEDIUM_IMPORTANCE, validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)]
    )

    class Meta:
        ordering = ["-importance", "competency__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "competency"], name="one_need_per_competency"),
            models.CheckConstraint(
                condition=Q(level__range=(LOWEST, HIGHEST), importance__range=(LOWEST, HIGHEST)),
                name="need_level_and_importance_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competency} {self.level}"
