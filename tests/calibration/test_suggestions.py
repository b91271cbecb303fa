"""Suggestions: made with reasons, answered by people, never applied by themselves."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from calibration.actions import lock_session, move_card
from calibration.actions.evidence import accept_suggestion, compute_evidence, discuss_suggestion, reject_suggestion
from calibration.evidence.shown import suggestion_about, with_cards
from calibration.models import CardMove, Suggestion
from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ActingPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.models import Fact
from performance.models import Objective
from tests.calibration.organisation import open_table, rated_company
from tests.factories.people import EmployeeFactory, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def table():
    """An open session with suggestions; the first of them, its card, and HR's leader."""
    company = rated_company(seed=4)
    company.session = open_table(company)
    company.run = compute_evidence(company.cycle, by=None)
    company.suggestion = company.run.suggestions.with_words().order_by("pk").first()
    company.card = company.suggestion.card
    company.leader = make_user("hrleader")
    return company


def answer_url(table):
    return reverse("calibration:suggestion_answer", args=[table.suggestion.pk])


def unchanged(table):
    table.card.refresh_from_db()
    table.suggestion.refresh_from_db()
    return (table.card.rating_id, table.card.version, table.suggestion.answer) == (table.suggestion.given_id, 1, "")


def test_a_suggestion_changes_no_rating(table):
    assert table.run.suggestions.exists()
    assert not CardMove.objects.exists()
    assert not table.session.cards.moved().exists()


def test_its_words_name_both_levels_the_figure_and_how_sure_it_is(table):
    words = table.suggestion.words

    for part in (
        table.suggestion.given.label,
        table.suggestion.proposed.label,
        table.suggestion.finding.manager.name,
        "%",
    ):
        assert part in words
    assert "bias" not in words.lower()


def test_accepting_moves_the_card_with_the_persons_own_words(table, client):
    client.force_login(table.leader)

    sent = client.post(answer_url(table), {"answer": "accepted", "why": "Compared with the north", "version": 1})

    table.card.refresh_from_db()
    table.suggestion.refresh_from_db()
    move = CardMove.objects.get()
    assert sent.status_code == 302
    assert (table.card.rating, table.card.version) == (table.suggestion.proposed, 2)
    assert (move.rationale, move.moved_by) == ("Compared with the north", table.leader.employee)
    assert (table.suggestion.answer, table.suggestion.answered_by) == ("accepted", table.leader.employee)
    assert table.suggestion.answered_at is not None
    assert Fact.objects.filter(topic="calibration.suggestion_accepted", subject_id=table.suggestion.pk).count() == 1


def test_rejecting_keeps_rating_and_reason(table, client):
    client.force_login(table.leader)

    client.post(answer_url(table), {"answer": "rejected", "why": "The goal was doubled in May", "version": 1})

    table.card.refresh_from_db()
    table.suggestion.refresh_from_db()
    assert (table.card.rating_id, table.card.version) == (table.suggestion.given_id, 1)
    assert (table.suggestion.answer, table.suggestion.answer_reason) == ("rejected", "The goal was doubled in May")


@pytest.mark.parametrize("answer", ["accepted", "rejected"])
def test_accepting_and_rejecting_take_the_same_one_field_and_nothing_goes_without(table, client, answer):
    client.force_login(table.leader)

    refused = client.post(answer_url(table), {"answer": answer, "why": "  ", "version": 1})

    assert refused.status_code == 422
    assert unchanged(table)
    assert not CardMove.objects.exists()


def test_discussing_puts_the_person_on_the_agenda_and_stays_open(table, client):
    client.force_login(table.leader)

    client.post(answer_url(table), {"answer": "discuss", "why": "Ask about the tender", "version": 1})

    table.card.refresh_from_db()
    assert (table.card.agenda_place, table.card.agenda_note) == (1, "Ask about the tender")
    assert table.suggestion in Suggestion.objects.visible_to(table.leader).open()
    reject_suggestion(Suggestion.objects.get(pk=table.suggestion.pk), by=table.leader, why="Explained")
    assert table.suggestion not in Suggestion.objects.visible_to(table.leader).open()


def test_an_answer_is_given_once(table):
    reject_suggestion(table.suggestion, by=table.leader, why="No")

    with pytest.raises(ActionError):
        accept_suggestion(Suggestion.objects.get(pk=table.suggestion.pk), by=table.leader, why="Yes", version=1)

    table.card.refresh_from_db()
    assert table.card.rating_id == table.suggestion.given_id
    assert not CardMove.objects.exists()


def test_somebody_elses_move_comes_first_and_the_words_are_kept(table, client):
    client.force_login(table.leader)
    other = next(
        level
        for level in table.levels.values()
        if level.pk not in (table.suggestion.proposed_id, table.suggestion.given_id)
    )
    move_card(table.card, by=make_user("hrleader"), rating=other, version=1, rationale="Seen otherwise")

    told = client.post(answer_url(table), {"answer": "accepted", "why": "My long reason", "version": 1})
    again = client.post(answer_url(table), {"answer": "accepted", "why": "My long reason", "version": 2})

    page = told.content.decode()
    assert told.status_code == 409
    assert "My long reason" in page
    assert 'name="version" value="2"' in page
    assert again.status_code == 302


