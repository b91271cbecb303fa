"""Ids in the body of a request: naming what is outside one's reach is refused like what does not exist, and does nothing.

The matrix asks about the objects of URLs; here the URL is one's own and the body reaches further. Every field that
names a row is either tried below or among those that may name any.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone
from rest_framework import serializers
from rest_framework.test import APIClient
from zeal import zeal_ignore

from calibration.models import CalibrationSession
from hrportal.common.api import StrictSerializer
from hrportal.integrations import urls as api_urls
from hrportal.journal.models import Fact
from performance.models import Review
from tests.access.world import World, make_world
from tests.factories.mobility import OpportunityFactory
from tests.factories.people import EmployeeFactory, OrgUnitFactory, PositionFactory
from tests.factories.performance import (
    KeyResultFactory,
    ObjectiveFactory,
    OneToOneFactory,
    RatingScaleFactory,
    ReviewCycleFactory,
    ReviewFactory,
    rating_of,
    required_question,
)
from tests.factories.potential import PoolStepFactory
from tests.factories.talent import SuccessionPlanFactory, SuccessorFactory

REFUSALS = {400, 403, 404, 409}
# Fields that may name any row there is: the library, the directory, what cycles are made with.
ANYTHING = {
    "AccountInput.employee",
    "RewardCycleChange.org_unit",
    "AssessorInput.assessor",
    "AssessorInput.competency",
    "AssessorInput.org_unit",
    "CertificateInput.competency",
    "CertificateInput.employee",
    "ForecastInput.job",
    "ForecastInput.org_unit",
    "RewardCycleInput.org_unit",
    "GapAnalysisInput.org_unit",
    "ProfileLineInput.competency",
    "SkillInput.competency",
    "SkillInput.employee",
    "AcceptProposalInput.period",
    "CarryOverInput.period",
    "CloseGoalPeriodInput.carry_to",
    "CycleInput.excluded_people",
    "CycleInput.excluded_units",
    "CycleInput.scale",
    "CycleInput.template",
    "FeedbackInput.competency",
    "FeedbackInput.recipient",
    "AspirationInput.jobs",
    "CareerStepInput.from_job",
    "CareerStepInput.to_job",
    "NewOwnerInput.owner",
    *(
        f"{takes}.{field}"
        for takes in ("OpportunityChanges", "OpportunityFields", "OpportunityInput")
        for field in ("job", "location", "org_unit", "units")
    ),
    "PotentialRaterInput.rater",
    "PotentialRoundInput.unit",
    "TalentPoolInput.org_unit",
    "TalentPoolInput.owner",
    "FeedbackRequestInput.asked",
    "FeedbackRequestInput.competency",
    "GoalAssignInput.job",
    "GoalAssignInput.org_unit",
    "GoalAssignInput.period",
    "GoalTemplateChange.competency",
    "GoalTemplateInput.competency",
    "ActionChange.learning_item",
    "ActionInput.learning_item",
    "EnrolInput.learning_item",
    "ItemInput.competency",
    "OpeningInput.org_unit",
    "LearningItemInput.competency",
    "ProposalInput.mentor",
    "NeedInput.competency",
    "NewItemInput.competency",
    "ObjectiveChange.competency",
    "ObjectiveChange.org_unit",
    "ObjectiveChange.period",
    "ObjectiveInput.competency",
    "ObjectiveInput.org_unit",
    "ObjectiveInput.period",
    "RecusalInput.about",
    "RoleChanges.owner",
    "RoleInput.owner",
    "OptOutInput.legal_entity",
    "OptOutInput.org_unit",
    "RetentionActionInput.owner",
    *(f"{takes}.owner" for takes in ("NewRetentionPlanInput", "RetentionPlanChange", "RetentionPlanInput")),
    "StayPlanInput.interviewer",
    "RoundQuestionInput.competency",
    "SectionInput.competencies",
    *(
        f"{takes}.{field}"
        for takes in ("SessionChange", "SessionInput")
        for field in ("co_facilitator", "facilitator", "head", "owner", "participants")
    ),
    *(f"TalentReviewInput.{field}" for field in ("facilitator", "owner", "participants")),
}


@dataclass(frozen=True)
class Reach:
    """Somebody at a URL, with a body that names something outside their reach; `field` is the one that does."""

    field: str
    who: str
    method: str
    ask: Callable[[World], tuple[str, dict[str, Any]]]

    def __str__(self) -> str:
        return f"{self.who} {self.field}"


def south(world: World) -> Any:
    """The unit that is not the partner's."""
    return world.users["stranger"].employee.org_unit


