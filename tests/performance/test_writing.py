"""Saving a part: only what is named changes, an old tab never wins, needs keep their rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hrportal.common.actions import ActionError, StaleVersion
from performance import actions
from performance.enums import ReviewState, Side
from performance.models import TemplateQuestion
from tests.factories.people import CompetencyFactory, make_user
from tests.factories.performance import ReviewFactory, part_of, rating_of, required_question

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def part():
    return part_of(ReviewFactory())


def competency_of(part):
    return part.review.cycle.template.sections.get(kind="competencies").competencies.get().competency_id


def save(part, version=1, **changes):
    return actions.save_part(part, by=None, version=version, changes=changes)


def test_a_partial_save_never_erases(part):
    question, competency = required_question(part.review.cycle).pk, competency_of(part)
    rating = rating_of(part.review.cycle, 4)
    save(
        part,
        answers={question: "Kept"},
        competencies={competency: {"level": 3, "comment": "Kept too"}},
        overall_rating=rating.pk,
        development_needs=[{"description": "Kept as well"}],
    )

    saved = save(part, version=2, competencies={competency: {"level": 4}})

    assert actions.content_of(saved) == {
        "answers": {question: "Kept"},
        "ratings": {},
        "choices": {},
        "competencies": {competency: {"level": 4, "comment": "Kept too"}},
        "overall_rating": rating.pk,
        "override_reason": "",
        "development_needs": [{"competency": None, "description": "Kept as well"}],
    }


def test_a_rating_can_be_taken_back_and_is_then_unknown(part):
    save(part, overall_rating=rating_of(part.review.cycle, 4).pk)

    assert save(part, version=2, overall_rating=None).overall_rating is None


def test_the_second_tab_is_told_and_overwrites_nothing(part):
    question = required_question(part.review.cycle).pk
    save(part, answers={question: "First tab"})

    with pytest.raises(StaleVersion) as refusal:
        save(part, version=1, answers={question: "Second tab"})

    assert (refusal.value.version, refusal.value.theirs["answers"]) == (2, {question: "First tab"})
    assert part.answers.get().text == "First tab"


def test_a_save_repeated_because_its_answer_was_lost_is_done_already(part):
    changes = {
        "answers": {required_question(part.review.cycle).pk: "Once"},
        "development_needs": [{"competency": None, "description": "Delegate"}],
    }
    save(part, **changes)

    assert save(part, version=1, **changes).version == 2


def test_who_wrote_last_is_remembered(part):
    user = make_user()

    saved = actions.save_part(part, by=user, version=1, changes={"answers": {}})

    assert saved.author == user.employee


def test_needs_that_stay_keep_their_rows(part):
    save(part, development_needs=[{"description": text} for text in ("Listen", "Plan", "Delegate")])
    before = {need.description: need.pk for need in part.development_needs.all()}

    save(part, version=2, development_needs=[{"description": text} for text in ("Delegate", "Listen", "Present")])

    after = {need.description: need.pk for need in part.development_needs.all()}
    assert set(after) == {"Listen", "Delegate", "Present"}
    assert (after["Listen"], after["Delegate"], after["Present"]) == (
        before["Listen"],
        before["Delegate"],
        before["Plan"],
    )
    save(part, version=3, development_needs=[])
    assert not part.development_needs.exists()


@pytest.mark.parametrize("state", sorted(set(ReviewState) - {ReviewState.SELF_ASSESSMENT, ReviewState.MANAGER_REVIEW}))
def test_nothing_is_written_after_its_time(state):
    part = part_of(ReviewFactory(state=state, completed_at="2026-11-01T12:00Z"))

    with pytest.raises(ActionError):
        save(part, answers={required_question(part.review.cycle).pk: "Too late"})

    assert not part.answers.exists()


def test_managers_may_begin_while_the_self_assessment_is_open_but_not_the_other_way_round():
    open_review, later_review = ReviewFactory(state=ReviewState.SELF_ASSESSMENT), ReviewFactory()

    save(part_of(open_review, Side.MANAGER), answers={})
    with pytest.raises(ActionError):
        save(part_of(later_review, Side.SELF), answers={})


def foreign_question(part):
    return {"answers": {required_question(ReviewFactory().cycle).pk: "?"}}


def others_question(part):
    question = TemplateQuestion.objects.get(section__template=part.review.cycle.template, is_required=False)
    question.asked_of = "self"
    question.save()
    return {"answers": {question.pk: "?"}}


def foreign_competency(part):
    return {"competencies": {CompetencyFactory().pk: {"level": 3}}}


def impossible_level(part):
    return {"competencies": {competency_of(part): {"level": 6}}}


def foreign_rating(part):
    return {"overall_rating": rating_of(ReviewFactory().cycle, 3).pk}


def endless_need(part):
    return {"development_needs": [{"description": "x" * 301}]}


@pytest.mark.parametrize(
    "wrong",
    [foreign_question, others_question, foreign_competency, impossible_level, foreign_rating, endless_need],
)
def test_what_the_review_does_not_ask_is_refused(part, wrong):
    with pytest.raises(ActionError):
        save(part, **wrong(part))

    part.refresh_from_db()
    assert part.version == 1


def test_the_employee_names_no_development_needs():
    part = part_of(ReviewFactory(state=ReviewState.SELF_ASSESSMENT), Side.SELF)

    with pytest.raises(ActionError):
        save(part, development_needs=[{"description": "A raise"}])


def test_saving_one_answer_and_two_asks_the_same(part):
    questions = list(TemplateQuestion.objects.filter(section__template=part.review.cycle.template))
    counts = []
    for version, asked in enumerate((questions[:1], questions), start=1):
        with CaptureQueriesContext(connection) as captured:
            save(part, version=version, answers={question.pk: "Text " * version for question in asked})
        counts.append(len(captured))

    assert counts[0] == counts[1]
