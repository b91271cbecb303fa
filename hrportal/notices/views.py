"""One's notices, how they come by e-mail, and the catalogue of all there are."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest, render_list
from hrportal.common.paging import window
from hrportal.notices import actions, lists
from hrportal.notices.forms import SettingsForm, grouped_kinds
from hrportal.notices.models import Notice, NoticeSetting
from hrportal.people.enums import Role
from hrportal.people.models import Employee

ONESELF = {Role.EMPLOYEE}


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
    """Which kinds come by e-mail, when, and in which language."""
    employee: Employee = request.user.employee  # type: ignore[assignment]  # the route is for people only
    chosen = dict(NoticeSetting.objects.filter(employee=employee).values_list("kind", "mail"))
    form = SettingsForm(request.POST or None, chosen=chosen, language=request.user.language)
    if request.method == "POST" and form.is_valid():
        language = form.cleaned_data.pop("language")
        actions.choose_mail(employee, form.cleaned_data, account=request.user, language=language)
        messages.success(request, _("Your choice is saved."))
        return redirect("notices:settings_edit")
    context = {"form": form, "address": request.user.email}
    return render(request, "notices/settings.html", context, status=422 if form.errors else 200)


@access()
@require_safe
def kind_list(request: PageRequest) -> HttpResponse:
    """Every notice the portal sends: what it says, when, and how."""
    return render(request, "notices/kind_list.html", {"groups": grouped_kinds()})
