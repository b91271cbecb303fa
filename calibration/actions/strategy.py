"""Turning the capability strategy of a job family into proposed development goals, on demand."""

from collections.abc import Callable, Collection

from django.db import transaction
from django.utils.translation import gettext as _

from calibration.bridge.proposing import family_people, propose_to
from hrportal.common.actions import ActionError
from hrportal.journal.jobs import start_job
from hrportal.journal.models import Job
from hrportal.journal.recording import Actor
from hrportal.people.limits import limits_of
from hrportal.people.viewer import Principal

JOB = "calibration.propose_from_strategy"
# People to a transaction.
CHUNK = 200

Progress = Callable[[int, int], None]


@transaction.atomic
def start_proposing_from_strategy(*, by: Principal, family: str, result_url: str = "") -> Job:
    """Propose development goals to the people of a family whom this user looks after, in the background."""
    if not family_people(family, by).exists():
        raise ActionError(_("Nobody you look after has a job of this family."), field="family")
    return start_job(
        JOB,
        _("Goals proposed from the strategy: %s") % family,
        by=by,
        result_url=result_url,
        family=family,
        user=by.viewer.user_id,
        **limits_of(by),
    )


def propose_from_strategy(
    people: Collection[int], *, by: Actor | None, progress: Progress = lambda done, total: None
) -> int:
    """Propose to these people, chunk by chunk; how many proposals are new. A repeat after a crash finds its own work done."""
    ids, new = sorted(people), 0
    for first in range(0, len(ids), CHUNK):
        chunk = ids[first : first + CHUNK]
        with transaction.atomic():
            new += propose_to(chunk, by=by)
        progress(first + len(chunk), len(ids))
    return new
