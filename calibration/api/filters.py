"""How clients narrow lists of calibration. No filter names a rating."""

from calibration.enums import HandOverKind, SessionState
from calibration.models import CalibrationSession, Decision, HandOver
from hrportal.common.filters import ChangedFilter, ChoiceIn, NumberIn, ResourceFilter
from hrportal.journal.enums import DeliveryState


class SessionFilter(ChangedFilter):
    cycle = NumberIn(field_name="cycle_id", help_text="Ids of cycles, with commas between them.")
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
