"""Figures of a company of 100,000 that is calibrated, with two cycles before; all of it is taken back."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import Max, Model

from benchmarks.measuring import Result, run_sql, seconds, taken_back
from calibration.actions.evidence import compute_evidence
from calibration.models import EvidenceRun
from hrportal.people.models import Competency, Employee
from performance.enums import CycleState, ReviewState, Side
from performance.models import CompetencyRating, Objective, RatingLevel, Review, ReviewCycle, ReviewPart

RATED, TEAM, COMPETENCIES = 100_000, 8, 4
MOST_SECONDS, MOST_TIMES = 5, 6
CYCLES = ((2033, ReviewState.IN_CALIBRATION), (2032, ReviewState.COMPLETED), (2031, ReviewState.COMPLETED))


def measure_evidence(size: int = RATED) -> Iterator[Result]:
    """Gathering, computing and storing, against the bare reading of the rows that go in."""
    with taken_back():
        cycles = _make(size)
        floor = seconds(lambda: _read(cycles))
        taken = seconds(lambda: compute_evidence(cycles[0], by=None))
        run = EvidenceRun.objects.get(cycle=cycles[0])
        made, suggested = run.findings.count(), run.suggestions.count()
        again = seconds(lambda: compute_evidence(cycles[0], by=None))
    print(
        f"evidence: {run.ratings:,} ratings × {len(cycles)} cycles, {made:,} managers, {suggested:,} suggestions: {taken:.2f} s (promised {MOST_SECONDS} s on a machine of its own)"
    )
    name = f"figures of {len(cycles)} cycles, computed and kept"
    yield Result(name, run.ratings, "reading the rows", floor, taken, MOST_TIMES)
    yield Result("the same, nothing changed", run.ratings, "reading the rows", floor, again)


def _read(cycles: list[ReviewCycle]) -> None:
    """Every number that goes in, once, into Python."""
    rated = Review.objects.filter(cycle__in=cycles).order_by().values_list("pk", "cycle", "reviewer", "employee")
    given = CompetencyRating.objects.filter(part__review__cycle=cycles[0]).order_by()
    list(rated.annotate(value=Max("proposed_rating__value")))
    list(given.values_list("part__review", "competency", "level"))
    list(
        Objective.objects.filter(owner__employee_number__startswith="bench").order_by().values_list("owner", "progress")
    )


def _make(size: int) -> list[ReviewCycle]:
    """People, reviews, goals and competencies, written by the database itself."""
    model = ReviewCycle.objects.filter(is_calibrated=True)[0]
    cycles = [_cycle(model, year) for year, _state in CYCLES]
    template = Employee(employee_number="", first_name="Bench", last_name="Person")
    text = "LPAD(CAST(n AS text), 9, '0')" if connection.vendor == "postgresql" else "PRINTF('%%09d', n)"
    _fill(
        Employee,
        f"{_numbers(size)} ORDER BY n",
        template,
        employee_number=f"'bench' || {text}",
        path=f"'~' || {text}",
        work_email=f"{text} || '@bench.example'",
    )
    first = Employee.objects.filter(employee_number__startswith="bench").order_by("pk")[0].pk
    for place, (cycle, (_year, state)) in enumerate(zip(cycles, CYCLES, strict=True)):
        _rate(cycle, state, place, size, first)
    _rate_competencies(cycles[0], size)
    if connection.vendor == "postgresql":
        run_sql("ANALYZE")
    return cycles


def _cycle(model: ReviewCycle, year: int) -> ReviewCycle:
    return ReviewCycle.objects.create(
        name=f"Bench {year}",
        starts_on=datetime.date(year, 1, 1),
        ends_on=datetime.date(year, 12, 31),
        state=CycleState.CALIBRATION,
        template=model.template,
        scale=model.scale,
    )


def _rate(cycle: ReviewCycle, state: ReviewState, place: int, size: int, first: int) -> None:
    """A rating made of performance, the manager's leniency and error; a goal made of performance and error."""
    levels = dict(RatingLevel.objects.filter(scale=cycle.scale_id).values_list("value", "pk"))
    performance = f"(({_chance('n', 1)} + {_chance('n', 2)} + {_chance('n', 3)} - 1.5) * 1.2)"
    leniency = f"(({_chance(f'(n / {TEAM})', 4)} + {_chance(f'(n / {TEAM})', 5)} - 1) * 1.2)"
    error = f"(({_chance('n', 6 + place)} + {_chance('n', 9 + place)} - 1) * 1.4)"
    points = f"({performance} + {leniency} + {error} + 3.2)"
    below = " ".join(f"WHEN {points} < {value + 0.5} THEN {levels[value]}" for value in sorted(levels)[:-1])
    finished = (
        {}
        if state == ReviewState.IN_CALIBRATION
        else {"completed_at": "CURRENT_TIMESTAMP", "final_is_calibrated": _true()}
    )
    _fill(
        Review,
        _numbers(size),
        Review(cycle=cycle, state=state),
        employee_id=f"{first} + n",
        reviewer_id=f"{first} + n / {TEAM}",
        proposed_rating_id=f"CASE {below} ELSE {levels[max(levels)]} END",
        **finished,
    )
    noise = f"({_chance('n', 12 + place)} + {_chance('n', 15 + place)} - 1)"
    goal = Objective(title="Bench", starts_on=cycle.starts_on, due_on=cycle.ends_on)
    _fill(
        Objective,
        _numbers(size),
        goal,
        owner_id=f"{first} + n",
        progress=f"ROUND(50 + 16 * {performance} + 40 * {noise}, 2)",
        path="''",
    )


