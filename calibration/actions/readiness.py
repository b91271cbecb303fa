"""Asking whether the data can be trusted, and storing what they say."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from calibration import events
from calibration.models import ReadinessAudit
from calibration.models.readiness import reach_of
from calibration.readiness.audit import measured
from calibration.readiness.population import Population
from hrportal.common.actions import ActionError
from hrportal.journal.models import Job
from hrportal.journal.recording import Actor
from hrportal.people.limits import compute_later
from hrportal.people.models import OrgUnit
from hrportal.people.viewer import Principal, asked_by
from performance.enums import CycleState
from performance.models import ReviewCycle

JOB = "calibration.readiness_audit"


@transaction.atomic
def start_readiness_audit(*, by: Principal, cycle: ReviewCycle, org_unit: OrgUnit | None = None) -> Job:
    """Have an audit computed in the background, with what whoever asks may see."""
    if cycle.state in {CycleState.DRAFT, CycleState.LAUNCHING}:
        raise ActionError(_("This cycle has not begun."), field="cycle")
    audit = ReadinessAudit.objects.create(
        cycle=cycle,
        org_unit=org_unit,
        reach=reach_of(by.viewer),
        **asked_by(by),
    )
    job = compute_later(audit, JOB, _("Readiness audit of %s") % cycle, by=by, audit=audit.pk)
    events.readiness_audit_started(audit, by=by)
    return job


def compute_readiness_audit(
    audit: ReadinessAudit, *, by: Actor | None, reader: Principal, progress: Callable[[int], None] = lambda done: None
) -> ReadinessAudit:
    """Measure all there is to ask with the reader's eyes, and store it. A repeat measures anew until it is stored."""
    if audit.computed_at:
        return audit
    people = Population(reader, audit.cycle, audit.org_unit)
    figures: dict[str, Any] = {}
    for done, group in enumerate(measured(people), start=1):
        figures |= group
        progress(done)
    audit.figures, audit.computed_at = figures, timezone.now()
    with transaction.atomic():
        audit.save(update_fields=["figures", "computed_at"])
        events.readiness_audit_computed(audit, by=by)
    return audit
