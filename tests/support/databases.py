"""Pointing Django's default connection at another database."""

from collections.abc import Iterator
from contextlib import contextmanager

import environ
from django.db import connections


@contextmanager
def connected_to(url: str) -> Iterator[None]:
    """Let Django's default connection, in every thread, go to the database at `url` for a while."""
    before, configured = connections["default"], connections.settings["default"]
    wanted = environ.Env.db_url_config(url)
    options = configured["OPTIONS"] if wanted["ENGINE"] == configured["ENGINE"] else {}
    connections.settings["default"] = {**configured, **wanted, "OPTIONS": options}
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = configured
        connections["default"] = before
