from hrportal.integrations.feeds.models.calendars import CalendarEntry, CalendarLink

__all__ = ["CalendarEntry", "CalendarLink"]
