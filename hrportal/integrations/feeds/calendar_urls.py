"""One's calendar for other programs."""

from django.urls import path

from hrportal.integrations.feeds.views import calendars

app_name = "calendar"

urlpatterns = [
    path("", calendars.link_show, name="link_show"),
    path("new/", calendars.link_make, name="link_make"),
    path("end/", calendars.link_end, name="link_end"),
    path("<str:token>.ics", calendars.feed, name="feed"),
]
