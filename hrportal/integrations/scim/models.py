"""Identity providers that may write accounts, what they call them, and the groups they keep.

A SCIM user is an account of the portal. What SCIM knows of an account beyond the account itself stands in `ScimAccount`;
an account no client ever touched has none, and is met by clients all the same.
"""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.journal.recording import Identity
from hrportal.people.enums import PRIVILEGED, Role
from hrportal.people.models import OrgUnit, User


class ScimClientQuerySet(models.QuerySet["ScimClient"]):
    def visible_to(self, user: Any) -> Self:
        """Who provisions accounts is the business of system administrators."""
        return self if user.is_authenticated and user.viewer.has(Role.ADMIN) else self.none()

    def open(self) -> Self:
        return self.filter(closed_at=None)


class ScimClient(models.Model):
    """An identity provider that keeps accounts here, and what it may do beyond that."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    takes_on_people = models.BooleanField(_("takes on people"), default=False)
    ends_employments = models.BooleanField(_("ends employments"), default=False)
    sends_invitations = models.BooleanField(_("sends invitations"), default=False)
    is_privileged = models.BooleanField(_("may give and take privileged roles"), default=False)
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ScimClientQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("SCIM client")
        verbose_name_plural = _("SCIM clients")

    def __str__(self) -> str:
        return self.name

    @property
    def source(self) -> str:
        """The source system of the people it takes on, which is also its name in the journal."""
        return f"scim:{self.name}"

    @property
    def journal_identity(self) -> Identity:
        return Identity(client_id=self.source)


class ScimTokenQuerySet(models.QuerySet["ScimToken"]):
    def visible_to(self, user: Any) -> Self:
        """Tokens are looked after with their clients."""
        return self if user.is_authenticated and user.viewer.has(Role.ADMIN) else self.none()

    def valid(self) -> Self:
        return self.filter(revoked_at=None, client__closed_at=None)


class ScimToken(models.Model):
    """One bearer token of a client. Only its hash is kept; the first letters are, to tell two apart."""

    client = models.ForeignKey(ScimClient, on_delete=models.PROTECT, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    beginning = models.CharField(max_length=16)
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ScimTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.client}: {self.beginning}…"


class ScimRequest(models.Model):
    """One request of a client and how it was answered: no contents, no query, and for a refusal what was said."""

    client = models.ForeignKey(ScimClient, on_delete=models.PROTECT, related_name="requests")
    method = models.CharField(max_length=7)
    path = models.CharField(max_length=200)
    status = models.PositiveSmallIntegerField()
    detail = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["client", "-id"], name="scim_request_of_client"),
            models.Index(fields=["made_at"], name="scim_request_made"),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.path}: {self.status}"

    @property
    def told(self) -> str:
        """How it was answered, in one line."""
        return f"{self.status} · {self.detail}" if self.detail else str(self.status)


class ScimAccount(models.Model):
    """What SCIM knows of an account beside the account.

    `generation` counts how often it was deleted and made again: an id that was deleted never comes back, though the
    account behind it, with all that is written about its owner, does.
    """

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="scim")
    generation = models.PositiveSmallIntegerField(default=1)
    display_name = models.CharField(max_length=200, blank=True)
    is_email_primary = models.BooleanField(null=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user}: {self.generation}"


class ExternalId(models.Model):
    """What a client calls an account. Each client has its own names (RFC 7643, section 3.1)."""

    client = models.ForeignKey(ScimClient, on_delete=models.PROTECT, related_name="external_ids")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="external_ids")
    value = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "value"], name="one_account_per_external_id"),
            models.UniqueConstraint(fields=["client", "user"], name="one_external_id_per_account"),
        ]

    def __str__(self) -> str:
        return self.value


class ScimGroupQuerySet(models.QuerySet["ScimGroup"]):
    def of(self, client: ScimClient) -> Self:
        """A client's own groups and those of the portal, which stand for roles."""
        return self.filter(Q(client=client) | Q(client=None))

    def visible_to(self, user: Any) -> Self:
        """What a group gives is decided by system administrators."""
        return self if user.is_authenticated and user.viewer.has(Role.ADMIN) else self.none()


class ScimGroup(models.Model):
    """A group of accounts that a client made, or (without a client) one of the portal that stands for a role.

    While a group stands for a role, being in it gives the role and being taken out takes it back.
    """

    client = models.ForeignKey(ScimClient, on_delete=models.PROTECT, null=True, blank=True, related_name="groups")
    display_name = models.CharField(_("name"), max_length=200)
    external_id = models.CharField(max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=20, blank=True, choices=[(r.value, r.label) for r in Role.granted()])
    org_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    members = models.ManyToManyField(User, through="ScimMember", related_name="scim_groups")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ScimGroupQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(role=Role.HRBP) | Q(org_unit__isnull=False),
                name="partner_group_has_unit",
                violation_error_message=_("An HR business partner needs a unit to look after."),
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def is_privileged(self) -> bool:
        return self.role in PRIVILEGED


class ScimMember(models.Model):
    """An account in a group."""

    group = models.ForeignKey(ScimGroup, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="scim_memberships")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "user"], name="once_in_a_group")]

    def __str__(self) -> str:
        return f"{self.user} in {self.group}"
