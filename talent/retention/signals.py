"""What retention does on the facts of others: whoever leaves has an exit, and the plan to keep them ends."""

from collections.abc import Sequence

from hrportal.journal.models import Fact
from hrportal.journal.subscribers import subscribe
from talent.actions.exits import record_exits
from talent.actions.retention_plans import close_plans_of_leavers


def connect() -> None:
    """Begin to listen."""
    subscribe("people.employment_ended", "talent.settle_retention_of_leavers", settle_leavers)


def settle_leavers(facts: Sequence[Fact]) -> None:
    """Record exits of people who have left and not come back since, and close their plans. Told twice, it does nothing more."""
    people = sorted({fact.subject_id for fact in facts})
    record_exits(people)
    close_plans_of_leavers(people)
