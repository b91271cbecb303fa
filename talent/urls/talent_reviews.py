"""Pages of talent reviews: the meeting, its grid, one card, what was decided, the tasks."""

from django.urls import path

from talent.views import review_board, review_decisions, talent_reviews

urlpatterns = [
    path("talent-reviews/", talent_reviews.talent_review_list, name="talent_review_list"),
    path("talent-reviews/new/", talent_reviews.talent_review_create, name="talent_review_create"),
    path("talent-reviews/<int:pk>/", talent_reviews.talent_review_detail, name="talent_review_detail"),
    path("talent-reviews/<int:pk>/edit/", talent_reviews.talent_review_edit, name="talent_review_edit"),
    path("talent-reviews/<int:pk>/prepare/", talent_reviews.talent_review_prepare, name="talent_review_prepare"),
    path("talent-reviews/<int:pk>/open/", talent_reviews.talent_review_open, name="talent_review_open"),
    path("talent-reviews/<int:pk>/cancel/", talent_reviews.talent_review_cancel, name="talent_review_cancel"),
    path("talent-reviews/<int:pk>/conclude/", talent_reviews.talent_review_conclude, name="talent_review_conclude"),
    path("talent-reviews/<int:pk>/archive/", talent_reviews.talent_review_archive, name="talent_review_archive"),
    path("talent-reviews/<int:pk>/notes/", talent_reviews.talent_review_notes, name="talent_review_notes"),
    path("talent-reviews/<int:pk>/board/", review_board.talent_review_board, name="talent_review_board"),
    path("talent-reviews/<int:pk>/risks/", review_board.talent_review_risks, name="talent_review_risks"),
    path("talent-reviews/<int:pk>/compare/", review_board.talent_review_compare, name="talent_review_compare"),
    path("talent-reviews/<int:pk>/figures/", review_board.talent_review_figures, name="talent_review_figures"),
    path(
        "talent-reviews/<int:pk>/decisions/", review_decisions.talent_review_decisions, name="talent_review_decisions"
    ),
    path("talent-reviews/<int:pk>/minutes/", review_decisions.talent_review_minutes, name="talent_review_minutes"),
    path("talent-reviews/members/<int:pk>/", review_board.review_member_detail, name="review_member_detail"),
    path("talent-reviews/members/<int:pk>/move/", review_board.review_member_move, name="review_member_move"),
    path("talent-reviews/members/<int:pk>/undo/", review_board.review_member_undo, name="review_member_undo"),
    path("talent-reviews/members/<int:pk>/figures/", review_board.review_member_figures, name="review_member_figures"),
    path("talent-reviews/members/<int:pk>/discuss/", review_board.review_member_discuss, name="review_member_discuss"),
    path("talent-reviews/members/<int:pk>/note/", talent_reviews.review_member_note, name="review_member_note"),
    path("talent-reviews/members/<int:pk>/decide/", review_decisions.review_member_decide, name="review_member_decide"),
    path("talent-reviews/tasks/<int:pk>/", review_decisions.review_task_detail, name="review_task_detail"),
    path("talent-reviews/tasks/<int:pk>/complete/", review_decisions.review_task_complete, name="review_task_complete"),
    path("talent-reviews/tasks/<int:pk>/drop/", review_decisions.review_task_drop, name="review_task_drop"),
]
