"""Pages of learning."""

from django.urls import path

from talent.views import learning

urlpatterns = [
    path("learning/", learning.learning_list, name="learning_list"),
    path("learning/add/", learning.learning_add, name="learning_add"),
    path("learning/import/", learning.learning_import, name="learning_import"),
    path("learning/<int:pk>/", learning.learning_detail, name="learning_detail"),
    path("learning/<int:pk>/edit/", learning.learning_edit, name="learning_edit"),
    path("learning/<int:pk>/enrol/", learning.enrolment_add, name="enrolment_add"),
    path("learning/mine/", learning.enrolment_list, name="enrolment_list"),
    path("learning/team/", learning.team_enrolments, name="team_enrolments"),
    path("learning/enrolments/<int:pk>/", learning.enrolment_detail, name="enrolment_detail"),
    path("learning/enrolments/<int:pk>/approve/", learning.enrolment_approve, name="enrolment_approve"),
    path("learning/enrolments/<int:pk>/refuse/", learning.enrolment_refuse, name="enrolment_refuse"),
    path("learning/enrolments/<int:pk>/cancel/", learning.enrolment_cancel, name="enrolment_cancel"),
    path("learning/enrolments/<int:pk>/complete/", learning.enrolment_complete, name="enrolment_complete"),
    path("learning/enrolments/<int:pk>/confirm/", learning.enrolment_confirm, name="enrolment_confirm"),
]
