"""What people are asked before a meeting. Never what anybody answered."""

import datetime
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from calibration.around.pre_read import open_counts
from calibration.enums import SessionState
from calibration.models import CalibrationSession
from hrportal.notices.catalogue import NoticeKind, notice_kind
from hrportal.notices.enums import MailRhythm
from hrportal.notices.sending import Message, notify

GROUP = _("Calibration")
DAYS_BEFORE = datetime.timedelta(days=3)

ASKED = notice_kind(
    "calibration.pre_read_asked",
    _("Before the meeting “%(session)s”: say what you think of the proposed ratings"),
    when=_("HR or who leads a session asks everybody who takes part; who is named later is asked the day after."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
)
DUE = notice_kind(
    "calibration.pre_read_due",
    _("Before the meeting “%(session)s”: %(count)s of your answers are missing"),
    when=_("Three days before the answers are due, to those who have not given them all."),
    group=GROUP,
)


def ask(session: CalibrationSession) -> None:
    """Ask everybody for whom there is something to answer; whoever was asked is not asked twice."""
    _tell(ASKED, session, open_counts(session), "asked")


def remind(today: datetime.date) -> int:
    """Remind those whose answers are due soon, and ask who came to a table since; of how many sessions that was."""
    sessions = CalibrationSession.objects.filter(state=SessionState.PREPARING, pre_read_opened_at__isnull=False)
    asking = list(sessions.order_by("pk"))
    for session in asking:
        missing = open_counts(session)
        _tell(ASKED, session, missing, "asked")
        due_on = session.pre_read_due_on
        if due_on and today <= due_on <= today + DAYS_BEFORE:
            _tell(DUE, session, missing, f"due-{due_on}")
    return len(asking)


def _tell(kind: NoticeKind, session: CalibrationSession, missing: dict[int, int], occasion: str) -> None:
    url = reverse("calibration:session_pre_read", args=[session.pk])
    people: Iterable[int] = sorted(person for person, count in missing.items() if count)
    words = {"session": session.name}
    notify(
        kind,
        [
            Message(
                person,
                key=f"pre-read-{session.pk}-{occasion}",
                url=url,
                words={**words, "count": str(missing[person])},
            )
            for person in people
        ],
    )
