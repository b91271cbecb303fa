"""API clients, for system administrators: who they are, how far they reach, their secrets, what they did."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest
from hrportal.common.pages import form_page
from hrportal.integrations import actions, lists
from hrportal.integrations.forms import ClientEditForm, ClientForm, RotateForm
from hrportal.integrations.models import ApiClient, ClientSecret
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.models import Fact
from hrportal.people.enums import Role

administrators = access(roles={Role.ADMIN})
MOST_FACTS = 50


@administrators
@require_safe
def client_list(request: PageRequest) -> HttpResponse:
    """Every system with access, those revoked last."""
    rows = list(lists.clients(request.user, request.GET))
    active = [row for row in rows if row.is_active]
    context = {"active": active, "revoked": [row for row in rows if not row.is_active]}
    return render(request, "integrations/client_list.html", context)


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def client_create(request: PageRequest) -> HttpResponse:
    """A new system. Its secret is on the page that answers, and nowhere else."""
    form = ClientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            client, secret = actions.create_client(form.given.pop("name"), by=request.user, **_without_name(form))
        except ActionError as error:
            put_on_form(form, error)
        else:
            return _secret_page(request, client.api_client, secret)
    return render(request, "integrations/client_form.html", {"form": form}, status=_status(form))


@administrators
@require_safe
def client_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One system: its reach, its secrets, and what the journal keeps of it, without contents."""
    return _detail(request, get_for_user(ApiClient.objects.with_all(), request.user, pk=pk), RotateForm())


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def client_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Change what it is called and how far it reaches."""
    row = get_for_user(ApiClient.objects.active().with_all(), request.user, "integrations.change_client", pk=pk)
    return form_page(
        request,
        form := ClientEditForm(request.POST or None, instance=row),
        lambda said: actions.change_client(row, by=request.user, version=said["version"], **form.given),
        done=_("The client is changed."),
        back=row.get_absolute_url(),
        template="integrations/client_form.html",
        row=row,
    )


@administrators
@require_POST
@never_cache
def secret_rotate(request: PageRequest, pk: int) -> HttpResponse:
    """A new secret, shown once; the old ones go on as long as was chosen."""
    row = get_for_user(ApiClient.objects.with_all(), request.user, "integrations.rotate_secret", pk=pk)
    form = RotateForm(request.POST)
    if form.is_valid():
        try:
            secret = actions.rotate_secret(row, by=request.user, valid_until=form.cleaned_data["valid_until"])
        except ActionError as error:
            put_on_form(form, error)
        else:
            return _secret_page(request, row, secret)
    return _detail(request, row, form, status=422)


@administrators
@require_POST
def secret_end(request: PageRequest, pk: int) -> HttpResponse:
    """End one secret before its day."""
    clients = ApiClient.objects.visible_to(request.user)
    secret = get_object_or_404(ClientSecret.objects.filter(api_client__in=clients), pk=pk)
    row = get_for_user(ApiClient.objects, request.user, "integrations.end_secret", pk=secret.api_client_id)
    _do(request, lambda: actions.end_secret(secret, by=request.user), _("The secret has ended."))
    return redirect(row)


@administrators
@require_POST
def client_revoke(request: PageRequest, pk: int) -> HttpResponse:
    """Take its access away for good."""
    row = get_for_user(ApiClient.objects.with_all(), request.user, "integrations.revoke_client", pk=pk)
    _do(request, lambda: actions.revoke_client(row, by=request.user), _("The client is revoked. Its tokens are gone."))
    return redirect(row)


def _without_name(form: ClientForm) -> dict[str, Any]:
    return {key: value for key, value in form.given.items() if key != "name"}


def _status(form: ClientForm) -> int:
    return 422 if form.errors else 200


def _secret_page(request: PageRequest, row: ApiClient, secret: str) -> HttpResponse:
    return render(request, "integrations/client_secret.html", {"row": row, "secret": secret})


def _detail(request: PageRequest, row: ApiClient, form: RotateForm, status: int = 200) -> HttpResponse:
    context = {
        "row": row,
        "form": form,
        "scopes": [Scope(value) for value in row.scopes if value in Scope.values],
        "facts": _facts_of(row),
    }
    return render(request, "integrations/client_detail.html", context, status=status)


def _facts_of(row: ApiClient) -> Any:
    """What it did and what was done to it: topic and moment, not whom it was about."""
    about = Q(subject_type=ApiClient._meta.label_lower, subject_id=row.pk)
    facts = Fact.objects.filter(about | Q(client_id=row.client_id)).order_by("-pk")
    return facts.only("topic", "recorded_at", "on_behalf_of_id")[:MOST_FACTS]


def _do(request: PageRequest, action: Callable[[], Any], done: str) -> None:
    try:
        action()
    except ActionError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, done)
