"""Notices about retention. They name nobody and say nothing of what it is about: a notice may be read over a shoulder."""

from django.utils.translation import gettext_lazy as _

from hrportal.notices.catalogue import notice_kind
from hrportal.notices.sending import Message, notify
from talent.models import RetentionAction, RetentionPlan

GROUP = _("Retention")

ACTION_ASKED = notice_kind(
    "talent.retention_action_asked",
    _("HR asks you to do something; look at it"),
    when=_("An action is added to a retention plan: to its owner."),
    group=GROUP,
    is_confidential=True,
)
ACTION_OVERDUE = notice_kind(
    "talent.retention_action_overdue",
    _("Something HR asked you to do is overdue"),
    when=_("The day of an action of a retention plan has passed: to its owner, once."),
    group=GROUP,
    is_confidential=True,
)
PLAN_OVERDUE = notice_kind(
    "talent.retention_plan_overdue",
    _("A plan you own is past its day; close it or set a new one"),
    when=_("The day of a retention plan has passed: to its owner, once."),
    group=GROUP,
    is_confidential=True,
)


def tell_action_owner(action: RetentionAction, *, besides: int | None = None) -> None:
    """Tell whoever shall do it, unless it was they who added it."""
    if action.owner_id != besides:
        notify(ACTION_ASKED, [_about_action(action, "asked")])


def remind_action_owners(actions: list[RetentionAction]) -> None:
    """Remind of what is overdue; telling it again tells nothing."""
    notify(ACTION_OVERDUE, [_about_action(action, f"overdue-{action.due_on}") for action in actions])


def remind_plan_owners(plans: list[RetentionPlan]) -> None:
    """Remind of plans past their day."""
    messages = [
        Message(plan.owner_id, key=f"retention-plan-{plan.pk}-{plan.due_on}", url=plan.get_absolute_url())
        for plan in plans
    ]
    notify(PLAN_OVERDUE, messages)


def _about_action(action: RetentionAction, occasion: str) -> Message:
    return Message(action.owner_id, key=f"retention-action-{action.pk}-{occasion}", url=action.get_absolute_url())