def test_the_manager_answers_their_own_at_the_table_and_no_others(table, client):
    manager = table.suggestion.finding.manager
    table.session.participants.create(employee=manager)
    client.force_login(make_user("manager", employee=manager))
    other = table.run.suggestions.exclude(finding__manager=manager).first()

    refused = client.post(
        reverse("calibration:suggestion_answer", args=[other.pk]), {"answer": "rejected", "why": "No", "version": 1}
    )
    sent = client.post(answer_url(table), {"answer": "accepted", "why": "I see it now", "version": 1})

    other.refresh_from_db()
    table.suggestion.refresh_from_db()
    assert (refused.status_code, other.answer) == (403, "")
    assert (sent.status_code, table.suggestion.answer) == (302, "accepted")


def test_a_guest_at_the_table_reads_and_does_not_answer(table, client):
    guest = EmployeeFactory()
    table.session.participants.create(employee=guest)
    user = make_user("employee", employee=guest)
    client.force_login(user)

    page = client.get(reverse("calibration:session_suggestions", args=[table.session.pk])).content.decode()
    sent = client.post(answer_url(table), {"answer": "rejected", "why": "No", "version": 1})

    assert table.suggestion.review.employee.name in page
    assert 'name="why"' not in page
    assert sent.status_code == 403
    assert unchanged(table)


def test_the_list_offers_exactly_what_the_permission_allows(table):
    manager = table.suggestion.finding.manager
    table.session.participants.create(employee=manager)
    for user in (table.leader, make_user("manager", employee=manager), make_user("hrbp", unit=table.unit)):
        listed = with_cards(user, Suggestion.objects.visible_to(user).current().with_words())
        for suggestion in listed:
            assert suggestion.may_answer == user.has_perm("calibration.answer_suggestion", suggestion)
        for suggestion in listed[::10]:
            assert suggestion_about(user, suggestion.card).may_answer == suggestion.may_answer


def test_a_locked_session_takes_no_answers(table, client):
    lock_session(table.session, by=None)
    client.force_login(table.leader)

    page = client.get(reverse("calibration:suggestion_detail", args=[table.suggestion.pk])).content.decode()
    for answer in ("accepted", "rejected", "discuss"):
        refused = client.post(answer_url(table), {"answer": answer, "why": "Late", "version": 1})
        assert refused.status_code == 422

    assert 'name="why"' not in page
    assert unchanged(table)


def test_new_figures_replace_what_nobody_answered_and_keep_what_somebody_did(table):
    answered = table.suggestion
    discuss_suggestion(table.run.suggestions.exclude(pk=answered.pk).order_by("pk").first(), by=table.leader)
    reject_suggestion(answered, by=table.leader, why="No")
    Objective.objects.filter(owner=table.people[-1]).update(progress=1)

    newer = compute_evidence(table.cycle, by=None)

    current = Suggestion.objects.filter(replaced_at=None)
    kept = table.run.suggestions.filter(replaced_at=None)
    assert newer != table.run
    assert set(kept.values_list("answer", flat=True)) == {"rejected", "discuss"}
    assert newer.suggestions.exists()
    assert current.count() == len(set(current.values_list("review", flat=True)))
    assert answered.review_id not in newer.suggestions.values_list("review", flat=True)


def test_an_answer_to_figures_of_yesterday_is_told(table, client):
    client.force_login(table.leader)
    Objective.objects.filter(owner=table.people[-1]).update(progress=1)
    compute_evidence(table.cycle, by=None)

    told = client.post(answer_url(table), {"answer": "accepted", "why": "Kept words", "version": 1})

    table.card.refresh_from_db()
    assert told.status_code == 422
    assert "Kept words" in told.content.decode()
    assert table.card.rating_id == table.suggestion.given_id
    assert not CardMove.objects.exists()


def test_the_api_offers_the_same_three_answers(table):
    client = APIClient()
    client.default_format = "json"
    client.force_authenticate(ActingPrincipal("x", frozenset(Scope.values), table.leader))
    base = reverse("api:calibration-suggestions-list")
    found = client.get(f"{base}?review={table.suggestion.review_id}").json()["results"]
    verbs = {name: f"{base}{found[0]['id']}/{name}/" for name in ("accept", "reject", "discuss")}

    empty = client.post(verbs["reject"], {})
    talk = client.post(verbs["discuss"], {"why": "Later"})
    stale = client.post(verbs["accept"], {"why": "Yes", "version": 9})
    version = type(table.card).objects.get(pk=table.card.pk).version
    accepted = client.post(verbs["accept"], {"why": "Yes", "version": version})
    over = client.post(verbs["reject"], {"why": "No"})

    assert (empty.status_code, talk.status_code, stale.status_code) == (400, 200, 409)
    assert (accepted.status_code, accepted.json()["answer"]) == (200, "accepted")
    assert over.status_code == 409
    table.card.refresh_from_db()
    assert table.card.rating_id == table.suggestion.proposed_id


def test_without_the_scope_for_ratings_a_client_learns_no_figure(table):
    scopes = frozenset(Scope.values) - {"ratings:read"}
    without = ActingPrincipal("x", scopes, table.leader)

    assert Suggestion.objects.visible_to(table.leader).exists()
    assert not Suggestion.objects.visible_to(without).exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_suggestions_costs_the_same_for_one_and_three(table, client, number, django_assert_num_queries):
    kept = list(table.run.suggestions.values_list("pk", flat=True)[:number])
    table.run.suggestions.exclude(pk__in=kept).delete()
    client.force_login(table.leader)
    client.get(reverse("home:my_work"))

    with django_assert_num_queries(13):
        page = client.get(reverse("calibration:session_suggestions", args=[table.session.pk]))

    assert len(page.context["suggestions"]) == number
