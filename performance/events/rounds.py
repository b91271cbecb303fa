"""Facts about 360 rounds: what those who run a round did. That somebody answered is no fact of the journal.

A fact has a time and is there for the administrator to read; "an answer at 14:03" beside any other trace of 14:03 would
name its writer, and the number of such facts would be a running count. What was answered shows when the round closes.
"""

from hrportal.journal.recording import Actor, record
from performance.models import FeedbackRound, Rater, RoundTemplate


def _about_round(topic: str, round_: FeedbackRound, by: Actor | None, **data: int | None) -> None:
    record(f"performance.{topic}", round_, by=by, person_id=round_.subject_id, data=data)


def round_template_edited(template: RoundTemplate, *, by: Actor | None) -> None:
    """A template was made, changed, put away or taken up again."""
    record("performance.round_template_edited", template, by=by)


def round_opened(round_: FeedbackRound, *, by: Actor | None) -> None:
    _about_round("round_opened", round_, by)


def round_approved(round_: FeedbackRound, *, by: Actor | None) -> None:
    _about_round("round_approved", round_, by)


def round_edited(round_: FeedbackRound, *, by: Actor | None) -> None:
    _about_round("round_edited", round_, by)


def rater_nominated(rater: Rater, *, by: Actor | None) -> None:
    _about_round("rater_nominated", rater.round, by, rater=rater.pk, employee=rater.employee_id)


def rater_removed(rater: Rater, *, by: Actor | None) -> None:
    _about_round("rater_removed", rater.round, by, rater=rater.pk, employee=rater.employee_id)


def rater_approved(rater: Rater, *, by: Actor | None) -> None:
    _about_round("rater_approved", rater.round, by, rater=rater.pk, employee=rater.employee_id)


def rater_rejected(rater: Rater, *, by: Actor | None) -> None:
    _about_round("rater_rejected", rater.round, by, rater=rater.pk, employee=rater.employee_id)


def rater_invited(rater: Rater, *, by: Actor | None) -> None:
    """A rater is asked for an answer. Whoever is outside the company gets their link by mail because of it."""
    record("performance.rater_invited", rater, by=by, person_id=rater.round.subject_id, data={"round": rater.round_id})


def link_renewed(rater: Rater, *, by: Actor | None) -> None:
    record("performance.link_renewed", rater, by=by, person_id=rater.round.subject_id, data={"round": rater.round_id})


def collecting_begun(round_: FeedbackRound, *, by: Actor | None) -> None:
    _about_round("collecting_begun", round_, by)


def raters_reminded(round_: FeedbackRound, *, by: Actor | None) -> None:
    """Whoever had not answered was reminded; who that was is not said."""
    _about_round("raters_reminded", round_, by)


def round_closed(round_: FeedbackRound, *, by: Actor | None) -> None:
    _about_round("round_closed", round_, by)


def round_shared(round_: FeedbackRound, *, by: Actor | None) -> None:
    _about_round("round_shared", round_, by)


def round_withdrawn(round_: FeedbackRound, *, by: Actor | None) -> None:
    _about_round("round_withdrawn", round_, by)
