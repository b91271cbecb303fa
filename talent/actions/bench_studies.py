"""Having all benches looked at together, in the background."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.journal.models import Job
from hrportal.journal.recording import Actor
from hrportal.people.limits import compute_later
from hrportal.people.viewer import Principal, asked_by
from talent import events
from talent.models import BenchStudy, SuccessionPlan
from talent.succession.together import MOST_EXPOSED, exposed, together_of

JOB = "talent.bench_study"


@transaction.atomic
def start_bench_study(*, by: Principal) -> Job:
    """Have all benches that whoever asks may see computed in the background."""
    study = BenchStudy.objects.create(**asked_by(by))
    job = compute_later(study, JOB, _("All benches together"), by=by, study=study.pk)
    events.bench_study_started(study, by=by)
    return job


def compute_bench_study(
    study: BenchStudy, *, by: Actor | None, reader: Principal, progress: Callable[[int], None] = lambda done: None
) -> BenchStudy:
    """Look at them with the reader's eyes of now, and keep the figures. A repeat looks anew until they are kept."""
    if study.computed_at:
        return study
    benches = together_of(reader)
    figures = benches.figures() | {"plans": list(benches.plan_ids)}
    progress(1)
    plans = list(SuccessionPlan.objects.visible_to(reader).active().with_bench().order_by("pk"))
    figures["exposed"] = exposed(plans, reader)[:MOST_EXPOSED]
    progress(2)
    study.figures, study.computed_at = figures, timezone.now()
    with transaction.atomic():
        study.save(update_fields=["figures", "computed_at"])
        events.bench_study_computed(study, by=by)
    return study
