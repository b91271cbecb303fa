"""Notices about improvement plans, only ever to people in the circle of the plan. To the employee they do not name the subject:
a notice may be read over a shoulder."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from hrportal.notices.catalogue import NoticeKind, notice_kind
from hrportal.notices.enums import MailRhythm
from hrportal.notices.sending import Message, notify
from performance.improvement.circle import hr_to_ask
from performance.models import ImprovementMilestone, ImprovementPlan

GROUP = _("Improvement plans")

TO_APPROVE = notice_kind(
    "performance.improvement_to_approve",
    _("%(person)s: an improvement plan waits for your approval"),
    when=_("A manager hands a plan to HR; again every three days while nobody decides."),
    group=GROUP,
    is_confidential=True,
    mail=MailRhythm.AT_ONCE,
)
RETURNED = notice_kind(
    "performance.improvement_returned",
    _("%(person)s: HR sent the improvement plan back to you; read why and change it"),
    when=_("HR sends a plan back."),
    group=GROUP,
    is_confidential=True,
    mail=MailRhythm.AT_ONCE,
)
OPENED = notice_kind(
    "performance.improvement_opened",
    _("%(person)s: the improvement plan is approved; talk about it together"),
    when=_("HR approves a plan: to its manager."),
    group=GROUP,
    is_confidential=True,
)
TO_READ = notice_kind(
    "performance.improvement_to_read",
    _("Something personal waits for you: read and acknowledge it"),
    when=_("A plan is opened or changed: to the employee; once more after five days."),
    group=GROUP,
    is_confidential=True,
    mail=MailRhythm.AT_ONCE,
)
NEWS_FOR_EMPLOYEE = notice_kind(
    "performance.improvement_news",
    _("There is personal news for you to read"),
    when=_("A check-in, a result, a pause, more time or the end of a plan: to the employee."),
    group=GROUP,
    is_confidential=True,
)
NEWS_FOR_MANAGER = notice_kind(
    "performance.improvement_news_for_manager",
    _("%(person)s: read what is new in the improvement plan"),
    when=_("The employee or HR did something with a plan: to its manager."),
    group=GROUP,
    is_confidential=True,
)
NEWS_FOR_HR = notice_kind(
    "performance.improvement_news_for_hr",
    _("%(person)s: the improvement plan was extended or ended; look at it"),
    when=_("A manager extends or ends a plan: to HR."),
    group=GROUP,
    is_confidential=True,
)
YOURS_NOW = notice_kind(
    "performance.improvement_yours_now",
    _("%(person)s: the improvement plan is yours to lead now"),
    when=_("A plan gets another manager: to the new one."),
    group=GROUP,
    is_confidential=True,
    mail=MailRhythm.AT_ONCE,
)
NO_MANAGER = notice_kind(
    "performance.improvement_without_manager",
    _("%(person)s: the improvement plan has no manager now; name one"),
    when=_("The manager of a plan has gone and nobody stands above: to HR."),
    group=GROUP,
    is_confidential=True,
    mail=MailRhythm.AT_ONCE,
)
CHECK_IN_DUE = notice_kind(
    "performance.improvement_check_in_due",
    _("%(person)s: a check-in on the improvement plan is due"),
    when=_("The day of the next check-in has come: to the manager."),
    group=GROUP,
    is_confidential=True,
)
MILESTONE_DUE = notice_kind(
    "performance.improvement_milestone_due",
    _("%(person)s: a milestone of the improvement plan is due; say what became of it"),
    when=_("A milestone is due in three days or less: to the manager."),
    group=GROUP,
    is_confidential=True,
)
OWN_MILESTONE_DUE = notice_kind(
    "performance.improvement_own_milestone_due",
    _("Something you agreed on is due soon; look at it"),
    when=_("A milestone is due in three days or less: to the employee."),
    group=GROUP,
    is_confidential=True,
)
ENDS_SOON = notice_kind(
    "performance.improvement_ends_soon",
    _("%(person)s: the improvement plan ends soon; extend or close it"),
    when=_("A plan ends in seven days or less: to the manager."),
    group=GROUP,
    is_confidential=True,
)


def tell_hr(kind: NoticeKind, plan: ImprovementPlan, occasion: str, *, besides: Iterable[int | None] = ()) -> None:
    """Tell those in HR whom the work on this plan goes to."""
    _tell(kind, plan, hr_to_ask(plan.employee, besides=besides), occasion)


def tell_owner(kind: NoticeKind, plan: ImprovementPlan, occasion: str, *, besides: int | None = None) -> None:
    """Tell the plan's manager, unless it was they who acted."""
    _tell(kind, plan, [plan.owner_id] if plan.owner_id != besides else [], occasion)


def tell_employee(kind: NoticeKind, plan: ImprovementPlan, occasion: str, *, besides: int | None = None) -> None:
    """Tell the employee, unless it was they who acted or they know nothing of the plan."""
    knows = plan.was_seen and plan.employee_id != besides
    _tell(kind, plan, [plan.employee_id] if knows else [], occasion)


def milestone_is_due(milestone: ImprovementMilestone) -> None:
    """Remind both sides of a milestone."""
    occasion = f"milestone-{milestone.pk}-{milestone.due_on}"
    tell_owner(MILESTONE_DUE, milestone.plan, occasion)
    tell_employee(OWN_MILESTONE_DUE, milestone.plan, occasion)


def _tell(kind: NoticeKind, plan: ImprovementPlan, people: Iterable[int], occasion: str) -> None:
    words = {"person": plan.employee.name}
    url, key = plan.get_absolute_url(), f"improvement-{plan.pk}-{occasion}"
    notify(kind, [Message(person, key=key, url=url, words=words) for person in people])
