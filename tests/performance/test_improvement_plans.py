"""Improvement plans: every step from every state by everybody, and what a step leaves behind."""

import datetime

import pytest
from django.utils import timezone

from hrportal.common.actions import ActionError, StaleVersion
from hrportal.journal.models import Fact
from hrportal.notices.models import Notice
from hrportal.people.actions import end_employment, place_employee
from hrportal.people.enums import Role
from performance import actions
from performance.enums import IMPROVEMENT_STARTS_FROM, ImprovementState, MilestoneResult
from performance.models import ImprovementMilestone, ImprovementPlan, ImprovementRemark, ImprovementStep
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import ImprovementPlanFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
LATER = TODAY + datetime.timedelta(days=120)

STEPS = {
    "edit_improvement_plan": lambda plan, by: actions.edit_improvement_plan(
        plan, by=by, version=plan.version, changes={"reason": "Again late"}
    ),
    "submit_improvement_plan": lambda plan, by: actions.submit_improvement_plan(plan, by=by),
    "return_improvement_plan": lambda plan, by: actions.return_improvement_plan(plan, by=by, reason="Say when"),
    "approve_improvement_plan": lambda plan, by: actions.approve_improvement_plan(plan, by=by),
    "amend_improvement_plan": lambda plan, by: actions.amend_improvement_plan(
        plan, by=by, version=plan.version, changes={"expectations": "Say it a week before"}, reason="Clearer"
    ),
    "acknowledge_improvement_plan": lambda plan, by: actions.acknowledge_improvement_plan(
        plan, by=by, version=plan.version
    ),
    "respond_to_improvement_plan": lambda plan, by: actions.respond_to_improvement_plan(plan, by=by, text="I see"),
    "check_in_improvement_plan": lambda plan, by: actions.check_in_improvement_plan(plan, by=by, text="We met"),
    "add_improvement_evidence": lambda plan, by: actions.add_improvement_evidence(plan, by=by, text="On time"),
    "judge_improvement_milestone": lambda plan, by: actions.judge_improvement_milestone(
        plan.milestones.first(), by=by, result=MilestoneResult.MET
    ),
    "pause_improvement_plan": lambda plan, by: actions.pause_improvement_plan(plan, by=by, reason="Ill"),
    "resume_improvement_plan": lambda plan, by: actions.resume_improvement_plan(plan, by=by),
    "extend_improvement_plan": lambda plan, by: actions.extend_improvement_plan(
        plan, by=by, ends_on=LATER, reason="More time"
    ),
    "hand_over_improvement_plan": lambda plan, by: actions.hand_over_improvement_plan(
        plan, to=EmployeeFactory(), by=by, reason="A better fit"
    ),
    "remark_on_improvement_plan": lambda plan, by: actions.remark_on_improvement_plan(plan, by=by, text="Spoke"),
    "close_improvement_plan": lambda plan, by: actions.close_improvement_plan(
        plan, by=by, outcome="successful", reason="All reached"
    ),
    "withdraw_improvement_plan": lambda plan, by: actions.withdraw_improvement_plan(plan, by=by, reason="No need"),
}
EMPLOYEE = {
    "acknowledge_improvement_plan",
    "respond_to_improvement_plan",
    "check_in_improvement_plan",
    "add_improvement_evidence",
}
BOTH = {
    "check_in_improvement_plan",
    "add_improvement_evidence",
    "judge_improvement_milestone",
    "pause_improvement_plan",
    "resume_improvement_plan",
    "extend_improvement_plan",
    "close_improvement_plan",
    "withdraw_improvement_plan",
}
MANAGER = BOTH | {"edit_improvement_plan", "submit_improvement_plan"}
HR = BOTH | {
    "return_improvement_plan",
    "approve_improvement_plan",
    "amend_improvement_plan",
    "hand_over_improvement_plan",
    "remark_on_improvement_plan",
}
MAY = {
    "employee": EMPLOYEE,
    "manager": MANAGER,
    "above": MANAGER,
    "partner": HR,
    "leader": HR,
    "peer": set(),
    "executive": set(),
    "other_partner": set(),
    "admin": set(),
}


