"""What administrators can do for somebody at the front door."""

from collections.abc import Callable

from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest
from hrportal.common.pages import step
from hrportal.people.enums import Role
from hrportal.people.models import User
from hrportal.sign_in import actions

administrators = access(roles={Role.ADMIN})


@administrators
@require_POST
def second_factor_reset(request: PageRequest, pk: int) -> HttpResponse:
    """Somebody lost what they sign in with."""
    user = get_for_user(User.objects.all(), request.user, "sign_in.help", pk=pk)
    return _do(
        request, user, lambda: actions.reset_second_factor(user, by=request.user), _("The second step is reset.")
    )


@administrators
@require_POST
def sessions_end(request: PageRequest, pk: int) -> HttpResponse:
    """Sign somebody out everywhere."""
    user = get_for_user(User.objects.all(), request.user, "sign_in.help", pk=pk)
    return _do(request, user, lambda: actions.end_sessions(user, by=request.user), _("Signed out everywhere."))


@administrators
@require_POST
def identity_unlink(request: PageRequest, pk: int, identity: int) -> HttpResponse:
    """Take away a provider's way into an account."""
    user = get_for_user(User.objects.all(), request.user, "sign_in.help", pk=pk)
    found = get_object_or_404(SocialAccount, user=user, pk=identity)
    return _do(request, user, lambda: actions.unlink_identity(user, found, by=request.user), _("The link is removed."))


def _do(request: PageRequest, user: User, action: Callable[[], object], done: str) -> HttpResponse:
    return step(request, action, done=done, back=reverse("people:account_detail", args=[user.pk]))
