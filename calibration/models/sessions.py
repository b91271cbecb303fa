"""Calibration sessions: which reviews come together, who sits around them, and until when."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from calibration.enums import Rounding, SessionState
from hrportal.common.paths import any_of, at_or_below, below
from hrportal.people.models import Employee, OrgUnit
from hrportal.people.viewer import EVERYONE, Principal, Viewer
from performance.enums import ReviewState
from performance.models import Review, ReviewCycle
from performance.models.reviews import ReviewQuerySet

LEADERS = ("owner", "facilitator", "co_facilitator")


class SessionQuerySet(models.QuerySet["CalibrationSession"]):
    def visible_to(self, user: Principal) -> Self:
        """Sessions one leads or takes part in and those under them, those of one's units, all for an HR leader."""
        viewer = user.viewer
        if not viewer.may_use("calibration:read"):
            return self.none()
        if viewer.is_over_all:
            return self
        if viewer.is_client:
            return self.filter(viewer.client_rows(""))
        at_table = CalibrationSession.objects.filter(self.at_table(viewer)).values("pk")
        return self.filter(Q(pk__in=at_table) | Q(parent__in=at_table) | viewer.seats(viewer.partner_units, ""))

    @staticmethod
    def at_table(viewer: Viewer) -> Q:
        """Sessions this viewer leads or takes part in."""
        if not viewer.employee_id:
            return Q(pk__in=[])
        me = viewer.employee_id
        seated = Participant.objects.filter(employee_id=me).values("session")
        return any_of(Q(**{f"{role}_id": me}) for role in LEADERS) | Q(pk__in=seated)

    @staticmethod
    def led_by(viewer: Viewer) -> Q:
        """Sessions in which this viewer leads the conversation, or in the one above."""
        if not viewer.employee_id:
            return Q(pk__in=[])
        roles = [f"{above}{role}_id" for above in ("", "parent__") for role in LEADERS]
        return any_of(Q(**{role: viewer.employee_id}) for role in roles)

    def run_by(self, viewer: Viewer) -> Self:
        """Sessions this viewer prepares as HR, or leads."""
        if viewer.is_over_all:
            return self
        if viewer.is_client:
            return self.filter(viewer.client_rows(""))
        return self.filter(viewer.seats(viewer.partner_units, "") | self.led_by(viewer))

    def at_one_table(self, session: "CalibrationSession") -> Self:
        """A session and those under it: what its table decides on."""
        return self.filter(Q(pk=session.pk) | Q(parent=session.pk))

    def with_counts(self, user: Principal) -> Self:
        """With the number of cards that this reader sees; a count must not tell them of a row they do not see."""
        from calibration.models.cards import Card  # noqa: PLC0415  (cards lie in sessions)

        cards = Card.objects.visible_to(user).on_board().filter(session=OuterRef("pk")).order_by().values("session")
        return self.annotate(card_count=Coalesce(Subquery(cards.annotate(n=Count("pk")).values("n")), 0))

    def with_cycle(self) -> Self:
        people = ("owner", "facilitator", "co_facilitator", "head")
        return self.select_related("cycle__scale", "org_unit", "parent", *people)

    def late(self, today: datetime.date) -> Self:
        """Those whose due day is over although their ratings are not final."""
        return self.filter(due_on__lt=today).exclude(state=SessionState.LOCKED)

    def as_tree(self) -> Self:
        """The newest first, and each with those under it."""
        top = Coalesce("parent__created_at", "created_at")
        return self.order_by(
            top.desc(), Coalesce("parent_id", "pk").desc(), F("parent").asc(nulls_first=True), "name", "pk"
        )