@pytest.fixture
def leader():
    return make_user(Role.HR_LEADER)


def a_plan(state="draft", **fields):
    plan = ImprovementPlanFactory(state=state, **fields)
    if state != ImprovementState.DRAFT:
        plan.milestones.update(result=MilestoneResult.MET)
    return plan


def user_in_role(role, plan):
    """Somebody who stands there towards the plan's employee."""
    employee = plan.employee
    makers = {
        "employee": lambda: make_user(employee=employee),
        "manager": lambda: make_user(employee=employee.manager),
        "above": lambda: make_user(employee=employee.manager.manager),
        "partner": lambda: make_user(Role.HRBP, unit=employee.org_unit),
        "leader": lambda: make_user(Role.HR_LEADER),
        "peer": lambda: make_user(employee=EmployeeFactory(manager=employee.manager)),
        "executive": lambda: make_user(Role.EXECUTIVE, unit=employee.org_unit),
        "other_partner": lambda: make_user(Role.HRBP),
        "admin": lambda: make_user(Role.ADMIN),
    }
    return makers[role]()


def someone_with_two_above():
    manager = EmployeeFactory(manager=EmployeeFactory())
    return EmployeeFactory(manager=manager, org_unit=OrgUnitFactory())


def test_every_step_has_a_line_here():
    assert sorted(STEPS) == sorted(IMPROVEMENT_STARTS_FROM)


@pytest.mark.parametrize("state", ImprovementState)
@pytest.mark.parametrize("step", sorted(STEPS))
def test_each_step_starts_only_from_its_states_and_else_changes_nothing(step, state, leader):
    plan = a_plan(state)
    before, facts = ImprovementPlan.objects.values().get(pk=plan.pk), Fact.objects.count()

    if state in IMPROVEMENT_STARTS_FROM[step]:
        STEPS[step](plan, None)
        assert Fact.objects.count() > facts
    else:
        with pytest.raises(ActionError):
            STEPS[step](plan, None)
        assert ImprovementPlan.objects.values().get(pk=plan.pk) == before
        assert (Fact.objects.count(), Notice.objects.count(), ImprovementStep.objects.count()) == (facts, 0, 0)


@pytest.mark.parametrize("role", sorted(MAY))
def test_each_step_is_for_whom_it_is_for(role):
    plan = a_plan("acknowledged", employee=someone_with_two_above())
    user = user_in_role(role, plan)

    allowed = {step for step in STEPS if user.has_perm(f"performance.{step}", plan)}

    assert allowed == MAY[role]


@pytest.mark.parametrize("state", ["draft", "hr_approval"])
def test_before_it_is_open_the_employee_may_nothing_and_sees_nothing(state):
    plan = a_plan(state)
    user = make_user(employee=plan.employee)

    assert not {step for step in STEPS if user.has_perm(f"performance.{step}", plan)}
    assert not ImprovementPlan.objects.visible_to(user).exists()


@pytest.mark.parametrize("state", ImprovementState)
def test_no_state_but_the_last_is_a_dead_end(state):
    ways_on = {step for step, states in IMPROVEMENT_STARTS_FROM.items() if state in states}

    assert "withdraw_improvement_plan" in ways_on or state == ImprovementState.CLOSED


