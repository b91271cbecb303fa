"""What became of people: high performers who left, and seats that successors took."""

import datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from calibration.enums import Question
from calibration.readiness.population import Population
from calibration.readiness.ratings import Figures
from hrportal.people.enums import EmploymentStatus, LeaveReason
from hrportal.people.models import Employee, Employment
from talent.enums import SuccessorState
from talent.models import CalibratedRating, FlightRisk, PlanAction, RetentionPlan, SuccessionPlan, Successor
from talent.retention.foresight import LOOK_BACK, RAISED

A_YEAR = datetime.timedelta(days=365)


def measure(people: Population) -> Figures:
    """The figures of this module, by question."""
    return {**_leaving(people), Question.PLACED: _placed(people)}


def _leaving(people: Population) -> Figures:
    """High performers who left of their own will in the last twelve months: of all there were, and those of them for whom
    nothing was under way. `leavers` and `unexplained` say how much is known of exits at all."""
    left = Employee.objects.visible_to(people.user).filter(people.inside(""), status=EmploymentStatus.LEFT)
    within = _with_strength(left, people).filter(left_on__range=(people.today - A_YEAR, people.today)).order_by()
    within = within.annotate(was_cared_for=_something_under_way(people))
    lost = Q(is_strong=True, leave_reason=LeaveReason.VOLUNTARY)
    counts = within.aggregate(
        leavers=Count("pk"),
        unexplained=Count("pk", filter=Q(leave_reason="")),
        lost=Count("pk", filter=lost),
        unseen=Count("pk", filter=lost & Q(was_cared_for=False)),
    )
    stayed = _with_strength(people.employed(), people).filter(is_strong=True).count()
    known = {"leavers": counts["leavers"], "unexplained": counts["unexplained"]}
    return {
        Question.LOSSES: {"part": counts["lost"], "whole": counts["lost"] + stayed, **known},
        Question.UNSEEN: {"part": counts["unseen"], "whole": counts["lost"], **known},
    }


def _with_strength(employees: QuerySet[Employee], people: Population) -> QuerySet[Any]:
    """With `is_strong`: the newest calibrated rating lies in the upper quarter of its scale (4 or 5 of 5)."""
    strong = Case(When(value__gte=(F("lowest") + 3 * F("highest")) / 4.0, then=Value(True)), default=Value(False))
    ratings = CalibratedRating.objects.visible_to(people.user).current().filter(profile__employee=OuterRef("pk"))
    newest = ratings.newest_first().annotate(is_high=strong)
    return employees.annotate(is_strong=Subquery(newest.values("is_high")[:1]))


def _something_under_way(people: Population) -> Any:
    """Before the last day an action was agreed in their plan, they stood on a bench, or they were seen coming: a raised
    flight risk or a retention plan."""
    actions = PlanAction.objects.visible_to(people.user).filter(
        item__plan__employee=OuterRef("pk"), item__created_at__date__lte=OuterRef("left_on")
    )
    benches = Successor.objects.visible_to(people.user).filter(
        employee=OuterRef("pk"), created_at__date__lte=OuterRef("left_on")
    )
    since = ExpressionWrapper(OuterRef("left_on") - LOOK_BACK, output_field=DateField())
    risks = FlightRisk.objects.visible_to(people.user).filter(
        employee=OuterRef("pk"), likelihood__in=RAISED, assessed_on__range=(since, OuterRef("left_on"))
    )
    plans = RetentionPlan.objects.visible_to(people.user).filter(
        Q(closed_on=None) | Q(closed_on__gte=since), employee=OuterRef("pk"), opened_on__lte=OuterRef("left_on")
    )
    return Exists(actions) | Exists(benches) | Exists(risks) | Exists(plans)


def _placed(people: Population) -> dict[str, int]:
    """Critical roles taken by somebody from their bench, of all that changed hands since they have a plan. `outside`: by
    somebody newly hired. `roles`: how many critical roles there are."""
    plans = SuccessionPlan.objects.visible_to(people.user).filter(people.here("position__org_unit__"))
    earlier = Employment.objects.filter(
        employee=OuterRef("employee"), position=OuterRef("position"), starts_on__lt=OuterRef("starts_on")
    )
    taken = Employment.objects.filter(
        ~Exists(earlier),
        position__succession_plan__in=plans.order_by().values("pk"),
        position__succession_plan__created_at__date__lt=F("starts_on"),
        starts_on__lte=people.today,
    ).order_by()
    # Whoever takes the seat leaves the bench that day or later; who was only proposed, or taken off before, did not stand there.
    until_then = Q(state=SuccessorState.APPROVED)
    until_then |= Q(approved_at__isnull=False, removed_at__date__gte=OuterRef("starts_on"))
    stood_there = Successor.objects.visible_to(people.user).filter(
        until_then,
        plan__position=OuterRef("position"),
        employee=OuterRef("employee"),
        created_at__date__lte=OuterRef("starts_on"),
    )
    counts = taken.aggregate(
        part=Count("pk", filter=Exists(stood_there)),
        whole=Count("pk"),
        outside=Count("pk", filter=Q(employee__hired_on__gte=F("starts_on"))),
    )
    return {**counts, "roles": plans.count()}