def stranger(world: World) -> Any:
    return world.users["stranger"].employee


def submitted(world: World, who: str, **fields: Any) -> Review:
    """A review of one of the people that waits for a final rating."""
    cycle = ReviewCycleFactory(state="calibration")
    return ReviewFactory(
        cycle=cycle,
        employee=world.users[who].employee,
        state="submitted",
        proposed_rating=rating_of(cycle, 3),
        **fields,
    )


def figures(verb: str, **fields: Any) -> Callable[[World], tuple[str, dict[str, Any]]]:
    """Computing or switching the figures of the cycle that is being calibrated."""
    return lambda world: (
        f"calibration-evidence/{verb}/",
        {"cycle": world.objects["calibrated_cycle"].pk, **fields},
    )


def uncalibrated(who: str) -> Callable[[World], tuple[str, dict[str, Any]]]:
    return lambda world: (
        "calibration-decisions/complete-uncalibrated/",
        {"review": submitted(world, who).pk, "reason": "Nobody else did"},
    )


def whole_cycle(world: World) -> tuple[str, dict[str, Any]]:
    """Completing a cycle that is not of one's units alone, in which a decided review waits."""
    return "calibration-decisions/complete-cycle/", {"cycle": world.objects["decision"].review.cycle_id}


def decided_again(who: str) -> Callable[[World], tuple[str, dict[str, Any]]]:
    def ask(world: World) -> tuple[str, dict[str, Any]]:
        review = submitted(world, who, revision=2)
        return "calibration-decisions/", {
            "review": review.pk,
            "rating": review.proposed_rating_id,
            "rationale": "On second thoughts",
        }

    return ask


def a_recusal(world: World, **fields: Any) -> dict[str, Any]:
    session, about = world.objects["session"], world.users["peer"].employee
    return {"session": session.pk, "about": about.pk, "reason": "Family", **fields}


def a_cycle(world: World, units: list[int]) -> dict[str, Any]:
    draft = world.objects["draft_cycle"]
    return {
        "name": "Another",
        "starts_on": "2027-01-01",
        "ends_on": "2027-12-31",
        "template": draft.template_id,
        "scale": draft.scale_id,
        "org_units": units,
    }


def southern_session(world: World) -> CalibrationSession:
    """A session of the unit that is not the partner's."""
    cycle = world.objects["session"].cycle
    return CalibrationSession.objects.create(name="South", cycle=cycle, org_unit=south(world))


def set_up(world: World, **fields: Any) -> tuple[str, dict[str, Any]]:
    """Sessions for each job family."""
    return "calibration-sessions/set-up/", {
        "cycle": world.objects["session"].cycle_id,
        "division": "job_family",
        **fields,
    }


def a_session(world: World, **fields: Any) -> dict[str, Any]:
    return {"name": "Over there", "cycle": world.objects["cycle"].pk, **fields}


def a_round(world: World, **fields: Any) -> dict[str, Any]:
    return {
        "subject": world.users["peer"].employee.pk,
        "template": world.objects["round_template"].pk,
        "due_on": "2099-01-01",
        **fields,
    }


def a_risk(employee: Any) -> tuple[str, dict[str, Any]]:
    return "flight-risks/", {"employee": employee.pk, "likelihood": "low", "impact": "low"}


def a_retention_plan(employee: Any, owner: Any) -> tuple[str, dict[str, Any]]:
    body = {"employee": employee.pk, "owner": owner.pk, "kinds": ["pay"], "aim": "Stays"}
    return "retention-plans/", body


def a_talk(world: World, employee: Any, **fields: Any) -> tuple[str, dict[str, Any]]:
    body = {
        "employee": employee.pk,
        "interviewer": world.users["leader"].employee_id,
        "template": world.objects["stay_template"].pk,
        "planned_on": str(timezone.localdate()),
    }
    return "stay-interviews/", body | fields


