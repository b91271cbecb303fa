"""Access tokens that people make for themselves."""

import datetime
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.enums import Role
from hrportal.people.models.accounts import User
from hrportal.people.viewer import Principal

LONGEST_LIFE = datetime.timedelta(days=365)


class PersonalTokenQuerySet(models.QuerySet["PersonalToken"]):
    def visible_to(self, user: Principal) -> Self:
        """One's own, and all for those who look after accounts; in person: what acts by a token does not look after tokens."""
        viewer = user.viewer
        if not user.is_authenticated or viewer.scopes is not None or viewer.user_id is None:
            return self.none()
        return self if viewer.has(Role.ADMIN) else self.filter(user_id=viewer.user_id)

    def of(self, user: User) -> Self:
        """Those somebody made for themselves."""
        return self.filter(user_id=user.pk)

    def end(self) -> int:
        """Take them back, now; how many were not before."""
        return self.filter(revoked_at=None).update(revoked_at=timezone.now())

    def valid(self) -> Self:
        """Those that are neither revoked nor past their day."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class PersonalToken(models.Model):
    """Lets a program do what its owner may do, until a day. Only its hash is kept.

    `scopes` narrow it; None is all its owner may. `second_factor` says that it was made in a session that had one.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="personal_tokens")
    name = models.CharField(_("name"), max_length=100, help_text=_("What uses it, such as “Monthly report”."))
    hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=4, blank=True)
    scopes = models.JSONField(_("only for"), null=True, blank=True, default=None)
    second_factor = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(_("until"))
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = PersonalTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("integrations:token_list")

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()
