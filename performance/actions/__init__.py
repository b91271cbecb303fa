"""Every write of performance that means something."""

from performance.actions.cycles import (
    add_late_joiner,
    check_guideline,
    close_cycle,
    create_cycle,
    edit_cycle,
    launch_cycle,
)
from performance.actions.feedback import give_feedback
from performance.actions.goals import check_in, close_objective, create_objective, edit_objective
from performance.actions.outcomes import (
    begin_calibration,
    complete_reviews,
    mark_calibrated,
    share_cycle,
    share_reviews,
)
from performance.actions.reviews import (
    Incomplete,
    acknowledge_review,
    approve_review,
    reassign_review,
    reopen_review,
    return_review,
    skip_self_assessment,
    submit_review,
    submit_self_assessment,
    withdraw_review,
)
from performance.actions.templates import (
    create_scale,
    create_template,
    edit_scale,
    edit_template,
    move_section,
    remove_section,
    save_section,
)
from performance.actions.writing import content_of, save_part
from performance.population import Population, population_of

__all__ = [
    "Incomplete",
    "Population",
    "acknowledge_review",
    "add_late_joiner",
    "approve_review",
    "begin_calibration",
    "check_guideline",
    "check_in",
    "close_cycle",
    "close_objective",
    "complete_reviews",
    "content_of",
    "create_cycle",
    "create_objective",
    "create_scale",
    "create_template",
    "edit_cycle",
    "edit_objective",
    "edit_scale",
    "edit_template",
    "give_feedback",
    "launch_cycle",
    "mark_calibrated",
    "move_section",
    "population_of",
    "reassign_review",
    "remove_section",
    "reopen_review",
    "return_review",
    "save_part",
    "save_section",
    "share_cycle",
    "share_reviews",
    "skip_self_assessment",
    "submit_review",
    "submit_self_assessment",
    "withdraw_review",
]