def _rate_competencies(cycle: ReviewCycle, size: int) -> None:
    of_cycle = f"FROM {Review._meta.db_table} r WHERE r.cycle_id = {cycle.pk}"
    _fill(ReviewPart, of_cycle, ReviewPart(side=Side.MANAGER), review_id="r.id")
    for competency in Competency.objects.all()[:COMPETENCIES]:
        parts = f"FROM {ReviewPart._meta.db_table} p JOIN {Review._meta.db_table} r ON r.id = p.review_id"
        _fill(
            CompetencyRating,
            f"{parts} WHERE r.cycle_id = {cycle.pk} AND p.side = 'manager'",
            CompetencyRating(competency=competency),
            part_id="p.id",
            level=f"1 + MOD(r.id * 7919 + {competency.pk} * 31, 5)",
        )


def _fill(model: type[Model], source: str, template: Model, **expressions: str) -> None:
    """One row for each row of the source: columns from expressions, the rest as on the template."""
    quote = connection.ops.quote_name
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    params: list[Any] = []
    values = []
    for field in fields:
        if field.attname in expressions:
            values.append(expressions[field.attname])
        else:
            values.append(f"CAST(%s AS {field.db_type(connection)})")
            params.append(field.get_db_prep_save(field.pre_save(template, True), connection))
    columns = ", ".join(quote(str(field.column)) for field in fields)
    run_sql(f"INSERT INTO {quote(model._meta.db_table)} ({columns}) SELECT {', '.join(values)} {source}", params)


def _numbers(size: int) -> str:
    if connection.vendor == "postgresql":
        return f"FROM generate_series(0, {size - 1}) AS numbers (n)"
    series = f"WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < {size - 1})"
    return f"FROM ({series} SELECT n FROM numbers) AS numbers"


def _chance(of: str, salt: int) -> str:
    """A number between 0 and 1 that looks drawn by lot and is the same every time."""
    return f"(MOD(MOD({of} * CAST({7919 + 1031 * salt} AS bigint), 10007) * {of} + {salt * 613}, 10007) / 10007.0)"


def _true() -> str:
    return "TRUE" if connection.vendor == "postgresql" else "1"
