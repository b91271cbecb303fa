"""The REST API, its schema and its token endpoint."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
