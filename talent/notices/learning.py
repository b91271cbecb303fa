"""What people are told about enrolments."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hrportal.notices.catalogue import NoticeKind, notice_kind
from hrportal.notices.sending import Message, notify
from talent.models import Enrolment
from talent.notices.development import GROUP

ASKED = notice_kind(
    "talent.enrolment_requested",
    _("%(person)s asks to take part in something: say yes or no"),
    when=_("Somebody below you asks for learning that needs approval."),
    group=GROUP,
)
ENROLLED = notice_kind(
    "talent.enrolment_begun",
    _("Somebody enrolled you for something to learn: see what and when"),
    when=_("Your manager or HR enrols you."),
    group=GROUP,
)
DECIDED = notice_kind(
    "talent.enrolment_decided",
    _("Your request to take part in something is decided: see the answer"),
    when=_("What you asked for is approved or refused."),
    group=GROUP,
)
TO_CONFIRM = notice_kind(
    "talent.enrolment_to_confirm",
    _("%(person)s says they completed something: confirm it"),
    when=_("Somebody below you completes learning and says so themselves."),
    group=GROUP,
)


def tell_asked(enrolment: Enrolment) -> None:
    """The manager, that somebody waits for a yes."""
    _tell_manager(ASKED, enrolment)


def tell_enrolled(enrolment: Enrolment, *, by_id: int | None) -> None:
    """The person, unless they enrolled themselves."""
    if by_id != enrolment.employee_id:
        _tell(ENROLLED, enrolment)


def tell_decided(enrolment: Enrolment) -> None:
    """The person, what came of it."""
    _tell(DECIDED, enrolment)


def tell_to_confirm(enrolment: Enrolment) -> None:
    """The manager, that evidence waits."""
    _tell_manager(TO_CONFIRM, enrolment)


def _tell(kind: NoticeKind, enrolment: Enrolment) -> None:
    notify(kind, [Message(enrolment.employee_id, _key(enrolment), _url(enrolment))])


def _tell_manager(kind: NoticeKind, enrolment: Enrolment) -> None:
    manager, words = enrolment.employee.manager_id, {"person": enrolment.employee.name}
    if manager:
        notify(kind, [Message(manager, _key(enrolment), _url(enrolment), words)])


def _key(enrolment: Enrolment) -> str:
    return f"enrolment-{enrolment.pk}"


def _url(enrolment: Enrolment) -> str:
    return reverse("talent:enrolment_detail", args=[enrolment.pk])
