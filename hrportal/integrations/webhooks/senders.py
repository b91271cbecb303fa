"""The threads that send, in a process of their own work: the Celery child, or the web process where there is no broker.

Sending waits for others most of the time, so it must not hold up deliveries and jobs. A thread ends when nothing is due.
"""

import logging
import threading

from django.conf import settings
from django.db import connection

from hrportal.integrations.webhooks.models import Endpoint
from hrportal.integrations.webhooks.queueing import queue_messages
from hrportal.integrations.webhooks.sending import send_due

logger = logging.getLogger(__name__)

_threads: list[threading.Thread] = []
_lock = threading.Lock()


def hear_and_send() -> None:
    """Make messages of new facts, and see to it that somebody sends what is due."""
    queue_messages()
    wake(Endpoint.objects.to_serve().count())


def wake(endpoints: int) -> None:
    """Let as many threads send as there are endpoints to serve, and no more than the installation wants."""
    with _lock:
        _threads[:] = [thread for thread in _threads if thread.is_alive()]
        for _number in range(min(endpoints, settings.WEBHOOK_THREADS - len(_threads))):
            thread = threading.Thread(target=_send, name="webhooks", daemon=True)
            _threads.append(thread)
            thread.start()


def _send() -> None:
    try:
        send_due()
    except Exception:
        logger.exception("sending webhooks failed; the next sweep tries again")
    finally:
        connection.close()
