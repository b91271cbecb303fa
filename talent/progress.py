"""How far a development plan is. Pure; what was given up does not count, and a plan without items has no measure."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from talent.enums import ItemState
from talent.models import PlanItem


@dataclass(frozen=True)
class Progress:
    done: int
    total: int
    overdue: int
    next_due_on: datetime.date | None

    @property
    def percent(self) -> int | None:
        return 100 * self.done // self.total if self.total else None


def progress_of(items: Iterable[PlanItem], today: datetime.date) -> Progress:
    """The progress of the items somebody sees; others must not show through in the numbers."""
    pursued = [item for item in items if item.state != ItemState.DROPPED]
    due = [item.due_on for item in pursued if item.state == ItemState.OPEN and item.due_on]
    return Progress(
        done=sum(item.state == ItemState.DONE for item in pursued),
        total=len(pursued),
        overdue=sum(on < today for on in due),
        next_due_on=min(due, default=None),
    )
