"""Events about calibration sessions."""

from django.utils.translation import gettext_lazy as _

from hrportal.integrations.webhooks.catalogue.event import Event, about

EVENTS = [
    *about(
        "calibration.calibrationsession",
        session_created=_("A calibration session was planned."),
        session_edited=_("A calibration session was edited."),
        session_filled=_("Reviews were put on the table of a session."),
        session_opened=_("A calibration session was opened."),
        pre_read_opened=_("Those at the table were asked for answers before the meeting."),
        session_locked=_("A calibration session was locked."),
        session_completion_started=_("The reviews of a locked session are being completed."),
        session_sharing_started=_("The reviews of a session are being shared."),
        session_cancelled=_("A calibration session was cancelled."),
    ),
    *about(
        "calibration.card",
        card_moved=_("A card was moved on the table. The rating is not told."),
        card_discussed=_("A card was marked as discussed, or not."),
        card_put_on_agenda=_("A card was put on the agenda."),
        card_taken_off_agenda=_("A card was taken off the agenda."),
        card_moved_on_agenda=_("The order of the agenda changed."),
    ),
    Event(
        "calibration.cycle_completion_started",
        "performance.reviewcycle",
        _("The reviews of a whole cycle are being completed."),
    ),
    Event(
        "calibration.review_handed_over_again",
        "performance.review",
        _("What follows from a completed review was carried over once more."),
    ),
]
