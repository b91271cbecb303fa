"""How clients narrow lists of talent. No filter names a rating."""

from hrportal.common.filters import ChangedFilter, ChoiceIn, FlagFilter, NumberIn, ResourceFilter, WordIn
from talent.enums import (
    Datum,
    EnrolmentState,
    FillSource,
    LearningKind,
    MentoringState,
    OpenTopic,
    PlanState,
    SkillSource,
    VacancyRisk,
    VacancyState,
)
from talent.models import (
    DevelopmentPlan,
    Enrolment,
    LearningItem,
    Mentoring,
    MentoringWish,
    MentorOffer,
    MentorSuggestion,
    Opening,
    RefreshTask,
    SkillAssessment,
    SuccessionPlan,
    TalentProfile,
    Vacancy,
)


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


class VacancyFilter(ChangedFilter):
    position = NumberIn(field_name="position_id", help_text="Ids of positions, with commas between them.")
    state = ChoiceIn(choices=VacancyState.choices, help_text="States, with commas between them.")
    source = ChoiceIn(choices=FillSource.choices, help_text="From where it was filled, with commas between them.")
    is_critical = FlagFilter(field_name="plan", lookup_expr="isnull", exclude=True, help_text="Critical roles only.")

    class Meta:
        model = Vacancy
        fields: list[str] = []


class OpeningFilter(ResourceFilter):
    topic = ChoiceIn(choices=OpenTopic.choices, help_text="Topics, with commas between them.")
    in_force = FlagFilter(field_name="closed_at", lookup_expr="isnull", help_text="false: those closed again.")

    class Meta:
        model = Opening
        fields: list[str] = []


class RefreshTaskFilter(ChangedFilter):
    kind = ChoiceIn(choices=Datum.choices, help_text="Kinds of data, with commas between them.")
    is_open = FlagFilter(field_name="done_at", lookup_expr="isnull", help_text="false: those that are done.")

    class Meta:
        model = RefreshTask
        fields: list[str] = []


class LearningItemFilter(ChangedFilter):
    competency = NumberIn(field_name="competency_id", help_text="Ids of competencies.")
    level = NumberIn(field_name="level", help_text="Levels they build up to.")
    kind = ChoiceIn(choices=LearningKind.choices, help_text="Kinds, with commas between them.")
    external_key = WordIn(field_name="external_key", help_text="Keys in the system they come from.")
    is_active = FlagFilter(help_text="false: what is no longer offered.")

    class Meta:
        model = LearningItem
        fields: list[str] = []


class EnrolmentFilter(ChangedFilter):
    employee = NumberIn(field_name="employee_id", help_text="Ids of people, with commas between them.")
    employee_numbers = WordIn(field_name="employee__employee_number", help_text="Their employee numbers.")
    learning_item = NumberIn(field_name="learning_item_id", help_text="Ids of entries of the catalogue.")
    state = ChoiceIn(choices=EnrolmentState.choices, help_text="States, with commas between them.")

    class Meta:
        model = Enrolment
        fields: list[str] = []


class MentoringFilter(ChangedFilter):
    mentor = NumberIn(field_name="mentor_id", help_text="Ids of mentors, with commas between them.")
    mentee = NumberIn(field_name="mentee_id", help_text="Ids of mentees, with commas between them.")
    state = ChoiceIn(choices=MentoringState.choices, help_text="States, with commas between them.")

    class Meta:
        model = Mentoring
        fields: list[str] = []


class MentorOfferFilter(ChangedFilter):
    mentor = NumberIn(field_name="mentor_id", help_text="Ids of mentors, with commas between them.")
    competency = NumberIn(
        field_name="skills__competency_id", distinct=True, help_text="Ids of competencies that are offered."
    )
    is_active = FlagFilter(help_text="false: those who are not available now.")

    class Meta:
        model = MentorOffer
        fields: list[str] = []


class MentoringWishFilter(ChangedFilter):
    mentee = NumberIn(field_name="mentee_id", help_text="Ids of people, with commas between them.")
    is_active = FlagFilter(help_text="false: those who no longer look.")

    class Meta:
        model = MentoringWish
        fields: list[str] = []


class MentorSuggestionFilter(ResourceFilter):
    mentor = NumberIn(field_name="mentor_id", help_text="Ids of mentors, with commas between them.")
    mentee = NumberIn(field_name="mentee_id", help_text="Ids of mentees, with commas between them.")

    class Meta:
        model = MentorSuggestion
        fields: list[str] = []
