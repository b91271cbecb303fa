"""A person's dates as iCalendar (RFC 5545). The same dates are the same bytes, so a program can ask whether they changed."""

import datetime
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from hrportal.integrations.feeds.calendar.dates import Date, dates_of
from hrportal.integrations.feeds.calendar.entries import entries_told
from hrportal.integrations.feeds.models import CalendarEntry, CalendarLink

# How often a program is asked to look again.
READ_AGAIN = datetime.timedelta(hours=1)


def calendar_of(link: CalendarLink) -> bytes:
    """The calendar behind an address, in its owner's language."""
    with translation.override(link.user.language or settings.LANGUAGE_CODE):
        dates = dates_of(link.user)
        return _written(link.user.employee_id, entries_told(link, dates), dates)


def _written(employee_id: int | None, entries: Iterable[CalendarEntry], dates: Iterable[Date]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//hrportal//calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Performance and talent"))
    calendar.add("x-wr-timezone", timezone.get_default_timezone_name())
    calendar.add("refresh-interval", READ_AGAIN, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    by_key = {date.key: date for date in dates}
    for entry in entries:
        calendar.add_component(_event(entry, by_key.get(entry.key), employee_id))
    return calendar.to_ical()


def _event(entry: CalendarEntry, date: Date | None, employee_id: int | None) -> Event:
    """A whole day: due dates have no hour, and a day is the same day in every time zone."""
    event = Event()
    host = urlsplit(settings.PUBLIC_URL).hostname
    event.add("uid", f"{entry.key}.{employee_id}@{host}")
    event.add("dtstamp", entry.changed_at.astimezone(datetime.UTC))
    event.add("last-modified", entry.changed_at.astimezone(datetime.UTC))
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.on)
    event.add("dtend", entry.ends_on)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    if date is None or entry.cancelled_at:
        event.add("status", "CANCELLED")
        event.add("summary", _("Cancelled"))
        return event
    event.add("status", "CONFIRMED")
    event.add("summary", date.title)
    event.add("url", f"{settings.PUBLIC_URL}{date.url}")
    return event
