"""Where in a chat somebody gets their notices."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from hrportal.journal.models import Job
from hrportal.notices.enums import BrokenBecause, ChatService, ConnectionState
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal


class ChatConnectionQuerySet(models.QuerySet["ChatConnection"]):
    def visible_to(self, user: Principal) -> Self:
        """One's own, and nobody else's."""
        viewer = user.viewer
        if not viewer.employee_id or not viewer.may_use("notices:read"):
            return self.none()
        return self.filter(employee_id=viewer.employee_id)

    def counts(self) -> list[tuple[str, int, int]]:
        """For each service how many are connected, and how many of them are broken."""
        broken = Count("pk", filter=Q(state=ConnectionState.BROKEN))
        found = self.values("service").order_by("service").annotate(people=Count("pk"), broken=broken)
        return [(_name(row["service"]), row["people"], row["broken"]) for row in found]

    def working(self) -> Self:
        return self.filter(state=ConnectionState.WORKING)

    def refused_by_slack(self) -> Self:
        """Those that broke because Slack accepts the portal no more."""
        return self.filter(broken_because=BrokenBecause.PORTAL_REFUSED)

    def free(self) -> Self:
        """Those that may be posted to now: nobody is at it, and they need no rest."""
        return self.working().filter(Q(not_before=None) | Q(not_before__lte=timezone.now()))

    def rested(self) -> Self:
        """Those whose rest is over, or whose worker was killed: something may wait for them that nobody announces."""
        return self.working().filter(not_before__lte=timezone.now())


def _name(service: str) -> str:
    return (
        _("Slack, by an address of their own") if service == ChatService.SLACK_ADDRESS else ChatService(service).label
    )


class ChatConnection(models.Model):
    """Lets the portal post to one person in Slack or Teams. There is one to a person.

    `sealed` is the address, or the person's id in Slack: of no use without the portal's key; `shown` is what may be read
    of it. Nothing is posted before `not_before`: somebody is posting just now (and `lease` says who), or it needs a rest.
    """

    employee = models.OneToOneField(Employee, on_delete=models.CASCADE, related_name="chat_connection")
    service = models.CharField(max_length=20, choices=ChatService)
    sealed = models.TextField()
    shown = models.CharField(max_length=254)
    state = models.CharField(max_length=10, choices=ConnectionState, default=ConnectionState.WORKING)
    broken_because = models.CharField(max_length=20, choices=BrokenBecause, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    posted_at = models.DateTimeField(null=True, blank=True, help_text="When it last took a message.")
    trouble = models.CharField(
        max_length=100, blank=True, help_text="Why the latest attempt failed; empty if it did not."
    )
    failures = models.PositiveIntegerField(default=0, help_text="Attempts in a row that failed.")
    not_before = models.DateTimeField(null=True, blank=True)
    lease = models.CharField(max_length=32, blank=True)

    objects = ChatConnectionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["not_before"], name="chat_resting", condition=Q(not_before__isnull=False))]

    def __str__(self) -> str:
        return f"{self.get_service_display()} of employee {self.employee_id}"

    @property
    def is_working(self) -> bool:
        return self.state == ConnectionState.WORKING

    @property
    def is_by_portal(self) -> bool:
        """Whether the portal's own app in Slack posts, and no address of the person's."""
        return self.service == ChatService.SLACK

    def rest(self, span: datetime.timedelta) -> None:
        """Post nothing for so long."""
        self.not_before = timezone.now() + span


class SlackWishQuerySet(models.QuerySet["SlackWish"]):
    def visible_to(self, user: Principal) -> Self:
        """One's own, and nobody else's."""
        viewer = user.viewer
        if not viewer.employee_id or not viewer.may_use("notices:read"):
            return self.none()
        return self.filter(employee_id=viewer.employee_id)


class SlackWish(models.Model):
    """Somebody wants the portal's app in Slack to write to them: a job looks them up there.

    It is gone once they are connected or chose otherwise; with a `refusal` it says why it could not be, until they ask again.
    """

    employee = models.OneToOneField(Employee, on_delete=models.CASCADE, related_name="slack_wish")
    job_id = models.BigIntegerField(editable=False)
    refusal = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=timezone.now)

    objects = SlackWishQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "slack wishes"

    def __str__(self) -> str:
        return f"Slack for employee {self.employee_id}"

    @cached_property
    def is_under_way(self) -> bool:
        """Whether the job is still to come to an end."""
        return not self.refusal and Job.objects.filter(pk=self.job_id, finished_at=None).exists()

    @property
    def why_not(self) -> str:
        """Why it could not be; of a job that failed by itself nothing is said but that."""
        return self.refusal or _("Slack could not be connected. Try again in a while.")
