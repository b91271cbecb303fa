"""The project: settings, URLs, Celery, and the rooms every app stands on."""

from hrportal.celery import app as celery_app

__all__ = ["celery_app"]
