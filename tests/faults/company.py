"""A company in which every review waits for one thing: to be completed."""

import datetime
from collections.abc import Iterable, Sequence

from django.db import transaction

from calibration.enums import SessionState
from calibration.models import CalibrationSession, Decision
from hrportal.common.paths import encode
from hrportal.people.models import Competency, Employee, Job, RoleProfileEntry
from performance.actions import complete_reviews, share_reviews
from performance.enums import CycleState, ReviewState, SectionKind, Side
from performance.models import (
    CompetencyRating,
    DevelopmentNeed,
    RatingLevel,
    RatingScale,
    Review,
    ReviewCycle,
    ReviewPart,
    ReviewTemplate,
    TemplateSection,
)

LEVELS = (2, 4)  # below and at what the job will ask for


def calibrated_reviews(count: int) -> list[Review]:
    """Reviews that were decided on and wait to be completed. Each rates two competencies, one of them below what the job
    asks for, today and ahead; every second one names a development need."""
    cycle, job = _cycle(), Job.objects.create(code="F", name="Fitter")
    rating = cycle.scale.levels.get(value=3)
    people = _people(count, job)
    reviews = Review.objects.bulk_create(
        Review(cycle=cycle, employee=person, job=job, state=ReviewState.CALIBRATED, proposed_rating=rating)
        for person in people
    )
    parts = ReviewPart.objects.bulk_create(
        ReviewPart(review=review, side=Side.MANAGER, overall_rating=rating) for review in reviews
    )
    DevelopmentNeed.objects.bulk_create(DevelopmentNeed(part=part, description="Delegate more") for part in parts[::2])
    competencies = _competencies(job)
    CompetencyRating.objects.bulk_create(
        CompetencyRating(part=part, competency=competency, level=level)
        for part in parts
        for competency, level in zip(competencies, LEVELS, strict=True)
    )
    Decision.objects.bulk_create(Decision(review=review, proposed_rating=rating, rating=rating) for review in reviews)
    return reviews


def in_sessions(reviews: Sequence[Review], size: int) -> list[CalibrationSession]:
    """The reviews in locked sessions of so many each, waiting for HR to complete them."""
    sessions = []
    for start in range(0, len(reviews), size):
        session = CalibrationSession.objects.create(
            name=f"Table {start}", cycle=reviews[0].cycle, state=SessionState.LOCKED
        )
        Decision.objects.filter(review__in=reviews[start : start + size]).update(session=session)
        sessions.append(session)
    return sessions


def complete_one_by_one(reviews: Iterable[Review]) -> None:
    """Each in a transaction of its own, as people's clicks are."""
    for review in reviews:
        with transaction.atomic():
            complete_reviews({review.pk: review.proposed_rating_id}, by=None)
            share_reviews([review.pk], by=None)


def _people(count: int, job: Job) -> list[Employee]:
    people = Employee.objects.bulk_create(
        Employee(employee_number=f"F{number}", first_name="First", last_name=f"Last{number}", job=job)
        for number in range(count)
    )
    for person in people:
        person.path = encode(person.pk)
    Employee.objects.bulk_update(people, ["path"])
    return people


def _competencies(job: Job) -> list[Competency]:
    competencies = [Competency.objects.create(code=name, name=name) for name in ("Fitting", "Measuring")]
    for competency in competencies:
        RoleProfileEntry.objects.create(job=job, competency=competency, level_today=3, level_in_24_months=4)
    return competencies


def _cycle() -> ReviewCycle:
    scale = RatingScale.objects.create(name="Five steps", is_copy=True)
    RatingLevel.objects.bulk_create(RatingLevel(scale=scale, value=value, label=str(value)) for value in range(1, 6))
    template = ReviewTemplate.objects.create(name="Year", is_copy=True)
    TemplateSection.objects.create(template=template, kind=SectionKind.OVERALL, title="Overall")
    year = datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)
    return ReviewCycle.objects.create(
        name="2025", starts_on=year[0], ends_on=year[1], scale=scale, template=template, state=CycleState.CALIBRATION
    )
