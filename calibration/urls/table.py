"""Before the meeting: what people think of the proposals, whom to talk about, who stays out."""

from django.urls import path

from calibration.views import agenda, pre_read, recusals

urlpatterns = [
    path("sessions/<int:pk>/recusals/", recusals.session_recusals, name="session_recusals"),
    path("sessions/recusals/<int:pk>/withdraw/", recusals.recusal_withdraw, name="recusal_withdraw"),
    path("sessions/<int:pk>/pre-read/", pre_read.session_pre_read, name="session_pre_read"),
    path("sessions/<int:pk>/pre-read/open/", pre_read.session_pre_read_open, name="session_pre_read_open"),
    path("sessions/<int:pk>/pre-read/views/", pre_read.session_pre_read_splits, name="session_pre_read_splits"),
    path("sessions/cards/<int:pk>/pre-read/", pre_read.card_pre_read, name="card_pre_read"),
    path("sessions/cards/<int:pk>/pre-read/save/", pre_read.card_pre_read_save, name="card_pre_read_save"),
    path("sessions/<int:pk>/agenda/", agenda.session_agenda, name="session_agenda"),
    path("sessions/<int:pk>/agenda/next/", agenda.session_agenda_next, name="session_agenda_next"),
    path("sessions/<int:pk>/agenda/add/", agenda.session_agenda_add, name="session_agenda_add"),
    path("sessions/<int:pk>/agenda/questioned/", pre_read.session_agenda_questioned, name="session_agenda_questioned"),
    path("sessions/cards/<int:pk>/agenda/", agenda.card_agenda, name="card_agenda"),
    path("sessions/cards/<int:pk>/agenda/discuss/", agenda.card_agenda_discuss, name="card_agenda_discuss"),
    path("sessions/cards/<int:pk>/agenda/put/", agenda.card_agenda_put, name="card_agenda_put"),
    path("sessions/cards/<int:pk>/agenda/remove/", agenda.card_agenda_remove, name="card_agenda_remove"),
    path("sessions/cards/<int:pk>/agenda/move/", agenda.card_agenda_move, name="card_agenda_move"),
]
