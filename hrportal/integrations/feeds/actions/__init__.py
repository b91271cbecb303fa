from hrportal.integrations.feeds.actions.bi import change_bi_export, create_bi_export, start_run
from hrportal.integrations.feeds.actions.calendars import end_link, make_link

__all__ = ["change_bi_export", "create_bi_export", "end_link", "make_link", "start_run"]
