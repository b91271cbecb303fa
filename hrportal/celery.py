"""The Celery app. Messages are hints that there may be work; the work itself is rows in the database (see `hrportal.journal`)."""

import os

from celery import Celery
from celery.signals import worker_process_init

from hrportal.common.memory import keep_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hrportal.settings")

app = Celery("hrportal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

SWEEP_SECONDS = 2

app.conf.beat_schedule = {
    "journal.sweep": {
        "task": "journal.sweep",
        "schedule": SWEEP_SECONDS,
        # A sweep that waited longer than this is worthless: the next one is already behind it.
        "options": {"expires": SWEEP_SECONDS * 2},
    },
}


@worker_process_init.connect
def _begin(**_: object) -> None:
    keep_what_is_loaded()
