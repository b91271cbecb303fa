"""Facts about cycles and what they are made from."""

from django.db.models import Model

from hrportal.journal.recording import Actor, record
from performance.models import ReviewCycle, ReviewExemption


def master_edited(master: Model, *, by: Actor | None) -> None:
    """A template or a rating scale was made or changed."""
    record(f"performance.{master._meta.model_name}_edited", master, by=by)


def cycle_created(cycle: ReviewCycle, *, by: Actor | None) -> None:
    record("performance.cycle_created", cycle, by=by)


def cycle_edited(cycle: ReviewCycle, *, by: Actor | None) -> None:
    record("performance.cycle_edited", cycle, by=by)


def cycle_launched(cycle: ReviewCycle, *, by: Actor | None) -> None:
    record("performance.cycle_launched", cycle, by=by, data={"job": cycle.launch_job_id})


def cycle_closed(cycle: ReviewCycle, *, by: Actor | None) -> None:
    record("performance.cycle_closed", cycle, by=by)


def cycle_cloned(cycle: ReviewCycle, *, by: Actor | None) -> None:
    record("performance.cycle_cloned", cycle, by=by, data={"from": cycle.cloned_from_id})


def cycle_extended(cycle: ReviewCycle, *, by: Actor | None) -> None:
    record("performance.cycle_extended", cycle, by=by)


def writing_begun(cycle: ReviewCycle, *, by: Actor | None) -> None:
    record("performance.writing_begun", cycle, by=by)


def late_nudged(cycle: ReviewCycle, *, by: Actor | None) -> None:
    record("performance.late_nudged", cycle, by=by)


def exemption_made(exemption: ReviewExemption, *, by: Actor | None) -> None:
    record("performance.review_exemption_made", exemption, by=by, person_id=exemption.employee_id)


def exemption_ended(exemption: ReviewExemption, *, by: Actor | None) -> None:
    record("performance.review_exemption_ended", exemption, by=by, person_id=exemption.employee_id)
