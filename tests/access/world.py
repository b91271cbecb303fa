"""A small company with one of everything, seen from everybody's place in it.

All that can be looked at is about the `employee` (a review by their manager, a plan, a profile) or about the manager's
seat (a bench, with the `peer` on it). Who stands where:

    ceo ── leader (HR leader) ── partner (HR business partner of North)
     ├──── executive (executive) ── manager ── employee, peer        all in North
     └──── stranger                                                  in South
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.idp.oidc.models import Client
from django.utils import timezone

from calibration.models import (
    CalibrationSession,
    Card,
    Decision,
    Difference,
    EvidenceRun,
    ManagerEvidence,
    Participant,
    ReadinessAudit,
    Reconciliation,
    Recusal,
    Suggestion,
)
from hrportal.common.models import StoredFile
from hrportal.integrations.actions import create_client, create_token
from hrportal.integrations.feeds.models import BiExport, BiFile, BiRun
from hrportal.integrations.models import ApiClient
from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.integrations.scim.models import ScimClient, ScimGroup, ScimToken
from hrportal.integrations.webhooks.models import TEST_TOPIC, Endpoint, Message
from hrportal.journal.models import Delivery, Job
from hrportal.journal.recording import record
from hrportal.notices.enums import ChatService
from hrportal.notices.models import ChatConnection, Notice
from hrportal.people.enums import Role
from hrportal.people.models import (
    Employee,
    EmployeeImport,
    LegalEntity,
    ListExport,
    Location,
    PendingManager,
    RoleGrant,
    User,
)
from performance.enums import FeedbackVisibility
from performance.improvement.content import content_of_plan
from performance.models import ActionItem, AgendaItem, GuidelineShare, ImprovementStep, PartVersion
from talent.models import (
    BenchSnapshot,
    Certificate,
    ExternalSuccessor,
    GapAnalysis,
    HeadcountForecast,
    NinetyDayPlan,
    Opening,
    RefreshTask,
    SkillAssessor,
    TalentMetrics,
)
from tests.factories.development import (
    EnrolmentFactory,
    LearningItemFactory,
    MentoringFactory,
    MentoringGoalFactory,
    MentoringWishFactory,
    MentorOfferFactory,
    MentorSuggestionFactory,
)
from tests.factories.mobility import CareerStepFactory, InterestFactory, OpportunityFactory
from tests.factories.people import (
    CompetencyFactory,
    EmployeeFactory,
    JobFactory,
    OrgUnitFactory,
    PositionFactory,
    RoleProfileEntryFactory,
    make_user,
)
from tests.factories.performance import (
    FeedbackFactory,
    FeedbackRequestFactory,
    FeedbackRoundFactory,
    GoalAssignmentFactory,
    GoalPeriodFactory,
    GoalProposalFactory,
    GoalTemplateFactory,
    ImprovementPlanFactory,
    KeyResultFactory,
    ObjectiveFactory,
    OneToOneFactory,
    RaterFactory,
    ReviewCycleFactory,
    ReviewExemptionFactory,
    ReviewFactory,
    RoundTemplateFactory,
    part_of,
    rating_of,
    required_question,
)
from tests.factories.potential import (
    AspirationFactory,
    GroupAuditFactory,
    PoolMemberFactory,
    PotentialAssessmentFactory,
    PotentialFormFactory,
    PotentialRoundFactory,
    TalentPoolFactory,
)
from tests.factories.retention import (
    ExitFactory,
    FlightRiskFactory,
    FlightRiskOptOutFactory,
    RetentionActionFactory,
    RetentionPlanFactory,
    StayInterviewFactory,
    StayTemplateFactory,
)
from tests.factories.rewards import MeritRecommendationFactory, PayRangeFactory, PayRecordFactory
from tests.factories.talent import (
    CalibratedRatingFactory,
    DevelopmentPlanFactory,
    PlanActionFactory,
    PlanItemFactory,
    SkillAssessmentFactory,
    SuccessionPlanFactory,
    SuccessorFactory,
    TalentProfileFactory,
)
from tests.factories.talent_reviews import (
    ReviewMemberFactory,
    ReviewSeatFactory,
    ReviewTaskFactory,
    TalentReviewFactory,
)
from tests.talent.vacancy_rows import a_fill, a_vacancy

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
    world.objects["seat_job"] = people["manager"].position.job or JobFactory()
    world.objects["location"] = Location.objects.create(code="rome", name="Rome")
    world.objects["legal_entity"] = LegalEntity.objects.create(code="it", name="Italy")
    world.objects["pending_manager"] = PendingManager.objects.create(
        employee=people["stranger"], key="employee_number", value="later", starts_on=timezone.localdate()
    )
    world.objects["grant"] = RoleGrant.objects.get(user=users["executive"])
    _performance(world, people, north)
    _improvement(world, people)
    _one_to_ones(world, people)
    _rounds(world, people)
    _calibration(world, people, north)
    _evidence(world, people)
    _readiness(world, north)
    _talent(world, people)
    _capability(world, people, north)
    _development(world, people)
    _mobility(world, people, north)
    _potential(world, people)
    _talent_reviews(world, people, north)
    _retention(world, people)
    _rewards(world, people)
    _vacancies(world, people, north)
    _journal(world)
    _access(world)
    _handed_in(world)
    _webhooks(world)
    _provisioning(world)
    return world


def _access(world: World) -> None:
    """A system that uses the API, and a token of the employee's."""
    client, _secret = create_client("Matrix", scopes=["employees:read"])
    token, _value = create_token(
        by=world.users["employee"], name="Report", expires_on=timezone.localdate() + timedelta(days=9)
    )
    world.objects |= {
        "api_client": client.api_client,
        "client_secret": client.api_client.secrets.get(),
        "personal_token": token,
    }


