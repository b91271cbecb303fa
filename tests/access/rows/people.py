"""Rows of the lists of profiles, plans, learning, mentoring, potential, pay, and of what is to be looked at again."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from hrportal.people.models import User
from talent.actions.metrics import compute_metrics
from talent.models import GroupAudit, Opening, RefreshTask, TalentMetrics
from tests.access.rows.kinds import Rows, named, somebody
from tests.factories.development import (
    EnrolmentFactory,
    LearningItemFactory,
    MentoringFactory,
    MentorSuggestionFactory,
)
from tests.factories.people import CompetencyFactory, OrgUnitFactory, PositionFactory
from tests.factories.potential import (
    GroupAuditFactory,
    PoolMemberFactory,
    PotentialAssessmentFactory,
    PotentialFormFactory,
    PotentialRoundFactory,
    TalentPoolFactory,
)
from tests.factories.rewards import MeritRecommendationFactory, PayRangeFactory, RewardCycleFactory
from tests.factories.talent import (
    CalibratedRatingFactory,
    DevelopmentPlanFactory,
    PlanActionFactory,
    PlanItemFactory,
    SuccessionPlanFactory,
)

TODAY = timezone.localdate()


def refreshes(_reader: User, _about: Any) -> None:
    """Something to look at again about a person, and about a bench."""
    plan = SuccessionPlanFactory(position=PositionFactory(org_unit=OrgUnitFactory()))
    RefreshTask.objects.create(kind="potential", employee=somebody(), owner=somebody(), due_on=TODAY)
    RefreshTask.objects.create(kind="succession", plan=plan, owner=somebody(), due_on=TODAY)


def opening(_reader: User, _about: Any) -> Opening:
    people = {"opened_by": somebody(), "closed_by": somebody(), "closed_at": timezone.now()}
    return Opening.objects.create(topic="retention", org_unit=OrgUnitFactory(), reason="A trial", **people)


def metrics(reader: User) -> TalentMetrics:
    return TalentMetrics.objects.create(user=reader)


def measured(reader: User, metrics: TalentMetrics) -> None:
    """A high performer more, and the figures measured anew."""
    rated(reader, value=5, rated_at=timezone.now() - timedelta(days=730))
    metrics.computed_at = None
    compute_metrics(metrics, by=reader, reader=reader)


def rated(_reader: User, _about: Any = None, **fields: Any) -> Any:
    return CalibratedRatingFactory(profile__employee=somebody(), **fields)


def plan_item(_reader: User, plan: Any = None) -> Any:
    """An item with an action done, in a plan of somebody's own unless it is of one."""
    plan = plan or DevelopmentPlanFactory(employee=somebody())
    item = PlanItemFactory(
        plan=plan, competency=CompetencyFactory(), owner=somebody(), shared_at=timezone.now(), due_on=TODAY
    )
    PlanActionFactory(item=item, done_at=timezone.now())
    return item


def pool(_reader: User, _about: Any = None) -> Any:
    return TalentPoolFactory(owner=somebody(), org_unit=OrgUnitFactory())


def pool_member(reader: User, pool: Any) -> Any:
    rating = rated(reader)
    return PoolMemberFactory(pool=pool, employee=rating.profile.employee, nominated_by=somebody())


def audited(_reader: User, audit: GroupAudit) -> None:
    """One group more in an audit."""
    line = {"attribute": "age", "group": f"group {len(audit.lines)}", "count": 9, "chosen": 3, "is_small": False}
    audit.lines = [*audit.lines, line | {"rate": 0.33, "ratio": 0.9, "p": 0.5, "asks_why": False}]
    audit.save()


def assessment(_reader: User, round_: Any) -> Any:
    row = PotentialAssessmentFactory(employee=somebody(), round=round_, opened_by=somebody())
    PotentialFormFactory(assessment=row, rater=somebody())
    return row


def merit(_reader: User, cycle: Any) -> Any:
    """A recommendation that was approved."""
    return MeritRecommendationFactory(cycle=cycle, employee=somebody(), approved_by=somebody())


def mentoring(_reader: User, _about: Any) -> Any:
    return MentoringFactory(
        mentor=somebody(), mentee=somebody(), proposed_by=somebody(), state="active", started_at=timezone.now()
    )


ROWS = {
    "talent.enrolments": Rows(
        lambda *_: EnrolmentFactory(employee=somebody(), learning_item__competency=CompetencyFactory())
    ),
    "talent.group_audit": Rows(audited, lambda _: GroupAuditFactory(lines=[]), named("audit")),
    "talent.learning": Rows(lambda *_: LearningItemFactory(competency=CompetencyFactory())),
    "talent.mentor_matches": Rows(lambda *_: MentorSuggestionFactory(mentor=somebody(), mentee=somebody())),
    "talent.mentorings": Rows(mentoring),
    "talent.merit": Rows(merit, lambda _: RewardCycleFactory(state="recommended"), named("cycle")),
    "talent.merit_rounds": Rows(lambda reader, _: merit(reader, RewardCycleFactory(org_unit=OrgUnitFactory()))),
    "talent.metrics": Rows(measured, metrics, named("metrics"), is_counted=True),
    "talent.openings": Rows(opening),
    "talent.pay_ranges": Rows(lambda *_: PayRangeFactory()),
    "talent.payroll": Rows(merit, lambda _: RewardCycleFactory(state="exported"), named("cycle")),
    "talent.plan_items": Rows(plan_item, lambda _: DevelopmentPlanFactory(employee=somebody()), named("plan")),
    "talent.plans": Rows(plan_item),
    "talent.pool_members": Rows(pool_member, pool, named("pool")),
    "talent.pools": Rows(lambda reader, _: pool_member(reader, pool(reader))),
    "talent.potential_assessments": Rows(assessment, lambda _: PotentialRoundFactory(), named("round")),
    "talent.potential_forms": Rows(
        lambda reader, _: PotentialFormFactory(assessment__employee=somebody(), rater=reader.employee)
    ),
    "talent.potential_rounds": Rows(lambda *_: PotentialRoundFactory(launched_by=somebody())),
    "talent.profiles": Rows(rated),
    "talent.refresh_tasks": Rows(refreshes),
}
