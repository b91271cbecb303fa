"""Access tokens: one's own for everybody, and a list of all for system administrators."""

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as SIGNED_IN_BY
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest
from hrportal.common.paging import window
from hrportal.integrations import actions, lists
from hrportal.integrations.forms import TokenForm
from hrportal.people.enums import Role
from hrportal.people.models import PersonalToken
from hrportal.sign_in.second_factor import brought_second_factor


@access()
@require_safe
def token_list(request: PageRequest) -> HttpResponse:
    """One's own tokens."""
    return render(request, "integrations/token_list.html", {"tokens": lists.own_tokens(request.user, request.GET)})


@access()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@reauthentication_required(
    enabled=lambda request: request.user.has_usable_password() and SIGNED_IN_BY in request.session
)
def token_create(request: PageRequest) -> HttpResponse:
    """A token, shown once. Whoever signed in a while ago says who they are again first."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            token, value = actions.create_token(
                by=request.user, second_factor=brought_second_factor(request), **form.given
            )
        except ActionError as error:
            put_on_form(form, error)
        else:
            return render(request, "integrations/token_created.html", {"token": token, "value": value})
    return render(request, "integrations/token_form.html", {"form": form}, status=422 if form.errors else 200)


@access()
@require_POST
def token_revoke(request: PageRequest, pk: int) -> HttpResponse:
    """End a token of one's own; administrators end anybody's."""
    token = get_for_user(PersonalToken.objects, request.user, "integrations.revoke_token", pk=pk)
    try:
        actions.revoke_token(token, by=request.user)
    except ActionError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The token is revoked."))
    is_own = token.user_id == request.user.pk
    return redirect("integrations:token_list" if is_own else "integrations:token_overview")


@access(roles={Role.ADMIN})
@require_safe
def token_overview(request: PageRequest) -> HttpResponse:
    """Everybody's tokens: whose, for what, until when, last used. Nothing that opens anything."""
    page = window(request, lists.tokens(request.user, request.GET), lists.TOKENS)
    return render(request, "integrations/token_overview.html", {"page": page})
