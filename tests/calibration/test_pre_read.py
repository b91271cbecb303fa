"""Before the meeting: each says what they think of the proposals; only those who lead see how the views stand."""

import datetime
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from calibration.actions import answer_pre_read, fill_session, open_pre_read, open_session
from calibration.around.pre_read import PreReading, splits
from calibration.models import Card, PreReadAnswer, Recusal
from calibration.notices import table as notices
from hrportal.common.actions import ActionError, StaleVersion
from hrportal.integrations.oauth.principals import ActingPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.models import Fact
from hrportal.notices.models import Notice
from hrportal.people.models import User
from performance.models import Answer, TemplateQuestion
from tests.factories.calibration import ParticipantFactory, SessionFactory, submitted_review
from tests.factories.people import EmployeeFactory, make_user
from tests.factories.performance import ReviewCycleFactory, part_of, rating_of

pytestmark = pytest.mark.django_db


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def before():
    """A session being prepared: three reviews, the first by one of the two who take part, led by somebody else."""
    cycle = ReviewCycleFactory()
    writer, other = make_user("manager"), make_user("manager")
    reviews = [
        submitted_review(cycle, 3, employee=EmployeeFactory(last_name=f"N{place}", manager=above), reviewer=above)
        for place, above in enumerate([writer.employee, EmployeeFactory(), EmployeeFactory()])
    ]
    facilitator = make_user("employee")
    session = SessionFactory(cycle=cycle, facilitator=facilitator.employee)
    for user in (writer, other):
        ParticipantFactory(session=session, employee=user.employee)
    fill_session(session, by=None)
    cards = [Card.objects.get(review=review) for review in reviews]
    return SimpleNamespace(
        cycle=cycle,
        session=session,
        reviews=reviews,
        cards=cards,
        writer=writer,
        other=other,
        facilitator=facilitator,
        leader=make_user("hrleader"),
    )


@pytest.fixture
def asked(before):
    """The same after everybody was asked."""
    before.session = open_pre_read(before.session, by=None)
    return before


def answer(card, user, answer="agree", note="", version=0):
    return answer_pre_read(card, by=user, answer=answer, note=note, version=version)


def url(name, pk):
    return reverse(f"calibration:{name}", args=[pk])


def form(answer="agree", note="", version=0):
    return {"answer": answer, "note": note, "version": version}


def test_those_who_lead_ask_and_everybody_who_takes_part_is_told(client, before):
    due_on = timezone.localdate() + datetime.timedelta(days=5)
    client.force_login(before.facilitator)

    client.post(url("session_pre_read_open", before.session.pk), {"due_on": due_on})

    before.session.refresh_from_db()
    assert (before.session.pre_read_opened_at is not None, before.session.pre_read_due_on) == (True, due_on)
    told = Notice.objects.filter(kind="calibration.pre_read_asked")
    assert {notice.employee_id for notice in told} == {before.writer.employee_id, before.other.employee_id}
    assert {notice.url for notice in told} == {url("session_pre_read", before.session.pk)}
    assert Fact.objects.filter(topic="calibration.pre_read_opened").count() == 1


def test_asking_puts_on_the_cards_what_is_proposed_at_that_moment(before):
    review = before.reviews[0]
    review.proposed_rating = rating_of(before.cycle, 5)
    review.save()

    open_pre_read(before.session, by=None)

    assert Card.objects.get(review=review).proposed_rating == rating_of(before.cycle, 5)


@pytest.mark.parametrize("why", ["asked already", "This day is over", "Nobody sits", "No submitted review", "already"])
def test_asking_is_refused(before, why):
    due_on = None
    if why == "asked already":
        open_pre_read(before.session, by=None)
    elif why == "This day is over":
        due_on = timezone.localdate() - datetime.timedelta(days=1)
    elif why == "Nobody sits":
        before.session.participants.all().delete()
    elif why == "No submitted review":
        before.session.cards.all().delete()
    else:
        open_session(before.session, by=None)
    facts = Fact.objects.filter(topic="calibration.pre_read_opened").count()

    with pytest.raises(ActionError, match=why):
        open_pre_read(before.session, by=None, due_on=due_on)

    assert Fact.objects.filter(topic="calibration.pre_read_opened").count() == facts


def test_participants_see_the_cards_from_the_moment_they_are_asked(before):
    assert not Card.objects.visible_to(again(before.other)).exists()

    open_pre_read(before.session, by=None)

    assert Card.objects.visible_to(again(before.other)).count() == 3


