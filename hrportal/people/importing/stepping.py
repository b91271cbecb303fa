"""What taking an import back does to one person.

Where somebody is (place, status, days) goes back as a whole or not at all, together with the history; what is theirs as
a person goes back field by field. People the import brought in are never deleted: they are those who never came.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from hrportal.people.enums import ChangeKind, EmploymentStatus
from hrportal.people.history import PLACE
from hrportal.people.importing.comparing import WHERE
from hrportal.people.importing.recording import HISTORY, ON, plain_value
from hrportal.people.models import ImportChange

NEVER_CAME: dict[str, Any] = {
    "status": EmploymentStatus.LEFT, "position": None, "hired_on": None, "left_on": None, "leave_reason": "",
}  # fmt: skip


@dataclass
class Step:
    """What goes back of one person, and what stays because somebody changed it since."""

    change: ImportChange
    back: dict[str, Any] = field(default_factory=dict)
    stays: list[str] = field(default_factory=list)
    # What goes back in the history alone: it was never seen, or is not any more.
    unseen: list[str] = field(default_factory=list)
    history: list[Any] | None = None

    def keep_where(self) -> None:
        """Leave the person where they are."""
        self.stays += [*self.unseen, *(name for name in self.back if name in WHERE)]
        self.unseen = []
        self.back = {name: value for name, value in self.back.items() if name not in WHERE}
        self.history = None

    def keep_address(self) -> None:
        """Leave them their mail address."""
        del self.back["work_email"]
        self.stays.append("work_email")

    @property
    def acts(self) -> bool:
        """Whether anything of the person goes back."""
        return bool(self.back or self.unseen)

    @property
    def is_where(self) -> bool:
        return any(name in WHERE for name in self.back)

    @property
    def is_end(self) -> bool:
        """Whether somebody who came with the file is gone then."""
        return self.is_where and self.change.kind in {ChangeKind.HIRED, ChangeKind.RETURNED}


def step_of(change: ImportChange, now: Mapping[str, Any], history: list[Any]) -> Step:
    """What goes back of a person who is stored as `now`, with this history, as far as nobody else is concerned."""
    step = Step(change)
    fields = {name: pair for name, pair in change.fields.items() if name != ON}
    # Of a change with a day of its own the history tells whether somebody changed it since.
    dated = frozenset(PLACE) if ON in change.fields else frozenset()
    moved = {name for name, (_old, new) in fields.items() if name not in dated and plain_value(now[name]) != new}
    if change.kind == ChangeKind.HIRED:
        step.stays = sorted(moved)
        if not moved:
            step.back, step.history = dict(NEVER_CAME), []
        return step
    has_history_moved = bool(change.history) and history != change.history["after"]
    where_moved = has_history_moved or any(name in WHERE for name in moved)
    for name, (old, _new) in fields.items():
        if where_moved if name in WHERE else name in moved:
            step.stays.append(name)
        elif name in dated and not _is_seen(name, change.history):
            step.unseen.append(name)
        else:
            step.back[name] = old
    if change.history and not where_moved:
        step.history = change.history["before"]
    return step


def _is_seen(name: str, history: Mapping[str, list[Any]]) -> bool:
    """Whether today's row of the history has been changed in this field."""
    today, place = timezone.localdate().isoformat(), HISTORY.index(f"{name}_id")
    before, after = (
        next((row[place] for row in rows if row[0] <= today and (row[1] is None or today <= row[1])), None)
        for rows in (history["before"], history["after"])
    )
    return before != after