def an_assessment(employee: Any) -> tuple[str, dict[str, Any]]:
    return "potential-assessments/", {"employee": employee.pk, "due_on": "2099-01-01"}


def a_goal(**fields: Any) -> dict[str, Any]:
    return {"title": "Grow", "starts_on": "2026-01-01", "due_on": "2026-12-31", **fields}


def a_question(world: World, **fields: Any) -> dict[str, Any]:
    return {"asked": [world.users["stranger"].employee_id], "question": "How was it?", **fields}


def a_vacant_seat(position: Any) -> dict[str, Any]:
    return {"position": position.pk, "opened_on": timezone.localdate().isoformat(), "reason": "left"}


def a_role(position: Any) -> dict[str, Any]:
    return {"position": position.pk, "reason": "Nobody else can", "vacancy_risk": "high"}


def posted_for(who: str) -> Callable[[World], tuple[str, dict[str, Any]]]:
    """An opportunity that somebody else is to look after."""
    return lambda world: (
        "opportunities/",
        {
            "title": "Lead",
            "description": "A project",
            "org_unit": world.objects["unit"].pk,
            "owner": world.users[who].employee_id,
        },
    )


def invited(who: str) -> Callable[[World], tuple[str, dict[str, Any]]]:
    return lambda world: (
        f"opportunities/{world.objects['opportunity'].pk}/invite/",
        {"employee": world.users[who].employee_id},
    )


def said_yes(*, is_of_the_north: bool = False, **fields: Any) -> Callable[[World], tuple[str, dict[str, Any]]]:
    """A yes to an opportunity of the manager's: one in another state, or one for the north alone."""

    def ask(world: World) -> tuple[str, dict[str, Any]]:
        north = world.objects["unit"]
        units = [north] if is_of_the_north else []
        owner = world.users["manager"].employee
        return "opportunity-interests/", {
            "opportunity": OpportunityFactory(owner=owner, org_unit=north, units=units, **fields).pk
        }

    return ask


def bench_url(world: World, verb: str) -> str:
    return f"succession-plans/{world.objects['bench'].pk}/{verb}/"


def item_url(world: World, verb: str = "") -> str:
    return f"development-plans/{world.objects['plan'].pk}/items/{world.objects['item'].pk}/{verb}"


def part_url(world: World) -> str:
    return f"reviews/{world.objects['review'].pk}/parts/manager/"


