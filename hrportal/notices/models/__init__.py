"""Notices, how people want them, and where else they go."""

from hrportal.notices.models.chat import ChatConnection, SlackWish
from hrportal.notices.models.notices import Notice, NoticeQuerySet, NoticeSetting

__all__ = ["ChatConnection", "Notice", "NoticeQuerySet", "NoticeSetting", "SlackWish"]
