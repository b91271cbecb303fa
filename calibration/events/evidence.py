"""What was computed about ratings, what people answered, and when figures were switched on or off. Ids only, never a figure."""

from calibration.models import CycleEvidence, EvidenceRun, Explanation, Suggestion
from hrportal.journal.recording import Actor, record


def evidence_computed(run: EvidenceRun, *, by: Actor | None) -> None:
    record("calibration.evidence_computed", run, by=by, data={"cycle": run.cycle_id, "managers": run.managers})


def evidence_switched(state: CycleEvidence, *, by: Actor | None) -> None:
    """Figures of a cycle are shown from now on, or no longer."""
    record("calibration.evidence_switched", state, by=by, data={"cycle": state.cycle_id, "is_shown": state.is_shown})


def finding_explained(explanation: Explanation, *, by: Actor | None) -> None:
    data = {"cycle": explanation.cycle_id}
    record("calibration.finding_explained", explanation, by=by, person_id=explanation.manager_id, data=data)


def suggestion_answered(suggestion: Suggestion, *, by: Actor | None) -> None:
    """One topic for each answer: accepted, rejected, to be discussed."""
    topic = f"calibration.suggestion_{suggestion.answer}"
    data = {"review": suggestion.review_id, "run": suggestion.run_id}
    record(topic, suggestion, by=by, person_id=suggestion.review.employee_id, data=data)