REACHES = [
    Reach(
        "RoundInput.subject",
        "manager",
        "post",
        lambda world: ("feedback-rounds/", a_round(world, subject=stranger(world).pk)),
    ),
    Reach(
        "RoundInput.subject",
        "partner",
        "post",
        lambda world: ("feedback-rounds/", a_round(world, subject=stranger(world).pk)),
    ),
    Reach(
        "RoundInput.template",
        "manager",
        "post",
        lambda world: ("feedback-rounds/", a_round(world, template=world.objects["round"].template_id)),
    ),
    Reach(
        "RoundInput.review",
        "manager",
        "post",
        lambda world: ("feedback-rounds/", a_round(world, review=submitted(world, "stranger").pk)),
    ),
    Reach("EvidenceCycleInput.cycle", "manager", "post", figures("compute")),
    Reach("EvidenceCycleInput.cycle", "stranger", "post", figures("compute")),
    Reach("EvidenceSwitchInput.cycle", "manager", "post", figures("switch", is_shown=False, reason="Odd")),
    Reach("EvidenceSwitchInput.cycle", "partner", "post", figures("switch", is_shown=False, reason="Odd")),
    Reach("DecidedCycleInput.cycle", "employee", "post", whole_cycle),
    Reach("DecidedCycleInput.cycle", "manager", "post", whole_cycle),
    Reach("DecidedCycleInput.cycle", "partner", "post", whole_cycle),
    Reach("UncalibratedInput.review", "manager", "post", uncalibrated("employee")),
    Reach("UncalibratedInput.review", "employee", "post", uncalibrated("employee")),
    Reach("UncalibratedInput.review", "partner", "post", uncalibrated("stranger")),
    Reach("UncalibratedInput.review", "partner", "post", uncalibrated("leader")),
    Reach("UncalibratedInput.review", "leader", "post", uncalibrated("leader")),
    Reach("DecisionInput.review", "manager", "post", decided_again("employee")),
    Reach("DecisionInput.review", "employee", "post", decided_again("employee")),
    Reach("DecisionInput.review", "partner", "post", decided_again("stranger")),
    Reach("DecisionInput.review", "leader", "post", decided_again("leader")),
    Reach(
        "DecisionInput.rating",
        "leader",
        "post",
        lambda world: (
            "calibration-decisions/",
            {
                "review": submitted(world, "employee", revision=2).pk,
                "rating": RatingScaleFactory().levels.first().pk,
                "rationale": "From another scale",
            },
        ),
    ),
    Reach(
        "MoveInput.rating",
        "partner",
        "post",
        lambda world: (
            f"calibration-sessions/{world.objects['session'].pk}/cards/{world.objects['card'].pk}/move/",
            {"version": 1, "rating": RatingScaleFactory().levels.first().pk, "rationale": "From another scale"},
        ),
    ),
    Reach(
        "SessionInput.org_unit",
        "partner",
        "post",
        lambda world: ("calibration-sessions/", a_session(world, org_unit=south(world).pk)),
    ),
    *(
        Reach(f"{takes}.employee", who, "post", ask)
        for who, of in (("partner", "stranger"), ("manager", "employee"), ("leader", "leader"))
        for takes, ask in (
            ("FlightRiskInput", lambda world, of=of: a_risk(world.users[of].employee)),
            (
                "NewRetentionPlanInput",
                lambda world, of=of: a_retention_plan(world.users[of].employee, world.users["leader"].employee),
            ),
            ("StayPlanInput", lambda world, of=of: a_talk(world, world.users[of].employee)),
        )
    ),
    Reach(
        "StayPlanInput.template",
        "manager",
        "post",
        lambda world: a_talk(world, world.users["employee"].employee),
    ),
    Reach("SessionInput.org_unit", "partner", "post", lambda world: ("calibration-sessions/", a_session(world))),
    Reach(
        "TalentReviewInput.org_unit",
        "partner",
        "post",
        lambda world: ("talent-reviews/", {"name": "Elsewhere", "org_unit": south(world).pk}),
    ),
    Reach("RecusalInput.session", "stranger", "post", lambda world: ("calibration-recusals/", a_recusal(world))),
    Reach(
        "RecusalInput.employee",
        "manager",
        "post",
        lambda world: ("calibration-recusals/", a_recusal(world, employee=world.users["peer"].employee_id)),
    ),
    Reach(
        "RecusalInput.employee",
        "leader",
        "post",
        lambda world: ("calibration-recusals/", a_recusal(world, employee=stranger(world).pk)),
    ),
    Reach(
        "SessionInput.org_unit",
        "manager",
        "post",
        lambda world: ("calibration-sessions/", a_session(world, org_unit=world.objects["unit"].pk)),
    ),
    Reach(
        "SessionInput.cycle",
        "manager",
        "post",
        lambda world: (
            "calibration-sessions/",
            a_session(world, cycle=world.objects["draft_cycle"].pk, org_unit=world.objects["unit"].pk),
        ),
    ),
    Reach(
        "ReadinessAuditInput.org_unit",
        "partner",
        "post",
        lambda world: (
            "readiness-audits/",
            {"cycle": world.objects["cycle"].pk, "org_unit": south(world).pk},
        ),
    ),
    Reach(
        "ReadinessAuditInput.cycle",
        "manager",
        "post",
        lambda world: (
            "readiness-audits/",
            {"cycle": world.objects["draft_cycle"].pk, "org_unit": world.objects["unit"].pk},
        ),
    ),
    Reach(
        "SessionInput.parent",
        "partner",
        "post",
        lambda world: (
            "calibration-sessions/",
            a_session(world, org_unit=world.objects["unit"].pk, parent=southern_session(world).pk),
        ),
    ),
    Reach(
        "SessionChange.parent",
        "partner",
        "patch",
        lambda world: (
            f"calibration-sessions/{world.objects['session'].pk}/",
            {"parent": southern_session(world).pk},
        ),
    ),
    Reach(
        "SessionChange.org_unit",
        "partner",
        "patch",
        lambda world: (
            f"calibration-sessions/{world.objects['session'].pk}/",
            {"org_unit": south(world).pk},
        ),
    ),
    Reach("SetUpInput.below", "partner", "post", lambda world: set_up(world, below=south(world).pk)),
    Reach("SetUpInput.below", "partner", "post", lambda world: set_up(world)),
    Reach(
        "SetUpInput.parent",
        "partner",
        "post",
        lambda world: set_up(world, below=world.objects["unit"].pk, parent=southern_session(world).pk),
    ),
    Reach(
        "SetUpInput.cycle",
        "manager",
        "post",
        lambda world: set_up(world, below=world.objects["unit"].pk, cycle=world.objects["draft_cycle"].pk),
    ),
    Reach(
        "SessionTableInput.cycle",
        "manager",
        "post",
        lambda world: (
            "calibration-sessions/import/",
            {"cycle": world.objects["draft_cycle"].pk, "text": "name\nNorth"},
        ),
    ),
    Reach("CycleInput.org_units", "partner", "post", lambda world: ("cycles/", a_cycle(world, [south(world).pk]))),
    Reach("CycleInput.org_units", "partner", "post", lambda world: ("cycles/", a_cycle(world, []))),
    Reach(
        "CycleInput.org_units",
        "partner",
        "patch",
        lambda world: (f"cycles/{world.objects['draft_cycle'].pk}/", {"org_units": [south(world).pk]}),
    ),
    Reach(
        "CycleInput.org_units",
        "partner",
        "patch",
        lambda world: (f"cycles/{world.objects['draft_cycle'].pk}/", {"org_units": []}),
    ),
    Reach(
        "CycleInput.included_people",
        "partner",
        "patch",
        lambda world: (
            f"cycles/{world.objects['draft_cycle'].pk}/",
            {"included_people": [stranger(world).pk]},
        ),
    ),
    Reach(
        "ExemptionInput.employee",
        "partner",
        "post",
        lambda world: ("review-exemptions/", {"employee": stranger(world).pk, "reason": "For a while"}),
    ),
    Reach(
        "EmployeeInput.employee",
        "partner",
        "post",
        lambda world: (f"cycles/{world.objects['cycle'].pk}/late-joiners/", {"employee": stranger(world).pk}),
    ),
    Reach("AssessInput.employee", "partner", "post", lambda world: an_assessment(stranger(world))),
    Reach("AssessInput.employee", "leader", "post", lambda world: an_assessment(world.users["leader"].employee)),
    Reach(
        "AttendanceInput.step",
        "partner",
        "post",
        lambda world: (
            f"pool-members/{world.objects['pool_member'].pk}/attend/",
            {"step": PoolStepFactory().pk, "took_part": True},
        ),
    ),
    Reach(
        "NewItemInput.employee",
        "stranger",
        "post",
        lambda world: ("development-plans/items/", {"employee": world.objects["employee"].pk, "title": "Listen"}),
    ),
    Reach(
        "NewItemInput.employee",
        "partner",
        "post",
        lambda world: ("development-plans/items/", {"employee": stranger(world).pk, "title": "Listen"}),
    ),
    Reach(
        "NewItemInput.owner",
        "manager",
        "post",
        lambda world: (
            "development-plans/items/",
            {"employee": world.objects["employee"].pk, "title": "Listen", "owner": stranger(world).pk},
        ),
    ),
    Reach("ItemInput.owner", "manager", "patch", lambda world: (item_url(world), {"owner": stranger(world).pk})),
    Reach(
        "ActionInput.owner",
        "manager",
        "post",
        lambda world: (
            item_url(world, "actions/"),
            {"kind": "training", "title": "A course", "owner": stranger(world).pk},
        ),
    ),
    Reach(
        "ActionChange.owner",
        "manager",
        "patch",
        lambda world: (
            f"development-plans/{world.objects['plan'].pk}/actions/{world.objects['action'].pk}/",
            {"owner": stranger(world).pk},
        ),
    ),
    Reach(
        "EnrolInput.employee",
        "stranger",
        "post",
        lambda world: (
            "enrolments/",
            {"learning_item": world.objects["learning_item"].pk, "employee": world.objects["employee"].pk},
        ),
    ),
    Reach(
        "EnrolInput.action",
        "stranger",
        "post",
        lambda world: (
            "enrolments/",
            {
                "learning_item": world.objects["learning_item"].pk,
                "employee": stranger(world).pk,
                "action": world.objects["action"].pk,
            },
        ),
    ),
    Reach(
        "ProposalInput.mentee",
        "stranger",
        "post",
        lambda world: (
            "mentorings/",
            {"mentee": world.objects["employee"].pk, "mentor": stranger(world).pk},
        ),
    ),
    Reach(
        "ObjectiveInput.owner",
        "employee",
        "post",
        lambda world: ("objectives/", a_goal(owner=world.users["manager"].employee_id)),
    ),
    Reach("ObjectiveInput.owner", "partner", "post", lambda world: ("objectives/", a_goal(owner=stranger(world).pk))),
    Reach(
        "ObjectiveInput.parent",
        "stranger",
        "post",
        lambda world: ("objectives/", a_goal(owner=stranger(world).pk, parent=world.objects["objective"].pk)),
    ),
    Reach(
        "ObjectiveChange.owner",
        "employee",
        "patch",
        lambda world: (
            f"objectives/{world.objects['objective'].pk}/",
            {"owner": world.users["manager"].employee_id},
        ),
    ),
    Reach(
        "ObjectiveChange.parent",
        "stranger",
        "patch",
        lambda world: (
            f"objectives/{ObjectiveFactory(owner=stranger(world)).pk}/",
            {"parent": world.objects["objective"].pk},
        ),
    ),
    Reach(
        "GoalAssignInput.parent",
        "manager",
        "post",
        lambda world: (
            f"goal-templates/{world.objects['goal_template'].pk}/assign/",
            {
                "parent": ObjectiveFactory(owner=stranger(world)).pk,
                "starts_on": "2026-01-01",
                "due_on": "2026-12-31",
            },
        ),
    ),
    Reach(
        "FeedbackInput.objective",
        "peer",
        "post",
        lambda world: (
            "feedback/",
            {
                "recipient": world.objects["employee"].pk,
                "kind": "praise",
                "visibility": "recipient",
                "text": "Well done",
                "objective": world.objects["objective"].pk,
            },
        ),
    ),
    Reach(
        "FeedbackRequestInput.about",
        "peer",
        "post",
        lambda world: ("feedback-requests/", a_question(world, about=world.objects["employee"].pk)),
    ),
    Reach(
        "FeedbackRequestInput.about",
        "partner",
        "post",
        lambda world: ("feedback-requests/", a_question(world, about=world.users["leader"].employee_id)),
    ),
    Reach(
        "FeedbackRequestInput.objective",
        "peer",
        "post",
        lambda world: ("feedback-requests/", a_question(world, objective=world.objects["objective"].pk)),
    ),
    Reach(
        "OneToOneInput.person",
        "employee",
        "post",
        lambda world: (
            "one-to-ones/",
            {"person": stranger(world).pk, "rhythm": "weekly", "first_on": str(timezone.localdate())},
        ),
    ),
    Reach(
        "AgendaItemInput.one_to_one",
        "peer",
        "post",
        lambda world: ("agenda-items/", {"one_to_one": world.objects["one_to_one"].pk, "title": "Budget"}),
    ),
    Reach(
        "OneToOneActionInput.one_to_one",
        "partner",
        "post",
        lambda world: (
            "one-to-one-actions/",
            {
                "one_to_one": world.objects["one_to_one"].pk,
                "title": "Call",
                "owner": world.users["partner"].employee_id,
            },
        ),
    ),
    Reach(
        "OneToOneActionInput.owner",
        "employee",
        "post",
        lambda world: (
            "one-to-one-actions/",
            {"one_to_one": world.objects["one_to_one"].pk, "title": "Call", "owner": stranger(world).pk},
        ),
    ),
    Reach(
        "DiscussInput.meeting",
        "employee",
        "post",
        lambda world: (
            f"agenda-items/{world.objects['agenda_item'].pk}/discuss/",
            {"meeting": OneToOneFactory().meetings.get().pk},
        ),
    ),
    Reach(
        "CheckInInput.key_result",
        "stranger",
        "post",
        lambda world: (
            f"objectives/{ObjectiveFactory(owner=stranger(world)).pk}/check-ins/",
            {"key_result": world.objects["key_result"].pk, "value": "5"},
        ),
    ),
    Reach(
        "CheckInInput.key_result",
        "stranger",
        "post",
        lambda world: (
            f"objectives/{ObjectiveFactory(level='company', owner=None).pk}/check-ins/",
            {"key_result": KeyResultFactory(objective__level="company").pk, "value": "5"},
        ),
    ),
    Reach(
        "NewPlanInput.employee",
        "manager",
        "post",
        lambda world: ("improvement-plans/", {"employee": world.objects["employee"].pk}),
    ),
    Reach(
        "PlanHandOverInput.to",
        "partner",
        "post",
        lambda world: (
            f"improvement-plans/{world.objects['improvement_plan'].pk}/hand-over/",
            {"to": stranger(world).pk, "reason": "Not by a token"},
        ),
    ),
    Reach(
        "DelegateInput.to",
        "manager",
        "post",
        lambda world: (
            f"reviews/{world.objects['review'].pk}/delegate/",
            {"to": world.objects["employee"].pk, "reason": "To themselves"},
        ),
    ),
    Reach(
        "DelegateInput.to",
        "manager",
        "post",
        lambda world: (
            f"reviews/{world.objects['review'].pk}/delegate/",
            {"to": EmployeeFactory(status="left", left_on=timezone.localdate()).pk, "reason": "To nobody"},
        ),
    ),
    Reach(
        "ReassignInput.to",
        "partner",
        "post",
        lambda world: (
            f"reviews/{world.objects['review'].pk}/reassign/",
            {"to": world.objects["employee"].pk, "reason": "To themselves"},
        ),
    ),
    Reach(
        "ReassignInput.to",
        "partner",
        "post",
        lambda world: (
            f"reviews/{world.objects['review'].pk}/reassign/",
            {"to": EmployeeFactory(status="left", left_on=timezone.localdate()).pk, "reason": "To nobody"},
        ),
    ),
    Reach(
        "PartInput.overall_rating",
        "manager",
        "patch",
        lambda world: (part_url(world), {"version": 1, "overall_rating": RatingScaleFactory().levels.first().pk}),
    ),
    Reach(
        "PartInput.answers",
        "manager",
        "patch",
        lambda world: (
            part_url(world),
            {"version": 1, "answers": {str(required_question(ReviewCycleFactory()).pk): "To another question"}},
        ),
    ),
    Reach(
        "PartInput.competencies",
        "manager",
        "patch",
        lambda world: (
            part_url(world),
            {"version": 1, "competencies": {str(world.objects["competency"].pk): {"level": 3}}},
        ),
    ),
    Reach(
        "VacancyInput.position",
        "partner",
        "post",
        lambda world: ("vacancies/", a_vacant_seat(PositionFactory(org_unit=south(world)))),
    ),
    Reach(
        "VacancyInput.position",
        "leader",
        "post",
        lambda world: ("vacancies/", a_vacant_seat(seat_of(world, "leader"))),
    ),
    Reach(
        "TalentMetricsInput.org_unit",
        "partner",
        "post",
        lambda world: ("talent-metrics/", {"org_unit": south(world).pk}),
    ),
    Reach(
        "RoleInput.position",
        "partner",
        "post",
        lambda world: ("succession-plans/", a_role(PositionFactory(org_unit=south(world)))),
    ),
    Reach(
        "RoleInput.position", "leader", "post", lambda world: ("succession-plans/", a_role(seat_of(world, "leader")))
    ),
    Reach(
        "RoleInput.position", "leader", "post", lambda world: ("succession-plans/", a_role(retired_bench_with(world)))
    ),
    Reach(
        "NinetyDaysInput.owner",
        "leader",
        "post",
        lambda world: (
            bench_url(world, f"successors/{world.objects['successor'].pk}/ninety-days"),
            {"owner": EmployeeFactory().pk},
        ),
    ),
    Reach(
        "FoundExperience.experience",
        "leader",
        "post",
        lambda world: (
            bench_url(world, f"successors/{world.objects['successor'].pk}/experiences"),
            {"found": [{"experience": 1, "is_held": True}]},
        ),
    ),
    Reach(
        "NominationInput.employee",
        "leader",
        "post",
        lambda world: (
            bench_url(world, "nominate"),
            {"employee": world.users["leader"].employee_id, "readiness": "ready_now"},
        ),
    ),
    Reach(
        "NominationInput.employee",
        "partner",
        "post",
        lambda world: (
            bench_url(world, "nominate"),
            {"employee": world.users["leader"].employee_id, "readiness": "ready_now"},
        ),
    ),
    Reach(
        "OrderInput.order",
        "partner",
        "post",
        lambda world: (bench_url(world, "rank"), {"order": [SuccessorFactory().pk]}),
    ),
    Reach("OpportunityInput.owner", "manager", "post", posted_for("stranger")),
    Reach("InvitationInput.employee", "partner", "post", invited("stranger")),
    Reach("InvitationInput.employee", "leader", "post", invited("leader")),
    Reach("InvitationInput.employee", "manager", "post", invited("peer")),
    Reach("InterestInput.opportunity", "employee", "post", said_yes(state="draft")),
    Reach("InterestInput.opportunity", "stranger", "post", said_yes(is_of_the_north=True)),
]


