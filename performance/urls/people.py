"""Suggestions for fields that name people."""

from django.urls import path

from performance.views import people

urlpatterns = [
    path("people/", people.person_options, name="person_options"),
]
