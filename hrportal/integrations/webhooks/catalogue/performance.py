"""Events about cycles, reviews and goals."""

from django.utils.translation import gettext_lazy as _

from hrportal.integrations.webhooks.catalogue.event import about

EVENTS = [
    *about(
        "performance.reviewcycle",
        cycle_created=_("A review cycle was drafted."),
        cycle_edited=_("A review cycle was edited."),
        cycle_cloned=_("A review cycle was drafted from an earlier one."),
        cycle_launched=_("A review cycle was launched: its reviews are open."),
        cycle_extended=_("A review cycle got later dates."),
        writing_begun=_("The goal-setting phase of a cycle ended, and writing began."),
        late_nudged=_("Everybody who is late in a cycle was asked again."),
        cycle_closed=_("A review cycle was closed."),
    ),
    *about(
        "performance.review",
        review_opened=_("A review was opened for somebody."),
        goals_agreed=_("The goals of a review were agreed."),
        review_writing_opened=_("A review is open for writing."),
        self_assessment_submitted=_("Somebody handed in their self-assessment."),
        self_assessment_skipped=_("A review went on without a self-assessment."),
        review_submitted=_("A reviewer handed in a review."),
        review_written_for_reviewer=_("A review was handed in by somebody the reviewer had asked."),
        review_approved=_("A review was approved."),
        review_returned=_("A review was given back to its reviewer."),
        review_nudged=_("Whoever holds a review up was asked again."),
        review_extended=_("A review got later dates."),
        review_delegated=_("Somebody else writes a review for its reviewer."),
        review_delegation_ended=_("The reviewer writes a review again."),
        reviewer_change_asked=_("Somebody has a new manager: HR is asked who reviews."),
        reviewer_change_settled=_("HR settled who reviews somebody with a new manager."),
        review_reassigned=_("A review has another reviewer."),
        review_withdrawn=_("A review was withdrawn."),
        review_restored=_("A withdrawn review is back."),
        review_calibration_begun=_("A review came to a calibration session."),
        review_calibrated=_("Calibration is done with a review."),
        review_completed=_("A review is completed; its effects follow."),
        review_shared=_("A review was shared with its employee."),
        review_acknowledged=_("Somebody acknowledged their review."),
        review_disputed=_("Somebody disputed their review."),
        dispute_settled=_("HR answered a dispute."),
        review_reopened=_("A review that was decided or completed was opened again."),
    ),
    *about(
        "performance.objective",
        objective_created=_("A goal was set."),
        objective_edited=_("A goal was edited."),
        objective_closed=_("A goal was closed."),
        objective_carried_over=_("A goal went on into another period."),
    ),
    *about("performance.keyresult", goal_checked_in=_("Somebody checked in on a goal.")),
]
