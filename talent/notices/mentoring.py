"""What mentors and mentees are told."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hrportal.notices.catalogue import NoticeKind, notice_kind
from hrportal.notices.enums import MailRhythm
from hrportal.notices.sending import Message, notify
from talent.models import Mentoring

GROUP = _("Mentoring")

PROPOSED = notice_kind(
    "talent.mentoring_proposed",
    _("A mentoring with %(person)s is proposed: say whether you would like it"),
    when=_("Somebody proposes you as mentor or mentee."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
)
BEGUN = notice_kind(
    "talent.mentoring_begun",
    _("Your mentoring with %(person)s begins: agree on a first goal"),
    when=_("Mentor and mentee have both said yes."),
    group=GROUP,
)
DECLINED = notice_kind(
    "talent.mentoring_declined",
    _("The mentoring with %(person)s does not come about"),
    when=_("A proposed mentoring is not taken up."),
    group=GROUP,
)
ENDED = notice_kind(
    "talent.mentoring_ended",
    _("Your mentoring with %(person)s has ended: write what you made of it"),
    when=_("The other of the two ends a mentoring."),
    group=GROUP,
)


def tell_proposed(mentoring: Mentoring, *, by_id: int | None) -> None:
    """Whoever of the two did not propose it."""
    _tell(PROPOSED, mentoring, but=by_id)


def tell_begun(mentoring: Mentoring, *, by_id: int | None) -> None:
    """The other of the two, whose yes came first."""
    _tell(BEGUN, mentoring, but=by_id)


def tell_declined(mentoring: Mentoring, *, by_id: int | None) -> None:
    """Those of the two who had said yes, or proposed it."""
    said_yes = {
        mentoring.mentor_id: mentoring.mentor_said_yes_at,
        mentoring.mentee_id: mentoring.mentee_said_yes_at,
    }
    _tell(DECLINED, mentoring, but=by_id, only=[person for person, at in said_yes.items() if at])


def tell_ended(mentoring: Mentoring, *, by_id: int | None) -> None:
    """The other of the two."""
    _tell(ENDED, mentoring, but=by_id)


def _tell(kind: NoticeKind, mentoring: Mentoring, *, but: int | None, only: Iterable[int] | None = None) -> None:
    two = (mentoring.mentor_id, mentoring.mentee_id) if only is None else only
    url, key = reverse("talent:mentoring_detail", args=[mentoring.pk]), f"mentoring-{mentoring.pk}"
    notify(kind, [Message(one, key, url, {"person": mentoring.other(one).name}) for one in two if one != but])
