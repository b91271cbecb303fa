"""The board and the cards on it."""

from django.urls import path

from calibration.views import cards, compare, table

urlpatterns = [
    path("sessions/<int:pk>/board/", table.session_board, name="session_board"),
    path("sessions/<int:pk>/compare/", compare.session_compare, name="session_compare"),
    path("sessions/cards/<int:pk>/", cards.card_detail, name="card_detail"),
    path("sessions/cards/<int:pk>/move/", cards.card_move, name="card_move"),
    path("sessions/cards/<int:pk>/undo/", cards.card_undo, name="card_undo"),
    path("sessions/cards/<int:pk>/discuss/", cards.card_discuss, name="card_discuss"),
]
