"""What the two of a one-to-one are told: that it begins, that a day changed, that something they promised is due."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.notices.catalogue import NoticeKind, notice_kind
from hrportal.notices.enums import MailRhythm
from hrportal.notices.sending import Message, notify
from performance.models import ActionItem, Meeting, OneToOne

GROUP = _("One-to-ones")

STARTED = notice_kind(
    "performance.one_to_one_started",
    _("%(person)s plans one-to-ones with you: see when, and add to the agenda"),
    when=_("The other person starts one-to-ones with you."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
)
PLANNED = notice_kind(
    "performance.meeting_planned",
    _("Your next one-to-one with %(person)s is planned: add to the agenda"),
    when=_("A one-to-one was held or skipped, and the next one is planned."),
    group=GROUP,
)
MOVED = notice_kind(
    "performance.meeting_moved",
    _("%(person)s moved or skipped your one-to-one: see the new day"),
    when=_("The other person changes the day of a one-to-one, or skips it."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
)
ENDED = notice_kind(
    "performance.one_to_one_ended",
    _("Your one-to-ones with %(person)s have ended; what you noted stays yours to read"),
    when=_("A series ends, by hand or because the manager changed."),
    group=GROUP,
)
ACTION_DUE = notice_kind(
    "performance.one_to_one_action_due",
    _("Something you agreed with %(person)s is due: do it, or tick it off"),
    when=_("What you promised in a one-to-one is due today or tomorrow."),
    group=GROUP,
)


def tell_started(meeting: Meeting, *, by_id: int | None) -> None:
    """The other of the two, that there will be talks."""
    _tell(STARTED, meeting.one_to_one, meeting.get_absolute_url(), f"meeting-{meeting.pk}", by_id=by_id)


def tell_planned(meeting: Meeting, *, by_id: int | None) -> None:
    """The other of the two, that there is a next meeting."""
    _tell(PLANNED, meeting.one_to_one, meeting.get_absolute_url(), f"meeting-{meeting.pk}", by_id=by_id)


def tell_moved(meeting: Meeting, *, by_id: int | None) -> None:
    """The other of the two, that the day is another one. Every time: back on an earlier day is news as well."""
    key = f"meeting-{meeting.pk}-{meeting.state}-{timezone.now():%Y%m%dT%H%M%S%f}"
    _tell(MOVED, meeting.one_to_one, meeting.one_to_one.get_absolute_url(), key, by_id=by_id)


def tell_ended(one_to_one: OneToOne, *, by_id: int | None) -> None:
    """Whoever did not end it; both, when it ended by itself."""
    _tell(ENDED, one_to_one, one_to_one.get_absolute_url(), f"series-{one_to_one.pk}", by_id=by_id)


def tell_due(actions: Iterable[ActionItem]) -> None:
    """Owners, that what they promised is due. Once for each due day."""
    notify(
        ACTION_DUE,
        (
            Message(
                row.owner_id,
                f"action-{row.pk}-due-{row.due_on}",
                row.one_to_one.get_absolute_url(),
                {"person": row.one_to_one.other(row.owner_id).name},
            )
            for row in actions
        ),
    )


def _tell(kind: NoticeKind, one_to_one: OneToOne, url: str, key: str, *, by_id: int | None) -> None:
    two = (one_to_one.manager_id, one_to_one.employee_id)
    notify(
        kind,
        [Message(person, key, url, {"person": one_to_one.other(person).name}) for person in two if person != by_id],
    )