def _handed_in(world: World) -> None:
    """What the manager wrote in the review that was calibrated."""
    part = part_of(world.objects["calibrated_review"])
    part.submitted_at = timezone.now()
    part.save()
    world.objects["handed_in_part"] = part


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
        "part_version": PartVersion.objects.create(part=part_of(review), version=1, content={"answers": {}}),
        "own_part": part_of(review, "self"),
        "template": draft.template,
        "section": draft.template.sections.first(),
        "question": required_question(draft),
        "exemption": ReviewExemptionFactory(employee=people["employee"]),
        "scale": draft.scale,
        "objective": objective,
        "key_result": KeyResultFactory(objective=objective),
        "goal_period": GoalPeriodFactory(),
        "goal_proposal": GoalProposalFactory(employee=people["employee"], shared_at=timezone.now()),
        "goal_template": GoalTemplateFactory(),
        "goal_assignment": GoalAssignmentFactory(org_unit=north, assigned_by=people["manager"]),
        "feedback": FeedbackFactory(
            giver=people["peer"],
            recipient=people["employee"],
            visibility=FeedbackVisibility.RECIPIENT_AND_MANAGER,
        ),
        "feedback_request": FeedbackRequestFactory(
            asker=people["employee"], about=people["employee"], asked=people["peer"]
        ),
        "competency": CompetencyFactory(),
    }


def _improvement(world: World, people: dict[str, Employee]) -> None:
    """A plan under way, which the employee has read."""
    plan = ImprovementPlanFactory(employee=people["employee"], state="acknowledged")
    step = ImprovementStep.objects.create(
        plan=plan,
        name="acknowledge_improvement_plan",
        state=plan.state,
        version=plan.version,
        content=content_of_plan(plan),
        is_for_employee=True,
    )
    world.objects |= {"improvement_plan": plan, "milestone": plan.milestones.get(), "step": step}


def _one_to_ones(world: World, people: dict[str, Employee]) -> None:
    """Talks of the manager with the employee, something on the table and something promised."""
    series = OneToOneFactory(manager=people["manager"], employee=people["employee"])
    world.objects |= {
        "one_to_one": series,
        "meeting": series.meetings.get(),
        "agenda_item": AgendaItem.objects.create(one_to_one=series, title="Budget", added_by=people["employee"]),
        "one_to_one_action": ActionItem.objects.create(one_to_one=series, title="Call", owner=people["employee"]),
    }


