"""Lists are taken away as their pages show them, by the pages' own controls, and three rows ask no more often than one."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from allauth.idp.oidc.models import Client
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.integrations.actions import create_client, create_token
from hrportal.integrations.feeds.models import BiExport, BiRun
from hrportal.integrations.oauth.principals import ActingPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.integrations.scim.models import ScimClient, ScimGroup, ScimRequest
from hrportal.integrations.webhooks.models import TEST_TOPIC, Endpoint, Message
from hrportal.journal.recording import record
from hrportal.notices.models import Notice
from hrportal.people.enums import Role
from hrportal.people.exports import all_list_kinds
from hrportal.people.models import EmployeeImport, ImportChange, ImportProblem, ListExport, PendingManager, User
from performance.models import PartVersion
from tests.factories.people import (
    EmployeeFactory,
    JobFactory,
    LegalEntityFactory,
    LocationFactory,
    OrgUnitFactory,
    PositionFactory,
    make_user,
)
from tests.factories.performance import (
    FeedbackFactory,
    FeedbackRequestFactory,
    FeedbackRoundFactory,
    GoalAssignmentFactory,
    GoalPeriodFactory,
    GoalProposalFactory,
    GoalTemplateFactory,
    ImprovementPlanFactory,
    ObjectiveFactory,
    OneToOneFactory,
    RaterFactory,
    RatingScaleFactory,
    ReviewCycleFactory,
    ReviewExemptionFactory,
    ReviewFactory,
    ReviewTemplateFactory,
    RoundTemplateFactory,
    part_of,
)

pytestmark = pytest.mark.django_db

CONTROL = re.compile(r'action="/exports/([^/"]+)/".*?name="query" value="([^"]*)"', re.DOTALL)
ROOMS = ("people.", "integrations.", "notices.", "journal.", "sign_in.", "performance.")
YESTERDAY = timezone.localdate() - timedelta(days=1)


@dataclass(frozen=True)
class Page:
    """Where a list stands, and how it comes to a row more: of the reader, and of whatever the page is about."""

    route: str
    another: Callable[[User, Any], Any]
    about: Callable[[User], Any] = lambda reader: None
    query: str = ""
    more: tuple[str, ...] = ()

    def url(self, about: Any) -> str:
        args = [*([about.pk] if about else []), *self.more]
        return reverse(self.route, args=args) + self.query


def person(**fields: Any) -> Any:
    place = {"org_unit": OrgUnitFactory(), "job": JobFactory(), "location": LocationFactory()}
    return EmployeeFactory(**place | fields)


def api_client(reader: User, _about: Any = None) -> Client:
    return create_client(f"Client {Client.objects.count()}", scopes=["employees:read"], by=reader)[0]


def endpoint(reader: User, _about: Any = None) -> Endpoint:
    return Endpoint.objects.create(client=api_client(reader), url="https://hooks.example.com/", events=["*"])


def scim_client(_reader: User, _about: Any = None) -> ScimClient:
    return ScimClient.objects.create(name=f"Directory {ScimClient.objects.count()}")


def nightly_export(reader: User, _about: Any = None) -> BiExport:
    return BiExport.objects.create(client=api_client(reader), tables=["employees"])


def imported(_reader: User, _about: Any = None) -> EmployeeImport:
    return EmployeeImport.objects.create(source="hris", file_name="people.csv", state="checked")


def series_of(reader: User) -> Any:
    return OneToOneFactory(manager=reader.employee, employee=person())


def past_meeting(_reader: User, series: Any) -> Any:
    day = timezone.localdate()
    return series.meetings.create(slot_on=day, held_on=day, state="held", notes="We agreed.")


def token(reader: User, _about: Any) -> Any:
    name = f"Report {reader.personal_tokens.count()}"
    return create_token(by=reader, name=name, expires_on=timezone.localdate() + timedelta(days=9))


def session(reader: User, _about: Any) -> UserSession:
    browser = Browser()
    browser.force_login(reader)
    key = browser.session.session_key
    return UserSession.objects.create(user=reader, ip="192.0.2.1", session_key=key, user_agent="Firefox/140")


def late_review(_reader: User, cycle: Any) -> Any:
    return ReviewFactory(cycle=cycle, employee=person(manager=person()), manager_due_on=YESTERDAY)


def version(_reader: User, review: Any) -> PartVersion:
    return PartVersion.objects.create(part=part_of(review), version=1, author=person())


def asked_sheet(reader: User, _about: Any) -> Any:
    round_ = FeedbackRoundFactory(state="collecting", subject=person(manager=person()))
    return RaterFactory(round=round_, employee=reader.employee)


def goal_of_many(_reader: User, assignment: Any) -> Any:
    return ObjectiveFactory(assignment=assignment, owner=person())


def running_cycle(_reader: User) -> Any:
    return ReviewCycleFactory(state="running")


LISTS = {
    "people.directory": Page("people:employee_list", lambda *_: person(manager=person())),
    "people.unit_people": Page("people:unit_detail", lambda _, unit: person(org_unit=unit), lambda _: OrgUnitFactory()),
    "people.accounts": Page("people:account_list", lambda *_: make_user(Role.HRBP)),
    "people.imports": Page("people:import_list", imported),
    "people.import_changes": Page(
        "people:import_detail",
        lambda _, file: ImportChange.objects.create(
            employee_import=file, employee=person(), kind="change", fields={"first_name": ["A", "B"]}
        ),
        imported,
    ),
    "people.import_problems": Page(
        "people:import_problems",
        lambda _, file: ImportProblem.objects.create(employee_import=file, line=2, reason="No name"),
        imported,
    ),
    "people.units": Page(
        "people:organisation_list", lambda *_: OrgUnitFactory(parent=OrgUnitFactory()), more=("units",)
    ),
    "people.jobs": Page("people:organisation_list", lambda *_: JobFactory(), more=("jobs",)),
    "people.positions": Page(
        "people:organisation_list",
        lambda *_: PositionFactory(job=JobFactory(), org_unit=OrgUnitFactory()),
        more=("positions",),
    ),
    "people.locations": Page("people:organisation_list", lambda *_: LocationFactory(), more=("locations",)),
    "people.legal_entities": Page(
        "people:organisation_list", lambda *_: LegalEntityFactory(), more=("legal-entities",)
    ),
    "people.pending_managers": Page(
        "people:pending_manager_list",
        lambda *_: PendingManager.objects.create(
            employee=person(), key="employee_number", value="later", starts_on=YESTERDAY
        ),
    ),
    "integrations.clients": Page("integrations:client_list", api_client),
    "integrations.own_tokens": Page("integrations:token_list", token),
    "integrations.tokens": Page("integrations:token_overview", lambda *_: token(make_user(Role.EMPLOYEE), None)),
    "integrations.webhooks": Page("webhooks:endpoint_list", endpoint),
    "integrations.webhook_deliveries": Page(
        "webhooks:endpoint_detail",
        lambda _, at: Message.objects.create(endpoint=at, topic=TEST_TOPIC, webhook_id="msg_1"),
        endpoint,
    ),
    "integrations.scim_clients": Page("provisioning:client_list", scim_client),
    "integrations.scim_groups": Page(
        "provisioning:client_detail",
        lambda _, client: ScimGroup.objects.create(client=client, display_name="Readers", org_unit=OrgUnitFactory()),
        scim_client,
    ),
    "integrations.scim_requests": Page(
        "provisioning:client_detail",
        lambda _, client: ScimRequest.objects.create(client=client, method="GET", path="scim/v2/Users", status=404),
        scim_client,
        "?refused=1",
    ),
    "integrations.nightly_exports": Page("bi_exports:export_list", nightly_export),
    "integrations.nightly_runs": Page(
        "bi_exports:export_detail",
        lambda _, export: BiRun.objects.create(export=export, state="done", reach="all", format="ndjson"),
        nightly_export,
    ),
    "notices.notices": Page(
        "notices:notice_list",
        lambda reader, _: Notice.objects.create(
            employee=reader.employee, kind="test.nothing", key=str(Notice.objects.count()), url="/"
        ),
    ),
    "journal.facts": Page(
        "home:fact_list",
        lambda reader, _: record(
            "performance.review_completed", ReviewFactory(), by=make_user(), person_id=person().pk
        ),
        query="?area=performance.",
    ),
    "sign_in.sessions": Page("usersessions_list", session),
    "performance.reviews": Page(
        "performance:review_list", lambda *_: ReviewFactory(employee=person(manager=person())), query="?show=all"
    ),
    "performance.cycles": Page("performance:cycle_list", lambda *_: ReviewCycleFactory()),
    "performance.goals": Page("performance:objective_list", lambda reader, _: ObjectiveFactory(owner=reader.employee)),
    "performance.feedback": Page(
        "performance:feedback_list",
        lambda reader, _: FeedbackFactory(giver=person(), recipient=reader.employee, visibility="recipient"),
    ),
    "performance.feedback_requests": Page(
        "performance:feedback_request_list", lambda reader, _: FeedbackRequestFactory(asked=reader.employee)
    ),
    "performance.goal_periods": Page("performance:goal_period_list", lambda *_: GoalPeriodFactory()),
    "performance.goal_templates": Page("performance:goal_template_list", lambda *_: GoalTemplateFactory()),
    "performance.goal_assignments": Page(
        "performance:goal_assignment_list",
        lambda *_: GoalAssignmentFactory(org_unit=OrgUnitFactory(), assigned_by=person()),
    ),
    "performance.assigned_goals": Page(
        "performance:goal_assignment_detail", goal_of_many, lambda _: GoalAssignmentFactory()
    ),
    "performance.goal_proposals": Page(
        "performance:goal_proposal_list", lambda *_: GoalProposalFactory(employee=person()), query="?show=others"
    ),
    "performance.goal_cascade": Page(
        "performance:goal_tree", lambda *_: ObjectiveFactory(owner=None, level="company", state="active")
    ),
    "performance.one_to_ones": Page("performance:one_to_one_list", lambda reader, _: series_of(reader)),
    "performance.meetings": Page("performance:one_to_one_detail", past_meeting, series_of),
    "performance.rounds": Page(
        "performance:round_list", lambda *_: FeedbackRoundFactory(subject=person(manager=person())), query="?show=all"
    ),
    "performance.rounds_to_answer": Page("performance:round_list", asked_sheet),
    "performance.round_templates": Page("performance:round_template_list", lambda *_: RoundTemplateFactory()),
    "performance.improvement_plans": Page(
        "performance:improvement_plan_list", lambda *_: ImprovementPlanFactory(), query="?show=hr"
    ),
    "performance.cycle_population": Page(
        "performance:cycle_population", lambda *_: person(manager=person()), lambda _: ReviewCycleFactory()
    ),
    "performance.late_reviews": Page("performance:cycle_late", late_review, running_cycle),
    "performance.exemptions": Page("performance:exemption_list", lambda *_: ReviewExemptionFactory(employee=person())),
    "performance.part_versions": Page(
        "performance:part_versions",
        version,
        lambda _: ReviewFactory(employee=person(manager=person())),
        more=("manager",),
    ),
    "performance.templates": Page("performance:template_list", lambda *_: ReviewTemplateFactory()),
    "performance.scales": Page("performance:template_list", lambda *_: RatingScaleFactory()),
}
# Figures and what was left lying: lines of what is counted, with tests of their own.
COUNTED = {"performance.metrics": "tests/performance/test_metrics.py"} | dict.fromkeys(
    [f"performance.{kind}_left_lying" for kind in ("reviews", "feedback", "goals", "teams")],
    "tests/performance/test_accountability.py",
)


def test_every_list_of_these_rooms_is_looked_at_here():
    names = {kind.name for kind in all_list_kinds() if kind.name.startswith(ROOMS)}

    assert sorted(names ^ {*LISTS, *COUNTED}) == []


@pytest.mark.parametrize(("name", "page"), LISTS.items(), ids=list(LISTS))
def test_the_control_on_a_page_takes_away_its_rows_at_one_price(client, name, page):
    reader = make_user(Role.HR_LEADER, Role.ADMIN)
    client.force_login(reader)
    about = page.about(reader)
    rows, prices = [], []
    for more in (1, 2):
        for _ in range(more):
            page.another(reader, about)
        [query] = [query for list_name, query in CONTROL.findall(shown(client, page.url(about))) if list_name == name]
        with CaptureQueriesContext(connection) as asked:
            rows.append(taken(client, name, unescape(query)))
        prices.append(len(asked))

    assert len(rows[1]) >= len(rows[0]) + 2
    assert all(any(row) for row in rows[1])
    assert prices[0] == prices[1]


def shown(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


OF_ONESELF = {
    "integrations.own_tokens": token,
    "notices.notices": LISTS["notices.notices"].another,
    "sign_in.sessions": session,
    "performance.feedback_requests": LISTS["performance.feedback_requests"].another,
    "performance.one_to_ones": lambda owner, _: series_of(owner),
    "performance.meetings": lambda owner, _: past_meeting(owner, series_of(owner)),
    "performance.rounds_to_answer": asked_sheet,
}


@pytest.mark.parametrize(("name", "another"), OF_ONESELF.items(), ids=list(OF_ONESELF))
def test_of_what_is_somebodys_own_nobody_takes_anothers_away(client, name, another):
    another(make_user(), None)
    client.force_login(make_user(Role.HR_LEADER, Role.ADMIN))

    assert taken(client, name, "show=all" if name == "notices.notices" else "") == []


def test_no_file_holds_a_secret_or_a_part_of_one(client):
    admin = make_user(Role.ADMIN, Role.EMPLOYEE)
    _client, secret = create_client("Payroll", scopes=["employees:read"], by=admin)
    _token, value = token(admin, None)
    client.force_login(admin)

    cells = {
        cell
        for kind in all_list_kinds()
        if kind.name.startswith(("integrations.", "people."))
        for row in taken(client, kind.name, "")
        for cell in row
    }

    assert {"Payroll", "Report 0"} <= cells
    assert not [cell for cell in cells if any(part in cell for part in (secret, value, secret[-4:], value[-4:]))]


def test_a_client_takes_away_nothing_that_is_for_people_alone():
    ImprovementPlanFactory()
    caller = APIClient()
    caller.force_authenticate(ActingPrincipal("test", frozenset(Scope.values), make_user(Role.HR_LEADER, Role.ADMIN)))
    closed = {kind.name for kind in all_list_kinds() if kind.in_person}

    offered = {row["name"] for row in caller.get("/api/v1/exports/lists/").json()}
    refused = {
        name: caller.post("/api/v1/exports/", {"list_name": name, "format": "csv"}, format="json").status_code
        for name in closed
    }

    assert "performance.improvement_plans" in closed
    assert closed & offered == set()
    assert set(refused.values()) == {400}
    assert not ListExport.objects.exists()


def taken(client, name: str, query: str) -> list[list[str]]:
    """The lines of a list's file, below its header."""
    answer = client.post(reverse("home:list_export", args=[name]), {"query": query, "format": "csv"})
    assert answer.status_code == 200, name
    return list(csv.reader(io.StringIO(answer.content.decode())))[1:]
