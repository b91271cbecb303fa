"""What people are told about 360 rounds. Never how many answered, or when: only what is to be done, or is over."""

import datetime
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.notices.catalogue import NoticeKind, notice_kind
from hrportal.notices.enums import MailRhythm
from hrportal.notices.sending import Message, notify
from performance.models import FeedbackRound, Rater

GROUP = _("360 feedback")

ASKED_FOR = notice_kind(
    "performance.round_asked_for",
    _("%(person)s asks for a 360 round: open it or decline"),
    when=_("Somebody you manage asks for a round about themselves."),
    group=GROUP,
)
NOMINATE = notice_kind(
    "performance.round_opened",
    _("A 360 round about you begins: say who should be asked"),
    when=_("A round about you is opened, or the one you asked for is agreed to."),
    group=GROUP,
)
APPROVE = notice_kind(
    "performance.rater_nominated",
    _("%(person)s names people for their 360 round: agree or choose others"),
    when=_("Somebody you manage names people to be asked."),
    group=GROUP,
)
INVITED = notice_kind(
    "performance.rater_invited",
    _("Your view on %(person)s is asked for: answer or decline"),
    when=_("You are asked to answer in somebody’s round."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
)
REMINDED = notice_kind(
    "performance.rater_reminded",
    _("Your view on %(person)s is still missing: answer or decline"),
    when=_("Three days before answers are due, or when whoever runs the round reminds everybody."),
    group=GROUP,
)
CLOSED = notice_kind(
    "performance.round_closed",
    _("The 360 round about %(person)s is closed: read the results and share them"),
    when=_("A round about somebody you manage is closed."),
    group=GROUP,
)
SHARED = notice_kind(
    "performance.round_shared",
    _("The results of your 360 round are there: read them"),
    when=_("The results of your round are shared with you."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
)


def tell_manager_asked(round_: FeedbackRound) -> None:
    """The manager, that a round is asked for."""
    _tell_manager(ASKED_FOR, round_, f"round-{round_.pk}")


def tell_manager_nominated(round_: FeedbackRound) -> None:
    """The manager, that people were nominated: once a day at most."""
    _tell_manager(APPROVE, round_, f"round-{round_.pk}-{timezone.localdate()}")


def tell_manager_closed(round_: FeedbackRound) -> None:
    """The manager, that there are results to share."""
    _tell_manager(CLOSED, round_, f"round-{round_.pk}")


def tell_subject_to_nominate(round_: FeedbackRound) -> None:
    """The subject, that it is time to name people."""
    notify(NOMINATE, [Message(round_.subject_id, f"round-{round_.pk}", _url(round_))])


def tell_subject_shared(round_: FeedbackRound) -> None:
    """The subject, that results are there."""
    notify(SHARED, [Message(round_.subject_id, f"round-{round_.pk}", _url(round_))])


def tell_invited(raters: Iterable[Rater]) -> None:
    """Colleagues, that an answer is asked of them."""
    _tell_raters(INVITED, raters, "asked")


def tell_reminded(raters: Iterable[Rater], *, day: datetime.date) -> None:
    """Colleagues, that an answer of theirs is missing: once a day at most."""
    _tell_raters(REMINDED, raters, f"reminded-{day}")


def _tell_manager(kind: NoticeKind, round_: FeedbackRound, key: str) -> None:
    manager = round_.subject.manager_id
    if manager:
        notify(kind, [Message(manager, key, _url(round_), {"person": round_.subject.name})])


def _tell_raters(kind: NoticeKind, raters: Iterable[Rater], occasion: str) -> None:
    notify(
        kind,
        [
            Message(
                rater.employee_id,
                f"rater-{rater.pk}-{occasion}",
                reverse("performance:round_answer", args=[rater.pk]),
                {"person": rater.round.subject.name},
            )
            for rater in raters
            if rater.employee_id
        ],
    )


def _url(round_: FeedbackRound) -> str:
    return reverse("performance:round_detail", args=[round_.pk])
