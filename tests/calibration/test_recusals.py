"""Conflicts: declared by word, they keep somebody out of every conversation about a person; only HR takes them back."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient
from zeal import zeal_ignore

from calibration.actions import (
    declare_recusal,
    edit_session,
    fill_session,
    mark_discussed,
    move_card,
    open_session,
    withdraw_recusal,
)
from calibration.actions.agenda import put_on_agenda
from calibration.models import Card, Recusal
from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ActingPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.models import Fact
from hrportal.people.models import User
from tests.factories.calibration import ParticipantFactory, SessionFactory, submitted_review
from tests.factories.people import EmployeeFactory, make_user
from tests.factories.performance import rating_of

pytestmark = pytest.mark.django_db


def again(user: User) -> User:
    """The same account with its rights worked out anew."""
    return User.objects.get(pk=user.pk)


def names_seen(user) -> set:
    return {card.review.employee for card in Card.objects.visible_to(again(user)).select_related("review__employee")}


def page_of(session):
    return reverse("calibration:session_recusals", args=[session.pk])


def declared(table, employee, about, **fields):
    return Recusal.objects.create(session=table.session, employee=employee, about=about, reason="Family", **fields)


def topics() -> list[str]:
    return list(Fact.objects.filter(topic__startswith="calibration.recusal").values_list("topic", flat=True))


def test_whoever_declares_a_conflict_no_longer_sees_the_card(client, table):
    about = table.people[1]
    client.force_login(table.participant)
    assert about in names_seen(table.participant)

    answer = client.post(page_of(table.session), {"about": about.employee_number, "reason": "We share a flat"})

    assert answer.url == page_of(table.session)
    assert about not in names_seen(table.participant)
    recusal = Recusal.objects.get()
    assert (recusal.employee, recusal.about, recusal.declared_by) == (table.manager, about, table.manager)
    fact = Fact.objects.get(topic="calibration.recusal_declared")
    assert (fact.person_id, fact.data) == (about.pk, {"session": table.session.pk, "employee": table.manager.pk})


def test_a_move_that_waited_while_a_conflict_was_declared_is_refused(table):
    """The page asked before the conflict was declared, and let them through; what counts is how it is when they act."""
    about = table.people[1]
    card = Card.objects.get(review__employee=about)
    mover = again(table.facilitator)
    assert mover.has_perm("calibration.move_card", card)
    declared(table, mover.employee, about)
    topics_before = list(Fact.objects.values_list("topic", flat=True))

    for act in (
        lambda: move_card(card, by=mover, rating=rating_of(table.cycle, 5), version=1, rationale="Carried the project"),
        lambda: mark_discussed(card, by=mover, is_discussed=True),
        lambda: put_on_agenda(card, by=mover),
    ):
        with pytest.raises(ActionError):
            act()

    now = Card.objects.get(pk=card.pk)
    assert (now.rating_id, now.version, now.changes) == (card.rating_id, card.version, card.changes)
    assert list(Fact.objects.values_list("topic", flat=True)) == topics_before


def test_it_holds_in_every_session_of_the_cycle_and_in_no_other(table):
    about = table.people[1]
    elsewhere = SessionFactory(cycle=table.cycle, org_unit=table.elsewhere)
    ParticipantFactory(session=elsewhere, employee=table.manager)
    another_cycle = SessionFactory()
    ParticipantFactory(session=another_cycle, employee=table.manager)

    declare_recusal(elsewhere, by=again(table.participant), employee=table.manager, about=about, reason="Family")

    assert about not in names_seen(table.participant)
    submitted_review(another_cycle.cycle, employee=about)
    fill_session(another_cycle, by=None)
    open_session(another_cycle, by=None)
    assert about in names_seen(table.participant)


@pytest.mark.parametrize("is_reviewed", [True, False])
def test_the_answer_does_not_tell_whether_somebody_is_on_the_board(client, table, is_reviewed):
    about = table.people[1] if is_reviewed else EmployeeFactory()
    client.force_login(table.participant)

    page = client.post(
        page_of(table.session), {"about": about.employee_number, "reason": "Family"}, follow=True
    ).content.decode()

    assert f"stays out of every conversation about {about.name} in this cycle." in page


def test_those_who_lead_say_it_for_somebody_at_the_table_and_for_nobody_else(client, table):
    client.force_login(table.facilitator)
    given = {"about": table.people[1].employee_number, "reason": "A complaint is running"}

    refused = client.post(page_of(table.session), {**given, "employee": EmployeeFactory().pk})
    client.post(page_of(table.session), {**given, "employee": table.manager.pk})

    assert refused.status_code == 422
    recusal = Recusal.objects.get()
    assert (recusal.employee, recusal.declared_by) == (table.manager, table.facilitator.employee)


def test_a_participant_speaks_only_for_themselves(client, table):
    client.force_login(table.participant)
    given = {"about": table.people[1].employee_number, "reason": "Family", "employee": table.facilitator.employee.pk}

    client.post(page_of(table.session), given)

    assert Recusal.objects.get().employee == table.manager


@pytest.mark.parametrize(
    ("who", "about", "reason", "words"),
    [
        ("manager", "manager", "Family", "Nobody talks about themselves"),
        ("manager", "facilitator", "Family", "for others to say"),
        ("manager", "other", "  ", "Say what the conflict is"),
        ("nobody", "other", "Family", "does not sit at this table"),
    ],
)
def test_what_makes_no_sense_is_refused(table, who, about, reason, words):
    people = {
        "manager": table.manager,
        "facilitator": table.facilitator.employee,
        "other": table.people[1],
        "nobody": EmployeeFactory(),
    }

    with pytest.raises(ActionError, match=words):
        declare_recusal(table.session, by=table.facilitator, employee=people[who], about=people[about], reason=reason)

    assert not Recusal.objects.exists()
    assert topics() == []


def test_the_same_conflict_is_declared_once(table):
    given = {"by": table.facilitator, "employee": table.manager, "about": table.people[1], "reason": "Family"}
    declare_recusal(table.session, **given)

    with pytest.raises(ActionError, match="declared already"):
        declare_recusal(table.session, **given)

    assert Recusal.objects.count() == 1


def test_only_hr_withdraws_and_never_their_own(client, table):
    mine = declared(table, table.manager, table.people[1])
    partners = declared(table, table.partner.employee, table.people[0])
    take_back = "calibration:recusal_withdraw"

    answers = []
    for user, recusal in [(table.participant, mine), (table.facilitator, mine), (table.partner, partners)]:
        client.force_login(user)
        answers.append(client.post(reverse(take_back, args=[recusal.pk])).status_code)
    assert answers == [404, 404, 403]
    assert Recusal.objects.count() == 2

    client.force_login(table.leader)
    client.post(reverse(take_back, args=[mine.pk]))

    assert table.people[1] in names_seen(table.participant)
    fact = Fact.objects.get(topic="calibration.recusal_withdrawn")
    assert (fact.person_id, fact.data["employee"]) == (table.people[1].pk, table.manager.pk)


def test_withdrawing_twice_is_recorded_once(table):
    recusal = declared(table, table.manager, table.people[1])

    withdraw_recusal(recusal, by=None)
    withdraw_recusal(recusal, by=None)

    assert topics() == ["calibration.recusal_withdrawn"]


def test_one_sees_ones_own_and_leaders_see_all_but_those_about_themselves(client, table):
    own = declared(table, table.manager, table.people[1])
    declared(table, table.facilitator.employee, table.boss)
    about_leader = declared(table, table.manager, table.leader.employee, declared_by=table.manager)

    def seen_by(user):
        client.force_login(user)
        return {recusal for recusal, _may in client.get(page_of(table.session)).context["rows"]}

    assert seen_by(table.participant) == {own, about_leader}
    assert len(seen_by(table.facilitator)) == 3
    assert about_leader not in seen_by(table.leader)
    client.force_login(table.leader)
    assert client.post(reverse("calibration:recusal_withdraw", args=[about_leader.pk])).status_code == 404


def test_the_sessions_page_shows_who_stays_out_and_warns_of_seats(client, table):
    about, name = table.people[1], table.manager.name
    declared(table, table.manager, about)
    detail = reverse("calibration:session_detail", args=[table.session.pk])

    client.force_login(table.facilitator)
    led = client.get(detail).content.decode()
    client.force_login(table.participant)
    taken_part = client.get(detail).content.decode()

    warning = f"{name} has declared a conflict in this cycle"
    assert (warning in led, warning in taken_part) == (True, False)
    assert f"{name}, about {about.name}" in led


def test_somebody_with_a_conflict_may_be_seated_all_the_same(table):
    person = make_user(employee=EmployeeFactory())
    declared(table, person.employee, table.people[1])

    edit_session(table.session, by=None, participants=[person.employee])

    assert names_seen(person) == {table.boss, table.manager, table.people[0], table.partner.employee}


def test_a_locked_session_takes_no_new_conflict(table):
    type(table.session).objects.filter(pk=table.session.pk).update(state="locked")

    with pytest.raises(ActionError, match="already"):
        declare_recusal(table.session, by=None, employee=table.manager, about=table.people[1], reason="Family")

    assert not Recusal.objects.exists()


def test_the_api_says_the_same(table):
    caller = APIClient()
    caller.force_authenticate(ActingPrincipal("test", frozenset(Scope.values), table.participant))
    body = {"session": table.session.pk, "about": table.people[1].pk, "reason": "Family"}

    made = caller.post("/api/v1/calibration-recusals/", body, format="json")
    with zeal_ignore():  # two ids of one kind in a body are read one after the other
        for_another = caller.post(
            "/api/v1/calibration-recusals/", {**body, "employee": table.facilitator.employee.pk}, format="json"
        )
    own = made.json()["id"]
    refused = caller.post(f"/api/v1/calibration-recusals/{own}/withdraw/")

    assert (made.status_code, for_another.status_code, refused.status_code) == (201, 403, 403)
    assert [row["id"] for row in caller.get("/api/v1/calibration-recusals/").json()["results"]] == [own]
    caller.force_authenticate(ActingPrincipal("test", frozenset(Scope.values), table.leader))
    assert caller.post(f"/api/v1/calibration-recusals/{own}/withdraw/").status_code == 204
    assert not Recusal.objects.exists()
