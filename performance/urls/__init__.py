"""Pages of performance, a module for each topic."""

from performance.urls import accountability, cycles, feedback, goals, improvement, one_to_ones, reviews, rounds

app_name = "performance"

urlpatterns = [
    *reviews.urlpatterns,
    *cycles.urlpatterns,
    *goals.urlpatterns,
    *feedback.urlpatterns,
    *improvement.urlpatterns,
    *one_to_ones.urlpatterns,
    *accountability.urlpatterns,
    *rounds.urlpatterns,
]
