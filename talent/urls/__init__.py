"""Pages of talent, a module for each topic."""

from talent.urls import development, profiles, succession

app_name = "talent"

urlpatterns = [
    *profiles.urlpatterns,
    *development.urlpatterns,
    *succession.urlpatterns,
]