class TestDrafting:
    def test_a_draft_is_led_by_the_manager_whoever_writes_it(self):
        employee = someone_with_two_above()
        writer = make_user(employee=employee.manager.manager)

        plan = actions.create_improvement_plan(by=writer, employee=employee, reason="Late")

        assert (plan.owner, plan.created_by, plan.state) == (employee.manager, writer.employee, "draft")
        assert not Notice.objects.exists()

    def test_one_plan_at_a_time(self):
        plan = a_plan("paused")

        with pytest.raises(ActionError, match="under way"):
            actions.create_improvement_plan(by=None, employee=plan.employee)

        assert plan.employee.improvement_plans.count() == 1

    def test_after_one_is_closed_another_can_begin(self):
        plan = a_plan("closed")

        actions.create_improvement_plan(by=None, employee=plan.employee)

        assert plan.employee.improvement_plans.count() == 2

    def test_nobody_without_a_manager_gets_a_plan(self):
        with pytest.raises(ActionError, match="no manager"):
            actions.create_improvement_plan(by=None, employee=EmployeeFactory())

    def test_a_second_tab_is_told_and_gets_what_is_stored(self):
        plan = a_plan()
        actions.edit_improvement_plan(plan, by=None, version=1, changes={"reason": "From the first tab"})

        with pytest.raises(StaleVersion) as refusal:
            actions.edit_improvement_plan(plan, by=None, version=1, changes={"reason": "From the second"})

        assert (refusal.value.version, refusal.value.theirs["reason"]) == (2, "From the first tab")

    def test_a_save_repeated_counts_as_done(self):
        plan = a_plan()
        for _ in range(2):
            actions.edit_improvement_plan(plan, by=None, version=1, changes={"reason": "Late", "ends_on": LATER})

        plan.refresh_from_db()
        assert plan.version == 2

    def test_what_is_not_named_stays(self):
        plan = a_plan()

        actions.edit_improvement_plan(plan, by=None, version=1, changes={"expectations": "Tell me"})

        plan.refresh_from_db()
        assert plan.reason
        assert (plan.milestones.count(), plan.support.count()) == (1, 1)

    def test_lines_are_changed_added_and_taken_away(self):
        plan = a_plan()
        kept = plan.milestones.get()
        lines = [{"id": kept.pk, "title": "Three weeks on time"}, {"title": "Tell the customer first"}]

        actions.edit_improvement_plan(plan, by=None, version=1, changes={"milestones": lines, "support": []})

        assert set(plan.milestones.values_list("title", "measure")) == {
            ("Three weeks on time", "No late day"),
            ("Tell the customer first", ""),
        }
        assert not plan.support.exists()

    def test_a_line_of_another_plan_is_not_taken(self):
        plan, other = a_plan(), a_plan()
        lines = [{"id": other.milestones.get().pk, "title": "Mine now"}]

        with pytest.raises(ActionError):
            actions.edit_improvement_plan(plan, by=None, version=1, changes={"milestones": lines})

        assert other.milestones.get().title == "Four weeks on time"

    def test_it_cannot_end_before_it_starts(self):
        with pytest.raises(ActionError, match="after it starts"):
            actions.edit_improvement_plan(a_plan(), by=None, version=1, changes={"ends_on": TODAY})

    @pytest.mark.parametrize(
        "changes",
        [
            {"reason": " "},
            {"expectations": ""},
            {"ends_on": None},
            {"milestones": []},
            {"milestones": [{"title": "No measure", "measure": "", "due_on": TODAY}]},
            {"milestones": [{"title": "Too late", "measure": "Seen", "due_on": LATER}]},
            {"support": []},
        ],
        ids=str,
    )
    def test_hr_is_not_asked_about_half_a_plan(self, changes, leader):
        plan = actions.edit_improvement_plan(a_plan(), by=None, version=1, changes=changes)

        with pytest.raises(actions.PlanIncomplete):
            actions.submit_improvement_plan(plan, by=None)

        plan.refresh_from_db()
        assert plan.state == "draft"