def test_one_reads_what_the_manager_wrote_but_not_what_was_meant_for_hr(client, asked):
    question, secret = TemplateQuestion.objects.filter(section__template=asked.cycle.template)[:2]
    secret.seen_by = "hr"
    secret.save()
    part = part_of(asked.reviews[1])
    Answer.objects.create(part=part, question=question, text="Built the new warehouse")
    Answer.objects.create(part=part, question=secret, text="May leave soon")
    client.force_login(asked.other)

    page = client.get(url("card_pre_read", asked.cards[1].pk)).content.decode()

    assert "Built the new warehouse" in page
    assert "May leave soon" not in page


def test_answering_one_after_the_other(client, asked):
    client.force_login(asked.other)
    start = client.get(url("session_pre_read", asked.session.pk))
    assert "0 of 3 answered" in start.content.decode()
    assert start.context["next_card"] == asked.cards[0]

    first = client.post(url("card_pre_read", asked.cards[0].pk), form("question", "Why so high?"))
    second = client.post(url("card_pre_read", asked.cards[1].pk), form())
    last = client.post(url("card_pre_read", asked.cards[2].pk), form("abstain"))

    assert [first.url, second.url] == [url("card_pre_read", card.pk) for card in asked.cards[1:]]
    assert last.url == url("session_pre_read", asked.session.pk)
    assert "3 of 3 answered" in client.get(last.url).content.decode()
    stored = PreReadAnswer.objects.get(card=asked.cards[0])
    assert (stored.answer, stored.note, stored.employee) == ("question", "Why so high?", asked.other.employee)


def test_nobody_answers_about_their_own_proposal(client, asked):
    client.force_login(asked.writer)
    page = client.get(url("session_pre_read", asked.session.pk)).content.decode()
    assert "0 of 2 answered" in page
    assert "Your proposal" in page

    refused = client.post(url("card_pre_read", asked.cards[0].pk), form())

    assert refused.status_code == 403
    assert not PreReadAnswer.objects.exists()


@pytest.mark.parametrize("who", ["facilitator", "leader"])
def test_who_does_not_take_part_is_not_asked(client, asked, who):
    client.force_login(getattr(asked, who))

    refused = client.post(url("card_pre_read", asked.cards[1].pk), form())

    assert refused.status_code == 403
    assert not PreReadAnswer.objects.exists()


def test_it_saves_by_itself_and_a_note_may_come_before_the_answer(client, asked):
    client.force_login(asked.other)
    save = url("card_pre_read_save", asked.cards[1].pk)

    begun = client.post(save, form("", "I wonder"))
    chosen = client.post(save, form("question", "I wonder", begun.json()["version"]))
    kept = client.post(save, form("", "I wonder why", chosen.json()["version"]))

    assert [each.status_code for each in (begun, chosen, kept)] == [200, 200, 200]
    stored = PreReadAnswer.objects.get()
    assert (stored.answer, stored.note) == ("question", "I wonder why")
    assert Fact.objects.filter(topic="calibration.pre_read_answered").count() == 1
    assert "1 of 3 answered" in client.get(url("session_pre_read", asked.session.pk)).content.decode()


def test_a_note_alone_is_no_answer(asked):
    answer(asked.cards[1], asked.other, answer="", note="I wonder")

    assert PreReading(asked.session, again(asked.other)).answered == 0
    assert all(not split.answers for split in splits(asked.session, asked.leader))


def test_two_tabs_do_not_overwrite_each_other(client, asked):
    client.force_login(asked.other)
    card = asked.cards[1]
    answer(card, asked.other, "agree", "First tab")

    told = client.post(url("card_pre_read_save", card.pk), form("question", "Second tab"))
    page = client.post(url("card_pre_read", card.pk), form("question", "Second tab"))

    assert told.status_code == page.status_code == 409
    assert told.json()["theirs"] == {"answer": "agree", "note": "First tab"}
    assert "First tab" in page.content.decode()
    assert "Second tab" in page.content.decode()
    assert PreReadAnswer.objects.get().note == "First tab"


def test_saying_the_same_twice_is_done(asked):
    saved = answer(asked.cards[1], asked.other, "agree", "Yes")

    assert answer(asked.cards[1], asked.other, "agree", "Yes") == saved
    with pytest.raises(StaleVersion):
        answer(asked.cards[1], asked.other, "agree", "No")


