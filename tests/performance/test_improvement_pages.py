"""Improvement plans on pages and in the API: what each reader finds, and that nobody else learns that there is one."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.home.work import work_of
from hrportal.integrations.hearing import SUBJECTS
from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.confidential import confidential_types
from hrportal.journal.models import Fact, Job
from hrportal.notices.models import Notice
from hrportal.people.enums import Role
from performance import actions
from performance.enums import ImprovementState, PlanCopy
from performance.improvement.steps import remarks_on, steps_on
from performance.jobs.improvement import follow_improvement_plans
from performance.models import ImprovementPlan, ImprovementRemark, ImprovementStep
from tests.factories.people import EmployeeFactory, make_user
from tests.factories.performance import ImprovementPlanFactory
from tests.performance.test_improvement_plans import someone_with_two_above, user_in_role

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
OUTSIDE = ["admin", "executive", "other_partner", "peer"]
INSIDE = ["above", "employee", "leader", "manager", "partner"]
READING = ["improvement_plan_detail", "improvement_plan_record", "improvement_plan_copy"]


@pytest.fixture
def plan():
    plan = ImprovementPlanFactory(employee=someone_with_two_above(), state="acknowledged")
    actions.check_in_improvement_plan(plan, by=None, text="A secret talk")
    actions.remark_on_improvement_plan(plan, by=None, text="A secret remark")
    actions.pause_improvement_plan(plan, by=None, reason="A secret illness")
    return plan


def url(name, plan, **more):
    return reverse(f"performance:{name}", kwargs={"pk": plan.pk, **more})


def page(client, user, address) -> str:
    client.force_login(user)
    return client.get(address).content.decode()


def every_page_about(plan):
    return [
        url("improvement_plan_detail", plan),
        url("improvement_plan_record", plan, step=plan.steps.first().pk),
        url("improvement_plan_copy", plan, copy="employee"),
        url("improvement_plan_withdraw", plan),
        url("improvement_plan_edit", plan),
        url("improvement_plan_amend", plan),
        url("improvement_milestone_judge", plan, milestone=plan.milestones.first().pk),
    ]


def by_session(user) -> APIClient:
    caller = APIClient()
    caller.force_login(user)
    return caller


class TestReading:
    @pytest.mark.parametrize("role", INSIDE)
    def test_the_circle_reads_the_plan_and_only_hr_its_own_remarks(self, client, plan, role):
        shown = page(client, user_in_role(role, plan), url("improvement_plan_detail", plan))

        assert "A secret talk" in shown
        assert ("A secret remark" in shown) == (role in {"leader", "partner"})

    @pytest.mark.parametrize("role", INSIDE)
    @pytest.mark.parametrize("state", ImprovementState)
    def test_every_state_has_a_page_without_a_button_the_server_would_refuse(self, client, role, state):
        plan = ImprovementPlanFactory(employee=someone_with_two_above(), state=state)
        user = user_in_role(role, plan)
        client.force_login(user)

        answer = client.get(url("improvement_plan_detail", plan))

        if role == "employee" and state in {"draft", "hr_approval"}:
            assert answer.status_code == 404
            return
        offered = [link for link in every_step(plan) if f'href="{link}"' in answer.content.decode()]
        assert [link for link in offered if client.get(link).status_code != 200] == []

    def test_the_employee_reads_nothing_that_happened_before_the_opening(self, client):
        plan = ImprovementPlanFactory(employee=someone_with_two_above(), state="hr_approval")
        actions.return_improvement_plan(plan, by=None, reason="Far too harsh")
        make_user(Role.HR_LEADER)
        actions.submit_improvement_plan(plan, by=None)
        actions.approve_improvement_plan(plan, by=None)
        first = ImprovementStep.objects.filter(plan=plan).last()
        employee = make_user(employee=plan.employee)

        assert "Far too harsh" not in page(client, employee, url("improvement_plan_detail", plan))
        assert client.get(url("improvement_plan_record", plan, step=first.pk)).status_code == 404

    def test_a_copy_holds_what_the_person_it_is_for_may_read(self, plan):
        actions.remark_on_improvement_plan(plan, by=None, text="For managers", readers="hr_and_managers")
        held = {copy: {remark.text for remark in remarks_on(copy, plan)} for copy in PlanCopy}

        assert held == {"employee": set(), "manager": {"For managers"}, "hr": {"For managers", "A secret remark"}}
        assert all(step.is_for_employee for step in steps_on(PlanCopy.EMPLOYEE, plan))

    @pytest.mark.parametrize(
        ("role", "copies"),
        [("employee", ["employee"]), ("manager", ["employee", "manager"]), ("partner", ["employee", "manager", "hr"])],
    )
    def test_nobody_takes_a_copy_that_says_more_than_they_may_read(self, client, plan, role, copies):
        client.force_login(user_in_role(role, plan))

        made = [
            copy for copy in PlanCopy if client.get(url("improvement_plan_copy", plan, copy=copy)).status_code != 404
        ]

        assert made == copies

    def test_a_copy_is_a_pdf(self, client, plan):
        client.force_login(user_in_role("partner", plan))

        answer = client.get(url("improvement_plan_copy", plan, copy="hr"))

        assert answer.status_code in {200, 503}  # 503 with words where Pango is missing
        assert answer.status_code == 503 or answer.content.startswith(b"%PDF-")


def every_step(plan):
    names = "submit return approve acknowledge respond check_in evidence pause resume extend hand_over remark close"
    steps = [url(f"improvement_plan_{name}", plan) for name in f"{names} withdraw edit amend".split()]
    return steps + [url("improvement_milestone_judge", plan, milestone=row.pk) for row in plan.milestones.all()]


class TestNobodyElse:
    @pytest.mark.parametrize("role", OUTSIDE)
    def test_no_page_says_that_there_is_a_plan(self, client, plan, role):
        user = user_in_role(role, plan)
        client.force_login(user)

        assert {client.get(address).status_code for address in every_page_about(plan)} == {404}
        for address in (reverse("performance:improvement_plan_list") + "?show=lead", reverse("home:my_work")):
            assert plan.employee.name not in client.get(address).content.decode()
        assert "improvement-plans/" + str(plan.pk) not in page(
            client, user, reverse("people:employee_detail", args=[plan.employee_id])
        )

    @pytest.mark.parametrize("role", OUTSIDE)
    def test_the_api_knows_of_none(self, plan, role):
        caller = by_session(user_in_role(role, plan))

        assert caller.get("/api/v1/improvement-plans/").json()["results"] == []
        for path in ("", "record/", "entries/", "remarks/"):
            assert caller.get(f"/api/v1/improvement-plans/{plan.pk}/{path}").status_code == 404

    @pytest.mark.parametrize("role", [*INSIDE, "client"])
    def test_no_token_reads_a_plan_not_even_for_somebody_in_the_circle(self, plan, role):
        scopes = frozenset(Scope.values)
        principal = (
            ClientPrincipal("any", scopes)
            if role == "client"
            else ActingPrincipal("any", scopes, user_in_role(role, plan))
        )
        caller = APIClient()
        caller.force_authenticate(principal)

        for path in ("", f"{plan.pk}/", f"{plan.pk}/record/", f"{plan.pk}/remarks/"):
            assert caller.get(f"/api/v1/improvement-plans/{path}").status_code == 404
        assert not ImprovementPlan.objects.visible_to(principal).exists()
        assert not ImprovementRemark.objects.visible_to(principal).exists()
        assert not ImprovementStep.objects.visible_to(principal).exists()

    def test_a_bearer_token_is_not_even_read(self, plan):
        caller = APIClient()

        answer = caller.get("/api/v1/improvement-plans/", headers={"Authorization": "Bearer something"})

        assert answer.status_code == 401

    def test_no_change_feed_carries_it(self):
        heard = {subject for subjects in SUBJECTS.values() for subject in subjects}

        assert "performance.improvementplan" in confidential_types()
        assert not heard & confidential_types()

    def test_all_its_facts_are_about_the_plan_and_hidden_from_administrators(self, client, plan):
        facts = Fact.objects.filter(topic__contains="improvement")
        admin, leader = make_user(Role.ADMIN), make_user(Role.HR_LEADER)

        assert set(facts.values_list("subject_type", "person_id")) == {
            ("performance.improvementplan", plan.employee_id)
        }
        assert "improvement" not in page(client, admin, reverse("home:fact_list"))
        assert "improvement_plan_paused" in page(client, leader, reverse("home:fact_list"))

    def test_an_hr_leader_reads_no_facts_about_their_own_plan(self, client):
        leader = make_user(Role.HR_LEADER, employee=EmployeeFactory(manager=EmployeeFactory()))
        plan = ImprovementPlanFactory(employee=leader.employee, state="hr_approval")
        actions.return_improvement_plan(plan, by=None, reason="No")

        assert "improvement_plan_returned" not in page(client, leader, reverse("home:fact_list"))

    def test_every_notice_goes_to_somebody_in_the_circle_who_can_open_it(self, client):
        plan = ImprovementPlanFactory(employee=someone_with_two_above())
        users = {role: user_in_role(role, plan) for role in ("employee", "manager", "partner", *OUTSIDE)}
        actions.submit_improvement_plan(plan, by=users["manager"])
        actions.approve_improvement_plan(plan, by=users["partner"])
        actions.acknowledge_improvement_plan(plan, by=users["employee"], version=1, comment="I see")
        actions.pause_improvement_plan(plan, by=users["manager"], reason="Ill")

        told = {notice.employee_id for notice in Notice.objects.all()}
        assert told == {users[role].employee_id for role in ("employee", "manager", "partner")}
        for role in ("employee", "manager", "partner"):
            client.force_login(users[role])
            addresses = {notice.url for notice in Notice.objects.filter(employee=users[role].employee_id)}
            assert {client.get(address).status_code for address in addresses} == {200}

    def test_the_employees_notices_do_not_name_the_subject(self, plan):
        titles = {notice.title.lower() for notice in Notice.objects.filter(employee=plan.employee)}

        assert titles
        assert not [title for title in titles if "improve" in title or plan.employee.last_name.lower() in title]


class TestWriting:
    def form(self, person=None, **changes):
        return {
            **({"person": person.employee_number} if person else {}),
            "reason": "Late three times",
            "expectations": "Say it early",
            "starts_on": TODAY.isoformat(),
            "ends_on": (TODAY + datetime.timedelta(days=60)).isoformat(),
            "rhythm": "14",
            "milestones-TOTAL_FORMS": "1",
            "milestones-INITIAL_FORMS": "0",
            "milestones-0-title": "On time",
            "milestones-0-measure": "No late day",
            "milestones-0-due_on": (TODAY + datetime.timedelta(days=30)).isoformat(),
            "support-TOTAL_FORMS": "1",
            "support-INITIAL_FORMS": "0",
            "support-0-description": "An hour a week",
            "support-0-kind": "mentor",
            **changes,
        }

    def test_a_manager_drafts_a_plan_for_somebody_below(self, client):
        employee = someone_with_two_above()
        client.force_login(make_user(employee=employee.manager))

        client.post(reverse("performance:improvement_plan_create"), self.form(employee))

        plan = ImprovementPlan.objects.get()
        assert (plan.employee, plan.owner, plan.milestones.get().title) == (employee, employee.manager, "On time")

    def test_not_for_anybody_else_and_nothing_typed_is_lost(self, client):
        manager, stranger = make_user(Role.MANAGER), EmployeeFactory()
        client.force_login(manager)

        answer = client.post(reverse("performance:improvement_plan_create"), self.form(stranger))

        assert answer.status_code == 422
        assert "Late three times" in answer.content.decode()
        assert "An hour a week" in answer.content.decode()
        assert not ImprovementPlan.objects.exists()

    def test_hr_alone_opens_none(self, client):
        client.force_login(make_user(Role.HR_LEADER))

        assert client.get(reverse("performance:improvement_plan_create")).status_code == 404

    def test_two_tabs_end_with_both_texts_on_the_page(self, client):
        plan = ImprovementPlanFactory()
        client.force_login(make_user(employee=plan.owner))
        actions.edit_improvement_plan(plan, by=None, version=1, changes={"reason": "From the other tab"})

        answer = client.post(url("improvement_plan_edit", plan), self.form(version="1", reason="From this tab"))

        shown = answer.content.decode()
        assert answer.status_code == 409
        assert "From the other tab" in shown
        assert "From this tab" in shown
        plan.refresh_from_db()
        assert plan.reason == "From the other tab"

    def test_a_line_more_can_be_asked_for(self, client):
        client.force_login(make_user())

        shown = client.get(reverse("performance:improvement_line", args=["milestones", 3])).content.decode()

        assert 'name="milestones-3-title"' in shown
        assert 'id="id_milestones-TOTAL_FORMS" value="4"' in shown

    def test_a_step_at_another_step_leads_back_to_the_plan(self, client):
        plan = ImprovementPlanFactory(state="closed", employee=someone_with_two_above())
        client.force_login(user_in_role("partner", plan))

        answer = client.get(url("improvement_plan_withdraw", plan))

        assert answer.status_code == 302
        assert answer["Location"] == plan.get_absolute_url()

    def test_a_refusal_is_said_on_the_form_with_what_was_typed(self, client):
        plan = ImprovementPlanFactory(state="open")
        client.force_login(make_user(employee=plan.owner))

        answer = client.post(
            url("improvement_plan_close", plan), {"outcome": "successful", "reason": "It went so well"}
        )

        assert answer.status_code == 422
        assert "It went so well" in answer.content.decode()
        assert "Four weeks on time" in answer.content.decode()

    def test_from_draft_to_outcome_by_api(self):
        employee = someone_with_two_above()
        manager, own = by_session(make_user(employee=employee.manager)), by_session(make_user(employee=employee))
        hr = by_session(make_user(Role.HRBP, unit=employee.org_unit))
        day = (TODAY + datetime.timedelta(days=30)).isoformat()
        content = {
            "employee": employee.pk,
            "reason": "Late",
            "expectations": "Early",
            "starts_on": TODAY.isoformat(),
            "ends_on": (TODAY + datetime.timedelta(days=60)).isoformat(),
            "milestones": [{"title": "On time", "measure": "Seen", "due_on": day}],
            "support": [{"kind": "mentor", "description": "An hour"}],
        }

        def done(answer, status=200):
            assert answer.status_code == status, answer.content
            return answer.json()

        plan = done(manager.post("/api/v1/improvement-plans/", content, format="json"), 201)
        at = f"/api/v1/improvement-plans/{plan['id']}/"
        done(manager.patch(at, {"reason": "Late twice"}, format="json"), 428)
        done(manager.patch(at, {"version": 1, "reason": "Late twice"}, format="json"))
        done(manager.patch(at, {"version": 1, "reason": "Late thrice"}, format="json"), 409)
        done(manager.post(at + "submit/"))
        done(manager.post(at + "approve/"), 403)
        done(own.get(at), 404)
        done(hr.post(at + "approve/"))
        done(own.post(at + "acknowledge/", {"version": 2, "comment": "I see"}, format="json"))
        done(manager.post(at + "check-in/", {"text": "We met"}, format="json"), 201)
        milestone = plan["milestones"][0]["id"]
        done(manager.post(at + "judge/", {"milestone": milestone, "result": "met"}, format="json"))
        closed = done(manager.post(at + "close/", {"outcome": "successful", "reason": "Well done"}, format="json"))

        assert (closed["state"], closed["outcome"]) == ("closed", "successful")
        assert [row["kind"] for row in done(own.get(at + "entries/"))] == ["check_in", "response"]
        assert done(own.get(at + "record/"))[-1]["name"] == "approve_improvement_plan"


class TestFollowing:
    def waiting_for(self, user):
        sections = [section for section in work_of(user) if section.icon == "life-preserver"]
        return [task.title for section in sections for task in section.tasks if "improvement" in task.url]

    def test_my_work_says_what_waits_for_whom(self):
        plan = ImprovementPlanFactory(employee=someone_with_two_above(), state="hr_approval")
        users = {role: user_in_role(role, plan) for role in ("employee", "manager", "partner", *OUTSIDE)}

        assert self.waiting_for(users["partner"]) == ["Approve it or send it back"]
        assert self.waiting_for(users["employee"]) == []
        actions.approve_improvement_plan(plan, by=None)
        assert self.waiting_for(users["employee"]) == ["Read and acknowledge it"]
        assert self.waiting_for(users["partner"]) == []
        ImprovementPlan.objects.update(next_check_in_on=TODAY)
        assert self.waiting_for(users["manager"]) == ["Check in with each other"]
        assert [self.waiting_for(users[role]) for role in OUTSIDE] == [[]] * len(OUTSIDE)

    def test_the_day_reminds_once_of_what_is_due(self):
        plan = ImprovementPlanFactory(state="acknowledged", next_check_in_on=TODAY)
        plan.milestones.update(due_on=TODAY)
        job = Job.objects.create(kind="performance.follow_improvement_plans", title="Reminders")

        for _ in range(2):
            follow_improvement_plans(job)

        kinds = sorted(Notice.objects.values_list("employee", "kind"))
        assert kinds == sorted(
            [
                (plan.owner_id, "performance.improvement_check_in_due"),
                (plan.owner_id, "performance.improvement_milestone_due"),
                (plan.employee_id, "performance.improvement_own_milestone_due"),
            ]
        )

    def test_hr_is_asked_again_after_the_plan_was_sent_back_and_handed_in_anew(self):
        leader = make_user(Role.HR_LEADER)
        plan = ImprovementPlanFactory()
        job = Job.objects.create(kind="performance.follow_improvement_plans", title="Reminders")
        reminders = Notice.objects.filter(kind="performance.improvement_to_approve", key__contains="waits")

        for asked in (1, 2):
            actions.submit_improvement_plan(plan, by=None)
            ImprovementPlan.objects.update(updated_at=timezone.now() - datetime.timedelta(days=4))
            follow_improvement_plans(job)
            follow_improvement_plans(job)
            assert reminders.filter(employee=leader.employee).count() == asked
            actions.return_improvement_plan(plan, by=None, reason="Say what help is given")

    def test_a_paused_plan_reminds_of_nothing(self):
        plan = ImprovementPlanFactory(state="paused", next_check_in_on=TODAY)
        plan.milestones.update(due_on=TODAY)

        follow_improvement_plans(Job.objects.create(kind="performance.follow_improvement_plans", title="Reminders"))

        assert not Notice.objects.exists()


class TestCost:
    def count(self, ask):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ask()
        return len(queries)

    def test_the_list_costs_the_same_for_one_plan_and_for_three(self, client):
        manager = make_user(Role.MANAGER)
        client.force_login(manager)

        def ask():
            assert client.get(reverse("performance:improvement_plan_list")).status_code == 200

        ImprovementPlanFactory(employee=EmployeeFactory(manager=manager.employee), state="open")
        ask()
        one = self.count(ask)
        for _ in range(2):
            ImprovementPlanFactory(employee=EmployeeFactory(manager=manager.employee), state="open")

        assert self.count(ask) == one

    def test_so_does_the_api(self):
        manager = make_user(Role.MANAGER)
        caller = by_session(manager)

        def ask():
            assert caller.get("/api/v1/improvement-plans/").status_code == 200

        ImprovementPlanFactory(employee=EmployeeFactory(manager=manager.employee), state="open")
        ask()
        one = self.count(ask)
        for _ in range(2):
            ImprovementPlanFactory(employee=EmployeeFactory(manager=manager.employee), state="open")

        assert self.count(ask) == one

    def test_so_does_my_work(self):
        manager = make_user(Role.MANAGER)
        ImprovementPlanFactory(employee=EmployeeFactory(manager=manager.employee), state="draft")
        work_of(manager)
        one = self.count(lambda: work_of(manager))
        for _ in range(2):
            ImprovementPlanFactory(employee=EmployeeFactory(manager=manager.employee), state="draft")

        assert self.count(lambda: work_of(manager)) == one
