"""What people are told about decisions. Never a rating: the notice leads to where it is read."""

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from calibration.models import CalibrationSession, Decision, DecisionRemark
from hrportal.notices.catalogue import NoticeKind, notice_kind
from hrportal.notices.enums import MailRhythm
from hrportal.notices.sending import Message, notify
from hrportal.people.models import User
from performance.improvement.circle import hr_to_ask

GROUP = _("Calibration")

CALIBRATED = notice_kind(
    "calibration.ratings_calibrated",
    _("Ratings of your reviews were calibrated in “%(session)s”: %(count)s. Read what was decided and why"),
    when=_("A session is locked: to each manager whose proposals lay in it, once."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
)
DECIDED_AGAIN = notice_kind(
    "calibration.rating_decided_again",
    _("%(person)s: the rating was decided again. Read why"),
    when=_("HR decides a reopened review again: to its reviewer."),
    group=GROUP,
)
ASKED = notice_kind(
    "calibration.asked_to_look_again",
    _("%(manager)s asks you to look again at the rating of %(person)s"),
    when=_("A manager asks HR to look again at a decision: to HR and to the owner of the session."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
)
ANSWERED = notice_kind(
    "calibration.look_again_answered",
    _("HR has looked again at the rating of %(person)s: read the answer"),
    when=_("HR answers a request to look again: to the manager who asked."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
)


def tell_calibrated(sessions: Iterable[CalibrationSession]) -> None:
    """Each manager who writes reviews of locked sessions, once for each session, with their number."""
    notify(CALIBRATED, _to_managers({session.pk: session for session in sessions}))


def tell_decided_again(decision: Decision) -> None:
    """The reviewer of a reopened review."""
    if decision.review.reviewer_id not in {None, decision.review.employee_id}:
        _tell_about(decision, DECIDED_AGAIN, [decision.review.reviewer_id], f"decision-{decision.pk}")


def tell_asked(remark: DecisionRemark) -> None:
    """HR of the person and the owner of the session, as far as they read the decision; where nobody of them does, HR above."""
    decision = remark.decision
    owner = decision.session.owner_id if decision.session else None
    asked = {*hr_to_ask(decision.review.employee, besides=[remark.made_by_id]), owner} - {None, remark.made_by_id}
    readers = _readers(decision, asked)
    if not readers:
        readers = _readers(decision, hr_to_ask(decision.review.employee, besides=[*asked, remark.made_by_id]))
    _tell_about(decision, ASKED, readers, f"remark-{remark.pk}", manager=remark.made_by.name)


def tell_answered(remark: DecisionRemark) -> None:
    """The manager who asked, while they still read the decision."""
    readers = _readers(remark.decision, [remark.made_by_id])
    _tell_about(remark.decision, ANSWERED, readers, f"remark-{remark.pk}")


def _to_managers(sessions: Mapping[int, CalibrationSession]) -> Iterator[Message]:
    rows = Decision.objects.filter(session__in=sessions).exclude(review__reviewer=None).order_by()
    counted = rows.values_list("session", "review__reviewer").annotate(count=Count("pk"))
    for pk, manager, count in counted.order_by("session", "review__reviewer"):
        url = f"{reverse('calibration:decision_list')}?session={pk}"
        yield Message(manager, f"session-{pk}", url, {"session": sessions[pk].name, "count": str(count)})


def _readers(decision: Decision, employee_ids: Iterable[int | None]) -> list[int]:
    """Those of these people who may read the decision: a notice never leads to a refusal."""
    users = User.objects.filter(employee__in=[pk for pk in employee_ids if pk], is_active=True).order_by("pk")
    about = Decision.objects.filter(pk=decision.pk)
    return [user.employee_id for user in users if user.employee_id and about.visible_to(user).exists()]


def _tell_about(decision: Decision, kind: NoticeKind, people: Iterable[int | None], key: str, **words: str) -> None:
    url = reverse("calibration:decision_detail", args=[decision.pk])
    words = {"person": decision.review.employee.name, **words}
    notify(kind, [Message(person, key, url, words) for person in people if person])
