"""One's calendar: the page where its address is made, and the address itself."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hrportal.common.access import PROGRAM, access
from hrportal.common.actions import ActionError
from hrportal.common.doors import too_many
from hrportal.common.http import PageRequest
from hrportal.common.rates import address_of, spend
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
    link = CalendarLink.objects.visible_to(request.user).valid().first()
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
    # An office may have one address for everybody in it, so only wrong tokens are counted by that.
    spending = spend("calendar", str(link.pk)) if link else spend("wrong_token", address_of(request))
    if spending and not spending.is_within:
        return too_many(request, spending)
    if link is None:
        raise Http404
    content = calendar_of(link)
    _note_reading(link, sha256(content).hexdigest())
    return _answer(request, link, content)


def _answer(request: HttpRequest, link: CalendarLink, content: bytes) -> HttpResponse:
    """The calendar, or 304 to somebody who has it as it is."""
    changed = int(link.changed_at.timestamp()) if link.changed_at else None
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = 'inline; filename="calendar.ics"'
    answer["Cache-Control"] = "private, no-cache"
    answer["ETag"], answer["Last-Modified"] = f'"{link.content_hash}"', http_date(changed)
    return get_conditional_response(request, etag=answer["ETag"], last_modified=changed, response=answer) or answer


def _note_reading(link: CalendarLink, content_hash: str) -> None:
    """Remember since when the calendar is as it is now, and once in a while that somebody reads it."""
    now, noted = timezone.now(), dict[str, Any]()
    if link.content_hash != content_hash:
        noted |= {"content_hash": content_hash, "changed_at": now}
    if is_worth_noting(link.last_read_at):
        noted["last_read_at"] = now
    for name, value in noted.items():
        setattr(link, name, value)
    if noted:
        CalendarLink.objects.filter(pk=link.pk).update(**noted)
