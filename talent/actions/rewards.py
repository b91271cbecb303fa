"""What happens to merit rounds. Who may do it is in rules; no amount follows from anything but a calibrated rating.

Every step locks the round. Two people stand behind every amount: whoever computed or decided it, and whoever approved it.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, StaleVersion, checked
from hrportal.common.copying import write_rows
from hrportal.journal.jobs import start_job
from hrportal.journal.models import Job
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.models import Employee, OrgUnit
from talent.actions.common import apply, refuse_stale, said
from talent.enums import Datum, LeftOut, PayPosition, RewardState
from talent.events import rewards as events
from talent.models import CalibratedRating, MeritCell, MeritRecommendation, PayRange, PayRecord, RewardCycle
from talent.scores.merit import Guideline, merit_of
from talent.staleness import stale_data, stored_data

JOB = "talent.recommend_merit"
CHUNK = 1000
EDITABLE = frozenset({"name", "period", "org_unit", "effective_on", "budget_percent", "tolerance"})
CHANGEABLE = (RewardState.DRAFT, RewardState.RECOMMENDED)
# In per cent, for the best, the middle and the lowest of a scale; between them in a straight line. What is usual where
# prices rise by about two per cent a year: a proposal to change, shown before anything is computed.
USUAL = {
    PayPosition.BELOW: (Decimal("6"), Decimal("4"), Decimal("0")),
    PayPosition.LOWER: (Decimal("5"), Decimal("3"), Decimal("0")),
    PayPosition.MIDDLE: (Decimal("4"), Decimal("2.5"), Decimal("0")),
    PayPosition.UPPER: (Decimal("3"), Decimal("1.5"), Decimal("0")),
    PayPosition.ABOVE: (Decimal("1.5"), Decimal("0.5"), Decimal("0")),
}


@transaction.atomic
def create_reward_cycle(
    *,
    by: Actor | None,
    name: str,
    period: str,
    effective_on: datetime.date,
    budget_percent: Decimal,
    tolerance: Decimal,
    org_unit: OrgUnit | None = None,
) -> RewardCycle:
    """Begin a round that rests on the calibrated ratings of a period, with the usual guideline to change."""
    cycle = RewardCycle(
        name=name,
        period=period,
        effective_on=effective_on,
        budget_percent=budget_percent,
        tolerance=tolerance,
        org_unit=org_unit,
        created_by_id=acting_id(by),
    )
    scale = _scale_of(period)
    checked(cycle).save()
    MeritCell.objects.bulk_create(usual_cells(cycle, scale))
    events.reward_cycle_created(cycle, by=by)
    return cycle


def usual_cells(cycle: RewardCycle, scale: tuple[int, int]) -> list[MeritCell]:
    """The usual guideline for a scale from its lowest to its highest value, unsaved."""
    return [
        MeritCell(cycle=cycle, rating=rating, position=position, percent=_usual(rating, scale, position))
        for rating in range(scale[0], scale[1] + 1)
        for position in PayPosition
    ]


def _scale_of(period: str) -> tuple[int, int]:
    """The lowest and the highest value that a rating of the period can have."""
    found = CalibratedRating.objects.current().filter(period=period).order_by().values_list("lowest", "highest")
    scales = set(found.distinct())
    if not scales:
        raise ActionError(_("Nobody has a calibrated rating of this period."), field="period")
    return min(lowest for lowest, _highest in scales), max(highest for _lowest, highest in scales)


def _usual(rating: int, scale: tuple[int, int], position: PayPosition) -> Decimal:
    best, middle, lowest = USUAL[position]
    if scale[0] == scale[1]:
        return middle
    place = Decimal(rating - scale[0]) / Decimal(scale[1] - scale[0])
    half = Decimal("0.5")
    percent = middle + (best - middle) * (place - half) * 2 if place >= half else lowest + (middle - lowest) * place * 2
    return percent.quantize(Decimal("0.1"))


@transaction.atomic
def edit_reward_cycle(cycle: RewardCycle, *, by: Actor | None, version: int, **changes: Any) -> RewardCycle:
    """Change what a round rests on. What was recommended is taken back: it would no longer follow from what stands there.
    Raises StaleVersion when somebody changed it since `version`."""
    cycle = _lock(cycle, *CHANGEABLE)
    refuse_stale(cycle, version, EDITABLE)
    if changes.get("period", cycle.period) != cycle.period:
        _scale_of(changes["period"])
    apply(cycle, changes, EDITABLE)
    checked(cycle)
    _begin_again(cycle)
    _touch(cycle, *changes)
    events.reward_cycle_edited(cycle, by=by)
    return cycle


@transaction.atomic
def set_guideline(
    cycle: RewardCycle, *, by: Actor | None, percents: Mapping[tuple[int, str], Decimal | None]
) -> RewardCycle:
    """Write the whole matrix; a cell that is left empty says nothing about those who would lie in it."""
    cycle = _lock(cycle, *CHANGEABLE)
    cells = [
        MeritCell(cycle=cycle, rating=rating, position=position, percent=percent)
        for (rating, position), percent in sorted(percents.items())
        if percent is not None
    ]
    if not cells:
        raise ActionError(_("Say at least one percentage."))
    for cell in cells:
        checked(cell, validate_constraints=False)
    cycle.cells.all().delete()
    MeritCell.objects.bulk_create(cells)
    _begin_again(cycle)
    _touch(cycle)
    events.reward_cycle_edited(cycle, by=by)
    return cycle


def _begin_again(cycle: RewardCycle) -> None:
    """What was recommended and decided goes with what it followed from."""
    cycle.recommendations.all().delete()
    cycle.state, cycle.computed_at = RewardState.DRAFT, None


@transaction.atomic
def start_reward_cycle(cycle: RewardCycle, *, by: Actor | None) -> Job:
    """Have the recommendations computed in the background."""
    cycle = _lock(cycle, *CHANGEABLE)
    title = _("Merit recommendations: %s") % cycle
    job = start_job(JOB, title, by=by, result_url=cycle.get_absolute_url(), cycle=cycle.pk, uncounted=acting_id(by))
    cycle.state, cycle.job_id = RewardState.COMPUTING, job.pk
    _touch(cycle, "state", "job_id")
    events.reward_cycle_started(cycle, by=by)
    return job


def recommend_merit(
    cycle: RewardCycle,
    *,
    by: Actor | None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    uncounted: int | None = None,
) -> int:
    """Write what is recommended for everybody of the round, a chunk at a time; for how many there is an amount, without
    `uncounted`, who is told the number: with their own row in it, it would tell of that.

    A repeat after an interruption goes over all again and ends the same. What people decided before is kept.
    """
    people = _population(cycle)
    done, total, guideline = 0, people.count(), cycle.guideline
    for chunk in _chunks(people):
        with transaction.atomic():
            _store(cycle, list(recommended_rows(cycle, chunk, guideline, timezone.localdate())))
        done += len(chunk)
        progress(done, total)
    with transaction.atomic():
        _forget_others(cycle, people)
        cycle = _lock(cycle, RewardState.COMPUTING)
        cycle.state, cycle.computed_at = RewardState.RECOMMENDED, timezone.now()
        _touch(cycle, "state", "computed_at")
        events.reward_cycle_computed(cycle, by=by)
    told = cycle.recommendations.payable()
    return (told.exclude(employee=uncounted) if uncounted else told).count()


def _population(cycle: RewardCycle) -> Any:
    people = Employee.objects.employed()
    return people.in_unit(cycle.org_unit) if cycle.org_unit else people


def _chunks(people: Any) -> Iterator[list[Employee]]:
    last = 0
    while chunk := list(people.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        yield chunk
        last = chunk[-1].pk


def _forget_others(cycle: RewardCycle, people: Any) -> None:
    """Those who left, or went to another unit, since it was computed last."""
    cycle.recommendations.exclude(employee__in=people).delete()


def recommended_rows(
    cycle: RewardCycle, people: Sequence[Employee], guideline: Guideline, today: datetime.date
) -> Iterator[MeritRecommendation]:
    """One unsaved row for each person, from four queries for all of them."""
    ids = [person.pk for person in people]
    ratings = CalibratedRating.objects.current().filter(period=cycle.period, profile__employee__in=ids)
    by_person = {
        rating.profile.employee_id: rating for rating in ratings.select_related("profile").order_by("rated_at")
    }
    pay = {row.employee_id: row for row in PayRecord.objects.in_force(cycle.effective_on).filter(employee__in=ids)}
    jobs = {person.job_id for person in people}
    ranges = {row.job_id: row for row in PayRange.objects.in_force(cycle.effective_on).filter(job__in=jobs)}
    stale = stale_data(ids, today, [Datum.RATING])
    for person in people:
        row = MeritRecommendation(cycle=cycle, employee=person, rating=by_person.get(person.pk))
        row.rested_on_stale = stored_data(stale.get(person.pk, ()))
        _fill_in(row, pay.get(person.pk), ranges.get(person.job_id or 0), guideline, cycle.tolerance)
        yield row


def _fill_in(
    row: MeritRecommendation,
    pay: PayRecord | None,
    range_: PayRange | None,
    guideline: Guideline,
    tolerance: Decimal,
) -> None:
    """All that is known, and then either a percentage or why there is none."""
    if pay:
        row.pay, row.currency = pay.yearly_base, pay.currency
    if range_:
        row.minimum, row.midpoint, row.maximum = range_.minimum, range_.midpoint, range_.maximum
    if row.rating is None:
        row.left_out = LeftOut.NO_RATING
    elif pay is None:
        row.left_out = LeftOut.NO_PAY
    elif range_ is None:
        row.left_out = LeftOut.NO_RANGE
    elif range_.currency != pay.currency:
        row.left_out = LeftOut.OTHER_CURRENCY
    elif merit := merit_of(row.rating.value, pay.yearly_base, range_.band, guideline, tolerance):
        row.position, row.place, row.compa_ratio = merit.position, merit.place, merit.compa_ratio
        row.percent, row.low, row.high = merit.percent, merit.low, merit.high
    else:
        row.left_out = LeftOut.NO_CELL


COMPUTED = [
    "rating",
    "pay",
    "currency",
    "minimum",
    "midpoint",
    "maximum",
    "place",
    "compa_ratio",
    "position",
    "percent",
    "low",
    "high",
    "left_out",
    "rested_on_stale",
]


def _store(cycle: RewardCycle, rows: list[MeritRecommendation]) -> None:
    """Write the rows over those that were there. A decision goes only where there is no longer an amount to decide about;
    an approval was of what stood there before."""
    there = MeritRecommendation.objects.select_for_update().filter(cycle=cycle, employee__in=[r.employee for r in rows])
    known = {row.employee_id: row for row in there.order_by("pk")}
    new = [row for row in rows if row.employee_id not in known]
    changed = []
    for row in rows:
        if stored := known.get(row.employee_id):
            for name in COMPUTED:
                setattr(stored, name, getattr(row, name))
            if stored.left_out:
                _undecide(stored)
            stored.approved_by, stored.approved_at = None, None
            stored.version += 1
            changed.append(stored)
    write_rows(new)
    MeritRecommendation.objects.bulk_update(changed, [*COMPUTED, *DECIDED, *APPROVED, "version"], batch_size=500)


APPROVED = ("approved_by", "approved_at")
DECIDED = ("decided_percent", "decided_because", "decided_by", "decided_at")


def _undecide(row: MeritRecommendation) -> None:
    row.decided_percent, row.decided_because, row.decided_by, row.decided_at = None, "", None, None


@transaction.atomic
def decide_merit(
    row: MeritRecommendation, *, by: Actor | None, percent: Decimal | None, reason: str = "", version: int | None = None
) -> MeritRecommendation:
    """Put a person's decision, with its reason, in the place of what is recommended; without a percentage the
    recommendation counts again. What lies outside the guideline is marked, not refused."""
    cycle = _lock(row.cycle, RewardState.RECOMMENDED)
    row = cycle.recommendations.select_for_update(of=("self",)).select_related("employee").get(pk=row.pk)
    if version is not None and version != row.version:
        raise StaleVersion(_("Somebody changed this meanwhile. Look at it again."), version=row.version)
    if row.left_out:
        raise ActionError(_("There is nothing to decide: %s.") % row.get_left_out_display())
    if row.approved_at:
        raise ActionError(_("This was approved already."))
    if percent is None:
        _undecide(row)
    else:
        row.decided_percent, row.decided_because = percent, said(reason, field="reason")
        row.decided_by_id, row.decided_at = acting_id(by), timezone.now()
    row.version += 1
    checked(row, exclude=["cycle", "employee", "rating"]).save()
    row.cycle = cycle
    events.merit_decided(row, by=by)
    return row


@transaction.atomic
def approve_merit(cycle: RewardCycle, *, by: Actor | None) -> int:
    """Approve all that this person may approve; how many that were. The round is approved once nobody is left.

    Nothing is approved that rests on a rating that no longer counts.
    """
    cycle = _lock(cycle, RewardState.RECOMMENDED)
    me = acting_id(by)
    waiting = MeritRecommendation.objects.to_approve_by(cycle, me).select_related("rating")
    rows = list(waiting.select_for_update(of=("self",)).order_by("pk"))
    if not rows:
        raise ActionError(
            _("There is nothing here for you to approve: another HR leader approves what you began or decided.")
        )
    if any(row.rating and row.rating.replaced_at for row in rows):
        raise ActionError(
            _("A rating was corrected since this was computed. Compute the round again, then approve it.")
        )
    for row in rows:
        row.version += 1
    chosen = MeritRecommendation.objects.filter(pk__in=[row.pk for row in rows])
    chosen.update(approved_by=me, approved_at=timezone.now())
    events.merit_approved(rows, by=by)
    if not cycle.recommendations.payable().filter(approved_at=None).exists():
        cycle.state = RewardState.APPROVED
        _touch(cycle, "state")
    return len(rows)


@transaction.atomic
def mark_exported(cycle: RewardCycle, *, by: Actor | None) -> RewardCycle:
    """The approved amounts go to payroll, once."""
    if cycle.state == RewardState.EXPORTED:
        raise ActionError(_("This round went to payroll already."))
    cycle = _lock(cycle, RewardState.APPROVED)
    cycle.state, cycle.exported_at = RewardState.EXPORTED, timezone.now()
    _touch(cycle, "state", "exported_at")
    events.reward_cycle_exported(cycle, by=by)
    return cycle


def _lock(cycle: RewardCycle, *expected: RewardState) -> RewardCycle:
    """The round under its lock, in a state the step starts from."""
    cycle = RewardCycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)
    if cycle.state not in expected:
        raise ActionError(_("This round is: %s.") % cycle.get_state_display())
    return cycle


def _touch(cycle: RewardCycle, *fields: str) -> None:
    cycle.version += 1
    cycle.save(update_fields=list({*fields, "state", "computed_at", "version", "updated_at"}))
