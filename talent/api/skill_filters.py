"""How clients narrow lists of skills, certificates and forecasts. No filter names a level."""

from hrportal.common.filters import ChoiceIn, FlagFilter, NumberIn, ResourceFilter, WordIn
from hrportal.people.enums import CompetencyKind
from hrportal.people.models import Competency, Job
from talent.models import Certificate, HeadcountForecast, SkillAssessor


class CompetencyFilter(ResourceFilter):
    codes = WordIn(field_name="code", help_text="Codes, with commas between them.")
    kind = ChoiceIn(choices=CompetencyKind.choices, help_text="Kinds, with commas between them.")
    is_active = FlagFilter(help_text="false: those that are archived.")

    class Meta:
        model = Competency
        fields: list[str] = []


class RoleProfileFilter(ResourceFilter):
    codes = WordIn(field_name="code", help_text="Codes of jobs, with commas between them.")
    family = WordIn(field_name="family", help_text="Families of jobs, with commas between them.")

    class Meta:
        model = Job
        fields: list[str] = []


class CertificateFilter(ResourceFilter):
    employee = NumberIn(field_name="profile__employee_id", help_text="Ids of people, with commas between them.")
    employee_numbers = WordIn(field_name="profile__employee__employee_number", help_text="Their employee numbers.")
    competency = NumberIn(field_name="competency_id", help_text="Ids of competencies.")

    class Meta:
        model = Certificate
        fields: list[str] = []


class ForecastFilter(ResourceFilter):
    job = NumberIn(field_name="job_id", help_text="Ids of jobs, with commas between them.")
    org_unit = NumberIn(field_name="org_unit_id", help_text="Ids of units.")

    class Meta:
        model = HeadcountForecast
        fields: list[str] = []


class AssessorFilter(ResourceFilter):
    assessor = NumberIn(field_name="assessor_id", help_text="Ids of people, with commas between them.")
    org_unit = NumberIn(field_name="org_unit_id", help_text="Ids of units.")

    class Meta:
        model = SkillAssessor
        fields: list[str] = []
