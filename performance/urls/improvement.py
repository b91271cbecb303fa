"""Pages of improvement plans."""

from django.urls import path

from performance.views import improvement
from performance.views.improvement_steps import MilestoneResultView, PlanStepView

STEP_URLS = [
    ("submit", "improvement_plan_submit", "submit_improvement_plan"),
    ("return", "improvement_plan_return", "return_improvement_plan"),
    ("approve", "improvement_plan_approve", "approve_improvement_plan"),
    ("acknowledge", "improvement_plan_acknowledge", "acknowledge_improvement_plan"),
    ("respond", "improvement_plan_respond", "respond_to_improvement_plan"),
    ("check-in", "improvement_plan_check_in", "check_in_improvement_plan"),
    ("evidence", "improvement_plan_evidence", "add_improvement_evidence"),
    ("pause", "improvement_plan_pause", "pause_improvement_plan"),
    ("resume", "improvement_plan_resume", "resume_improvement_plan"),
    ("extend", "improvement_plan_extend", "extend_improvement_plan"),
    ("hand-over", "improvement_plan_hand_over", "hand_over_improvement_plan"),
    ("remark", "improvement_plan_remark", "remark_on_improvement_plan"),
    ("close", "improvement_plan_close", "close_improvement_plan"),
    ("withdraw", "improvement_plan_withdraw", "withdraw_improvement_plan"),
]
PLANS = "improvement-plans/"
PLAN = f"{PLANS}<int:pk>/"

urlpatterns = [
    path(PLANS, improvement.improvement_plan_list, name="improvement_plan_list"),
    path(f"{PLANS}new/", improvement.improvement_plan_create, name="improvement_plan_create"),
    path(f"{PLANS}line/<slug:lines>/<int:line>/", improvement.improvement_line, name="improvement_line"),
    path(PLAN, improvement.improvement_plan_detail, name="improvement_plan_detail"),
    path(f"{PLAN}edit/", improvement.improvement_plan_edit, name="improvement_plan_edit"),
    path(f"{PLAN}amend/", improvement.improvement_plan_amend, name="improvement_plan_amend"),
    path(f"{PLAN}record/<int:step>/", improvement.improvement_plan_record, name="improvement_plan_record"),
    path(f"{PLAN}copy/<slug:copy>/", improvement.improvement_plan_copy, name="improvement_plan_copy"),
    path(f"{PLAN}milestones/<int:milestone>/", MilestoneResultView.as_view(), name="improvement_milestone_judge"),
    *(path(f"{PLAN}{url}/", PlanStepView.as_view(step=step), name=name) for url, name, step in STEP_URLS),
]
