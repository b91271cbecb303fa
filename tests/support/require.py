"""What a test may need beyond Python, and what happens when it is not there."""

import os

import pytest

INSTALL = {
    "PostgreSQL": "apt-get install postgresql",
    "Redis": "apt-get install redis-server",
    "Chromium": "apt-get install chromium",
    "jq": "apt-get install curl jq",
    "Node.js": "apt-get install nodejs",
    "Pango": "apt-get install libpango-1.0-0 libpangoft2-1.0-0",
}


def require(found, what: str):
    """Pass `found` on, or leave the test: as a skip, or as a failure where everything has to run (REQUIRE_ALL=1)."""
    if found:
        return found
    message = f"{what} was not found ({INSTALL[what]})"
    if must_run_all():
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


def must_run_all() -> bool:
    """True in continuous integration, where a skipped test is a test nobody runs."""
    return os.environ.get("REQUIRE_ALL") == "1"
