from hrportal.integrations.feeds.models.bi import BiExport, BiFile, BiRun
from hrportal.integrations.feeds.models.calendars import CalendarEntry, CalendarLink

__all__ = ["BiExport", "BiFile", "BiRun", "CalendarEntry", "CalendarLink"]
