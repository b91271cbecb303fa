"""A person's own access token: what they may do, in their name, until its day; nothing more and nothing after."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.common.actions import ActionError
from hrportal.common.tokens import hash_of
from hrportal.integrations.actions import create_token, revoke_token
from hrportal.integrations.oauth.principals import ActingPrincipal
from hrportal.integrations.oauth.scopes import FOR_PEOPLE, Scope
from hrportal.journal.jobs import run_due_jobs, start_job
from hrportal.journal.models import Fact
from hrportal.people.actions import deactivate_account, reactivate_account
from hrportal.people.enums import Role
from hrportal.people.models import PersonalToken, User
from tests.access.world import PEOPLE, make_world
from tests.factories.people import make_user
from tests.factories.performance import ImprovementPlanFactory, ObjectiveFactory, ReviewCycleFactory

pytestmark = pytest.mark.django_db

LISTS = ("employees", "reviews", "objectives", "feedback", "talent-profiles", "development-plans", "succession-plans")


def token_for(user: User, **options) -> str:
    expires_on = timezone.localdate() + datetime.timedelta(days=9)
    return create_token(by=user, name="Report", **{"expires_on": expires_on, **options})[1]


def caller(value: str) -> APIClient:
    api = APIClient()
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {value}")
    api.default_format = "json"
    return api


def ids(api: APIClient, name: str) -> tuple[int, list[int]]:
    answer = api.get(f"/api/v1/{name}/")
    return answer.status_code, [row["id"] for row in answer.json().get("results", [])]


def test_token_is_shown_once_and_kept_as_a_hash(client):
    user = make_user()
    client.force_login(user)
    day = timezone.localdate() + datetime.timedelta(days=30)

    answer = client.post(reverse("integrations:token_create"), {"name": "Report", "expires_on": day.isoformat()})

    value = re.search(r'value="(hrp_[^"]+)"', answer.content.decode())[1]
    token = PersonalToken.objects.get()
    assert token.hash == hash_of(value)
    assert timezone.localdate(token.expires_at) == day
    assert value not in client.get(reverse("integrations:token_list")).content.decode()
    assert caller(value).get("/api/v1/employees/").status_code == 200
    fact = Fact.objects.get(topic="integrations.token_created")
    assert (fact.subject_id, fact.person_id) == (token.pk, user.employee_id)


@pytest.mark.parametrize("days", [-1, 367])
def test_token_lives_a_year_at_most(client, days):
    client.force_login(make_user())
    day = timezone.localdate() + datetime.timedelta(days=days)

    answer = client.post(reverse("integrations:token_create"), {"name": "Report", "expires_on": day.isoformat()})

    assert answer.status_code == 422
    assert "Report" in answer.content.decode()
    assert not PersonalToken.objects.exists()


def test_token_sees_exactly_what_its_owner_sees():
    """The same rows as a client with every scope that acts for them, for everybody of the world."""
    world = make_world()
    for place in PEOPLE:
        user = User.objects.get(pk=world.users[place].pk)
        acting = APIClient()
        acting.force_authenticate(ActingPrincipal("test", frozenset(Scope.values), user))
        own = caller(token_for(user))
        for name in LISTS:
            assert ids(own, name) == ids(acting, name), (place, name)


def test_journal_keeps_the_person_and_the_token():
    user = make_user()
    objective = ObjectiveFactory(owner=user.employee)

    answer = caller(token_for(user)).patch(f"/api/v1/objectives/{objective.pk}/", {"title": "Changed"})

    assert answer.status_code == 200, answer.content
    fact = Fact.objects.filter(subject_type="performance.objective").latest("pk")
    assert (fact.actor_id, fact.client_id, fact.on_behalf_of_id) == (
        user.pk,
        f"token:{PersonalToken.objects.get().pk}",
        None,
    )


def test_scopes_narrow_a_token():
    user = make_user()
    ObjectiveFactory(owner=user.employee)
    api = caller(token_for(user, scopes=["goals:read"]))

    assert ids(api, "objectives")[0] == 200
    assert api.get("/api/v1/reviews/").json()["code"] == "insufficient_scope"
    assert api.post("/api/v1/objectives/", {"title": "New"}).status_code == 403


def test_nobody_acts_for_others_by_a_token():
    user, other = make_user(), make_user(Role.HR_LEADER)
    api = caller(token_for(user))

    answer = api.get("/api/v1/talent-profiles/", headers={"Act-For": other.employee.employee_number})

    assert answer.json()["results"] == []
    assert Scope.ACT_FOR not in FOR_PEOPLE


def test_improvement_plans_open_to_a_token_and_to_no_client(api):
    plan = ImprovementPlanFactory()
    manager = make_user(employee=plan.employee.manager)

    assert ids(caller(token_for(manager)), "improvement-plans") == (200, [plan.pk])
    assert ids(caller(token_for(make_user())), "improvement-plans") == (200, [])
    assert api().get("/api/v1/improvement-plans/").status_code == 401
    assert api(act_for=manager).get("/api/v1/improvement-plans/").status_code == 401


def test_narrowed_token_opens_no_improvement_plan():
    plan = ImprovementPlanFactory()
    manager = make_user(employee=plan.employee.manager)

    answer = caller(token_for(manager, scopes=FOR_PEOPLE)).get(f"/api/v1/improvement-plans/{plan.pk}/")

    assert answer.status_code == 404


def test_a_token_decides_where_a_session_comes_with_it(client):
    plan = ImprovementPlanFactory()
    manager = make_user(employee=plan.employee.manager)
    client.force_login(manager)
    narrowed = token_for(manager, scopes=FOR_PEOPLE)

    answers = [
        client.get(f"/api/v1/improvement-plans/{plan.pk}/", headers={"Authorization": f"Bearer {token}"}).status_code
        for token in (token_for(manager), narrowed, "hrp_unknown")
    ]

    assert answers == [200, 404, 401]


@pytest.mark.parametrize("name", ["readiness-audits", "talent-metrics", "gap-analyses"])
def test_what_was_computed_for_a_token_is_its_owners_and_for_a_narrowed_one_is_its_alone(name):
    user = make_user(Role.HR_LEADER)
    asked = {"cycle": ReviewCycleFactory().pk} if name == "readiness-audits" else {"until": "2030-01-01"}
    whole, narrow = caller(token_for(user)), caller(token_for(user, scopes=FOR_PEOPLE))
    session = APIClient()
    session.force_authenticate(user)

    def found_after(api: APIClient) -> list[int]:
        answer = api.post(f"/api/v1/{name}/", {} if name == "talent-metrics" else asked)
        run_due_jobs()
        assert answer.status_code == 202
        return [len(ids(reader, name)[1]) for reader in (session, whole, narrow)]

    assert found_after(whole) == [1, 1, 0]
    assert found_after(narrow) == [1, 1, 1]


def test_narrowed_token_sees_no_job_that_was_begun_with_more():
    """What a job is called and found says what it is about."""
    user = make_user(Role.HR_LEADER)
    start_job("people.export_list", "People for “Head of research”", by=user)
    wide, narrow = caller(token_for(user)), caller(token_for(user, scopes=["goals:read"]))
    acting = APIClient()
    acting.force_authenticate(ActingPrincipal("test", frozenset({"goals:read"}), user))

    assert [len(ids(api, "jobs")[1]) for api in (wide, narrow, acting)] == [1, 0, 0]


def test_revoked_and_expired_tokens_open_nothing(time_machine):
    user = make_user()
    revoked, expired = token_for(user), token_for(user)
    revoke_token(PersonalToken.objects.get(hash=hash_of(revoked)), by=user)

    assert caller(revoked).get("/api/v1/employees/").status_code == 401
    time_machine.move_to(timezone.now() + datetime.timedelta(days=10))
    assert caller(expired).get("/api/v1/employees/").status_code == 401


def test_closed_account_and_leaver_are_out_at_once():
    closed, left = make_user(), make_user()
    tokens = [token_for(closed), token_for(left)]
    deactivate_account(closed, by=None)
    left.employee.status, left.employee.left_on = "left", timezone.localdate()
    left.employee.save()

    assert [caller(value).get("/api/v1/employees/").status_code for value in tokens] == [401, 401]
    reactivate_account(closed, by=None)
    assert caller(tokens[0]).get("/api/v1/employees/").status_code == 401


def test_role_that_needs_a_second_step_is_not_got_around(settings):
    settings.MFA_REQUIRED_ROLES = [Role.HR_LEADER]
    leader = make_user(Role.HR_LEADER)

    answer = caller(token_for(leader)).get("/api/v1/employees/")

    assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_required")
    assert caller(token_for(leader, second_factor=True)).get("/api/v1/employees/").status_code == 200
    assert caller(token_for(make_user())).get("/api/v1/employees/").status_code == 200


def test_token_does_not_look_after_tokens_nor_clients():
    admin = make_user(Role.ADMIN)
    other = token_for(make_user())
    principal_viewer = PersonalToken.objects.visible_to(admin)

    assert PersonalToken.objects.get(hash=hash_of(other)) in principal_viewer
    api = caller(token_for(admin))
    assert api.get(reverse("integrations:token_list")).status_code == 302  # pages take a session


def test_administrator_ends_a_token_and_others_do_not(client):
    token_for(make_user())
    token = PersonalToken.objects.get()
    client.force_login(make_user())
    assert client.post(reverse("integrations:token_revoke", args=[token.pk])).status_code == 404
    assert PersonalToken.objects.valid().exists()

    client.force_login(make_user(Role.ADMIN))
    page = client.get(reverse("integrations:token_overview")).content.decode()
    client.post(reverse("integrations:token_revoke", args=[token.pk]))

    assert "Report" in page
    assert token.hash not in page
    assert not PersonalToken.objects.valid().exists()


def test_unknown_scope_is_refused():
    with pytest.raises(ActionError):
        token_for(make_user(), scopes=["act_for"])

    assert not PersonalToken.objects.exists()
