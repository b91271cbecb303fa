"""Comparing both sides every night and when HR asks for it, and handing over again what differs."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calibration.actions.handover import HAND_OVER_AGAIN, hand_over_again
from calibration.actions.reconciliation import RECONCILE, forget_old_reconciliations, reconcile
from calibration.enums import Outcome
from calibration.models import Difference, Reconciliation
from calibration.notices.handover import tell_leaders
from hrportal.common.actions import ActionError
from hrportal.journal.jobs import JobActor, job_kind, report_progress
from hrportal.journal.models import Job
from hrportal.journal.schedule import every_day
from hrportal.people.exports import reader_of
from hrportal.people.models import User

CHUNK = 500


@every_day(RECONCILE, gettext_lazy("Comparing both sides of the hand-over"))
def reconcile_handover(job: Job) -> dict[str, Any]:
    """Compare both sides. At night, HR leaders are told of differences. One that covered nothing has failed."""

    def progress(done: int, total: int) -> None:
        report_progress(job, done, total)

    reconciliation = reconcile(by=JobActor(job), job=job, progress=progress)
    if job.scheduled_for:
        forget_old_reconciliations()
        if reconciliation.outcome == Outcome.DIFFERENT:
            tell_leaders(reconciliation)
    if reconciliation.outcome == Outcome.NOTHING:
        raise ActionError(reconciliation.why_nothing)
    return {"reconciliation": reconciliation.pk, "covered": reconciliation.covered}


@job_kind(HAND_OVER_AGAIN)
def hand_over_all_again(job: Job) -> dict[str, Any]:
    """Carry the reviews behind all differences that whoever asked may see once more. Those already carried are found no more."""
    user = User.objects.filter(pk=job.on_behalf_of_id or job.requested_by_id or 0).first()
    if user is None and not job.client_id:
        raise ActionError(_("Whoever asked for this is no longer there."))
    reader = reader_of(job, user)
    reconciliation = Reconciliation.objects.get(pk=job.params["reconciliation"])
    left = Difference.objects.visible_to(reader).to_hand_over().filter(reconciliation=reconciliation)
    total, done = job.total or left.count(), 0
    while rows := list(left.order_by("pk")[:CHUNK]):
        hand_over_again(rows, by=JobActor(job))
        done += len(rows)
        report_progress(job, min(done, total), total)
    return {"handed_over": done}