class TestApproval:
    def test_hr_is_told_and_the_employee_is_not(self, leader):
        plan = a_plan()

        actions.submit_improvement_plan(plan, by=make_user(employee=plan.owner))

        assert list(Notice.objects.values_list("employee", flat=True)) == [leader.employee_id]

    def test_the_units_partner_is_asked_before_the_leader(self, leader):
        plan = a_plan()
        partner = make_user(Role.HRBP, unit=plan.employee.org_unit)

        actions.submit_improvement_plan(plan, by=None)

        assert list(Notice.objects.values_list("employee", flat=True)) == [partner.employee_id]

    def test_it_is_not_handed_in_where_nobody_could_approve_it(self):
        plan = a_plan()

        with pytest.raises(ActionError, match="Nobody in HR"):
            actions.submit_improvement_plan(plan, by=None)

        plan.refresh_from_db()
        assert plan.state == "draft"

    def test_who_opened_it_does_not_approve_it(self):
        boss = make_user(Role.HR_LEADER)
        plan = a_plan("hr_approval", employee=EmployeeFactory(manager=boss.employee))

        assert not boss.has_perm("performance.approve_improvement_plan", plan)
        with pytest.raises(ActionError):
            actions.approve_improvement_plan(plan, by=boss)

    def test_nobody_in_hr_decides_on_their_own(self):
        user = make_user(Role.HR_LEADER, employee=EmployeeFactory(manager=EmployeeFactory()))
        plan = a_plan("hr_approval", employee=user.employee)

        assert not ImprovementPlan.objects.visible_to(user).exists()
        assert not user.has_perm("performance.approve_improvement_plan", plan)

    def test_a_partner_does_not_see_the_plan_of_whom_they_report_to(self):
        plan = a_plan("open")
        partner = make_user(Role.HRBP, employee=EmployeeFactory(manager=plan.employee), unit=plan.employee.org_unit)

        assert not ImprovementPlan.objects.visible_to(partner).exists()

    def test_approval_opens_it_to_the_employee(self, leader):
        plan = a_plan("hr_approval")

        actions.approve_improvement_plan(plan, by=leader)

        user = make_user(employee=plan.employee)
        assert ImprovementPlan.objects.visible_to(user).get().state == "open"
        assert Notice.objects.visible_to(user).get().url == plan.get_absolute_url()
        assert plan.employee.name not in Notice.objects.visible_to(user).get().title

    def test_a_plan_whose_end_has_passed_is_sent_back(self):
        plan = a_plan("hr_approval", starts_on=TODAY - datetime.timedelta(days=90))

        with pytest.raises(ActionError, match="has passed"):
            actions.approve_improvement_plan(plan, by=None)

        actions.return_improvement_plan(plan, by=None, reason="Too late")

    @pytest.mark.parametrize("step", ["return_improvement_plan", "pause_improvement_plan", "withdraw_improvement_plan"])
    def test_a_reason_is_asked_for(self, step):
        plan = a_plan("hr_approval" if step.startswith("return") else "open")

        with pytest.raises(ActionError, match="reason"):
            getattr(actions, step)(plan, by=None, reason=" ")


class TestReading:
    def test_a_change_has_to_be_read_again(self, leader):
        plan = a_plan("acknowledged")

        STEPS["amend_improvement_plan"](plan, leader)

        plan.refresh_from_db()
        assert (plan.state, plan.version, plan.is_read_as_it_is) == ("open", 2, False)
        assert Notice.objects.filter(employee=plan.employee, kind="performance.improvement_to_read").exists()

    def test_nobody_acknowledges_what_they_have_not_read(self, leader):
        plan = a_plan("open")
        STEPS["amend_improvement_plan"](plan, leader)

        with pytest.raises(StaleVersion):
            actions.acknowledge_improvement_plan(plan, by=None, version=1)

        plan.refresh_from_db()
        assert plan.state == "open"

    def test_after_a_pause_a_change_is_read_first(self, leader):
        plan = a_plan("acknowledged")
        actions.pause_improvement_plan(plan, by=None, reason="Ill")
        STEPS["amend_improvement_plan"](plan, leader)

        assert actions.resume_improvement_plan(plan, by=None).state == "open"

    def test_after_a_pause_without_a_change_it_just_goes_on(self):
        plan = a_plan("acknowledged")
        actions.pause_improvement_plan(plan, by=None, reason="Ill")

        assert actions.resume_improvement_plan(plan, by=None).state == "acknowledged"

    def test_what_was_seen_stays_when_it_is_taken_out(self, leader):
        plan = a_plan("open")
        lines = [{"title": "Another", "measure": "Seen by all", "due_on": plan.ends_on}]

        actions.amend_improvement_plan(plan, by=leader, version=1, changes={"milestones": lines}, reason="Better")

        assert ImprovementMilestone.objects.filter(plan=plan).count() == 2
        assert plan.milestones.get(title="Four weeks on time").dropped_at

    def test_the_end_moves_only_by_an_extension(self, leader):
        plan = a_plan("open")

        with pytest.raises(ActionError, match="extension"):
            actions.amend_improvement_plan(plan, by=leader, version=1, changes={"ends_on": LATER}, reason="Longer")

        actions.extend_improvement_plan(plan, by=None, ends_on=LATER, reason="Longer")
        plan.refresh_from_db()
        assert (plan.ends_on, plan.extensions.get().reason, plan.state) == (LATER, "Longer", "open")

    def test_an_answer_given_while_acknowledging_is_kept(self):
        plan = a_plan("open")
        user = make_user(employee=plan.employee)

        actions.acknowledge_improvement_plan(plan, by=user, version=1, comment="I see it differently.")

        entry = plan.entries.get()
        assert (entry.kind, entry.text, entry.made_by) == ("response", "I see it differently.", user.employee)


