"""What happened in performance."""

from typing import Any

from hrportal.home.demo.history.source import Source, about_review
from performance.enums import MeetingState, Side
from performance.models import (
    CheckIn,
    Feedback,
    FeedbackRequest,
    GoalProposal,
    ImprovementEntry,
    ImprovementPlan,
    ImprovementStep,
    KeyResult,
    Meeting,
    Objective,
    OneToOne,
    ReviewCycle,
    ReviewPart,
)


def sources() -> list[Source]:
    return [
        *_of_reviews(),
        *_of_goals_and_feedback(),
        *_of_talks(),
        *_of_improvement(),
        *_of_the_strategy(),
    ]


def _of_reviews() -> list[Source]:
    handed_in = ReviewPart.objects.filter(side=Side.SELF)
    cycles = ReviewCycle.objects.all()
    return [
        Source("performance.cycle_launched", cycles, "launched_at", ReviewCycle, data={"job": "launch_job_id"}),
        about_review("review_opened", "created_at"),
        about_review("self_assessment_submitted", "submitted_at", handed_in, "review", "review__employee__user"),
        about_review("review_submitted", "submitted_at", actor="reviewer__user"),
        about_review("review_completed", "completed_at", is_calibrated="final_is_calibrated"),
        about_review("review_shared", "shared_at"),
        about_review("review_acknowledged", "acknowledged_at", actor="employee__user"),
    ]


def _of_goals_and_feedback() -> list[Source]:
    return [
        Source(
            "performance.objective_created",
            Objective.objects.all(),
            "created_at",
            Objective,
            person="owner_id",
            actor="owner__user",
        ),
        Source(
            "performance.goal_checked_in",
            CheckIn.objects.all(),
            "made_at",
            KeyResult,
            id="key_result_id",
            person="key_result__objective__owner_id",
            actor="made_by__user",
            data={"objective": "key_result__objective_id", "check_in": "pk"},
        ),
        Source(
            "performance.feedback_given",
            Feedback.objects.all(),
            "given_at",
            Feedback,
            person="recipient_id",
            actor="giver__user",
        ),
    ]


def _of_talks() -> list[Source]:
    of_series = {"one_to_one": "one_to_one_id"}
    held = Meeting.objects.filter(state=MeetingState.HELD)
    return [
        Source(
            "performance.feedback_requested",
            FeedbackRequest.objects.all(),
            "asked_at",
            FeedbackRequest,
            actor="asker__user",
        ),
        Source(
            "performance.one_to_one_started",
            OneToOne.objects.all(),
            "started_at",
            OneToOne,
            person="employee_id",
            actor="manager__user",
        ),
        Source(
            "performance.meeting_held",
            held,
            "settled_at",
            Meeting,
            person="one_to_one__employee_id",
            actor="one_to_one__manager__user",
            data=of_series,
        ),
    ]


def _of_improvement() -> list[Source]:
    steps = {
        "create_improvement_plan": "created",
        "submit_improvement_plan": "submitted",
        "approve_improvement_plan": "approved",
        "acknowledge_improvement_plan": "acknowledged",
        "close_improvement_plan": "closed",
    }
    entries, at_all = ImprovementEntry.objects.all(), ImprovementStep.objects.all()
    about: dict[str, Any] = {"id": "plan_id", "person": "plan__employee_id", "actor": "made_by__user"}
    return [
        *(
            Source(
                f"performance.improvement_plan_{verbed}", at_all.filter(name=step), "made_at", ImprovementPlan, **about
            )
            for step, verbed in steps.items()
        ),
        Source(
            "performance.improvement_entry_added", entries, "made_at", ImprovementPlan, **about, data={"entry": "pk"}
        ),
    ]


def _of_the_strategy() -> list[Source]:
    proposals = GoalProposal.objects.all()
    about: dict[str, Any] = {"person": "employee_id", "version": "source_version"}
    by = {**about, "actor": "decided_by__user"}
    accepted, dismissed = (proposals.filter(state=state) for state in ("accepted", "dismissed"))
    return [
        Source("performance.goal_proposed", proposals, "proposed_at", GoalProposal, **about, data={"source": "source"}),
        Source(
            "performance.goal_proposal_accepted",
            accepted,
            "decided_at",
            GoalProposal,
            **by,
            data={"objective": "objective_id"},
        ),
        Source("performance.goal_proposal_dismissed", dismissed, "decided_at", GoalProposal, **by),
    ]
