"""What is announced of rewards: ids and versions, never an amount or a percentage."""

from collections.abc import Sequence

from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, Entry, record, record_many
from talent.models import MeritRecommendation, PayRange, PayRecord, RewardCycle


def reward_cycle_created(cycle: RewardCycle, *, by: Actor | None) -> Fact:
    return record("talent.reward_cycle_created", cycle, by=by, version=cycle.version)


def reward_cycle_edited(cycle: RewardCycle, *, by: Actor | None) -> Fact:
    return record("talent.reward_cycle_edited", cycle, by=by, version=cycle.version)


def reward_cycle_started(cycle: RewardCycle, *, by: Actor | None) -> Fact:
    """Its recommendations are being computed."""
    return record("talent.reward_cycle_started", cycle, by=by, version=cycle.version)


def reward_cycle_computed(cycle: RewardCycle, *, by: Actor | None) -> Fact:
    return record("talent.reward_cycle_computed", cycle, by=by, version=cycle.version)


def reward_cycle_exported(cycle: RewardCycle, *, by: Actor | None) -> Fact:
    return record("talent.reward_cycle_exported", cycle, by=by, version=cycle.version)


def merit_decided(row: MeritRecommendation, *, by: Actor | None) -> Fact:
    """A person put their decision in the place of the recommendation, or took it back."""
    return record("talent.merit_decided", row, by=by, person_id=row.employee_id, version=row.version)


def merit_approved(rows: Sequence[MeritRecommendation], *, by: Actor | None) -> list[Fact]:
    entries = [Entry(row, row.employee_id, version=row.version, data={"cycle": row.cycle_id}) for row in rows]
    return record_many("talent.merit_approved", entries, by=by)


def pay_recorded(rows: Sequence[PayRecord], *, by: Actor | None) -> list[Fact]:
    return record_many("talent.pay_recorded", [Entry(row, row.employee_id) for row in rows], by=by)


def pay_ranges_recorded(rows: Sequence[PayRange], *, by: Actor | None) -> list[Fact]:
    return record_many("talent.pay_range_recorded", [Entry(row, data={"job": row.job_id}) for row in rows], by=by)