class CalibrationSession(models.Model):
    """Reviews of one cycle, looked at together. Preparing, open, locked; a locked session is never unlocked.

    Which reviews: those of a unit, a job family, a job level, or below one head; what is left empty does not narrow.
    """

    name = models.CharField(_("name"), max_length=120)
    cycle = models.ForeignKey(ReviewCycle, on_delete=models.PROTECT, related_name="+")
    org_unit = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    job_family = models.CharField(_("job family"), max_length=100, blank=True)
    job_level = models.PositiveSmallIntegerField(_("job level"), null=True, blank=True)
    head = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("everyone below")
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("session above"),
    )
    owner = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    facilitator = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("facilitator")
    )
    co_facilitator = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("co-facilitator")
    )
    state = models.CharField(_("state"), max_length=10, choices=SessionState, default=SessionState.PREPARING)
    rounding = models.CharField(
        _("rounding of the guideline"), max_length=10, choices=Rounding, default=Rounding.NEAREST
    )
    pre_read_due_on = models.DateField(_("answers before the meeting due"), null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    revision = models.PositiveIntegerField(
        default=1, editable=False, help_text="Rises with every change of the session itself; cards count their own."
    )
    pre_read_opened_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    completion_job_id = models.BigIntegerField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=models.F("pk")),
                name="session_is_not_above_itself",
                violation_error_message=_("A session cannot lie above itself."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def leader_ids(self) -> set[int]:
        """The people who lead the conversation."""
        return {pk for role in LEADERS if (pk := getattr(self, f"{role}_id"))}

    def is_seated(self, employee_id: int) -> bool:
        """Whether somebody takes part, here or in the session above."""
        tables = [pk for pk in (self.pk, self.parent_id) if pk]
        return Participant.objects.filter(session__in=tables, employee=employee_id).exists()

    @property
    def scope(self) -> tuple[int | None, str, int | None, int | None]:
        """What the session is about; two sessions of a cycle with the same scope are about the same reviews."""
        return (self.org_unit_id, self.job_family, self.job_level, self.head_id)

    @property
    def is_late(self) -> bool:
        """Whether the day it is due on is over and its ratings are not final."""
        return bool(self.due_on and self.due_on < timezone.localdate() and self.state != SessionState.LOCKED)

    def about(self) -> Q:
        """The reviews it is about, among those of its cycle."""
        inside = at_or_below(self.org_unit.path, field="org_unit__path") if self.org_unit else EVERYONE
        if self.job_family:
            inside &= Q(job__family=self.job_family)
        if self.job_level is not None:
            inside &= Q(job__level=self.job_level)
        if self.head:
            inside &= below(self.head.path, field="employee__path")
        return inside

    def reviews(self) -> ReviewQuerySet:
        """The reviews of the cycle that the session is about, wherever they are."""
        return Review.objects.filter(self.about(), cycle=self.cycle_id)

    def waiting_reviews(self) -> ReviewQuerySet:
        """Submitted ones that lie in no session, were decided in none and that no session under this one is about. One
        that was decided and reopened is decided again by HR, singly."""
        from calibration.models.decisions import in_no_session  # noqa: PLC0415  (decisions are made in sessions)

        return (
            self.reviews().filter(in_no_session()).exclude(any_of(child.about() for child in self.unlocked_children()))
        )

    def unlocked_children(self) -> list["CalibrationSession"]:
        """The sessions under this one whose ratings are not final yet, in the order in which they are locked."""
        if self.pk is None or self.parent_id:
            return []
        children = self.children.exclude(state=SessionState.LOCKED).select_related("cycle", "org_unit", "head")
        return list(children.order_by("pk"))

    def reviewer_ids(self) -> list[int]:
        """Who writes the reviews: the table's default."""
        here = Employee.objects.employed().values("pk")
        written = self.reviews().exclude(state=ReviewState.WITHDRAWN).filter(reviewer__in=here)
        return list(written.order_by().values_list("reviewer", flat=True).distinct())

    def managers_below(self) -> list[int]:
        """Every manager in the hierarchy below the head, or else below the owner, with them at the top."""
        top = self.head or self.owner
        if top is None:
            return []
        people = Employee.objects.employed()
        reports = people.filter(manager=OuterRef("pk"))
        return list(people.filter(Exists(reports), at_or_below(top.path)).order_by("pk").values_list("pk", flat=True))


class Participant(models.Model):
    """Somebody at the table."""

    session = models.ForeignKey(CalibrationSession, on_delete=models.CASCADE, related_name="participants")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "employee"], name="once_at_the_table")]

    def __str__(self) -> str:
        return f"{self.employee}"