def _rounds(world: World, people: dict[str, Employee]) -> None:
    """A round about the employee that collects, the peer being asked, and one that is shared."""
    round_ = FeedbackRoundFactory(subject=people["employee"], state="collecting")
    world.objects |= {
        "round": round_,
        "rater": RaterFactory(round=round_, employee=people["peer"]),
        "shared_round": FeedbackRoundFactory(subject=people["employee"], state="shared"),
        "round_template": RoundTemplateFactory(),
    }


def _calibration(world: World, people: dict[str, Employee], north: Any) -> None:
    """Two more reviews of the employee: one in an open session with the manager at the table, one decided before."""
    last = ReviewCycleFactory(name="Last year", state="calibration")
    last.org_units.add(north)
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
        "calibrated_cycle": last,
        "recusal": Recusal.objects.create(
            session=session, employee=people["manager"], about=people["stranger"], reason="Family"
        ),
    }


def _evidence(world: World, people: dict[str, Employee]) -> None:
    """What figures say about the manager's ratings in the open session, and a level less for the employee."""
    card, cycle = world.objects["card"], world.objects["calibrated_cycle"]
    run = EvidenceRun.objects.create(cycle=cycle, method="test", inputs="test")
    run.pooled.add(cycle)
    finding = ManagerEvidence.objects.create(
        run=run, manager=people["manager"], basis="anchored", ratings=1, people=1, mean=3, organisation=3
    )
    world.objects |= {
        "finding": finding,
        "suggestion": Suggestion.objects.create(
            run=run,
            finding=finding,
            review=card.review,
            given=card.rating,
            proposed=rating_of(cycle, 2),
            calibrated=2.1,
            reason="lenient",
            probability=0.9,
        ),
    }


def _readiness(world: World, north: Any) -> None:
    """Audits of the north, asked for by the leader: on the page, and through a client."""
    asked = {"cycle": world.objects["cycle"], "org_unit": north, "user": world.users["leader"]}
    world.objects |= {
        "readiness_audit": ReadinessAudit.objects.create(**asked, computed_at=timezone.now()),
        "readiness_audit_of_client": ReadinessAudit.objects.create(**asked, client_id="matrix"),
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
        "skill": SkillAssessmentFactory(profile=profile, source=source, shared_at=timezone.now()),
        "plan": plan,
        "item": item,
        "action": PlanActionFactory(item=item),
        "bench": bench,
        "successor": SuccessorFactory(plan=bench, employee=people["peer"]),
    }
    successor, today = world.objects["successor"], timezone.localdate()
    world.objects |= {
        "bench_snapshot": BenchSnapshot.objects.create(plan=bench, plan_version=1, incumbent=people["manager"]),
        "external": ExternalSuccessor.objects.create(plan=bench, name="Ada Outside", named_on=today),
        "ninety_days": NinetyDayPlan.objects.create(successor=successor, starts_on=today),
    }


def _capability(world: World, people: dict[str, Employee], north: Any) -> None:
    """A certificate of the employee, the peer named as an assessor in North, a forecast, and analyses of leader and client."""
    job, today = JobFactory(family="Engineering"), timezone.localdate()
    analysis = {"until": today, "computed_at": None}
    world.objects |= {
        "skill_by_hand": SkillAssessmentFactory(
            profile=world.objects["profile"], kind="assessor", source="talent.assessor:1", shared_at=timezone.now()
        ),
        "certificate": Certificate.objects.create(
            profile=world.objects["profile"], name="Welding", issuer="Guild", issued_on=today
        ),
        "assessor": SkillAssessor.objects.create(assessor=people["peer"], org_unit=north),
        "role": RoleProfileEntryFactory(job=job).job,
        "forecast": HeadcountForecast.objects.create(job=job, org_unit=north, on=today, number=3),
        "gap_analysis": GapAnalysis.objects.create(user=world.users["leader"], reach="*", **analysis),
        "gap_analysis_of_client": GapAnalysis.objects.create(client_id="matrix", reach="*", **analysis),
    }


