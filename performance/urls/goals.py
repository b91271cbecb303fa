"""Pages of goals."""

from django.urls import path

from performance.views import goal_periods, goal_proposals, goal_templates, goal_tree, goals

urlpatterns = [
    path("goals/", goals.objective_list, name="objective_list"),
    path("goals/new/", goals.objective_create, name="objective_create"),
    path("goals/hints/", goals.goal_hints, name="goal_hints"),
    path("goals/options/", goals.goal_options, name="goal_options"),
    path("goals/tree/", goal_tree.goal_tree, name="goal_tree"),
    path("goals/<int:pk>/", goals.objective_detail, name="objective_detail"),
    path("goals/<int:pk>/edit/", goals.objective_edit, name="objective_edit"),
    path("goals/<int:pk>/close/", goals.objective_close, name="objective_close"),
    path("goals/<int:pk>/carry-over/", goals.objective_carry_over, name="objective_carry_over"),
    path("goals/<int:pk>/branch/", goal_tree.goal_branch, name="goal_branch"),
    path("key-results/<int:pk>/check-in/", goals.check_in_create, name="check_in_create"),
    path("goal-proposals/", goal_proposals.goal_proposal_list, name="goal_proposal_list"),
    path("goal-proposals/<int:pk>/accept/", goal_proposals.goal_proposal_accept, name="goal_proposal_accept"),
    path("goal-proposals/<int:pk>/dismiss/", goal_proposals.goal_proposal_dismiss, name="goal_proposal_dismiss"),
    path("goal-periods/", goal_periods.goal_period_list, name="goal_period_list"),
    path("goal-periods/new/", goal_periods.goal_period_create, name="goal_period_create"),
    path("goal-periods/<int:pk>/", goal_periods.goal_period_detail, name="goal_period_detail"),
    path("goal-periods/<int:pk>/edit/", goal_periods.goal_period_edit, name="goal_period_edit"),
    path("goal-periods/<int:pk>/close/", goal_periods.goal_period_close, name="goal_period_close"),
    path("goal-templates/", goal_templates.goal_template_list, name="goal_template_list"),
    path("goal-templates/new/", goal_templates.goal_template_create, name="goal_template_create"),
    path("goal-templates/<int:pk>/edit/", goal_templates.goal_template_edit, name="goal_template_edit"),
    path("goal-templates/<int:pk>/archive/", goal_templates.goal_template_archive, name="goal_template_archive"),
    path("goal-templates/<int:pk>/assign/", goal_templates.goal_assign, name="goal_assign"),
    path("goal-assignments/", goal_templates.goal_assignment_list, name="goal_assignment_list"),
    path("goal-assignments/<int:pk>/", goal_templates.goal_assignment_detail, name="goal_assignment_detail"),
    path(
        "goal-assignments/<int:pk>/withdraw/", goal_templates.goal_assignment_withdraw, name="goal_assignment_withdraw"
    ),
]
