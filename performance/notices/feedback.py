"""What people are told about feedback: that it was asked for, given, answered, declined, thanked for, or is due."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hrportal.notices.catalogue import notice_kind
from hrportal.notices.enums import MailRhythm
from hrportal.notices.sending import Message, notify
from performance.enums import FeedbackKind
from performance.models import Feedback, FeedbackRequest

GROUP = _("Feedback")

REQUESTED = notice_kind(
    "performance.feedback_requested",
    _("%(person)s asks for your feedback: answer or decline"),
    when=_("Somebody asks you for feedback."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
)
DUE = notice_kind(
    "performance.feedback_request_due",
    _("%(person)s waits for your feedback: answer or decline"),
    when=_("An answer you were asked for is due tomorrow or today."),
    group=GROUP,
)
ANSWERED = notice_kind(
    "performance.feedback_request_answered",
    _("%(person)s answered your request for feedback"),
    when=_("Somebody you asked has answered."),
    group=GROUP,
)
DECLINED = notice_kind(
    "performance.feedback_request_declined",
    _("%(person)s declined your request for feedback"),
    when=_("Somebody you asked cannot or does not want to answer."),
    group=GROUP,
)
PRAISED = notice_kind(
    "performance.praise_received",
    _("%(person)s praised you: read it"),
    when=_("Somebody praises you and lets you read it."),
    group=GROUP,
)
RECEIVED = notice_kind(
    "performance.feedback_received",
    _("%(person)s gave you feedback: read it"),
    when=_("Somebody gives you coaching or an observation and lets you read it."),
    group=GROUP,
)
THANKED = notice_kind(
    "performance.feedback_thanked",
    _("%(person)s thanks you for your feedback"),
    when=_("Somebody you gave feedback thanks you for it."),
    group=GROUP,
    mail=MailRhythm.NEVER,
)


def tell_asked(requests: Iterable[FeedbackRequest]) -> None:
    """Whoever was asked, that a question waits."""
    notify(
        REQUESTED,
        [
            Message(row.asked_id, f"request-{row.pk}", row.get_absolute_url(), {"person": row.asker.name})
            for row in requests
        ],
    )


def tell_due(requests: Iterable[FeedbackRequest]) -> None:
    """Whoever was asked, that the day of the answer is near. Once for each due day."""
    notify(
        DUE,
        [
            Message(
                row.asked_id, f"request-{row.pk}-due-{row.due_on}", row.get_absolute_url(), {"person": row.asker.name}
            )
            for row in requests
        ],
    )


def tell_answered(request: FeedbackRequest, feedback: Feedback) -> None:
    """Whoever asked, that there is an answer."""
    words = {"person": request.asked.name}
    notify(ANSWERED, [Message(request.asker_id, f"feedback-{feedback.pk}", request.get_absolute_url(), words)])


def tell_declined(request: FeedbackRequest) -> None:
    """Whoever asked, that there will be no answer."""
    words = {"person": request.asked.name}
    notify(DECLINED, [Message(request.asker_id, f"request-{request.pk}", request.get_absolute_url(), words)])


def tell_recipient(feedback: Feedback) -> None:
    """The person it is for, if they may read it."""
    if not feedback.is_for_recipient:
        return
    kind = PRAISED if feedback.kind == FeedbackKind.PRAISE else RECEIVED
    words = {"person": feedback.giver.name}
    notify(kind, [Message(feedback.recipient_id, f"feedback-{feedback.pk}", _url(feedback), words)])


def tell_thanked(feedback: Feedback) -> None:
    """The giver, that it was welcome."""
    words = {"person": feedback.recipient.name}
    notify(THANKED, [Message(feedback.giver_id, f"feedback-{feedback.pk}", _url(feedback), words)])


def _url(feedback: Feedback) -> str:
    return reverse("performance:feedback_detail", args=[feedback.pk])
