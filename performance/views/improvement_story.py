"""The record of an improvement plan in words: what happened, and what the plan said then."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from performance.enums import CheckInRhythm, MilestoneResult, SupportKind
from performance.models import ImprovementStep

# The words of each step, its icon and its tone.
WORDS: dict[str, tuple[Any, str, str]] = {
    "create_improvement_plan": (gettext_lazy("Drafted"), "pencil", ""),
    "edit_improvement_plan": (gettext_lazy("Draft changed"), "pencil", ""),
    "submit_improvement_plan": (gettext_lazy("Handed to HR"), "send", ""),
    "return_improvement_plan": (gettext_lazy("Sent back by HR"), "arrow-counterclockwise", "care"),
    "approve_improvement_plan": (gettext_lazy("Approved and opened"), "unlock", "good"),
    "amend_improvement_plan": (gettext_lazy("Changed, to be read again"), "pencil", "care"),
    "acknowledge_improvement_plan": (gettext_lazy("Acknowledged by the employee"), "hand-thumbs-up", "good"),
    "judge_improvement_milestone": (gettext_lazy("Milestone judged"), "check2", ""),
    "pause_improvement_plan": (gettext_lazy("Paused"), "hourglass-split", "care"),
    "resume_improvement_plan": (gettext_lazy("Resumed"), "arrow-repeat", "good"),
    "extend_improvement_plan": (gettext_lazy("Given more time"), "clock", "care"),
    "hand_over_improvement_plan": (gettext_lazy("Given to another manager"), "arrow-left-right", ""),
    "close_improvement_plan": (gettext_lazy("Closed"), "check-circle", "good"),
    "withdraw_improvement_plan": (gettext_lazy("Withdrawn"), "slash-circle", "mute"),
}


def story_of(steps: QuerySet[ImprovementStep]) -> list[dict[str, Any]]:
    """The steps, newest first, as events of a timeline."""
    return [as_event(step) for step in steps.select_related("made_by").defer("content")]


def as_event(step: ImprovementStep) -> dict[str, Any]:
    """One step as an event."""
    what, icon, tone = WORDS[step.name]
    who = step.made_by.name if step.made_by else _("The portal")
    return {
        "pk": step.pk,
        "what": what,
        "icon": icon,
        "tone": tone,
        "who": who,
        "at": step.made_at,
        "body": step.reason,
    }


def shown_content(content: Mapping[str, Any]) -> list[dict[str, str]]:
    """What a plan said, as labelled texts."""
    return [
        {"label": _("Reason"), "text": content["reason"]},
        {"label": _("Expectations"), "text": content["expectations"]},
        {"label": _("First day"), "text": _day(content["starts_on"])},
        {"label": _("Last day"), "text": _day(content["ends_on"])},
        {"label": _("Check-ins"), "text": str(CheckInRhythm(content["rhythm"]).label)},
        {"label": _("Milestones"), "text": "\n".join(_milestone(row) for row in content["milestones"])},
        {"label": _("Support"), "text": "\n".join(_support(row) for row in content["support"])},
    ]


def _milestone(row: Mapping[str, Any]) -> str:
    parts = [row.get("title", ""), row.get("measure") or "", _day(row.get("due_on"))]
    if row.get("result", MilestoneResult.NOT_YET) != MilestoneResult.NOT_YET:
        parts.append(str(MilestoneResult(row["result"]).label))
        parts.append(row.get("note") or "")
    return " · ".join(part for part in parts if part)


def _support(row: Mapping[str, Any]) -> str:
    return f"{SupportKind(row['kind']).label}: {row['description']}"


def _day(value: str | None) -> str:
    day = parse_date(value) if value else None
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""
