"""How clients narrow lists of calibration. No filter names a rating."""

from calibration.enums import DifferenceKind, HandOverKind, LeniencyBasis, Outcome, SessionState, SuggestionAnswer
from calibration.models import (
    CalibrationSession,
    Decision,
    Difference,
    HandOver,
    ManagerEvidence,
    Reconciliation,
    Recusal,
    Suggestion,
)
from hrportal.common.filters import ChangedFilter, ChoiceIn, NumberIn, ResourceFilter
from hrportal.journal.enums import DeliveryState
from talent.models import CalibratedRating, SkillAssessment


class SessionFilter(ChangedFilter):
    cycle = NumberIn(field_name="cycle_id", help_text="Ids of cycles, with commas between them.")
    parent = NumberIn(field_name="parent_id", help_text="Ids of the sessions above, with commas between them.")
    state = ChoiceIn(choices=SessionState.choices, help_text="States, with commas between them.")

    class Meta:
        model = CalibrationSession
        fields: list[str] = []


class DecisionFilter(ResourceFilter):
    review = NumberIn(field_name="review_id", help_text="Ids of reviews, with commas between them.")
    session = NumberIn(field_name="session_id", help_text="Ids of sessions, with commas between them.")

    class Meta:
        model = Decision
        fields: list[str] = []


class HandOverFilter(ResourceFilter):
    kind = ChoiceIn(field_name="subscriber", choices=HandOverKind.choices, help_text="What is handed over.")
    state = ChoiceIn(choices=DeliveryState.choices, help_text="States, with commas between them.")
    review = NumberIn(field_name="fact__subject_id", help_text="Ids of reviews, with commas between them.")

    class Meta:
        model = HandOver
        fields: list[str] = []


class ReconciliationFilter(ResourceFilter):
    outcome = ChoiceIn(field_name="told", choices=Outcome.choices, help_text="Outcomes, with commas between them.")

    class Meta:
        model = Reconciliation
        fields: list[str] = []


class DifferenceFilter(ResourceFilter):
    reconciliation = NumberIn(field_name="reconciliation_id", help_text="Ids of comparisons, with commas between them.")
    effect = ChoiceIn(choices=HandOverKind.choices, help_text="Effects, with commas between them.")
    kind = ChoiceIn(choices=DifferenceKind.choices, help_text="Kinds of difference, with commas between them.")
    review = NumberIn(field_name="review_id", help_text="Ids of reviews, with commas between them.")

    class Meta:
        model = Difference
        fields: list[str] = []


class RecusalFilter(ResourceFilter):
    session = NumberIn(field_name="session_id", help_text="Ids of sessions, with commas between them.")
    cycle = NumberIn(field_name="session__cycle_id", help_text="Ids of cycles, with commas between them.")
    employee = NumberIn(field_name="employee_id", help_text="Ids of people who stay out, with commas between them.")

    class Meta:
        model = Recusal
        fields: list[str] = []


class EvidenceFilter(ResourceFilter):
    cycle = NumberIn(field_name="run__cycle_id", help_text="Ids of cycles, with commas between them.")
    manager = NumberIn(field_name="manager_id", help_text="Ids of managers, with commas between them.")
    basis = ChoiceIn(choices=LeniencyBasis.choices, help_text="What the statement rests on, with commas between them.")

    class Meta:
        model = ManagerEvidence
        fields: list[str] = []


class SuggestionFilter(ResourceFilter):
    cycle = NumberIn(field_name="run__cycle_id", help_text="Ids of cycles, with commas between them.")
    review = NumberIn(field_name="review_id", help_text="Ids of reviews, with commas between them.")
    answer = ChoiceIn(choices=SuggestionAnswer.choices, help_text="Answers given, with commas between them.")

    class Meta:
        model = Suggestion
        fields: list[str] = []


class RatingLineageFilter(ResourceFilter):
    employee = NumberIn(field_name="profile__employee_id", help_text="Ids of people, with commas between them.")

    class Meta:
        model = CalibratedRating
        fields: list[str] = []


class SkillLineageFilter(ResourceFilter):
    employee = NumberIn(field_name="profile__employee_id", help_text="Ids of people, with commas between them.")
    competency = NumberIn(field_name="competency_id", help_text="Ids of competencies.")

    class Meta:
        model = SkillAssessment
        fields: list[str] = []
