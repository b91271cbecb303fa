"""What is announced of tasks to look again. Whom a task is about stands in the task, which only its readers open."""

from collections.abc import Sequence

from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, Entry, record_many
from talent.models import RefreshTask


def refresh_asked(tasks: Sequence[RefreshTask], *, by: Actor | None) -> list[Fact]:
    return record_many("talent.refresh_asked", [Entry(task) for task in tasks], by=by)


def refresh_done(tasks: Sequence[RefreshTask], *, by: Actor | None) -> list[Fact]:
    return record_many("talent.refresh_done", [Entry(task) for task in tasks], by=by)
