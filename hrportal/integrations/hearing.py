"""Which facts leave the portal, and with whom: one sentence for the change feed and for webhooks."""

from typing import Any

from django.db.models import Q, QuerySet

from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.confidential import confidential_types
from hrportal.journal.models import Fact
from talent.models import SuccessionPlan, Successor, Vacancy

# What a fact is about, by the scope it takes to hear of it. What is not named here leaves with nobody.
SUBJECTS: dict[str, list[str]] = {
    Scope.EMPLOYEES_READ: ["people.employee", "people.orgunit"],
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
    Scope.SUCCESSION_READ: ["talent.successionplan", "talent.successor", "talent.vacancy"],
}


def heard_by(client: Any) -> QuerySet[Fact]:
    """The facts with a position that a client by itself may hear of."""
    heard = {subject for scope, subjects in SUBJECTS.items() if client.viewer.may_use(scope) for subject in subjects}
    facts = Fact.objects.filter(position__isnull=False, subject_type__in=heard - confidential_types())
    return facts.exclude(_of_private_benches())


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
