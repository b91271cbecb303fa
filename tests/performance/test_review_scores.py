"""The score of a review: what counts, what it asks for, and that it stays what it was."""

from decimal import Decimal

import pytest

from hrportal.common.actions import ActionError
from performance import actions
from performance.enums import QuestionKind, ReviewState, SeenBy, UnratedParts
from performance.models import RatingLevel, TemplateQuestion, TemplateSection
from performance.reviews.scores import Inputs, score_of
from performance.reviews.scoring import score_for, score_of_part
from tests.factories.people import make_user
from tests.factories.performance import (
    ObjectiveFactory,
    ReviewCycleFactory,
    ReviewFactory,
    everything_written,
    part_of,
    rating_of,
)

pytestmark = pytest.mark.django_db


def weighed(review, **weights):
    for kind, weight in weights.items():
        TemplateSection.objects.filter(template=review.cycle.template, kind=kind).update(weight=weight)
    return review


def rating_question(review, **fields):
    section = TemplateSection.objects.get(template=review.cycle.template, kind="questions")
    return TemplateQuestion.objects.create(
        section=section, text="How reliable?", kind=QuestionKind.RATING, order=9, **fields
    )


def competency_of(review):
    return review.cycle.template.sections.get(kind="competencies").competencies.get().competency_id


def written(review, value=4, **changes):
    part = part_of(review)
    part.review = review
    changes = everything_written(review, value) | changes
    return actions.save_part(part, by=None, version=part.version, changes=changes)


@pytest.fixture
def review():
    return weighed(ReviewFactory(), goals=50, competencies=50)


def test_goals_and_competencies_give_a_score(review):
    ObjectiveFactory(owner=review.employee, progress=Decimal(80), weight=3)
    ObjectiveFactory(owner=review.employee, progress=Decimal(40), weight=1)
    ObjectiveFactory(owner=review.employee, progress=None)

    part = written(review, competencies={competency_of(review): {"level": 4}})

    score = score_of_part(part)
    assert [section.shown_percent for section in score.sections] == [Decimal("70.00"), Decimal("75.00")]
    assert score.percent == Decimal("72.50")


def test_without_weights_there_is_no_score():
    review = ReviewFactory()
    written(review)

    review = actions.submit_review(review, by=None)

    assert (review.computed_score, review.score_inputs) == (None, {})


def test_another_rating_than_the_computed_one_needs_a_reason(review):
    written(review, value=5, competencies={competency_of(review): {"level": 2}})

    with pytest.raises(actions.Incomplete) as refusal:
        actions.submit_review(review, by=None)
    assert [item.field for item in refusal.value.missing] == ["override_reason"]

    written(review, value=5, override_reason="Saved the release twice.")
    review = actions.submit_review(review, by=None)
    assert review.proposed_rating == rating_of(review.cycle, 5)
    assert review.computed_score == Decimal("25.00")


def test_the_same_level_needs_none(review):
    written(review, value=3, competencies={competency_of(review): {"level": 3}})

    assert actions.submit_review(review, by=None).state == ReviewState.SUBMITTED


def test_a_cycle_may_ask_for_every_rating(review):
    review.cycle.unrated_parts = UnratedParts.BLOCK
    review.cycle.save()
    written(review)

    with pytest.raises(actions.Incomplete) as refusal:
        actions.submit_review(review, by=None)

    assert [item.field for item in refusal.value.missing] == ["score"]


def test_the_stored_score_is_computed_again_from_what_is_stored_and_outlives_the_scale(review):
    question = rating_question(review)
    weighed(review, goals=40, competencies=30, questions=30)
    ObjectiveFactory(owner=review.employee, progress=Decimal("33.33"))
    level = rating_of(review.cycle, 5)
    written(review, 4, competencies={competency_of(review): {"level": 4}}, ratings={question.pk: level.pk})
    written(review, 3, override_reason="Not this year.")
    review = actions.submit_review(review, by=None)

    RatingLevel.objects.filter(scale=review.cycle.scale).update(label="Renamed")
    TemplateSection.objects.filter(template=review.cycle.template).update(weight=None)
    ObjectiveFactory(owner=review.employee, progress=Decimal(100))

    again = score_of(Inputs.from_json(review.score_inputs))
    assert again.percent == review.computed_score
    assert again.level[1] != "Renamed"
    assert score_for(make_user(employee=review.reviewer), review, part_of(review)).percent == review.computed_score


def test_a_rating_must_be_on_the_scale_of_the_cycle(review):
    question, foreign = rating_question(review), rating_of(ReviewFactory().cycle, 3)

    with pytest.raises(ActionError, match="scale"):
        written(review, ratings={question.pk: foreign.pk})


def test_the_employee_follows_the_score_only_as_far_as_they_read_the_answers():
    review = ReviewFactory(cycle=ReviewCycleFactory(is_calibrated=False))
    question = rating_question(review, seen_by=SeenBy.HR)
    weighed(review, competencies=50, questions=50)
    level = rating_of(review.cycle, 1)
    written(review, 3, competencies={competency_of(review): {"level": 5}}, ratings={question.pk: level.pk})
    review = actions.submit_review(review, by=None)
    employee, reviewer = make_user(employee=review.employee), make_user(employee=review.reviewer)

    kept = score_for(employee, review, part_of(review))
    whole = score_for(reviewer, review, part_of(review))

    assert ([section.title for section in kept.sections], kept.percent) == (["Competencies"], None)
    assert whole.percent == Decimal("50.00")
