"""One's notices, how they come by e-mail and chat, and the catalogue of all there are."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.http import PageRequest, render_list
from hrportal.common.pages import step
from hrportal.common.paging import window
from hrportal.notices import actions, lists
from hrportal.notices.chat import actions as chat
from hrportal.notices.chat import slack
from hrportal.notices.forms import AddressForm, SettingsForm, grouped_kinds
from hrportal.notices.models import ChatConnection, Notice, NoticeSetting, SlackWish
from hrportal.people.enums import Role
from hrportal.people.models import Employee

ONESELF = {Role.EMPLOYEE}
ON_ITS_WAY = gettext_lazy("A test message is on its way. If it does not arrive, this page says why.")


@access(roles=ONESELF)
@require_safe
def notice_list(request: PageRequest) -> HttpResponse:
    """What somebody was told, newest first: the unread, or everything."""
    show = "all" if request.GET.get("show") == "all" else "unread"
    page = window(request, lists.notices(request.user, request.GET), lists.NOTICES)
    context = {
        "page": page,
        "show": show,
        "tabs": [("unread", _("Unread")), ("all", _("All"))],
        "has_unread": any(not notice.is_read for notice in page.rows),
    }
    return render_list(request, "notices/notice_list.html", context)


@access(roles=ONESELF)
@require_safe
def notice_open(request: PageRequest, pk: int) -> HttpResponse:
    """Note that it was read, and go to the page where it is done."""
    notice = actions.read_notice(get_for_user(Notice.objects.all(), request.user, pk=pk))
    if not url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None):
        raise Http404
    return redirect(notice.url)


@access(roles=ONESELF)
@require_POST
def notices_read(request: PageRequest) -> HttpResponse:
    """Note that all were read."""
    actions.read_all(Notice.objects.visible_to(request.user))
    return redirect("notices:notice_list")


@access(roles=ONESELF)
@require_http_methods(["GET", "HEAD", "POST"])
def settings_edit(request: PageRequest) -> HttpResponse:
    """Which kinds come by e-mail and chat, when, and in which language; and the chat itself."""
    connection = ChatConnection.objects.visible_to(request.user).first()
    form = _settings_form(request, connection, request.POST or None)
    if request.method == "POST" and form.is_valid():
        language = form.cleaned_data["language"]
        actions.choose(_oneself(request), mail=form.mail, chat=form.chat, account=request.user, language=language)
        messages.success(request, _("Your choice is saved."))
        return redirect("notices:settings_edit")
    return _settings_page(request, connection, form)


@access(roles=ONESELF)
@require_POST
def chat_connect(request: PageRequest) -> HttpResponse:
    """Let notices go to an address of one's own in Slack or Teams."""
    form = AddressForm(request.POST)
    if form.is_valid():
        try:
            chat.connect_address(_oneself(request), form.cleaned_data["address"], by=request.user)
        except ActionError as error:
            form.add_error("address", error.message)
        else:
            messages.success(request, ON_ITS_WAY)
            return redirect("notices:settings_edit")
    connection = ChatConnection.objects.visible_to(request.user).first()
    return _settings_page(request, connection, _settings_form(request, connection), form)


@access(roles=ONESELF)
@require_POST
def slack_connect(request: PageRequest) -> HttpResponse:
    """Let the portal's app in Slack write to oneself."""
    return step(
        request, lambda: chat.ask_for_slack(_oneself(request), by=request.user), back=reverse("notices:settings_edit")
    )


@access(roles=ONESELF)
@require_POST
def chat_try(request: PageRequest) -> HttpResponse:
    """Send oneself a test message."""
    connection = _own_connection(request)
    return step(
        request,
        lambda: chat.try_chat(connection, by=request.user),
        done=str(ON_ITS_WAY),
        back="notices:settings_edit",
    )


@access(roles=ONESELF)
@require_POST
def chat_disconnect(request: PageRequest) -> HttpResponse:
    """Nothing goes there any more."""
    connection = _own_connection(request)
    chat.disconnect_chat(connection, by=request.user)
    messages.success(request, _("%s is disconnected.") % connection.get_service_display())
    return redirect("notices:settings_edit")


def _oneself(request: PageRequest) -> Employee:
    return request.user.employee  # type: ignore[return-value]  # the routes are for people only


def _own_connection(request: PageRequest) -> ChatConnection:
    return get_for_user(ChatConnection.objects.all(), request.user)


def _settings_form(request: PageRequest, connection: ChatConnection | None, data: Any = None) -> SettingsForm:
    chosen = {row.kind: row for row in NoticeSetting.objects.filter(employee=_oneself(request))}
    return SettingsForm(data, chosen=chosen, language=request.user.language, has_chat=connection is not None)


def _settings_page(
    request: PageRequest,
    connection: ChatConnection | None,
    form: SettingsForm,
    address_form: AddressForm | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "address": request.user.email,
        "connection": connection,
        "address_form": address_form or AddressForm(),
        "has_slack": slack.is_set_up(),
        "slack_wish": SlackWish.objects.visible_to(request.user).first(),
    }
    is_wrong = form.errors or (address_form and address_form.errors)
    return render(request, "notices/settings.html", context, status=422 if is_wrong else 200)


@access()
@require_safe
def kind_list(request: PageRequest) -> HttpResponse:
    """Every notice the portal sends: what it says, when, and how."""
    return render(request, "notices/kind_list.html", {"groups": grouped_kinds()})


@access(roles={Role.ADMIN})
@require_safe
def chat_overview(request: PageRequest) -> HttpResponse:
    """Whether the portal is connected to Slack, and how many people get notices where."""
    context = {"has_slack": slack.is_set_up(), "counts": ChatConnection.objects.counts()}
    return render(request, "notices/chat_overview.html", context)


@access(roles={Role.ADMIN})
@require_POST
def slack_check(request: PageRequest) -> HttpResponse:
    """Ask whether Slack accepts the portal; if it does, people have their connections again."""
    try:
        workspace = chat.check_slack(by=request.user)
    except ActionError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Slack accepts the portal. Workspace: %s.") % workspace)
    return redirect("notices:chat_overview")
