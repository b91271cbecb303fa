"""Up to when a list is complete: the instant to pass as `modified_after` next time.

A row says when it was changed, and shows only once the transaction that changed it has committed; one that takes a minute
shows up a minute "too late". So a list says, in its header `Watermark`, an instant before which nothing is still on its
way. Whatever writes does so as one database role: of other roles' transactions the database tells nothing.
"""

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

HEADER = "Watermark"
# Web servers and the database may disagree about the time by so much.
CLOCKS_DIFFER = timedelta(seconds=5)
# A file has no list of who writes to it. The portal writes to one in short transactions only.
LONGEST_ON_FILE = timedelta(seconds=60)

RUNNING = """
    SELECT min(xact_start) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user
      AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


def watermark() -> datetime:
    """An instant before which everything is committed. Ask before the rows are read, not after."""
    now = timezone.now()
    if connection.vendor != "postgresql":
        return now - LONGEST_ON_FILE
    with connection.cursor() as cursor:
        cursor.execute(RUNNING)
        (oldest,) = cursor.fetchone()
    return min(now, oldest or now) - CLOCKS_DIFFER
