"""Pages of performance."""

from django.urls import path, register_converter

from performance.enums import Side
from performance.views import cycles, feedback, goals, people, reviews, templates, writing
from performance.views.steps import StepView

app_name = "performance"


class SideConverter:
    """A side of a review in a URL."""

    regex = "|".join(Side.values)

    def to_python(self, value: str) -> Side:
        return Side(value)

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(SideConverter, "side")

STEP_URLS = [
    ("self-assessment/skip", "self_assessment_skip", "skip_self_assessment"),
    ("approve", "review_approve", "approve_review"),
    ("return", "review_return", "return_review"),
    ("reassign", "review_reassign", "reassign_review"),
    ("withdraw", "review_withdraw", "withdraw_review"),
    ("share", "review_share", "share_review"),
    ("acknowledge", "review_acknowledge", "acknowledge_review"),
    ("reopen", "review_reopen", "reopen_review"),
]

urlpatterns = [
    path("reviews/", reviews.review_list, name="review_list"),
    path("reviews/<int:pk>/", reviews.review_detail, name="review_detail"),
    path("reviews/<int:pk>/receipt/", reviews.review_receipt, name="review_receipt"),
    path("reviews/<int:pk>/write/", writing.review_write, name="review_write"),
    path("reviews/<int:pk>/self-assessment/", writing.self_assessment_write, name="self_assessment_write"),
    path("reviews/<int:pk>/need-line/<int:line>/", writing.need_line, name="need_line"),
    path("reviews/<int:pk>/<side:side>/save/", writing.review_save, name="review_save"),
    path("reviews/<int:pk>/<side:side>/missing/", writing.review_missing, name="review_missing"),
    *(path(f"reviews/<int:pk>/{url}/", StepView.as_view(step=step), name=name) for url, name, step in STEP_URLS),
    path("cycles/", cycles.cycle_list, name="cycle_list"),
    path("cycles/new/", cycles.cycle_create, name="cycle_create"),
    path("cycles/<int:pk>/", cycles.cycle_detail, name="cycle_detail"),
    path("cycles/<int:pk>/edit/", cycles.cycle_edit, name="cycle_edit"),
    path("cycles/<int:pk>/guideline/", cycles.cycle_guideline, name="cycle_guideline"),
    path("cycles/<int:pk>/launch/", cycles.cycle_launch, name="cycle_launch"),
    path("cycles/<int:pk>/add-person/", cycles.cycle_add_person, name="cycle_add_person"),
    path("cycles/<int:pk>/share/", cycles.cycle_share, name="cycle_share"),
    path("cycles/<int:pk>/close/", cycles.cycle_close, name="cycle_close"),
    path("cycles/templates/", templates.template_list, name="template_list"),
    path("cycles/templates/new/", templates.template_create, name="template_create"),
    path("cycles/templates/<int:pk>/", templates.template_detail, name="template_detail"),
    path("cycles/templates/<int:pk>/edit/", templates.template_edit, name="template_edit"),
    path("cycles/templates/<int:pk>/sections/new/", templates.section_create, name="section_create"),
    path("cycles/templates/<int:pk>/sections/<int:section>/", templates.section_edit, name="section_edit"),
    path("cycles/templates/<int:pk>/sections/<int:section>/move/", templates.section_move, name="section_move"),
    path("cycles/templates/<int:pk>/sections/<int:section>/remove/", templates.section_remove, name="section_remove"),
    path("cycles/scales/new/", templates.scale_create, name="scale_create"),
    path("cycles/scales/<int:pk>/", templates.scale_edit, name="scale_edit"),
    path("goals/", goals.objective_list, name="objective_list"),
    path("goals/new/", goals.objective_create, name="objective_create"),
    path("goals/<int:pk>/", goals.objective_detail, name="objective_detail"),
    path("goals/<int:pk>/edit/", goals.objective_edit, name="objective_edit"),
    path("goals/<int:pk>/close/", goals.objective_close, name="objective_close"),
    path("key-results/<int:pk>/check-in/", goals.check_in_create, name="check_in_create"),
    path("feedback/", feedback.feedback_list, name="feedback_list"),
    path("feedback/new/", feedback.feedback_give, name="feedback_give"),
    path("people/", people.person_options, name="person_options"),
]
