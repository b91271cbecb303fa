"""Which facts leave the portal, and with whom: one sentence for the change feed and for webhooks."""

from typing import Any

from django.db.models import Q, QuerySet

from calibration.models import CalibrationSession
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.confidential import confidential_types
from hrportal.journal.models import Fact
from hrportal.people.models import Employee, EmployeeImport, OrgUnit, Position
from hrportal.people.viewer import EVERYONE
from performance.models import KeyResult, Objective
from talent.models import Opportunity, SuccessionPlan, Successor, TalentReview, Vacancy

# What lies in a unit or is the whole company's, whoever it is about: of these a client limited to units hears only what
# it can read.
HAVE_UNITS: tuple[Any, ...] = (
    EmployeeImport,
    OrgUnit,
    Position,
    Objective,
    CalibrationSession,
    Opportunity,
    SuccessionPlan,
    Successor,
    TalentReview,
    Vacancy,
)

# What a fact is about, by the scope it takes to hear of it. What is not named here leaves with nobody.
SUBJECTS: dict[str, list[str]] = {
    Scope.EMPLOYEES_READ: [
        "people.employee",
        "people.orgunit",
        "people.job",
        "people.position",
        "people.location",
        "people.legalentity",
    ],
    Scope.EMPLOYEES_WRITE: ["people.employeeimport"],
    Scope.REVIEWS_READ: ["performance.reviewcycle", "performance.review"],
    Scope.GOALS_READ: ["performance.objective", "performance.keyresult"],
    Scope.CALIBRATION_READ: ["calibration.calibrationsession", "calibration.card"],
    Scope.TALENT_READ: ["talent.talentprofile", "talent.calibratedrating"],
    Scope.DEVELOPMENT_READ: [
        "talent.developmentplan",
        "talent.planitem",
        "talent.planaction",
        "talent.learningitem",
        "talent.enrolment",
        "talent.mentoring",
    ],
    Scope.POTENTIAL_READ: [
        "talent.potentialassessment",
        "talent.talentpool",
        "talent.poolmember",
        "talent.talentreview",
        "talent.reviewmember",
        "talent.reviewtask",
    ],
    Scope.MOBILITY_READ: ["talent.careerstep", "talent.opportunity"],
    Scope.SUCCESSION_READ: ["talent.successionplan", "talent.successor", "talent.vacancy"],
}


def heard_by(client: Any) -> QuerySet[Fact]:
    """The facts with a position that a client by itself may hear of."""
    heard = {subject for scope, subjects in SUBJECTS.items() if client.viewer.may_use(scope) for subject in subjects}
    facts = Fact.objects.filter(position__isnull=False, subject_type__in=heard - confidential_types())
    return facts.exclude(_of_private_benches()).filter(_within_units(client))


def _within_units(client: Any) -> Q:
    """For a client limited to units: facts about people in them or about nobody, and of what lies in a unit, about its rows."""
    if client.viewer.client_units is None:
        return EVERYONE
    people = Employee.objects.filter(client.viewer.client_rows("")).order_by().values("pk")
    within = Q(person_id=None) | Q(person_id__in=people)
    for model in HAVE_UNITS:
        rows = model.objects.visible_to(client).order_by().values("pk")
        within &= ~Q(subject_type=model._meta.label_lower) | Q(subject_id__in=rows)
    results = KeyResult.objects.filter(objective__in=Objective.objects.visible_to(client)).order_by().values("pk")
    return within & (~Q(subject_type=KeyResult._meta.label_lower) | Q(subject_id__in=results))


def _of_private_benches() -> Q:
    """Facts about benches that no client reads, about who stands on them and about vacancies of their seats."""
    private = SuccessionPlan.objects.filter(is_private=True).order_by().values("pk")
    on_them = Successor.objects.filter(plan__in=private).order_by().values("pk")
    vacancies = Vacancy.objects.filter(plan__in=private).order_by().values("pk")
    return (
        Q(subject_type="talent.successionplan", subject_id__in=private)
        | Q(subject_type="talent.successor", subject_id__in=on_them)
        | Q(subject_type="talent.vacancy", subject_id__in=vacancies)
    )
