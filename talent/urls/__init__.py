"""Pages of talent, a module for each topic."""

from talent.urls import (
    development,
    learning,
    mentoring,
    mobility,
    overview,
    potential,
    profiles,
    retention,
    rewards,
    skills,
    succession,
    talent_reviews,
)

app_name = "talent"

urlpatterns = [
    *skills.urlpatterns,
    *overview.urlpatterns,
    *profiles.urlpatterns,
    *potential.urlpatterns,
    *development.urlpatterns,
    *learning.urlpatterns,
    *mentoring.urlpatterns,
    *mobility.urlpatterns,
    *succession.urlpatterns,
    *talent_reviews.urlpatterns,
    *rewards.urlpatterns,
    *retention.urlpatterns,
]
