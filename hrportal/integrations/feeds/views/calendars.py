"""One's calendar: the page where its address is made, and the address itself."""

from hashlib import sha256

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hrportal.common.access import PROGRAM, access
from hrportal.common.actions import ActionError
from hrportal.common.http import PageRequest
from hrportal.common.tokens import hash_of, is_worth_noting
from hrportal.integrations.feeds import actions
from hrportal.integrations.feeds.calendar.writing import calendar_of
from hrportal.integrations.feeds.models import CalendarLink
from hrportal.people.enums import Role

ONESELF = {Role.EMPLOYEE}
CONTENT_TYPE = "text/calendar; charset=utf-8"


@access(roles=ONESELF)
@require_safe
def link_show(request: PageRequest) -> HttpResponse:
    """Whether one has an address, and since when."""
    link = CalendarLink.objects.visible_to(request.user).first()
    return render(request, "feeds/calendar.html", {"link": link})


@access(roles=ONESELF)
@require_POST
@never_cache
def link_make(request: PageRequest) -> HttpResponse:
    """A new address, shown once. The one before ends."""
    _link, value = actions.make_link(by=request.user)
    address = f"{settings.PUBLIC_URL}{reverse('calendar:feed', args=[value])}"
    return render(request, "feeds/calendar_made.html", {"address": address})


@access(roles=ONESELF)
@require_POST
def link_end(request: PageRequest) -> HttpResponse:
    """The address answers no more."""
    try:
        actions.end_link(by=request.user)
    except ActionError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The calendar address has ended. Programs that have it find nothing there."))
    return redirect("calendar:link_show")


@access(PROGRAM)
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar itself, for whoever has its address."""
    links = CalendarLink.objects.valid().select_related("user__employee")
    link = links.filter(hash=hash_of(token)).first()
    if link is None:
        raise Http404
    _note_reading(link)
    content = calendar_of(link)
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = 'inline; filename="calendar.ics"'
    answer["Cache-Control"] = "private, no-cache"
    answer["ETag"] = f'"{sha256(content).hexdigest()}"'
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer


def _note_reading(link: CalendarLink) -> None:
    if is_worth_noting(link.last_read_at):
        CalendarLink.objects.filter(pk=link.pk).update(last_read_at=timezone.now())
