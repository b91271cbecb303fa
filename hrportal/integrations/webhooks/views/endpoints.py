"""Endpoints: where the portal tells what happens, and how well it gets through."""

from collections.abc import Callable
from typing import Any

from allauth.idp.oidc.models import Client
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError, StaleVersion
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest, render_list
from hrportal.common.paging import of, window
from hrportal.integrations.webhooks import actions, lists
from hrportal.integrations.webhooks.catalogue import EVENTS
from hrportal.integrations.webhooks.filters import LogFilter
from hrportal.integrations.webhooks.forms import EndpointForm, ReplayForm, ResumeForm, RotateForm
from hrportal.integrations.webhooks.models import TEST_TOPIC, Endpoint, Message
from hrportal.integrations.webhooks.queueing import topics_of
from hrportal.people.enums import Role

administrators = access(roles={Role.ADMIN})


@administrators
@require_safe
def endpoint_list(request: PageRequest) -> HttpResponse:
    """Every endpoint, with its state and when something last got through."""
    page = window(request, lists.endpoints(request.user, request.GET), lists.ENDPOINTS)
    return render(request, "integrations/webhooks/endpoint_list.html", {"page": page})


@administrators
@require_http_methods(["GET", "POST"])
def endpoint_create(request: PageRequest) -> HttpResponse:
    """Set up an endpoint for a client; the answer shows its secret, once."""
    form = EndpointForm(request.POST or None, clients=Client.objects.order_by("name"))
    if request.method == "POST" and form.is_valid():
        try:
            endpoint, secret = actions.create_endpoint(by=request.user, **form.cleaned_data)
        except ActionError as error:
            put_on_form(form, error)
        else:
            return _secret_page(request, endpoint, secret)
    return _endpoint_form(request, form, title=_("New webhook"), submit=_("Set it up"))


