from hrportal.integrations.feeds.actions.calendars import end_link, make_link

__all__ = ["end_link", "make_link"]
