"""A system that uses the API: what it is for, who answers for it, how far it reaches. Its tokens are kept by the token server."""

from typing import Any, Self

from allauth.idp.oidc.models import Client
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.integrations.oauth.networks import is_within, read_networks
from hrportal.people.enums import Role
from hrportal.people.models import OrgUnit, User


class ApiClientQuerySet(models.QuerySet["ApiClient"]):
    def visible_to(self, user: Any) -> Self:
        """Clients are read by those who look after them."""
        return self if user.is_authenticated and user.viewer.has(Role.ADMIN) else self.none()

    def active(self) -> Self:
        """Those not revoked."""
        return self.filter(revoked_at=None)

    def with_all(self) -> Self:
        """With what a page about it shows."""
        return self.select_related("client", "created_by").prefetch_related("units", "secrets")


class ApiClient(models.Model):
    """One system. `client` is its name and scopes at the token server; a revoked one stays, so that the journal can name it.

    With `is_limited` it has to do with people and seats in `units` only, and with nobody when there are none.
    """

    client = models.OneToOneField(Client, on_delete=models.PROTECT, related_name="api_client")
    purpose = models.TextField(_("what it is for"), blank=True)
    contact = models.CharField(_("who answers for it"), max_length=200, blank=True)
    is_limited = models.BooleanField(_("only for some units"), default=False)
    units = models.ManyToManyField(OrgUnit, blank=True, related_name="+", verbose_name=_("units"))
    networks = models.JSONField(_("addresses it may come from"), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiClientQuerySet.as_manager()

    class Meta:
        ordering = ["client__name", "id"]
        verbose_name = _("API client")
        verbose_name_plural = _("API clients")

    def __str__(self) -> str:
        return self.client.name

    def get_absolute_url(self) -> str:
        return reverse("integrations:client_detail", args=[self.pk])

    def clean(self) -> None:
        try:
            read_networks(self.networks)
        except ValidationError as error:
            raise ValidationError({"networks": error.messages}) from error

    @property
    def is_active(self) -> bool:
        return self.revoked_at is None

    @property
    def scopes(self) -> list[str]:
        return self.client.get_scopes()

    @property
    def unit_paths(self) -> tuple[str, ...] | None:
        """Where its units are in the tree now; None is no limit."""
        return tuple(sorted(unit.path for unit in self.units.all())) if self.is_limited else None

    def admits(self, address: str | None) -> bool:
        """Whether a request may come from this address."""
        return not self.networks or is_within(address, self.networks)


class SecretQuerySet(models.QuerySet["ClientSecret"]):
    def valid(self) -> Self:
        """Those that open the token endpoint now."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))


class ClientSecret(models.Model):
    """One secret of a client, hashed. While a new one is taken into use, the old one is valid as well, until `expires_at`."""

    api_client = models.ForeignKey(ApiClient, on_delete=models.CASCADE, related_name="secrets")
    hash = models.CharField(max_length=200)
    hint = models.CharField(max_length=4, blank=True, help_text="Its last characters, to tell one from another.")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = SecretQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"…{self.hint}"

    @property
    def is_valid(self) -> bool:
        return self.expires_at is None or self.expires_at > timezone.now()
