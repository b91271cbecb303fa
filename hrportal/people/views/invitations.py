"""Where an invitation leads: its owner sets a password, once."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from hrportal.common.access import PUBLIC, access
from hrportal.people.actions import accept_invitation
from hrportal.people.forms import PasswordForm
from hrportal.people.invitations import invitation_tokens
from hrportal.people.models import User


@access(PUBLIC)
class InvitationAcceptView(PasswordResetConfirmView):
    """Django's page for one-time links (which keeps the token out of addresses that others may see), with our token."""

    http_method_names = ["get", "head", "post", "options"]
    template_name = "people/invitation_accept.html"
    form_class = PasswordForm
    token_generator = invitation_tokens
    reset_url_token = "set-password"  # noqa: S105  (the word in the address, not a secret)

    def get_user(self, uidb64: str) -> User | None:
        user = super().get_user(uidb64)
        return user if user and user.is_active and not user.has_usable_password() else None

    def form_valid(self, form: Any) -> HttpResponse:
        accept_invitation(form.user, password=form.cleaned_data["new_password1"])
        messages.success(self.request, _("Your password is set. Sign in with it."))
        return redirect("account_login")
