"""Cycles on pages and in the API: built, previewed, extended, followed; nothing is offered that would be refused."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ClientPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.people.enums import Role
from hrportal.people.models import OrgUnit
from performance import actions
from performance.enums import CycleKind, CycleState
from performance.models import Review, ReviewCycle, ReviewExemption, ReviewTemplate, TemplateQuestion
from tests.factories.people import CompetencyFactory, EmployeeFactory, JobFactory, OrgUnitFactory, make_user
from tests.factories.performance import (
    ObjectiveFactory,
    RatingScaleFactory,
    ReviewCycleFactory,
    ReviewExemptionFactory,
    ReviewFactory,
    ReviewTemplateFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def days(count):
    return TODAY + datetime.timedelta(days=count)


@pytest.fixture
def leader(client):
    user = make_user(Role.HR_LEADER)
    client.force_login(user)
    return user


@pytest.fixture
def api():
    caller = APIClient()
    caller.force_authenticate(ClientPrincipal("hris", frozenset(Scope.values)))
    return caller


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def fields_of_a_cycle(**fields):
    return {
        "name": "Year 2027",
        "starts_on": "2027-01-01",
        "ends_on": "2027-12-31",
        "template": ReviewTemplateFactory().pk,
        "scale": RatingScaleFactory().pk,
        **fields,
    }


# The form


def test_units_and_people_are_typed_one_on_each_line(client, leader):
    north, south = OrgUnitFactory(name="North", code="N1"), OrgUnitFactory(name="South", code="S1")
    person = EmployeeFactory()
    url = reverse("performance:cycle_create")
    typed = {"org_units": ["North (N1)", "s1", "", ""], "excluded_people": [person.employee_number, ""]}

    client.post(url, fields_of_a_cycle(**typed))

    cycle = ReviewCycle.objects.get()
    assert list(cycle.org_units.order_by("name")) == [north, south]
    assert list(cycle.excluded_people.all()) == [person]
    page = client.get(reverse("performance:cycle_edit", args=[cycle.pk])).content.decode()
    assert "North (N1)" in page
    assert f"{person.name} ({person.employee_number})" in page


def test_what_was_typed_stays_with_the_error_at_its_field(client, leader):
    answer = client.post(
        reverse("performance:cycle_create"),
        fields_of_a_cycle(org_units=["Nowhere", ""], self_due_on="2027-02-01", manager_due_on="2027-01-15"),
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“Nowhere”" in page
    assert 'value="Nowhere"' in page
    assert 'value="2027-01-15"' in page
    assert not ReviewCycle.objects.exists()


def test_dates_out_of_order_are_refused_at_the_later_one(client, leader):
    answer = client.post(
        reverse("performance:cycle_create"),
        fields_of_a_cycle(self_due_on="2027-02-01", manager_due_on="2027-01-15"),
    )

    assert answer.status_code == 422
    assert "manager_due_on" in answer.context["form"].errors
    assert not ReviewCycle.objects.exists()


def test_the_form_does_not_grow_with_the_company(client, leader):
    url = reverse("performance:cycle_create")
    before = len(client.get(url).content)
    OrgUnit.objects.bulk_create(
        OrgUnit(name=f"Unit {n}", code=f"X{n}", kind="team", path=f"zz{n:04}") for n in range(300)
    )

    assert len(client.get(url).content) == pytest.approx(before, abs=50)


def test_a_partner_names_own_units_and_own_people(client):
    unit = OrgUnitFactory(code="OWN")
    client.force_login(make_user(Role.HRBP, unit=unit))
    OrgUnitFactory(code="OTHER")
    stranger = EmployeeFactory(org_unit=OrgUnitFactory())
    url = reverse("performance:cycle_create")

    answers = [
        client.post(url, fields_of_a_cycle(org_units=units, included_people=people)).status_code
        for units, people in ([[], []], [["OTHER"], []], [["OWN"], [stranger.employee_number]], [["OWN"], []])
    ]

    assert answers == [422, 422, 422, 302]
    assert ReviewCycle.objects.count() == 1


# The population


def test_everyone_is_listed_with_the_reason(client, leader):
    cycle = ReviewCycleFactory(state=CycleState.DRAFT, hired_until=datetime.date(2026, 6, 30))
    EmployeeFactory(first_name="Ada", hired_on=datetime.date(2026, 1, 1))
    EmployeeFactory(first_name="Berta", hired_on=datetime.date(2026, 12, 1))
    url = reverse("performance:cycle_population", args=[cycle.pk])

    inside, outside = (client.get(url, {"show": show}).content.decode() for show in ("in", "hired_late"))

    assert ("Ada" in inside, "Berta" in inside) == (True, False)
    assert ("Ada" in outside, "Berta" in outside) == (False, True)
    assert "Hired too late" in outside
    assert "Ada" in client.get(url, {"search": "ada"}).content.decode()


def test_population_late_and_exemption_lists_ask_the_same_for_one_and_three(client, leader):
    cycle = ReviewCycleFactory()
    urls = [
        reverse("performance:cycle_population", args=[cycle.pk]),
        reverse("performance:cycle_late", args=[cycle.pk]),
        reverse("performance:exemption_list"),
        reverse("performance:cycle_detail", args=[cycle.pk]),
    ]

    def one_more():
        unit = OrgUnitFactory()
        employee = EmployeeFactory(manager=EmployeeFactory(), org_unit=unit, job=JobFactory())
        ReviewFactory(cycle=cycle, employee=employee, manager_due_on=days(-1))
        ReviewExemptionFactory(employee=EmployeeFactory(org_unit=unit, job=JobFactory()), made_by=EmployeeFactory())

    one_more()
    for_one = [queries(client, url) for url in urls]
    one_more()
    one_more()

    assert [queries(client, url) for url in urls] == for_one


def test_an_exemption_is_made_and_ended_on_pages(client, leader):
    person = EmployeeFactory()
    fields = {"employee": person.employee_number, "reason": "Sabbatical", "until": days(30).isoformat()}

    client.post(reverse("performance:exemption_create"), fields)
    exemption = ReviewExemption.objects.get()
    assert "Sabbatical" in client.get(reverse("performance:exemption_list")).content.decode()
    client.post(reverse("performance:exemption_end", args=[exemption.pk]))

    assert "Sabbatical" not in client.get(reverse("performance:exemption_list")).content.decode()


# Steps


def test_more_time_is_given_on_a_page(client, leader):
    cycle = ReviewCycleFactory(self_due_on=days(2), manager_due_on=days(5))
    review = ReviewFactory(cycle=cycle, manager_due_on=days(5))
    url = reverse("performance:cycle_extend", args=[cycle.pk])

    refused = client.post(url, {"manager_due_on": days(3).isoformat(), "reason": "Earlier"})
    client.post(url, {"manager_due_on": days(8).isoformat(), "reason": "The fair"})

    review.refresh_from_db()
    assert refused.status_code == 422
    assert review.manager_due_on == days(8)
    assert "The fair" in client.get(reverse("performance:cycle_detail", args=[cycle.pk])).content.decode()


def test_a_cycle_is_followed_and_stopped_on_pages(client, leader):
    cycle = ReviewCycleFactory(name="Year 2026", repeats=True)

    client.post(reverse("performance:cycle_clone", args=[cycle.pk]), {"name": ""})
    client.post(reverse("performance:cycle_stop_repeating", args=[cycle.pk]))

    cycle.refresh_from_db()
    assert cycle.clones.get().name == "Year 2027"
    assert not cycle.repeats


def test_the_review_page_leads_through_agreeing_goals(client):
    review = ReviewFactory(state="goal_setting", cycle__goals_due_on=days(5))
    url = reverse("performance:review_detail", args=[review.pk])
    agree = reverse("performance:review_agree_goals", args=[review.pk])
    client.force_login(make_user(employee=review.reviewer))
    assert agree not in client.get(url).content.decode()  # nothing to agree yet, so no button

    goal = ObjectiveFactory(owner=review.employee, title="Fewer returns")
    page = client.get(url).content.decode()
    assert goal.title in page
    assert agree in page
    client.post(agree)

    review.refresh_from_db()
    assert review.goals_agreed_at is not None
    client.force_login(make_user(employee=review.employee))
    assert agree not in client.get(url).content.decode()


def test_who_comes_next_is_on_the_page_of_a_personal_cycle(client, leader):
    cycle = ReviewCycleFactory(
        kind=CycleKind.PROBATION, months_after_hire=1, starts_on=TODAY, ends_on=days(300), opens_days_before=5
    )
    EmployeeFactory(first_name="Next", hired_on=TODAY)

    page = client.get(reverse("performance:cycle_detail", args=[cycle.pk])).content.decode()

    assert "Who comes next" in page
    assert "Next" in page


def test_the_one_who_is_late_is_asked_from_the_list(client, leader):
    review = ReviewFactory(manager_due_on=days(-1))
    listed = reverse("performance:cycle_late", args=[review.cycle_id])
    assert review.employee.name in client.get(listed).content.decode()

    answer = client.post(reverse("performance:review_nudge", args=[review.pk]), {"from": "late"})

    assert answer["Location"] == listed
    assert review.reviewer.notices.get().kind == "performance.nudged"


@pytest.mark.parametrize("state", sorted(CycleState))
@pytest.mark.parametrize("kind", sorted(CycleKind))
def test_nothing_is_offered_that_would_be_refused(client, leader, state, kind):
    cycle = ReviewCycleFactory(state=state, kind=kind, months_after_hire=6, repeats=True)
    ReviewFactory(cycle=cycle)

    page = client.get(reverse("performance:cycle_detail", args=[cycle.pk])).content.decode()

    pages = {
        "cycle_edit": CycleState.CLOSED,
        "cycle_extend": None,
        "cycle_clone": None,
        "cycle_population": None,
        "cycle_add_person": None,
    }
    for name in sorted(pages):
        url = reverse(f"performance:{name}", args=[cycle.pk])
        assert f'"{url}"' not in page or client.get(url).status_code == 200


# Templates


def a_question(number, **fields):
    usual = {"text": "", "kind": "text", "asked_of": "both", "seen_by": "employee", "choices": "", "help_text": ""}
    return {f"questions-{number}-{name}": value for name, value in (usual | fields).items()}


def test_a_section_takes_questions_of_every_kind(client, leader):
    template = ReviewTemplate.objects.create(name="Talk")
    url = reverse("performance:section_create", args=[template.pk])
    fields = {
        "kind": "questions",
        "title": "The year",
        "weight": "100",
        "questions-TOTAL_FORMS": "3",
        "questions-INITIAL_FORMS": "0",
        **a_question(0, text="How was it?", kind="rating", seen_by="manager"),
        **a_question(1, text="Go on?", kind="choice", choices="Yes\n\nNo\nYes"),
        **a_question(2),
    }

    refused = client.post(url, fields | a_question(1, text="Go on?", kind="choice", choices="Only this"))
    saved = client.post(url, fields, follow=True)

    assert refused.status_code == 422
    assert "Saved." in saved.content.decode()
    assert "Only this" in refused.content.decode()
    first, second = TemplateQuestion.objects.order_by("order")
    assert (first.kind, first.seen_by) == ("rating", "manager")
    assert second.choices == ["Yes", "No"]
    client.post(reverse("performance:question_move", args=[template.pk, second.pk]), {"direction": "up"})
    assert [q.text for q in template.sections.get().questions.order_by("order")] == ["Go on?", "How was it?"]


@pytest.mark.parametrize(("weights", "launches"), [([], True), ([60, 40], True), ([60, 30], False), ([70, 60], False)])
def test_weights_total_100_or_the_cycle_is_not_launched(client, leader, weights, launches, deliver_events):
    template = ReviewTemplateFactory()
    for section, weight in zip(template.sections.filter(kind__in=["goals", "competencies"]), weights, strict=False):
        section.weight = weight
        section.save()
    cycle = ReviewCycleFactory(state=CycleState.DRAFT, template=template)

    page = client.get(reverse("performance:template_detail", args=[template.pk])).content.decode()
    client.post(reverse("performance:cycle_launch", args=[cycle.pk]))

    cycle.refresh_from_db()
    assert (cycle.state != CycleState.DRAFT) == launches
    assert ("cannot be launched until" in page) != launches


def test_a_launch_copies_weights_kinds_choices_and_readers():
    template = ReviewTemplateFactory()
    section = template.sections.get(kind="questions")
    question = {"text": "Go on?", "kind": "choice", "choices": ["Yes", "No"], "seen_by": "hr", "asked_of": "manager"}
    rated = {"text": "How far?", "kind": "rating", "asked_of": "manager"}
    actions.save_section(
        template, by=None, section=section, kind="questions", title="Asked", weight=100, questions=[question, rated]
    )
    EmployeeFactory()
    cycle = ReviewCycleFactory(state=CycleState.DRAFT, template=template)

    actions.launch_cycle(cycle, by=None)

    cycle.refresh_from_db()
    copied = cycle.template.sections.get(kind="questions")
    assert copied.weight == 100
    assert {name: getattr(copied.questions.get(kind="choice"), name) for name in question} == question
    assert cycle.template.copied_from == template


@pytest.mark.parametrize(
    ("asked_of", "kind", "launches"),
    [("self", "rating", False), ("both", "text", False), ("both", "rating", True), ("manager", "rating", True)],
)
def test_a_weight_of_what_the_manager_rates_nothing_in_is_refused(asked_of, kind, launches):
    template = ReviewTemplateFactory()
    section = template.sections.get(kind="questions")
    asked = [{"text": "How far?", "kind": kind, "asked_of": asked_of}]
    actions.save_section(
        template, by=None, section=section, kind="questions", title="Asked", weight=100, questions=asked
    )
    EmployeeFactory()
    cycle = ReviewCycleFactory(state=CycleState.DRAFT, template=template)

    if launches:
        actions.launch_cycle(cycle, by=None)
    else:
        with pytest.raises(ActionError, match="rates nothing"):
            actions.launch_cycle(cycle, by=None)

    cycle.refresh_from_db()
    assert (cycle.state != CycleState.DRAFT) == launches


def test_each_side_is_previewed_with_what_it_is_asked(client, leader):
    template = ReviewTemplate.objects.create(name="Talk")
    questions = [{"text": "For me", "asked_of": "self"}, {"text": "For the boss", "asked_of": "manager"}]
    actions.save_section(template, by=None, kind="questions", title="Asked", questions=questions)
    url = reverse("performance:template_preview", args=[template.pk])

    own, managers = (client.get(url, {"side": side}).content.decode() for side in ("self", "manager"))

    assert ("For me" in own, "For the boss" in own) == (True, False)
    assert ("For me" in managers, "For the boss" in managers) == (False, True)


def test_an_archived_template_is_not_offered_and_not_lost(client, leader):
    template = ReviewTemplateFactory(name="Old form")
    used = ReviewCycleFactory(state=CycleState.DRAFT, template=template)

    client.post(reverse("performance:template_archive", args=[template.pk]))

    assert "Old form" not in client.get(reverse("performance:cycle_create")).content.decode()
    assert "Old form" in client.get(reverse("performance:cycle_edit", args=[used.pk])).content.decode()
    assert "Archived" in client.get(reverse("performance:template_list")).content.decode()


def test_the_list_of_masters_asks_the_same_for_one_and_three(client, leader):
    url = reverse("performance:template_list")
    ReviewCycleFactory()
    for_one = queries(client, url)
    ReviewCycleFactory()
    ReviewCycleFactory()

    assert queries(client, url) == for_one


# The API


def test_a_cycle_is_built_previewed_launched_extended_and_followed_over_the_api(api, deliver_events):
    boss = EmployeeFactory(hired_on=datetime.date(2020, 1, 1))
    EmployeeFactory(manager=boss, hired_on=datetime.date(2028, 1, 1))
    competency = CompetencyFactory()
    template = api.post("/api/v1/review-templates/", {"name": "Talk"}, format="json").json()["id"]
    sections = f"/api/v1/review-templates/{template}/sections/"
    question = {"text": "Go on?", "kind": "choice", "choices": ["Yes", "No"], "seen_by": "hr"}
    api.post(sections, {"kind": "overall", "title": "Overall"}, format="json")
    asked = [question, {"text": "How far?", "kind": "rating"}]
    api.post(sections, {"kind": "questions", "title": "Asked", "weight": 50, "questions": asked}, format="json")
    made = api.post(
        sections,
        {"kind": "competencies", "title": "Skills", "weight": 40, "competencies": [competency.pk]},
        format="json",
    ).json()
    scale = api.post(
        "/api/v1/rating-scales/",
        {"name": "Two", "levels": [{"value": 1, "label": "No"}, {"value": 2, "label": "Yes"}]},
        format="json",
    ).json()["id"]
    cycle = api.post(
        "/api/v1/cycles/",
        fields_of_a_cycle(template=template, scale=scale, hired_until="2026-12-31", manager_due_on=days(5).isoformat()),
        format="json",
    ).json()["id"]
    at = f"/api/v1/cycles/{cycle}"

    numbers = api.get(f"{at}/population/").json()
    left_out = api.get(f"{at}/people/?left_out=hired_late").json()["results"]
    refused = api.post(f"{at}/launch/")
    skills = made["sections"][2]["id"]
    api.patch(f"{sections}{skills}/", {"kind": "competencies", "title": "Skills", "weight": 50}, format="json")
    launched = api.post(f"{at}/launch/")
    deliver_events()
    api.post(f"{at}/extend/", {"manager_due_on": days(9).isoformat(), "reason": "The fair"}, format="json")
    followed = api.post(f"{at}/clone/", {}, format="json")

    assert (numbers["included"], numbers["excluded"][0]["reason"], len(left_out)) == (1, "hired_late", 1)
    assert (refused.status_code, launched.status_code, followed.status_code) == (409, 202, 201)
    assert "total 90 %" in refused.json()["detail"]
    assert Review.objects.get().manager_due_on == days(9)
    assert followed.json()["name"] == "Year 2028"


def test_an_employee_learns_nothing_of_who_was_added_or_left_out_by_name():
    cycle = ReviewCycleFactory()
    cycle.excluded_people.add(EmployeeFactory())
    cycle.included_people.add(EmployeeFactory())
    caller = APIClient()
    caller.force_authenticate(make_user())

    shown = caller.get(f"/api/v1/cycles/{cycle.pk}/").json()

    assert (shown["included_people"], shown["excluded_people"]) == ([], [])
