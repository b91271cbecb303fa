"""Pages of goals: the cascade, periods, templates and carrying over, each through its URL."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hrportal.journal.jobs import run_due_jobs
from hrportal.people.enums import Role
from performance.models import GoalAssignment, GoalPeriod, GoalTemplate, Objective
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import (
    GoalAssignmentFactory,
    GoalPeriodFactory,
    GoalTemplateFactory,
    KeyResultFactory,
    ObjectiveFactory,
)

pytestmark = pytest.mark.django_db


def page(client, user, name, /, *args, query="", **headers):
    client.force_login(user)
    return client.get(reverse(f"performance:{name}", args=args) + query, **headers)


def post(client, user, name, /, *args, **data):
    client.force_login(user)
    return client.post(reverse(f"performance:{name}", args=args), data)


def queries_of(client, user, name):
    page(client, user, name)  # signs in
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse(f"performance:{name}") + "?show=shared").status_code == 200
    return len(captured)


@pytest.fixture
def cascade():
    """Company, unit, the manager's own goal, and the employee's below it."""
    company = ObjectiveFactory(title="Grow abroad", level="company", owner=None)
    unit = ObjectiveFactory(title="Open two branches", level="unit", owner=None, parent=company)
    manager = make_user(Role.MANAGER)
    employee = make_user(employee=EmployeeFactory(manager=manager.employee))
    above = ObjectiveFactory(title="Find the people", owner=manager.employee, parent=unit)
    own = ObjectiveFactory(title="Hire ten cooks", owner=employee.employee, parent=above)
    return {"company": company, "unit": unit, "above": above, "own": own, "manager": manager, "employee": employee}


def test_the_cascade_begins_with_the_goals_at_the_top_and_those_just_below(client, cascade):
    shown = page(client, cascade["manager"], "goal_tree").content.decode()

    assert shown.index("Grow abroad") < shown.index("Open two branches")
    assert "Find the people" not in shown


def test_the_cascade_is_walked_down_and_up_without_script(client, cascade):
    shown = page(client, cascade["manager"], "goal_tree", query=f"?at={cascade['above'].pk}").content.decode()

    places = [shown.index(title) for title in ("Grow abroad", "Open two branches", "Find the people", "Hire ten cooks")]
    assert places == sorted(places)


def test_a_goal_that_is_hidden_is_neither_drawn_nor_counted(client, cascade):
    stranger = make_user()

    below = page(client, stranger, "goal_branch", cascade["unit"].pk, headers={"HX-Request": "true"})
    counted = Objective.objects.with_contributors(stranger).get(pk=cascade["unit"].pk)

    assert "Find the people" not in below.content.decode()
    assert counted.contributors is None
    assert page(client, stranger, "goal_branch", cascade["above"].pk).status_code == 404
    assert page(client, stranger, "goal_tree", query=f"?at={cascade['own'].pk}").status_code == 404


def test_ones_own_goal_is_drawn_below_the_nearest_goal_one_may_see(client, cascade):
    name = cascade["employee"].employee.last_name

    shown = page(client, cascade["employee"], "goal_tree", query=f"?person={name}").content.decode()

    assert "Find the people" not in shown
    assert [shown.index(title) for title in ("Open two branches", "Hire ten cooks")] == sorted(
        shown.index(title) for title in ("Open two branches", "Hire ten cooks")
    )


def test_the_breadcrumb_of_a_goal_leads_up_to_the_top(client, cascade):
    shown = page(client, cascade["manager"], "objective_detail", cascade["own"].pk).content.decode()

    for above in ("company", "unit", "above"):
        assert reverse("performance:objective_detail", args=[cascade[above].pk]) in shown


@pytest.mark.parametrize("name", ["objective_list", "goal_tree", "goal_period_list", "goal_assignment_list"])
def test_lists_ask_as_often_for_three_rows_as_for_one(client, name):
    leader = make_user(Role.HR_LEADER)

    def grow():
        goal = ObjectiveFactory(
            level="company", owner=EmployeeFactory(org_unit=OrgUnitFactory()), period=GoalPeriodFactory()
        )
        KeyResultFactory(objective=goal, current=5)
        ObjectiveFactory(parent=goal, level="unit", owner=None)
        GoalAssignmentFactory(assigned_by=EmployeeFactory(), org_unit=OrgUnitFactory())

    grow()
    one = queries_of(client, leader, name)
    grow(), grow()

    assert queries_of(client, leader, name) == one


def test_hr_opens_a_period_and_others_do_not_find_it(client):
    leader, manager = make_user(Role.HR_LEADER), make_user(Role.MANAGER)
    fields = {"name": "2027", "starts_on": "2027-01-01", "ends_on": "2027-12-31"}

    post(client, leader, "goal_period_create", **fields)

    assert GoalPeriod.objects.get().name == "2027"
    assert post(client, manager, "goal_period_create", **fields).status_code == 404


def test_a_period_that_ends_before_it_starts_is_refused_in_words(client):
    fields = {"name": "2027", "starts_on": "2027-12-31", "ends_on": "2027-01-01"}

    answer = post(client, make_user(Role.HR_LEADER), "goal_period_create", **fields)

    assert answer.status_code == 422
    assert "cannot end before it starts" in answer.content.decode()
    assert not GoalPeriod.objects.exists()


def test_closing_a_period_from_its_page_ends_its_goals(client):
    goal = ObjectiveFactory(period=GoalPeriodFactory())

    post(client, make_user(Role.HR_LEADER), "goal_period_close", goal.period_id, carry_to="")
    run_due_jobs()

    goal.refresh_from_db()
    assert (goal.state, goal.period.is_open) == ("closed", False)


def test_a_goal_of_a_closed_period_offers_nothing_the_server_would_refuse(client):
    user = make_user()
    goal = ObjectiveFactory(owner=user.employee, period=GoalPeriodFactory(closed_at="2026-06-30T00:00Z"))
    KeyResultFactory(objective=goal)

    shown = page(client, user, "objective_detail", goal.pk).content.decode()

    assert "Period closed" in shown
    assert reverse("performance:objective_edit", args=[goal.pk]) not in shown
    assert "Save check-in" not in shown


def test_an_unfinished_goal_is_carried_over_from_its_page(client):
    user, later = (
        make_user(),
        GoalPeriodFactory(starts_on=datetime.date(2027, 1, 1), ends_on=datetime.date(2027, 12, 31)),
    )
    goal = ObjectiveFactory(owner=user.employee)
    KeyResultFactory(objective=goal, current=40)

    post(client, user, "objective_carry_over", goal.pk, period=later.pk)

    new = Objective.objects.get(carried_from=goal)
    assert (new.period, new.key_results.get().baseline) == (later, 40)


def test_a_template_is_set_for_a_unit_after_seeing_whom_it_reaches(client):
    unit = OrgUnitFactory()
    EmployeeFactory.create_batch(3, org_unit=unit)
    EmployeeFactory(org_unit=OrgUnitFactory())
    leader, template = make_user(Role.HR_LEADER), GoalTemplateFactory()
    fields = {"org_unit": unit.code, "starts_on": "2026-01-01", "due_on": "2026-12-31"}

    seen = post(client, leader, "goal_assign", template.pk, **fields, preview="1").content.decode()
    post(client, leader, "goal_assign", template.pk, **fields, start="1")
    run_due_jobs()

    assert "Reaches 3 people" in seen
    assert Objective.objects.filter(assignment__template=template).count() == 3


def test_seeing_whom_it_reaches_changes_nothing(client):
    EmployeeFactory()

    post(
        client,
        make_user(Role.HR_LEADER),
        "goal_assign",
        GoalTemplateFactory().pk,
        starts_on="2026-01-01",
        due_on="2026-12-31",
    )

    assert not GoalAssignment.objects.exists()


def test_a_manager_sets_a_template_for_those_below_only(client):
    manager = make_user(Role.MANAGER)
    below = manager.employee.reports.get()
    EmployeeFactory()

    post(
        client, manager, "goal_assign", GoalTemplateFactory().pk, starts_on="2026-01-01", due_on="2026-12-31", start="1"
    )
    run_due_jobs()

    assert set(Objective.objects.values_list("owner", flat=True)) == {below.pk, manager.employee_id}


def test_what_nobody_measured_is_taken_back(client):
    assignment = GoalAssignmentFactory()
    quiet, begun = ObjectiveFactory(assignment=assignment), ObjectiveFactory(assignment=assignment)
    KeyResultFactory(objective=begun).check_ins.create(value=1)

    post(client, make_user(Role.HR_LEADER), "goal_assignment_withdraw", assignment.pk)

    states = dict(Objective.objects.values_list("pk", "state"))
    assert (states[quiet.pk], states[begun.pk]) == ("cancelled", "active")


def test_a_template_is_written_with_its_key_results(client):
    fields = {
        "title": "Finish the safety course",
        "kind": "business",
        "weight": "1",
        "results-TOTAL_FORMS": "1",
        "results-INITIAL_FORMS": "0",
        "results-0-title": "Course finished",
        "results-0-measure": "milestone",
        "results-0-baseline": "0",
        "results-0-target": "1",
        "results-0-weight": "1",
    }

    post(client, make_user(Role.HR_LEADER), "goal_template_create", **fields)

    assert GoalTemplate.objects.get().key_results.get().title == "Course finished"


def test_hints_come_while_writing_and_store_nothing(client):
    fields = {
        "title": "Improve",
        "level": "individual",
        "results-TOTAL_FORMS": "0",
        "results-INITIAL_FORMS": "0",
    }

    shown = post(client, make_user(), "goal_hints", **fields).content.decode()

    assert "can mean many things" in shown
    assert "Nothing is measured yet" in shown
    assert not Objective.objects.exists()


def test_suggestions_name_only_goals_one_may_see(client):
    ObjectiveFactory(title="Secret growth")
    ObjectiveFactory(title="Company growth", level="company")

    shown = page(client, make_user(), "goal_options", query="?parent=growth").content.decode()

    assert "Company growth" in shown
    assert "Secret" not in shown


def test_the_list_narrows_to_goals_nobody_measured(client):
    user = make_user()
    today = timezone.localdate()
    start = today - datetime.timedelta(days=90)
    ObjectiveFactory(title="Forgotten", owner=user.employee, starts_on=start, due_on=today)
    ObjectiveFactory(title="New one", owner=user.employee, starts_on=today, due_on=today)

    shown = page(client, user, "objective_list", query="?stale=true").content.decode()

    assert "Forgotten" in shown
    assert "New one" not in shown


def test_a_raw_value_is_shown_beside_the_clamped_one(client):
    user = make_user()
    result = KeyResultFactory(objective__owner=user.employee, current=112)

    shown = page(client, user, "objective_detail", result.objective_id).content.decode()

    assert "112 % of the way" in shown


class TestTwoTabs:
    """Two tabs with the same goal: the later save is refused, with both texts."""

    @pytest.fixture
    def owner(self):
        return make_user()

    @pytest.fixture
    def goal(self, owner):
        goal = ObjectiveFactory(owner=owner.employee, title="Hire ten cooks")
        KeyResultFactory(objective=goal, title="Cooks hired")
        return goal

    @staticmethod
    def filled(client, owner, goal):
        """What a tab would send, as it stands when it is opened."""
        shown = page(client, owner, "objective_edit", goal.pk)
        form, results = shown.context["form"], shown.context["results"]
        fields = [part[name] for part in (form, results.management_form, *results.forms) for name in part.fields]
        given = {field.html_name: "" if field.value() is None else field.value() for field in fields}
        return given | {"seen": shown.context["seen"]}

    def test_the_later_save_is_refused_with_both_texts_and_may_be_sent_again(self, client, owner, goal):
        first, second = self.filled(client, owner, goal), self.filled(client, owner, goal)
        assert (
            post(client, owner, "objective_edit", goal.pk, **first | {"title": "Hire twelve cooks"}).status_code == 302
        )

        refused = post(client, owner, "objective_edit", goal.pk, **second | {"title": "Hire nobody"})

        words = refused.content.decode()
        assert refused.status_code == 409
        assert "Hire twelve cooks" in words
        assert "Hire nobody" in words
        assert Objective.objects.get(pk=goal.pk).title == "Hire twelve cooks"

        again = second | {"title": "Hire nobody", "seen": refused.context["seen"]}
        assert post(client, owner, "objective_edit", goal.pk, **again).status_code == 302
        assert Objective.objects.get(pk=goal.pk).title == "Hire nobody"

    def test_a_changed_key_result_counts_and_a_measurement_does_not(self, client, owner, goal):
        given = self.filled(client, owner, goal)
        goal.key_results.update(current=3)
        assert post(client, owner, "objective_edit", goal.pk, **given).status_code == 302

        given = self.filled(client, owner, goal)
        goal.key_results.update(target=99)
        assert post(client, owner, "objective_edit", goal.pk, **given).status_code == 409
        assert goal.key_results.get().target == 99