def _potential(world: World, people: dict[str, Employee]) -> None:
    """An assessment about the employee, asked of their manager; a nomination, and the audit of a pool."""
    assessment = PotentialAssessmentFactory(employee=people["employee"])
    pool = TalentPoolFactory(owner=people["partner"])
    world.objects |= {
        "potential_round": PotentialRoundFactory(launched_by=people["leader"]),
        "potential_assessment": assessment,
        "potential_form": PotentialFormFactory(assessment=assessment, rater=people["manager"], kind="manager"),
        "pool": pool,
        "pool_member": PoolMemberFactory(pool=pool, employee=people["employee"], nominated_by=people["partner"]),
        "group_audit": GroupAuditFactory(pool=pool, asks_why=True),
        "aspiration": AspirationFactory(employee=people["employee"]),
    }


def _talent_reviews(world: World, people: dict[str, Employee], north: Any) -> None:
    """An open meeting over the north that the partner leads, with the manager at the table and a task for them."""
    review = TalentReviewFactory(org_unit=north, facilitator=people["partner"])
    ReviewSeatFactory(review=review, employee=people["manager"])
    member = ReviewMemberFactory(review=review, employee=people["employee"])
    world.objects |= {
        "talent_review": review,
        "review_member": member,
        "review_task": ReviewTaskFactory(decision__member=member, owner=people["manager"]),
    }


def _retention(world: World, people: dict[str, Employee]) -> None:
    """What is done to keep the employee: HR's plan, with a piece for the manager, to whom nothing of it was opened."""
    plan = RetentionPlanFactory(employee=people["employee"], owner=people["leader"])
    template = StayTemplateFactory()
    world.objects |= {
        "flight_risk": FlightRiskFactory(employee=people["employee"]),
        "flight_risk_opt_out": FlightRiskOptOutFactory(org_unit=people["stranger"].org_unit),
        "retention_plan": plan,
        "retention_action": RetentionActionFactory(plan=plan, owner=people["manager"]),
        "stay_template": template,
        "stay_interview": StayInterviewFactory(
            employee=people["employee"], interviewer=people["manager"], template=template
        ),
        "exit": ExitFactory(employee=people["employee"]),
    }


def _rewards(world: World, people: dict[str, Employee]) -> None:
    """A round in which the employee is recommended an increase."""
    row = MeritRecommendationFactory(employee=people["employee"])
    world.objects |= {
        "reward_cycle": row.cycle,
        "merit_recommendation": row,
        "pay_range": PayRangeFactory(),
        "pay_record": PayRecordFactory(employee=people["employee"]),
    }


def _development(world: World, people: dict[str, Employee]) -> None:
    """The employee learns, and is mentored by the stranger."""
    mentoring = MentoringFactory(
        mentor=people["stranger"], mentee=people["employee"], state="active", started_at=timezone.now()
    )
    world.objects |= {
        "learning_item": LearningItemFactory(),
        "enrolment": EnrolmentFactory(employee=people["employee"]),
        "mentoring": mentoring,
        "mentor_offer": MentorOfferFactory(mentor=people["stranger"]),
        "mentoring_wish": MentoringWishFactory(mentee=people["employee"]),
        "mentor_suggestion": MentorSuggestionFactory(mentee=people["employee"], mentor=people["stranger"]),
        "mentoring_goal": MentoringGoalFactory(mentoring=mentoring),
    }


def _mobility(world: World, people: dict[str, Employee], north: Any) -> None:
    """The manager posted something; the employee said yes and keeps it from the manager."""
    opportunity = OpportunityFactory(owner=people["manager"], org_unit=north)
    world.objects |= {
        "career_step": CareerStepFactory(),
        "opportunity": opportunity,
        "interest": InterestFactory(opportunity=opportunity, employee=people["employee"]),
    }


