"""Telling a worker that there may be work. A hint may be lost; the sweep finds what no hint announced."""

import logging
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.db import connection, transaction

from hrportal.journal import relay

logger = logging.getLogger(__name__)

HINT_EXPIRES_SECONDS = 30


def hint_delivery() -> None:
    """After commit, once per transaction, say that deliveries are due."""
    _after_commit_once(_send_delivery_hint)


def hint_job() -> None:
    """After commit, once per transaction, say that a job waits."""
    _after_commit_once(_send_job_hint)


def _after_commit_once(send: Callable[[], None]) -> None:
    if not any(entry[1] is send for entry in connection.run_on_commit):
        # robust: a broker that is down must not fail a request whose work is already committed
        transaction.on_commit(send, robust=True)


def _send(task_name: str) -> None:
    if not settings.REDIS_URL:
        relay.wake()
        return
    from hrportal.celery import app  # noqa: PLC0415  (the embedded default runs without Celery)

    try:
        app.send_task(task_name, expires=HINT_EXPIRES_SECONDS)
    except Exception as error:
        logger.warning("hint %s not sent: %s", task_name, type(error).__name__)


_send_delivery_hint = partial(_send, "journal.deliver")
_send_job_hint = partial(_send, "journal.run_jobs")
