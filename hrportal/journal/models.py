"""Facts, their deliveries to subscribers, and background jobs."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise

from hrportal.journal.enums import DeliveryState, JobState
from hrportal.journal.wording import words_of


class Fact(models.Model):
    """Something that happened: what, to whom, by whom, for whom, when; ids and a version, never texts or ratings.

    `position` and `hash` are filled in once, after commit, by the sequencer (`chain.sequence_facts`); a database
    trigger refuses every other update and every delete.
    """

    topic = models.CharField(max_length=100, db_index=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    person_id = models.BigIntegerField(null=True, help_text="The employee it is about, if it is about one.")
    version = models.PositiveIntegerField(default=1)
    actor_id = models.BigIntegerField(null=True, help_text="The account that did it; empty when the system did.")
    client_id = models.CharField(max_length=100, blank=True, help_text="The API client it came through, if any.")
    on_behalf_of_id = models.BigIntegerField(null=True, help_text="The account it was done for, if another.")
    request_id = models.CharField(max_length=64, blank=True)
    data = models.JSONField(default=dict)
    recorded_at = models.DateTimeField(default=timezone.now)
    position = models.BigIntegerField(null=True, unique=True)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="fact_subject"),
            models.Index(fields=["person_id"], name="fact_person"),
            models.Index(fields=["id"], name="fact_unsequenced", condition=Q(position=None)),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.subject_id}"

    @property
    def words(self) -> Promise | str:
        """What happened, in a sentence."""
        return words_of(self.topic)


class ChainHead(models.Model):
    """The last position and hash given out: one row, and the lock under which positions are given."""

    position = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return str(self.position)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self) -> Self:
        """Those whose time has come."""
        return self.filter(state=DeliveryState.PENDING, next_try_at__lte=timezone.now())

    def failing(self) -> Self:
        """Tried at least once in vain and still being tried."""
        return self.filter(state=DeliveryState.PENDING, attempts__gt=0)


class Delivery(models.Model):
    """One fact on its way to one subscriber. The row is the queue: a message to a worker only says "look"."""

    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="deliveries")
    subscriber = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    last_error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["fact", "subscriber"], name="one_delivery_per_subscriber")]
        indexes = [
            models.Index(
                fields=["subscriber", "next_try_at"], name="delivery_due", condition=Q(state=DeliveryState.PENDING)
            ),
            models.Index(fields=["subscriber", "state"], name="delivery_state"),
        ]

    def __str__(self) -> str:
        return f"{self.fact_id} to {self.subscriber}: {self.state}"


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: Any) -> Self:
        """One's own jobs, and those an API client started for one; what has scopes sees what it started itself: others
        may have started theirs with more."""
        viewer, client_id = user.viewer, user.journal_identity.client_id
        if viewer.is_client:
            return self.filter(client_id=client_id, on_behalf_of_id=None)
        if not viewer.user_id:
            return self.none()
        own = self.filter(Q(requested_by_id=viewer.user_id) | Q(on_behalf_of_id=viewer.user_id))
        return own if viewer.scopes is None else own.filter(client_id=client_id)


class Job(models.Model):
    """Long work with progress: a row that a worker claims, reports on, and can take up again where it was left."""

    kind = models.CharField(max_length=100)
    title = models.CharField(max_length=200)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    result = models.JSONField(default=dict)
    result_url = models.CharField(max_length=300, blank=True)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    requested_by_id = models.BigIntegerField(null=True, db_index=True)
    scheduled_for = models.DateField(null=True, help_text="The day of a daily job; two clocks cannot start it twice.")
    client_id = models.CharField(max_length=100, blank=True)
    on_behalf_of_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "scheduled_for"], name="once_a_day")]
        indexes = [
            models.Index(
                fields=["created_at"], name="job_open", condition=Q(state__in=[JobState.QUEUED, JobState.RUNNING])
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.get_state_display()}"

    @property
    def percent(self) -> int | None:
        """How far it is, 0 to 100, or None while the amount of work is unknown."""
        if self.state == JobState.DONE:
            return 100
        return None if not self.total else min(100, 100 * self.done // self.total)

    @property
    def is_finished(self) -> bool:
        return self.state in {JobState.DONE, JobState.FAILED}
