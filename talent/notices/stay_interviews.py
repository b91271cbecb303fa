"""Notices about stay interviews: to whoever holds them, never to the person."""

from django.utils.translation import gettext_lazy as _

from hrportal.notices.catalogue import notice_kind
from hrportal.notices.enums import MailRhythm
from hrportal.notices.sending import Message, notify
from talent.models import StayInterview
from talent.notices.retention import GROUP

PLANNED = notice_kind(
    "talent.stay_interview_planned",
    _("%(person)s: you are asked to hold a talk; see the questions"),
    when=_("HR plans a stay interview: to the interviewer."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
    is_confidential=True,
)
OVERDUE = notice_kind(
    "talent.stay_interview_overdue",
    _("%(person)s: the talk you were asked to hold is overdue"),
    when=_("The day planned for a stay interview has passed: to the interviewer, once."),
    group=GROUP,
    is_confidential=True,
)


def tell_interviewer(interview: StayInterview, *, besides: int | None = None) -> None:
    """Tell whoever shall hold it, unless it was they who planned it."""
    if interview.interviewer_id != besides:
        notify(PLANNED, [_message(interview, "planned")])


def remind_interviewers(interviews: list[StayInterview]) -> None:
    """Remind of talks whose day has passed; telling it again tells nothing."""
    notify(OVERDUE, [_message(interview, f"overdue-{interview.planned_on}") for interview in interviews])


def _message(interview: StayInterview, occasion: str) -> Message:
    key = f"stay-interview-{interview.pk}-{occasion}"
    words = {"person": interview.employee.name}
    return Message(interview.interviewer_id, key=key, url=interview.get_absolute_url(), words=words)