def _vacancies(world: World, people: dict[str, Employee], north: Any) -> None:
    """The manager's seat will be vacant; another critical one was filled. What HR opened, a bench to look at, figures."""
    plan = SuccessionPlanFactory(position=PositionFactory(org_unit=north))
    asked = {"org_unit": north, "user": world.users["leader"]}
    world.objects |= {
        "vacancy": a_vacancy(world.objects["bench"], is_planned=True, former=people["manager"]),
        "filled_vacancy": a_fill(plan, filled=400),
        "opening": Opening.objects.create(topic="retention", org_unit=people["stranger"].org_unit, reason="A trial"),
        "refresh_task": RefreshTask.objects.create(
            kind="succession", plan=world.objects["bench"], due_on=timezone.localdate()
        ),
        "talent_metrics": TalentMetrics.objects.create(**asked),
        "talent_metrics_of_client": TalentMetrics.objects.create(**asked, client_id="matrix"),
    }


def _journal(world: World) -> None:
    fact = record(
        "performance.review_completed", world.objects["review"], by=None, person_id=world.objects["employee"].pk
    )
    world.objects["handover"] = Delivery.objects.filter(fact=fact).first()
    world.objects["reconciliation"] = Reconciliation.objects.create(outcome="different", completed=1, covered=1)
    world.objects["difference"] = Difference.objects.create(
        reconciliation=world.objects["reconciliation"],
        effect="calibration.rating_to_profile",
        kind="missing",
        mismatch="not_there",
        employee=world.objects["employee"],
        review=world.objects["review"],
    )
    world.objects["export"] = ListExport.objects.create(
        list_name="people.directory",
        format="csv",
        user=world.users["leader"],
        file=StoredFile.objects.create(content_type="text/csv"),
    )
    world.objects["export_of_client"] = ListExport.objects.create(
        list_name="people.directory",
        format="csv",
        user=world.users["leader"],
        client_id="matrix",
        file=StoredFile.objects.create(content_type="text/csv"),
    )
    world.objects["import"] = EmployeeImport.objects.create(source="hris", file_name="people.csv")
    world.objects["chat_connection"] = ChatConnection.objects.create(
        employee=world.objects["employee"],
        service=ChatService.TEAMS,
        sealed="x",
        shown="example.webhook.office.com/…abcd",
    )
    world.objects["notice"] = Notice.objects.create(
        employee=world.objects["employee"], kind="test.nothing", key="once", url="/"
    )
    world.objects["job"] = Job.objects.create(
        kind="test.nothing",
        title="Asked for by the client, for the leader",
        client_id="matrix",
        on_behalf_of_id=world.users["leader"].pk,
    )


def _webhooks(world: World) -> None:
    """An endpoint of the client, and something it is told."""
    client = Client.objects.create(id="matrix", name="Matrix")
    ApiClient.objects.create(client=client)
    endpoint = Endpoint.objects.create(client=client, url="https://hooks.example.com/", events=["*"])
    world.objects |= {
        "webhook": endpoint,
        "webhook_message": Message.objects.create(endpoint=endpoint, topic=TEST_TOPIC, webhook_id="msg_1_test_1"),
    }
    export = BiExport.objects.create(client=client, tables=["employees"])
    run = BiRun.objects.create(export=export, state="done", reach="all", format="ndjson")
    BiFile.objects.create(
        run=run, table="employees", rows=0, stored=StoredFile.objects.create(content_type="text/plain")
    )
    world.objects |= {"bi_export": export, "bi_run": run}


def _provisioning(world: World) -> None:
    """An identity provider with a token and a group."""
    client = ScimClient.objects.create(name="Okta")
    world.objects |= {
        "scim_client": client,
        "scim_token": ScimToken.objects.create(client=client, digest="0" * 64, beginning="scim_"),
        "scim_group": ScimGroup.objects.create(client=client, display_name="Readers"),
    }
