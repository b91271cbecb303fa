"""How clients narrow lists of rewards."""

from hrportal.common.filters import ChoiceIn, NumberIn, ResourceFilter, WordIn
from talent.enums import LeftOut, RewardState
from talent.models import MeritRecommendation, PayRange, PayRecord, RewardCycle


class RewardCycleFilter(ResourceFilter):
    state = ChoiceIn(choices=RewardState.choices, help_text="States, with commas between them.")

    class Meta:
        model = RewardCycle
        fields: list[str] = []


class MeritRecommendationFilter(ResourceFilter):
    cycle = NumberIn(field_name="cycle_id", help_text="Ids of rounds, with commas between them.")
    employee = NumberIn(field_name="employee_id", help_text="Ids of people, with commas between them.")
    employee_numbers = WordIn(field_name="employee__employee_number", help_text="Their employee numbers.")
    left_out = ChoiceIn(choices=LeftOut.choices, help_text="Why there is no recommendation.")

    class Meta:
        model = MeritRecommendation
        fields: list[str] = []


class PayRangeFilter(ResourceFilter):
    job = NumberIn(field_name="job_id", help_text="Ids of jobs, with commas between them.")

    class Meta:
        model = PayRange
        fields: list[str] = []


class PayRecordFilter(ResourceFilter):
    employee = NumberIn(field_name="employee_id", help_text="Ids of people, with commas between them.")
    employee_numbers = WordIn(field_name="employee__employee_number", help_text="Their employee numbers.")

    class Meta:
        model = PayRecord
        fields: list[str] = []
