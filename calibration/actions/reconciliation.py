"""Comparing both sides of the bridge: started by HR, by the clock or from the command line; done in one place."""

from collections import Counter
from collections.abc import Callable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from calibration.enums import DIFFERENCES, DifferenceKind, Outcome
from calibration.events.handover import sides_compared
from calibration.models import Difference, Reconciliation
from calibration.reconciliation.comparing import Bite, compare_all
from calibration.reconciliation.effects import EFFECT_KINDS
from hrportal.common.actions import ActionError
from hrportal.journal.enums import JobState
from hrportal.journal.jobs import start_job
from hrportal.journal.models import Job
from hrportal.journal.recording import Actor
from performance.models import Review

RECONCILE = "calibration.reconcile_handover"


def is_under_way() -> bool:
    """Whether a comparison waits or runs."""
    return Job.objects.filter(kind=RECONCILE, state__in=[JobState.QUEUED, JobState.RUNNING]).exists()


@transaction.atomic
def start_reconciliation(*, by: Actor | None) -> Job:
    """Compare both sides in the background."""
    if is_under_way():
        raise ActionError(_("Both sides are being compared already. The result will be here."))
    return start_job(
        RECONCILE,
        _("Comparing both sides of the hand-over"),
        by=by,
        result_url=reverse("calibration:reconciliation_list"),
    )


def reconcile(
    *, by: Actor | None, job: Job | None = None, progress: Callable[[int, int], None] = lambda done, total: None
) -> Reconciliation:
    """Compare what completed reviews should have set off with what is there, and keep the result.

    In bites that are each kept as they come. When a job is taken up again after a crash, it begins anew and replaces what
    it had found.
    """
    reconciliation = _begin(job)
    tally, done, total = Tally(), 0, Review.objects.count()
    for bite in compare_all():
        _keep(reconciliation, bite.differences)
        tally.add(bite)
        done += bite.looked_at
        progress(min(done, total), total)
    return _finish(reconciliation, tally, by=by)


def forget_old_reconciliations() -> None:
    """Results are kept for some weeks; what counts is the last."""
    Reconciliation.objects.past().delete()


class Tally:
    """The counts of all bites: by effect, how many were covered and right, and how many differ in which way."""

    def __init__(self) -> None:
        self.covered = 0
        self.counts: dict[str, Counter[str]] = {kind: Counter() for kind in EFFECT_KINDS}

    def add(self, bite: Bite) -> None:
        self.covered += bite.compared
        for effect, covered in bite.covered.items():
            self.counts[effect]["covered"] += covered
            self.counts[effect]["right"] += covered
        for difference in bite.differences:
            self.counts[difference.effect][difference.kind] += 1
            self.counts[difference.effect]["right"] -= difference.review_id is not None

    @property
    def outcome(self) -> Outcome:
        if not self.covered:
            return Outcome.NOTHING
        differs = any(counts[kind] for counts in self.counts.values() for kind in DIFFERENCES)
        return Outcome.DIFFERENT if differs else Outcome.CLEAN

    def as_json(self) -> dict[str, dict[str, int]]:
        names = ["covered", "right", *DifferenceKind.values]
        return {effect: {name: counts[name] for name in names} for effect, counts in self.counts.items()}


@transaction.atomic
def _begin(job: Job | None) -> Reconciliation:
    if job is None:
        return Reconciliation.objects.create()
    reconciliation, _new = Reconciliation.objects.get_or_create(job_id=job.pk)
    reconciliation.differences.all().delete()
    return reconciliation


def _keep(reconciliation: Reconciliation, differences: list[Difference]) -> None:
    for difference in differences:
        difference.reconciliation = reconciliation
    Difference.objects.bulk_create(differences, batch_size=1000)


@transaction.atomic
def _finish(reconciliation: Reconciliation, tally: Tally, *, by: Actor | None) -> Reconciliation:
    reconciliation.completed = Review.objects.finished().count()
    reconciliation.covered, reconciliation.counts = tally.covered, tally.as_json()
    reconciliation.outcome, reconciliation.finished_at = tally.outcome, timezone.now()
    reconciliation.save()
    sides_compared(reconciliation, by=by)
    return reconciliation
