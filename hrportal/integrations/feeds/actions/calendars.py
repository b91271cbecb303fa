"""What happens to the secret address of a calendar. It is returned once, by the function that made it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.common.tokens import hash_of, new_token
from hrportal.integrations.feeds import events
from hrportal.integrations.feeds.models import CalendarLink
from hrportal.people.models import User


@transaction.atomic
def make_link(*, by: User) -> tuple[CalendarLink, str]:
    """An address of one's own. There is one: making another ends the one before, and programs keep what they know."""
    value, now = new_token(), timezone.now()
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    made = {"hash": hash_of(value), "made_at": now, "last_read_at": None}
    link, _is_first = CalendarLink.objects.update_or_create(user=by, defaults=made)
    events.calendar_link_made(link, by=by)
    return link, value


@transaction.atomic
def end_link(*, by: User) -> None:
    """One's address answers no more."""
    link = CalendarLink.objects.select_for_update(of=("self",)).select_related("user").filter(user=by).first()
    if link is None:
        raise ActionError(_("You have no calendar address."))
    events.calendar_link_ended(link, by=by)
    link.delete()