class TestEnding:
    def test_an_outcome_needs_every_milestone_judged(self):
        plan = ImprovementPlanFactory(state="open")

        with pytest.raises(actions.PlanIncomplete, match="Four weeks on time"):
            actions.close_improvement_plan(plan, by=None, outcome="unsuccessful", reason="Late")

        plan.refresh_from_db()
        assert plan.state == "open"

    @pytest.mark.parametrize(
        ("field", "words", "result"),
        [("measure", "Eight weeks on time", MilestoneResult.NOT_YET), ("title", "On time", MilestoneResult.MET)],
    )
    def test_a_milestone_with_another_measure_is_to_be_judged_again(self, field, words, result):
        plan = ImprovementPlanFactory(state="open")
        milestone = plan.milestones.get()
        actions.judge_improvement_milestone(milestone, by=None, result=MilestoneResult.MET)
        line = {"id": milestone.pk, field: words}

        actions.amend_improvement_plan(
            plan, by=None, version=plan.version, changes={"milestones": [line]}, reason="Agreed anew"
        )

        milestone.refresh_from_db()
        assert (getattr(milestone, field), milestone.result) == (words, result)
        judged = ImprovementStep.objects.get(plan=plan, name="judge_improvement_milestone")
        assert judged.content["milestones"][0]["result"] == MilestoneResult.MET

    @pytest.mark.parametrize("result", [MilestoneResult.PARTLY, MilestoneResult.NOT_MET])
    def test_what_was_not_reached_is_said_in_words(self, result):
        milestone = a_plan("open").milestones.get()

        with pytest.raises(ActionError, match="missing"):
            actions.judge_improvement_milestone(milestone, by=None, result=result)

    def test_withdrawn_is_not_an_outcome_to_close_with(self):
        with pytest.raises(ActionError):
            actions.close_improvement_plan(a_plan("open"), by=None, outcome="withdrawn", reason="No")

    def test_a_draft_withdrawn_stays_unknown_to_the_employee(self):
        plan = a_plan()

        actions.withdraw_improvement_plan(plan, by=None, reason="We talked")

        user = make_user(employee=plan.employee)
        assert not ImprovementPlan.objects.visible_to(user).exists()
        assert not Notice.objects.filter(employee=plan.employee).exists()


