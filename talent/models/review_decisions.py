"""What a talent review decided: where each card lay in the end, what else was agreed about its people, and who does it."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Employee
from hrportal.people.viewer import NOBODY, Principal, Viewer
from talent.enums import DecisionKind, ReviewTaskState, Trajectory
from talent.models.talent_reviews import BOX, READ, AboutMemberQuerySet, ReviewMember


class BoxPlacement(models.Model):
    """What one meeting decided about one person's box, on one day. `rested_on_stale` is what was out of date then."""

    member = models.OneToOneField(ReviewMember, on_delete=models.PROTECT, related_name="placement")
    box = models.PositiveSmallIntegerField(_("box"), validators=BOX)
    label = models.CharField(max_length=60)
    figures_box = models.PositiveSmallIntegerField(null=True, validators=BOX)
    rationale = models.TextField(_("why"), blank=True)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)
    rested_on_stale = models.JSONField(default=list)

    objects = AboutMemberQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at", "-id"]

    def __str__(self) -> str:
        return f"{self.member}: {self.label}"


class MemberDecision(models.Model):
    """Something a meeting decided about a person beside the box. `reference` names what came of it on another page."""

    member = models.ForeignKey(ReviewMember, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(_("kind"), max_length=20, choices=DecisionKind)
    trajectory = models.CharField(_("direction"), max_length=10, choices=Trajectory, blank=True)
    what = models.CharField(_("what"), max_length=200)
    reason = models.TextField(_("why"))
    reference = models.CharField(max_length=100, blank=True)
    rested_on_stale = models.JSONField(default=list)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    objects = AboutMemberQuerySet.as_manager()

    class Meta:
        ordering = ["decided_at", "id"]

    def __str__(self) -> str:
        return f"{self.member}: {self.what}"


class ReviewTaskQuerySet(models.QuerySet["ReviewTask"]):
    def visible_to(self, user: Principal) -> Self:
        """One's own, and those about whoever one sees in the review; never one about oneself."""
        viewer = user.viewer
        if not viewer.may_use(READ):
            return self.none()
        seen = Q(decision__member__in=ReviewMember.objects.visible_to(user).values("pk"))
        own = Q(owner_id=viewer.employee_id) if viewer.employee_id else NOBODY
        return self.filter(own | seen).exclude(ReviewTask.about(viewer))

    def open(self) -> Self:
        return self.filter(state=ReviewTaskState.OPEN)

    def naming(self, user: Principal) -> Self:
        """With `names_person`: whether this reader may know whom the task is about."""
        seen = ReviewMember.objects.visible_to(user).filter(pk=OuterRef("decision__member"))
        return self.annotate(names_person=Exists(seen))

    def with_all(self) -> Self:
        return self.select_related("decision__member__employee", "decision__member__review", "owner")


class ReviewTask(models.Model):
    """What somebody does about a decision, until when. Its owner reads `title`, and whom it is about if they may."""

    decision = models.OneToOneField(MemberDecision, on_delete=models.PROTECT, related_name="task")
    title = models.CharField(_("task"), max_length=200)
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name=_("owner"))
    due_on = models.DateField(_("due"))
    state = models.CharField(_("state"), max_length=10, choices=ReviewTaskState, default=ReviewTaskState.OPEN)
    note = models.TextField(_("what came of it"), blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    names_person: bool  # of rows read `naming` somebody

    objects = ReviewTaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def about(viewer: Viewer) -> Q:
        """Tasks about the viewer."""
        return Q(decision__member__employee=viewer.employee_id) if viewer.employee_id else NOBODY

    @property
    def is_late(self) -> bool:
        return self.state == ReviewTaskState.OPEN and self.due_on < timezone.localdate()
