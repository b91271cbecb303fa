"""Development goals that the strategy proposes: a competency was found below what the person's job will ask for."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Competency, Employee
from hrportal.people.models.competencies import level_field
from hrportal.people.viewer import Principal
from performance.enums import ProposalState
from performance.models.goals import Objective


class GoalProposalQuerySet(models.QuerySet["GoalProposal"]):
    def visible_to(self, user: Principal) -> Self:
        """One's own once they were shared; those of people below; those of people HR looks after."""
        viewer = user.viewer
        if not user.is_authenticated or not viewer.may_use("goals:read"):
            return self.none()
        if viewer.is_client:
            return self.filter(viewer.client_rows())
        own = viewer.oneself() & Q(shared_at__isnull=False)
        return self.filter(own | (viewer.chain_below() | viewer.hr()) & viewer.others())

    def open(self) -> Self:
        return self.filter(state=ProposalState.PROPOSED)

    def with_names(self) -> Self:
        """With all that a line about them shows."""
        return self.select_related("employee__org_unit", "competency", "objective", "decided_by")


class GoalProposal(models.Model):
    """A development goal somebody could set for their next period. `source` says opaquely what found the level of now,
    with its version; of several about one competency the one with the newest period counts.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="goal_proposals")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+", verbose_name=_("competency"))
    level_now = level_field()
    level_wanted = level_field()
    wanted_by = models.DateField(_("wanted by"))
    source = models.CharField(max_length=100)
    source_version = models.PositiveSmallIntegerField(default=1)
    period_ends_on = models.DateField(_("period ends"))
    state = models.CharField(_("state"), max_length=12, choices=ProposalState, default=ProposalState.PROPOSED)
    objective = models.OneToOneField(
        Objective, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="proposal"
    )
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True, help_text=_("From when the employee sees it."))
    proposed_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = GoalProposalQuerySet.as_manager()

    class Meta:
        ordering = ["employee__last_name", "employee__first_name", "competency__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_version", "competency"], name="one_proposal_per_source_version"
            ),
            models.UniqueConstraint(
                fields=["employee", "competency"],
                condition=Q(state="proposed"),
                name="one_open_proposal_per_competency",
            ),
            models.CheckConstraint(condition=Q(level_wanted__gt=F("level_now")), name="proposal_asks_for_more"),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(objective__isnull=False), name="accepted_proposal_has_its_goal"
            ),
            models.CheckConstraint(condition=~Q(state="dismissed") | ~Q(reason=""), name="dismissed_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.employee}: {self.competency} {self.level_now} → {self.level_wanted}"

    @property
    def is_open(self) -> bool:
        return self.state == ProposalState.PROPOSED

    @property
    def can_be_accepted(self) -> bool:
        """Not before the person knows of it: the goal would tell them what their review has not."""
        return self.is_open and self.shared_at is not None
