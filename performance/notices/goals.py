"""What people are told about goals: one was set for them, one has gone quiet, a measurement is due."""

import datetime
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hrportal.notices.catalogue import notice_kind
from hrportal.notices.sending import Message, notify
from hrportal.people.models import Employee
from performance.models import KeyResult, Objective

GROUP = _("Goals")

GOAL_SET = notice_kind(
    "performance.goal_set",
    _("%(person)s has set a goal for you: read it and agree on how it is measured"),
    when=_("Somebody else has set a goal for you."),
    group=GROUP,
)
GOAL_ASSIGNED = notice_kind(
    "performance.goal_assigned",
    _("You have a new goal: read it and make your first check-in"),
    when=_("A goal was set for many people at once, you among them, or carried over into the next period."),
    group=GROUP,
)
GOALS_STALE = notice_kind(
    "performance.goals_stale",
    _("Your goals without a check-in for 30 days: %(count)s. A line each keeps them alive"),
    when=_("A goal of yours was not measured for 30 days. At most once a week, for all of them together."),
    group=GROUP,
)
MEASUREMENT_DUE = notice_kind(
    "performance.measurement_due",
    _("It is time to measure again: %(count)s of your key results"),
    when=_("A key result that is measured at regular times is due. Once a day, for all that have become due."),
    group=GROUP,
)


def goal_set(objectives: Iterable[Objective], *, setter: Employee | None) -> None:
    """Tell those who got a goal from somebody else. No setter: the portal's own doing."""
    kind, words = (GOAL_SET, {"person": setter.name}) if setter else (GOAL_ASSIGNED, {})
    notify(kind, (_to_owner(goal, words) for goal in objectives if _is_for_another(goal, setter)))


def _is_for_another(goal: Objective, setter: Employee | None) -> bool:
    return goal.owner_id is not None and (setter is None or goal.owner_id != setter.pk)


def _to_owner(goal: Objective, words: dict[str, str]) -> Message:
    url = reverse("performance:objective_detail", args=[goal.pk])
    return Message(employee_id=goal.owner_id or 0, key=f"goal-{goal.pk}-set", url=url, words=words)


def goals_stale(counts: Iterable[tuple[int, int]], *, week: str) -> None:
    """Remind owners, named with the number of their quiet goals; the same week again tells nothing."""
    url = reverse("performance:objective_list") + "?show=own&stale=true"
    notify(GOALS_STALE, (Message(owner, f"goals-stale-{week}", url, {"count": str(count)}) for owner, count in counts))


def measurements_due(results: Iterable[KeyResult], *, day: datetime.date) -> None:
    """Remind owners of what is due to be measured again, once for all of a day."""
    due: dict[int, list[KeyResult]] = {}
    for result in results:
        if result.objective.owner_id:
            due.setdefault(result.objective.owner_id, []).append(result)
    notify(
        MEASUREMENT_DUE,
        (
            Message(owner, f"measurement-due-{day.isoformat()}", _where(rows), {"count": str(len(rows))})
            for owner, rows in due.items()
        ),
    )


def _where(results: list[KeyResult]) -> str:
    """The goal, when it is one; else the list of one's own."""
    goals = {result.objective_id for result in results}
    if len(goals) == 1:
        return reverse("performance:objective_detail", args=[goals.pop()])
    return reverse("performance:objective_list") + "?show=own"
