"""The change feed: complete, resumable, and nothing a client may not hear of."""

import pytest
from rest_framework.test import APIClient

from hrportal.integrations.oauth.principals import ClientPrincipal
from hrportal.journal.models import Fact
from hrportal.people.actions import edit_in_organisation
from hrportal.people.actions.imports import upload_import
from hrportal.people.enums import Role
from performance.actions.reviews import withdraw_review
from tests.factories.people import OrgUnitFactory, PositionFactory, make_user
from tests.factories.performance import ReviewFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/changes/"


@pytest.fixture
def withdrawn(deliver_events):
    """Two reviews withdrawn one after the other, and their facts sequenced."""
    reviews = [withdraw_review(ReviewFactory(), by=None, reason="Left") for _ in range(2)]
    deliver_events()
    return reviews


def test_client_hears_what_happened_in_order(api, withdrawn):
    rows = api("reviews:read").get(URL).json()["results"]

    assert [(row["topic"], row["subject_id"]) for row in rows] == [
        ("performance.review_withdrawn", review.pk) for review in withdrawn
    ]
    assert rows[0]["employee"] == withdrawn[0].employee_id
    assert "Left" not in str(rows)


def test_client_goes_on_where_it_was(api, withdrawn):
    caller = api("reviews:read")
    first = caller.get(f"{URL}?page_size=1").json()

    rest = caller.get(f"{URL}?since={first['results'][0]['position']}").json()["results"]

    assert [row["subject_id"] for row in rest] == [withdrawn[1].pk]
    assert caller.get(first["next"]).json()["results"] == rest


def test_the_first_page_says_from_where_to_follow_after_a_full_copy(api, withdrawn, deliver_events):
    caller = api("reviews:read")
    first = caller.get(f"{URL}?page_size=1")
    later = withdraw_review(ReviewFactory(), by=None, reason="Left")
    deliver_events()

    rows = caller.get(URL, {"since": first["Watermark"]}).json()["results"]

    assert [row["subject_id"] for row in rows] == [later.pk]
    assert "Watermark" not in caller.get(first.json()["next"])


def test_what_has_no_position_yet_waits(api):
    withdraw_review(ReviewFactory(), by=None, reason="Left")

    assert Fact.objects.filter(position=None).exists()
    assert api("reviews:read").get(URL).json()["results"] == []


def test_client_hears_only_of_what_its_scopes_name(api, withdrawn):
    assert api("succession:read", "employees:read").get(URL).json()["results"] == []


def test_client_of_a_unit_hears_of_its_seats_alone(deliver_events):
    here, elsewhere = (PositionFactory(org_unit=OrgUnitFactory()) for _ in range(2))
    for seat in (here, elsewhere):
        edit_in_organisation(seat, by=None, name="Renamed")
    deliver_events()
    caller = APIClient()
    caller.force_authenticate(ClientPrincipal("hris", frozenset({"employees:read"}), (here.org_unit.path,)))

    assert [row["subject_id"] for row in caller.get(URL).json()["results"]] == [here.pk]


def test_nobody_reads_it_through_a_person(api, withdrawn):
    assert api(act_for=make_user(Role.HR_LEADER)).get(URL).status_code == 403


def test_a_client_of_a_unit_does_not_hear_of_files_of_the_whole_company(deliver_events):
    content = b"employee_number,first_name,last_name\nN1,Ada,Byron\n"
    upload_import([content], by=None, name="people.csv", size=len(content), source="hris")
    deliver_events()
    found = {}
    for units in (None, (OrgUnitFactory().path,)):
        caller = APIClient()
        caller.force_authenticate(ClientPrincipal("hris", frozenset({"employees:write"}), units))
        found[units is None] = len(caller.get(URL).json()["results"])

    assert found == {True: 1, False: 0}


@pytest.mark.parametrize(
    ("topics", "count"),
    [("performance.review_withdrawn", 2), ("performance.*", 2), ("*", 2), ("people.*", 0), (",", 0)],
)
def test_topics_are_chosen_as_for_an_endpoint(api, withdrawn, topics, count):
    assert len(api("reviews:read").get(URL, {"topics": topics}).json()["results"]) == count


def test_a_mistyped_topic_is_refused_and_not_answered_with_nothing_for_ever(api, withdrawn):
    answer = api("reviews:read").get(URL, {"topics": "performance.review_withdrawn,performance.review_witdrawn"})

    (wrong,) = answer.json()["errors"]
    assert (answer.status_code, wrong["parameter"]) == (400, "topics")
    assert wrong["detail"] == "There is no event performance.review_witdrawn."