def test_a_changed_proposal_is_asked_about_again(client, asked):
    card, review = asked.cards[1], asked.reviews[1]
    saved = answer(card, asked.other, "agree", "Fair")
    review.proposed_rating = rating_of(asked.cycle, 5)
    review.save()
    client.force_login(asked.other)

    listed = client.get(url("session_pre_read", asked.session.pk)).content.decode()
    page = client.get(url("card_pre_read", card.pk))
    assert "About an earlier proposal" in listed
    assert "0 of 3 answered" in listed
    assert "Outstanding" in listed
    assert "You answered “Agree” about an earlier proposal" in page.content.decode()
    assert page.context["form"].initial["answer"] == ""
    (split,) = [each for each in splits(asked.session, asked.leader) if each.card == card]
    assert (split.agree, split.missing) == (0, 2)

    client.post(url("card_pre_read_save", card.pk), form("", "Fair enough", saved.version))
    kept = PreReadAnswer.objects.get()
    assert (kept.answer, kept.about_rating, kept.note) == ("agree", rating_of(asked.cycle, 3), "Fair enough")

    client.post(url("card_pre_read_save", card.pk), form("question", "Fair enough", kept.version))
    assert PreReadAnswer.objects.get().about_rating == rating_of(asked.cycle, 5)


def test_a_review_that_went_back_is_not_read_and_what_was_typed_is_not_lost(client, asked):
    card, review = asked.cards[1], asked.reviews[1]
    review.state = "manager_review"
    review.save()
    client.force_login(asked.other)

    told = client.post(url("card_pre_read_save", card.pk), form("question", "Why?"))

    assert told.status_code == 422
    assert "went back to its writer" in told.json()["message"]
    assert review.employee.name not in client.get(url("session_pre_read", asked.session.pk)).content.decode()
    assert not PreReadAnswer.objects.exists()


def test_answers_end_when_the_session_opens_and_stay_readable(client, asked):
    answer(asked.cards[1], asked.other, "question", "Why so high?")
    open_session(asked.session, by=None)
    client.force_login(asked.other)

    told = client.post(url("card_pre_read_save", asked.cards[1].pk), form("agree", "Well", 1))
    page = client.get(url("card_pre_read", asked.cards[1].pk)).content.decode()

    assert told.status_code == 422
    assert "The session has begun" in told.json()["message"]
    assert "Why so high?" in page
    assert PreReadAnswer.objects.get().answer == "question"


def test_nobody_answers_before_they_are_asked(before):
    with pytest.raises(ActionError, match="Nobody has been asked"):
        answer(before.cards[1], before.other)

    assert not PreReadAnswer.objects.exists()


def test_others_answers_are_never_shown_to_a_participant(client, asked):
    answer(asked.cards[1], asked.writer, "question", "I doubt it")
    client.force_login(asked.other)

    pages = [
        client.get(url(name, pk)).content.decode()
        for name, pk in [
            ("session_pre_read", asked.session.pk),
            ("card_pre_read", asked.cards[1].pk),
            ("session_detail", asked.session.pk),
            ("session_agenda", asked.session.pk),
        ]
    ]

    assert client.get(url("session_pre_read_splits", asked.session.pk)).status_code == 403
    assert all("I doubt it" not in page for page in pages)
    assert list(PreReadAnswer.objects.visible_to(again(asked.other))) == []


def test_those_who_lead_see_where_views_split(client, asked):
    answer(asked.cards[1], asked.writer, "question", "I doubt it")
    answer(asked.cards[1], asked.other, "agree")
    answer(asked.cards[2], asked.other, "abstain")
    client.force_login(asked.facilitator)

    page = client.get(url("session_pre_read_splits", asked.session.pk))

    found = page.context["splits"]
    assert [split.card for split in found] == [asked.cards[1], asked.cards[0], asked.cards[2]]
    counts = [(split.question, split.agree, split.abstain, split.missing) for split in found]
    assert counts == [(1, 1, 0, 0), (0, 0, 0, 1), (0, 0, 1, 1)]
    assert "I doubt it" in page.content.decode()
    assert asked.writer.employee.name in page.content.decode()