@administrators
@require_safe
def endpoint_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One endpoint: what it hears, how it does, and its log."""
    endpoint = get_for_user(_endpoints(), request.user, pk=pk)
    topics = topics_of(endpoint.events)
    found = LogFilter(request.GET, endpoint.messages.order_by("-id"), topics=[*topics, TEST_TOPIC])
    rows = found.qs if found.is_valid() else Message.objects.none()
    scopes = endpoint.client.get_scopes()
    context = {
        "endpoint": endpoint,
        "filter": found,
        "page": window(request, rows, lists.MESSAGES, query=of(request, endpoint=pk)),
        "is_filtered": bool(request.GET),
        "topics": topics,
        "unheard": [topic for topic in topics if EVENTS[topic].scope not in scopes],
        "waiting": Message.objects.pending().filter(endpoint=endpoint).count(),
        "secrets": list(endpoint.secrets.valid()),
    }
    return render_list(request, "integrations/webhooks/endpoint_detail.html", context, part="log")


@administrators
@require_http_methods(["GET", "POST"])
def endpoint_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Change what an endpoint is and hears."""
    endpoint = get_for_user(_endpoints(), request.user, "webhooks.change_endpoint", pk=pk)
    said = {name: getattr(endpoint, name) for name in (*actions.CHANGEABLE, "version")}
    form = EndpointForm(request.POST or None, endpoint=endpoint, initial=said)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"version": form.cleaned_data["version"] or 0}
        try:
            actions.change_endpoint(endpoint, by=request.user, **given)
        except StaleVersion as error:
            put_on_form(form, error)
            # saving again puts what was typed on top of it
            form.data = {**form.data, "events": form.cleaned_data["events"], "version": str(error.version)}
        except ActionError as error:
            put_on_form(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(endpoint)
    return _endpoint_form(request, form, title=_("Change the webhook"), submit=_("Save"), endpoint=endpoint)


@administrators
@require_http_methods(["GET", "POST"])
def secret_rotate(request: PageRequest, pk: int) -> HttpResponse:
    """Make a new secret and show it, once."""
    endpoint = get_for_user(_endpoints(), request.user, "webhooks.rotate_secret", pk=pk)
    form = RotateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _secret_page(request, endpoint, actions.rotate_secret(endpoint, by=request.user, **form.cleaned_data))
    words = _("Messages carry two signatures while both secrets are valid, so nothing is refused meanwhile.")
    return _form(request, form, endpoint, title=_("Rotate the secret"), lead=words, submit=_("Make a new secret"))


@administrators
@require_POST
def endpoint_pause(request: PageRequest, pk: int) -> HttpResponse:
    endpoint = get_for_user(_endpoints(), request.user, "webhooks.pause_endpoint", pk=pk)
    done = _("Paused. What happens meanwhile is kept for it.")
    return _step(request, endpoint, lambda: actions.pause_endpoint(endpoint, by=request.user), done)


@administrators
@require_http_methods(["GET", "POST"])
def endpoint_resume(request: PageRequest, pk: int) -> HttpResponse:
    """Send again, with what was missed or without."""
    endpoint = get_for_user(_endpoints(), request.user, "webhooks.resume_endpoint", pk=pk)
    form = ResumeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.resume_endpoint(endpoint, by=request.user, **form.cleaned_data)
        except ActionError as error:
            put_on_form(form, error)
        else:
            messages.success(request, _("It is sent to again."))
            return redirect(endpoint)
    return _form(request, form, endpoint, title=_("Resume"), submit=_("Resume"))


@administrators
@require_POST
def endpoint_remove(request: PageRequest, pk: int) -> HttpResponse:
    endpoint = get_for_user(_endpoints(), request.user, "webhooks.remove_endpoint", pk=pk)
    actions.remove_endpoint(endpoint, by=request.user)
    messages.success(request, _("The webhook is removed."))
    return redirect("webhooks:endpoint_list")


@administrators
@require_POST
def endpoint_test(request: PageRequest, pk: int) -> HttpResponse:
    """Send a test event; its page tells what came of it."""
    endpoint = get_for_user(_endpoints(), request.user, "webhooks.test_endpoint", pk=pk)
    message = actions.test_endpoint(endpoint, by=request.user)
    messages.success(request, _("The test is on its way. Look again in a moment."))
    return redirect(message)


@administrators
@require_http_methods(["GET", "POST"])
def messages_replay(request: PageRequest, pk: int) -> HttpResponse:
    """Send a range of events again."""
    endpoint = get_for_user(_endpoints(), request.user, "webhooks.replay_messages", pk=pk)
    form = ReplayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            job = actions.replay_messages(endpoint, by=request.user, **form.cleaned_data)
        except ActionError as error:
            put_on_form(form, error)
        else:
            return redirect("home:job_detail", job.pk)
    words = _("They keep their ids, so a receiver that remembers ids can tell what it has taken already.")
    return _form(request, form, endpoint, title=_("Send events again"), lead=words, submit=_("Send them again"))


def _endpoints() -> Any:
    return Endpoint.objects.select_related("client", "created_by")


def _endpoint_form(request: PageRequest, form: EndpointForm, **context: Any) -> HttpResponse:
    context |= {"form": form}
    status = 422 if form.errors else 200
    return render(request, "integrations/webhooks/endpoint_form.html", context, status=status)


def _form(request: PageRequest, form: forms.Form, endpoint: Endpoint, **context: Any) -> HttpResponse:
    context |= {"form": form, "endpoint": endpoint, "back": endpoint.get_absolute_url()}
    return render(request, "integrations/webhooks/form.html", context, status=422 if form.errors else 200)


def _secret_page(request: PageRequest, endpoint: Endpoint, secret: str) -> HttpResponse:
    response = render(
        request, "integrations/webhooks/secret_shown.html", {"endpoint": endpoint, "secret": secret}, status=201
    )
    response["Cache-Control"] = "no-store"
    return response


def _step(request: PageRequest, endpoint: Endpoint, act: Callable[[], Any], done: str) -> HttpResponse:
    try:
        act()
    except ActionError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, done)
    return redirect(endpoint)