def seat_of(world: World, who: str) -> Any:
    """A seat, taken by one of the people."""
    employee, seat = world.users[who].employee, PositionFactory(org_unit=OrgUnitFactory())
    type(employee).objects.filter(pk=employee.pk).update(position=seat)
    return seat


def retired_bench_with(world: World) -> Any:
    """The seat of a bench that the leader stood on when it was retired."""
    bench = SuccessionPlanFactory(is_active=False)
    SuccessorFactory(plan=bench, employee=world.users["leader"].employee)
    return bench.position


@pytest.mark.django_db
@pytest.mark.parametrize("reach", REACHES, ids=str)
def test_naming_what_is_out_of_reach_is_refused_and_does_nothing(reach: Reach):
    world = make_world()
    path, body = reach.ask(world)
    caller = APIClient()
    caller.force_authenticate(world.principal(reach.who))
    before = Fact.objects.count()

    with zeal_ignore():  # two ids of one kind in a body are read one after the other
        answer = getattr(caller, reach.method)(f"/api/v1/{path}", body, format="json")

    assert answer.status_code in REFUSALS, answer.content
    assert Fact.objects.count() == before


HIDDEN = {("ObjectiveInput.parent", "stranger"), ("DecisionInput.review", "partner"), ("RoleInput.position", "leader")}


