"""Pages that look at everything."""

from django.urls import URLPattern

app_name = "home"

urlpatterns: list[URLPattern] = []
