"""Answers of every kind, and who reads them: the question says it, at every door."""

import pytest
from django.urls import reverse

from hrportal.common.actions import ActionError
from hrportal.people.enums import Role
from performance import actions
from performance.enums import AskedOf, QuestionKind, SeenBy, Side
from performance.models import Answer, TemplateQuestion
from performance.reviews.reading import parts_for
from performance.reviews.reading_rights import may_read_answer
from tests.factories.people import OrgUnitFactory, make_chain, make_user
from tests.factories.performance import ReviewCycleFactory, ReviewFactory, everything_written, part_of, rating_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def review():
    unit = OrgUnitFactory()
    *_above, employee = make_chain(3, org_unit=unit)
    review = ReviewFactory(employee=employee, cycle=ReviewCycleFactory(is_calibrated=False))
    section = review.cycle.template.sections.get(kind="questions")
    for seen_by in SeenBy:
        TemplateQuestion.objects.create(section=section, text=f"For {seen_by}", seen_by=seen_by, order=9)
    return review


def question(review, text="For hr", **fields):
    section = review.cycle.template.sections.get(kind="questions")
    found = TemplateQuestion.objects.filter(section=section, text=text).first()
    return found or TemplateQuestion.objects.create(section=section, text=text, order=20, **fields)


def shared(review):
    part = part_of(review)
    secrets = {question(review, f"For {seen_by}").pk: f"Words for {seen_by}" for seen_by in SeenBy}
    changes = everything_written(review)
    changes["answers"] |= secrets
    actions.save_part(part, by=None, version=part.version, changes=changes)
    return actions.submit_review(review, by=None)


def people(review):
    above = review.employee.manager.manager
    return {
        "employee": make_user(employee=review.employee),
        "reviewer": make_user(employee=review.reviewer),
        "above": make_user(employee=above),
        "partner": make_user(Role.HRBP, unit=review.employee.org_unit),
        "leader": make_user(Role.HR_LEADER),
        "stranger": make_user(),
    }


READ = {
    "employee": {"employee"},
    "reviewer": {"employee", "manager", "hr"},  # who wrote it
    "above": {"employee", "manager"},
    "partner": {"employee", "manager", "hr"},
    "leader": {"employee", "manager", "hr"},
    "stranger": set(),
}


@pytest.mark.parametrize("who", sorted(READ))
def test_rows_pages_and_the_sentence_agree_on_who_reads_what(who, review, client):
    review = shared(review)
    user = people(review)[who]

    rows = Answer.objects.visible_to(user).filter(part__review=review, text__startswith="Words")
    by_row = {answer.question.seen_by for answer in rows.select_related("question")}
    client.force_login(user)
    page = client.get(reverse("performance:review_detail", args=[review.pk])).content.decode()
    by_page = {str(seen_by) for seen_by in SeenBy if f"Words for {seen_by}" in page}

    assert by_row == by_page == READ[who]
    if who != "stranger":
        assert {str(s) for s in SeenBy if may_read_answer(user, review, Side.MANAGER, s)} == READ[who]


def test_what_an_employee_writes_for_hr_alone_passes_the_manager_by(review):
    Answer.objects.create(part=part_of(review, Side.SELF), question=question(review), text="About my manager")
    part_of(review, Side.SELF).__class__.objects.filter(review=review, side=Side.SELF).update(
        submitted_at="2026-11-01T12:00Z"
    )
    who = people(review)

    readers = {name for name, user in who.items() if Answer.objects.visible_to(user).filter(text__startswith="About")}

    assert readers == {"employee", "partner", "leader"}


def test_the_document_says_no_more_than_the_page(review, client, monkeypatch):
    review = shared(review)
    client.force_login(people(review)["employee"])
    seen = {}
    monkeypatch.setattr("hrportal.common.pdf.render_pdf", lambda template, context: seen.update(context) or b"%PDF-")

    answer = client.get(reverse("performance:review_pdf", args=[review.pk]))

    assert answer.headers["Content-Type"] == "application/pdf"
    lines = [line.text for read in seen["parts"] for section in read.sections for line in section.lines]
    assert [text for text in lines if text.startswith("Words")] == ["Words for employee"]


def test_every_kind_of_answer_is_stored_and_read(review):
    rated = question(review, "How reliable?", kind=QuestionKind.RATING)
    chosen = question(review, "Where next?", kind=QuestionKind.CHOICE, choices=["Here", "Elsewhere"])
    asked = question(review, "Again?", kind=QuestionKind.YES_NO)
    part = part_of(review)
    level = rating_of(review.cycle, 4)

    actions.save_part(
        part,
        by=None,
        version=1,
        changes={
            "ratings": {rated.pk: level.pk},
            "answers": {rated.pk: "Very"},
            "choices": {chosen.pk: "Here", asked.pk: "yes"},
        },
    )

    read = parts_for(make_user(employee=review.reviewer), review)[0]
    lines = {line.title: line for section in read.sections for line in section.lines}
    assert (lines["How reliable?"].rating, lines["How reliable?"].text) == (level, "Very")
    assert (lines["Where next?"].choice, lines["Again?"].choice) == ("Here", "Yes")


@pytest.mark.parametrize("kind", [QuestionKind.CHOICE, QuestionKind.YES_NO])
def test_only_what_there_is_to_choose_can_be_chosen(review, kind):
    asked = question(review, "Where?", kind=kind, choices=["Here", "There"])
    part = part_of(review)

    with pytest.raises(ActionError):
        actions.save_part(part, by=None, version=1, changes={"choices": {asked.pk: "Nowhere"}})

    assert not part.answers.exists()


def test_a_required_rating_is_missing_until_it_is_given(review):
    changes = everything_written(review)
    asked = question(review, "How reliable?", kind=QuestionKind.RATING, is_required=True, asked_of=AskedOf.MANAGER)
    part = part_of(review)
    changes["answers"][asked.pk] = "A comment is no rating"
    actions.save_part(part, by=None, version=1, changes=changes)

    with pytest.raises(actions.Incomplete) as refusal:
        actions.submit_review(review, by=None)

    assert [item.field for item in refusal.value.missing] == [f"rating_{asked.pk}"]


def test_the_desk_offers_every_kind_and_says_who_reads_it(review, client):
    rated = question(review, "How reliable?", kind=QuestionKind.RATING)
    asked = question(review, "Again?", kind=QuestionKind.YES_NO)
    client.force_login(make_user(employee=review.reviewer))

    page = client.get(reverse("performance:review_write", args=[review.pk])).content.decode()

    for words in (f'name="rating_{rated.pk}"', f'name="choice_{asked.pk}"', "HR only", "Never shown to the employee"):
        assert words in page
    data = {"version": "1", f"rating_{rated.pk}": str(rating_of(review.cycle, 2).pk), f"choice_{asked.pk}": "no"}
    saved = client.post(reverse("performance:review_save", args=[review.pk, "manager"]), data)
    assert saved.status_code == 200
    assert actions.content_of(part_of(review))["choices"] == {asked.pk: "no"}
