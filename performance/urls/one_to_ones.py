"""Pages of one-to-ones."""

from django.urls import path

from performance.views import meetings, one_to_ones

urlpatterns = [
    path("one-to-ones/", one_to_ones.one_to_one_list, name="one_to_one_list"),
    path("one-to-ones/new/", one_to_ones.one_to_one_start, name="one_to_one_start"),
    path("one-to-ones/<int:pk>/", one_to_ones.one_to_one_detail, name="one_to_one_detail"),
    path("one-to-ones/<int:pk>/rhythm/", one_to_ones.one_to_one_change, name="one_to_one_change"),
    path("one-to-ones/<int:pk>/end/", one_to_ones.one_to_one_end, name="one_to_one_end"),
    path("one-to-ones/<int:pk>/plan/", one_to_ones.meeting_plan, name="one_to_one_plan"),
    path("meetings/<int:pk>/", meetings.meeting_detail, name="meeting_detail"),
    path("meetings/<int:pk>/hold/", meetings.meeting_hold, name="meeting_hold"),
    path("meetings/<int:pk>/skip/", meetings.meeting_skip, name="meeting_skip"),
    path("meetings/<int:pk>/move/", meetings.meeting_move, name="meeting_move"),
    path("meetings/<int:pk>/notes/", meetings.meeting_write, name="meeting_write"),
    path("meetings/<int:pk>/notes/save/", meetings.meeting_save, name="meeting_save"),
    path("meetings/<int:pk>/private/", meetings.private_note_write, name="private_note_write"),
    path("meetings/<int:pk>/private/save/", meetings.private_note_save, name="private_note_save"),
    path("meetings/<int:pk>/agenda/", meetings.agenda_item_add, name="agenda_add"),
    path("meetings/<int:pk>/talking-points/", meetings.talking_point_add, name="talking_point_add"),
    path("meetings/<int:pk>/actions/", meetings.action_item_add, name="one_to_one_action_add"),
    path("meetings/<int:meeting>/agenda/<int:pk>/discuss/", meetings.agenda_item_discuss, name="agenda_item_discuss"),
    path("meetings/<int:meeting>/agenda/<int:pk>/up/", meetings.agenda_item_move, name="agenda_item_move"),
    path("meetings/<int:meeting>/agenda/<int:pk>/remove/", meetings.agenda_item_remove, name="agenda_item_remove"),
    path("one-to-one-actions/<int:pk>/done/", meetings.action_item_done, name="action_item_done"),
]
