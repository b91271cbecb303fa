"""Pages of 360 rounds."""

from django.urls import path

from performance.views import round_answers, round_templates, rounds

urlpatterns = [
    path("rounds/", rounds.round_list, name="round_list"),
    path("rounds/new/", rounds.round_open, name="round_open"),
    path("rounds/<int:pk>/", rounds.round_detail, name="round_detail"),
    path("rounds/<int:pk>/edit/", rounds.round_edit, name="round_edit"),
    path("rounds/<int:pk>/approve/", rounds.round_approve, name="round_approve"),
    path("rounds/<int:pk>/begin/", rounds.round_begin, name="round_begin"),
    path("rounds/<int:pk>/remind/", rounds.round_remind, name="round_remind"),
    path("rounds/<int:pk>/close/", rounds.round_close, name="round_close"),
    path("rounds/<int:pk>/share/", rounds.round_share, name="round_share"),
    path("rounds/<int:pk>/withdraw/", rounds.round_withdraw, name="round_withdraw"),
    path("rounds/<int:pk>/results.<str:file_format>", rounds.round_export, name="round_export"),
    path("rounds/<int:pk>/raters/", rounds.rater_nominate, name="round_nominate"),
    path("rounds/<int:pk>/raters/outside/", rounds.rater_nominate_external, name="round_nominate_external"),
    path("rounds/<int:pk>/raters/approve/", rounds.raters_approve, name="round_raters_approve"),
    path("rounds/<int:pk>/raters/<int:rater>/reject/", rounds.rater_reject, name="round_rater_reject"),
    path("rounds/<int:pk>/raters/<int:rater>/remove/", rounds.rater_remove, name="round_rater_remove"),
    path("rounds/<int:pk>/raters/<int:rater>/link/", rounds.rater_renew_link, name="round_rater_renew_link"),
    path("rounds/answers/<int:pk>/", round_answers.round_answer, name="round_answer"),
    path("rounds/answers/<int:pk>/save/", round_answers.round_answer_save, name="round_answer_save"),
    path("rounds/answers/<int:pk>/decline/", round_answers.round_answer_decline, name="round_answer_decline"),
    path("rounds/external/<str:token>/", round_answers.external_answer, name="external_answer"),
    path("rounds/external/<str:token>/save/", round_answers.external_answer_save, name="external_answer_save"),
    path("rounds/external/<str:token>/decline/", round_answers.external_answer_decline, name="external_answer_decline"),
    path("rounds/templates/", round_templates.round_template_list, name="round_template_list"),
    path("rounds/templates/new/", round_templates.round_template_create, name="round_template_create"),
    path("rounds/templates/<int:pk>/", round_templates.round_template_edit, name="round_template_edit"),
    path("rounds/templates/<int:pk>/archive/", round_templates.round_template_archive, name="round_template_archive"),
]