class TestRecord:
    def test_every_step_keeps_who_why_and_what_it_said(self, leader):
        plan = a_plan()
        writer = make_user(employee=plan.owner)
        actions.edit_improvement_plan(plan, by=writer, version=1, changes={"reason": "Late again"})
        actions.submit_improvement_plan(plan, by=writer)
        actions.return_improvement_plan(plan, by=leader, reason="Say when")

        story = [(row.name, row.made_by, row.reason, row.content["reason"]) for row in reversed(plan.steps.all())]
        assert story == [
            ("edit_improvement_plan", plan.owner, "", "Late again"),
            ("submit_improvement_plan", plan.owner, "", "Late again"),
            ("return_improvement_plan", leader.employee, "Say when", "Late again"),
        ]

    def test_the_employee_reads_the_record_from_the_opening_on(self, leader):
        plan = a_plan("hr_approval")
        actions.return_improvement_plan(plan, by=leader, reason="Too harsh")
        actions.submit_improvement_plan(plan, by=None)
        actions.approve_improvement_plan(plan, by=leader)

        user = make_user(employee=plan.employee)
        assert [row.name for row in ImprovementStep.objects.visible_to(user)] == ["approve_improvement_plan"]

    @pytest.mark.parametrize(
        ("readers", "role", "reads"),
        [
            ("hr", "partner", True),
            ("hr", "manager", False),
            ("hr", "employee", False),
            ("hr_and_managers", "manager", True),
            ("hr_and_managers", "above", True),
            ("hr_and_managers", "employee", False),
            ("hr_and_managers", "peer", False),
        ],
    )
    def test_a_remark_is_read_by_whom_it_is_for(self, readers, role, reads):
        plan = a_plan("open", employee=someone_with_two_above())

        actions.remark_on_improvement_plan(plan, by=None, text="Spoke with both", readers=readers)

        user = user_in_role(role, plan)
        assert ImprovementRemark.objects.visible_to(user).exists() is reads

    def test_a_fact_holds_ids_only(self):
        plan = a_plan("open")

        actions.pause_improvement_plan(plan, by=None, reason="A long illness")

        fact = Fact.objects.get()
        assert (fact.topic, fact.person_id, fact.data) == (
            "performance.improvement_plan_paused",
            plan.employee_id,
            {},
        )


class TestPeopleMove:
    def test_a_plan_follows_the_new_manager_and_says_so(self, deliver_events):
        plan, manager = a_plan("open"), EmployeeFactory()

        place_employee(plan.employee, by=None, manager=manager, effective_on=TODAY)
        deliver_events()

        plan.refresh_from_db()
        assert plan.owner == manager
        assert plan.steps.get().name == "hand_over_improvement_plan"
        assert Notice.objects.filter(employee=manager, kind="performance.improvement_yours_now").exists()

    def test_when_its_manager_leaves_the_next_one_above_takes_over(self, deliver_events):
        plan = a_plan("open", employee=someone_with_two_above())

        end_employment(plan.owner, by=None, left_on=TODAY - datetime.timedelta(days=1))
        deliver_events()

        plan.refresh_from_db()
        assert plan.owner == plan.employee.manager.manager

    def test_where_nobody_stands_above_it_keeps_its_owner_and_hr_is_told(self, deliver_events, leader):
        plan = a_plan("open")

        end_employment(plan.owner, by=None, left_on=TODAY - datetime.timedelta(days=1))
        deliver_events()

        plan.refresh_from_db()
        assert plan.owner_id is not None
        assert Notice.objects.get(employee=leader.employee).kind == "performance.improvement_without_manager"

    @pytest.mark.parametrize("state", ["draft", "open", "paused"])
    def test_the_plan_of_a_leaver_is_withdrawn_and_kept(self, deliver_events, state):
        plan = a_plan(state)

        end_employment(plan.employee, by=None, left_on=TODAY - datetime.timedelta(days=1))
        deliver_events()

        plan.refresh_from_db()
        assert (plan.state, plan.outcome, plan.steps.get().reason) == ("closed", "withdrawn", "Left the company.")

    def test_somebody_named_by_hr_reads_the_plan(self, leader):
        plan, stand_in = a_plan("open"), make_user()

        actions.hand_over_improvement_plan(plan, to=stand_in.employee, by=leader, reason="On leave")

        assert ImprovementPlan.objects.visible_to(stand_in).exists()

    def test_it_is_not_handed_to_the_employee_or_somebody_below(self, leader):
        plan = a_plan("open")

        for person in (plan.employee, EmployeeFactory(manager=plan.employee)):
            with pytest.raises(ActionError):
                actions.hand_over_improvement_plan(plan, to=person, by=leader, reason="Why not")
