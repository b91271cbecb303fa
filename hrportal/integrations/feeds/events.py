"""Every fact about feeds. No address and no hash is in any."""

from hrportal.integrations.feeds.models import CalendarLink
from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, record


def calendar_link_made(link: CalendarLink, *, by: Actor | None) -> Fact:
    return record("feeds.calendar_link_made", link, by=by, person_id=link.user.employee_id)


def calendar_link_ended(link: CalendarLink, *, by: Actor | None) -> Fact:
    return record("feeds.calendar_link_ended", link, by=by, person_id=link.user.employee_id)
