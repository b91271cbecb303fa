"""Work on everyone at once, against the same rows written by the database alone. All of it is taken back."""

from collections.abc import Iterator

from django.db import connection
from django.utils import timezone

from benchmarks.imports import measure_imports
from benchmarks.measuring import Result, run_sql, seconds, seconds_of_both, taken_back
from calibration.enums import HandOverKind
from hrportal.common.paths import AFTER_ALL_DIGITS
from hrportal.journal.delivery import deliver_due
from hrportal.journal.enums import DeliveryState
from hrportal.journal.models import Delivery, Fact, Job
from hrportal.people.models import Employee, User
from performance.actions import create_cycle, launch_cycle
from performance.actions.cycles import open_reviews
from performance.enums import CycleState
from performance.models import Review, ReviewCycle, ReviewPart
from talent.models import (
    CalibratedRating,
    DevelopmentPlan,
    MeritRecommendation,
    PlanAction,
    PlanCheckIn,
    PlanItem,
)


def measure_bulk(size: int) -> Iterator[Result]:
    """Import, launch, hand-over, and everyone below somebody."""
    yield from measure_imports(size)
    yield _launch()
    yield from _hand_over()
    yield _everyone_below()


def _launch() -> Result:
    """Reviews for everyone, with both halves and a fact each."""
    with taken_back():
        draft = ReviewCycle.objects.filter(state=CycleState.DRAFT)[0]
        cycle = create_cycle(
            by=None,
            name="Measured",
            starts_on=draft.starts_on,
            ends_on=draft.ends_on,
            template=draft.template,
            scale=draft.scale,
        )
        job = launch_cycle(cycle, by=None)
        cycle.refresh_from_db()
        taken = seconds(lambda: open_reviews(cycle, by=None, job=Job.objects.get(pk=job.pk)))
        made = Review.objects.filter(cycle=cycle).count()
        floor = _bare_launch(cycle)
    return Result("launch a cycle", made, "INSERT … SELECT", floor, taken, 4)


def _bare_launch(cycle: ReviewCycle) -> float:
    reviews, parts = Review._meta.db_table, ReviewPart._meta.db_table
    run_sql(_like("bare_review", reviews))
    run_sql(_like("bare_part", parts))
    try:
        return seconds(
            lambda: (
                run_sql(f"INSERT INTO bare_review SELECT * FROM {reviews} WHERE cycle_id = %s", [cycle.pk]),
                run_sql(
                    f"INSERT INTO bare_part SELECT p.* FROM {parts} p JOIN {reviews} r ON r.id = p.review_id"
                    " WHERE r.cycle_id = %s",
                    [cycle.pk],
                ),
            )
        )
    finally:
        run_sql("DROP TABLE bare_review")
        run_sql("DROP TABLE bare_part")


def _like(name: str, table: str) -> str:
    if connection.vendor == "postgresql":
        return f"CREATE TEMP TABLE {name} (LIKE {table} INCLUDING ALL)"
    return f"CREATE TEMP TABLE {name} AS SELECT * FROM {table} LIMIT 0"


def _hand_over() -> Iterator[Result]:
    """The last finished cycle carried to talent once more, as if nothing of it had arrived."""
    cycle = ReviewCycle.objects.filter(state=CycleState.CLOSED)[0]
    with taken_back():
        rated = CalibratedRating.objects.filter(period=cycle.name).count()
        floor = _bare_ratings(cycle)
        MeritRecommendation.objects.filter(rating__period=cycle.name).delete()
        CalibratedRating.objects.filter(period=cycle.name).delete()
        _make_due(cycle, HandOverKind.RATING)
        taken = seconds(deliver_due)
        assert CalibratedRating.objects.filter(period=cycle.name).count() == rated
    yield Result("hand over calibrated ratings", rated, "INSERT … ON CONFLICT", floor, taken, 12)
    with taken_back():
        for model in (PlanAction, PlanCheckIn, PlanItem, DevelopmentPlan):
            model.objects.all().delete()
        _make_due(cycle, HandOverKind.PLAN)
        taken = seconds(deliver_due)
        opened = DevelopmentPlan.objects.count()
    yield Result("open development plans", opened, "INSERT … ON CONFLICT", floor, taken)


def _make_due(cycle: ReviewCycle, subscriber: str) -> None:
    facts = Fact.objects.filter(
        topic="performance.review_completed", subject_id__in=Review.objects.filter(cycle=cycle).values("pk")
    )
    Delivery.objects.filter(subscriber=subscriber, fact__in=facts).update(
        state=DeliveryState.PENDING, next_try_at=timezone.now()
    )


def _bare_ratings(cycle: ReviewCycle) -> float:
    ratings = CalibratedRating._meta.db_table
    run_sql(_like("bare_rating", ratings))
    if connection.vendor != "postgresql":
        run_sql("CREATE UNIQUE INDEX bare_once ON bare_rating (source, source_version)")
    copied = f"INSERT INTO bare_rating SELECT * FROM {ratings} WHERE period = %s ON CONFLICT DO NOTHING"
    try:
        return seconds(lambda: run_sql(copied, [cycle.name]))
    finally:
        run_sql("DROP TABLE bare_rating")


def _everyone_below() -> Result:
    executive = User.objects.get(username="executive").employee
    table = Employee._meta.db_table
    found = Employee.objects.below(executive).order_by().values_list("pk", flat=True)

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id FROM {table} WHERE path > %s AND path < %s",
                [executive.path, executive.path + AFTER_ALL_DIGITS],
            )
            cursor.fetchall()

    floor, taken = seconds_of_both(bare, lambda: list(found.all()))
    return Result("everyone under an executive", found.count(), "range in SQL", floor, taken, 1.5, 1, 1)
