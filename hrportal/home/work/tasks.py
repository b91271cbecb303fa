"""What “my work” is made of: tasks, and sections of them."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

MOST = 12


@dataclass
class Task:
    """One thing to do, with the page where it is done."""

    title: str
    detail: str
    url: str
    due_on: datetime.date | None = None
    badge: str = ""

    @property
    def is_late(self) -> bool:
        return bool(self.due_on and self.due_on < timezone.localdate())


@dataclass
class Section:
    """Tasks of one kind. `more` says that there are others behind `more_url`."""

    title: str
    icon: str
    tasks: list[Task] = field(default_factory=list)
    more_url: str = ""

    @property
    def shown(self) -> list[Task]:
        return self.tasks[:MOST]

    @property
    def more(self) -> bool:
        return len(self.tasks) > MOST


def take(rows: Any) -> Any:
    """One more than is shown, to know whether there are more."""
    return rows[: MOST + 1]
