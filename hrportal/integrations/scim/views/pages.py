"""Identity providers, for system administrators: let one in, change its token, see what it asked, say what groups give."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest
from hrportal.common.paging import of, window
from hrportal.integrations.scim import lists
from hrportal.integrations.scim.actions.clients import (
    CHOICES,
    change_client,
    close_client,
    create_client,
    issue_token,
    revoke_token,
)
from hrportal.integrations.scim.actions.memberships import map_group
from hrportal.integrations.scim.forms import ChoicesForm, ClientForm, GroupForm
from hrportal.integrations.scim.models import ScimClient, ScimGroup, ScimRequest, ScimToken
from hrportal.people.enums import Role

administrators = access(roles={Role.ADMIN})


@administrators
@require_safe
def client_list(request: PageRequest) -> HttpResponse:
    """Every identity provider, with when it was last here."""
    return render(request, "scim/client_list.html", {"clients": lists.clients(request.user, request.GET)})


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def client_create(request: PageRequest) -> HttpResponse:
    """Let one in. Its token is on the page that answers, and nowhere else."""
    form = ClientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            client, secret = create_client(by=request.user, **form.cleaned_data)
        except ActionError as error:
            put_on_form(form, error)
        else:
            return _secret_page(request, client, secret)
    return render(request, "scim/client_form.html", {"form": form}, status=422 if form.errors else 200)


@administrators
@require_safe
def client_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One of them: its tokens, its groups, what it asked lately and how that went."""
    client = get_for_user(ScimClient.objects.all(), request.user, pk=pk)
    return _detail(request, client, ChoicesForm(initial={name: getattr(client, name) for name in CHOICES}))


@administrators
@require_POST
def client_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Change what it may do."""
    client = get_for_user(ScimClient.objects.all(), request.user, "scim.change_client", pk=pk)
    form = ChoicesForm(request.POST)
    form.is_valid()
    _do(request, lambda: change_client(client, by=request.user, **form.cleaned_data), _("The choices are saved."))
    return redirect("provisioning:client_detail", pk)


@administrators
@require_POST
@never_cache
def token_issue(request: PageRequest, pk: int) -> HttpResponse:
    """A second token, shown once."""
    client = get_for_user(ScimClient.objects.all(), request.user, "scim.change_client", pk=pk)
    try:
        _token, secret = issue_token(client, by=request.user)
    except ActionError as error:
        messages.error(request, error.message)
        return redirect("provisioning:client_detail", pk)
    return _secret_page(request, client, secret)


@administrators
@require_POST
def token_revoke(request: PageRequest, pk: int) -> HttpResponse:
    """Take a token back."""
    token = get_for_user(ScimToken.objects.all(), request.user, "scim.revoke_token", pk=pk)
    _do(request, lambda: revoke_token(token, by=request.user), _("The token is taken back."))
    return redirect("provisioning:client_detail", token.client_id)


@administrators
@require_POST
def client_close(request: PageRequest, pk: int) -> HttpResponse:
    """Shut one out for good."""
    client = get_for_user(ScimClient.objects.all(), request.user, "scim.change_client", pk=pk)
    _do(request, lambda: close_client(client, by=request.user), _("The client is shut out."))
    return redirect("provisioning:client_detail", pk)


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def group_map(request: PageRequest, pk: int) -> HttpResponse:
    """Say which role a client's group stands for."""
    group = get_for_user(ScimGroup.objects.exclude(client=None), request.user, "scim.change_group", pk=pk)
    form = GroupForm(request.POST or None, initial={"role": group.role, "org_unit": group.org_unit})
    if request.method == "POST" and form.is_valid():
        try:
            map_group(group, by=request.user, **form.cleaned_data)
        except ActionError as error:
            put_on_form(form, error)
        else:
            messages.success(request, _("It is noted what the group stands for."))
            return redirect("provisioning:client_detail", group.client_id)
    context = {"group": group, "form": form, "members": group.memberships.count()}
    return render(request, "scim/group_map.html", context, status=422 if form.errors else 200)


def _detail(request: PageRequest, client: ScimClient, form: ChoicesForm) -> HttpResponse:
    requests = ScimRequest.objects.filter(client=client)
    query = of(request, client=client.pk)
    context = {
        "client": client,
        "form": form,
        "base_url": f"{settings.PUBLIC_URL}/scim/v2",
        "last": requests.first(),
        "last_refused": requests.filter(status__gte=400).first(),
        "tokens": client.tokens.all(),
        "groups": lists.with_size(client.groups.all()),
        "groups_query": query.urlencode(),
        "counts": requests.aggregate(
            all=Count("pk"),
            wrote=Count("pk", filter=Q(status__lt=400) & ~Q(method__in=["GET", "HEAD"])),
            refused=Count("pk", filter=Q(status__gte=400)),
        ),
        "is_refused": request.GET.get("refused") == "1",
        "page": window(request, lists.filtered_requests(requests, request.GET), lists.REQUESTS, query=query, size=25),
    }
    return render(request, "scim/client_detail.html", context)


def _secret_page(request: PageRequest, client: ScimClient, secret: str) -> HttpResponse:
    context = {"client": client, "secret": secret, "base_url": f"{settings.PUBLIC_URL}/scim/v2"}
    return render(request, "scim/token_secret.html", context)


def _do(request: PageRequest, action: Callable[[], Any], done: str) -> None:
    try:
        action()
    except ActionError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, done)
