"""What happens to potential and pools in the background: rounds are filled; once a day people are reminded and memberships end."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.journal.jobs import JobActor, job_kind, report_progress
from hrportal.journal.models import Job
from hrportal.journal.schedule import every_day
from hrportal.people.limits import client_within
from hrportal.people.models import User
from hrportal.people.viewer import Viewer, viewer_of
from talent.actions.pools import end_for_leavers, expire_memberships, remind_of_expiry
from talent.actions.potential import (
    LAUNCH_JOB,
    add_to_potential_round,
    close_assessments_of_leavers,
    remind_raters,
    tell_raters_of,
)
from talent.models import PotentialRound
from talent.potential.population import population_of

CHUNK = 500


@job_kind(LAUNCH_JOB)
def fill_potential_round(job: Job) -> dict[str, Any]:
    """Open an assessment for everybody the round is about, chunk by chunk, then tell the raters once."""
    round_ = PotentialRound.objects.get(pk=job.params["round"])
    people = population_of(round_.scope, _launcher(job)).order_by("pk")
    total, done, opened, last = people.count(), 0, 0, 0
    report_progress(job, 0, total)
    while chunk := list(people.filter(pk__gt=last)[:CHUNK]):
        opened += add_to_potential_round(round_, chunk, by=JobActor(job))
        last, done = chunk[-1].pk, done + len(chunk)
        report_progress(job, done, max(total, done))
    return {"opened": opened, "raters": len(tell_raters_of(round_))}


def _launcher(job: Job) -> Viewer:
    """The rights of whoever launched the round, as they are now; a client by itself has all its scopes and units allow."""
    user_id = job.on_behalf_of_id or job.requested_by_id
    if user_id is None:
        return client_within(job.params)
    return viewer_of(User.objects.get(pk=user_id))


@every_day("talent.mind_potential", _("Ending pool memberships whose day has passed, reminding raters"))
def mind_potential(job: Job) -> dict[str, Any]:
    """Everything about potential and pools that happens by itself."""
    today = timezone.localdate()
    return {
        "closed": close_assessments_of_leavers(),
        "ended": end_for_leavers(),
        "expired": expire_memberships(today),
        "ending_soon": remind_of_expiry(today),
        "reminded": remind_raters(today),
    }
