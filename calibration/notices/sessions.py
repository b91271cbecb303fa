"""What people are told about a session: they sit at its table, it opened or was cancelled, it is due."""

import datetime
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from calibration.enums import SessionState
from calibration.models import CalibrationSession, Participant
from calibration.models.sessions import LEADERS
from hrportal.notices.catalogue import NoticeKind, notice_kind
from hrportal.notices.enums import MailRhythm
from hrportal.notices.sending import Message, notify

GROUP = _("Calibration")
DAYS_BEFORE = datetime.timedelta(days=3)
CATCH_UP = datetime.timedelta(days=7)
ONE_DAY = datetime.timedelta(days=1)

INVITED = notice_kind(
    "calibration.invited",
    _("You sit at the calibration table “%(session)s”"),
    when=_("Somebody names you to lead a calibration session or to take part in it."),
    group=GROUP,
)
OPENED = notice_kind(
    "calibration.session_opened",
    _("The calibration session “%(session)s” is open: look at the board"),
    when=_("A session opens that you lead or take part in."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
)
CANCELLED = notice_kind(
    "calibration.session_cancelled",
    _("The calibration session “%(session)s” will not take place"),
    when=_("HR cancels a session that you lead or take part in."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
)
DUE = notice_kind(
    "calibration.session_due",
    _("The calibration session “%(session)s” is due soon"),
    when=_("Three days before it is due, to those who lead it."),
    group=GROUP,
)
OVERDUE = notice_kind(
    "calibration.session_overdue",
    _("The calibration session “%(session)s” is overdue: lock it, or move its date"),
    when=_("The day after it was due, to those who lead it."),
    group=GROUP,
)


def invited(seats: Iterable[tuple[CalibrationSession, int]], *, but: int | None) -> None:
    """Tell people that they have a place at a table; whoever placed them (`but`) knows."""
    notify(INVITED, (_message(session, person) for session, person in seats if person != but))


def session_opened(session: CalibrationSession, *, but: int | None) -> None:
    """Tell the table."""
    notify(OPENED, _to_table(session, but, url=reverse("calibration:session_board", args=[session.pk])))


def session_cancelled(session: CalibrationSession, *, but: int | None) -> None:
    """Tell the table, before its seats are gone."""
    notify(CANCELLED, _to_table(session, but, url=reverse("calibration:session_list")))


def remind(today: datetime.date) -> int:
    """Tell leaders of sessions that are due soon or overdue; how many sessions that were. A day that runs twice tells
    once, and who missed a day is told within a week."""
    running = CalibrationSession.objects.exclude(state=SessionState.LOCKED)
    soon = running.filter(due_on__range=(today, today + DAYS_BEFORE))
    late = running.filter(due_on__range=(today - CATCH_UP, today - ONE_DAY))
    return _tell_leaders(DUE, soon) + _tell_leaders(OVERDUE, late)


def table_of(session: CalibrationSession) -> set[int]:
    """Everybody at the table: who leads and who takes part."""
    return session.leader_ids | set(Participant.objects.filter(session=session).values_list("employee", flat=True))


def _to_table(session: CalibrationSession, but: int | None, *, url: str) -> Iterator[Message]:
    return (_message(session, person, url=url) for person in sorted(table_of(session)) if person != but)


def _tell_leaders(kind: NoticeKind, sessions: QuerySet[CalibrationSession]) -> int:
    rows = list(sessions.only("name", "due_on", *LEADERS).order_by("pk"))
    notify(kind, (_message(row, person, f"-{row.due_on}") for row in rows for person in sorted(row.leader_ids)))
    return len(rows)


def _message(session: CalibrationSession, person: int, occasion: str = "", *, url: str = "") -> Message:
    url = url or reverse("calibration:session_detail", args=[session.pk])
    return Message(person, key=f"session-{session.pk}{occasion}", url=url, words={"session": session.name})
