"""Whether successors stay and are willing, as far as a reader may know it, and what that makes of benches.

Whether somebody stays comes from the newest flight risk; whether they are willing only from what they said themselves.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.enums import LeadershipWish, RiskLevel, SuccessorState
from talent.models import Aspiration, FlightRisk, Successor
from talent.scores.bench import BenchScore, Chance, bench_score

# That somebody is still here in a year: documented defaults, no measurement.
STAY_OF: dict[str, float] = {RiskLevel.LOW: 0.95, RiskLevel.MEDIUM: 0.8, RiskLevel.HIGH: 0.5}


class Willing(StrEnum):
    """What a person said about a role; nobody guesses it for them."""

    YES = "yes"
    NO = "no"
    OTHER_ROLES = "other_roles"
    NOT_ASKED = "not_asked"

    @property
    def counts_as(self) -> bool | None:
        """Who named other roles has not said no to this one."""
        return {Willing.YES: True, Willing.NO: False}.get(self)


WILLING_WORDS: dict[Willing, Promise | str] = {
    Willing.YES: _("Named this role"),
    Willing.NO: _("Does not want to lead people"),
    Willing.OTHER_ROLES: _("Named other roles"),
    Willing.NOT_ASKED: _("Said nothing about it yet"),
}


@dataclass(frozen=True)
class Wish:
    """What somebody said about roles and leading."""

    jobs: frozenset[int]
    leading: str


@dataclass(frozen=True)
class Known:
    """What a reader knows of successors beside their places: flight risks and wishes by employee; which seats lead people."""

    risks: dict[int, str]
    wishes: dict[int, Wish]
    leading: frozenset[int]

    def stay(self, employee_id: int) -> float | None:
        return STAY_OF.get(self.risks.get(employee_id, ""))

    def willing(self, employee_id: int, job_id: int | None, incumbent_id: int | None) -> Willing:
        """What they said about this role: named it, named others, or do not want to lead people, which it asks for."""
        wish = self.wishes.get(employee_id)
        if wish is None:
            return Willing.NOT_ASKED
        if job_id in wish.jobs:
            return Willing.YES
        if wish.leading == LeadershipWish.NO and incumbent_id in self.leading:
            return Willing.NO
        return Willing.OTHER_ROLES if wish.jobs else Willing.NOT_ASKED

    def chance(self, successor: Successor) -> Chance:
        """What somebody adds to a bench, read with its position and incumbent."""
        plan = successor.plan
        incumbent = plan.incumbent
        willing = self.willing(successor.employee_id, plan.position.job_id, incumbent.pk if incumbent else None)
        return Chance(successor.readiness, self.stay(successor.employee_id), willing.counts_as)


def known_of(employee_ids: Collection[int], incumbent_ids: Collection[int], user: Principal) -> Known:
    """What this reader knows of these people; four queries, however many they are."""
    risks = FlightRisk.objects.visible_to(user).current().filter(employee__in=employee_ids).order_by()
    wishes = Aspiration.objects.visible_to(user).current().filter(employee__in=employee_ids).order_by()
    leading = Employee.objects.employed().filter(manager__in=incumbent_ids).order_by()
    return Known(
        dict(risks.values_list("employee", "likelihood")),
        {
            wish.employee_id: Wish(frozenset(job.pk for job in wish.jobs.all()), wish.leading)
            for wish in wishes.prefetch_related("jobs")
        },
        frozenset(pk for pk in leading.values_list("manager", flat=True) if pk is not None),
    )


def counting(bench: Iterable[Successor]) -> list[Successor]:
    """Those who count: approved, here, and not in the seat themselves by now."""
    approved = [each for each in bench if each.state == SuccessorState.APPROVED]
    return [each for each in approved if not (each.employee.has_left or each.has_the_seat)]


def score_of_bench(bench: Iterable[Successor], known: Known) -> BenchScore:
    """How strong the bench is with those who count."""
    return bench_score([known.chance(each) for each in counting(bench)])


def known_of_plans(plans: Sequence[Any], user: Principal) -> Known:
    """The same for all benches of some plans, read `with_bench`."""
    people = {each.employee_id for plan in plans for each in plan.bench}
    incumbents = {plan.incumbent.pk for plan in plans if plan.incumbent}
    for plan in plans:
        for each in plan.bench:
            each.plan = plan
    return known_of(people, incumbents, user)
