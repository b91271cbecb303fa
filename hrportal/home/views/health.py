"""Is this process alive, and can it serve?"""

import logging
from datetime import timedelta

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hrportal.common.access import PUBLIC, access
from hrportal.journal.models import Delivery

logger = logging.getLogger(__name__)

# Older than this, a due delivery means that nobody works them off.
DELIVERIES_WAIT_AT_MOST = timedelta(minutes=5)


@access(PUBLIC)
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """This process answers."""
    return JsonResponse({"status": "ok"})


@access(PUBLIC)
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """This process can serve people: its database answers and is migrated.

    A broker that is away or a worker that lags is told but does not take the portal out of service: what people do is
    stored all the same and worked off later.
    """
    database = _database()
    found = {"database": database}
    if database == "ok":
        found |= {"broker": _broker(), "deliveries": _deliveries()}
    is_ready = database == "ok"
    return JsonResponse({"status": "ok" if is_ready else "unavailable", **found}, status=200 if is_ready else 503)


def _database() -> str:
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        logger.warning("database does not answer", exc_info=True)
        return "unreachable"
    return "migrations pending" if pending else "ok"


def _broker() -> str:
    if not settings.REDIS_URL:
        return "embedded"
    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1).ping()
    except redis.RedisError:
        logger.warning("broker does not answer", exc_info=True)
        return "unreachable"
    return "ok"


def _deliveries() -> str:
    late = Delivery.objects.due().filter(next_try_at__lt=timezone.now() - DELIVERIES_WAIT_AT_MOST)
    return "late" if late.exists() else "ok"
