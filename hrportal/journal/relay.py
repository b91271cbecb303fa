"""The embedded worker: without a broker, one thread of the web process works off the same rows with the same functions."""

import logging
import threading

from django.conf import settings
from django.db import close_old_connections

logger = logging.getLogger(__name__)

SWEEP_SECONDS = 2.0

_wake = threading.Event()
_thread: threading.Thread | None = None


def wake() -> None:
    """Say that there may be work."""
    _wake.set()


def start_if_embedded() -> None:
    """Start the thread, once, in a process that has no broker."""
    global _thread
    if settings.REDIS_URL or settings.MODE == "test" or _thread:
        return
    _thread = threading.Thread(target=_work, name="relay", daemon=True)
    _thread.start()


def _work() -> None:
    from hrportal.journal.tasks import work_off  # noqa: PLC0415  (tasks know jobs and deliveries, which know the relay)

    while True:
        _wake.wait(SWEEP_SECONDS)
        _wake.clear()
        close_old_connections()
        try:
            work_off()
        except Exception:
            logger.exception("relay round failed; the next one tries again")
