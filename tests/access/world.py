"""A small company with one of everything, seen from everybody's place in it.

All that can be looked at is about the `employee` (a review by their manager, a plan, a profile) or about the manager's
seat (a bench, with the `peer` on it). Who stands where:

    ceo ── leader (HR leader) ── partner (HR business partner of North)
     ├──── executive (executive) ── manager ── employee, peer        all in North
     └──── stranger                                                  in South
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from calibration.models import CalibrationSession, Card, Decision, Participant
from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.models import Delivery, Job
from hrportal.journal.recording import record
from hrportal.people.enums import Role
from hrportal.people.models import Employee, RoleGrant, User
from performance.enums import FeedbackVisibility
from performance.models import GuidelineShare
from tests.factories.people import CompetencyFactory, EmployeeFactory, OrgUnitFactory, PositionFactory, make_user
from tests.factories.performance import (
    FeedbackFactory,
    KeyResultFactory,
    ObjectiveFactory,
    ReviewCycleFactory,
    ReviewFactory,
    part_of,
    rating_of,
)
from tests.factories.talent import (
    CalibratedRatingFactory,
    DevelopmentPlanFactory,
    PlanActionFactory,
    PlanItemFactory,
    SuccessionPlanFactory,
    SuccessorFactory,
    TalentProfileFactory,
)

PEOPLE = ("employee", "peer", "manager", "executive", "partner", "leader", "stranger", "admin")
COLUMNS = ("anonymous", *PEOPLE, "client")
EVERY_SCOPE = frozenset(Scope.values)


@dataclass
class World:
    """The accounts by their place, and the objects that URLs lead to, by the name of their kind."""

    users: dict[str, User]
    objects: dict[str, Any] = field(default_factory=dict)

    def principal(self, column: str) -> Any:
        """Who a column is to the API: a client with every scope, alone or acting for a person; nobody for anonymous."""
        if column == "client":
            return ClientPrincipal("matrix", EVERY_SCOPE)
        user = self.users.get(column)
        return user and ActingPrincipal("matrix", EVERY_SCOPE, User.objects.get(pk=user.pk))


def make_world() -> World:
    """Build it."""
    company = OrgUnitFactory(name="Company")
    north, south = OrgUnitFactory(name="North", parent=company), OrgUnitFactory(name="South", parent=company)
    people = _people(company, north, south)
    users = {
        "employee": make_user(employee=people["employee"]),
        "peer": make_user(employee=people["peer"]),
        "manager": make_user(employee=people["manager"]),
        "executive": make_user(Role.EXECUTIVE, employee=people["executive"], unit=north),
        "partner": make_user(Role.HRBP, employee=people["partner"], unit=north),
        "leader": make_user(Role.HR_LEADER, employee=people["leader"]),
        "stranger": make_user(employee=people["stranger"]),
        "admin": make_user(Role.ADMIN),
    }
    world = World(users)
    world.objects |= {"employee": people["employee"], "unit": north, "account": users["peer"]}
    world.objects["seat"] = people["manager"].position
    world.objects["grant"] = RoleGrant.objects.get(user=users["executive"])
    _performance(world, people, north)
    _calibration(world, people, north)
    _talent(world, people)
    _journal(world)
    return world


def _people(company: Any, north: Any, south: Any) -> dict[str, Employee]:
    ceo = EmployeeFactory(org_unit=company)
    leader = EmployeeFactory(manager=ceo, org_unit=company)
    executive = EmployeeFactory(manager=ceo, org_unit=north)
    manager = EmployeeFactory(manager=executive, org_unit=north, position=PositionFactory(org_unit=north))
    return {
        "leader": leader,
        "partner": EmployeeFactory(manager=leader, org_unit=company),
        "executive": executive,
        "manager": manager,
        "employee": EmployeeFactory(manager=manager, org_unit=north),
        "peer": EmployeeFactory(manager=manager, org_unit=north),
        "stranger": EmployeeFactory(manager=ceo, org_unit=south),
    }


def _performance(world: World, people: dict[str, Employee], north: Any) -> None:
    cycle = ReviewCycleFactory(name="This year", state="calibration", manager_due_on=timezone.localdate())
    cycle.org_units.add(north)
    GuidelineShare.objects.create(cycle=cycle, value=3, percent=100)
    draft = ReviewCycleFactory(name="Next year", state="draft")
    draft.org_units.add(north)
    review = ReviewFactory(cycle=cycle, employee=people["employee"], state="manager_review")
    objective = ObjectiveFactory(owner=people["employee"])
    world.objects |= {
        "cycle": cycle,
        "draft_cycle": draft,
        "review": review,
        "part": part_of(review),
        "own_part": part_of(review, "self"),
        "template": draft.template,
        "section": draft.template.sections.first(),
        "scale": draft.scale,
        "objective": objective,
        "key_result": KeyResultFactory(objective=objective),
        "feedback": FeedbackFactory(
            giver=people["peer"],
            recipient=people["employee"],
            visibility=FeedbackVisibility.RECIPIENT_AND_MANAGER,
        ),
        "competency": CompetencyFactory(),
    }


def _calibration(world: World, people: dict[str, Employee], north: Any) -> None:
    """Two more reviews of the employee: one in an open session with the manager at the table, one decided before."""
    last = ReviewCycleFactory(name="Last year", state="calibration")
    rating = rating_of(last, 3)
    review = ReviewFactory(cycle=last, employee=people["employee"], state="in_calibration", proposed_rating=rating)
    session = CalibrationSession.objects.create(
        name="North", cycle=last, org_unit=north, facilitator=people["partner"], state="open"
    )
    Participant.objects.create(session=session, employee=people["manager"])
    decided = ReviewFactory(cycle=ReviewCycleFactory(name="Before"), employee=people["employee"], state="calibrated")
    rated = rating_of(decided.cycle, 3)
    decision = Decision.objects.create(review=decided, proposed_rating=rated, rating=rated)
    world.objects |= {
        "session": session,
        "card": Card.objects.create(session=session, review=review, proposed_rating=rating, rating=rating),
        "calibrated_review": review,
        "decision": decision,
    }


def _talent(world: World, people: dict[str, Employee]) -> None:
    profile = TalentProfileFactory(employee=people["employee"])
    source = f"performance.review:{world.objects['calibrated_review'].pk}"
    bench = SuccessionPlanFactory(position=people["manager"].position)
    plan = DevelopmentPlanFactory(employee=people["employee"])
    item = PlanItemFactory(plan=plan, shared_at=timezone.now())
    world.objects |= {
        "profile": profile,
        "rating": CalibratedRatingFactory(profile=profile, source=source),
        "plan": plan,
        "item": item,
        "action": PlanActionFactory(item=item),
        "bench": bench,
        "successor": SuccessorFactory(plan=bench, employee=people["peer"]),
    }


def _journal(world: World) -> None:
    fact = record(
        "performance.review_completed", world.objects["review"], by=None, person_id=world.objects["employee"].pk
    )
    world.objects["handover"] = Delivery.objects.filter(fact=fact).first()
    world.objects["job"] = Job.objects.create(
        kind="test.nothing", title="Asked for by the leader", requested_by_id=world.users["leader"].pk
    )
