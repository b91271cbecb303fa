"""Pages of mentoring."""

from django.urls import path

from talent.views import mentoring

BASE = "development/mentoring/"

urlpatterns = [
    path(BASE, mentoring.mentoring_list, name="mentoring_list"),
    path(f"{BASE}offer/", mentoring.mentor_offer, name="mentor_offer"),
    path(f"{BASE}wish/", mentoring.mentoring_wish, name="mentoring_wish"),
    path(f"{BASE}matches/", mentoring.mentor_matches, name="mentor_matches"),
    path(f"{BASE}match/", mentoring.mentors_match, name="mentors_match"),
    path(f"{BASE}people/<int:pk>/propose/", mentoring.mentoring_propose, name="mentoring_propose"),
    path(f"{BASE}<int:pk>/", mentoring.mentoring_detail, name="mentoring_detail"),
    path(f"{BASE}<int:pk>/accept/", mentoring.mentoring_accept, name="mentoring_accept"),
    path(f"{BASE}<int:pk>/decline/", mentoring.mentoring_decline, name="mentoring_decline"),
    path(f"{BASE}<int:pk>/end/", mentoring.mentoring_end, name="mentoring_end"),
    path(f"{BASE}<int:pk>/reflect/", mentoring.mentoring_reflect, name="mentoring_reflect"),
    path(f"{BASE}<int:pk>/goals/", mentoring.mentoring_goal_add, name="mentoring_goal_add"),
    path(f"{BASE}goals/<int:pk>/complete/", mentoring.mentoring_goal_complete, name="mentoring_goal_complete"),
    path(f"{BASE}<int:pk>/meetings/", mentoring.mentoring_meeting_add, name="mentoring_meeting_add"),
]
