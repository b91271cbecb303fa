"""What came of posting a message."""

import datetime
from dataclasses import dataclass

from hrportal.common.outgoing.transport import Answer
from hrportal.notices.enums import BrokenBecause

REFUSALS = range(400, 500)
# Not now: too late, too early, too many.
PASSING = frozenset({408, 425, 429})


@dataclass(frozen=True)
class Outcome:
    """Taken; or `broken` for good, and why; or in `trouble` that passes, with the rest the other side asks for."""

    is_taken: bool = False
    broken: BrokenBecause | None = None
    trouble: str = ""
    wish: datetime.timedelta | None = None


TAKEN = Outcome(is_taken=True)


def outcome_of(answer: Answer) -> Outcome:
    """What the status of an answer says."""
    if answer.is_success:
        return TAKEN
    if answer.status in REFUSALS and answer.status not in PASSING:
        return Outcome(broken=BrokenBecause.REFUSED, trouble=str(answer.status))
    return Outcome(trouble=answer.error or str(answer.status), wish=answer.wish)