@pytest.mark.django_db
@pytest.mark.parametrize("reach", [reach for reach in REACHES if (reach.field, reach.who) in HIDDEN], ids=str)
def test_what_one_may_not_see_is_refused_word_for_word_like_what_is_not_there(reach: Reach):
    world = make_world()
    path, body = reach.ask(world)
    name = reach.field.partition(".")[2]

    hidden = refusal(world, reach, path, body)
    missing = refusal(world, reach, path, body | {name: NOBODYS})

    assert hidden.replace(f'"{body[name]}\\"', f'"{NOBODYS}\\"') == missing


NOBODYS = 987654321


def refusal(world: World, reach: Reach, path: str, body: dict[str, Any]) -> str:
    """The words of a refusal, without the number of the request."""
    caller = APIClient()
    caller.force_authenticate(world.principal(reach.who))
    answer = caller.post(f"/api/v1/{path}", body, format="json")
    return json.dumps({"status": answer.status_code, **answer.json(), "request_id": None})


def test_every_field_that_names_a_row_is_tried_or_may_name_any():
    assert api_urls  # the serializers are there once the routes are
    tried = {reach.field for reach in REACHES}

    assert sorted(set(fields_that_name_rows()) - tried - ANYTHING) == []
    assert sorted(tried & ANYTHING) == []


def fields_that_name_rows() -> Iterator[str]:
    """`Serializer.field` of every input in the API that takes the id of a row."""
    for serializer in inputs(StrictSerializer):
        for name, field in serializer().fields.items():
            related = getattr(field, "child_relation", field)
            if isinstance(related, serializers.PrimaryKeyRelatedField) and not field.read_only:
                yield f"{serializer.__name__}.{name}"


def inputs(above: type[StrictSerializer]) -> Iterator[type[StrictSerializer]]:
    for below in above.__subclasses__():
        yield below
        yield from inputs(below)
