"""How clients narrow lists of talent. No filter names a rating."""

from hrportal.common.filters import ChangedFilter, ChoiceIn, FlagFilter, NumberIn, ResourceFilter, WordIn
from talent.enums import PlanState, SkillSource, VacancyRisk
from talent.models import DevelopmentPlan, SkillAssessment, SuccessionPlan, TalentProfile


class ProfileFilter(ChangedFilter):
    employee = NumberIn(field_name="employee_id", help_text="Ids of people, with commas between them.")
    employee_numbers = WordIn(field_name="employee__employee_number", help_text="Their employee numbers.")

    class Meta:
        model = TalentProfile
        fields: list[str] = []


class SkillFilter(ResourceFilter):
    employee = NumberIn(field_name="profile__employee_id", help_text="Ids of people, with commas between them.")
    employee_numbers = WordIn(field_name="profile__employee__employee_number", help_text="Their employee numbers.")
    competency = NumberIn(field_name="competency_id", help_text="Ids of competencies.")
    kind = ChoiceIn(choices=SkillSource.choices, help_text="Kinds of source, with commas between them.")

    class Meta:
        model = SkillAssessment
        fields: list[str] = []


class PlanFilter(ChangedFilter):
    employee = NumberIn(field_name="employee_id", help_text="Ids of people, with commas between them.")
    employee_numbers = WordIn(field_name="employee__employee_number", help_text="Their employee numbers.")
    state = ChoiceIn(choices=PlanState.choices, help_text="States, with commas between them.")

    class Meta:
        model = DevelopmentPlan
        fields: list[str] = []


class SuccessionPlanFilter(ChangedFilter):
    position = NumberIn(field_name="position_id", help_text="Ids of positions, with commas between them.")
    vacancy_risk = ChoiceIn(choices=VacancyRisk.choices, help_text="Risks, with commas between them.")
    is_active = FlagFilter(help_text="false: roles that are no longer critical.")

    class Meta:
        model = SuccessionPlan
        fields: list[str] = []
