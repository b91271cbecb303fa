"""Who said yes to which opportunity. What is not told to a person's managers does not exist for them."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Employee, User
from hrportal.people.viewer import Principal, Viewer, asked_by
from talent.enums import STANDING_INTEREST, UNDECIDED, InterestState
from talent.models.opportunities import Opportunity


class InterestQuerySet(models.QuerySet["Interest"]):
    def visible_to(self, user: Principal) -> Self:
        """One's own; HR for others; once the person said yes, the owner, and those above the person where they were told.

        Whoever stands above a person who has not told their managers sees nothing of it, also as owner and also as HR.
        """
        viewer = user.viewer
        if not viewer.may_use("mobility:read"):
            return self.none()
        if viewer.is_client:
            return self.filter(viewer.client_rows())
        said_yes = Q(said_yes_at__isnull=False)
        readers = viewer.hr() | (viewer.oneself("opportunity__owner__") | viewer.chain_below()) & said_yes
        return self.filter(viewer.oneself() | (readers & viewer.others() & ~self._kept_from(viewer)))

    def kept_from(self, viewer: Viewer) -> Self:
        """Interests of people below the viewer who have not told their managers."""
        return self.filter(self._kept_from(viewer))

    @staticmethod
    def _kept_from(viewer: Viewer) -> Q:
        return viewer.chain_below() & Q(is_told_to_manager=False)

    def standing(self) -> Self:
        """Neither decided nor taken back."""
        return self.filter(state__in=STANDING_INTEREST)

    def undecided(self) -> Self:
        """Somebody said yes and nothing has come of it yet."""
        return self.filter(state__in=UNDECIDED)

    def with_people(self) -> Self:
        """With all that a line of a list shows."""
        return self.select_related(
            "employee__job", "employee__org_unit", "opportunity__org_unit", "opportunity__owner", "answered_by"
        )


class Interest(models.Model):
    """One person and one opportunity, from an invitation or a yes to what came of it."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="interests")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="interests")
    state = models.CharField(_("state"), max_length=10, choices=InterestState, default=InterestState.INTERESTED)
    note = models.TextField(_("what the person wrote"), blank=True)
    is_told_to_manager = models.BooleanField(
        _("my managers may know"),
        default=False,
        help_text=_("Unless you tick this, nobody above you learns of it, not even as owner of the opportunity."),
    )
    invited_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    invited_at = models.DateTimeField(null=True, blank=True)
    invitation = models.TextField(_("invitation"), blank=True)
    said_yes_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        ordering = ["-said_yes_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["opportunity", "employee"], name="one_interest_per_person")]
        indexes = [models.Index(fields=["employee", "state"], name="interest_of_person")]

    def __str__(self) -> str:
        return f"{self.employee}: {self.opportunity}"

    def get_absolute_url(self) -> str:
        return f"{reverse('talent:opportunity_detail', args=[self.opportunity_id])}#interest-{self.pk}"

    @property
    def is_undecided(self) -> bool:
        return self.state in UNDECIDED

    @property
    def is_standing(self) -> bool:
        return self.state in STANDING_INTEREST


class CandidateSearchQuerySet(models.QuerySet["CandidateSearch"]):
    def visible_to(self, user: Principal) -> Self:
        """One's own: whom a search found depends on whom its reader looks after."""
        if not user.viewer.may_use("mobility:read"):
            return self.none()
        return self.filter(**asked_by(user))

    def computed(self) -> Self:
        return self.exclude(computed_at=None)


class CandidateSearch(models.Model):
    """Who of those whom one reader looks after would fit an opportunity. `people` are ids, best first; what they are
    made of is worked out anew, with the rights of the day, whenever it is read."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="searches")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    client_id = models.CharField(max_length=100, blank=True)
    job_id = models.BigIntegerField(null=True, editable=False)
    people = models.JSONField(default=list)
    compared = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)
    computed_at = models.DateTimeField(null=True)

    objects = CandidateSearchQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "candidate searches"

    def __str__(self) -> str:
        return f"{self.opportunity} {self.asked_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("talent:opportunity_candidates", args=[self.opportunity_id])
