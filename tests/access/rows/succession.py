"""Rows of the lists of benches and vacancies."""

from typing import Any

from django.utils import timezone

from hrportal.people.models import User
from talent.actions.bench_studies import compute_bench_study
from talent.models import BenchSnapshot, BenchStudy, SnapshotSeat
from tests.access.rows.capability import behind
from tests.access.rows.kinds import Rows, named, somebody
from tests.factories.people import OrgUnitFactory, PositionFactory, RoleProfileEntryFactory
from tests.factories.talent import (
    CalibratedRatingFactory,
    SkillAssessmentFactory,
    SuccessionPlanFactory,
    SuccessorFactory,
)
from tests.talent.vacancy_rows import a_fill


def bench(reader: User, _about: Any = None) -> Any:
    """A critical seat somebody sits on, with one successor."""
    entry = RoleProfileEntryFactory(level_today=4, level_in_24_months=5, importance=5)
    seat = PositionFactory(org_unit=OrgUnitFactory(), job=entry.job)
    somebody(position=seat, job=entry.job)
    plan = SuccessionPlanFactory(position=seat, owner=somebody(), criticality=4, vacancy_risk="high")
    successor(reader, plan)
    return plan


def successor(reader: User, plan: Any) -> Any:
    """Somebody rated, and assessed below what the seat asks for."""
    person, entry = behind(reader), plan.position.job.profile.get()
    CalibratedRatingFactory(profile=person.talent_profile)
    SkillAssessmentFactory(profile=person.talent_profile, competency=entry.competency, shared_at=timezone.now())
    return SuccessorFactory(plan=plan, employee=person, rationale="Stood in twice")


def snapshot(reader: User) -> BenchSnapshot:
    return BenchSnapshot.objects.create(plan=bench(reader), plan_version=1)


def seat(_reader: User, snapshot: BenchSnapshot) -> SnapshotSeat:
    return SnapshotSeat.objects.create(
        snapshot=snapshot,
        employee=somebody(),
        readiness="ready_now",
        state="approved",
        assessed_on=timezone.localdate(),
    )


def studied(reader: User, study: BenchStudy) -> None:
    """A bench more, and all of them studied anew."""
    bench(reader)
    study.computed_at = None
    compute_bench_study(study, by=reader, reader=reader)


ROWS = {
    "talent.bench_chart": Rows(bench),
    "talent.bench_snapshot": Rows(seat, snapshot, named("snapshot")),
    "talent.benches": Rows(bench),
    "talent.exposed_roles": Rows(studied, lambda reader: BenchStudy.objects.create(user=reader)),
    "talent.successor_gaps": Rows(successor, bench, named("plan")),
    "talent.successors": Rows(bench),
    "talent.successors_compared": Rows(successor, bench, named("plan")),
    "talent.vacancies": Rows(lambda reader, _: a_fill(bench(reader), by=somebody())),
}
