"""Pages of career paths and opportunities."""

from django.urls import path

from talent.views import career_paths, interests, opportunities

PATHS, OPEN, SAID = "careers/path/", "careers/opportunities/", "careers/opportunities/interests/"

urlpatterns = [
    path(PATHS, career_paths.career_path, name="career_path"),
    path(f"{PATHS}people/<int:pk>/", career_paths.career_path_person, name="career_path_person"),
    path(f"{PATHS}steps/", career_paths.career_step_list, name="career_step_list"),
    path(f"{PATHS}steps/add/", career_paths.career_step_add, name="career_step_add"),
    path(f"{PATHS}steps/<int:pk>/", career_paths.career_step_edit, name="career_step_edit"),
    path(f"{PATHS}steps/<int:pk>/remove/", career_paths.career_step_remove, name="career_step_remove"),
    path(OPEN, opportunities.opportunity_list, name="opportunity_list"),
    path(f"{OPEN}managed/", opportunities.opportunity_managed, name="opportunity_managed"),
    path(f"{OPEN}add/", opportunities.opportunity_add, name="opportunity_add"),
    path(f"{OPEN}<int:pk>/", opportunities.opportunity_detail, name="opportunity_detail"),
    path(f"{OPEN}<int:pk>/edit/", opportunities.opportunity_edit, name="opportunity_edit"),
    path(f"{OPEN}<int:pk>/publish/", opportunities.opportunity_publish, name="opportunity_publish"),
    path(f"{OPEN}<int:pk>/close/", opportunities.opportunity_close, name="opportunity_close"),
    path(f"{OPEN}<int:pk>/withdraw/", opportunities.opportunity_withdraw, name="opportunity_withdraw"),
    path(f"{OPEN}<int:pk>/hand-over/", opportunities.opportunity_hand_over, name="opportunity_hand_over"),
    path(f"{OPEN}<int:pk>/candidates/", opportunities.opportunity_candidates, name="opportunity_candidates"),
    path(f"{OPEN}<int:pk>/candidates/search/", opportunities.candidates_search, name="opportunity_candidates_search"),
    path(f"{OPEN}<int:pk>/invite/<int:employee>/", interests.person_invite, name="opportunity_invite"),
    path(f"{OPEN}<int:pk>/yes/", interests.interest_say, name="opportunity_yes"),
    path(SAID, interests.interest_list, name="interest_list"),
    path(f"{SAID}<int:pk>/withdraw/", interests.interest_withdraw, name="interest_withdraw"),
    path(f"{SAID}<int:pk>/tell/", interests.interest_tell, name="interest_tell"),
    path(f"{SAID}<int:pk>/accept/", interests.offer_accept, name="interest_accept"),
    path(f"{SAID}<int:pk>/talks/", interests.talks_begin, name="interest_talks"),
    path(f"{SAID}<int:pk>/offer/", interests.opportunity_offer, name="interest_offer"),
    path(f"{SAID}<int:pk>/decline/", interests.interest_decline, name="interest_decline"),
]
