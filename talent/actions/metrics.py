"""Asking for the figures of talent management, and storing what they come to."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.journal.models import Job
from hrportal.journal.recording import Actor
from hrportal.people.limits import compute_later
from hrportal.people.models import OrgUnit
from hrportal.people.viewer import Principal, asked_by
from talent import events
from talent.metrics.measuring import measured
from talent.metrics.scope import Scope
from talent.models import TalentMetrics
from talent.models.metrics import reach_of

JOB = "talent.metrics"


@transaction.atomic
def start_metrics(*, by: Principal, org_unit: OrgUnit | None = None) -> Job:
    """Have the figures computed in the background, of what whoever asks may see."""
    metrics = TalentMetrics.objects.create(
        org_unit=org_unit,
        reach=reach_of(by.viewer),
        **asked_by(by),
    )
    job = compute_later(metrics, JOB, _("Figures of talent management"), by=by, metrics=metrics.pk)
    events.talent_metrics_started(metrics, by=by)
    return job


def compute_metrics(
    metrics: TalentMetrics,
    *,
    by: Actor | None,
    reader: Principal,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> TalentMetrics:
    """Measure with the reader's eyes and store it. A repeat measures anew until it is stored."""
    if metrics.computed_at:
        return metrics
    figures: dict[str, Any] = {}
    for done, total, part in measured(Scope(reader, metrics.org_unit)):
        figures |= part
        progress(done, total)
    metrics.figures, metrics.computed_at = figures, timezone.now()
    with transaction.atomic():
        metrics.save(update_fields=["figures", "computed_at"])
        events.talent_metrics_computed(metrics, by=by)
    return metrics
