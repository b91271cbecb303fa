"""What allauth may do here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.common.parsing import UNSTORABLE
from hrportal.people.enums import Role
from hrportal.people.viewer import Principal
from hrportal.sign_in import events
from hrportal.sign_in.provisioning import account_for, identity_in


class InvitationOnlyAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: accounts come from an invitation or, where a provider is trusted with it, from its directory."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Principal, **login: Any) -> HttpResponse | None:
        """Where a provider signs everybody in, no other way leads past it: no passkey either, but for administrators."""
        refused: HttpResponse | None = super().pre_login(request, user, **login)
        comes_from_provider = "sociallogin" in (login.get("signal_kwargs") or {})
        if refused or not settings.SSO_ONLY or comes_from_provider or user.viewer.has(Role.ADMIN):
            return refused
        messages.error(request, _("Sign in with your company’s account: use the button below."))
        return redirect("account_login")


class ProviderAdapter(DefaultSocialAccountAdapter):
    """A person is known by the provider's own unchanging id. Only a first sign-in asks whose account it is."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The providers of this name; of one that no column can hold there are none."""
        if UNSTORABLE.search(f"{provider}{client_id}"):
            return []
        found: list[SocialApp] = super().list_apps(request, provider=provider, client_id=client_id)
        return found

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        try:
            user = account_for(identity_in(sociallogin))
        except ActionError as refusal:
            raise _refused(request, refusal.message) from refusal
        if user is None:
            raise _refused(request, _("No account here belongs to the person you signed in as. Ask your HR team."))
        if not user.is_active:
            raise _refused(request, _("This account is closed."))
        with transaction.atomic():
            sociallogin.connect(request, user)
            events.identity_linked(user, sociallogin.account)

    def validate_disconnect(self, account: SocialAccount, accounts: Any) -> None:
        """Nobody locks themselves out by taking away the only way in."""
        super().validate_disconnect(account, accounts)
        if not account.user.has_usable_password() and len(accounts) < 2:
            raise self.validation_error("no_password")


def _refused(request: HttpRequest, reason: str) -> ImmediateHttpResponse:
    return ImmediateHttpResponse(render(request, "sign_in/refused.html", {"reason": reason}, status=403))
