"""Pages of talent profiles."""

from django.urls import path

from talent.views import profiles

urlpatterns = [
    path("profiles/", profiles.profile_list, name="profile_list"),
    path("profiles/<int:pk>/", profiles.profile_detail, name="profile_detail"),
    path("profiles/<int:pk>/pdf/", profiles.profile_pdf, name="profile_pdf"),
]
