"""Pages of talent, a module for each topic."""

from talent.urls import development, overview, potential, profiles, succession, talent_reviews

app_name = "talent"

urlpatterns = [
    *overview.urlpatterns,
    *profiles.urlpatterns,
    *potential.urlpatterns,
    *development.urlpatterns,
    *succession.urlpatterns,
    *talent_reviews.urlpatterns,
]
