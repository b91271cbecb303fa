"""One-to-ones: a series of talks between a manager and an employee. Nobody but the two ever reads any of it."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from performance.enums import MeetingState, Rhythm


def of_the_two(user: Principal, prefix: str = "") -> Q:
    """Rows of series the viewer is one of the two in. Not the line, not HR, not the next manager, no client alone."""
    viewer = user.viewer
    if not user.is_authenticated or viewer.is_client or not viewer.may_use("reviews:read"):
        return Q(pk__in=[])
    return viewer.oneself(f"{prefix}manager__") | viewer.oneself(f"{prefix}employee__")


class OneToOneQuerySet(models.QuerySet["OneToOne"]):
    def visible_to(self, user: Principal) -> Self:
        """The two who talk, also after the series has ended."""
        return self.filter(of_the_two(user))

    def running(self) -> Self:
        return self.filter(ended_at=None)

    def with_people(self) -> Self:
        return self.select_related("manager__job", "manager__org_unit", "employee__job", "employee__org_unit")

    def with_planned(self) -> Self:
        """With the meeting that is planned, as `planned` (a list of one or none)."""
        planned = Meeting.objects.filter(state=MeetingState.PLANNED)
        return self.prefetch_related(models.Prefetch("meetings", queryset=planned, to_attr="planned"))


class OneToOne(models.Model):
    """A series of talks of a pair. `first_on` is the day its rhythm is counted from."""

    manager = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="one_to_ones_led")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="one_to_ones")
    rhythm = models.CharField(_("rhythm"), max_length=20, choices=Rhythm, default=Rhythm.FORTNIGHTLY)
    first_on = models.DateField(_("first meeting"))
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    planned: "list[Meeting]"  # of rows read `with_planned`

    objects = OneToOneQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["manager", "employee"],
                condition=Q(ended_at=None),
                name="one_running_series_per_pair",
                violation_error_message=_("You two have one-to-ones already."),
            ),
            models.CheckConstraint(condition=~Q(manager=F("employee")), name="one_to_one_takes_two"),
        ]

    def __str__(self) -> str:
        return f"{self.manager} and {self.employee}"

    def get_absolute_url(self) -> str:
        return reverse("performance:one_to_one_detail", args=[self.pk])

    @property
    def is_running(self) -> bool:
        return self.ended_at is None

    def other(self, person_id: int | None) -> Employee:
        """The one of the two who is not this person."""
        return self.employee if person_id == self.manager_id else self.manager


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: Principal) -> Self:
        return self.filter(of_the_two(user, "one_to_one__"))

    def planned(self) -> Self:
        return self.filter(state=MeetingState.PLANNED)

    def with_people(self) -> Self:
        return self.select_related("one_to_one__manager", "one_to_one__employee", "noted_by")


class Meeting(models.Model):
    """One talk. `slot_on` is the day the rhythm gave it, `held_on` the day it is, or was, held.

    `notes` are shared; `version` rises with every save of them, so that two people writing at once never overwrite each other.
    """

    one_to_one = models.ForeignKey(OneToOne, on_delete=models.PROTECT, related_name="meetings")
    slot_on = models.DateField()
    held_on = models.DateField(_("day"))
    state = models.CharField(_("state"), max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    notes = models.TextField(_("shared notes"), blank=True)
    version = models.PositiveIntegerField(default=1)
    noted_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    noted_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["one_to_one"],
                condition=Q(state=MeetingState.PLANNED),
                name="one_planned_meeting",
                violation_error_message=_("The next meeting is planned already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.one_to_one}, {self.held_on}"

    def get_absolute_url(self) -> str:
        return reverse("performance:meeting_detail", args=[self.pk])

    @property
    def is_planned(self) -> bool:
        return self.state == MeetingState.PLANNED


class PrivateNoteQuerySet(models.QuerySet["PrivateNote"]):
    def visible_to(self, user: Principal) -> Self:
        """Its author, as long as they are one of the two; nobody else, ever."""
        return self.filter(of_the_two(user, "meeting__one_to_one__") & user.viewer.oneself("author__"))


class PrivateNote(models.Model):
    """What one of the two notes for themselves about a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="private_notes")
    author = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("private notes"), blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(null=True, blank=True)

    objects = PrivateNoteQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "author"], name="one_private_note_per_author")]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.author_id}"


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def visible_to(self, user: Principal) -> Self:
        return self.filter(of_the_two(user, "one_to_one__"))

    def open(self) -> Self:
        return self.filter(discussed_in=None)


class AgendaItem(models.Model):
    """Something to talk about. It belongs to the series: what was not discussed lies on the table at the next meeting.

    `source` names the talking point it came from.
    """

    one_to_one = models.ForeignKey(OneToOne, on_delete=models.PROTECT, related_name="agenda")
    title = models.CharField(_("to talk about"), max_length=300)
    source = models.CharField(max_length=100, blank=True)
    position = models.PositiveIntegerField(default=0)
    added_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    discussed_in = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_discussed"
    )

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class ActionItemQuerySet(models.QuerySet["ActionItem"]):
    def visible_to(self, user: Principal) -> Self:
        return self.filter(of_the_two(user, "one_to_one__"))

    def open(self) -> Self:
        return self.filter(done_at=None)


class ActionItem(models.Model):
    """Something one of the two promised. It belongs to the series, so it stays on the table until it is done."""

    one_to_one = models.ForeignKey(OneToOne, on_delete=models.PROTECT, related_name="actions")
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="one_to_one_actions")
    title = models.CharField(_("to do"), max_length=300)
    due_on = models.DateField(_("due"), null=True, blank=True)
    agreed_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        ordering = [F("due_on").asc(nulls_last=True), "id"]
        indexes = [models.Index(fields=["owner"], condition=Q(done_at=None), name="one_to_one_action_open")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_late(self) -> bool:
        return self.done_at is None and self.due_on is not None and self.due_on < timezone.localdate()
