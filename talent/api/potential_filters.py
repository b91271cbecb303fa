"""How clients narrow lists of potential and pools. No filter names a level."""

from hrportal.common.filters import ChoiceIn, FlagFilter, NumberIn, ResourceFilter, WordIn
from talent.enums import AssessmentState, PoolKind, PoolMemberState, PotentialRoundState, RaterState
from talent.models import (
    Aspiration,
    GroupAudit,
    PoolMember,
    PotentialAssessment,
    PotentialForm,
    PotentialRound,
    TalentPool,
)

IDS = "Ids of people, with commas between them."
STATES = "States, with commas between them."


class PotentialRoundFilter(ResourceFilter):
    state = ChoiceIn(choices=PotentialRoundState.choices, help_text=STATES)

    class Meta:
        model = PotentialRound
        fields: list[str] = []


class PotentialAssessmentFilter(ResourceFilter):
    employee = NumberIn(field_name="employee_id", help_text=IDS)
    employee_numbers = WordIn(field_name="employee__employee_number", help_text="Their employee numbers.")
    round = NumberIn(field_name="round_id", help_text="Ids of rounds.")
    state = ChoiceIn(choices=AssessmentState.choices, help_text=STATES)

    class Meta:
        model = PotentialAssessment
        fields: list[str] = []


class PotentialFormFilter(ResourceFilter):
    state = ChoiceIn(choices=RaterState.choices, help_text=STATES)

    class Meta:
        model = PotentialForm
        fields: list[str] = []


class TalentPoolFilter(ResourceFilter):
    kind = ChoiceIn(choices=PoolKind.choices, help_text="Kinds, with commas between them.")
    is_active = FlagFilter(help_text="false: pools that take nobody more.")

    class Meta:
        model = TalentPool
        fields: list[str] = []


class PoolMemberFilter(ResourceFilter):
    pool = NumberIn(field_name="pool_id", help_text="Ids of pools.")
    employee = NumberIn(field_name="employee_id", help_text=IDS)
    state = ChoiceIn(choices=PoolMemberState.choices, help_text=STATES)

    class Meta:
        model = PoolMember
        fields: list[str] = []


class GroupAuditFilter(ResourceFilter):
    pool = NumberIn(field_name="pool_id", help_text="Ids of pools.")

    class Meta:
        model = GroupAudit
        fields: list[str] = []


class AspirationFilter(ResourceFilter):
    employee = NumberIn(field_name="employee_id", help_text=IDS)
    is_current = FlagFilter(field_name="valid_to", lookup_expr="isnull", help_text="true: what counts today.")

    class Meta:
        model = Aspiration
        fields: list[str] = []