def test_one_click_puts_all_questioned_ones_on_the_agenda(client, asked):
    answer(asked.cards[1], asked.writer, "question")
    answer(asked.cards[2], asked.writer, "question")
    answer(asked.cards[2], asked.other, "question")
    client.force_login(asked.facilitator)

    client.post(url("session_agenda_questioned", asked.session.pk))
    client.post(url("session_agenda_questioned", asked.session.pk))

    on_agenda = Card.objects.filter(agenda_place__isnull=False).order_by("agenda_place")
    assert list(on_agenda) == [asked.cards[2], asked.cards[1]]
    assert Fact.objects.filter(topic="calibration.card_put_on_agenda").count() == 2


def test_who_stays_out_is_neither_asked_nor_heard(asked):
    answer(asked.cards[1], asked.other, "question", "A friend of mine")
    Recusal.objects.create(
        session=asked.session, employee=asked.other.employee, about=asked.reviews[1].employee, reason="A friend"
    )

    reading = PreReading(asked.session, again(asked.other))
    (split,) = [each for each in splits(asked.session, asked.leader) if each.card == asked.cards[1]]

    assert asked.cards[1] not in [entry.card for entry in reading.entries]
    assert (split.question, split.missing, split.notes) == (0, 1, [])
    assert not again(asked.other).has_perm("calibration.answer_pre_read", asked.cards[1])


def test_those_who_have_not_answered_all_are_reminded_once(asked):
    asked.session.pre_read_due_on = timezone.localdate() + datetime.timedelta(days=2)
    asked.session.save()
    for card in asked.cards:
        answer(card, asked.other)

    notices.remind(timezone.localdate())
    notices.remind(timezone.localdate())

    reminder = Notice.objects.get(kind="calibration.pre_read_due")
    assert (reminder.employee_id, reminder.words["count"]) == (asked.writer.employee_id, "2")


def test_whoever_comes_to_the_table_later_is_asked_too(asked):
    late = ParticipantFactory(session=asked.session)

    notices.remind(timezone.localdate())

    assert Notice.objects.filter(kind="calibration.pre_read_asked", employee=late.employee).count() == 1
    assert Notice.objects.filter(kind="calibration.pre_read_asked").count() == 3


@pytest.mark.parametrize("name", ["session_pre_read", "session_pre_read_splits", "session_agenda"])
def test_pages_cost_the_same_for_one_card_and_for_three(client, name):
    def cost(cards):
        user = make_user("hrleader")
        session = SessionFactory(cycle=ReviewCycleFactory())
        ParticipantFactory(session=session, employee=user.employee)
        for _ in range(cards):
            ParticipantFactory(session=session)
            submitted_review(session.cycle, 3)
        fill_session(session, by=None)
        open_pre_read(session, by=None)
        for card in session.cards.all():
            Card.objects.filter(pk=card.pk).update(agenda_place=card.pk)
            for seat in session.participants.all():
                answer_pre_read(card, by=make_or_find(seat.employee), version=0, answer="question", note="Why?")
        client.force_login(user)
        client.get(url(name, session.pk))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(name, session.pk)).status_code == 200
        return len(queries)

    assert cost(1) == cost(3)


def make_or_find(employee) -> User:
    return User.objects.filter(employee=employee).first() or make_user(employee=employee)


def test_the_api_says_the_same(asked):
    def caller(user):
        client = APIClient()
        client.force_authenticate(ActingPrincipal("test", frozenset(Scope.values), user))
        return client

    mine, base = caller(asked.other), f"/api/v1/calibration-pre-reads/{asked.session.pk}/"
    card = asked.cards[1].pk

    rows = mine.get(f"{base}cards/").json()["results"]
    saved = mine.post(f"{base}cards/{card}/answer/", {"answer": "question", "version": 0}, format="json")
    stale = mine.post(f"{base}cards/{card}/answer/", {"answer": "agree", "version": 0}, format="json")
    own = caller(asked.writer).post(
        f"{base}cards/{asked.cards[0].pk}/answer/", {"answer": "agree", "version": 0}, format="json"
    )

    assert [row["card"] for row in rows] == [each.pk for each in asked.cards]
    assert (saved.status_code, saved.json()["answer"], saved["ETag"].partition("-")[0]) == (
        200,
        "question",
        f'"{saved.json()["version"]}',
    )
    assert (stale.status_code, own.status_code) == (409, 403)
    assert mine.get(base).json() | {"asked": 3, "answered": 1} == mine.get(base).json()
    assert mine.get(f"{base}views/").status_code == 403
    views = caller(asked.facilitator).get(f"{base}views/").json()
    assert (views[0]["card"], views[0]["question"], views[0]["missing"]) == (card, 1, 1)
