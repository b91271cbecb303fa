"""What happened in calibration."""

from typing import Any

from calibration.enums import SuggestionAnswer
from calibration.models import (
    CalibrationSession,
    Card,
    CardMove,
    Decision,
    DecisionRemark,
    PreReadAnswer,
    ReadinessAudit,
    Recusal,
    Suggestion,
)
from hrportal.home.demo.history.source import Source, about_review


def sources() -> list[Source]:
    return [
        *_of_calibration(),
        *_around_tables(),
    ]


def _of_calibration() -> list[Source]:
    by, cards, decisions = "session__facilitator__user", Card.objects.all(), Decision.objects.all()
    return [
        _about_session("session_created", "created_at"),
        _about_session("session_opened", "opened_at"),
        _about_session("session_locked", "locked_at"),
        about_review("review_calibration_begun", "session__opened_at", cards, "review", by),
        about_review("review_calibrated", "decided_at", decisions, "review", by),
        Source(
            "calibration.review_decided",
            decisions,
            "decided_at",
            Decision,
            person="review__employee_id",
            version="review_revision",
            actor=by,
            data={"review": "review_id", "session": "session_id"},
        ),
        Source(
            "calibration.readiness_audit_computed",
            ReadinessAudit.objects.all(),
            "computed_at",
            ReadinessAudit,
            actor="user",
            data={"cycle": "cycle_id", "org_unit": "org_unit_id"},
        ),
        Source(
            "calibration.card_moved",
            CardMove.objects.all(),
            "moved_at",
            Card,
            id="card_id",
            person="card__review__employee_id",
            version="card__version",
            actor="moved_by__user",
            data={"session": "card__session_id", "review": "card__review_id", "move": "pk"},
        ),
    ]


def _about_session(noun_verbed: str, when: str) -> Source:
    sessions, by = CalibrationSession.objects.all(), "facilitator__user"
    return Source(
        f"calibration.{noun_verbed}", sessions, when, CalibrationSession, actor=by, data={"cycle": "cycle_id"}
    )


def _around_tables() -> list[Source]:
    asked = CalibrationSession.objects.all()
    noted = Card.objects.filter(agenda_place__isnull=False)
    remarks, by = DecisionRemark.objects.all(), "facilitator__user"
    on_remark: dict[str, Any] = {
        "id": "decision_id",
        "person": "decision__review__employee_id",
        "version": "decision__review__revision",
        "data": {"review": "decision__review_id", "remark": "pk"},
    }
    return [
        Source(
            "calibration.pre_read_opened",
            asked,
            "pre_read_opened_at",
            CalibrationSession,
            version="revision",
            actor=by,
            data={"cycle": "cycle_id"},
        ),
        Source(
            "calibration.pre_read_answered",
            PreReadAnswer.objects.all(),
            "answered_at",
            PreReadAnswer,
            person="card__review__employee_id",
            actor="employee__user",
            data={"session": "card__session_id", "review": "card__review_id", "card": "card_id"},
        ),
        Source(
            "calibration.card_put_on_agenda",
            noted,
            "session__opened_at",
            Card,
            person="review__employee_id",
            version="version",
            actor=f"session__{by}",
            data={"session": "session_id", "review": "review_id"},
        ),
        Source(
            "calibration.recusal_declared",
            Recusal.objects.all(),
            "declared_at",
            Recusal,
            person="about_id",
            actor="declared_by__user",
            data={"session": "session_id", "employee": "employee_id"},
        ),
        *(_about_suggestion(answer) for answer in SuggestionAnswer),
        Source("calibration.decision_remarked", remarks, "made_at", Decision, actor="made_by__user", **on_remark),
        Source(
            "calibration.decision_request_answered",
            remarks,
            "answered_at",
            Decision,
            actor="answered_by__user",
            **on_remark,
        ),
    ]


def _about_suggestion(answer: str) -> Source:
    return Source(
        f"calibration.suggestion_{answer}",
        Suggestion.objects.filter(answer=answer),
        "answered_at",
        Suggestion,
        person="review__employee_id",
        actor="answered_by__user",
        data={"review": "review_id", "run": "run_id"},
    )
