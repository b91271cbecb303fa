"""How clients narrow lists of mobility. Each list holds only what its reader may see, before it is narrowed."""

from hrportal.common.filters import ChangedFilter, ChoiceIn, FlagFilter, NumberIn, ResourceFilter, WordIn
from hrportal.people.models import Job
from talent.enums import InterestState, OpportunityKind, OpportunityState, StepKind
from talent.models import CareerStep, Interest, Opportunity


class CareerStepFilter(ChangedFilter):
    from_job = NumberIn(field_name="from_job_id", help_text="Ids of jobs, with commas between them.")
    to_job = NumberIn(field_name="to_job_id", help_text="Ids of jobs, with commas between them.")
    kind = ChoiceIn(choices=StepKind.choices, help_text="Kinds, with commas between them.")

    class Meta:
        model = CareerStep
        fields: list[str] = []


class CareerPathFilter(ResourceFilter):
    codes = WordIn(field_name="code", help_text="Codes of jobs, with commas between them.")
    family = WordIn(field_name="family", help_text="Families of jobs, with commas between them.")

    class Meta:
        model = Job
        fields: list[str] = []


class OpportunityFilter(ChangedFilter):
    state = ChoiceIn(choices=OpportunityState.choices, help_text="States, with commas between them.")
    kind = ChoiceIn(choices=OpportunityKind.choices, help_text="Kinds, with commas between them.")
    org_unit = NumberIn(field_name="org_unit_id", help_text="Ids of units, with commas between them.")
    owner = NumberIn(field_name="owner_id", help_text="Ids of people, with commas between them.")

    class Meta:
        model = Opportunity
        fields: list[str] = []


class InterestFilter(ChangedFilter):
    opportunity = NumberIn(field_name="opportunity_id", help_text="Ids of opportunities, with commas between them.")
    employee = NumberIn(field_name="employee_id", help_text="Ids of people, with commas between them.")
    state = ChoiceIn(choices=InterestState.choices, help_text="States, with commas between them.")
    is_told_to_manager = FlagFilter(help_text="Whether the person’s managers may know.")

    class Meta:
        model = Interest
        fields: list[str] = []
