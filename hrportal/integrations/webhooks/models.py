"""Where facts are sent, what waits to be sent, and what came of each attempt."""

from typing import Any, Self

from allauth.idp.oidc.models import Client
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.integrations.oauth.scopes import Scope
from hrportal.integrations.webhooks.enums import DisabledBecause, EndpointState, Envelope, MessageState
from hrportal.journal.models import Fact
from hrportal.people.enums import Role
from hrportal.people.models import User

TEST_TOPIC = "webhooks.test"
MOST_PER_MINUTE = 6000
LONGEST_EXCERPT = 500


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    def visible_to(self, user: Any) -> Self:
        """All for system administrators; to a client by itself its own. A client needs the scope in any case."""
        viewer = user.viewer
        if not viewer.may_use(Scope.WEBHOOKS_MANAGE):
            return self.none()
        if viewer.is_client:
            return self.filter(client_id=user.journal_identity.client_id)
        return self if viewer.has(Role.ADMIN) else self.none()

    def active(self) -> Self:
        return self.filter(state=EndpointState.ACTIVE)

    def to_serve(self) -> Self:
        """Those with something due that nobody is sending to and that need no rest. A test goes to one that is paused as well."""
        now = timezone.now()
        free = Q(lease_until=None) | Q(lease_until__lte=now)
        rested = Q(not_before=None) | Q(not_before__lte=now)
        due = Message.objects.due().filter(endpoint=OuterRef("pk"))
        return self.filter(free & rested).filter(
            (Q(state=EndpointState.ACTIVE) & Exists(due)) | Exists(due.tests())  # a paused one may have a long queue
        )


class Endpoint(models.Model):
    """An address of an API client, and what it wants to hear. The client's scopes say what it may hear.

    `heard_up_to` is the position in the journal up to which messages were made. `lease_until` and `lease` belong to
    whoever is sending to it just now, `not_before` is the rest it needs, `minute_…` count against its own limit. With
    CloudEvents the receiver gave leave at `leave_given_at`, perhaps for `allowed_per_minute` only.
    """

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+", verbose_name=_("API client"))
    url = models.URLField(_("address"), max_length=500)
    description = models.CharField(_("description"), max_length=200, blank=True)
    events = models.JSONField(_("events"), default=list)
    envelope = models.CharField(_("format"), max_length=20, choices=Envelope, default=Envelope.PLAIN)
    most_per_minute = models.PositiveIntegerField(
        _("at most per minute"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_PER_MINUTE)],
        help_text=_("Messages in a minute. Empty for no limit."),
    )
    state = models.CharField(_("state"), max_length=10, choices=EndpointState, default=EndpointState.ACTIVE)
    state_changed_at = models.DateTimeField(default=timezone.now)
    disabled_because = models.CharField(max_length=20, choices=DisabledBecause, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    heard_up_to = models.BigIntegerField(default=0)
    last_success_at = models.DateTimeField(null=True, blank=True)
    last_failure_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0, help_text="Attempts in a row that failed.")
    not_before = models.DateTimeField(null=True, blank=True)
    lease = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    minute_began_at = models.DateTimeField(null=True, blank=True)
    minute_count = models.PositiveIntegerField(default=0)
    leave_given_at = models.DateTimeField(null=True, blank=True)
    allowed_per_minute = models.PositiveIntegerField(null=True, blank=True)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.description or self.url

    def get_absolute_url(self) -> str:
        return reverse("webhooks:endpoint_detail", args=[self.pk])

    @property
    def is_active(self) -> bool:
        return self.state == EndpointState.ACTIVE


class SecretQuerySet(models.QuerySet["Secret"]):
    def valid(self) -> Self:
        """Those that sign now, the newest first."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now())).order_by("-id")


class Secret(models.Model):
    """What messages to an endpoint are signed with, sealed with the portal's own key. While a new one is taken into use,
    the old one signs as well, until `expires_at`."""

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="secrets")
    sealed = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = SecretQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.endpoint_id}: {self.made_at:%Y-%m-%d}"


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: Any) -> Self:
        """Those of endpoints one sees."""
        return self.filter(endpoint__in=Endpoint.objects.visible_to(user))

    def pending(self) -> Self:
        return self.filter(state=MessageState.PENDING)

    def due(self) -> Self:
        """Waiting, with their time come."""
        return self.pending().filter(next_try_at__lte=timezone.now())

    def tests(self) -> Self:
        """Tests alone: they are about no fact, and so before every position."""
        return self.filter(position=0, topic=TEST_TOPIC)


class Message(models.Model):
    """One fact (or a test) for one endpoint. `webhook_id` is the same in every attempt and every replay."""

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="messages")
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, null=True, related_name="+")
    position = models.BigIntegerField(default=0)
    topic = models.CharField(_("event"), max_length=100)
    webhook_id = models.CharField(max_length=80)
    state = models.CharField(_("state"), max_length=10, choices=MessageState, default=MessageState.PENDING)
    attempts_made = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    last_status = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["endpoint", "fact"], name="one_message_per_fact")]
        indexes = [
            models.Index(
                fields=["endpoint", "position"], name="message_waiting", condition=Q(state=MessageState.PENDING)
            ),
            models.Index(fields=["endpoint", "-id"], name="message_log"),
            models.Index(fields=["done_at"], name="message_done"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.webhook_id}"

    def get_absolute_url(self) -> str:
        return reverse("webhooks:message_detail", args=[self.pk])

    @property
    def is_test(self) -> bool:
        return self.topic == TEST_TOPIC


class Attempt(models.Model):
    """One request that was made, or refused before it was made, and what came back."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attempts")
    made_at = models.DateTimeField(default=timezone.now)
    status = models.PositiveSmallIntegerField(null=True)
    milliseconds = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    excerpt = models.CharField(max_length=LONGEST_EXCERPT, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.status or self.error}"
