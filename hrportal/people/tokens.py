"""A person's access token as the key to the API: with it a program may what its owner may, within the token's scopes."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import rules
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from hrportal.common.tokens import hash_of, is_worth_noting
from hrportal.journal.recording import Identity
from hrportal.people.models import PersonalToken, User
from hrportal.people.viewer import Viewer

# A person's token is told from a client's by its beginning.
PREFIX = "hrp_"


@dataclass(frozen=True)
class TokenPrincipal:
    """A person through a token of theirs. The journal keeps both."""

    user: User
    token_id: int
    scopes: frozenset[str] | None = None

    is_authenticated = True
    is_anonymous = False

    @property
    def pk(self) -> int:
        return self.user.pk

    @property
    def employee_id(self) -> int | None:
        return self.user.employee_id

    @property
    def is_active(self) -> bool:
        return self.user.is_active

    @cached_property
    def viewer(self) -> Viewer:
        return replace(self.user.viewer, scopes=self.scopes)

    @property
    def journal_identity(self) -> Identity:
        return Identity(actor_id=self.user.pk, client_id=f"token:{self.token_id}")

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return self.is_active and rules.has_perm(perm, self, obj)


class PersonalTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer hrp_…`. Other tokens are left to whoever knows them."""

    def authenticate(self, request: Request) -> tuple[TokenPrincipal, PersonalToken] | None:
        value = _value_in(request)
        if value is None:
            return None
        token = PersonalToken.objects.valid().select_related("user__employee").filter(hash=hash_of(value)).first()
        if token is None or not _is_at_work(token.user):
            raise AuthenticationFailed(_("The access token is unknown or has expired."), "invalid_token")
        if _lacks_second_factor(token):
            raise PermissionDenied(
                _("Your role needs a second step when signing in. Set one up, or make a new token."),
                "second_factor_required",
            )
        _note_use(token)
        scopes = None if token.scopes is None else frozenset(token.scopes)
        return TokenPrincipal(token.user, token.pk, scopes), token

    def authenticate_header(self, request: Request) -> str:
        """Say how to sign in; and that a token was there but was not good, if so (RFC 6750)."""
        return 'Bearer realm="api"' + (', error="invalid_token"' if get_authorization_header(request) else "")


def _value_in(request: Request) -> str | None:
    words = get_authorization_header(request).decode("latin-1").split()
    is_ours = len(words) == 2 and words[0].lower() == "bearer" and words[1].startswith(PREFIX)
    return words[1] if is_ours else None


def _is_at_work(user: User) -> bool:
    return user.is_active and not (user.employee and user.employee.has_left)


def _lacks_second_factor(token: PersonalToken) -> bool:
    """Whether the owner's role needs what neither they nor the session that made the token had."""
    if token.second_factor or not settings.MFA_REQUIRED_ROLES:
        return False
    return token.user.viewer.has(*settings.MFA_REQUIRED_ROLES) and not is_mfa_enabled(token.user)


def _note_use(token: PersonalToken) -> None:
    if is_worth_noting(token.last_used_at):
        PersonalToken.objects.filter(pk=token.pk).update(last_used_at=timezone.now())
