"""What happens to 360 rounds by itself, once a day."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hrportal.journal.jobs import report_progress
from hrportal.journal.models import Job
from hrportal.journal.schedule import every_day
from performance.actions.rounds import mind_round
from performance.enums import RoundState
from performance.models import FeedbackRound


@every_day("performance.mind_rounds", _("Closing 360 rounds whose day has passed, reminding in others"))
def mind_rounds(job: Job) -> dict[str, Any]:
    """Close what is due; in the others look whether there is enough, and remind when three days are left."""
    rounds = list(FeedbackRound.objects.filter(state=RoundState.COLLECTING).order_by("pk"))
    closed = 0
    for done, round_ in enumerate(rounds, start=1):
        closed += mind_round(round_)
        report_progress(job, done, len(rounds))
    return {"closed": closed}
