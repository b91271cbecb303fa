"""Pages of cycles, templates and scales."""

from django.urls import path

from performance.views import cycle_steps, cycles, population, templates

urlpatterns = [
    path("cycles/", cycles.cycle_list, name="cycle_list"),
    path("cycles/new/", cycles.cycle_create, name="cycle_create"),
    path("cycles/<int:pk>/", cycles.cycle_detail, name="cycle_detail"),
    path("cycles/<int:pk>/edit/", cycles.cycle_edit, name="cycle_edit"),
    path("cycles/<int:pk>/guideline/", cycles.cycle_guideline, name="cycle_guideline"),
    path("cycles/<int:pk>/launch/", cycles.cycle_launch, name="cycle_launch"),
    path("cycles/<int:pk>/add-person/", cycles.cycle_add_person, name="cycle_add_person"),
    path("cycles/<int:pk>/population/", population.cycle_population, name="cycle_population"),
    path("cycles/<int:pk>/late/", cycle_steps.cycle_late, name="cycle_late"),
    path("cycles/<int:pk>/extend/", cycle_steps.cycle_extend, name="cycle_extend"),
    path("cycles/<int:pk>/clone/", cycle_steps.cycle_clone, name="cycle_clone"),
    path("cycles/<int:pk>/add-missing/", cycle_steps.cycle_add_missing, name="cycle_add_missing"),
    path("cycles/<int:pk>/begin-writing/", cycle_steps.cycle_begin_writing, name="cycle_begin_writing"),
    path("cycles/<int:pk>/nudge/", cycle_steps.cycle_nudge, name="cycle_nudge"),
    path("cycles/<int:pk>/stop-repeating/", cycle_steps.cycle_stop_repeating, name="cycle_stop_repeating"),
    path("cycles/exemptions/", population.exemption_list, name="exemption_list"),
    path("cycles/exemptions/new/", population.exemption_create, name="exemption_create"),
    path("cycles/exemptions/<int:pk>/end/", population.exemption_end, name="exemption_end"),
    path("reviews/<int:pk>/nudge/", cycle_steps.review_nudge, name="review_nudge"),
    path("reviews/<int:pk>/agree-goals/", cycle_steps.review_agree_goals, name="review_agree_goals"),
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
    path("cycles/templates/<int:pk>/questions/<int:question>/move/", templates.question_move, name="question_move"),
    path("cycles/templates/<int:pk>/preview/", templates.template_preview, name="template_preview"),
    path("cycles/templates/<int:pk>/archive/", templates.template_archive, name="template_archive"),
    path("cycles/scales/<int:pk>/archive/", templates.scale_archive, name="scale_archive"),
    path("cycles/scales/new/", templates.scale_create, name="scale_create"),
    path("cycles/scales/<int:pk>/", templates.scale_edit, name="scale_edit"),
]
